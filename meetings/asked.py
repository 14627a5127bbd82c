"""Where a protocol learns what was asked: the requests side registers itself here.

Meetings know nothing of questions (imports point the other way), and a protocol without them would
be half a protocol.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from meetings.models import Meeting


class Asked(NamedTuple):
    """One question of a meeting, as a protocol tells it; no name of the person who asked.

    ``state``: answered, promised, taken_away or waiting; ``who`` promised ``what`` ``by_day``.
    ``text`` is what may be read by all: empty while the commission has not published it.
    """

    number: str
    text: str
    channel: str
    state: str
    answer: str = ""
    who: str = ""
    what: str = ""
    by_day: date | None = None


class Promised(NamedTuple):
    """One promise that was given at a meeting; ``money`` in tenge, as a number in words."""

    who_kk: str
    who_ru: str
    what_kk: str
    what_ru: str
    by_day: date | None = None
    money: str = ""


Source = Callable[[Meeting], Sequence[Asked]]
PromiseSource = Callable[[Meeting], Sequence[Promised]]
_sources: list[Source] = []
_promise_sources: list[PromiseSource] = []
# Of two records of one question the one that says more of what became of it is told.
_SAYS_NOTHING = "waiting"


def tells_what_was_asked(source: Source) -> Source:
    """The function that knows the questions of a meeting, in the order in which they were asked."""
    _sources.append(source)
    return source


def tells_what_was_promised(source: PromiseSource) -> PromiseSource:
    """The function that knows what was promised at a meeting, in the order of the promises."""
    _promise_sources.append(source)
    return source


def asked_at(meeting: Meeting) -> list[Asked]:
    """Every question of the meeting; one that two sources know (by its number) stands once."""
    found: dict[str, Asked] = {}
    for place, one in enumerate(one for source in _sources for one in source(meeting)):
        key = one.number or f"#{place}"
        if key not in found or found[key].state == _SAYS_NOTHING:
            found[key] = one
    return list(found.values())


def promised_at(meeting: Meeting) -> list[Promised]:
    """Every promise that was given at the meeting."""
    return [one for source in _promise_sources for one in source(meeting)]
