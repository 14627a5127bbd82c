"""A region's year as its calendar page shows it: findings in order, the years of its akims."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from meetings.models import Meeting, Unit
from meetings.rules import Finding, Severity
from meetings.rules.types import Key
from meetings.rules.windows import Window

ORDER = {Severity.BREACH: 0, Severity.OWN_NORM: 1, Severity.ADVICE: 2}


class CoverageRow(NamedTuple):
    """A target of a norm and its akim, with a finding per window."""

    host: Key
    target: Key
    findings: tuple[Finding, ...]


class HostYear(NamedTuple):
    """An akim's body, the days and states of its meetings, the windows in which one is missing."""

    host: int
    meetings: tuple[tuple[date, str], ...]
    gaps: tuple[Window, ...]


def keys_within(unit: Unit) -> set[int]:
    """Database keys of a unit and all within it; one query."""
    return set(Unit.objects.within(unit).values_list("pk", flat=True))


def narrowed(
    findings: Iterable[Finding], *, norm: str = "", inside: Collection[int] | None = None,
    only_missing: bool = False,
) -> list[Finding]:  # fmt: skip
    """The findings of a norm, towards units among ``inside``, unmet ones if asked."""
    return [
        one
        for one in findings
        if (not norm or one.norm.id == norm)
        and (inside is None or one.target in inside)
        and not (only_missing and one.met)
    ]


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Breaches, then own norms, then advice, then what is met; else as they stood."""
    return sorted(findings, key=lambda one: (one.met, ORDER[one.severity]))


def coverage_of(findings: Iterable[Finding]) -> tuple[list[Window], list[CoverageRow]]:
    """The windows of the findings of one norm, and a row for each target."""
    windows: dict[Window, None] = {}
    rows: dict[tuple[Key, Key], list[Finding]] = defaultdict(list)
    for one in findings:
        windows[one.window] = None
        rows[one.host, one.target].append(one)
    return sorted(windows), [CoverageRow(*pair, tuple(found)) for pair, found in rows.items()]


def hosts_of(findings: Iterable[Finding]) -> list[int]:
    """Database keys of the akims' units, in the order of the findings."""
    return list(dict.fromkeys(int(one.host) for one in findings))


def years_of_hosts(region: Unit, year: int, hosts: list[int], findings) -> list[HostYear]:
    """The meetings of the hosts and their gaps; one query."""
    meetings = defaultdict(list)
    rows = (
        Meeting.objects.filter(region=region, day__year=year, host__unit__in=hosts)
        .order_by("day")
        .values_list("host__unit", "day", "state")
    )
    for host, day, state in rows:
        meetings[host].append((day, state))
    gaps: dict[Key, dict[Window, None]] = defaultdict(dict)
    for one in findings:
        if not one.met and one.severity != Severity.ADVICE:
            gaps[one.host][one.window] = None
    return [HostYear(host, tuple(meetings[host]), tuple(gaps[host])) for host in hosts]


def names_of_units(keys: Collection[Key], language: str) -> dict[Key, str]:
    units = Unit.objects.filter(pk__in=keys).only("name_kk", "name_ru", "name_en")
    return {unit.pk: unit.name_in(language) for unit in units}
