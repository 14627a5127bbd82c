"""A reception is drafted, published, moved, cancelled, closed; everybody who booked is told."""

from datetime import date, time

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.utils import translation

from appeals.enums import BookingState as State
from appeals.enums import ReceptionState, TalkOutcome
from appeals.models import Booking
from appeals.services import booking_cleanup, reception_changes, reception_day, receptions
from meetings.enums import Role
from meetings.errors import Refused, StaleEdit
from tests.appeals.receptions import (
    DAY,
    EARLIER,
    TABLES,
    VALUES,
    Case,
    letters,
    reception_again,
    reload,
)
from tests.factories import a_moment, make_meeting, make_user

pytestmark = pytest.mark.django_db
ON_THE_DAY = a_moment(2026, 11, 26, 10, 40)


@pytest.fixture(autouse=True)
def _on_the_day():
    """Letters are sent then; what is done carries its own moment."""
    with time_machine.travel(ON_THE_DAY, tick=False), translation.override("en"):
        yield


def hours(case) -> list[str]:
    return [f"{slot.begins:%H:%M}" for slot in case.slots()]


def change(case, rooms=None, reason="Жол жабық", **values):
    version = reception_again(case).version
    return reception_changes.change(
        case.reception, values, rooms or {}, reason=reason, by=case.clerk, version=version,
        at=EARLIER,
    )  # fmt: skip


def test_a_draft_has_the_slots_of_its_pattern_and_is_seen_by_nobody_else(client):
    case = Case(published=False)

    assert hours(case) == ["10:00", "10:00", "10:30", "10:30", "11:30", "11:30"]
    assert case.reception.breaks == [["11:00", "11:30"]]
    assert client.get(f"/kk/receptions/{case.reception.uuid}/").status_code == 404


def test_drafted_anew_its_slots_are_cut_again():
    case = Case(published=False)

    receptions.redo(
        case.reception, VALUES | {"breaks": [], "slot_minutes": 60}, TABLES[:1], by=case.clerk,
        version=1, at=EARLIER,
    )  # fmt: skip

    assert hours(case) == ["10:00", "11:00"]
    assert reception_again(case).version == 2


def test_a_pattern_without_a_slot_is_refused_with_its_field_and_nothing_is_kept():
    case = Case(published=False)

    with pytest.raises(Refused) as refused:
        receptions.redo(
            case.reception, VALUES | {"slot_minutes": 200}, TABLES, by=case.clerk, version=1,
            at=EARLIER,
        )  # fmt: skip

    assert refused.value.field == "slot_minutes"
    assert len(hours(case)) == 6


def test_a_past_day_and_a_day_before_the_meeting_are_refused():
    case = Case(published=False)
    meeting = make_meeting(case.land.office(case.land.first), [case.land.okrug], "2026-11-27")

    with pytest.raises(Refused) as past:
        receptions.make(
            case.land.first, VALUES | {"day": date(2026, 11, 22)}, TABLES, by=case.clerk,
            at=EARLIER,
        )  # fmt: skip
    with pytest.raises(Refused) as before:
        receptions.make(case.land.first, VALUES, TABLES, by=case.clerk, at=EARLIER, meeting=meeting)

    assert (past.value.field, before.value.field) == ("day", "day")


def test_it_is_not_published_without_a_place_and_only_once():
    case = Case(published=False, place_kk="", place_ru="")

    with pytest.raises(Refused) as refused:
        receptions.publish(case.reception, by=case.clerk, version=1, at=EARLIER)
    assert refused.value.field == "place_kk"

    receptions.redo(case.reception, VALUES, TABLES, by=case.clerk, version=1, at=EARLIER)
    receptions.publish(case.reception, by=case.clerk, version=2, at=EARLIER)
    with pytest.raises(StaleEdit):
        receptions.publish(case.reception, by=case.clerk, version=2, at=EARLIER)
    with pytest.raises(Refused):
        receptions.publish(case.reception, by=case.clerk, version=3, at=EARLIER)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.RECEPTION}))
def test_only_the_reception_runs_receptions(role):
    case = Case()
    other = make_user(role, case.land.region)

    for act in (receptions.publish, reception_changes.close):
        with pytest.raises(PermissionDenied):
            act(case.reception, by=other, version=2, at=EARLIER)
    with pytest.raises(PermissionDenied):
        receptions.make(case.land.first, VALUES, TABLES, by=other, at=EARLIER)


