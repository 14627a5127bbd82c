"""What happens to a published meeting: announced, moved, cancelled, held, confirmed."""

from datetime import date, time

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.translation import override

from meetings.enums import MeetingState, Role
from meetings.errors import Refused, StaleEdit
from meetings.models import Act, FeedVersion, Meeting, MeetingEntry
from meetings.services.meetings import (
    announce,
    cancel_urgently,
    confirm_change,
    move_urgently,
    record_held,
)
from tests.approvals import Decided, approve
from tests.factories import Region, a_moment, make_meeting, make_user

pytestmark = pytest.mark.django_db
NOW = a_moment(2027, 4, 1)


@pytest.fixture
def case():
    case = Decided()
    approve(case)
    case.meeting = Meeting.objects.get(day=date(2027, 4, 14))
    return case


ACTS = {  # each act as it is done soundly, and the role that does it
    "announce": (Role.DRAFTER, lambda m, **more: announce(
        m, {"starts_at": time(15), "place_kk": "Мектеп"}, **more)),
    "move": (Role.COORDINATOR, lambda m, **more: move_urgently(
        m, {"day": date(2027, 4, 20)}, reason="Flood", **more)),
    "cancel": (Role.COORDINATOR, lambda m, **more: cancel_urgently(m, reason="Flood", **more)),
    "held": (Role.DRAFTER, lambda m, **more: record_held(
        m, people=74, **(more | {"at": a_moment(2027, 4, 14, 18)}))),
}  # fmt: skip


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("role", [*Role, None])
def test_each_act_is_for_its_roles(case, act, role):
    needed, do = ACTS[act]
    user = make_user(role, case.place.region if role else None)
    allowed = {needed, Role.COORDINATOR}

    if role in allowed:
        assert do(case.meeting, by=user, version=1, at=NOW).version == 2
    else:
        with pytest.raises(PermissionDenied):
            do(case.meeting, by=user, version=1, at=NOW)


@pytest.mark.parametrize("act", ACTS)
def test_no_act_reaches_another_territory_or_from_below(case, act):
    needed, do = ACTS[act]
    for unit in (Region("230000000", "Атырау облысы").region, case.place.first):
        with pytest.raises(PermissionDenied):
            do(case.meeting, by=make_user(needed, unit), version=1, at=NOW)


@pytest.mark.parametrize("act", ACTS)
def test_an_old_page_is_told(case, act):
    _role, do = ACTS[act]
    announce(case.meeting, {"starts_at": time(10), "place_kk": "Клуб"}, by=case.coordinator,
             version=1, at=NOW)  # fmt: skip

    with pytest.raises(StaleEdit) as stale:
        do(case.meeting, by=case.coordinator, version=1, at=NOW)
    assert stale.value.theirs.starts_at == time(10)


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("over", [MeetingState.CANCELLED, MeetingState.HELD])
def test_what_is_over_does_not_change(case, act, over):
    if over == MeetingState.HELD and act == "held":
        return  # the count is put right: below
    Meeting.objects.update(state=over, people=5)

    with override("en"), pytest.raises(Refused, match="over or cancelled"):
        ACTS[act][1](case.meeting, by=case.coordinator, version=1, at=NOW)


def test_an_announced_meeting_has_its_hour_and_place_and_a_new_entry(case):
    before = MeetingEntry.objects.get(meeting=case.meeting, language="kk").text
    feed = FeedVersion.objects.get(unit=case.place.region).version

    meeting = announce(
        case.meeting, {"starts_at": time(15), "ends_at": time(17), "place_kk": "Мәдениет үйі"},
        by=case.coordinator, version=1, at=NOW,
    )  # fmt: skip

    meeting.refresh_from_db()
    assert (meeting.state, meeting.starts_at, meeting.sequence, meeting.changed_at) == (
        MeetingState.ANNOUNCED, time(15), 1, NOW,
    )  # fmt: skip
    assert meeting.is_awaiting is False
    change = meeting.changes.get()
    assert change.was == {
        "starts_at": None, "ends_at": None, "place_kk": "", "state": "planned",
    }  # fmt: skip
    assert change.now == {
        "starts_at": "15:00", "ends_at": "17:00", "place_kk": "Мәдениет үйі", "state": "announced",
    }  # fmt: skip
    assert MeetingEntry.objects.get(meeting=meeting, language="kk").text != before
    assert FeedVersion.objects.get(unit=case.place.region).version > feed
    assert Act.objects.first().verb == "meeting.announced"


