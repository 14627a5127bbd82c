"""Units as people look for them: by any spelling of a name, shown with what they lie in."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Case, IntegerField, Q, Value, When
from django.utils.translation import get_language

from meetings.enums import UnitKind
from meetings.models import Unit
from meetings.models.unit import STEP_WIDTH
from meetings.text import fold

LONGEST_QUERY = 100
MOST_WORDS = 8

# Larger units first: who types «Алматы» means the city before one of many villages.
_LEVELS = (
    (UnitKind.OBLAST, UnitKind.REPUBLIC_CITY),
    (UnitKind.DISTRICT, UnitKind.OBLAST_CITY, UnitKind.CITY_PROPER),
    (
        UnitKind.CITY_DISTRICT,
        UnitKind.CITY_DISTRICT_ADMIN,
        UnitKind.DISTRICT_CITY,
        UnitKind.DISTRICT_CITY_ADMIN,
    ),
    (UnitKind.OKRUG, UnitKind.VILLAGE_ADMIN, UnitKind.SETTLEMENT_ADMIN),
    (UnitKind.SETTLEMENT,),
    (UnitKind.VILLAGE,),
    (UnitKind.MICRODISTRICT,),
    (UnitKind.PLACE,),
)


class Found(NamedTuple):
    """A unit and the names of what it lies in, the nearest first."""

    unit: Unit
    chain: tuple[str, ...]

    @property
    def label(self) -> str:
        """«Қараауыл ауылы, Қараауыл ауылдық округі, Абай ауданы, Абай облысы»."""
        return ", ".join((self.unit.name, *self.chain))


def find_units(
    text: str,
    *,
    kinds: Iterable[str] | None = None,
    within: Unit | None = None,
    among=None,
    limit: int = 20,
) -> list[Found]:
    """Living units whose names hold every word of ``text``, the likeliest first; two queries.

    Args:
        text: what a person typed, in Kazakh, Russian or Latin letters, or a code.
        kinds: only these kinds; every kind when None.
        within: only this unit and what lies in it.
        among: a queryset to choose from, when rights narrow it; every unit when None.
        limit: how many at most.

    Of the two rows of one body the outer one is found: it carries the akim's post.
    """
    words = words_of(text)
    if not words:
        return []
    units = (Unit.objects.all() if among is None else among).filter(valid_to=None, body=None)
    if kinds is not None:
        units = units.filter(kind__in=list(kinds))
    if within is not None:
        units = units.within(within)
    return with_chains(holding(units, words)[:limit])


def holding(units, words: list[str]):
    """Narrow a queryset of units to those that hold every word, the likeliest first."""
    for word in words:
        units = units.filter(search__contains=word)
    units = units.annotate(likeness=_likeness(" ".join(words)), level=_level())
    return units.order_by("likeness", "level", "sort_kk", "path")


def words_of(text: str) -> list[str]:
    """Give the words to look for in the ``search`` column: folded, and not too many."""
    return fold(text[:LONGEST_QUERY]).replace("|", " ").split()[:MOST_WORDS]


def with_chains(units: Iterable[Unit], language: str | None = None) -> list[Found]:
    """The units in their order, each with the names of what it lies in; one query."""
    units = list(units)
    language = language or get_language() or "kk"
    wanted = {path for unit in units for path in _paths_above(unit)}
    above = {unit.path: unit for unit in Unit.objects.filter(path__in=wanted)}
    return [Found(unit, _chain(unit, above, language)) for unit in units]


def _chain(unit: Unit, above: dict[str, Unit], language: str) -> tuple[str, ...]:
    names = []
    body = unit.body_id
    for path in _paths_above(unit):
        upper = above.get(path)
        if upper is None:
            continue
        if upper.pk != body:  # the other row of the same body bears the same name
            names.append(upper.name_in(language))
        body = upper.body_id
    return tuple(names)


def _paths_above(unit: Unit) -> list[str]:
    """Paths of what the unit lies in, the nearest first."""
    return [unit.path[:end] for end in range(len(unit.path) - STEP_WIDTH, 0, -STEP_WIDTH)]


def _likeness(words: str) -> Case:
    """The whole name, its beginning, the beginning of one of its words, anything else."""
    return Case(
        When(Q(search__contains=f"|{words}|"), then=Value(0)),
        When(Q(search__contains=f"|{words}"), then=Value(1)),
        When(Q(search__contains=f" {words}"), then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )


def _level() -> Case:
    return Case(
        *(When(kind__in=kinds, then=Value(level)) for level, kinds in enumerate(_LEVELS)),
        default=Value(len(_LEVELS)),
        output_field=IntegerField(),
    )
