"""The front desk: who came, who is called, what it ended with; each step from each state."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from appeals.booking_steps import RULES, Deed
from appeals.enums import BookedHow, TalkOutcome
from appeals.enums import BookingState as State
from appeals.models import Booking
from appeals.selectors.queue_screen import queue_of
from appeals.services import bookings, reception_day
from meetings.enums import Role
from meetings.errors import Refused, StaleEdit
from meetings.models import Act
from tests.appeals.receptions import TABLES, Case, reception_again, reload
from tests.factories import a_moment, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def at(hour: int, minute: int = 0):
    return a_moment(2026, 11, 26, hour, minute)


def do(deed, booking, case, moment, **more) -> Booking:
    booking = reload(booking)
    return deed(booking, by=case.clerk, version=booking.version, at=moment, **more)


ANSWERED = {"outcome": TalkOutcome.ANSWERED, "note": "", "eotinish_number": ""}
DEEDS = {
    Deed.CHECK_IN: (reception_day.check_in, {}),
    Deed.CALL: (reception_day.call, {}),
    Deed.PUT_BACK: (reception_day.put_back, {}),
    Deed.NO_SHOW: (reception_day.no_show, {}),
    Deed.FINISH: (reception_day.finish, ANSWERED),
}


@pytest.mark.parametrize("state", [one for one in State if one != State.WAITING])
@pytest.mark.parametrize("deed", DEEDS)
def test_every_step_from_every_state_is_as_the_table_says(deed, state):
    case = Case()
    booking = case.enter(case.slots()[0])
    outcome = TalkOutcome.SENT_ON if state == State.DONE else ""
    Booking.objects.update(state=state, held_until=at(12), outcome=outcome)
    act, more = DEEDS[deed]

    if state in RULES[deed].sources:
        do(act, booking, case, at(10, 5), **more)
        assert reload(booking).state == RULES[deed].target
    else:
        with pytest.raises(StaleEdit):
            do(act, booking, case, at(10, 5), **more)
        assert reload(booking).state == state


def test_given_three_who_came_then_the_earliest_booked_is_called_first():
    case = Case(tables=TABLES[:1])
    slots = case.slots()
    late, early = case.enter(slots[2], "Late"), case.enter(slots[0], "Early")
    for booking in (late, early):
        do(reception_day.check_in, booking, case, at(9, 50))

    first = reception_day.call_next(case.reception, 1, by=case.clerk, at=at(10))
    with pytest.raises(Refused) as busy:
        reception_day.call_next(case.reception, 1, by=case.clerk, at=at(10, 1))
    do(reception_day.finish, first, case, at(10, 20), **ANSWERED)
    second = reception_day.call_next(case.reception, 1, by=case.clerk, at=at(10, 20))
    do(reception_day.finish, second, case, at(10, 30), **ANSWERED)

    assert (first.pk, second.pk) == (early.pk, late.pk)
    assert busy.value.message == "Number 2 is still at this table. Finish that talk first."
    assert reception_day.call_next(case.reception, 1, by=case.clerk, at=at(10, 30)) is None


def test_who_comes_late_gets_the_own_slot_or_the_next_free_one():
    case = Case(tables=TABLES[:1])
    slots = case.slots()
    late = case.enter(slots[0], "Late")
    do(reception_day.no_show, late, case, at(10, 20))
    case.enter(slots[0], "Walks in", how=BookedHow.WALK_IN, at=at(10, 21))

    again = do(reception_day.check_in, late, case, at(10, 25))

    assert (again.slot, again.state) == (slots[1], State.CAME)


def test_who_comes_late_to_a_full_day_is_told_so():
    case = Case(tables=TABLES[:1])
    late, *_rest = [case.enter(slot) for slot in case.slots()]
    do(reception_day.no_show, late, case, at(10, 20))
    case.enter(late.slot, "Walks in", how=BookedHow.WALK_IN, at=at(10, 21))

    with pytest.raises(Refused) as refused:
        do(reception_day.check_in, late, case, at(10, 25))

    assert refused.value.message == "Every time of the day is given to somebody else by now."


def test_nobody_is_checked_in_before_the_day_or_missed_before_the_hour():
    case = Case()
    booking = case.enter(case.slots()[0])

    with pytest.raises(Refused):
        do(reception_day.check_in, booking, case, a_moment(2026, 11, 25))
    with pytest.raises(Refused):
        do(reception_day.no_show, booking, case, at(9, 59))


def test_sent_on_needs_to_whom_and_an_outcome_can_be_put_right():
    case = Case()
    booking = case.enter(case.slots()[0])
    do(reception_day.check_in, booking, case, at(10))
    do(reception_day.call, booking, case, at(10))
    sent_on = ANSWERED | {"outcome": TalkOutcome.SENT_ON}

    with pytest.raises(Refused) as refused:
        do(reception_day.finish, booking, case, at(10, 15), **sent_on)
    do(reception_day.finish, booking, case, at(10, 15), **ANSWERED)
    sent_on |= {"note": "Жол басқармасы", "eotinish_number": "ЖТ-2026-1"}
    do(reception_day.finish, booking, case, at(11), **sent_on)

    now = reload(booking)
    assert refused.value.field == "note"
    assert (now.outcome, now.note, now.eotinish_number, now.done_at) == (
        TalkOutcome.SENT_ON, "Жол басқармасы", "ЖТ-2026-1", at(10, 15),
    )  # fmt: skip


def test_a_stale_step_is_refused():
    case = Case()
    booking = case.enter(case.slots()[0])
    do(reception_day.check_in, booking, case, at(10))

    with pytest.raises(StaleEdit):
        reception_day.check_in(booking, by=case.clerk, version=booking.version, at=at(10))


@pytest.mark.parametrize("role", [Role.COMMISSION, Role.COORDINATOR, Role.OBSERVER])
def test_other_roles_do_not_run_the_day(role):
    case = Case()
    booking = case.enter(case.slots()[0])
    case.clerk = make_user(role, case.land.first)

    for deed, more in DEEDS.values():
        with pytest.raises(PermissionDenied):
            do(deed, booking, case, at(10), **more)
    with pytest.raises(PermissionDenied):
        reception_day.call_next(case.reception, 1, by=case.clerk, at=at(10))


def test_the_log_of_acts_tells_the_steps_and_nobody_by_name():
    case = Case()
    booking = case.enter(case.slots()[0], "Ерлан", email="erlan@example.kz")
    do(reception_day.check_in, booking, case, at(10))

    acts = Act.objects.filter(subject=f"booking:{booking.uuid}").order_by("pk")
    assert [act.verb for act in acts] == ["booking.enter", "booking.check_in"]
    assert "Ерлан" not in repr(list(Act.objects.values()))


def test_the_screen_shows_numbers_and_times_from_the_real_pace():
    case = Case(tables=TABLES[:1], breaks=[])
    slots = case.slots()
    people = [case.enter(slot, f"Адам {number}") for number, slot in enumerate(slots)]
    for booking in people[:3]:
        do(reception_day.check_in, booking, case, at(9, 50))
    first = do(reception_day.call, people[0], case, at(10))
    do(reception_day.finish, first, case, at(10, 50), **ANSWERED)
    do(reception_day.call, people[1], case, at(10, 50))

    [table] = queue_of(reception_again(case), at(11))

    assert (table.now, table.pace, table.talks) == ([2], 40, 1)
    turns = [(turn.number, turn.is_here, turn.expected) for turn in table.turns]
    assert turns == [(3, True, at(11, 30)), (4, False, at(12, 10))]


def test_the_screen_costs_the_same_with_few_and_with_many(django_assert_num_queries):
    case = Case(tables=TABLES, slot_minutes=5, breaks=[])
    slots = case.slots()
    for number, wanted in ((1, slots[:1]), (40, slots[1:40])):
        for slot in wanted:
            case.enter(slot, f"Адам {number}")
        reception = reception_again(case)
        with django_assert_num_queries(3):
            queue_of(reception, at(9))


def test_news_told_by_phone_is_marked():
    case = Case()
    taken = [case.enter(slot) for slot in case.slots()]
    waiting = case.enter(None, phone="+7 701 000 00 03")
    bookings.cancel(taken[0], at=at(10) - timedelta(days=1))

    do(reception_day.mark_told, waiting, case, at(9))

    assert reload(waiting).is_told is True
