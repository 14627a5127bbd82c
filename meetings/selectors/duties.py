"""Turns rows into the values the rules work on, and asks the rules.

Two figures never mix: a working revision is judged by its lines, what is public by its meetings.
Keys of the rules' units are database keys here; ``names_of`` gives their names for a page.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter

from django.db.models import QuerySet

from meetings.enums import MeetingState, State, UnitKind
from meetings.models import Calendar, Line, Meeting, Revision, Unit
from meetings.models.unit import STEP_WIDTH
from meetings.rules import (
    Counted,
    Duties,
    Edition,
    Finding,
    PlannedMeeting,
    Territory,
    check,
    edition_by_id,
    edition_of_year,
    obligations,
)
from meetings.rules import Unit as RulesUnit
from meetings.rules.quiet import collector_paused
from meetings.rules.types import Key

_UNIT_COLUMNS = (
    "path", "pk", "kind", "parent_id", "body_id", "valid_from", "valid_to",
    "office__valid_from", "office__valid_to", "office__pk", "is_excluded", "is_attached",
)  # fmt: skip


# One target of one line or meeting, as the driver gives it; rows of one come one after another:
# key, owner (the region of a meeting, the calendar of a line), unit of the host, target, day,
# is visiting, state, is outside the calendar.
_Row = tuple[int, int, int, int, date, bool, str, bool]


@dataclass(frozen=True, slots=True)
class Judged:
    """A region's year against the decree: the edition that judges it and a finding per duty."""

    region: Unit
    year: int
    edition: Edition
    findings: list[Finding]


def edition_for(calendar: Calendar) -> Edition:
    """The edition of the calendar's year (domain §1.2)."""
    return edition_of_year(calendar.year)


def territory_of(region: Unit | None = None) -> list[RulesUnit]:
    """Every unit of a region, or of the country, as the rules know units; one query.

    Minor objects are left out: they are half of the classifier and never targets.
    """
    return [unit for _path, unit in _units(region)]


def values_of_units(keys: Collection[int]) -> list[RulesUnit]:
    """A few units alone, as the rules know units: a place and what it lies in; one query."""
    return [unit for _path, unit in _values_of(Unit.objects.filter(pk__in=keys))]


def _units(region: Unit | None = None) -> Iterator[tuple[str, RulesUnit]]:
    units = Unit.objects.exclude(kind=UnitKind.PLACE)
    return _values_of(units if region is None else units.within(region))


def _values_of(units: QuerySet) -> Iterator[tuple[str, RulesUnit]]:
    for path, key, kind, parent, body, born, gone, since, until, office, excluded, attached in (
        units.order_by().values_list(*_UNIT_COLUMNS).iterator(chunk_size=5000)
    ):
        has_post = office is not None
        yield (
            path,
            RulesUnit(
                key, kind, parent, body, born, gone, since, until, has_post, excluded, attached
            ),
        )


def duties_of(
    calendar: Calendar,
    *,
    edition: Edition | None = None,
    territory: Iterable[RulesUnit] | Territory | None = None,
    hosts: Collection[int] | None = None,
) -> Duties:
    """What the akims of the calendar's region owe in its year. An unsaved calendar will do."""
    own = edition_by_id(calendar.own_edition) if calendar.own_edition else None
    return obligations(
        edition or edition_for(calendar),
        territory_of(calendar.region) if territory is None else territory,
        calendar.year,
        reading=str(calendar.n3_reading),
        own_edition=own,
        hosts=hosts,
    )


def findings_of_revision(
    revision: Revision, *, duties: Duties | None = None, hosts: Collection[int] | None = None
) -> list[Finding]:
    """The duties of the year against the lines of a revision; what was held is read beside it.

    Args:
        duties: computed before, when the caller keeps them.
        hosts: only the duties of the akims of these units.
    """
    calendar = revision.calendar
    duties = duties_of(calendar, hosts=hosts) if duties is None else duties
    planned = _values(_line_rows(line__revision=revision), duties)
    held = _values(_held_rows(calendar), duties)
    # The line of a meeting that was held is planned already: here it counts for «held» alone.
    return check(duties, [*planned, *(one._replace(outside=True) for one in held)])


def _held_rows(calendar: Calendar) -> Iterator[_Row]:
    return _meeting_rows(
        region=calendar.region_id, day__year=calendar.year, state=MeetingState.HELD
    )


def findings_of_calendar(
    calendar: Calendar,
    *,
    duties: Duties | None = None,
    counted: Counted = Counted.PLANNED,
    hosts: Collection[int] | None = None,
) -> list[Finding]:
    """The duties of the year against what the public knows: planned, and held."""
    duties = duties_of(calendar, hosts=hosts) if duties is None else duties
    rows = _meeting_rows(region=calendar.region_id, day__year=calendar.year)
    return check(duties, _values(rows, duties), counted=counted)


