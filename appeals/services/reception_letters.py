"""Letters to those who booked: in their language, in the transaction of what they tell."""

from datetime import datetime

from django.utils import translation

from appeals.models import Booking
from appeals.services import booking_links
from meetings.dates import say_when
from meetings.services import outbox

# News that somebody without an address has to hear by phone.
NEWS = ("booking_moved_up", "reception_changed", "reception_cancelled", "reception_no_place")


def tell(booking: Booking, kind: str, *, at: datetime, **more: str) -> None:
    """Write one letter about the booking; without an address, mark that the news is still to tell.

    Args:
        kind: the letter; it is written once for each version of the booking.
        more: what the letter says besides.
    """
    email = booking.person.details.get("email", "")
    if not email:
        if kind in NEWS and booking.is_told:
            booking.is_told = False
            booking.save(update_fields=["is_told"])
        return
    outbox.post(
        kind, to=email, language=booking.language, at=at,
        key=f"{kind}:{booking.uuid}:{booking.version}:{booking.reception.version}",
        context=_said(booking) | more,
    )  # fmt: skip


def _said(booking: Booking) -> dict:
    reception, slot, language = booking.reception, booking.slot, booking.language
    with translation.override(language):
        return {
            "number": booking.number,
            "when": say_when(reception.day, slot.begins if slot else None, language),
            "unit": reception.unit.name_in(language),
            "place": reception.place_in(language),
            "address": reception.address_in(language),
            "room": slot.table.room if slot else "",
            "table": slot.table.number if slot else None,
            "contact": reception.contact,
            "receptions": f"/{language}/receptions/",
            "page": f"/{language}/receptions/bookings/{booking_links.token_of(booking)}/",
        }
