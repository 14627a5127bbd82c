"""Demo calendars, taken through the same doors as real ones, at the days they would be."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from meetings.demo.places import came, content_of
from meetings.demo.plan import Visit, chance_of, visits
from meetings.enums import MeetingState, Role, Step
from meetings.models import Assignment, Calendar, Line, Meeting, Office, Revision, Unit, User
from meetings.selectors.daysoff import days_off
from meetings.selectors.duties import duties_of
from meetings.services import approval, daysoff, publishing

ZONE = ZoneInfo("Asia/Almaty")


@dataclass(frozen=True)
class Signers:
    """Who takes the steps of approval in a region."""

    coordinator: User
    chair: User
    akim: User

    @classmethod
    def of(cls, region: Unit) -> "Signers":
        roles = (Role.COORDINATOR, Role.CHAIR, Role.AKIM)
        held = Assignment.objects.filter(unit=region, role__in=roles).select_related("user")
        found = {assignment.role: assignment.user for assignment in held.order_by("-pk")}
        return cls(*(found[role] for role in roles))


def draft(
    region: Unit, year: int, *, keep: Callable[[Visit], bool] = lambda visit: True,
    but: Collection[date] = (),
) -> Revision:  # fmt: skip
    """A calendar with a line for every duty that ``keep`` lets through, none on days ``but``."""
    daysoff.ensure(year)
    calendar = Calendar.objects.create(region=region, year=year)
    revision = Revision.objects.create(calendar=calendar, number=1)
    free = {*days_off(date(year, 1, 1), date(year, 12, 31)), *but}
    codes = dict(Unit.objects.within(region).values_list("pk", "kato"))
    planned = [visit for visit in visits(duties_of(calendar), free, codes) if keep(visit)]
    write_lines(revision, planned)
    return revision


def write_lines(revision: Revision, planned: Iterable[Visit]) -> None:
    """The visits as lines, in two statements however many they are."""
    planned = list(planned)
    region = revision.calendar.region
    kinds = dict(Unit.objects.within(region).values_list("pk", "kind"))
    offices = dict(Office.objects.filter(unit__in=kinds).values_list("unit_id", "pk"))
    year = revision.calendar.year
    lines = Line.objects.bulk_create(
        (
            Line(revision=revision, host_id=offices[visit.host],
                 **content_of(visit, kinds[visit.target], year))
            for visit in planned
        ),
        batch_size=500,
    )  # fmt: skip
    through = Line.targets.through
    through.objects.bulk_create(
        (
            through(line_id=line.pk, unit_id=visit.target)
            for line, visit in zip(lines, planned, strict=True)
        ),
        batch_size=2000,
    )


def at(day: date, hour: int = 11) -> datetime:
    return datetime.combine(day, time(hour), ZONE)


def submit(revision: Revision, signers: Signers, on: date) -> Revision:
    return approval.move(
        revision, Step.SUBMIT, by=signers.coordinator, version=revision.version, at=at(on)
    )


def approve(
    revision: Revision, signers: Signers, *, submitted: date, agreed: date, approved: date
) -> Revision:
    """Take a draft through the maslikhat to the akim's signature on the given days."""
    revision = submit(revision, signers, submitted)
    revision = approval.move(
        revision, Step.AGREE, by=signers.chair, version=revision.version,
        act_number=f"{agreed.month}/{agreed.day}-{revision.calendar.year % 100}",
        act_on=agreed, at=at(agreed),
    )  # fmt: skip
    return approval.move(
        revision, Step.APPROVE, by=signers.akim, version=revision.version,
        act_number=f"{revision.calendar.region_id * 7 % 90 + 10}", act_on=approved,
        at=at(approved, 16),
    )  # fmt: skip


def hold_past(calendar: Calendar, today: date) -> None:
    """What lies before ``today`` took place; one in fourteen did not, some nobody recorded."""
    past = Meeting.objects.filter(calendar=calendar, day__lt=today, state=MeetingState.PLANNED)
    targets = dict(
        Meeting.targets.through.objects.filter(meeting__in=past).values_list(
            "meeting_id", "unit__kato"
        )
    )
    held, dropped = [], []
    for meeting in past.order_by("day", "pk"):
        chance = chance_of(targets[meeting.pk], meeting.day)
        if chance % 14 == 0:
            _cancel(meeting)
            dropped.append(meeting)
        elif chance % 14 != 5:
            _hold(meeting, came(chance))
            held.append(meeting)
    changed = [*held, *dropped]
    Meeting.objects.bulk_update(
        changed, ["state", "people", "reason", "sequence", "version", "changed_at"], batch_size=200
    )
    publishing.refresh(changed)


def _hold(meeting: Meeting, people: int) -> None:
    meeting.state, meeting.people = MeetingState.HELD, people
    _changed(meeting, at(meeting.day, 18))


def _cancel(meeting: Meeting) -> None:
    meeting.state = MeetingState.CANCELLED
    meeting.reason = "Ауа райына байланысты жол жабылды. / Дорога закрыта из-за непогоды."
    _changed(meeting, at(meeting.day - timedelta(days=1), 9))


def _changed(meeting: Meeting, moment: datetime) -> None:
    # A day of January may lie before the day of the approval itself.
    meeting.changed_at = max(moment, meeting.published_at)
    meeting.sequence += 1
    meeting.version += 1
