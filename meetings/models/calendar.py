"""A region's calendar of a year, its revisions, and what is said about them."""

import uuid
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meetings.enums import N3Reading, ProcedureChoice, Stance, State, Step
from meetings.models.content import MeetingContent

FIRST_YEAR = 2022


def approval_deadline(year: int) -> datetime:
    """«Before 15 January»: it ends at 15 January 00:00, Asia/Almaty."""
    return datetime(year, 1, 15, tzinfo=ZoneInfo("Asia/Almaty"))


class CalendarQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Calendars whose working state the user may read; the public reads approved revisions."""
        from meetings.permissions import visible_calendars

        return visible_calendars(self, user)

    def at_desk_of(self, user):
        """Calendars the user works on or watches at the desk: those of the user's territory."""
        from meetings.permissions import desk_calendars

        return desk_calendars(self, user)

    def published(self):
        """Calendars that have an approved revision."""
        approved = Revision.objects.filter(calendar=models.OuterRef("pk"), state=State.APPROVED)
        return self.filter(models.Exists(approved))


class Calendar(models.Model):
    """The plan of the meetings of all akims of a region in one year."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    region = models.ForeignKey(
        "Unit", models.PROTECT, related_name="calendars", verbose_name=_("region")
    )
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(2100)]
    )
    procedure = models.CharField(
        _("part of the maslikhat"), max_length=8, choices=ProcedureChoice,
        default=ProcedureChoice.AGREE,
    )  # fmt: skip
    own_edition = models.CharField(_("stricter edition as own norm"), max_length=20, blank=True)
    n3_reading = models.CharField(
        _("whom the akim of a district visits"), max_length=12, choices=N3Reading,
        default=N3Reading.BODIES,
    )  # fmt: skip
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CalendarQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar")
        verbose_name_plural = _("calendars")
        ordering = ["-year", "region__path"]
        constraints = [
            models.UniqueConstraint(fields=["region", "year"], name="calendar_one_a_region_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.region}, {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("region_calendar", args=[self.year, self.region.kato])


class Revision(models.Model):
    """One version of a calendar: the working one, or an approved one, frozen for ever.

    ``version`` grows with each change of the working revision: an edit carries the one it started
    from. ``canonical`` is the frozen JSON text whose SHA-256 is ``sha256``.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    calendar = models.ForeignKey(Calendar, models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField(_("revision"))
    state = models.CharField(_("state"), max_length=16, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    reason = models.CharField(_("reason"), max_length=1000, blank=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    decision_number = models.CharField(_("number of the decision"), max_length=50, blank=True)
    decision_on = models.DateField(_("date of the decision"), null=True, blank=True)
    act_number = models.CharField(_("number of the act"), max_length=50, blank=True)
    act_on = models.DateField(_("date of the act"), null=True, blank=True)
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    is_late = models.BooleanField(_("approved late"), default=False)
    canonical = models.TextField(blank=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["calendar", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["calendar", "number"], name="revision_number_once"),
            models.UniqueConstraint(
                fields=["calendar"], condition=~Q(state=State.APPROVED), name="revision_one_working"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.APPROVED) | ~Q(sha256=""),
                name="revision_approved_has_hash",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.calendar}, № {self.number}"


class LineQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Lines of the akims in the user's reach, and those that bring an akim into it."""
        from meetings.permissions import visible_lines

        return visible_lines(self, user)

    def editable_by(self, user):
        """Lines of drafts whose akim is in the user's reach."""
        from meetings.permissions import editable_lines

        return editable_lines(self, user)


class Line(MeetingContent):
    """A meeting as one revision has it. The public never reads lines."""

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="lines")
    targets: models.ManyToManyField = models.ManyToManyField(
        "Unit", related_name="lines", verbose_name=_("where")
    )
    version = models.PositiveIntegerField(default=1)

    objects = LineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a calendar")
        verbose_name_plural = _("lines of a calendar")
        ordering = ["day", "starts_at", "pk"]
        constraints = [
            # ``uuid`` is the meeting's public identity: the same in every revision that has it.
            models.UniqueConstraint(fields=["revision", "uuid"], name="line_once_a_revision")
        ]
        indexes = [models.Index(fields=["revision", "day"], name="line_revision_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.host}"


class LineEdit(models.Model):
    """One change of a line while it is a draft: the journal that makes it undoable.

    ``before`` and ``after`` are what services.line_state makes; None: the line was not there.
    ``version`` is the line's version after the change: it goes on rising when a line is dropped
    and comes back. An undoing is an entry too, and names the one it undoes.
    """

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="edits")
    line_uuid = models.UUIDField()
    host = models.ForeignKey("Office", models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    act = models.ForeignKey("Act", models.PROTECT, null=True, related_name="edits")
    undoes = models.ForeignKey("self", models.CASCADE, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["revision", "line_uuid"], name="lineedit_revision_line")]

    def __str__(self) -> str:
        return f"{self.at} {self.line_uuid}"


class Explanation(models.Model):
    """Why a calendar is submitted with a breach: the maslikhat reads it first."""

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="explanations")
    norm = models.CharField(max_length=10)
    host = models.ForeignKey("Unit", models.PROTECT, related_name="+")
    target = models.ForeignKey("Unit", models.PROTECT, related_name="+")
    window_start = models.DateField()
    text = models.CharField(_("explanation"), max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "norm", "host", "target", "window_start"],
                name="explanation_once_a_duty",
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Move(models.Model):
    """One step of the approval, taken: who, when, from where to where, with what words."""

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="moves")
    step = models.CharField(max_length=16, choices=Step)
    from_state = models.CharField(max_length=16, choices=State)
    to_state = models.CharField(max_length=16, choices=State)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    note = models.TextField(_("reason or remark"), blank=True)
    act_number = models.CharField(max_length=50, blank=True)
    act_on = models.DateField(null=True)
    is_late = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.step} {self.at}"


class Remark(models.Model):
    """What a deputy says about a line, or about the whole calendar."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="remarks")
    line_uuid = models.UUIDField(null=True)
    text = models.CharField(_("remark"), max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:60]


class Endorsement(models.Model):
    """Whether a deputy endorses the calendar as submitted; the last word of each counts."""

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="endorsements")
    submission = models.PositiveSmallIntegerField(default=1)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    stance = models.CharField(_("stance"), max_length=10, choices=Stance)
    text = models.CharField(_("words"), max_length=2000, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "submission", "by"], name="endorsement_once_a_submission"
            )
        ]

    def __str__(self) -> str:
        return f"{self.by}: {self.stance}"


class Submission(models.Model):
    """What the maslikhat was given, as it was given: a later submission is compared with it.

    ``contents`` is what ``services.freezing.contents_of`` makes. Never changed.
    """

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    contents = models.JSONField()

    class Meta:
        ordering = ["revision", "number"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "number"], name="submission_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.revision}, {self.number}"
