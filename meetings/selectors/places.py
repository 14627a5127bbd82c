"""What is known of a place: the unit behind a code, its akims, who must come here and when."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import F, Q

from meetings.enums import MeetingState, UnitKind
from meetings.models import Calendar, Meeting, Tenure, Unit, UnitPast
from meetings.rules import Finding, PlannedMeeting, check
from meetings.selectors.duties import duties_of, values_of_units

MOST_CHILDREN = 300


class Akim(NamedTuple):
    """The post of a body, its unit, and who holds it today; the name is empty when not known."""

    unit: Unit
    name: str
    since: date | None


class Visit(NamedTuple):
    """A meeting as it answers a duty."""

    uuid: UUID
    day: date
    state: str
    host: int
    targets: frozenset[int]
    is_visiting: bool
    is_outside: bool


class Owed(NamedTuple):
    """One duty towards a place, and the meetings that fall in its window."""

    finding: Finding
    visits: tuple[Visit, ...]


def unit_by_code(kato: str) -> Unit | None:
    """The unit that has the code now, or the last that had it; its body where it is a twin row.

    Codes are retired and reused: of several units the living one is meant. One query.
    """
    unit = (
        Unit.objects.filter(kato=kato)
        .select_related("body")
        .order_by(F("valid_to").desc(nulls_first=True))
        .first()
    )
    return unit.body or unit if unit else None


def unit_of_former_code(kato: str) -> Unit | None:
    """The unit that had the code until an import gave it another one."""
    past = UnitPast.objects.filter(kato=kato).select_related("unit").order_by("-until").first()
    return past.unit if past else None


def former_holders(unit: Unit) -> list[Unit]:
    """Units that had this unit's code before it and exist no more."""
    return list(
        Unit.objects.filter(kato=unit.kato, valid_to__isnull=False)
        .exclude(pk=unit.pk)
        .order_by("-valid_to")[:5]
    )


def children_of(unit: Unit, day: date) -> list[Unit]:
    """What lies directly in the unit, minor objects and second rows of a body left out."""
    return list(
        Unit.objects.on(day)
        .filter(parent=unit, body=None)
        .exclude(kind=UnitKind.PLACE)
        .order_by("kind", "sort_kk")[:MOST_CHILDREN]
    )


def akims_of(units: Collection[Unit], day: date, language: str) -> list[Akim]:
    """The posts among these units, in their order, with who holds them on the day; one query."""
    column = "name_ru" if language == "ru" else "name_kk"
    tenures = (
        Tenure.objects.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)
        .filter(office__unit__in=[unit.pk for unit in units])
        .order_by("since")
        .values_list("office__unit", column, "since")
    )
    holders = {unit: (name, since) for unit, name, since in tenures}
    return [Akim(unit, *holders.get(unit.pk, ("", None))) for unit in units]


def owed_to(calendar: Calendar, chain: Collection[Unit]) -> list[Owed]:
    """The duties of the calendar's year towards a place and what it lies in; three queries.

    ``chain``: the region, everything between, the place itself. Only they are asked about, so a
    page costs the same in the smallest district and in the largest oblast.
    """
    keys = {unit.pk for unit in chain}
    twins = Unit.objects.filter(body__in=keys).values_list("pk", flat=True)
    keys |= set(twins)
    visits = _visits(calendar, keys)
    duties = duties_of(calendar, territory=values_of_units(keys))
    findings = check(duties, [_value(visit) for visit in visits])
    answers = defaultdict(list)
    for visit in visits:
        for target in {duties.bodies[target] for target in visit.targets}:
            answers[visit.host, target].append(visit)
    return [Owed(finding, _answers(finding, answers)) for finding in findings]


def _answers(finding: Finding, answers) -> tuple[Visit, ...]:
    first, last = finding.window
    visits = answers[finding.host, finding.duty.body]
    return tuple(visit for visit in visits if first <= visit.day <= last)


def _visits(calendar: Calendar, keys: set[int]) -> list[Visit]:
    """The year's meetings for the units, held by akims among them, by day."""
    rows = (
        Meeting.targets.through.objects.filter(
            unit__in=keys, meeting__host__unit__in=keys,
            meeting__region=calendar.region_id, meeting__day__year=calendar.year,
        )
        .order_by("meeting__day", "meeting__pk")
        .values_list(
            "meeting__uuid", "meeting__day", "meeting__state", "meeting__host__unit", "unit",
            "meeting__is_visiting", "meeting__is_outside",
        )
    )  # fmt: skip
    found: dict[UUID, Visit] = {}
    for uuid, day, state, host, target, visiting, outside in rows:
        before = found[uuid].targets if uuid in found else frozenset()
        found[uuid] = Visit(uuid, day, state, host, before | {target}, visiting, outside)
    return list(found.values())


def _value(visit: Visit) -> PlannedMeeting:
    return PlannedMeeting(
        visit.host, tuple(visit.targets), visit.day, visit.is_visiting,
        cancelled=visit.state == MeetingState.CANCELLED,
        held=visit.state == MeetingState.HELD, outside=visit.is_outside,
    )  # fmt: skip
