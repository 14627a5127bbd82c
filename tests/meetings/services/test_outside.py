"""Meetings outside the calendar: called, refused, counted, moved and cancelled like any other."""

from datetime import date, time

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.translation import override

from meetings.enums import MeetingState, Role, UnitKind
from meetings.errors import Refused
from meetings.models import Act, Calendar, FeedVersion, Meeting, MeetingEntry
from meetings.selectors.duties import findings_of_calendar
from meetings.services.meetings import cancel_urgently, move_urgently, record_held
from meetings.services.outside import call_meeting
from tests.factories import Region, a_moment, make_meeting, make_unit, make_user

pytestmark = pytest.mark.django_db
NOW = a_moment(2027, 4, 1)
DAY = date(2027, 4, 14)
PLACE = {"starts_at": time(15), "place_kk": "Клуб"}


@pytest.fixture
def world():
    return Region()


@pytest.fixture
def coordinator(world):
    return make_user(Role.COORDINATOR, world.region)


def call(world, by, **given) -> Meeting:
    targets = given.pop("targets", [world.okrug])
    host = given.pop("host", world.office(world.first))
    given = {"day": DAY, "reason": "Су тасқыны", "at": NOW, **given}
    return call_meeting(host, targets, given.pop("day"), by=by, **given)


def test_a_called_meeting_is_public_at_once(world, coordinator):
    meeting = call(world, coordinator, **PLACE, topics=["floods"])

    meeting.refresh_from_db()
    assert (
        meeting.day, meeting.planned_day, meeting.region, meeting.calendar, meeting.is_outside,
        meeting.state, meeting.why_outside, meeting.reason, meeting.published_at,
    ) == (
        DAY, DAY, world.region, None, True, MeetingState.ANNOUNCED, "Су тасқыны", "", NOW,
    )  # fmt: skip
    assert list(meeting.targets.all()) == [world.okrug]
    assert MeetingEntry.objects.filter(meeting=meeting).count() == 3
    assert FeedVersion.objects.get(unit=world.region).version == 1
    act = Act.objects.get()
    assert (act.verb, act.subject, act.region) == (
        "meeting.called", f"meeting:{meeting.uuid}", world.region,
    )  # fmt: skip


@pytest.mark.parametrize(
    "known", [{}, {"starts_at": time(15)}, {"place_kk": "Клуб"}, {"place_ru": "Клуб"}]
)
def test_without_its_hour_and_place_it_is_announced_later(world, coordinator, known):
    assert call(world, coordinator, **known).state == MeetingState.PLANNED


def test_a_stream_is_a_place(world, coordinator):
    given = {"starts_at": time(15), "stream_url": "https://example.kz/live"}

    assert call(world, coordinator, **given).state == MeetingState.ANNOUNCED


REFUSED = [
    ({"reason": "  "}, "reason"),
    ({"reason": "a" * 1001}, "reason"),
    ({"day": date(2027, 3, 31)}, "day"),
    ({"day": date(2028, 4, 2)}, "day"),
    ({"ends_at": time(15)}, "starts_at"),
    ({"starts_at": time(15), "ends_at": time(15)}, "ends_at"),
    ({"targets": []}, "targets"),
    ({"latitude": 50}, "longitude"),
]


@pytest.mark.parametrize(("given", "field"), REFUSED)
def test_what_cannot_be_is_refused(world, coordinator, given, field):
    with pytest.raises(Refused) as refused:
        call(world, coordinator, **given)

    assert refused.value.field == field
    assert Meeting.objects.count() == 0


def test_places_beyond_the_akims_territory_are_refused(world, coordinator):
    place = make_unit(UnitKind.PLACE, "Разъезд", parent=world.okrug)
    for unit in (world.second, Region("230000000", "Атырау облысы").first, place):
        with pytest.raises(Refused) as refused:
            call(world, coordinator, targets=[world.okrug, unit])
        assert refused.value.field == "targets"


def test_the_same_form_sent_twice_makes_one_meeting(world, coordinator):
    call(world, coordinator, **PLACE)

    with override("en"), pytest.raises(Refused, match="already has a meeting"):
        call(world, coordinator, **PLACE)

    assert Meeting.objects.count() == 1


def test_an_akim_is_not_in_two_places_at_one_hour(world, coordinator):
    make_meeting(world.office(world.first), [world.villages[0]], DAY, starts_at=time(15))

    with pytest.raises(Refused) as refused:
        call(world, coordinator, **PLACE)
    assert refused.value.field == "starts_at"


@pytest.mark.parametrize("role", [*Role, None])
def test_drafters_and_coordinators_call(world, role):
    user = make_user(role, world.first if role else None)

    if role in (Role.DRAFTER, Role.COORDINATOR):
        assert call(world, user).is_outside
    else:
        with pytest.raises(PermissionDenied):
            call(world, user)


def test_nobody_calls_from_below_or_beside(world):
    for unit in (world.okrug, world.second, Region("230000000", "Атырау облысы").region):
        with pytest.raises(PermissionDenied):
            call(world, make_user(Role.COORDINATOR, unit))


def test_it_counts_for_held_and_not_for_planned(world, coordinator):
    meeting = call(world, coordinator, **PLACE)
    calendar = Calendar.objects.create(region=world.region, year=2027)

    def figures():
        found = findings_of_calendar(calendar, hosts={world.first.pk})
        one = next(f for f in found if f.target == world.okrug.pk and f.window.first.month == 1)
        return one.planned, one.held

    before = figures()
    record_held(meeting, people=40, by=coordinator, version=1, at=a_moment(2027, 4, 14, 18))

    assert (before, figures()) == ((0, 0), (0, 1))


def test_it_moves_and_is_cancelled_without_the_maslikhat(world, coordinator):
    meeting = call(world, coordinator, **PLACE)

    moved = move_urgently(
        meeting, {"day": date(2028, 1, 12)}, reason="Аяз", by=coordinator, version=1, at=NOW
    )
    assert (moved.state, moved.is_awaiting) == (MeetingState.MOVED, False)
    gone = cancel_urgently(moved, reason="Дауыл", by=coordinator, version=2, at=NOW)

    assert (gone.state, gone.is_awaiting, gone.why_outside) == (
        MeetingState.CANCELLED, False, "Су тасқыны",
    )  # fmt: skip
    assert [(one.kind, one.reason, one.is_urgent) for one in gone.changes.all()] == [
        ("cancelled", "Дауыл", False), ("moved", "Аяз", False),
    ]  # fmt: skip


def test_only_what_is_listed_is_taken(world, coordinator):
    with pytest.raises(ValueError, match="people"):
        call(world, coordinator, people=5)
