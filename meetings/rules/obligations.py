"""Who owes a meeting to whom in which window: edition × territory × year."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from meetings.rules.errors import NoEdition
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


@dataclass(frozen=True)
class Duties:
    """The duties of a territory in a year, to be kept and checked against meetings many times.

    ``bodies`` maps every known row to the row of its body, so that meetings can be read without
    the units themselves.
    """

    year: int
    obligations: tuple[Obligation, ...]
    bodies: Mapping[Key, Key]

    def __iter__(self) -> Iterator[Obligation]:
        return iter(self.obligations)

    def __len__(self) -> int:
        return len(self.obligations)

    @cached_property
    def required(self) -> list[int]:
        """How many meetings each duty asks for, in their order."""
        return [duty.norm.at_least for duty in self.obligations]

    @cached_property
    def slots(self) -> Mapping[tuple[Key, Key], list[tuple[int, date, date, bool]]]:
        """Where a meeting counts: by the bodies that pay and receive the visit, the places of
        their duties among the obligations, with the window and whether it must be a visiting one.
        """
        slots: dict[tuple[Key, Key], list[tuple[int, date, date, bool]]] = {}
        for place, (_, norm, host, _, body, (first, last), _) in enumerate(self.obligations):
            slots.setdefault((host, body), []).append((place, first, last, norm.visiting))
        return slots

    def owed_by(self, *hosts: Key) -> Duties:
        """The duties of those akims alone."""
        return self._those(self._by_host, hosts)

    def owed_to(self, *targets: Key) -> Duties:
        """What those units may expect, whoever owes it."""
        return self._those(self._by_body, targets)

    def _those(self, index: Mapping[Key, list[Obligation]], keys: Iterable[Key]) -> Duties:
        bodies = dict.fromkeys(self.bodies[key] for key in keys if key in self.bodies)
        found = tuple(duty for body in bodies for duty in index.get(body, ()))
        return Duties(self.year, found, self.bodies)

    @cached_property
    def _by_host(self) -> Mapping[Key, list[Obligation]]:
        return self._by(lambda duty: duty.host)

    @cached_property
    def _by_body(self) -> Mapping[Key, list[Obligation]]:
        return self._by(lambda duty: duty.body)

    def _by(self, key: Callable[[Obligation], Key]) -> Mapping[Key, list[Obligation]]:
        index: dict[Key, list[Obligation]] = {}
        for duty in self.obligations:
            index.setdefault(key(duty), []).append(duty)
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
        BrokenTerritory: the units do not form a tree.
    Source: Decree 826, point 2, subpoint 1.
    """
    territory = units if isinstance(units, Territory) else Territory(units)
    if year < edition.in_force_from.year:
        raise NoEdition(
            f"{year} is before this edition; it is in force from {edition.in_force_from}."
        )
    only = None if hosts is None else {territory.body(host) for host in hosts}
    reading = Reading(reading)
    duties = list(_duties(edition, territory, year, reading, only))
    if own_edition is not None and own_edition != edition:
        own = _duties(own_edition, territory, year, reading, only, Severity.OWN_NORM)
        duties = _beside_the_law(duties, list(own))
    return Duties(year, tuple(duties), territory.bodies)


def _duties(
    edition: Edition,
    territory: Territory,
    year: int,
    reading: Reading,
    only: Collection[Key] | None,
    severity: Severity | None = None,
) -> Iterator[Obligation]:
    for norm in edition.norms:
        places = norm.places_by(reading)
        weight = severity or (Severity.BREACH if norm.confirmed else Severity.ADVICE)
        in_force = _lived_through(windows(norm.per, year, norm.months), edition.in_force_from, None)
        for host in territory:
            if host.level not in norm.hosts or (only is not None and host.key not in only):
                continue
            if not host.carries_post or territory.is_excluded(host.key):
                continue
            held = _lived_through(in_force, host.valid_from, host.valid_to)
            held = _lived_through(held, host.post_from, host.post_to)
            for target, body in _targets(territory, host, places):
                for window in _lived_through(held, target.valid_from, target.valid_to):
                    yield Obligation(edition, norm, host.key, target.key, body, window, weight)


def _targets(territory: Territory, host: Unit, places: Places) -> Iterable[tuple[Unit, Key]]:
    """The units a host must visit, each body once: its outer row where both rows are named."""
    if places.own:
        return ((host, host.key),)
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
    return ((unit, body) for body, unit in found.items())


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


def _beside_the_law(law: list[Obligation], own: list[Obligation]) -> list[Obligation]:
    """The duties of the law and, beyond them, those a region took upon itself.

    What the law demands alike stays the law's. Where the law's own text is unconfirmed and so
    only advises, the region's word is the firmer one and takes the place of the advice.
    """
    by_law = {_demand(duty): duty for duty in law}
    beyond = {_demand(duty): duty for duty in own if not _covers(by_law.get(_demand(duty)), duty)}
    kept = [
        duty for duty in law if duty.norm.confirmed or not _covers(beyond.get(_demand(duty)), duty)
    ]
    return [*kept, *beyond.values()]


def _demand(duty: Obligation) -> tuple[Key, Key, Window, bool]:
    return (duty.host, duty.body, duty.window, duty.norm.visiting)


def _covers(one: Obligation | None, other: Obligation) -> bool:
    """Whether ``one`` makes the same demand at least as high and as firmly as ``other``."""
    if one is None or one.required < other.required:
        return False
    return one.norm.confirmed or not other.norm.confirmed
