"""What people demand: a meeting outside the calendar; who supports it; what was answered."""

import uuid
from datetime import date

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from appeals.enums import OPEN_DEMANDS, PUBLIC_DEMANDS, DemandState, HoldReason
from appeals.models.problem import Due
from meetings.enums import Topic, UnitKind

ANSWERED = (DemandState.MEETING, DemandState.REFUSED)


class DemandRule(models.Model):
    """How many voices a demand of a kind of unit needs, and in how many days.

    House rules: the decree knows no number. A demand keeps the figures with which it was opened.
    """

    kind = models.CharField(_("kind"), max_length=24, choices=UnitKind, unique=True)
    voices = models.PositiveIntegerField(
        _("voices needed"), validators=[MinValueValidator(2), MaxValueValidator(1_000_000)]
    )
    open_days = models.PositiveSmallIntegerField(
        _("days open"), validators=[MinValueValidator(1), MaxValueValidator(366)],
        help_text=_("Calendar days from the day it is published; the last one counts."),
    )  # fmt: skip
    answer_days = models.PositiveSmallIntegerField(
        _("working days to answer"), validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_("Counted from the day after the voices are enough."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("rule of demands")
        verbose_name_plural = _("rules of demands")
        ordering = ["voices", "kind"]
        constraints = [
            models.CheckConstraint(
                condition=Q(voices__gte=2, open_days__gte=1, answer_days__gte=1),
                name="demandrule_makes_sense",
            )
        ]

    def __str__(self) -> str:
        return str(UnitKind(self.kind).label)


class DemandQuerySet(models.QuerySet):
    def public(self):
        """What everybody may read: published by the commission, whatever came of it."""
        return self.filter(state__in=PUBLIC_DEMANDS)

    def in_reach(self, user):
        """What the staff's right to read requests reaches: by the place or by the akim asked."""
        from meetings.permissions import Act, within_reach

        places = within_reach(user, Act.READ_REQUESTS, "unit__path")
        akims = within_reach(user, Act.READ_REQUESTS, "office__unit__path")
        return self.filter(places | akims).exclude(state=DemandState.UNCONFIRMED)

    def visible_to(self, user):
        """Published ones for everybody; the rest for the staff of the territory."""
        reached = Q(pk__in=Demand.objects.in_reach(user).values("pk"))
        return self.filter(Q(state__in=PUBLIC_DEMANDS) | reached)

    def open(self):
        """Those that take voices."""
        return self.filter(state__in=OPEN_DEMANDS)

    def overdue(self, day: date):
        """Those whose answer is owed and late."""
        return self.filter(state=DemandState.REACHED, due_on__lt=day)


class Demand(Due):
    """People of a unit ask their akim, or the one above, for a meeting outside the calendar.

    ``text`` is what was written, ``public_text`` what the commission published. ``threshold``,
    ``open_days`` and ``answer_days`` are the rule of the day on which it was opened. ``voices``
    counts confirmed addresses, the author's among them. ``due_on`` is when the answer is owed.
    Moves through services alone; nothing is ever deleted.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(_("number"), max_length=20, unique=True, null=True)
    state = models.CharField(
        _("state"), max_length=12, choices=DemandState, default=DemandState.UNCONFIRMED
    )
    language = models.CharField(max_length=2)
    region = models.ForeignKey("meetings.Unit", models.PROTECT, related_name="+")
    unit = models.ForeignKey("meetings.Unit", models.PROTECT, related_name="demands")
    office = models.ForeignKey("meetings.Office", models.PROTECT, related_name="demands")
    topic = models.CharField(_("topic"), max_length=16, choices=Topic, default=Topic.OTHER)
    text = models.TextField(_("text"))
    public_text = models.TextField(_("public text"), blank=True)
    is_edited = models.BooleanField(default=False)

    person = models.ForeignKey("Person", models.PROTECT, null=True, related_name="demands")
    follow_digest = models.CharField(max_length=64, unique=True, null=True)

    hold_reason = models.CharField(max_length=14, choices=HoldReason, blank=True)
    hold_words = models.CharField(max_length=1000, blank=True)
    objection = models.CharField(max_length=2000, blank=True)
    objected_at = models.DateTimeField(null=True)
    objection_answer = models.CharField(max_length=2000, blank=True)

    threshold = models.PositiveIntegerField(_("voices needed"))
    open_days = models.PositiveSmallIntegerField(_("days open"))
    answer_days = models.PositiveSmallIntegerField(_("working days to answer"))
    voices = models.PositiveIntegerField(default=0)

    created_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    closes_on = models.DateField(_("last day of voices"), null=True)
    reached_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    answer = models.TextField(_("answer"), blank=True)
    meeting = models.OneToOneField(
        "meetings.Meeting", models.PROTECT, null=True, related_name="demand"
    )
    version = models.PositiveIntegerField(default=1)

    objects = DemandQuerySet.as_manager()

    class Meta:
        verbose_name = _("demand for a meeting")
        verbose_name_plural = _("demands for meetings")
        indexes = [
            models.Index(fields=["state", "-published_at", "-id"], name="demand_state"),
            models.Index(fields=["region", "state", "-published_at"], name="demand_region"),
            models.Index(fields=["unit", "state"], name="demand_unit"),
            models.Index(fields=["office", "state", "due_on"], name="demand_office"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "office"], condition=Q(state__in=OPEN_DEMANDS),
                name="demand_one_open",
            ),
            models.CheckConstraint(
                condition=Q(state=DemandState.UNCONFIRMED)
                | Q(number__isnull=False, asked_at__isnull=False),
                name="demand_has_number",
            ),
            models.CheckConstraint(
                condition=~Q(state=DemandState.HELD) | ~Q(hold_reason=""),
                name="demand_held_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=PUBLIC_DEMANDS)
                | Q(published_at__isnull=False, closes_on__isnull=False),
                name="demand_public_has_days",
            ),
            models.CheckConstraint(
                condition=~Q(state=DemandState.REACHED)
                | Q(reached_at__isnull=False, due_on__isnull=False),
                name="demand_reached_has_deadline",
            ),
            models.CheckConstraint(
                condition=~Q(state=DemandState.MEETING) | Q(meeting__isnull=False),
                name="demand_meeting_is_there",
            ),
            models.CheckConstraint(
                condition=~Q(state=DemandState.REFUSED) | ~Q(answer=""),
                name="demand_refused_has_reason",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number or str(self.uuid)

    def get_absolute_url(self) -> str:
        return reverse("demand", args=[self.uuid])

    def is_overdue(self, day: date) -> bool:
        return self.state == DemandState.REACHED and self.due_on is not None and self.due_on < day


class DemandSupport(models.Model):
    """One address, one voice; the author's is the first."""

    demand = models.ForeignKey(Demand, models.PROTECT, related_name="supports")
    mark = models.CharField(max_length=64, db_index=True)
    sealed = models.TextField(blank=True)
    language = models.CharField(max_length=2)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["demand", "mark"], name="demandsupport_one_voice")
        ]

    def __str__(self) -> str:
        return f"{self.demand_id} {self.mark[:8]}"


class DemandMove(models.Model):
    """What happened to a demand: append-only. ``by`` is None where people or a day moved it."""

    demand = models.ForeignKey(Demand, models.PROTECT, related_name="moves")
    deed = models.CharField(max_length=12)
    from_state = models.CharField(max_length=12, choices=DemandState)
    to_state = models.CharField(max_length=12, choices=DemandState)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.deed} {self.at}"
