"""The row on the secretary's console: by forms alone, by a script, stale, wrong, in conflict."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from appeals.enums import HallState, QuestionState
from appeals.models import HallItem, HallNote, Promise
from appeals.services import hall, hall_phones
from appeals.services.hall import Outcome
from meetings.enums import Role
from tests.appeals.halls import NOW, HallWorld, a_stamp
from tests.factories import make_user
from tests.factories_requests import make_question

pytestmark = pytest.mark.django_db
SCRIPT = {"Accept": "application/json"}
PROMISED = {"outcome": "promised", "answer": "Жол жөнделеді", "promised_by": "Аудан әкімі",
            "promised_for": "01.06.2027"}  # fmt: skip


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def world():
    return HallWorld()


@pytest.fixture
def client(world):
    return signed_in(world.secretary)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def sent(world, **fields):
    fields.setdefault("state", QuestionState.PUBLISHED)
    return make_question(world.okrug, meeting=world.meeting, **fields)


def console(client, world) -> str:
    answer = client.get(f"/en/desk/meetings/{world.meeting.uuid}/day/")
    assert answer.status_code == 200
    return answer.content.decode()


def do(client, world, uuid, deed, *, headers=None, **typed):
    where = reverse("hall_act", args=[world.meeting.uuid, uuid, deed]).replace("/kk/", "/en/")
    return client.post(where, {"note": uuid4(), **typed}, headers=headers)


def enter(client, world, *, headers=None, **typed):
    where = reverse("hall_enter", args=[world.meeting.uuid]).replace("/kk/", "/en/")
    return client.post(where, {"note": uuid4(), **typed}, headers=headers)


def labels(page: str) -> list[str]:
    waiting = page.split("data-hall-waiting", 1)[1].split("</ol>", 1)[0]
    return re.findall(r"<strong>№ ([\w-]+)</strong>", waiting)


def test_a_meeting_is_run_by_forms_alone(client, world):
    question = sent(world, text="Мектеп қашан салынады?")
    assert enter(client, world, source="hand").status_code == 302
    assert enter(client, world, source="paper", text="Көпір?", name="Асан").status_code == 302
    texted = hall_phones.send(world.day, "Су?", device="a" * 64, visitor="1", language="kk")

    page = console(client, world)
    assert labels(page) == [question.number, "1", "2"]
    assert "From phones: to be read</h3>" in page.replace(" (1)", "")
    assert do(client, world, texted.uuid, "show", text="Су?", version=1).status_code == 302
    assert labels(console(client, world)) == [question.number, "1", "3", "2"]
    hand = HallItem.objects.get(number=1)
    assert do(client, world, question.uuid, "call", version=0).status_code == 302
    assert do(client, world, question.uuid, "outcome", version=1, outcome="answered",
              answer="2028 жылы.").status_code == 302  # fmt: skip
    assert do(client, world, hand.uuid, "forward", version=1).status_code == 302
    assert do(client, world, hand.uuid, "call", version=2).status_code == 302
    assert do(client, world, hand.uuid, "outcome", version=3, words="Жол қашан?",
              **PROMISED).status_code == 302  # fmt: skip

    page = console(client, world)
    assert "Answered: 1 · promised: 1" in page
    assert labels(page) == ["3", "2"]
    question.refresh_from_db()
    assert question.answer == "2028 жылы."
    promise = Promise.objects.get()
    assert (promise.what_ru, promise.who, promise.due_on, promise.meeting) == (
        "Жол жөнделеді", "Аудан әкімі", date(2027, 6, 1), world.meeting,
    )  # fmt: skip
    assert promise.problem.questions.get().text == "Жол қашан?"


def test_a_script_is_told_in_json_and_a_second_sending_is_known(client, world):
    question, number = sent(world), uuid4()
    told = [
        do(client, world, question.uuid, "outcome", headers=SCRIPT, note=number, version=0,
           outcome="taken_away").json()
        for _time in range(2)
    ]  # fmt: skip

    assert told == [{"status": "noted"}, {"status": "known"}]
    assert HallNote.objects.count() == 1


def test_two_secretaries_noted_different_answers_and_the_second_is_told(client, world):
    question = sent(world)
    second = signed_in(make_user(Role.DRAFTER, world.region.first, name="Second"))
    do(client, world, question.uuid, "outcome", version=0, outcome="answered", answer="Мамырда.",
       device="one")  # fmt: skip

    told = do(second, world, question.uuid, "outcome", headers=SCRIPT, version=0, device="two",
              **PROMISED)  # fmt: skip
    page = do(second, world, question.uuid, "outcome", version=0, outcome="taken_away")

    assert (told.status_code, told.json()["status"]) == (409, "apart")
    assert page.status_code == 409
    assert "Somebody noted another outcome" in page.content.decode()
    shown = console(client, world)
    assert "Two outcomes were noted" in shown
    assert shown.count("Let this one hold: Second") == 2
    assert Promise.objects.count() == 0
    late = HallNote.objects.get(outcome="promised")
    item = HallItem.objects.get()
    assert do(client, world, question.uuid, "choose", version=item.version,
              chosen=late.uuid).status_code == 302  # fmt: skip
    question.refresh_from_db()
    assert question.answer.endswith("Срок: 1 июня 2027 г.")
    assert "Two outcomes were noted" not in console(client, world)
    assert Promise.objects.count() == 1


def test_a_promise_is_put_right_and_taken_back(world):
    question = sent(world)
    by = {"by": world.secretary}
    said = Outcome("promised", "Жол", "Әкім", date(2027, 6, 1))
    hall.note_outcome(world.day, question.uuid, said, stamp=a_stamp(), **by)
    again = Outcome("promised", "Көпір", "Орынбасар", date(2027, 7, 1))
    hall.note_outcome(world.day, question.uuid, again, stamp=a_stamp(1), **by)

    promise = Promise.objects.get()
    assert (promise.what, promise.who, promise.due_on) == ("Көпір", "Орынбасар", date(2027, 7, 1))
    assert promise.due_changes.get().was == date(2027, 6, 1)
    hall.note_outcome(world.day, question.uuid, Outcome("answered", "Жоқ"), stamp=a_stamp(2), **by)
    promise.refresh_from_db()
    assert promise.state == "explained"
    hall.note_outcome(world.day, question.uuid, said, stamp=a_stamp(3), **by)
    promise = Promise.objects.latest("pk")
    promise.steps.create(text="Басталды", by=world.secretary, at=NOW)
    with pytest.raises(hall.Refused):
        hall.note_outcome(world.day, question.uuid, again, stamp=a_stamp(4), **by)


WRONG = [  # deed, what is typed, what is said
    ("outcome", {"outcome": "answered"}, "Write what was answered."),
    ("outcome", {"outcome": "flew"}, "flew is not one of the available choices"),
    ("outcome", {}, "Choose what it ended with."),
    ("outcome", PROMISED | {"promised_by": ""}, "Write who promised it."),
    ("outcome", PROMISED | {"promised_for": "когда-нибудь"}, "is not a date"),
    ("outcome", PROMISED | {"promised_for": "01.06.2020"}, ""),
    ("outcome", {"outcome": "answered", "answer": "a" * 2001}, "At most 2000 characters"),
    ("show", {"text": ""}, ""),
    ("hold", {"reason": "other"}, "Write the reason in words"),
    ("call", {"note": "1"}, ""),
    ("call", {"version": "-1"}, ""),
    ("back", {"device": "<script>"}, ""),
    ("choose", {"chosen": str(uuid4())}, "This cannot be done with it now."),
    ("call", {"device_at": "9" * 30}, ""),
]


@pytest.mark.parametrize(("deed", "typed", "told"), WRONG)
def test_what_cannot_be_noted_is_refused_and_what_was_typed_is_kept(
    client, world, deed, typed, told
):
    question = sent(world)

    answer = do(client, world, question.uuid, deed, **typed)
    script = do(client, world, question.uuid, deed, headers=SCRIPT, **typed)

    page = answer.content.decode()
    assert (answer.status_code, script.status_code) == (422, 422)
    assert script.json()["message"]
    assert told.split("'")[0] in page
    for value in ("answer", "promised_by"):
        assert typed.get(value, "") in page
    assert HallNote.objects.count() == 0


def test_unknown_deeds_and_rows_and_closed_consoles(client, world, time_machine):
    question = sent(world)
    assert do(client, world, question.uuid, "explode").status_code == 404
    assert do(client, world, uuid4(), "call").status_code == 422
    where = reverse("hall_act", args=[world.meeting.uuid, question.uuid, "call"])
    assert client.get(where).status_code == 405
    time_machine.move_to(NOW.replace(day=13), tick=False)
    page = console(client, world)
    assert "Put into the row" not in page
    assert do(client, world, question.uuid, "call").status_code == 422
    assert enter(client, world, source="hand").status_code == 422
    assert HallItem.objects.count() == 0


def test_what_was_noted_without_a_connection_is_placed_where_it_was(client, world):
    question, at = sent(world), int(NOW.timestamp() * 1000)
    do(client, world, question.uuid, "call", device="laptop", device_at=at - 20 * 60_000,
       sent_at=at)  # fmt: skip

    item = HallItem.objects.get()
    assert f"{item.called_at.astimezone(NOW.tzinfo):%H:%M}" == "15:10"
    assert item.state == HallState.CALLED


def test_many_rows_cost_no_more_queries(client, world, django_assert_num_queries):
    counts = []
    for more in (2, 12):
        for number in range(more):
            sent(world)
            hall.enter(world.day, "hand", by=world.secretary, stamp=a_stamp())
            hall_phones.send(world.day, f"Су {number} {more}", device=f"{number}-{more}",
                             visitor="1", language="kk")  # fmt: skip
            hall.note_outcome(world.day, sent(world).uuid, Outcome("answered", "Иә."),
                              by=world.secretary, stamp=a_stamp())  # fmt: skip
        with django_assert_num_queries(1000, exact=False) as asked:
            console(client, world)
        counts.append(len(asked))

    assert counts[0] == counts[1]
