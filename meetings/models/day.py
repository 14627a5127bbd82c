"""The day of a meeting as it is recorded in the hall: marks, officials, people."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meetings.enums import MarkKind, OfficialKind
from meetings.models.meeting import Meeting

# The limit that the sister decree sets for ministers [house]: the akims' decree says «minimum».
LIMIT_PERCENT = 25


class MeetingDay(models.Model):
    """The record of one meeting's day, opened at the console.

    ``code`` is the short address for phones in the hall. The clocks and the number of people are
    read from the marks; ``people`` and ``closed_at`` repeat what they say now.
    """

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="record")
    code = models.CharField(max_length=8, unique=True)
    agenda = models.TextField(_("agenda"), blank=True)
    chair = models.CharField(_("who chairs"), max_length=200, blank=True)
    limit_percent = models.PositiveSmallIntegerField(
        _("limit of the report, per cent"), default=LIMIT_PERCENT,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )  # fmt: skip
    takes_questions = models.BooleanField(_("takes questions from phones"), default=True)
    people = models.PositiveIntegerField(_("people who came"), null=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(limit_percent__gte=1, limit_percent__lte=100),
                name="meetingday_limit_is_a_share",
            )
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.code}"

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None


class DayMark(models.Model):
    """One thing noted in the hall; written once, never changed.

    ``uuid`` is made by the device, so that a note sent twice is one note. ``at`` is its moment on
    the site's clock; ``device_at`` what the device's own clock said.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    day = models.ForeignKey(MeetingDay, models.PROTECT, related_name="marks")
    kind = models.CharField(max_length=20, choices=MarkKind)
    value = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    device = models.CharField(max_length=40, blank=True)
    device_at = models.DateTimeField(null=True)
    skew = models.DurationField(default=timedelta)
    is_doubtful = models.BooleanField(default=False)
    received_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["day", "at", "id"], name="daymark_day_at")]

    def __str__(self) -> str:
        return f"{self.kind} {self.at}"


class DayOfficials(models.Model):
    """Officials of one kind who were present: how many, and who, a line each."""

    day = models.ForeignKey(MeetingDay, models.CASCADE, related_name="officials")
    kind = models.CharField(max_length=16, choices=OfficialKind)
    number = models.PositiveSmallIntegerField()
    who = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["day", "kind"], name="dayofficials_once_a_kind")
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.number}"
