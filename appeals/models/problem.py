"""Problems of the pool: what several people ask about, who answers for it and until when."""

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from appeals.enums import IN_WORK, DueCause, PoolStep, ProblemState, Risk, VerdictWord
from meetings.enums import Topic
from meetings.models.unit import subtree


class Due(models.Model):
    """A deadline. With ``term_days`` it is that many working days after ``counted_from``, and
    follows the table of days off; without, it is the day that was named.

    ``due_off`` keeps the days off that were skipped and the weekends that were worked, as ISO
    days: what a page needs to show the computation as it was made.
    """

    counted_from = models.DateField(null=True)
    term_days = models.PositiveSmallIntegerField(_("working days"), null=True)
    due_on = models.DateField(_("deadline"), null=True, db_index=True)
    due_off: models.JSONField = models.JSONField(default=dict)

    class Meta:
        abstract = True


class ProblemQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The pool is public: what is in it the commission has put into its own words."""
        return self

    def in_reach(self, user):
        """What the commission's desk shows to this user."""
        from meetings.permissions import Act, within_reach

        return self.filter(within_reach(user, Act.READ_REQUESTS, "unit__path"))

    def of_bodies(self, user):
        """What is given to the organisations that the user answers for."""
        from appeals.models.body import Body

        return self.filter(body__in=Body.objects.of(user).values("pk"))

    def within(self, unit):
        return self.filter(subtree("unit__path", unit.path, using=self.db))

    def in_work(self):
        return self.filter(state__in=IN_WORK)

    def overdue(self, day: date):
        return self.in_work().filter(due_on__lt=day)


class Problem(Due):
    """One problem of the pool. ``state`` moves through services.problems alone.

    ``voices``: people behind it, each once; ``years``: different years in which it was asked;
    ``priority`` follows from them and the risk (appeals/priority.py).
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(_("number"), max_length=20, unique=True)
    state = models.CharField(
        _("state"), max_length=10, choices=ProblemState, default=ProblemState.OPEN
    )
    region = models.ForeignKey("meetings.Unit", models.PROTECT, related_name="+")
    unit = models.ForeignKey(
        "meetings.Unit", models.PROTECT, related_name="problems", verbose_name=_("unit")
    )
    topic = models.CharField(_("topic"), max_length=16, choices=Topic, default=Topic.OTHER)
    title_kk = models.CharField(_("title in Kazakh"), max_length=200, blank=True)
    title_ru = models.CharField(_("title in Russian"), max_length=200, blank=True)
    about_kk = models.TextField(_("about it in Kazakh"), blank=True)
    about_ru = models.TextField(_("about it in Russian"), blank=True)
    search = models.TextField(blank=True, editable=False)
    risk = models.PositiveSmallIntegerField(_("risk"), choices=Risk, default=Risk.NONE)
    body = models.ForeignKey(
        "Body", models.PROTECT, null=True, related_name="problems",
        verbose_name=_("responsible body"),
    )  # fmt: skip
    outcome = models.TextField(_("outcome in words"), blank=True)
    formed_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    reopened = models.PositiveSmallIntegerField(default=0)
    voices = models.PositiveIntegerField(default=0, editable=False)
    years = models.PositiveSmallIntegerField(default=0, editable=False)
    priority = models.PositiveSmallIntegerField(default=0, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = ProblemQuerySet.as_manager()

    class Meta:
        verbose_name = _("problem")
        verbose_name_plural = _("problems")
        ordering = ["-formed_at", "-pk"]
        indexes = [
            models.Index(fields=["unit", "state", "-formed_at"], name="problem_unit"),
            models.Index(fields=["region", "state", "-formed_at"], name="problem_region"),
            models.Index(fields=["region", "-priority", "formed_at"], name="problem_priority"),
            models.Index(fields=["body", "state", "due_on"], name="problem_body"),
            models.Index(fields=["state", "-formed_at", "-id"], name="problem_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=ProblemState.ASSIGNED)
                | Q(body__isnull=False, due_on__isnull=False),
                name="problem_assigned_has_body_and_deadline",
            ),
            models.CheckConstraint(
                condition=Q(state__in=IN_WORK) | ~Q(outcome=""), name="problem_outcome_has_words"
            ),
            models.CheckConstraint(condition=Q(reopened__lte=1), name="problem_reopened_once"),
            models.CheckConstraint(
                condition=~Q(title_kk="") | ~Q(title_ru=""), name="problem_has_title"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("problem", args=[self.uuid])

    @property
    def title(self) -> str:
        return self.title_in(get_language() or "kk")

    @property
    def about(self) -> str:
        if (get_language() or "kk") == "kk":
            return self.about_kk or self.about_ru
        return self.about_ru or self.about_kk

    def title_in(self, language: str) -> str:
        if language == "kk":
            return self.title_kk or self.title_ru
        return self.title_ru or self.title_kk


class ProblemMove(models.Model):
    """What happened to a problem, or to one of its promises: append-only.

    ``by`` is None where a verdict of a person moved it.
    """

    problem = models.ForeignKey(Problem, models.PROTECT, related_name="moves")
    promise = models.ForeignKey("Promise", models.PROTECT, null=True, related_name="moves")
    step = models.CharField(max_length=8, choices=PoolStep)
    from_state = models.CharField(max_length=10, blank=True)
    to_state = models.CharField(max_length=10)
    body = models.ForeignKey("Body", models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.step} {self.at}"


class DueChange(models.Model):
    """A deadline that became another one: was, is, why."""

    problem = models.ForeignKey(Problem, models.PROTECT, related_name="due_changes")
    promise = models.ForeignKey("Promise", models.PROTECT, null=True, related_name="due_changes")
    was = models.DateField(null=True)
    now = models.DateField()
    cause = models.CharField(max_length=10, choices=DueCause)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.was} → {self.now}"


class DaysOffSeen(models.Model):
    """What the table of days off held when the deadlines were last computed: one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    digest = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.digest[:8]


class Verdict(models.Model):
    """What one who asked or supported says of the outcome: one voice an address.

    ``round`` is how often the problem had been reopened then: figures count the present round.
    """

    problem = models.ForeignKey(Problem, models.PROTECT, related_name="verdicts")
    mark = models.CharField(max_length=64)
    word = models.CharField(max_length=10, choices=VerdictWord)
    reason = models.CharField(max_length=2000, blank=True)
    round = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["problem", "mark"], name="verdict_one_voice"),
            models.CheckConstraint(
                condition=Q(word=VerdictWord.SOLVED) | ~Q(reason=""), name="verdict_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.problem_id} {self.word}"
