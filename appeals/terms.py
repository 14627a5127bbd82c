"""Terms of the law and of the house, counted in working days. Pure: days off are passed in.

Administrative Procedural Code: an appeal is looked at within 15 working days from its receipt; the
term may be extended by up to two months, and the person is told so within 3 working days; what
belongs to another body is forwarded within 3 working days; what comes on a day off is registered
on the next working day.
"""

from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

LEGAL_DAYS = 15
FORWARD_DAYS = NOTICE_DAYS = 3
EXTENSION_MONTHS = 2
# Longer than any row of days off: whoever asks for days off of a term asks for that many.
HORIZON = timedelta(days=60)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Term:
    """The term of an appeal and how it was counted.

    ``passed_over``: days off between its registration and its last day, which do not count.
    """

    received_on: date
    registered_on: date
    forward_by: date
    due_on: date
    passed_over: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Extension:
    """``notice_by``: until when the person is told; ``at_most``: no extension goes further."""

    notice_by: date
    at_most: date


def registered_on(received: date, off: Collection[date]) -> date:
    """The day itself, or the next working day where offices do not work on it."""
    day = received
    while day in off:
        day += ONE_DAY
    return day


def working_days_after(day: date, count: int, off: Collection[date]) -> date:
    """The last of ``count`` working days that follow a day.

    Reading: the day of receipt itself does not count (Civil Code, article 173).
    """
    while count > 0:
        day += ONE_DAY
        count -= day not in off
    return day


def legal_term(received: date, off: Collection[date]) -> Term:
    """Count the term of an appeal.

    Args:
        received: the day it came.
        off: days off, weekends among them, from that day on to ``received + HORIZON``.
    """
    start = registered_on(received, off)
    due = working_days_after(start, LEGAL_DAYS, off)
    between = (start + ONE_DAY * number for number in range(1, (due - start).days))
    return Term(
        received, start, working_days_after(start, FORWARD_DAYS, off), due,
        tuple(day for day in between if day in off),
    )  # fmt: skip


def extension(decided: date, due: date, off: Collection[date]) -> Extension:
    """What holds for an extension that was decided on a day, of a term that ends on ``due``."""
    return Extension(
        working_days_after(decided, NOTICE_DAYS, off), months_after(due, EXTENSION_MONTHS)
    )


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or that month's last one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
