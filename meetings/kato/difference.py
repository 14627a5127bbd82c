"""What a file of the classifier changes in the territory as it stands.

Codes are reused and retired, so a code alone says little: a unit whose code went and a row whose
code came are one unit when they bear one name, are of one kind and stand in one place of the tree,
and nothing else there does.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple

from meetings.kato.names import core_kazakh, core_russian
from meetings.kato.types import Classifier, Kind, Row
from meetings.text import fold

Key = int
"""Of a unit's row in the database."""


class Present(NamedTuple):
    """One living unit of the territory. ``parent`` and ``body`` are keys of units (None: none)."""

    key: Key
    code: str
    kind: str
    parent: Key | None
    body: Key | None
    source_kk: str
    source_ru: str
    name_kk: str
    name_ru: str
    is_own: bool = False


class Change(NamedTuple):
    """A unit that stays, and the row that says what it is now."""

    unit: Present
    row: Row
    renamed: bool
    retyped: bool
    moved: bool

    @property
    def has_new_code(self) -> bool:
        return self.unit.code != self.row.code

    def __bool__(self) -> bool:
        return self.renamed or self.retyped or self.moved


class Difference(NamedTuple):
    """``new`` rows (parents first), ``gone`` units, ``changes`` of those that stay.

    ``keys`` names the unit of each code that stays; ``unchanged`` counts those without a change.
    """

    new: tuple[Row, ...]
    gone: tuple[Present, ...]
    changes: tuple[Change, ...]
    keys: dict[str, Key]
    unchanged: int

    @property
    def renamed(self) -> list[Change]:
        return [change for change in self.changes if change.renamed]

    @property
    def retyped(self) -> list[Change]:
        return [change for change in self.changes if change.retyped]

    @property
    def moved(self) -> list[Change]:
        return [change for change in self.changes if change.moved]

    def __bool__(self) -> bool:
        return bool(self.new or self.gone or self.changes)


def difference(present: Iterable[Present], classifier: Classifier) -> Difference:
    """Compare the territory with a file.

    Args:
        present: the living units; those added by hand (``is_own``) are never gone, and stay as
            they are unless the file has their code.
        classifier: the file, without problems.
    """
    match = _Match(present, classifier.rows)
    match.by_code()
    match.by_name(_NEAR + _FAR)
    changes, unchanged = [], 0
    for row in classifier.rows:
        if row.code in match.unit_of:
            change = match.change(row)
            changes += [change] if change else []
            unchanged += not change
    return Difference(
        new=tuple(row for row in classifier.rows if row.code not in match.unit_of),
        gone=tuple(unit for unit in match.left() if not unit.is_own),
        changes=tuple(changes),
        keys={code: unit.key for code, unit in match.unit_of.items()},
        unchanged=unchanged,
    )


_SECOND_LEVEL = frozenset({Kind.DISTRICT, Kind.OBLAST_CITY})
_REGIONS = frozenset({Kind.OBLAST, Kind.REPUBLIC_CITY})
_NEAR = ("parent", "second_level")
_FAR = ("region", "country")
_KINDS = {"second_level": _SECOND_LEVEL, "region": _REGIONS}


class _Match:
    """Finds the unit of each row: first by code, then by name and place."""

    def __init__(self, present: Iterable[Present], rows: tuple[Row, ...]):
        self.units = {unit.key: unit for unit in present}
        self.rows = {row.code: row for row in rows}
        self.unit_of: dict[str, Present] = {}  # by the code of the row
        self.code_of: dict[Key, str] = {}  # by the key of the unit

    def _tie(self, unit: Present, row: Row) -> None:
        self.unit_of[row.code] = unit
        self.code_of[unit.key] = row.code

    def left(self) -> list[Present]:
        return [unit for unit in self.units.values() if unit.key not in self.code_of]

    def by_code(self) -> None:
        """Tie units to rows of their code, unless the code now means something else.

        A row with another name is the unit renamed, except when the unit is found under its old
        name elsewhere; a row with another name *and* another kind is a code used again.
        """
        doubtful = []
        for unit in self.units.values():
            row = self.rows.get(unit.code)
            if row is None:
                continue
            if _same_name(unit, row):
                self._tie(unit, row)
            elif unit.kind == row.kind:
                doubtful.append((unit, row))
        self.by_name(_NEAR)
        for unit, row in doubtful:
            if unit.key not in self.code_of and row.code not in self.unit_of:
                self._tie(unit, row)

    def by_name(self, places: tuple[str, ...]) -> None:
        """Tie what is left by name and kind: beside its old neighbours, then within its old
        second-level unit, then within its region; whole districts, within the country.

        Repeated, because a district that is found again tells where its villages went.
        """
        while any(self._pass(place, name) for place in places for name in (_written, _own)):
            pass

    def _pass(self, place: str, name: Callable) -> bool:
        units: dict[tuple, list[Present]] = defaultdict(list)
        rows: dict[tuple, list[Row]] = defaultdict(list)
        for unit in self.left():
            spot = self._spot(unit, place)
            if spot is not None and not unit.is_own:
                units[spot, unit.kind, name(unit)].append(unit)
        if not units:
            return False
        for row in self.rows.values():
            if row.code not in self.unit_of:
                rows[self._spot(row, place), row.kind, name(row)].append(row)
        found = False
        for told, candidates in units.items():
            if len(candidates) == 1 and len(rows[told]) == 1:
                self._tie(candidates[0], rows[told][0])
                found = True
        return found

    def change(self, row: Row) -> Change:
        unit = self.unit_of[row.code]
        written = (unit.name_kk, unit.name_ru) == (row.name_kk, row.name_ru)
        # A unit that no file named before has no names of a file to compare.
        source = (unit.source_kk, unit.source_ru) in (("", ""), (row.source_kk, row.source_ru))
        parent = self.unit_of.get(row.parent)
        body = self.unit_of.get(row.body)
        return Change(
            unit,
            row,
            renamed=not (written and source),
            retyped=unit.kind != row.kind or self._differs(unit.body, body, row.body),
            moved=unit.code != row.code or self._differs(unit.parent, parent, row.parent),
        )

    @staticmethod
    def _differs(key: Key | None, unit: Present | None, code: str) -> bool:
        """Whether a link to the unit ``key`` is not the link to the row ``code``."""
        return (key is None) != (code == "") or (unit.key if unit else None) != key

    def _spot(self, one: Present | Row, place: str) -> str | None:
        """Name a place by its code in the file; a unit's place is where its kin is now."""
        if place == "country":
            return "" if one.kind in _SECOND_LEVEL | _REGIONS else None
        above = self._above(one)
        while above and place != "parent" and above.kind not in _KINDS[place]:
            above = self._above(above)
        return self.code_of.get(above.key) if isinstance(above, Present) else above and above.code

    def _above(self, one: Present | Row) -> Present | Row | None:
        if isinstance(one, Row):
            return self.rows.get(one.parent)
        return None if one.parent is None else self.units.get(one.parent)


def _written(one: Present | Row) -> tuple[str, str]:
    return fold(one.name_kk), fold(one.name_ru)


def _own(one: Present | Row) -> str:
    return fold(core_kazakh(one.name_kk))


def _same_name(unit: Present, row: Row) -> bool:
    """One of the two names is enough: a spelling is often mended in one language alone."""
    if unit.name_kk == row.name_kk or unit.name_ru == row.name_ru or _own(unit) == _own(row):
        return True
    return fold(core_russian(unit.name_ru)) == fold(core_russian(row.name_ru))
