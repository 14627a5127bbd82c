"""The day of a meeting: opened, noted once however often it is sent, described."""

from datetime import date, time, timedelta
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error, transaction

from meetings.enums import MarkKind, MeetingState, OfficialKind, Role
from meetings.errors import Refused, StaleEdit
from meetings.models import Act, DayMark, Meeting, MeetingDay
from meetings.services.day import (
    ALPHABET,
    describe,
    note,
    open_day,
    planned_length,
    reading_of,
)
from tests.factories import Region, a_moment, make_meeting, make_user

pytestmark = pytest.mark.django_db
NOTE = "6f1c2a5e-0000-4000-8000-00000000000{}"


def noon(minute=0, hour=12):
    return a_moment(2027, 4, 14, hour, minute)


@pytest.fixture
def world():
    return Region()


@pytest.fixture
def secretary(world):
    return make_user(Role.DRAFTER, world.first)


@pytest.fixture
def meeting(world):
    return make_meeting(
        world.office(world.first), [world.okrug], "2027-04-14", region=world.region,
        starts_at=time(12), ends_at=time(13),
    )  # fmt: skip


@pytest.fixture
def day(meeting, secretary):
    return open_day(meeting, by=secretary, at=noon())


def send(day, by, number, kind, minute, **more):
    return note(day, kind, by=by, uuid=UUID(NOTE.format(number)), at=noon(minute), **more)


def test_a_day_is_opened_once_with_a_code_that_can_be_read_aloud(meeting, secretary):
    first = open_day(meeting, by=secretary, at=noon())
    second = open_day(meeting, by=secretary, at=noon(5))

    assert (second.pk, MeetingDay.objects.count()) == (first.pk, 1)
    assert len(first.code) == 6
    assert set(first.code) <= set(ALPHABET)
    assert [act.verb for act in Act.objects.all()] == ["day.open"]


def test_a_cancelled_meeting_has_no_day(meeting, secretary):
    Meeting.objects.update(state=MeetingState.CANCELLED)

    with pytest.raises(Refused):
        open_day(meeting, by=secretary, at=noon())


def test_a_note_sent_twice_is_one_note(day, secretary):
    first, is_new = send(day, secretary, 1, MarkKind.REPORT_START, 0)
    again, is_new_again = send(day, secretary, 1, MarkKind.REPORT_START, 7)

    assert (is_new, is_new_again, again.pk) == (True, False, first.pk)
    assert reading_of(day, noon(10)).report == 600


def test_a_note_of_another_meeting_is_refused(day, world, secretary):
    other = make_meeting(world.office(world.first), [world.okrug], "2027-04-14",
                         region=world.region)  # fmt: skip
    send(day, secretary, 1, MarkKind.REPORT_START, 0)

    with pytest.raises(Refused):
        send(open_day(other, by=secretary), secretary, 1, MarkKind.REPORT_START, 0)


def test_what_was_noted_without_a_connection_stands_where_it_was_noted(day, secretary):
    send(day, secretary, 1, MarkKind.REPORT_START, 0)
    send(day, secretary, 3, MarkKind.END, 50)
    late, _new = send(
        day, secretary, 2, MarkKind.QUESTIONS_START, 55, device="laptop",
        device_at=noon(10, hour=15), sent_at=noon(55, hour=15),
    )  # fmt: skip

    assert (late.at, late.skew, late.is_doubtful) == (noon(10), timedelta(hours=3), False)
    reading = reading_of(day, noon(59))
    assert (reading.report, reading.questions) == (600, 2400)


def test_a_device_whose_clock_went_back_is_told(day, secretary):
    for number, minute in ((1, 10), (2, 5)):
        mark, _new = send(
            day, secretary, number, MarkKind.REPORT_START, 20 + number, device="phone",
            device_at=noon(minute), sent_at=noon(minute),
        )  # fmt: skip
    elsewhere, _new = send(
        day, secretary, 3, MarkKind.REPORT_PAUSE, 30, device="laptop",
        device_at=noon(4), sent_at=noon(4),
    )  # fmt: skip

    assert (mark.is_doubtful, elsewhere.is_doubtful) == (True, False)


WRONG = [
    (MarkKind.PEOPLE, None), (MarkKind.PEOPLE, -1), (MarkKind.PEOPLE, 1_000_001),
    (MarkKind.REPORT_MINUTES, None), (MarkKind.QUESTIONS_MINUTES, 601),
    (MarkKind.REPORT_MINUTES, -1),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "value"), WRONG)
