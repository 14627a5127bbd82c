"""Proposes one day for one missing meeting. Pure; the planner of whole years comes apart."""

from collections.abc import Collection
from datetime import date, timedelta

NOTICE_DAYS = 10  # days of notice [house]
TUESDAY, THURSDAY = 1, 3


def a_free_day(
    first: date,
    last: date,
    *,
    off: Collection[date],
    busy: Collection[date],
    today: date | None = None,
) -> date | None:
    """A working day of a window on which the akim has no meeting, or None.

    The day farthest from the akim's other meetings is taken; of equal ones, a day in the middle
    of the week, then the one nearest to the middle of the window: what is planned for its last
    days is easily missed.

    Args:
        first, last: the window, both days included.
        off: days off.
        busy: days of the akim's other meetings.
        today: days before it, and those too near to be announced, are passed over while later
            ones are left.
    """
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    free = [day for day in days if day not in off and day not in busy]
    if today is not None:
        notice = today + timedelta(days=NOTICE_DAYS)
        free = [day for day in free if day >= notice] or [day for day in free if day >= today]
    if not free:
        return None
    middle = first + (last - first) / 2

    def merit(day: date) -> tuple[int, bool, int]:
        apart = min((abs((day - other).days) for other in busy), default=0)
        # Beyond three weeks apart is apart enough: then the middle of the window decides.
        return (
            min(apart, 21), TUESDAY <= day.weekday() <= THURSDAY, -abs((day - middle).days),
        )  # fmt: skip

    return max(free, key=merit)
