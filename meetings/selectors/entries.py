"""Meetings as the rows that entries are made of: plain values, read in a few queries a batch."""

from collections import defaultdict
from typing import NamedTuple

from meetings.entries import Facts, Names, Place
from meetings.models import Meeting, Unit
from meetings.models.content import either
from meetings.models.unit import STEP_WIDTH

_PLACES = ("place_kk", "place_ru", "address_kk", "address_ru")
_UNIT = ("path", "body_id", "name_kk", "name_ru", "name_en")


class Row(NamedTuple):
    """A meeting with the keys of its host's unit and of its targets, in the territory's order."""

    meeting: int
    host: int
    targets: tuple[int, ...]
    places: tuple[str, str, str, str]
    facts: Facts


class Territory:
    """The named units and everything they lie in."""

    def __init__(self, wanted: set[int]):
        named = list(Unit.objects.filter(pk__in=wanted).only(*_UNIT))
        known = {unit.path for unit in named}
        above = {path for unit in named for path in _prefixes(unit.path)} - known
        named += Unit.objects.filter(path__in=above).only(*_UNIT)
        self._by_key = {unit.pk: unit for unit in named}
        self._by_path = {unit.path: unit for unit in named}

    def path(self, key: int) -> str:
        return self._by_key[key].path

    def name(self, key: int, language: str) -> str:
        return self._by_key[key].name_in(language)

    def chain(self, key: int, language: str) -> tuple[str, ...]:
        """What the unit lies in, the nearest first, without the other row of the same body."""
        unit = self._by_key[key]
        above = [self._by_path[path] for path in _prefixes(unit.path)[-2::-1]]
        return tuple(each.name_in(language) for each in above if each.pk != unit.body_id)

    def names(self, row: Row, language: str) -> Names:
        place_kk, place_ru, address_kk, address_ru = row.places
        return Names(
            host=self.name(row.host, language),
            targets=tuple(
                Place(self.name(key, language), self.chain(key, language)) for key in row.targets
            ),
            place=either((place_kk, place_ru), language),
            address=either((address_kk, address_ru), language),
        )


def entry_rows(numbers: list[int]) -> tuple[list[Row], Territory]:
    """These meetings in the order of their keys, and the units they name; five queries."""
    targets = _targets(numbers)
    found = Meeting.objects.filter(pk__in=numbers).order_by("pk")
    rows = [
        Row(number, host, tuple(targets[number]), tuple(rest[:4]), Facts(*rest[4:]))
        for number, host, *rest in found.values_list(
            "pk", "host__unit_id", *_PLACES, *Facts._fields
        )
    ]
    keys = {row.host for row in rows}.union(*(row.targets for row in rows))
    return rows, Territory(keys)


def _targets(numbers: list[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    through = Meeting.targets.through.objects.filter(meeting__in=numbers).order_by("unit__path")
    for meeting, unit in through.values_list("meeting_id", "unit_id"):
        found[meeting].append(unit)
    return found


def prefixes(paths: set[str]) -> set[str]:
    """The paths themselves and those of everything they lie in."""
    return {path for each in paths for path in _prefixes(each)}


def _prefixes(path: str) -> list[str]:
    return [path[:end] for end in range(STEP_WIDTH, len(path) + 1, STEP_WIDTH)]
