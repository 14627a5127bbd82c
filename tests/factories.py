"""Small rows for tests. ``a_…`` makes plain values, ``make_…`` makes rows."""

from datetime import date, datetime, time
from itertools import count
from zoneinfo import ZoneInfo

from django.utils import timezone

from meetings.enums import MeetingState, Role, State, UnitKind
from meetings.models import (
    Assignment,
    Calendar,
    Line,
    Maslikhat,
    Meeting,
    Office,
    Revision,
    Unit,
    User,
    path_step,
)

ALMATY = ZoneInfo("Asia/Almaty")
PASSWORD = "a long enough password"
_emails = count(1)


def a_moment(year, month, day, hour=12, minute=0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=ALMATY)


def make_unit(kind, name="", *, parent=None, kato=None, **fields) -> Unit:
    """A unit with the next free number; a plausible code when none is given."""
    number = (Unit.objects.order_by("-number").values_list("number", flat=True).first() or 0) + 1
    name = name or f"{UnitKind(kind).value} {number}"
    return Unit.objects.create(
        number=number,
        path=(parent.path if parent else "") + path_step(number),
        parent=parent,
        kato=kato or f"{900_000_000 + number}",
        kind=kind,
        name_kk=fields.pop("name_kk", name),
        name_ru=fields.pop("name_ru", name),
        name_en=fields.pop("name_en", name),
        search=fields.pop("search", name.casefold()),
        sort_kk=fields.pop("sort_kk", name.casefold()),
        **fields,
    )


def make_office(unit, **fields) -> Office:
    return Office.objects.create(unit=unit, **fields)


class Region:
    """A small oblast: two districts, an okrug with two villages in the first, each with its akim.

    ``region``, ``first``, ``second``, ``okrug``, ``villages``; ``office(unit)``.
    """

    def __init__(self, kato="270000000", name="Батыс Қазақстан облысы"):
        ab = kato[:2]
        self.region = make_unit(UnitKind.OBLAST, name, kato=kato)
        self.first = make_unit(
            UnitKind.DISTRICT, "Бәйтерек ауданы", parent=self.region, kato=f"{ab}4200000"
        )
        self.second = make_unit(
            UnitKind.DISTRICT, "Теректі ауданы", parent=self.region, kato=f"{ab}6200000"
        )
        self.okrug = make_unit(
            UnitKind.OKRUG, "Дариян ауылдық округі", parent=self.first, kato=f"{ab}4230000"
        )
        self.villages = [
            make_unit(UnitKind.VILLAGE, "Дариян ауылы", parent=self.okrug, kato=f"{ab}4230100"),
            make_unit(UnitKind.VILLAGE, "Озёрное ауылы", parent=self.okrug, kato=f"{ab}4230200"),
        ]
        self.offices = {
            unit.pk: make_office(unit)
            for unit in (self.region, self.first, self.second, self.okrug)
        }
        Maslikhat.objects.create(unit=self.region)

    def office(self, unit) -> Office:
        return self.offices[unit.pk]


def make_user(role: Role | None = None, unit=None, *, email="", name="", **fields) -> User:
    """A user who holds the role in the unit since 2020; without a role, one with no rights."""
    number = next(_emails)
    user = User.objects.create_user(
        email or f"user{number}@example.kz", PASSWORD, name=name or f"User {number}", **fields
    )
    if role:
        Assignment.objects.create(user=user, role=role, unit=unit, starts_on=date(2020, 1, 1))
    return user


def make_calendar(region, year=2027, *, state=State.DRAFT, **fields) -> Calendar:
    """A calendar with its working revision in a state short of approval."""
    calendar = Calendar.objects.create(region=region, year=year, **fields)
    Revision.objects.create(calendar=calendar, number=1, state=state)
    return calendar


def make_approved(region, year=2027, *, late=False, **fields) -> Calendar:
    """A calendar with one approved revision, as the public sees it."""
    calendar = Calendar.objects.create(region=region, year=year, **fields)
    Revision.objects.create(
        calendar=calendar, number=1, state=State.APPROVED, is_late=late,
        approved_at=a_moment(year, 1, 20 if late else 10),
        act_number="12", act_on=date(year, 1, 20 if late else 10),
        decision_number="4-5", decision_on=date(year, 1, 8),
        canonical="{}", sha256="7f3a90c1" * 8,
    )  # fmt: skip
    return calendar


def make_line(revision, host, targets, day, **fields) -> Line:
    """A line of a revision; ``day`` is a date or its ISO text."""
    line = Line.objects.create(revision=revision, host=host, day=_day(day), **fields)
    line.targets.set(targets)
    return line


def make_meeting(host, targets, day, *, calendar=None, region=None, **fields) -> Meeting:
    """A published meeting."""
    now = fields.pop("at", None) or timezone.now()
    if fields.get("state") == MeetingState.HELD:
        fields.setdefault("people", 40)
    region = region or (calendar.region if calendar else Unit.objects.above(host.unit).first())
    meeting = Meeting.objects.create(
        host=host, calendar=calendar, region=region, day=_day(day),
        published_at=now, changed_at=now, **fields,
    )  # fmt: skip
    meeting.targets.set(targets)
    return meeting


def _day(day) -> date:
    return date.fromisoformat(day) if isinstance(day, str) else day


def an_hour(hour: int, minute: int = 0) -> time:
    return time(hour, minute)