def test_a_moved_meeting_is_public_at_once_and_waits_for_the_maslikhat(case):
    meeting = move_urgently(
        case.meeting, {"day": date(2027, 4, 20), "starts_at": time(16)}, reason=" Құрбан айт ",
        by=case.coordinator, version=1, at=NOW,
    )  # fmt: skip

    meeting.refresh_from_db()
    assert (meeting.day, meeting.planned_day, meeting.state, meeting.is_awaiting) == (
        date(2027, 4, 20), date(2027, 4, 14), MeetingState.MOVED, True,
    )  # fmt: skip
    change = meeting.changes.get()
    assert (change.was["day"], change.now["day"], change.reason, change.is_urgent) == (
        "2027-04-14", "2027-04-20", "Құрбан айт", True,
    )  # fmt: skip
    assert "20270420" in MeetingEntry.objects.get(meeting=meeting, language="ru").text
    # What was approved stays as it was.
    assert case.reload().lines.filter(uuid=meeting.uuid, day=date(2027, 4, 14)).exists()

    announced = announce(meeting, {"place_kk": "Мектеп"}, by=case.coordinator, version=2, at=NOW)
    assert (announced.state, announced.is_awaiting) == (MeetingState.MOVED, True)


BAD_MOVES = [  # what is sent, the reason, the field it is about
    ({"day": date(2028, 1, 10)}, "Flood", "day"),  # the calendar's year
    ({"day": date(2027, 3, 31)}, "Flood", "day"),  # yesterday
    ({"day": date(2027, 4, 20)}, "  ", "reason"),
    ({"day": date(2027, 4, 20)}, "a" * 1001, "reason"),
    ({"day": date(2027, 4, 14)}, "Flood", None),  # nothing moves
    ({}, "Flood", None),
    ({"starts_at": time(15), "ends_at": time(14)}, "Flood", "ends_at"),
    ({"ends_at": time(14)}, "Flood", "starts_at"),
    ({"day": date(2027, 5, 3), "starts_at": time(11)}, "Flood", "starts_at"),  # he is elsewhere
]


@pytest.mark.parametrize(("values", "reason", "field"), BAD_MOVES)
def test_a_move_that_cannot_be_is_refused(case, values, reason, field):
    office = case.place.office(case.place.region)
    make_meeting(
        office, [case.place.second], "2027-05-03", calendar=case.calendar, starts_at=time(10),
        ends_at=time(12),
    )  # fmt: skip

    with pytest.raises(Refused) as refused:
        move_urgently(case.meeting, values, reason=reason, by=case.coordinator, version=1, at=NOW)

    assert refused.value.field == field
    case.meeting.refresh_from_db()
    assert (case.meeting.version, case.meeting.state) == (1, MeetingState.PLANNED)


def test_only_what_is_listed_can_be_changed(case):
    with pytest.raises(ValueError, match="host_id"):
        move_urgently(
            case.meeting, {"host_id": 1}, reason="Flood", by=case.coordinator, version=1, at=NOW
        )


def test_a_cancelled_meeting_stays_in_sight(case):
    cancel_urgently(case.meeting, reason="Flood", by=case.coordinator, version=1, at=NOW)

    case.meeting.refresh_from_db()
    assert (case.meeting.state, case.meeting.reason, case.meeting.is_awaiting) == (
        MeetingState.CANCELLED, "Flood", True,
    )  # fmt: skip
    assert "CANCELLED" in MeetingEntry.objects.get(meeting=case.meeting, language="en").text


HELD = [  # the moment, people, the field it is refused for
    (a_moment(2027, 4, 13, 23, 59), 10, "people"),
    (a_moment(2027, 4, 14, 0, 0), 10, None),
    (a_moment(2027, 12, 31), 0, None),
    (a_moment(2027, 4, 14), -1, "people"),
    (a_moment(2027, 4, 14), 1_000_001, "people"),
]


