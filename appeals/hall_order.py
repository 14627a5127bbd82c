"""Who speaks next in the hall: the written rule, pure, so that a page, a screen and a test agree.

1. Those the secretary put forward by hand come first, in the order in which that was done.
2. Then the ways by which questions come take turns, in the order of ROUND, beginning after the way
   of the one called last; a way with nobody waiting is passed over.
3. Within a way: of those sent or typed on phones the one with most support, of equals the earlier;
   hands and papers in the order in which they came.
4. Nobody speaks twice in a row while somebody else waits: that person's next one waits a turn.

The rule is of this house; docs/hall.md and the page show it.
"""

from collections.abc import Iterable
from typing import NamedTuple

from appeals.enums import HallSource

ROUND = (HallSource.SENT, HallSource.HAND, HallSource.PHONE, HallSource.PAPER)
BY_SUPPORT = frozenset({HallSource.SENT, HallSource.PHONE})


class Waiting(NamedTuple):
    """Somebody in the row.

    ``came``: what tells the earlier from the later, a moment or a number, alike for all.
    ``person``: equal for equal people; empty when unknown. ``forward``: the place given by hand.
    """

    key: int
    source: str
    came: tuple
    voices: int = 0
    person: str = ""
    forward: int | None = None


class Last(NamedTuple):
    """The one called last: the round goes on after this way."""

    source: str = ""
    person: str = ""


def in_turn(waiting: Iterable[Waiting], last: Last = Last()) -> list[Waiting]:  # noqa: B008
    """Everybody who waits, in the order in which they will be called."""
    rows = sorted(waiting, key=_within)
    put_forward = sorted((one for one in rows if one.forward is not None), key=_by_hand)
    rest = {
        way: [one for one in rows if one.forward is None and one.source == way] for way in ROUND
    }
    turns = list(put_forward)
    if put_forward:
        last = Last(put_forward[-1].source, put_forward[-1].person)
    while any(rest.values()):
        following = _next(rest, last)
        rest[HallSource(following.source)].remove(following)
        turns.append(following)
        last = Last(following.source, following.person)
    return turns


def _within(one: Waiting) -> tuple:
    support = -one.voices if one.source in BY_SUPPORT else 0
    return (support, one.came, one.key)


def _by_hand(one: Waiting) -> tuple:
    return (one.forward, one.came, one.key)


def _next(rest: dict[HallSource, list[Waiting]], last: Last) -> Waiting:
    ways = [way for way in _after(last.source) if rest[way]]
    for way in ways:
        for one in rest[way]:
            if not one.person or one.person != last.person:
                return one
    # Only this person's are left: nobody is passed over for ever.
    return rest[ways[0]][0]


def _after(source: str) -> tuple[HallSource, ...]:
    at = ROUND.index(HallSource(source)) + 1 if source else 0
    return ROUND[at:] + ROUND[:at]
