"""When whose turn comes, from how fast the talks of today really go. Pure.

The rule, as people read it on the queue's screen: a talk takes as long as today's talks at this
table took on average, the planned length counting as one of them; nobody is expected before his
own hour, in a break, or before those who stand in front of him.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

# Talks that count: a slow morning must not follow people into the afternoon.
LATEST = 8


class Pause(NamedTuple):
    begins: datetime
    ends: datetime


def minutes_a_talk(planned: int, talks: Sequence[timedelta]) -> float:
    """The pace in minutes: the mean of the last talks of today and of one planned length.

    Args:
        planned: the length of a slot in minutes.
        talks: how long today's finished talks took, the first of them first.
    """
    known = [talk.total_seconds() / 60 for talk in talks[-LATEST:]]
    return (sum(known) + planned) / (len(known) + 1)


def expected(
    hours: Sequence[datetime], *, now: datetime, pace: float, since: datetime | None = None,
    pauses: Sequence[Pause] = (),
) -> list[datetime]:  # fmt: skip
    """When each of those who stand in the queue of one table is expected to be called.

    Args:
        hours: the beginnings of their slots, in the order in which they will be called.
        pace: minutes a talk takes.
        since: when the talk that goes on now began; None: the table is free.
        pauses: breaks of the day, in order.
    """
    talk = timedelta(minutes=pace)
    free = now if since is None else max(now, since + talk)
    turns = []
    for hour in hours:
        turn = _after_pauses(max(free, hour), pauses)
        turns.append(turn)
        free = turn + talk
    return turns


def _after_pauses(turn: datetime, pauses: Sequence[Pause]) -> datetime:
    for pause in pauses:
        if pause.begins <= turn < pause.ends:
            turn = pause.ends
    return turn
