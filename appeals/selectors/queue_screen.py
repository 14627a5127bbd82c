"""The queue of a reception as the screen in the corridor shows it: numbers, never a name."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, time

from django.utils import timezone

from appeals.enums import BookingState as State
from appeals.models import Booking, Reception
from appeals.pace import Pause, expected, minutes_a_talk
from appeals.selectors.receptions import tables_of

IN_SIGHT = (State.BOOKED, State.CAME, State.CALLED, State.DONE)


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody in the queue: a number, whether they are here, when they are expected to go in."""

    number: int | None
    is_here: bool
    hour: time
    expected: datetime


@dataclass(frozen=True, slots=True)
class TableQueue:
    """One table: who is in, who follows, and the pace in minutes that the times come from."""

    number: int
    room: str
    now: list[int | None]
    turns: list[Turn]
    pace: int
    talks: int


def queue_of(reception: Reception, at: datetime) -> list[TableQueue]:
    """The queues of all tables; three queries."""
    found = reception.bookings.filter(state__in=IN_SIGHT, slot__isnull=False)
    by_table: dict[int, list[Booking]] = defaultdict(list)
    for booking in found.select_related("slot__table").order_by("slot__begins", "pk"):
        by_table[booking.slot.table.number].append(booking)  # type: ignore[union-attr]
    pauses = [
        Pause(*(_moment(reception, time.fromisoformat(hour)) for hour in pair))
        for pair in reception.breaks
    ]
    return [
        _table(reception, table.number, table.room, by_table[table.number], pauses, at)
        for table in tables_of(reception)
    ]


def _table(reception, number: int, room: str, bookings, pauses, at: datetime) -> TableQueue:
    called = [one for one in bookings if one.state == State.CALLED]
    done = sorted(
        (one for one in bookings if one.state == State.DONE and one.called_at and one.done_at),
        key=lambda one: one.done_at,
    )
    pace = minutes_a_talk(reception.slot_minutes, [one.done_at - one.called_at for one in done])
    waiting = [one for one in bookings if _is_in_line(one, reception, at)]
    hours = [_moment(reception, one.slot.begins) for one in waiting]
    since = called[0].called_at if called else None
    turns = expected(hours, now=at, pace=pace, since=since, pauses=pauses)
    return TableQueue(
        number, room, [one.number for one in called],
        [
            Turn(one.number, one.state == State.CAME, one.slot.begins, timezone.localtime(turn))
            for one, turn in zip(waiting, turns, strict=True)
        ],
        round(pace), len(done),
    )  # fmt: skip


def _is_in_line(booking: Booking, reception: Reception, at: datetime) -> bool:
    """Who is here; and who may still come in time: others are not waited for."""
    if booking.state == State.CAME:
        return True
    slot = booking.slot
    return (
        booking.state == State.BOOKED and slot is not None and _moment(reception, slot.begins) >= at
    )


def _moment(reception: Reception, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(reception.day, hour))
