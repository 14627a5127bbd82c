"""Units in their tree, asked in one step: what lies within, which rows are one body.

Built once from a region's (or the country's) units and kept; nothing in it changes afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from operator import attrgetter

from meetings.rules.errors import BrokenTerritory, UnknownUnit
from meetings.rules.types import Key, Level, Unit


class Territory:
    """The tree of the units given. A parent that is not among them makes its unit a root.

    Args:
        units: in any order; the order of every answer depends on their keys alone.
    Raises:
        BrokenTerritory: a key comes twice, or parents run in a circle.
    """

    def __init__(self, units: Iterable[Unit]) -> None:
        self.units = _by_key(units)
        self.bodies = {
            key: key if unit.body is None else unit.body for key, unit in self.units.items()
        }
        self._order = _in_tree_order(self.units)
        self._start = {unit.key: place for place, unit in enumerate(self._order)}
        self._size = self._sizes()
        self._excluded = self._find_excluded()

    def __iter__(self) -> Iterator[Unit]:
        """Every unit but the minor objects, parents before what lies in them."""
        return iter(self._order)

    def within(self, key: Key) -> list[Unit]:
        """Every unit below that one, minor objects left out, in tree order."""
        start = self._start[key]
        return self._order[start + 1 : start + self._size[key]]

    def body(self, key: Key) -> Key:
        """The row that carries the body of the row ``key``, or UnknownUnit."""
        try:
            return self.bodies[key]
        except KeyError:
            raise UnknownUnit(key) from None

    def is_within(self, inner: Key, outer: Key) -> bool:
        """Whether ``inner`` is ``outer``, one body with it, or lies below it."""
        goal = self.body(outer)
        step: Key | None = inner
        while step is not None and step in self.units:
            if self.body(step) == goal:
                return True
            step = self.units[step].parent
        return False

    def is_excluded(self, key: Key) -> bool:
        """Whether the unit, its twin row or anything it lies in is excluded."""
        return key in self._excluded

    def _sizes(self) -> dict[Key, int]:
        sizes = dict.fromkeys(self._start, 1)
        for unit in reversed(self._order):
            if unit.parent in sizes:
                sizes[unit.parent] += sizes[unit.key]
        return sizes

    def _find_excluded(self) -> set[Key]:
        excluded: set[Key] = set()
        for unit in self.units.values():
            if unit.excluded:
                excluded.update((unit.key, self.bodies[unit.key]))
        for root in tuple(excluded):
            if root in self._start:
                excluded.update(unit.key for unit in self.within(root))
        return excluded


def _by_key(units: Iterable[Unit]) -> dict[Key, Unit]:
    units = sorted(units, key=attrgetter("key"))
    found = {unit.key: unit for unit in units}
    if len(found) < len(units):
        twice = next(one.key for one, next_ in pairwise(units) if one.key == next_.key)
        raise BrokenTerritory(f"Unit {twice!r} is given twice; give each key once.")
    return found


def _in_tree_order(units: dict[Key, Unit]) -> list[Unit]:
    """Parents first, each followed by all that lies in it; siblings by key.

    Minor objects are left out unless something lies in them: they are never targets, and they
    are half of the classifier.
    """
    parents = {unit.parent for unit in units.values()}
    below: dict[Key | None, list[Unit]] = {}
    expected = 0
    for unit in units.values():
        if unit.level != Level.PLACE or unit.key in parents:
            below.setdefault(unit.parent if unit.parent in units else None, []).append(unit)
            expected += 1
    order: list[Unit] = []
    waiting = below.get(None, [])[::-1]
    while waiting:
        unit = waiting.pop()
        order.append(unit)
        waiting.extend(reversed(below.get(unit.key, ())))
    if len(order) < expected:
        raise BrokenTerritory("The parents of some units run in a circle; mend their parents.")
    return order
