"""What changes in a published reception: everybody who booked gets a letter; nobody is lost."""

from collections.abc import Mapping
from datetime import datetime, time

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from appeals.booking_steps import RULES, Deed
from appeals.enums import BookingState as State
from appeals.enums import ReceptionState
from appeals.models import COUNTED, HOPING, Booking, Reception, ReceptionChange
from appeals.services import reception_letters as letters
from appeals.services.receptions import PLACE_FIELDS, locked, record, save
from appeals.slots import hour_of, minute_of
from meetings.errors import Refused

CHANGED_FIELDS = ("day", "begins", *PLACE_FIELDS)
LONGEST_REASON = 1000
LAST_MINUTE = 24 * 60 - 1


@transaction.atomic
def change(
    reception: Reception, values: Mapping, rooms: Mapping[int, str], *, reason: str, by,
    version: int, at: datetime | None = None,
) -> Reception:  # fmt: skip
    """Move a published reception to another day, hour, place or room; every booking goes along.

    Another beginning shifts the whole day: each slot, each break and the end by as much.

    Args:
        values: CHANGED_FIELDS.
        rooms: rooms of tables by their number.
    Raises:
        PermissionDenied, StaleEdit; Refused: no reason, nothing changes, the day is past.
    """
    at = at or timezone.now()
    reception = locked(reception, by, version, ReceptionState.PUBLISHED)
    reason = _reason(reason)
    if reception.bookings.filter(state__in=(State.CALLED, State.DONE)).exists():
        raise Refused(_("People have been received already: this reception is not moved any more."))
    was = _differences(reception, values) | _room_differences(reception, rooms)
    if not was:
        raise Refused(_("Nothing is different from what is public. Change something first."))
    if "begins" in was:
        _shift(reception, values["begins"])
    for name in set(was) & set(CHANGED_FIELDS) - {"begins"}:
        setattr(reception, name, values[name])
    if (reception.day, reception.ends) <= _now(at):
        raise Refused(_("This day is past. Choose today or a later day."), "day")
    reception.reason = reason
    save(reception, at)
    for number, room in rooms.items():
        reception.tables.filter(number=number).update(room=room)
    if "day" in was:
        _take_along(reception)
    now = {name: values[name] if name in values else rooms[_number(name)] for name in was}
    ReceptionChange.objects.create(
        reception=reception, was=_plain(was), now=_plain(now), reason=reason, by=by, at=at
    )
    for booking in _hoping(reception):
        letters.tell(booking, "reception_changed", at=at, reason=reason)
    record(reception, "change", by=by, at=at, fields=sorted(was))
    return reception


@transaction.atomic
def cancel(
    reception: Reception, *, reason: str, by, version: int, at: datetime | None = None
) -> Reception:
    """It does not take place; it stays in sight with the reason, and so does every booking.

    Raises:
        PermissionDenied, StaleEdit, Refused.
    """
    at = at or timezone.now()
    reception = locked(reception, by, version, ReceptionState.PUBLISHED)
    reason = _reason(reason)
    if reception.bookings.filter(state=State.DONE).exists():
        raise Refused(_("People have been received already: close the reception instead."))
    reception.state, reception.reason = ReceptionState.CANCELLED, reason
    save(reception, at)
    for booking in _hoping(reception):
        _end(booking, State.CANCELLED, at)
        letters.tell(booking, "reception_cancelled", at=at, reason=reason)
    _lapse_holds(reception)
    record(reception, "cancel", by=by, at=at)
    return reception


@transaction.atomic
def close(reception: Reception, *, by, version: int, at: datetime | None = None) -> Reception:
    """The day is over: who did not come is marked so, who still waited is told.

    Raises:
        PermissionDenied, StaleEdit; Refused: its day has not come, somebody is still here.
    """
    at = at or timezone.now()
    reception = locked(reception, by, version, ReceptionState.PUBLISHED)
    if reception.day > timezone.localdate(at):
        raise Refused(_("The day of this reception has not come yet."))
    here = reception.bookings.filter(state__in=(State.CAME, State.CALLED)).count()
    if here:
        raise Refused(
            _("Somebody who came is not heard yet. Finish each of them first, or mark that they"
              " left.")
        )  # fmt: skip
    reception.state = ReceptionState.OVER
    save(reception, at)
    for booking in _hoping(reception):
        if booking.state == State.BOOKED:
            _end(booking, RULES[Deed.NO_SHOW].target, at)
        else:
            _end(booking, State.LAPSED, at)
            letters.tell(booking, "reception_no_place", at=at)
    _lapse_holds(reception)
    record(reception, "close", by=by, at=at)
    return reception


def _reason(reason: str) -> str:
    reason = reason.strip()
    if not reason:
        raise Refused(_("Write the reason: everybody who booked will read it."), "reason")
    if len(reason) > LONGEST_REASON:
        raise Refused(_("The reason is too long; 1,000 characters are enough."), "reason")
    return reason


def _now(at: datetime) -> tuple:
    local = timezone.localtime(at)
    return (local.date(), local.time())


def _differences(reception: Reception, values: Mapping) -> dict:
    if strange := set(values) - set(CHANGED_FIELDS):
        raise ValueError(f"Not to be changed here: {sorted(strange)}")
    return {
        name: getattr(reception, name)
        for name, value in values.items()
        if getattr(reception, name) != value
    }


def _room_differences(reception: Reception, rooms: Mapping[int, str]) -> dict:
    return {
        f"room_{table.number}": table.room
        for table in reception.tables.all()
        if table.number in rooms and rooms[table.number] != table.room
    }


def _number(name: str) -> int:
    return int(name.removeprefix("room_"))


def _shift(reception: Reception, begins) -> None:
    """Every hour of the day by as much as its beginning."""
    minutes = minute_of(begins) - minute_of(reception.begins)
    if minute_of(reception.ends) + minutes > LAST_MINUTE:
        raise Refused(_("So late a beginning shifts the end past midnight."), "begins")

    def shifted(hour):
        return hour_of(minute_of(hour) + minutes)

    slots = list(reception.slots.all())
    # In an order in which no slot lands on one that has not moved yet.
    for slot in sorted(slots, key=lambda one: one.begins, reverse=minutes > 0):
        slot.begins, slot.ends = shifted(slot.begins), shifted(slot.ends)
        slot.save(update_fields=["begins", "ends"])
    reception.breaks = [
        [f"{shifted(time.fromisoformat(hour)):%H:%M}" for hour in pair] for pair in reception.breaks
    ]
    reception.begins, reception.ends = begins, shifted(reception.ends)


def _take_along(reception: Reception) -> None:
    """The one booking of a day moves with the day, unless the person has one there already."""
    there = Booking.objects.filter(day=reception.day, state__in=COUNTED).exclude(mark="")
    mine = reception.bookings.exclude(day=reception.day)
    taken = there.exclude(reception=reception).values("mark")
    mine.filter(Q(mark="") | ~Q(mark__in=taken)).update(day=reception.day)


def _hoping(reception: Reception) -> list[Booking]:
    found = reception.bookings.filter(state__in=HOPING).select_related("person", "slot__table")
    bookings = list(found.order_by("pk"))
    for booking in bookings:
        booking.reception = reception
    return bookings


def _end(booking: Booking, state: State, at: datetime) -> None:
    booking.state, booking.cancelled_at = state, at
    booking.version += 1
    booking.save(update_fields=["state", "cancelled_at", "version"])


def _lapse_holds(reception: Reception) -> None:
    reception.bookings.filter(state=State.HELD).update(state=State.LAPSED)


def _plain(values: Mapping) -> dict:
    return {name: str(value) for name, value in values.items()}
