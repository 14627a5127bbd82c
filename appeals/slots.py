"""Cuts the hours of a reception into slots: a pattern in, slots out. Pure.

Slots lie one after another; one that would run into a break begins after it. A share of them is
left for those who come without a booking, spread over the whole reception, so that nobody who
walks in at the beginning waits for its end.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from typing import NamedTuple

SHORTEST, LONGEST = 3, 240  # minutes of a slot
MOST_BREAKS = 6
MOST_TABLES = 12
MOST_SLOTS = 600


class BadPattern(ValueError):
    """``code``: "order", "length", "breaks", "break_outside", "break_order", "share", "tables",
    "none", "many"; ``params`` for a sentence in the reader's language."""

    def __init__(self, code: str, **params):
        super().__init__(code)
        self.code = code
        self.params = params


class Span(NamedTuple):
    """From one hour to another of the same day, the end excluded."""

    begins: time
    ends: time


@dataclass(frozen=True, slots=True)
class Pattern:
    """How a reception goes.

    ``minutes``: the length of a slot. ``walk_in_share``: per cent of the slots that nobody books.
    ``tables``: how many places there are at which people are heard at the same time.
    """

    begins: time
    ends: time
    minutes: int
    breaks: tuple[Span, ...] = ()
    walk_in_share: int = 0
    tables: int = 1


class Cut(NamedTuple):
    """One slot: at which table (from 1), when, and whether it is for those who walk in."""

    table: int
    begins: time
    ends: time
    is_walk_in: bool


def cut(pattern: Pattern) -> list[Cut]:
    """Every slot of the pattern, by hour and then by table. Raises BadPattern."""
    require_good(pattern)
    hours = _hours(pattern)
    if not hours:
        raise BadPattern("none")
    if len(hours) * pattern.tables > MOST_SLOTS:
        raise BadPattern("many", most=MOST_SLOTS, number=len(hours) * pattern.tables)
    slots: list[Cut] = []
    for begins, ends in hours:
        for table in range(1, pattern.tables + 1):
            is_walk_in = _falls_to_walk_ins(len(slots), pattern.walk_in_share)
            slots.append(Cut(table, begins, ends, is_walk_in))
    return slots


def require_good(pattern: Pattern) -> None:
    """Raises BadPattern."""
    if pattern.ends <= pattern.begins:
        raise BadPattern("order")
    if not SHORTEST <= pattern.minutes <= LONGEST:
        raise BadPattern("length", least=SHORTEST, most=LONGEST)
    if not 0 <= pattern.walk_in_share <= 100:
        raise BadPattern("share")
    if not 1 <= pattern.tables <= MOST_TABLES:
        raise BadPattern("tables", most=MOST_TABLES)
    _require_breaks(pattern)


def _require_breaks(pattern: Pattern) -> None:
    if len(pattern.breaks) > MOST_BREAKS:
        raise BadPattern("breaks", most=MOST_BREAKS)
    last = pattern.begins
    for pause in pattern.breaks:
        if pause.ends <= pause.begins or pause.begins < last:
            raise BadPattern("break_order")
        if pause.ends > pattern.ends:
            raise BadPattern("break_outside")
        last = pause.ends


def _hours(pattern: Pattern) -> list[Span]:
    """The hours of one table."""
    breaks = [(minute_of(pause.begins), minute_of(pause.ends)) for pause in pattern.breaks]
    at, end = minute_of(pattern.begins), minute_of(pattern.ends)
    spans = []
    while at + pattern.minutes <= end:
        after = _end_of_break(at, at + pattern.minutes, breaks)
        if after:
            at = after
            continue
        spans.append(Span(hour_of(at), hour_of(at + pattern.minutes)))
        at += pattern.minutes
    return spans


def _end_of_break(first: int, last: int, breaks: Sequence[tuple[int, int]]) -> int:
    """The end of the break that lies between the two minutes, or 0."""
    return next((ends for begins, ends in breaks if begins < last and first < ends), 0)


def _falls_to_walk_ins(number: int, share: int) -> bool:
    """Whether the share, rounded, grows with this slot: of every beginning of the row of slots it
    is within half a slot of what was asked."""
    return _rounded(number + 1, share) > _rounded(number, share)


def _rounded(slots: int, share: int) -> int:
    return (slots * share + 50) // 100


def minute_of(hour: time) -> int:
    """Minutes since midnight."""
    return hour.hour * 60 + hour.minute


def hour_of(minute: int) -> time:
    return time(minute // 60, minute % 60)
