"""Reading the names and contacts of those who booked: by services.personal."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from appeals.enums import ReadFor
from appeals.models import Booking, Reception
from appeals.selectors.reception_desk import read_by
from appeals.services import personal
from meetings.services import log


@transaction.atomic
def open_names(
    reception: Reception, bookings: Sequence[Booking], *, purpose: ReadFor, by,
    at: datetime | None = None,
) -> int:  # fmt: skip
    """From now until midnight the person reads these names; gives how many were opened.

    Whom this person has read today already is not recorded again: a day at the door is one reading.

    Raises:
        PermissionDenied; Refused: no purpose.
    """
    at = at or timezone.now()
    known = read_by(by, list(bookings), timezone.localdate(at))
    persons = {one.person_id: one.person for one in bookings if one.person_id not in known}
    personal.read_many(
        persons.values(), by=by, purpose=purpose, at=at,
        subject=f"reception:{reception.uuid}",
    )  # fmt: skip
    return len(persons)


@transaction.atomic
def take_journal(
    reception: Reception, bookings: Sequence[Booking], *, with_names: bool, kind: str,
    purpose: ReadFor, by, at: datetime | None = None,
) -> None:  # fmt: skip
    """A journal leaves the house: with names, every one of them is a reading of its own.

    Args:
        kind: "xlsx" or "pdf".
    Raises:
        PermissionDenied.
    """
    at = at or timezone.now()
    if with_names:
        personal.read_many(
            [one.person for one in bookings], by=by, purpose=purpose, at=at,
            subject=f"reception:{reception.uuid}",
        )  # fmt: skip
    log.record(
        "reception.journal", f"reception:{reception.uuid}", by=by, region=reception.region, at=at,
        kind=kind, names=with_names, people=len(bookings),
    )  # fmt: skip
