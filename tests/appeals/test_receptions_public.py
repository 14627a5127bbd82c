"""What citizens see of receptions, and how they book: with good input and with bad."""

from datetime import UTC, date, datetime, time
from uuid import uuid4

import icalendar
import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import translation

from appeals.enums import BookingState as State
from appeals.models import Booking, Person
from appeals.services import bookings, reception_changes
from meetings.services import outbox
from meetings.text import fold
from tests.appeals.receptions import EARLIER, TABLES, Case, reload, typed
from tests.factories import a_moment

pytestmark = pytest.mark.django_db
GOOD = {"name": "Ерлан Жайықов", "email": "erlan@example.kz", "subject": "Жол", "consent": "on"}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(datetime(2026, 11, 23, 7, tzinfo=UTC), tick=False) as clock:
        yield clock


def page(case, rest="", language="ru") -> str:
    return f"/{language}/receptions/{case.reception.uuid}/{rest}"


def book(client, case, slot=None, language="ru", **sent):
    """``slot``: one of the reception, or one of those that were offered."""
    uuid = slot["uuid"] if isinstance(slot, dict) else getattr(slot, "uuid", None)
    chosen = {"slot": str(uuid)} if uuid else {}
    return client.post(page(case, "book/", language), GOOD | chosen | sent)


def text(answer) -> str:
    return answer.content.decode()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_pages_open_in_every_language(client, language):
    case = Case()
    booking = case.enter(case.slots()[0], email="erlan@example.kz")
    with translation.override(language):
        own = bookings.page_of(booking)

    for where in (
        f"/{language}/receptions/", page(case, language=language),
        page(case, f"book/?slot={case.slots()[1].uuid}", language),
        page(case, "queue/", language), own,
    ):  # fmt: skip
        assert client.get(where).status_code == 200, where


def test_the_list_is_narrowed_by_place_and_day(client):
    case = Case()
    other = Case(case, day=date(2026, 12, 3))
    for unit in (case.land.first, case.land.second):
        unit.search = fold(unit.name_kk)
        unit.save()

    def listed(query) -> list[bool]:
        found = text(client.get(f"/ru/receptions/{query}"))
        return [str(one.reception.uuid) in found for one in (case, other)]

    assert listed("") == [True, True]
    assert listed("?from=27.11.2026") == [False, True]
    assert listed("?to=30.11.2026") == [True, False]
    assert listed(f"?unit={case.land.first.kato}") == [True, True]
    assert listed(f"?unit={case.land.second.kato}") == [False, False]
    assert listed("?q=Бәйтерек") == [True, True]
    assert listed("?q=Теректі") == [False, False]


BAD_QUERIES = [
    ("?from=31.02.2026", 422), ("?from=02.12.2026&to=01.12.2026", 422), ("?unit=1", 422),
    ("?unit=999999999", 422), ("?page=9", 404), ("?page=x", 400), ("?q=" + "я" * 200, 422),
]  # fmt: skip


@pytest.mark.parametrize(("query", "status"), BAD_QUERIES)
def test_a_query_that_makes_no_sense_is_told_so(client, query, status):
    Case()

    assert client.get(f"/ru/receptions/{query}").status_code == status


def test_the_lists_and_the_page_cost_the_same_with_few_and_with_many(
    client, django_assert_num_queries
):
    case = Case(slot_minutes=60, breaks=[])
    for number in range(3):
        with django_assert_num_queries(2):
            client.get("/ru/receptions/")
        with django_assert_num_queries(5):
            client.get(page(case))
        case = Case(case, slot_minutes=3, breaks=[], day=date(2026, 12, 1 + number))
        case.enter(case.slots()[0], email=f"p{number}@example.kz")


def test_a_free_time_is_a_link_a_taken_one_is_not(client):
    case = Case(walk_in_share=50)
    slots = case.slots()
    booked = next(slot for slot in slots if not slot.is_walk_in)
    case.enter(booked)

    found = text(client.get(page(case)))

    linked = [slot.pk for slot in slots if f"?slot={slot.uuid}" in found]
    assert linked == [slot.pk for slot in slots if not slot.is_walk_in and slot != booked]
    assert "Ерлан" not in found


def test_a_good_form_leads_to_the_code_and_the_code_to_the_booking(client):
    case = Case()

    answer = book(client, case, case.slots()[0])
    outbox.drain()
    digits = mail.outbox[0].subject.split(" ", 1)[1]
    answer = client.post(answer["Location"], {"code": digits})
    found = text(client.get(answer["Location"]))

    booking = Booking.objects.get()
    assert (booking.state, booking.language, booking.number) == (State.BOOKED, "ru", 1)
    with translation.override("ru"):
        assert answer["Location"] == bookings.page_of(booking)
    assert "Вы записаны." in found
    assert "10:00" in found


