"""Who owes a meeting to whom in which window: edition × territory × year."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from operator import attrgetter
from typing import NamedTuple

from meetings.rules.errors import NoEdition
from meetings.rules.quiet import collector_paused
from meetings.rules.territory import Territory
from meetings.rules.types import Edition, Key, Norm, Places, Reading, Severity, Unit
from meetings.rules.windows import Window, windows


class Obligation(NamedTuple):
    """One duty: the akim of ``host`` meets ``target`` at least ``required`` times in ``window``.

    ``host`` is the row that carries the akim's post. ``target`` is the row the norm names and
    ``body`` the row of its body: a meeting at either of two twin rows counts.
    """

    edition: Edition
    norm: Norm
    host: Key
    target: Key
    body: Key
    window: Window
    severity: Severity

    @property
    def required(self) -> int:
        return self.norm.at_least


class Series(NamedTuple):
    """The duties of one norm between one akim and one target, window after window of a year."""

    edition: Edition
    norm: Norm
    host: Key
    target: Key
    body: Key
    windows: tuple[Window, ...]
    severity: Severity


class Slot(NamedTuple):
    """Where a meeting counts: at ``first`` + ``by_month[its month]`` among the obligations.

    ``by_month`` has 13 entries (there is no month 0), None where no window is.
    """

    first: int
    by_month: tuple[int | None, ...]
    only_visiting: bool


@dataclass(frozen=True)
class Duties:
    """The duties of a territory in a year, to be kept and checked against meetings many times.

    ``bodies`` maps every known row to the row of its body, so that meetings can be read without
    the units themselves.
    """

    year: int
    series: tuple[Series, ...]
    bodies: Mapping[Key, Key]

    def __iter__(self) -> Iterator[Obligation]:
        return iter(self.obligations)

    def __len__(self) -> int:
        return len(self.obligations)

    @cached_property
    def obligations(self) -> tuple[Obligation, ...]:
        """Every duty, window by window."""
        return tuple(
            Obligation(edition, norm, host, target, body, window, severity)
            for edition, norm, host, target, body, each, severity in self.series
            for window in each
        )

    @cached_property
    def required(self) -> list[int]:
        """How many meetings each obligation asks for, in their order."""
        return [series.norm.at_least for series in self.series for _ in series.windows]

    @cached_property
    def slots(self) -> Mapping[tuple[Key, Key], list[Slot]]:
        """By the bodies that pay and receive a visit, where it counts."""
        slots: dict[tuple[Key, Key], list[Slot]] = {}
        first = 0
        for _, norm, host, _, body, each, _ in self.series:
            slot = Slot(first, _by_month(each), norm.visiting)
            slots.setdefault((host, body), []).append(slot)
            first += len(each)
        return slots

    def owed_by(self, *hosts: Key) -> Duties:
        """The duties of those akims alone."""
        return self._those(self._by_host, hosts)

    def owed_to(self, *targets: Key) -> Duties:
        """What those units may expect, whoever owes it."""
        return self._those(self._by_body, targets)

    def _those(self, index: Mapping[Key, list[Series]], keys: Iterable[Key]) -> Duties:
        bodies = dict.fromkeys(self.bodies[key] for key in keys if key in self.bodies)
        found = tuple(series for body in bodies for series in index.get(body, ()))
        return Duties(self.year, found, self.bodies)

    @cached_property
    def _by_host(self) -> Mapping[Key, list[Series]]:
        return self._by("host")

    @cached_property
    def _by_body(self) -> Mapping[Key, list[Series]]:
        return self._by("body")

    def _by(self, field: str) -> Mapping[Key, list[Series]]:
        index: dict[Key, list[Series]] = {}
        key = attrgetter(field)
        for series in self.series:
            index.setdefault(key(series), []).append(series)
        return index


def obligations(
    edition: Edition,
    units: Iterable[Unit] | Territory,
    year: int,
    *,
    reading: Reading | str = Reading.BODIES,
    own_edition: Edition | None = None,
    hosts: Collection[Key] | None = None,
) -> Duties:
    """Every duty of the year, in an order that does not depend on the order of ``units``.

    A duty runs only in windows that the edition, the unit and the post lived through whole
    [house]; excluded units owe nothing and are owed nothing.

    Args:
        edition: the text of the decree the year is judged by (``edition_of_year``).
        units: every unit of the region, or a Territory made of them before.
        reading: whom N3 means (domain §1.1, «Readings»).
        own_edition: the stricter edition a region bound itself to. Its duties come after those of
            the law with the severity "own norm", less what the law demands in the same words.
        hosts: only the duties of these akims; those of all when None.
    Raises:
        NoEdition: the edition came into force after ``year``.
        UnknownUnit: one of ``hosts`` is not among ``units``.
        BrokenTerritory: the units do not form a tree.
    Source: Decree 826, point 2, subpoint 1.
    """
    if year < edition.in_force_from.year:
        raise NoEdition(
            f"{year} is before this edition; it is in force from {edition.in_force_from}."
        )
    reading = Reading(reading)
    with collector_paused():
        territory = units if isinstance(units, Territory) else Territory(units)
        only = None if hosts is None else {territory.body(host) for host in hosts}
        series = list(_series(edition, territory, year, reading, only))
        if own_edition is not None and own_edition != edition:
            own = _series(own_edition, territory, year, reading, only, Severity.OWN_NORM)
            series = _beside_the_law(series, list(own))
    return Duties(year, tuple(series), territory.bodies)


def _series(
    edition: Edition,
    territory: Territory,
    year: int,
    reading: Reading,
    only: Collection[Key] | None,
    severity: Severity | None = None,
) -> Iterable[Series]:
    for norm in edition.norms:
        places = norm.places_by(reading)
        weight = severity or (Severity.BREACH if norm.confirmed else Severity.ADVICE)
        in_force = _lived_through(windows(norm.per, year, norm.months), edition.in_force_from, None)
        for host in _hosts(territory, norm, only):
            served = _lived_through(in_force, host.valid_from, host.valid_to)
            served = _lived_through(served, host.post_from, host.post_to)
            for body, target in _targets(territory, host, places):
                each = _lived_through(served, target.valid_from, target.valid_to)
                if each:
                    yield Series(edition, norm, host.key, target.key, body, each, weight)


def _hosts(territory: Territory, norm: Norm, only: Collection[Key] | None) -> Iterator[Unit]:
    """The units on whose akims the norm rests: one row a body, none that is excluded."""
    for unit in territory:
        if (
            unit.level in norm.hosts
            and (only is None or unit.key in only)
            and unit.carries_post
            and not territory.is_excluded(unit.key)
        ):
            yield unit


def _targets(territory: Territory, host: Unit, places: Places) -> Iterable[tuple[Key, Unit]]:
    """The units a host must visit, each body once: its outer row where both rows are named."""
    if places.own:
        return ((host.key, host),)
    found: dict[Key, Unit] = {}
    for unit in territory.within(host.key):
        if unit.level in places.levels:
            if places.with_akim and not unit.carries_post:
                continue
        elif not (unit.attached and unit.level in places.attachable):
            continue
        if not territory.is_excluded(unit.key):
            # Tree order meets the outer row of a body before the inner one.
            found.setdefault(territory.bodies[unit.key], unit)
    found.pop(host.key, None)
    return found.items()


def _lived_through(
    whole: tuple[Window, ...], since: date | None, until: date | None
) -> tuple[Window, ...]:
    """The windows that lie wholly between two days, either of which may be open."""
    if since is None and until is None:
        return whole
    return tuple(
        window
        for window in whole
        if (since is None or since <= window.first) and (until is None or window.last <= until)
    )


@lru_cache(maxsize=512)
def _by_month(each: tuple[Window, ...]) -> tuple[int | None, ...]:
    """For each month the place of its window; windows are whole months and never overlap."""
    places: list[int | None] = [None] * 13
    for place, (first, last) in enumerate(each):
        for month in range(first.month, last.month + 1):
            places[month] = place
    return tuple(places)


def _beside_the_law(law: list[Series], own: list[Series]) -> list[Series]:
    """The duties of the law and, beyond them, those a region took upon itself.

    What the law demands alike stays the law's. Where the law's own text is unconfirmed and so
    only advises, the region's word is the firmer one and takes the place of the advice.
    """
    beyond = list(_beyond(own, _demands(law)))
    firmer = _demands(beyond)
    kept = [
        left
        for series in law
        for left in ((series,) if series.norm.confirmed else _beyond((series,), firmer))
    ]
    return [*kept, *beyond]


_Demand = tuple[Key, Key, bool, Window]


def _demands(many: Iterable[Series]) -> Mapping[_Demand, Norm]:
    return {
        (series.host, series.body, series.norm.visiting, window): series.norm
        for series in many
        for window in series.windows
    }


def _beyond(many: Iterable[Series], demands: Mapping[_Demand, Norm]) -> Iterator[Series]:
    """The series less the windows in which ``demands`` ask for as much, as firmly."""
    for series in many:
        who = (series.host, series.body, series.norm.visiting)
        left = tuple(
            window
            for window in series.windows
            if not _covers(demands.get((*who, window)), series.norm)
        )
        if left:
            yield series._replace(windows=left)


def _covers(one: Norm | None, other: Norm) -> bool:
    """Whether ``one`` asks for at least as many meetings as ``other``, and as firmly."""
    if one is None or one.at_least < other.at_least:
        return False
    return one.confirmed or not other.confirmed