def test_numbers_have_their_bounds(day, secretary, kind, value):
    with pytest.raises(Refused):
        send(day, secretary, 1, kind, 0, value=value)

    assert DayMark.objects.count() == 0


def test_nothing_is_noted_before_the_day_or_of_a_cancelled_meeting(day, secretary):
    early = a_moment(2027, 4, 13, 23, 59)
    with pytest.raises(Refused):
        note(day, MarkKind.REPORT_START, by=secretary, uuid=UUID(NOTE.format(1)), at=early)
    Meeting.objects.update(state=MeetingState.CANCELLED)
    with pytest.raises(Refused):
        send(day, secretary, 1, MarkKind.REPORT_START, 0)


def test_an_ended_meeting_with_a_count_of_people_was_held(day, meeting, secretary):
    send(day, secretary, 1, MarkKind.QUESTIONS_START, 0)
    send(day, secretary, 2, MarkKind.END, 40)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.people) == (MeetingState.PLANNED, None)

    send(day, secretary, 3, MarkKind.PEOPLE, 41, value=74)

    meeting.refresh_from_db()
    day.refresh_from_db()
    assert (meeting.state, meeting.people) == (MeetingState.HELD, 74)
    assert (day.people, day.closed_at) == (74, noon(40))
    send(day, secretary, 4, MarkKind.REOPEN, 42)
    day.refresh_from_db()
    assert (day.closed_at, [act.verb for act in Act.objects.all()]) == (
        None, ["day.reopen", "meeting.held", "day.end", "day.open"],
    )  # fmt: skip


@pytest.mark.parametrize("role", [*Role, None])
def test_drafters_and_coordinators_run_a_meeting(meeting, world, role):
    user = make_user(role, world.first if role else None)

    if role in (Role.DRAFTER, Role.COORDINATOR):
        assert send(open_day(meeting, by=user), user, 1, MarkKind.REPORT_START, 0)[1]
    else:
        with pytest.raises(PermissionDenied):
            open_day(meeting, by=user)


def test_nobody_runs_it_from_below_or_beside(day, world):
    for unit in (world.okrug, world.second, Region("230000000", "Атырау облысы").region):
        user = make_user(Role.COORDINATOR, unit)
        for act in (
            lambda user=user: send(day, user, 1, MarkKind.REPORT_START, 0),
            lambda user=user: describe(day, {"chair": "x"}, {}, by=user, version=1),
        ):
            with pytest.raises(PermissionDenied):
                act()


def test_the_agenda_and_the_officials_are_written_whole(day, secretary):
    officials = {OfficialKind.POLICE: (2, "А. Серіков, ПБ бастығы\nБ. Омаров")}
    describe(day, {"agenda": "Баяндама\nСұрақтар", "limit_percent": 20}, officials,
             by=secretary, version=1)  # fmt: skip
    day = describe(MeetingDay.objects.get(), {"chair": "Әкім"}, {OfficialKind.COUNCIL: (1, "")},
                   by=secretary, version=2)  # fmt: skip

    assert (day.agenda, day.limit_percent, day.chair, day.version) == (
        "Баяндама\nСұрақтар", 20, "Әкім", 3,
    )  # fmt: skip
    assert [(one.kind, one.number) for one in day.officials.all()] == [("council", 1)]


def test_an_old_page_does_not_overwrite_what_is_written(day, secretary):
    describe(day, {"chair": "Әкім"}, {}, by=secretary, version=1)

    with pytest.raises(StaleEdit) as stale:
        describe(day, {"chair": "Басқа"}, {}, by=secretary, version=1)
    assert stale.value.theirs.chair == "Әкім"


def test_the_length_planned_is_known_by_both_hours(meeting):
    assert planned_length(meeting) == timedelta(hours=1)
    assert planned_length(Meeting(day=date(2027, 4, 14), starts_at=time(12))) is None


def test_a_mark_is_a_record(day, secretary):
    send(day, secretary, 1, MarkKind.REPORT_START, 0)

    for change in (
        lambda: DayMark.objects.update(kind=MarkKind.END),
        lambda: DayMark.objects.all().delete(),
    ):
        with pytest.raises(Error, match="is never changed"), transaction.atomic():
            change()