BAD_FORMS = [
    ({"name": ""}, "name"), ({"name": "я" * 121}, "name"), ({"name": "Ер\x00лан"}, "name"),
    ({"email": "nobody"}, "email"), ({"email": ""}, "email"), ({"subject": ""}, "subject"),
    ({"subject": "я" * 50_000}, "subject"), ({"consent": ""}, "consent"),
    ({"phone": "abc"}, "phone"), ({"website": "https://spam.example"}, "website"),
]  # fmt: skip


@pytest.mark.parametrize(("sent", "field"), BAD_FORMS)
def test_a_bad_form_is_told_so_and_nothing_is_held(client, sent, field):
    case = Case()

    answer = book(client, case, case.slots()[0], **sent)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert (Booking.objects.count(), Person.objects.count()) == (0, 0)


def test_a_slot_that_is_gone_answers_409_with_the_nearest_and_keeps_what_was_typed(client):
    case = Case()
    gone, *_others, far = case.slots()
    case.enter(gone)

    answer = book(client, case, gone)

    near = answer.context["near"]
    assert answer.status_code == 409
    assert near[0]["label"] == "10:00–10:30 · Стол 2, кабинет 14"
    assert far.uuid in [one["uuid"] for one in near]
    for word in ("Ерлан Жайықов", "erlan@example.kz", "Жол"):
        assert word in text(answer)
    assert book(client, case, near[0]).status_code == 302


def test_of_many_free_times_the_nearest_are_offered(client):
    case = Case(slot_minutes=5, breaks=[], tables=TABLES[:1])
    wanted = next(slot for slot in case.slots() if slot.begins == time(11))
    case.enter(wanted)

    near = book(client, case, wanted).context["near"]

    assert [one["label"][:5] for one in near] == [
        "10:45", "10:50", "10:55", "11:05", "11:10", "11:15",
    ]  # fmt: skip


def test_when_nothing_is_left_the_same_form_joins_the_waiting_list(client):
    case = Case()
    for slot in case.slots():
        case.enter(slot)

    answer = book(client, case, case.slots()[0])
    assert answer.status_code == 409
    assert 'name="wait" value="1"' in text(answer)
    assert book(client, case, wait="1").status_code == 302

    assert Booking.objects.filter(slot=None, state=State.HELD).count() == 1


UNKNOWN_SLOT = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff"


@pytest.mark.parametrize("slot", [UNKNOWN_SLOT, "nonsense", "", "' OR 1=1"])
def test_a_guessed_slot_holds_nothing(client, slot):
    case = Case()

    assert book(client, case, **{"slot": slot}).status_code in (409, 422)
    assert Booking.objects.count() == 0


def test_a_slot_of_another_reception_is_none_of_this_one(client):
    case = Case()
    other = Case(case, day=date(2026, 12, 3))

    assert book(client, case, other.slots()[0]).status_code == 409
    assert Booking.objects.count() == 0


def test_a_reception_that_is_over_cancelled_or_closed_to_bookings_takes_none(client, clock):
    case = Case()
    early = Case(case, day=date(2026, 12, 3), opens_at=a_moment(2026, 12, 1))
    off = Case(case, day=date(2026, 12, 4))
    reception_changes.cancel(off.reception, reason="Тасқын", by=off.clerk, version=2, at=EARLIER)

    assert book(client, early, early.slots()[0]).status_code == 409
    assert book(client, off, off.slots()[0]).status_code == 409
    assert "Тасқын" in text(client.get(page(off)))
    clock.move_to(datetime(2026, 11, 27, 7, tzinfo=UTC))
    assert book(client, case, case.slots()[0]).status_code == 409
    assert Booking.objects.count() == 0


def test_a_draft_is_nobodys(client):
    case = Case(published=False)

    for rest in ("", "book/", "queue/"):
        assert client.get(page(case, rest)).status_code == 404
    assert book(client, case, case.slots()[0]).status_code == 404
    assert str(case.reception.uuid) not in text(client.get("/ru/receptions/"))


def test_many_holds_from_one_network_are_slowed(client):
    case = Case()
    slots = case.slots()
    for number, slot in enumerate(slots[:5]):
        assert book(client, case, slot, email=f"p{number}@example.kz").status_code == 302

    answer = book(client, case, slots[5], email="last@example.kz")

    assert answer.status_code == 429
    assert Booking.objects.count() == 5


@pytest.mark.parametrize("token", ["x", "A" * 32, "A" * 300, "..%2F"])
def test_a_guessed_link_leads_nowhere(client, token):
    Case().enter()

    assert client.get(f"/ru/receptions/bookings/{token}/").status_code == 404
    assert client.post(f"/ru/receptions/bookings/{token}/", {"deed": "cancel"}).status_code == 404
    assert client.get(f"/ru/receptions/bookings/{token}/entry.ics").status_code == 404


