"""Questions that say what a text says: shown to who asks, and to the commission that merges.

Candidates come in three rings: the place itself with what lies in it, its district, its region on
the same topic. Each ring gives its newest, so that a search reads some thousands of rows at most,
however many questions the country has.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from appeals.enums import QuestionState as State
from appeals.models import Question
from appeals.selectors.queue import below
from appeals.similar import features, nearest
from meetings.models import Unit
from meetings.permissions import Act, may

# What the hand-made set of benchmarks gives: 99 of 100 pairs of different matters lie below, four
# of five pairs of one matter above.
AT_LEAST = 0.2
FROM_RING = 2_000
# Every village has its own Abai street: likeness counts for less the farther away it is.
OWN, DISTRICT, REGION = 1.0, 0.85, 0.7
STAFF_STATES = (State.PUBLISHED, State.WAITING, State.HELD)


@dataclass(frozen=True, slots=True)
class _Ring:
    unit: Unit
    counts: float
    topic: str = ""


def similar_to(
    text: str, unit: Unit, *, topic: str = "", visible_to=None, most: int = 5,
    but: Question | None = None, at_least: float = AT_LEAST,
) -> list[tuple[Question, float]]:  # fmt: skip
    """The questions most similar to a text about a place, best first, with their likeness (0–1).

    Args:
        topic: whose questions are looked through in the whole region; none, then only the
            district is.
        visible_to: staff also find what is not public where they may read it; None finds what
            everybody may read.
        but: a question that is not to be found, with those merged into it.

    Those merged into another count for that one. Five queries, fewer where rings coincide; two
    more a ring for staff.
    """
    asked = features(text)
    found: dict[int, float] = {}
    for ring in _rings(unit, topic):
        rows = _of(ring, visible_to)
        for main, likeness in _mains(asked, rows, most):
            found[main] = max(found.get(main, 0.0), likeness * ring.counts)
    if but is not None:
        found.pop(but.merged_into_id or but.pk, None)
    best = sorted(
        (main for main, likeness in found.items() if likeness >= at_least),
        key=lambda main: (-found[main], main),
    )[:most]
    shown = Question.objects.defer("features").select_related("unit").in_bulk(best)
    return [
        (shown[main], found[main])
        for main in best
        if main in shown and _is_seen(shown[main], visible_to)
    ]


def _rings(unit: Unit, topic: str) -> Iterator[_Ring]:
    """The place; its district; its region, where a topic narrows it."""
    above = list(Unit.objects.above(unit))
    yield _Ring(unit, OWN)
    if len(above) > 2:
        yield _Ring(above[1], DISTRICT)
    if len(above) > 1 and topic:
        yield _Ring(above[0], REGION, topic)


def _of(ring: _Ring, user) -> Iterator[tuple]:
    """The newest of a ring that may be compared: key, the one it is merged into, features.

    State by state, because the indexes are in the order of coming within a state: asked for
    together, a large region's would be sorted whole.
    """
    found = Question.objects.filter(below(ring.unit.path))
    if ring.topic:
        found = found.filter(topic=ring.topic)
    is_staff = user is not None and may(user, Act.READ_REQUESTS, ring.unit)
    for state in STAFF_STATES if is_staff else (State.PUBLISHED,):
        newest = found.filter(state=state).order_by("-asked_at", "-pk")[:FROM_RING]
        # Keys are sorted by the index alone; only those of the newest are then read.
        rows = Question.objects.filter(pk__in=newest.values("pk"))
        yield from rows.values_list("pk", "merged_into", "features")


def _mains(asked: bytes, rows: Iterable[tuple], most: int) -> Iterator[tuple[int, float]]:
    """Each question with its likeness, a merged one as the one it is merged into.

    More than asked for: several may be merged into one, and one may be left out.
    """
    kept = ((merged_into or pk, vector) for pk, merged_into, vector in rows)
    yield from nearest(asked, kept, most=most * 4 + 20)


def _is_seen(question: Question, user) -> bool:
    """Asked of the few that were found: as a condition it would be looked up for all of them."""
    if question.state == State.PUBLISHED:
        return user is not None or question.merged_into_id is None
    if question.state == State.UNCONFIRMED or user is None:
        return False
    return may(user, Act.READ_REQUESTS, question.unit)
