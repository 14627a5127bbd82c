"""The editions of the decree: one data file each, ``ed_YYYY_MM_DD.py``, holding ``EDITION``.

A new edition is a new file in this folder and nothing else: the files are found by their names.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable, Iterator
from datetime import date
from importlib import import_module
from types import ModuleType

from meetings.rules.errors import NoEdition
from meetings.rules.types import Edition


class Editions:
    """Editions in the order they came into force; each day since the first has exactly one."""

    def __init__(self, editions: Iterable[Edition]) -> None:
        self._editions = tuple(sorted(editions, key=lambda edition: edition.in_force_from))
        for what in ("id", "in_force_from"):
            values = [getattr(edition, what) for edition in self._editions]
            if len(set(values)) < len(values):
                raise ValueError(f"Two editions have the same {what}: {values}.")

    def __iter__(self) -> Iterator[Edition]:
        return iter(self._editions)

    def __len__(self) -> int:
        return len(self._editions)

    def get(self, edition_id: str) -> Edition:
        """The edition of that name, or NoEdition."""
        for edition in self:
            if edition.id == edition_id:
                return edition
        known = ", ".join(edition.id for edition in self)
        raise NoEdition(f"There is no edition {edition_id!r}; the known ones are {known}.")

    def on(self, day: date) -> Edition:
        """The edition in force on ``day``, or NoEdition for a day before the first."""
        for edition in reversed(self._editions):
            if edition.in_force_from <= day:
                return edition
        raise NoEdition(f"{day} is before the decree; {self._since()}")

    def of_year(self, year: int) -> Edition:
        """The edition that judges the calendar of ``year``: that in force on its 1 January.

        An edition may name an earlier first year (2022: that of 3 March). Source: domain §1.2,
        «Edition of a calendar».
        """
        for edition in reversed(self._editions):
            if edition.first_year <= year:
                return edition
        raise NoEdition(f"{year} is before the decree; {self._since()}")

    def _since(self) -> str:
        if not self._editions:
            return "no edition is known."
        return f"the first edition is in force from {self._editions[0].in_force_from}."


def discover(*packages: ModuleType) -> Editions:
    """Read ``EDITION`` from every module named ``ed_…`` of the given packages."""
    return Editions(
        import_module(f"{package.__name__}.{found.name}").EDITION
        for package in packages
        for found in pkgutil.iter_modules(package.__path__)
        if found.name.startswith("ed_")
    )


EDITIONS = discover(import_module(__name__))

edition_on = EDITIONS.on
edition_of_year = EDITIONS.of_year
edition_by_id = EDITIONS.get
