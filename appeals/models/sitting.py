"""Sittings of the commission: who sits, what about, what was decided."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from appeals.enums import SittingState
from meetings.dates import say_day


class SittingQuerySet(models.QuerySet):
    def in_reach(self, user):
        """Sittings that the right to read requests reaches."""
        from meetings.permissions import Act, within_reach

        return self.filter(within_reach(user, Act.READ_REQUESTS, "unit__path"))


class Sitting(models.Model):
    """One sitting of the commission of a unit. A held one is changed no more."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    region = models.ForeignKey("meetings.Unit", models.PROTECT, related_name="+")
    unit = models.ForeignKey(
        "meetings.Unit", models.PROTECT, related_name="sittings", verbose_name=_("unit")
    )
    number = models.PositiveIntegerField(_("number"))
    day = models.DateField(_("date"))
    starts_at = models.TimeField(_("begins"))
    ends_at = models.TimeField(_("ends"), null=True)
    place_kk = models.CharField(_("place in Kazakh"), max_length=200, blank=True)
    place_ru = models.CharField(_("place in Russian"), max_length=200, blank=True)
    state = models.CharField(
        _("state"), max_length=8, choices=SittingState, default=SittingState.PLANNED
    )
    version = models.PositiveIntegerField(default=1)

    objects = SittingQuerySet.as_manager()

    class Meta:
        verbose_name = _("sitting of the commission")
        verbose_name_plural = _("sittings of the commission")
        ordering = ["-day", "-pk"]
        indexes = [models.Index(fields=["region", "-day"], name="sitting_region")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(starts_at__lt=F("ends_at")),
                name="sitting_hours_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"№ {self.number}, {say_day(self.day, get_language() or 'kk', weekday=False)}"

    def get_absolute_url(self) -> str:
        return reverse("desk_sitting", args=[self.uuid])


class SittingMember(models.Model):
    """Who sits: name and post. Posts are in both languages, because the protocol is."""

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="members")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(_("name"), max_length=200)
    post_kk = models.CharField(_("post in Kazakh"), max_length=200, blank=True)
    post_ru = models.CharField(_("post in Russian"), max_length=200, blank=True)
    is_chair = models.BooleanField(_("in the chair"), default=False)
    is_present = models.BooleanField(_("present"), default=True)

    class Meta:
        ordering = ["-is_chair", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sitting"], condition=Q(is_chair=True), name="sitting_one_chair"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def post_in(self, language: str) -> str:
        if language == "kk":
            return self.post_kk or self.post_ru
        return self.post_ru or self.post_kk


class SittingItem(models.Model):
    """One item of the agenda: a question of the queue, a problem of the pool, or words; and what
    was decided about it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField(default=0)
    problem = models.ForeignKey("Problem", models.PROTECT, null=True, related_name="sitting_items")
    question = models.ForeignKey(
        "Question", models.PROTECT, null=True, related_name="sitting_items"
    )
    title_kk = models.CharField(_("item in Kazakh"), max_length=300, blank=True)
    title_ru = models.CharField(_("item in Russian"), max_length=300, blank=True)
    decision_kk = models.TextField(_("decision in Kazakh"), blank=True)
    decision_ru = models.TextField(_("decision in Russian"), blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sitting", "problem"], condition=Q(problem__isnull=False),
                name="sitting_problem_once",
            ),
            models.UniqueConstraint(
                fields=["sitting", "question"], condition=Q(question__isnull=False),
                name="sitting_question_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.sitting_id} {self.position}"

    @property
    def title(self) -> str:
        return self.title_in(get_language() or "kk")

    def title_in(self, language: str) -> str:
        """In the protocol's own words; the problem's where none were written."""
        if self.problem is not None and not (self.title_kk or self.title_ru):
            return self.problem.title_in(language)
        if language == "kk":
            return self.title_kk or self.title_ru
        return self.title_ru or self.title_kk

    def decision_in(self, language: str) -> str:
        if language == "kk":
            return self.decision_kk or self.decision_ru
        return self.decision_ru or self.decision_kk
