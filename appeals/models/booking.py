"""One person's booking of one reception, from the first click to the outcome of the talk."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from appeals.enums import BookedHow, BookingState, TalkOutcome

# A slot belongs to a booking in one of these states, and stays with it when the talk is over. Who
# did not come leaves it to those who did.
OCCUPYING = (
    BookingState.HELD, BookingState.BOOKED, BookingState.CAME, BookingState.CALLED,
    BookingState.DONE,
)  # fmt: skip
# What counts as the one booking a person has on a day; an unconfirmed hold may be anybody's.
COUNTED = (
    BookingState.BOOKED, BookingState.WAITING, BookingState.CAME, BookingState.CALLED,
    BookingState.DONE, BookingState.NO_SHOW,
)  # fmt: skip
# Those who still look forward to the reception.
HOPING = (BookingState.BOOKED, BookingState.WAITING, BookingState.CAME, BookingState.CALLED)


class Booking(models.Model):
    """A slot for one person, or a place in the waiting list (``slot`` is empty).

    ``number`` is what the queue's screen shows; given with the confirmation. ``mark`` tells the
    person by e-mail address or phone without reading either; empty when neither was given.
    ``day`` is the reception's. ``link_digest`` finds the booking by its secret link, which lies in
    ``link_sealed`` for the letters to come. ``subject`` and ``note`` are for the office alone.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reception = models.ForeignKey("Reception", models.PROTECT, related_name="bookings")
    slot = models.ForeignKey("Slot", models.PROTECT, null=True, related_name="bookings")
    day = models.DateField()
    number = models.PositiveSmallIntegerField(null=True)
    state = models.CharField(max_length=10, choices=BookingState)
    how = models.CharField(_("how it came"), max_length=10, choices=BookedHow)
    person = models.ForeignKey("Person", models.PROTECT, related_name="bookings")
    mark = models.CharField(max_length=64, blank=True)
    subject = models.CharField(_("subject"), max_length=500)
    language = models.CharField(max_length=2)
    visitor = models.CharField(max_length=64, blank=True)
    held_until = models.DateTimeField(null=True)
    link_digest = models.CharField(max_length=64, unique=True)
    link_sealed = models.TextField()
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    came_at = models.DateTimeField(null=True)
    called_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    is_told = models.BooleanField(default=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=TalkOutcome, blank=True)
    note = models.CharField(_("what was said"), max_length=1000, blank=True)
    eotinish_number = models.CharField(_("e-Otinish number"), max_length=40, blank=True)
    question = models.ForeignKey("Question", models.PROTECT, null=True, related_name="bookings")
    problem = models.ForeignKey("Problem", models.PROTECT, null=True, related_name="bookings")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        indexes = [
            models.Index(fields=["reception", "state", "id"], name="booking_reception"),
            models.Index(
                fields=["held_until"], name="booking_held", condition=Q(state=BookingState.HELD)
            ),
        ]
        constraints = [
            # No slot is ever given twice, whoever asks and through whatever door.
            models.UniqueConstraint(
                fields=["slot"], condition=Q(state__in=OCCUPYING), name="booking_one_a_slot"
            ),
            models.UniqueConstraint(
                fields=["mark", "day"], condition=Q(state__in=COUNTED) & ~Q(mark=""),
                name="booking_one_a_person_and_day",
            ),
            models.UniqueConstraint(
                fields=["reception", "number"], name="booking_one_a_number"
            ),
            models.CheckConstraint(
                condition=~Q(state=BookingState.HELD) | Q(held_until__isnull=False),
                name="booking_held_until",
            ),
            models.CheckConstraint(
                condition=Q(slot__isnull=False)
                | Q(state__in=(BookingState.HELD, BookingState.WAITING, BookingState.CANCELLED,
                               BookingState.LAPSED)),
                name="booking_has_a_slot",
            ),
            models.CheckConstraint(
                condition=~Q(state=BookingState.DONE) | ~Q(outcome=""),
                name="booking_done_has_outcome",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.number or '-'} {self.state}"
