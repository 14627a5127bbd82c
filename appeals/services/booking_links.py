"""Secret links to bookings: random, found by a digest, sealed for the letters to come."""

import secrets
from typing import NamedTuple

from appeals.models import Booking
from meetings.sealing import mark, seal, unseal


class Link(NamedTuple):
    """What is stored of a link."""

    digest: str
    sealed: str


def new() -> Link:
    token = secrets.token_urlsafe(24)
    return Link(_digest(token), seal(token))


def token_of(booking: Booking) -> str:
    """The token of the booking's address."""
    return unseal(booking.link_sealed)


def booking_of(token: str) -> Booking | None:
    """The booking behind a link, or None when it was made up."""
    found = Booking.objects.select_related("reception__unit", "slot__table", "person")
    return found.filter(link_digest=_digest(token)).first()


def _digest(token: str) -> str:
    return mark(f"booking:{token}")
