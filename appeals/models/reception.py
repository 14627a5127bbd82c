"""Personal receptions: who sits where, on which day, in which slots."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from appeals.enums import BookingState, ReceptionState
from appeals.models.booking import OCCUPYING, Booking
from meetings.enums import OfficialKind
from meetings.models.content import either
from meetings.models.unit import subtree

USUAL_SHARE = 20  # per cent of the slots for those who walk in [house]


class ReceptionQuerySet(models.QuerySet):
    def public(self):
        """What everybody may read: whatever was published once."""
        return self.exclude(state=ReceptionState.DRAFT)

    def at_desk_of(self, user):
        """What the right to run receptions, or the one to read requests, reaches."""
        from meetings.permissions import Act, reach, within_reach

        acts = (Act.RUN_RECEPTION, Act.READ_REQUESTS)
        if any(reach(user, act) is None for act in acts):
            return self
        seen = Q(pk__in=[])
        for act in acts:
            seen |= within_reach(user, act, "unit__path")
        return self.filter(seen)

    def visible_to(self, user):
        return self.filter(
            ~Q(state=ReceptionState.DRAFT)
            | Q(pk__in=Reception.objects.at_desk_of(user).values("pk"))
        )

    def within(self, unit):
        return self.filter(subtree("unit__path", unit.path, using=self.db))

    def ahead(self, day):
        return self.filter(day__gte=day)


class Reception(models.Model):
    """One day on which officials receive citizens in person, after a meeting or on its own.

    ``breaks`` is a list of pairs of hours («13:00»); ``tables`` sit side by side with the same
    hours. Without ``opens_at`` people book from the moment of publication. ``version`` counts the
    changes of the reception itself, not its bookings.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    region = models.ForeignKey("meetings.Unit", models.PROTECT, related_name="+")
    unit = models.ForeignKey(
        "meetings.Unit", models.PROTECT, related_name="receptions", verbose_name=_("place")
    )
    meeting = models.ForeignKey(
        "meetings.Meeting", models.PROTECT, null=True, related_name="receptions",
        verbose_name=_("after the meeting"),
    )  # fmt: skip
    day = models.DateField(_("date"))
    begins = models.TimeField(_("begins"))
    ends = models.TimeField(_("ends"))
    slot_minutes = models.PositiveSmallIntegerField(_("minutes for a person"))
    breaks = models.JSONField(_("breaks"), default=list, blank=True)
    walk_in_share = models.PositiveSmallIntegerField(default=USUAL_SHARE)
    place_kk = models.CharField(_("place in Kazakh"), max_length=200, blank=True)
    place_ru = models.CharField(_("place in Russian"), max_length=200, blank=True)
    address_kk = models.CharField(_("address in Kazakh"), max_length=300, blank=True)
    address_ru = models.CharField(_("address in Russian"), max_length=300, blank=True)
    contact = models.CharField(_("contact"), max_length=200, blank=True)
    opens_at = models.DateTimeField(_("booking opens"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=ReceptionState, default=ReceptionState.DRAFT
    )
    reason = models.CharField(_("reason of the change"), max_length=1000, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = ReceptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("personal reception")
        verbose_name_plural = _("personal receptions")
        ordering = ["day", "begins", "pk"]
        indexes = [
            models.Index(fields=["state", "day", "begins", "id"], name="reception_day"),
            models.Index(fields=["unit", "day"], name="reception_unit_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(begins__lt=F("ends")), name="reception_hours_in_order"
            ),
            models.CheckConstraint(
                condition=Q(state=ReceptionState.DRAFT) | Q(published_at__isnull=False),
                name="reception_public_since",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.unit_id}"

    def get_absolute_url(self) -> str:
        return reverse("reception", args=[self.uuid])

    @property
    def place(self) -> str:
        """In the reader's language, or in the one it was written in."""
        return self.place_in(get_language() or "kk")

    @property
    def address(self) -> str:
        return self.address_in(get_language() or "kk")

    def place_in(self, language: str) -> str:
        return either((self.place_kk, self.place_ru), language)

    def address_in(self, language: str) -> str:
        return either((self.address_kk, self.address_ru), language)

    def is_open(self, at) -> bool:
        """Whether people may book at that moment; single slots may be over already."""
        return (
            self.state == ReceptionState.PUBLISHED
            and (self.opens_at is None or self.opens_at <= at)
            and timezone.localdate(at) <= self.day
        )


class ReceptionTable(models.Model):
    """Where people are heard: a room, and the officials who sit there together."""

    reception = models.ForeignKey(Reception, models.CASCADE, related_name="tables")
    number = models.PositiveSmallIntegerField()
    room = models.CharField(_("room"), max_length=60, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["reception", "number"], name="receptiontable_once")
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.room}"


class ReceptionOfficial(models.Model):
    """One of those who sit at a table."""

    table = models.ForeignKey(ReceptionTable, models.CASCADE, related_name="officials")
    kind = models.CharField(_("kind"), max_length=16, choices=OfficialKind)
    name = models.CharField(_("name"), max_length=150)
    post_kk = models.CharField(_("post in Kazakh"), max_length=200, blank=True)
    post_ru = models.CharField(_("post in Russian"), max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def post(self) -> str:
        return either((self.post_kk, self.post_ru), get_language() or "kk")


class SlotQuerySet(models.QuerySet):
    def free(self, at):
        """Those that nobody has at that moment; a hold that ran out holds nothing.

        Slots for those who walk in are among them.
        """
        having = Booking.objects.filter(slot=OuterRef("pk"), state__in=OCCUPYING)
        having = having.exclude(state=BookingState.HELD, held_until__lte=at)
        return self.filter(~Exists(having))

    def ahead(self, at):
        """Those that have not begun."""
        local = timezone.localtime(at)
        today = Q(reception__day=local.date(), begins__gt=local.time())
        return self.filter(today | Q(reception__day__gt=local.date()))


class Slot(models.Model):
    """One person's time at one table."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reception = models.ForeignKey(Reception, models.CASCADE, related_name="slots")
    table = models.ForeignKey(ReceptionTable, models.CASCADE, related_name="slots")
    begins = models.TimeField()
    ends = models.TimeField()
    is_walk_in = models.BooleanField(default=False)

    objects = SlotQuerySet.as_manager()

    class Meta:
        ordering = ["begins", "table__number"]
        constraints = [models.UniqueConstraint(fields=["table", "begins"], name="slot_once")]

    def __str__(self) -> str:
        return f"{self.begins:%H:%M}"


class ReceptionChange(models.Model):
    """What was changed after publication: what was, what is, why; told to everybody who booked."""

    reception = models.ForeignKey(Reception, models.PROTECT, related_name="changes")
    was = models.JSONField()
    now = models.JSONField()
    reason = models.CharField(max_length=1000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.reception_id} {self.at}"
