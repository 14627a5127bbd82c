"""The desk of receptions: planned, published, run on its day, ended; what is refused and why."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from appeals.enums import BookingState as State
from appeals.enums import ReceptionState
from appeals.models import Booking, PersonalRead, Question, Reception
from appeals.services import bookings, reception_changes
from meetings.enums import Role
from meetings.models import Act
from tests.appeals.receptions import Case, letters, reload
from tests.factories import make_user

pytestmark = pytest.mark.django_db
# The day of the reception of tests/appeals/receptions.py, at 9:50 in Almaty.
NOW = datetime(2026, 11, 26, 4, 50, tzinfo=UTC)
PLAN = {
    "day": "27.11.2026", "begins": "10:00", "ends": "13:00", "slot_minutes": "30",
    "breaks": "11:00–11:30, 12.00-12.30", "walk_in_share": "50", "place_kk": "Мәдениет үйі",
    "rows": ["2", "1"], "t1_room": "12", "t1_o1_kind": "executive", "t1_o1_name": "Болат Жайықов",
    "t1_o2_kind": "prosecutor", "t1_o2_name": "", "t2_room": "14", "t2_o1_kind": "police",
    "t2_o1_name": "Асқар Өзенов", "t2_o1_post_ru": "начальник",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _on_the_day():
    with time_machine.travel(NOW, tick=False):
        yield


def signed_in(user) -> Client:
    client = Client(headers={"accept-language": "ru"})
    client.force_login(user)
    return client


@pytest.fixture
def case():
    return Case()


@pytest.fixture
def desk(case):
    return signed_in(case.clerk)


def url(name: str, *args) -> str:
    return reverse(name, args=[getattr(one, "uuid", one) for one in args])


def do(client, booking: Booking, deed: str, **more):
    booking = reload(booking)
    where = url("desk_booking_act", booking.reception, booking, deed)
    return client.post(where, {"version": booking.version} | more)


def test_a_reception_is_planned_published_changed_and_cancelled(case, desk):
    where = reverse("desk_reception_new")
    assert "Бәйтерек ауданы" in desk.get(where).content.decode()
    place = f"{where}?unit={case.land.first.kato}"
    assert desk.get(place).status_code == 200

    answer = desk.post(place, PLAN)
    made = Reception.objects.get(state=ReceptionState.DRAFT)
    assert answer["Location"] == url("desk_reception", made)
    seats = [
        (table.room, [(one.kind, one.name, one.post_ru) for one in table.officials.all()])
        for table in made.tables.all()
    ]
    assert seats == [
        ("12", [("executive", "Болат Жайықов", "")]),
        ("14", [("police", "Асқар Өзенов", "начальник")]),
    ]
    assert made.breaks == [["11:00", "11:30"], ["12:00", "12:30"]]
    assert (made.slots.count(), made.slots.filter(is_walk_in=True).count()) == (8, 4)

    edit = url("desk_reception_edit", made)
    assert "Асқар Өзенов" in desk.get(edit).content.decode()
    desk.post(edit, PLAN | {"version": 1, "slot_minutes": "15"})
    assert desk.post(edit, PLAN | {"version": 1}).status_code == 409
    assert reload(made).slots.count() == 16

    desk.post(url("desk_reception_act", made, "publish"), {"version": 2})
    assert desk.get(url("reception", made)).status_code == 200
    booked = bookings.enter(
        reload(made), made.slots.filter(is_walk_in=False).first(),
        {"name": "Айгүл", "email": "aigul@example.kz"}, subject="Су", how="phone", language="kk",
        by=case.clerk,
    )  # fmt: skip
    letters()
    change = url("desk_reception_act", made, "change")
    moved = {
        "version": 3, "day": "28.11.2026", "begins": "11:00", "place_kk": "Мектеп", "room_1": "12",
        "room_2": "3", "reason": "Боран",
    }  # fmt: skip
    assert desk.post(change, moved | {"reason": ""}).status_code == 422
    assert desk.post(change, moved | {"version": 2}).status_code == 409
    assert desk.post(change, moved).status_code == 302
    assert [(f"{one.day}", one.place_kk) for one in [reload(made)]] == [("2026-11-28", "Мектеп")]
    assert [to for to, _subject in letters()] == ["aigul@example.kz"]

    page = desk.get(url("desk_reception", made)).content.decode()
    assert "Боран" in page
    cancel = url("desk_reception_act", made, "cancel")
    assert desk.post(cancel, {"version": 4, "reason": "Су тасқыны"}).status_code == 302
    assert reload(made).state == ReceptionState.CANCELLED
    assert reload(booked).state == State.CANCELLED
    assert [to for to, _subject in letters()] == ["aigul@example.kz"]


# What is sent besides a good plan; the field that says what is wrong.
BAD_PLANS = [
    ({"ends": "09:00"}, "ends"),
    ({"slot_minutes": "0"}, "slot_minutes"),
    ({"slot_minutes": "99999999999999999999"}, "slot_minutes"),
    ({"slot_minutes": "пятнадцать"}, "slot_minutes"),
    ({"breaks": "13:30–14:00"}, "breaks"),  # outside the hours
    ({"breaks": "09:00–09:30"}, "breaks"),
    ({"breaks": "11:30–11:00"}, "breaks"),
    ({"breaks": "11:00"}, "breaks"),
    ({"breaks": "25:00–26:00"}, "breaks"),
    ({"breaks": ", ".join(["11:00–11:05"] * 7)}, "breaks"),
    ({"walk_in_share": "101"}, "walk_in_share"),
    ({"day": "01.01.2020"}, "day"),
    ({"day": "завтра"}, "day"),
    ({"t1_o1_name": "", "t1_room": "", "t2_o1_name": "", "t2_room": "", "t2_o1_post_ru": ""},
     "t1_o1_name"),
    ({"t1_o1_name": ""}, "t1_o1_name"),  # a room in which nobody sits
    ({"t1_o1_name": "Бо\u0000лат"}, "t1_o1_name"),
    ({"t1_o1_kind": "king"}, "t1_o1_kind"),
    ({"place_kk": "я" * 201}, "place_kk"),
]  # fmt: skip


def test_a_plan_that_cannot_be_is_told_beside_its_field_and_kept(case, desk):
    place = f"{reverse('desk_reception_new')}?unit={case.land.first.kato}"
    wrong = []
    for sent, field in BAD_PLANS:
        answer = desk.post(place, PLAN | sent)
        told = answer.context["form"].errors if answer.status_code == 422 else {}
        kept = "place_kk" in sent or "Мәдениет үйі" in answer.content.decode()
        if field not in told or not kept:
            wrong.append((sent, answer.status_code, dict(told)))

    assert wrong == []
    assert Reception.objects.filter(state=ReceptionState.DRAFT).count() == 0


def test_rows_are_added_without_a_script_and_what_was_typed_stays(case, desk):
    place = f"{reverse('desk_reception_new')}?unit={case.land.first.kato}"

    more = desk.post(place, PLAN | {"add_official": "2"})
    table = desk.post(place, PLAN | {"add_table": "1", "day": ""})

    assert [one["rows"] for one in more.context["tables"]] == [2, 2]
    assert [one["rows"] for one in table.context["tables"]] == [2, 1, 1]
    assert more.status_code == table.status_code == 200
    assert "Асқар Өзенов" in more.content.decode()


def test_a_day_at_the_desk_from_the_door_to_the_outcome(case, desk):
    first, second, third = case.slots()[:3]
    here = case.enter(first, "Ерлан", email="erlan@example.kz")
    late = case.enter(second, "Мұрат")
    page = url("desk_reception", case.reception)

    do(desk, here, "check_in")
    assert "Ерлан" not in desk.get(page).content.decode()  # names are opened for a purpose
    desk.post(url("desk_reception_names", case.reception), {"purpose": "reception"})
    assert "Ерлан" in desk.get(page).content.decode()
    assert PersonalRead.objects.filter(by=case.clerk).count() == 2
    desk.post(url("desk_reception_names", case.reception), {"purpose": "reception"})
    assert PersonalRead.objects.count() == 2

    enter = url("desk_reception_enter", case.reception)
    free = desk.get(f"{enter}?how=walk_in").context["form"]["slot"].value()
    walk_in = {
        "name": "Айгүл", "subject": "Су жоқ", "how": "walk_in", "language": "kk",
        "consent": "on", "slot": str(third.uuid),
    }  # fmt: skip
    assert str(free) == str(third.uuid)
    answer = desk.post(enter, walk_in)
    assert answer["Location"].endswith("#number-3")
    assert (Booking.objects.get(number=3).state, Booking.objects.get(number=3).slot) == (
        State.CAME, third,
    )  # fmt: skip
    gone = desk.post(enter, walk_in | {"phone": "8 701 123 45 67"})
    assert (gone.status_code, "Су жоқ" in gone.content.decode()) == (409, True)

    call = url("desk_reception_call", case.reception)
    assert desk.post(call, {"table": "1"}).status_code == 302
    busy = desk.post(call, {"table": "1"})
    assert busy.status_code == 409
    assert do(desk, here, "no_show").status_code == 422  # its hour has not come
    outcome = {"outcome": "question", "note": "", "text": "Жол қашан жөнделеді?", "topic": "roads"}
    assert do(desk, here, "finish", **outcome | {"text": ""}).status_code == 422
    assert do(desk, here, "finish", **outcome | {"outcome": ""}).status_code == 422
    assert do(desk, here, "finish", outcome="problem", problem="2026-1").status_code == 422
    assert do(desk, here, "finish", outcome="sent_on").status_code == 422
    assert do(desk, here, "finish", **outcome, eotinish_number="ЖТ-1").status_code == 302
    question = Question.objects.get()
    assert (question.text, question.channel, question.unit, question.number) == (
        "Жол қашан жөнделеді?", "reception", case.land.first, "2026-000001",
    )  # fmt: skip
    assert "erlan@example.kz" in [to for to, _subject in letters()]
    do(desk, here, "finish", **outcome, eotinish_number="ЖТ-2")
    assert Question.objects.count() == 1
    assert reload(here).eotinish_number == "ЖТ-2"

    old = desk.post(url("desk_booking_act", case.reception, late, "check_in"), {"version": 7})
    assert old.status_code == 409
    with time_machine.travel(datetime(2026, 11, 26, 5, 45, tzinfo=UTC), tick=False):
        do(desk, late, "no_show")
    assert reload(late).state == State.NO_SHOW
    assert desk.get(url("desk_booking", case.reception, here)).status_code == 200


def test_a_person_books_once_a_day_and_the_waiting_list_moves_up(case, desk):
    later = Case(case, day=datetime(2026, 12, 3).date(), tables=case_table())
    enter = url("desk_reception_enter", later.reception)
    slots = [str(one.uuid) for one in later.slots()]
    sent = {
        "name": "Айгүл", "subject": "Су", "how": "phone", "language": "ru", "consent": "on",
        "phone": "+7 701 123 45 67",
    }  # fmt: skip
    for number, slot in enumerate(slots):
        person = {"slot": slot, "phone": f"+7 701 000 00 0{number}", "email": "a@example.kz" * 0}
        assert desk.post(enter, sent | person).status_code == 302
    again = desk.post(enter, sent | {"phone": "8 701 000 00 00", "slot": ""})
    assert again.status_code == 422
    assert desk.post(enter, sent | {"slot": "", "consent": ""}).status_code == 422
    assert desk.post(enter, sent | {"slot": ""}).status_code == 302
    waits = Booking.objects.get(state=State.WAITING)

    do(desk, Booking.objects.get(reception=later.reception, number=1), "cancel")

    waits.refresh_from_db()
    assert (waits.state, str(waits.slot.uuid), waits.is_told) == (State.BOOKED, slots[0], False)
    page = desk.get(url("desk_reception", later.reception))
    assert [row["number"] for row in page.context["untold"]] == [waits.number]
    do(desk, waits, "told")
    assert reload(waits).is_told
    assert Act.objects.filter(verb="booking.told").count() == 1


def case_table():
    from tests.appeals.receptions import TABLES

    return TABLES[:1]


def test_staff_give_a_free_time_to_who_waits_and_two_clerks_are_told(case, desk):
    waits = case.enter(None, "Айгүл")
    seat = {"slot": str(case.slots()[0].uuid)}

    taken = do(desk, waits, "seat", **seat)
    again = do(desk, waits, "seat", **seat)
    stale = desk.post(url("desk_booking_act", case.reception, waits, "cancel"), {"version": 1})

    assert (taken.status_code, again.status_code, stale.status_code) == (302, 422, 409)
    assert reload(waits).state == State.BOOKED


def test_who_only_looks_sees_numbers_and_neither_names_nor_subjects(case):
    case.enter(case.slots()[0], "Ерлан")
    client = signed_in(make_user(Role.OBSERVER, case.land.region))

    page = client.get(url("desk_reception", case.reception)).content.decode()

    assert "Жол" not in page
    assert "Ерлан" not in page
    assert 'action="' + url("desk_reception_call", case.reception) not in page
    assert client.post(
        url("desk_reception_names", case.reception), {"purpose": "reception"}
    ).status_code == 403  # fmt: skip


def test_a_reception_is_closed_when_nobody_is_left(case, desk):
    booked = case.enter(case.slots()[0])
    close = url("desk_reception_act", case.reception, "close")
    do(desk, booked, "check_in")
    here = desk.post(close, {"version": 2})
    do(desk, booked, "call")
    do(desk, booked, "finish", outcome="answered")

    assert here.status_code == 422
    assert desk.post(close, {"version": 2}).status_code == 302
    assert reload(case.reception).state == ReceptionState.OVER
    assert do(desk, booked, "finish", outcome="sent_on", note="Жол басқармасы").status_code == 302


def test_pages_take_as_many_queries_with_few_rows_as_with_many(case, desk):
    def asked(where: str) -> int:
        desk.get(where)
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(where).status_code == 200
        return len(queries)

    case.enter(case.slots()[0])
    pages = [
        url("desk_reception", case.reception), reverse("desk_receptions"),
        url("desk_reception_enter", case.reception),
    ]  # fmt: skip
    few = [asked(page) for page in pages]
    for slot in case.slots()[1:]:
        case.enter(slot)
    for day in (27, 28):
        Case(case, day=datetime(2026, 11, day).date())
    reception_changes.cancel(
        Case(case).reception, reason="Боран", by=case.clerk, version=2
    )  # fmt: skip

    assert [asked(page) for page in pages] == few
    shown = {show: len(desk.get(f"{pages[1]}?show={show}").context["rows"])
             for show in ("ahead", "past", "drafts", "all")}  # fmt: skip
    assert shown == {"ahead": 3, "past": 1, "drafts": 0, "all": 4}
    assert desk.get(f"{pages[1]}?show=everything").status_code == 422