def test_a_hold_has_no_page_before_its_code(client):
    case = Case()
    case.ask(case.slots()[0])

    assert client.get(bookings.page_of(Booking.objects.get())).status_code == 404


def test_one_cancels_by_the_link_once(client):
    case = Case()
    booking = case.booked(case.slots()[0])
    own = bookings.page_of(booking)

    assert client.post(own, {"deed": "cancel"}).status_code == 302
    assert client.post(own, {"deed": "cancel"}).status_code == 409
    assert client.post(own, {"deed": "explode"}).status_code == 404
    assert reload(booking).state == State.CANCELLED


def test_who_waits_takes_a_free_time_by_the_link(client, clock):
    case = Case()
    taken = [case.enter(slot) for slot in case.slots()]
    own = bookings.page_of(case.booked(None))
    clock.move_to(a_moment(2026, 11, 26, 9))
    bookings.cancel(taken[0])
    free = taken[0].slot

    assert f'value="{free.uuid}"' in text(client.get(own))
    for wrong in (taken[1].slot.uuid, uuid4(), "x"):
        assert client.post(own, {"deed": "take", "slot": str(wrong)}).status_code == 409
    assert client.post(own, {"deed": "take", "slot": str(free.uuid)}).status_code == 302

    assert Booking.objects.get(slot=free, state=State.BOOKED).number == 7


def test_the_file_for_the_calendar_has_the_hour_and_nobody_elses_data(client):
    case = Case()
    booking = case.booked(case.slots()[0])
    case.enter(case.slots()[1], "Динара", email="dinara@example.kz")

    answer = client.get(f"{bookings.page_of(booking)}entry.ics")

    [event] = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert event["DTSTART"].dt == a_moment(2026, 11, 26, 10)
    assert event["DTEND"].dt == a_moment(2026, 11, 26, 10, 30)
    secrets = ("Динара", "dinara", "Ерлан", "erlan", bookings.page_of(booking).split("/")[-2])
    assert [word for word in secrets if word in text(answer)] == []
    waiting = Case(case, day=date(2026, 12, 3), tables=TABLES[:1])
    for slot in waiting.slots():
        waiting.enter(slot)
    own = bookings.page_of(waiting.enter(None, email="third@example.kz"))
    assert client.get(f"{own}entry.ics").status_code == 404


def test_what_changed_is_shown_as_it_was_and_is(client):
    case = Case()
    reception_changes.change(
        case.reception, {"day": date(2026, 11, 27), "begins": time(14)}, {1: "20"},
        reason="Жол жабық", by=case.clerk, version=2, at=EARLIER,
    )  # fmt: skip

    found = text(client.get(page(case)))

    for word in ("Жол жабық", "26 ноября", "27 ноября", "10:00", "14:00", "12", "20"):
        assert word in found


def test_the_queue_shows_numbers_on_the_day_and_no_name_ever(client, clock):
    case = Case()
    case.enter(case.slots()[0], "Канарейкин", email="kanareikin@example.kz", phone="87010000001")
    before = text(client.get(page(case, "queue/")))
    clock.move_to(a_moment(2026, 11, 26, 9, 30))
    there = text(client.get(page(case, "queue/")))
    part = client.get(page(case, "queue/"), headers={"hx-request": "true"})

    assert ('<th scope="row">1</th>' in before, '<th scope="row">1</th>' in there) == (False, True)
    assert "<html" not in text(part)
    assert "HX-Request" in part["Vary"]
    secrets = ("Канарейкин", "kanareikin", "87010000001", "Жол")
    assert [word for word in secrets if word in before + there + text(part)] == []


def test_nothing_private_is_kept_by_caches(client):
    case = Case()
    own = bookings.page_of(case.booked(case.slots()[0]))

    for where in (page(case), own, f"{own}entry.ics"):
        assert "no-store" in client.get(where)["Cache-Control"]
    assert client.get(own)["X-Robots-Tag"] == "noindex"


def test_a_second_booking_of_a_day_leads_its_owner_to_the_first(client):
    case = Case()
    case.booked(case.slots()[0])

    answer = client.get(typed(case.ask(case.slots()[1])))

    assert reverse("reception", args=[case.reception.uuid]).split("/", 2)[2] in text(answer)
    assert answer.context["was_known"] is True


def test_receptions_drafted_for_a_past_day_are_listed_among_the_past(client, clock):
    case = Case()
    clock.move_to(datetime(2026, 12, 1, 7, tzinfo=UTC))

    assert str(case.reception.uuid) not in text(client.get("/ru/receptions/"))
    assert str(case.reception.uuid) in text(client.get("/ru/receptions/?to=30.11.2026"))