@pytest.mark.parametrize(("at", "people", "field"), HELD)
def test_a_meeting_is_held_on_its_day_or_later(case, at, people, field):
    if field is None:
        meeting = record_held(case.meeting, people=people, by=case.coordinator, version=1, at=at)
        assert (meeting.state, meeting.people) == (MeetingState.HELD, people)
        return
    with pytest.raises(Refused) as refused:
        record_held(case.meeting, people=people, by=case.coordinator, version=1, at=at)
    assert refused.value.field == field


def test_a_wrong_count_is_put_right_and_both_stay_in_the_history(case):
    at = a_moment(2027, 4, 15)
    record_held(case.meeting, people=40, by=case.coordinator, version=1, at=at)
    record_held(case.meeting, people=43, by=case.coordinator, version=2, at=at)
    same = record_held(case.meeting, people=43, by=case.coordinator, version=3, at=at)

    assert (same.people, same.sequence) == (43, 2)
    assert [(c.was["people"], c.now["people"]) for c in same.changes.order_by("pk")] == [
        (None, 40), (40, 43),
    ]  # fmt: skip


def test_the_chair_confirms_each_urgent_change_and_the_mark_goes_with_the_last(case):
    moved = move_urgently(
        case.meeting, {"day": date(2027, 4, 20)}, reason="Flood", by=case.coordinator, version=1,
        at=NOW,
    )  # fmt: skip
    moved = move_urgently(
        moved, {"day": date(2027, 4, 22)}, reason="Flood", by=case.coordinator, version=2, at=NOW
    )
    second, first = moved.changes.all()
    paper = {"number": "9-1", "on": date(2027, 4, 2), "at": a_moment(2027, 4, 2)}

    meeting = confirm_change(first, by=case.chair, version=3, **paper)
    assert meeting.is_awaiting is True
    meeting = confirm_change(second, by=case.chair, version=4, **paper)

    assert (meeting.is_awaiting, meeting.state) == (False, MeetingState.MOVED)
    first.refresh_from_db()
    assert (first.confirmed_by, first.decision_number, first.decision_on) == (
        case.chair, "9-1", date(2027, 4, 2),
    )  # fmt: skip
    with pytest.raises(StaleEdit):
        confirm_change(first, by=case.chair, version=5, **paper)


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"number": ""}, "act_number"),
        ({"on": None}, "act_on"),
        ({"on": date(2027, 3, 31)}, "act_on"),  # before the change was made
        ({"on": date(2027, 4, 3)}, "act_on"),  # tomorrow
    ],
)
def test_a_confirmation_needs_a_decision(case, sent, field):
    cancel_urgently(case.meeting, reason="Flood", by=case.coordinator, version=1, at=NOW)
    paper = {"number": "9-1", "on": date(2027, 4, 2), "at": a_moment(2027, 4, 2)} | sent

    with pytest.raises(Refused) as refused:
        confirm_change(case.meeting.changes.get(), by=case.chair, version=2, **paper)
    assert refused.value.field == field


@pytest.mark.parametrize("role", [*Role, None])
def test_only_the_chair_of_the_region_confirms(case, role):
    cancel_urgently(case.meeting, reason="Flood", by=case.coordinator, version=1, at=NOW)
    paper = {"number": "9-1", "on": date(2027, 4, 2), "at": a_moment(2027, 4, 2), "version": 2}
    change = case.meeting.changes.get()
    foreign = make_user(Role.CHAIR, Region("230000000", "Атырау облысы").region)
    local = make_user(Role.CHAIR, case.place.first)
    user = make_user(role, case.place.region if role else None)

    for nobody in (foreign, local):
        with pytest.raises(PermissionDenied):
            confirm_change(change, by=nobody, **paper)
    if role == Role.CHAIR:
        assert confirm_change(change, by=user, **paper).is_awaiting is False
    else:
        with pytest.raises(PermissionDenied):
            confirm_change(change, by=user, **paper)
