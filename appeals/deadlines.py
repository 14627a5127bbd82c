"""Deadlines in working days, with the way each was counted. Pure: days off are passed in.

House rule: the day it is counted from does not count itself (as in Civil Code, article 173), and a
working weekend counts like any other working day.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from appeals.terms import working_days_after

SATURDAY = 5
ONE_DAY = timedelta(days=1)
# Longer terms are given as a day: nobody counts years in working days.
LONGEST_TERM = 250


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last of ``term_days`` working days after ``counted_from``.

    ``skipped``: days off from Monday to Friday on the way; ``worked``: weekends on the way that
    were working days. Other Saturdays and Sundays do not count anyway and are not kept.
    """

    counted_from: date
    term_days: int
    due_on: date
    skipped: tuple[date, ...]
    worked: tuple[date, ...]

    @property
    def kept(self) -> dict[str, list[str]]:
        """As a row keeps it (``Due.due_off``): what a page needs to show how it was counted."""
        return {
            "skipped": [day.isoformat() for day in self.skipped],
            "worked": [day.isoformat() for day in self.worked],
        }


def horizon(counted_from: date, term_days: int) -> date:
    """The last day whose being off may matter: nobody is off for more than half the days."""
    return counted_from + timedelta(days=2 * term_days + 30)


def deadline(counted_from: date, term_days: int, off: Collection[date]) -> Deadline:
    """Count a deadline.

    Args:
        off: days off, weekends among them, from ``counted_from`` to ``horizon``.
    """
    due = working_days_after(counted_from, term_days, off)
    way = [counted_from + ONE_DAY * number for number in range(1, (due - counted_from).days + 1)]
    return Deadline(
        counted_from, term_days, due,
        tuple(day for day in way if day in off and day.weekday() < SATURDAY),
        tuple(day for day in way if day not in off and day.weekday() >= SATURDAY),
    )  # fmt: skip


def days_of(kept: Mapping, name: str) -> list[date]:
    """The days that a row keeps under ``skipped`` or ``worked``."""
    return [date.fromisoformat(day) for day in kept.get(name, [])]
