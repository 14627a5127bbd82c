"""Plausible days for duties: spread over each window, on working days, one meeting an akim a day.

Deterministic: the same duties give the same days. It fills demo data; it is no planner.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, time, timedelta
from hashlib import blake2b
from typing import NamedTuple

from meetings.rules import Duties, Obligation


class Visit(NamedTuple):
    """One meeting that answers one duty; ``chance`` varies what it looks like."""

    host: int
    target: int
    day: date
    starts_at: time
    chance: int


HOURS = (time(10), time(11), time(14), time(15), time(16))


def visits(
    duties: Duties | Iterable[Obligation], free: Collection[date],
    codes: Mapping[int, str] | None = None,
) -> list[Visit]:  # fmt: skip
    """A visit for every duty, as many as it requires.

    Args:
        duties: what is owed; one visit to a body is planned for each window.
        free: days off, which are avoided.
        codes: of units by their keys; with them the plan is the same in every database.
    """
    codes = codes or {}
    taken: dict[int, set[date]] = {}
    found = []
    for duty in duties:
        host, target = int(duty.host), int(duty.target)
        busy = taken.setdefault(host, set())
        for number in range(duty.required):
            chance = _chance(duty, number, codes)
            day = _free_day(duty, chance, busy, free)
            busy.add(day)
            found.append(Visit(host, target, day, HOURS[chance % len(HOURS)], chance))
    return found


def _chance(duty: Obligation, number: int, codes: Mapping[int, str]) -> int:
    host, target = (codes.get(int(key)) or str(key) for key in (duty.host, duty.target))
    return chance_of(duty.norm.id, host, target, duty.window.first, number)


def chance_of(*what: object) -> int:
    """A number that looks like chance and is always the same for the same things."""
    said = " ".join(str(one) for one in what)
    return int.from_bytes(blake2b(said.encode(), digest_size=6).digest(), "big")


def _free_day(duty: Obligation, chance: int, busy: set[date], free: Collection[date]) -> date:
    """A working day that this akim has free; when the window is full, a day that is shared."""
    first, last = duty.window
    # The first week of a year is feasts: nobody is asked to meet then.
    start = max(first, date(first.year, 1, 10))
    span = (last - start).days + 1
    days = [start + timedelta(days=(chance + step) % span) for step in range(span)]
    for day in days:
        if day not in free and day not in busy:
            return day
    return next((day for day in days if day not in free), days[0])
