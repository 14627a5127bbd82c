"""Until when a meeting takes questions. Pure; hours are those of the country."""

from datetime import date, datetime, time, timedelta, tzinfo

from meetings.enums import MeetingState

OVER = (MeetingState.HELD, MeetingState.CANCELLED)


def closes_at(day: date, starts_at: time | None, hours_before: int, zone: tzinfo) -> datetime:
    """The moment after which a meeting takes no more questions.

    A meeting without an hour begins with its day: nobody can say yet how long one may wait.
    """
    start = datetime.combine(day, starts_at or time(0), zone)
    return start - timedelta(hours=hours_before)


def is_open(state: str, closing: datetime, now: datetime) -> bool:
    return state not in OVER and now < closing