def findings_now(revision: Revision, *, hosts: Collection[int] | None = None) -> list[Finding]:
    """How a calendar stands today: a draft by its lines, an approved one by its meetings, some of
    which were moved or cancelled since."""
    if revision.state == State.APPROVED:
        return findings_of_calendar(revision.calendar, hosts=hosts)
    return findings_of_revision(revision, hosts=hosts)


@collector_paused()
def judged_country(
    year: int, *, edition: Edition | None = None, counted: Counted = Counted.PLANNED,
    drafts: bool = False,
) -> list[Judged]:  # fmt: skip
    """Every region of the country in a year; a constant number of queries.

    ``drafts``: regions without an approved revision are judged by their working one (for staff);
    otherwise by what is public, which is nothing.
    """
    regions = list(Unit.objects.filter(parent=None, valid_to=None).order_by("path"))
    calendars = {one.region_id: one for one in Calendar.objects.filter(year=year)}
    units: dict[str, list[RulesUnit]] = {region.path: [] for region in regions}
    for path, unit in _units():
        if (home := units.get(path[:STEP_WIDTH])) is not None:
            home.append(unit)
    published = _by_owner(_meeting_rows(day__year=year))
    working = _by_owner(_working_rows(calendar__year=year)) if drafts else {}
    answer = []
    for region in regions:
        calendar = calendars.get(region.pk) or Calendar(region=region, year=year)
        calendar.region = region
        sources = (working.get(calendar.pk, ()), published.get(region.pk, ()))
        duties = duties_of(calendar, edition=edition, territory=units[region.path])
        answer.append(_judged(calendar, sources, duties, edition, counted))
    return answer


def judged_region(
    calendar: Calendar, *, edition: Edition | None = None, counted: Counted = Counted.PLANNED,
    drafts: bool = False,
) -> Judged:  # fmt: skip
    """One region of ``judged_country``; an unsaved calendar stands for one nobody has opened."""
    published = _meeting_rows(region=calendar.region, day__year=calendar.year)
    working = _working_rows(calendar=calendar) if drafts and calendar.pk else ()
    duties = duties_of(calendar, edition=edition)
    return _judged(calendar, (working, published), duties, edition, counted)


def _judged(calendar, sources, duties: Duties, edition: Edition | None, counted: Counted) -> Judged:
    meetings = (meeting for rows in sources for meeting in _values(rows, duties))
    findings = check(duties, meetings, counted=counted)
    return Judged(calendar.region, calendar.year, edition or edition_for(calendar), findings)


def names_of(findings: Iterable[Finding], language: str) -> dict[Key, str]:
    """Names of the units that the findings speak of, by key; one query."""
    keys = {key for finding in findings for key in (finding.host, finding.target)}
    units = Unit.objects.filter(pk__in=keys).only("name_kk", "name_ru", "name_en")
    return {unit.pk: unit.name_in(language) for unit in units}


def _line_rows(**where) -> Iterator[_Row]:
    rows = (
        Line.targets.through.objects.filter(**where)
        .order_by("line_id")
        .values_list(
            "line_id", "line__revision__calendar_id", "line__host__unit_id", "unit_id",
            "line__day", "line__is_visiting",
        )
    )  # fmt: skip
    planned = (MeetingState.PLANNED.value, False)
    return (row + planned for row in rows.iterator(chunk_size=5000))


def _meeting_rows(**where) -> Iterator[_Row]:
    rows = (
        Meeting.targets.through.objects.filter(
            **{f"meeting__{name}": value for name, value in where.items()}
        )
        .order_by("meeting_id")
        .values_list(
            "meeting_id", "meeting__region_id", "meeting__host__unit_id", "unit_id",
            "meeting__day", "meeting__is_visiting", "meeting__state", "meeting__is_outside",
        )
    )  # fmt: skip
    return rows.iterator(chunk_size=5000)


def _working_rows(**where) -> Iterator[_Row]:
    """Lines of the working revisions of calendars that nobody approved yet."""
    approved = Revision.objects.filter(state=State.APPROVED).values("calendar_id")
    working = Revision.objects.filter(**where).exclude(calendar_id__in=approved)
    return _line_rows(line__revision__in=list(working.values_list("pk", flat=True)))


def _values(rows: Iterable[_Row], duties: Duties) -> Iterator[PlannedMeeting]:
    """Meetings as the rules know them; a target that is no unit any more is left out."""
    known = duties.bodies
    cancelled, held = MeetingState.CANCELLED.value, MeetingState.HELD.value
    for _key, group in groupby(rows, key=_FIRST):
        rows_of_one = [row for row in group if row[3] in known]
        if rows_of_one and rows_of_one[0][2] in known:
            _, _, host, _, day, visiting, state, outside = rows_of_one[0]
            targets = tuple(map(_TARGET, rows_of_one))
            yield PlannedMeeting(
                host, targets, day, visiting, state == cancelled, state == held, outside
            )


_FIRST, _TARGET = itemgetter(0), itemgetter(3)


def _by_owner(rows: Iterable[_Row]) -> dict[int, list[_Row]]:
    found: dict[int, list[_Row]] = defaultdict(list)
    for row in rows:
        found[row[1]].append(row)
    return found
