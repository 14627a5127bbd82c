"""Approved calendars and the figures of a year: what is public of them, nothing else."""

from dataclasses import dataclass
from datetime import date, datetime

from meetings import kept
from meetings.enums import State
from meetings.models import Calendar, FeedVersion, Revision, Unit
from meetings.rules import Finding, Severity, tally
from meetings.selectors.duties import findings_of_calendar, judged_country


@dataclass(frozen=True, slots=True)
class Figures:
    """The duties of a year under the law: how many, and what answers them.

    ``met`` of the ``required`` meetings have a day; ``held`` are over. ``advised`` and
    ``advised_missing`` count the norm whose text nobody has confirmed, apart.
    """

    required: int
    planned: int
    held: int
    missing: int
    advised: int
    advised_missing: int

    @property
    def met(self) -> int:
        return self.required - self.missing


@dataclass(frozen=True, slots=True)
class Approved:
    """What is told of an approved revision."""

    number: int
    act_number: str
    act_on: date | None
    decision_number: str
    decision_on: date | None
    approved_at: datetime
    is_late: bool
    sha256: str
    reason: str


_APPROVED_COLUMNS = (
    "number", "act_number", "act_on", "decision_number", "decision_on", "approved_at", "is_late",
    "sha256", "reason",
)  # fmt: skip


def published_of(region: Unit) -> list[Calendar]:
    """The region's calendars that were approved, the latest year first; one query."""
    return list(Calendar.objects.filter(region=region).published().order_by("-year"))


def published_calendar(region: Unit, year: int) -> Calendar | None:
    """The region's calendar of the year if it was ever approved."""
    found = Calendar.objects.filter(region=region, year=year).published().first()
    if found:
        found.region = region
    return found


def approved_revisions(calendar: Calendar) -> list[Approved]:
    """The approved revisions, the one in force first."""
    rows = calendar.revisions.filter(state=State.APPROVED).order_by("-number")
    return [Approved(*row) for row in rows.values_list(*_APPROVED_COLUMNS)]


def first_approvals(year: int) -> dict[int, Approved]:
    """By region, the first approved revision of the year's calendar: it says if it came in time."""
    rows = (
        Revision.objects.filter(calendar__year=year, state=State.APPROVED)
        .order_by("-number")
        .values_list("calendar__region", *_APPROVED_COLUMNS)
    )
    return {region: Approved(*row) for region, *row in rows}


def regions_on(day: date) -> list[Unit]:
    return list(Unit.objects.on(day).filter(parent=None).order_by("path"))


def figures_of(findings: list[Finding]) -> Figures:
    law = tally(one for one in findings if one.severity == Severity.BREACH)
    advice = tally(one for one in findings if one.severity == Severity.ADVICE)
    return Figures(
        law.required, law.planned, law.held, law.missing, advice.required, advice.missing
    )


def figures_of_country(year: int) -> dict[int, Figures]:
    """By region, the figures of the year, of regions with an approved calendar.

    Each region's are kept under its own version: a change in one recounts that one. When more
    than one must be counted, the country is counted at once, in a constant number of queries.
    """
    calendars = list(
        Calendar.objects.filter(year=year).published().select_related("region").order_by("region")
    )
    versions = dict(
        FeedVersion.objects.filter(unit__in=[one.region_id for one in calendars]).values_list(
            "unit", "version"
        )
    )
    found = {one: kept.known(_name(one, versions)) for one in calendars}
    wanted = [one for one, figures in found.items() if figures is None]
    if len(wanted) == 1:
        found[wanted[0]] = figures_of(findings_of_calendar(wanted[0]))
    elif wanted:
        counted = {one.region.pk: figures_of(one.findings) for one in judged_country(year)}
        found |= {one: counted[one.region_id] for one in wanted if one.region_id in counted}
    for calendar in wanted:
        kept.keep(_name(calendar, versions), found[calendar])
    return {calendar.region_id: figures for calendar, figures in found.items() if figures}


def figures_of_region(calendar: Calendar, findings: list[Finding] | None = None) -> Figures:
    """The figures of one approved calendar, kept like those of the country."""
    versions = dict(
        FeedVersion.objects.filter(unit=calendar.region_id).values_list("unit", "version")
    )
    name = _name(calendar, versions)
    figures = kept.known(name)
    if figures is None:
        figures = figures_of(findings_of_calendar(calendar) if findings is None else findings)
        kept.keep(name, figures)
    return figures


def _name(calendar: Calendar, versions: dict[int, int]) -> tuple:
    """What a region's figures depend on."""
    version = versions.get(calendar.region_id, 0)
    return (
        "figures", calendar.year, calendar.region_id, version,
        calendar.n3_reading, calendar.own_edition,
    )  # fmt: skip
