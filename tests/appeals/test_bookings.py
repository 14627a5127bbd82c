"""A slot is held, confirmed, cancelled, handed on; nobody gets two, nobody is told of others."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import translation

from appeals import tasks
from appeals.enums import BookedHow
from appeals.enums import BookingState as State
from appeals.models import Booking, Person
from appeals.services import booking_cleanup, bookings, codes
from meetings.enums import Role
from meetings.errors import Refused
from tests.appeals.receptions import EARLIER, Case, letters, reload, sent_digits, typed
from tests.factories import a_moment, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    moment = datetime(2026, 11, 23, 7, tzinfo=UTC)
    with time_machine.travel(moment, tick=False) as clock, translation.override("en"):
        yield clock


def states(case) -> list[tuple[int | None, str, str]]:
    rows = case.reception.bookings.select_related("slot").order_by("pk")
    return [(row.number, row.state, f"{row.slot.begins:%H:%M}" if row.slot else "") for row in rows]


def fill(case) -> list[Booking]:
    return [case.enter(slot, f"Адам {number}") for number, slot in enumerate(case.slots())]


def test_given_a_free_slot_then_the_code_books_it_and_a_letter_tells_where(mailoutbox):
    case = Case()

    booking = case.booked(case.slots()[1])

    assert states(case) == [(1, State.BOOKED, "10:00")]
    assert letters() == [("erlan@example.kz", mailoutbox[-1].subject)]
    body = mailoutbox[-1].body
    assert bookings.page_of(booking).replace("/en/", "/kk/") in body
    assert all(word in body for word in ("2026 жылғы 26 қараша", "10:00", "Мәдениет үйі", "14"))


def test_a_held_slot_is_nobody_elses_while_the_code_is_fresh(clock):
    case = Case()
    slot = case.slots()[0]
    case.ask(slot)

    with pytest.raises(bookings.SlotGone):
        case.ask(slot, "dinara@example.kz")
    clock.shift(timedelta(minutes=31))
    second = case.booked(slot, "dinara@example.kz")

    assert states(case) == [(None, State.LAPSED, "10:00"), (1, State.BOOKED, "10:00")]
    assert reload(second).slot == slot


def test_a_late_code_still_books_the_slot_that_nobody_took(clock):
    case = Case()
    code = case.ask(case.slots()[0])
    clock.shift(timedelta(minutes=29))
    fresh = codes.again(code, visitor="10.0.0.1")
    clock.shift(timedelta(minutes=10))
    assert booking_cleanup.free_lapsed() == 1

    typed(fresh)

    assert states(case) == [(1, State.BOOKED, "10:00")]


def test_a_late_code_for_a_slot_that_was_taken_leads_into_the_waiting_list(clock):
    case = Case()
    slot = case.slots()[0]
    code = case.ask(slot)
    clock.shift(timedelta(minutes=29))
    fresh = codes.again(code, visitor="10.0.0.1")
    clock.shift(timedelta(minutes=10))
    case.booked(slot, "dinara@example.kz")

    typed(fresh)

    assert states(case) == [(2, State.WAITING, ""), (1, State.BOOKED, "10:00")]


def test_one_booking_a_person_and_day_and_only_the_owner_learns_of_it():
    case = Case()
    first = case.booked(case.slots()[0])

    second = case.ask(case.slots()[1], "ERLAN@example.kz ")
    led_to = typed(second)

    assert led_to == f"{bookings.page_of(first)}?already=1"
    assert states(case) == [(1, State.BOOKED, "10:00"), (None, State.LAPSED, "10:00")]


def test_the_database_itself_refuses_a_second_booking_of_a_slot_and_of_a_day():
    case = Case()
    one, other = case.slots()[:2]
    first = case.enter(one, phone="+7 701 000 00 01")
    second = case.enter(other, phone="+7 701 000 00 02")

    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.filter(pk=second.pk).update(slot=one)
    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.filter(pk=second.pk).update(mark=first.mark)


def test_one_phone_is_one_person_however_it_is_written():
    case = Case()
    case.enter(case.slots()[0], phone="8 (701) 123-45-67")

    with pytest.raises(Refused) as refused:
        case.enter(case.slots()[1], phone="+7 701 1234567")

    assert refused.value.message == ("This person has a booking for that day already: number 1.")


def test_given_a_full_reception_then_the_first_who_waits_moves_up_with_a_letter():
    case = Case()
    taken = fill(case)
    case.booked(None, "first@example.kz")
    case.booked(None, "second@example.kz")
    letters()

    bookings.cancel(taken[2])

    assert states(case)[-2:] == [(7, State.BOOKED, "10:30"), (8, State.WAITING, "")]
    assert [to for to, _subject in letters()] == ["first@example.kz"]


def test_a_hold_that_ran_out_is_handed_to_who_waits(clock):
    case = Case()
    for number, slot in enumerate(case.slots()[1:]):
        case.enter(slot, f"Адам {number}")
    case.ask(case.slots()[0])
    case.booked(None, "first@example.kz")
    clock.shift(timedelta(minutes=31))

    assert booking_cleanup.free_lapsed() == 1
    assert states(case)[-2:] == [(None, State.LAPSED, "10:00"), (6, State.BOOKED, "10:00")]


def test_nobody_is_moved_up_in_a_hurry(clock):
    case = Case()
    taken = fill(case)
    case.booked(None, "first@example.kz")

    bookings.cancel(taken[0], at=a_moment(2026, 11, 26, 8, 1))
    bookings.cancel(taken[2], at=a_moment(2026, 11, 26, 8, 1))

    assert states(case)[-1] == (7, State.BOOKED, "10:30")
    assert states(case)[0] == (1, State.CANCELLED, "10:00")


def test_one_waits_only_when_nothing_is_free():
    case = Case()

    with pytest.raises(Refused) as refused:
        case.ask(None)

    assert refused.value.message == "There are free times: choose one of them."


def test_who_waits_may_take_a_time_that_is_free_and_no_other(clock):
    case = Case()
    taken = fill(case)
    waiting = case.booked(None, "first@example.kz")
    at = a_moment(2026, 11, 26, 9)
    bookings.cancel(taken[0], at=at)

    with pytest.raises(bookings.SlotGone):
        bookings.take(waiting, taken[1].slot, at=at)
    bookings.take(waiting, taken[0].slot, at=at)

    assert states(case)[-1] == (7, State.BOOKED, "10:00")
    with pytest.raises(Refused):
        bookings.take(reload(waiting), taken[0].slot, at=at)


def test_a_slot_for_walk_ins_is_given_only_to_those_who_are_here():
    case = Case(walk_in_share=100)
    slot = case.slots()[0]
    on_the_day = a_moment(2026, 11, 26, 10, 5)

    with pytest.raises(bookings.SlotGone):
        case.ask(slot)
    with pytest.raises(bookings.SlotGone):
        case.enter(slot)
    with pytest.raises(Refused):
        case.enter(slot, how=BookedHow.WALK_IN)
    case.enter(slot, how=BookedHow.WALK_IN, at=on_the_day)

    assert states(case) == [(1, State.CAME, "10:00")]


@pytest.mark.parametrize("moment", [a_moment(2026, 11, 26, 10), a_moment(2026, 11, 27)])
def test_a_past_slot_or_day_is_not_booked(clock, moment):
    case = Case()
    clock.move_to(moment)

    with pytest.raises(Refused):
        case.ask(case.slots()[0])

    assert states(case) == []


def test_a_booking_that_has_not_opened_is_refused():
    case = Case(opens_at=a_moment(2026, 11, 24))

    with pytest.raises(Refused) as refused:
        case.ask(case.slots()[0])

    assert refused.value.message == "The booking is not open yet. Come back when it opens."


def test_one_network_address_does_not_hold_the_whole_day():
    case = Case()
    for number, slot in enumerate(case.slots()[: bookings.HOLDS_FROM_VISITOR]):
        case.ask(slot, f"p{number}@example.kz")

    with pytest.raises(codes.TooMany):
        case.ask(case.slots()[-1], "last@example.kz")
    case.ask(case.slots()[-1], "last@example.kz", visitor="10.0.0.2")


def test_what_is_refused_leaves_no_person_behind():
    case = Case()
    case.ask(case.slots()[0])

    with pytest.raises(bookings.SlotGone):
        case.ask(case.slots()[0], "dinara@example.kz")

    assert Person.objects.count() == 1


def test_names_and_contacts_are_sealed_and_the_link_is_not_to_be_read_from_the_row():
    case = Case()
    booking = case.booked(case.slots()[0])

    row = repr(list(Booking.objects.values())) + repr(list(Person.objects.values()))
    token = bookings.page_of(booking).rstrip("/").rpartition("/")[2]
    assert [word for word in ("Ерлан", "erlan@example.kz", token) if word in row] == []


def test_staff_of_another_territory_book_and_cancel_nothing():
    case = Case()
    booking = case.enter(case.slots()[0])
    stranger = make_user(Role.RECEPTION, case.land.second)

    with pytest.raises(PermissionDenied):
        bookings.cancel(booking, by=stranger)
    case.clerk = stranger
    with pytest.raises(PermissionDenied):
        case.enter(case.slots()[1])


def test_a_code_works_once_and_leads_back_to_the_booking():
    case = Case()
    code = case.ask(case.slots()[0])
    digits = sent_digits(code)
    codes.use(code.uuid, digits)

    with pytest.raises(codes.Gone):
        codes.use(code.uuid, digits)


def test_a_cancelled_booking_is_not_cancelled_again_and_its_slot_is_free():
    case = Case()
    booking = case.booked(case.slots()[0])
    bookings.cancel(booking)

    with pytest.raises(Refused):
        bookings.cancel(booking)
    case.booked(case.slots()[0])

    assert states(case) == [(1, State.CANCELLED, "10:00"), (2, State.BOOKED, "10:00")]


def test_news_for_somebody_without_an_address_waits_to_be_told_by_phone():
    case = Case()
    taken = fill(case)
    waiting = case.enter(None, "Күтуші", phone="+7 701 000 00 03")

    bookings.cancel(taken[0], at=EARLIER)

    assert (reload(waiting).state, reload(waiting).is_told) == (State.BOOKED, False)


def test_the_worker_frees_what_was_not_confirmed_and_later_forgets_the_person(clock):
    case = Case()
    case.ask(case.slots()[0])
    kept = case.booked(case.slots()[1], "dinara@example.kz")

    clock.shift(timedelta(minutes=31))
    tasks.free_times_that_were_not_confirmed.call_local()
    assert states(case)[0] == (None, State.LAPSED, "10:00")
    clock.shift(timedelta(days=2))
    booking_cleanup.forget_unconfirmed()

    assert list(Booking.objects.all()) == [kept]
    assert list(Person.objects.all()) == [kept.person]
