"""A year cut into the periods that norms count in, and the local day of a moment.

Windows are whole calendar months in local time. Days are plain dates, so the change of zone of
2024-03-01 cannot move an edge; only ``local_day`` knows that there are zones.
"""

from calendar import monthrange
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from meetings.rules.types import Period

ZONE = ZoneInfo("Asia/Almaty")  # UTC+6 until 2024-02-29, UTC+5 since 2024-03-01


class Window(NamedTuple):
    """The days from ``first`` to ``last``, both inclusive, in which a meeting counts."""

    first: date
    last: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last


@lru_cache(maxsize=512)
def windows(per: Period, year: int, months: tuple[int, int] | None = None) -> tuple[Window, ...]:
    """The windows of ``year``, in order.

    Args:
        per: the period to cut the year into.
        months: the first and last month of each period that count; all of them when None.
    """
    first, last = months or (1, per.months)
    return tuple(
        Window(
            date(year, start + first - 1, 1),
            _last_day(year, start + last - 1),
        )
        for start in range(1, 13, per.months)
    )


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def local_day(moment: datetime) -> date:
    """The calendar day in Kazakhstan at ``moment``, which must carry its zone."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no zone; give a moment with one.")
    return moment.astimezone(ZONE).date()
