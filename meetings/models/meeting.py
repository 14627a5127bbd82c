"""Meetings as the public knows them, their changes, and the kept bytes of their feeds."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meetings.enums import MeetingState
from meetings.models.content import MeetingContent
from meetings.models.unit import subtree


class MeetingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Every row here was approved or published: it is everybody's."""
        return self

    def within(self, unit):
        """Meetings for the unit or for anything below it."""
        targets = Meeting.targets.through.objects.filter(
            subtree("unit__path", unit.path, using=self.db), meeting=models.OuterRef("pk")
        )
        return self.filter(models.Exists(targets))

    def from_day(self, day):
        return self.filter(day__gte=day)


class Meeting(MeetingContent):
    """A published meeting: of an approved calendar, or outside one.

    ``uuid`` never changes; ``sequence`` rises with each published change (RFC 5545, 3.8.7.4).
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    region = models.ForeignKey("Unit", models.PROTECT, related_name="+")
    calendar = models.ForeignKey("Calendar", models.PROTECT, null=True, related_name="meetings")
    targets: models.ManyToManyField = models.ManyToManyField(
        "Unit", related_name="meetings", verbose_name=_("where")
    )
    state = models.CharField(
        _("state"), max_length=10, choices=MeetingState, default=MeetingState.PLANNED
    )
    planned_day = models.DateField(_("first planned for"), null=True, blank=True)
    reason = models.CharField(_("reason of the change"), max_length=1000, blank=True)
    is_awaiting = models.BooleanField(_("awaiting the maslikhat"), default=False)
    is_outside = models.BooleanField(_("outside the calendar"), default=False)
    why_outside = models.CharField(_("why outside the calendar"), max_length=1000, blank=True)
    people = models.PositiveIntegerField(_("people who came"), null=True, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    published_at = models.DateTimeField(_("published"))
    changed_at = models.DateTimeField(_("changed"))

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["day", "starts_at", "pk"]
        indexes = [
            models.Index(fields=["day", "starts_at", "id"], name="meeting_day"),
            models.Index(fields=["calendar", "day"], name="meeting_calendar_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=MeetingState.HELD) | Q(people__isnull=False),
                name="meeting_held_has_people",
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.host}"

    def get_absolute_url(self) -> str:
        return reverse("meeting", args=[self.uuid])


class MeetingChange(models.Model):
    """A change published after approval: what was, what is, why; does the maslikhat know."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=10, choices=MeetingState)
    was = models.JSONField()
    now = models.JSONField()
    reason = models.CharField(_("reason"), max_length=1000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    is_urgent = models.BooleanField(default=False)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decision_number = models.CharField(max_length=50, blank=True)
    decision_on = models.DateField(null=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.at}"


class MeetingEntry(models.Model):
    """A meeting's VEVENT as text, made once when it is saved, in one language."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="entries")
    language = models.CharField(max_length=2)
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "language"], name="entry_once_a_language")
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.language}"


class FeedVersion(models.Model):
    """Counts the published changes of a unit's subtree; raised in the transaction of the change."""

    unit = models.OneToOneField("Unit", models.CASCADE, related_name="feed_version")
    version = models.PositiveBigIntegerField(default=0)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.version}"


class FeedBody(models.Model):
    """A feed's bytes, kept gzipped for one version of one unit and one variant of the address."""

    unit = models.ForeignKey("Unit", models.CASCADE, related_name="feed_bodies")
    variant = models.CharField(max_length=40)
    version = models.PositiveBigIntegerField()
    etag = models.CharField(max_length=64)
    modified_at = models.DateTimeField()
    fresh_until = models.DateField()
    gzipped = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "variant"], name="feedbody_once_a_variant")
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.variant}"


class PublicVersion(models.Model):
    """Counts every published change: the key under which public fragments are kept."""

    name = models.CharField(max_length=20, primary_key=True)
    number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name}: {self.number}"