def test_given_a_move_then_every_booking_goes_along_and_is_told():
    case = Case()
    one = case.enter(case.slots()[0], email="erlan@example.kz")
    other = case.enter(case.slots()[3], "Динара", phone="+7 701 000 00 01")
    letters()

    change(case, {1: "20"}, day=date(2026, 11, 27), begins=time(14))

    assert hours(case) == ["14:00", "14:00", "14:30", "14:30", "15:30", "15:30"]
    assert (reception_again(case).breaks, reception_again(case).ends) == (
        [["15:00", "15:30"]], time(16),
    )  # fmt: skip
    assert [booking.day for booking in Booking.objects.all()] == [date(2026, 11, 27)] * 2
    assert [(reload(one).state, reload(other).state)] == [(State.BOOKED, State.BOOKED)]
    assert [to for to, _subject in letters()] == ["erlan@example.kz"]
    assert all(word in mail.outbox[0].body for word in ("27 қараша", "14:00", "20", "Жол жабық"))
    assert reload(other).is_told is False


def test_earlier_hours_shift_the_slots_without_meeting_on_the_way():
    case = Case(breaks=[])

    change(case, begins=time(9, 30))

    assert hours(case)[::2] == ["09:30", "10:00", "10:30", "11:00"]


def test_given_a_second_booking_on_the_new_day_then_both_stay():
    case = Case()
    case.enter(case.slots()[0], email="erlan@example.kz")
    later = Case(case, day=date(2026, 11, 27))
    later.enter(later.slots()[0], email="erlan@example.kz")

    change(case, day=date(2026, 11, 27))

    assert list(Booking.objects.order_by("pk").values_list("state", "day")) == [
        (State.BOOKED, DAY), (State.BOOKED, date(2026, 11, 27)),
    ]  # fmt: skip


def test_a_change_needs_a_reason_and_a_difference():
    case = Case()

    with pytest.raises(Refused) as nothing:
        change(case, {1: "12"}, day=DAY)
    with pytest.raises(Refused) as silent:
        change(case, reason=" ", day=date(2026, 11, 27))
    with pytest.raises(Refused) as late:
        change(case, begins=time(23))

    assert [one.value.field for one in (nothing, silent, late)] == [None, "reason", "begins"]


def test_given_a_cancelled_reception_then_each_booking_is_kept_cancelled_and_told():
    case = Case()
    case.enter(case.slots()[0], email="erlan@example.kz")
    case.enter(case.slots()[1], "Динара")
    letters()

    reception_changes.cancel(case.reception, reason="Тасқын", by=case.clerk, version=2, at=EARLIER)

    assert set(Booking.objects.values_list("state", flat=True)) == {State.CANCELLED}
    assert [to for to, _subject in letters()] == ["erlan@example.kz"]
    assert "Тасқын" in mail.outbox[0].body
    assert Booking.objects.filter(is_told=False).count() == 1
    with pytest.raises(Refused):
        case.enter(case.slots()[2])


def test_closing_marks_who_did_not_come_and_tells_who_waited():
    case = Case()
    for slot in case.slots():
        case.enter(slot)
    waiting = case.enter(None, email="erlan@example.kz")
    heard = case.reception.bookings.first()
    reception_day.check_in(heard, by=case.clerk, version=heard.version, at=ON_THE_DAY)
    letters()

    with pytest.raises(Refused):
        reception_changes.close(case.reception, by=case.clerk, version=2, at=ON_THE_DAY)
    finish(case, heard)
    reception_changes.close(case.reception, by=case.clerk, version=2, at=ON_THE_DAY)

    found = list(Booking.objects.order_by("pk").values_list("state", flat=True))
    assert found == [State.DONE, *[State.NO_SHOW] * 5, State.LAPSED]
    assert reception_again(case).state == ReceptionState.OVER
    assert [to for to, _subject in letters()] == ["erlan@example.kz"]
    assert reload(waiting).number == 7


def finish(case, booking) -> None:
    booking = reception_day.call(
        reload(booking), by=case.clerk, version=reload(booking).version, at=ON_THE_DAY
    )
    reception_day.finish(
        booking, outcome=TalkOutcome.ANSWERED, note="", eotinish_number="", by=case.clerk,
        version=booking.version, at=ON_THE_DAY,
    )  # fmt: skip


def test_a_reception_is_not_closed_before_its_day():
    case = Case()

    with pytest.raises(Refused) as refused:
        reception_changes.close(case.reception, by=case.clerk, version=2, at=EARLIER)

    assert refused.value.message == "The day of this reception has not come yet."


def test_a_booking_on_hold_lapses_with_the_reception():
    case = Case()
    case.enter(case.slots()[0])
    Booking.objects.update(state=State.HELD, held_until=EARLIER)

    reception_changes.cancel(case.reception, reason="Тасқын", by=case.clerk, version=2, at=EARLIER)

    assert Booking.objects.get().state == State.LAPSED
    assert booking_cleanup.free_lapsed(EARLIER) == 0
