"""What the worker does to bookings by itself: slots held in vain are freed, people forgotten."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from appeals.enums import BookingState as State
from appeals.models import Booking, Reception
from appeals.services.bookings import lapse
from appeals.services.receptions import hold as hold_reception


def free_lapsed(at: datetime | None = None) -> int:
    """Free the slots whose codes were not typed in time, for those who wait; how many."""
    at = at or timezone.now()
    held = Booking.objects.filter(state=State.HELD, held_until__lte=at)
    freed = 0
    for number in held.order_by("reception").values_list("reception", flat=True).distinct():
        with transaction.atomic():
            reception = hold_reception(Reception(pk=number))
            for booking in held.filter(reception=reception).select_related("slot", "person"):
                booking.reception = reception
                lapse(booking, at=at)
                freed += 1
    return freed


def forget_unconfirmed(now: datetime | None = None) -> int:
    """Take out what nobody confirmed, with names and contacts; how many."""
    before = (now or timezone.now()) - timedelta(days=settings.UNCONFIRMED_KEPT_DAYS)
    old = Booking.objects.filter(state=State.LAPSED, confirmed_at=None, created_at__lt=before)
    return sum(_forget(booking) for booking in old.order_by("pk")[:1000])


@transaction.atomic
def _forget(booking: Booking) -> int:
    found = Booking.objects.filter(pk=booking.pk, state=State.LAPSED, confirmed_at=None)
    gone, _each = found.delete()
    if gone:
        booking.person.delete()
    return bool(gone)
