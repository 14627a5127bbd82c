"""The hall as phones, the wall and the big screen open it."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from appeals.enums import HallState, HoldReason, QuestionState
from appeals.hall_steps import HallDeed
from appeals.models import HallItem, HallVoice
from appeals.protocol_records import heard_at
from appeals.services import hall, moderation
from appeals.services.hall import Outcome
from meetings.enums import MarkKind, Role
from meetings.services.day import note
from tests.appeals.halls import NOW, HallWorld, a_stamp
from tests.factories import make_user
from tests.factories_requests import make_person, make_question

pytestmark = pytest.mark.django_db
SECRETS = ("Асанов", "asan@example.kz", "Жасырын мәтін")


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def world():
    return HallWorld()


def address(name, world, *more) -> str:
    return reverse(name, args=[world.day.code, *more]).replace("/kk/", "/en/")


def text_of(client, name, world, *more) -> str:
    answer = client.get(address(name, world, *more))
    assert answer.status_code == 200
    return answer.content.decode()


def sent(world, **fields):
    fields.setdefault("state", QuestionState.PUBLISHED)
    return make_question(world.okrug, meeting=world.meeting, **fields)


def test_the_short_address_leads_to_the_visitors_language(client, world):
    answer = client.get(f"/h/{world.day.code.upper()}", headers={"Accept-Language": "ru"})

    assert answer["Location"] == f"/ru/h/{world.day.code}/"
    assert client.get(answer["Location"]).status_code == 200
    shouted = client.get(f"/ru/h/{world.day.code.upper()}/")
    assert shouted["Location"] == f"/ru/h/{world.day.code}/"


def test_a_wrong_code_is_told_with_the_form_to_type_it_again(client, world):
    for where in ("/en/h/zzzzzz/", "/en/h/zzzzzz/screen/", "/en/h/zzzzzz/ask/",
                  "/en/h/zzzzzz/poster/", "/en/h/?code=zzzzzz"):  # fmt: skip
        answer = client.get(where)
        assert answer.status_code == 404
        assert "There is no hall with this code" in answer.content.decode()
        assert 'value="zzzzzz"' in answer.content.decode()
    right = client.get("/en/h/", {"code": f" {world.day.code.upper()} "})
    assert right["Location"] == f"/en/h/{world.day.code}/"
    assert client.get("/en/h/?code=").status_code == 422
    assert client.get("/en/h/").status_code == 200


def test_phone_and_screen_show_what_was_let_through_and_nothing_of_persons(client, world):
    person = make_person("asan@example.kz", "Асанов")
    shown = sent(world, text="Мектеп қашан салынады?", person=person, voices=2)
    sent(world, text="Жасырын мәтін", state=QuestionState.WAITING, person=person)
    hall.enter(world.day, "paper", text="Көпір?", name="Асанов", by=world.secretary,
               stamp=a_stamp())  # fmt: skip
    client.post(address("hall_ask", world), {"text": "Жасырын мәтін"})
    hall.move(world.day, shown.uuid, HallDeed.CALL, by=world.secretary, stamp=a_stamp())
    note(world.day, MarkKind.QUESTIONS_START, by=world.secretary, uuid=a_stamp().uuid)

    phone, screen = (text_of(Client(), name, world) for name in ("hall", "hall_screen"))

    for page in (phone, screen):
        assert f"Now: № {shown.number}" in page
        assert "Мектеп қашан салынады?" in page
        assert "2 voices" in page
        assert "the text is not public yet" in page
        assert [secret for secret in SECRETS if secret in page] == []
    assert f"testserver/h/{world.day.code}" in screen or f"/h/{world.day.code}" in screen
    assert '<svg class="qr"' in screen
    assert "day-clock-runs" in screen
    assert '<noscript><meta http-equiv="refresh"' in screen
    assert "Nobody speaks twice in a row" in phone


def phone_of(world) -> Client:
    """A phone that opened the form, so that it has its mark."""
    client = Client()
    client.get(address("hall_ask", world))
    return client


def test_a_phone_sends_a_text_and_sees_what_becomes_of_it(world):
    phone = phone_of(world)

    answer = phone.post(address("hall_ask", world), {"text": "Су қашан болады?"})

    assert answer.status_code == 302
    page = phone.get(answer["Location"]).content.decode()
    assert "Sent. The secretary reads it first" in page
    assert "to be read" in page
    assert "Су қашан" not in text_of(Client(), "hall", world)
    assert "Су қашан" not in text_of(phone_of(world), "hall_ask", world)
    item = HallItem.objects.get()
    hall.hold(world.day, item.uuid, reason="other", words="Қайталанған сұрақ",
              by=world.secretary, stamp=a_stamp(1))  # fmt: skip
    page = text_of(phone, "hall_ask", world)
    assert "Why it is held back: another reason. Қайталанған сұрақ" in page
    hall.show(world.day, item.uuid, text="Су?", by=world.secretary, stamp=a_stamp(2))
    assert "Су?" in text_of(Client(), "hall", world)


BAD = [  # what is sent | status | what is said
    ({"text": ""}, 422, "Write your question."),
    ({"text": "a" * 1001}, 422, "At most 1000 characters fit here"),
    ({"text": "a" * 50_000}, 422, "At most 1000 characters fit here"),
    ({"text": "Су\x00"}, 422, ""),
    ({"text": "Су", "website": "http://spam.example"}, 422, "A field that people do not see"),
]


@pytest.mark.parametrize(("typed", "status", "told"), BAD)
def test_bad_texts_are_refused_with_a_sentence(world, typed, status, told):
    answer = phone_of(world).post(address("hall_ask", world), typed)

    assert answer.status_code == status
    assert told in answer.content.decode()
    assert HallItem.objects.count() == 0


def test_a_script_in_a_text_stays_text(world):
    phone = phone_of(world)
    phone.post(address("hall_ask", world), {"text": "<script>alert(1)</script>\u202e"})
    item = HallItem.objects.get()
    hall.show(world.day, item.uuid, text=item.text, by=world.secretary, stamp=a_stamp(1))

    for name in ("hall", "hall_screen"):
        page = text_of(Client(), name, world)
        assert "&lt;script&gt;alert(1)" in page
        assert "<script>alert" not in page
    assert "\u202e" not in item.text


def test_without_a_mark_or_too_often_a_phone_is_told_so(world, settings):
    settings.HALL_TEXTS_FROM_DEVICE = 1
    bare, phone = Client(), phone_of(world)
    forged = Client()
    forged.cookies["hall"] = "forged:1:2"

    for client in (bare, forged):
        answer = client.post(address("hall_ask", world), {"text": "Су?"})
        assert answer.status_code == 422
        assert "Allow cookies" in answer.content.decode()
        assert "Су?" in answer.content.decode()
    assert phone.post(address("hall_ask", world), {"text": "Бір"}).status_code == 302
    answer = phone.post(address("hall_ask", world), {"text": "Екі"})
    assert answer.status_code == 429
    assert "Екі" in answer.content.decode()


def test_one_phone_gives_one_voice(world):
    question, phone = sent(world), phone_of(world)
    where = address("hall_support", world, question.uuid)

    assert "Give my voice" in phone.get(where).content.decode()
    assert phone.post(where).status_code == 302
    assert "Your voice was counted already." in phone.post(where).content.decode()
    assert phone_of(world).post(where).status_code == 302

    assert HallVoice.objects.count() == 2
    assert "2 voices" in text_of(Client(), "hall", world)
    gone = phone.get(address("hall_support", world, world.meeting.uuid))
    assert gone["Location"] == address("hall", world)


def test_a_closed_hall_says_so_and_keeps_what_was_typed(world):
    phone = phone_of(world)
    question = sent(world)
    hall.note_outcome(world.day, question.uuid, Outcome("answered", "Мамырда."),
                      by=world.secretary, stamp=a_stamp())  # fmt: skip
    another = sent(world)
    note(world.day, MarkKind.END, by=world.secretary, uuid=a_stamp().uuid)

    answer = phone.post(address("hall_ask", world), {"text": "Кешіктім"})

    assert answer.status_code == 409
    assert "The meeting is over" in answer.content.decode()
    assert "Кешіктім" in answer.content.decode()
    support = phone.post(address("hall_support", world, another.uuid))
    assert support.status_code == 409
    page = text_of(phone, "hall", world)
    assert "Мамырда." in page
    assert 'hx-trigger="every' not in page
    assert "<noscript><meta" not in page
    assert "The meeting has ended." in text_of(phone, "hall_screen", world)


def test_the_row_is_kept_until_something_changes(world):
    question = sent(world)
    first = Client().get(address("hall", world))
    tag = {"If-None-Match": first["ETag"]}

    assert Client().get(address("hall", world), headers=tag).status_code == 304
    hall.move(world.day, question.uuid, HallDeed.CALL, by=world.secretary, stamp=a_stamp())
    fresh = Client().get(address("hall", world), headers=tag)
    assert fresh.status_code == 200
    assert f"Now: № {question.number}" in fresh.content.decode()


def test_the_pages_cost_the_same_queries_for_few_and_for_many(world, django_assert_num_queries):
    counts: dict[str, list[int]] = {}
    for more in (2, 12):
        for _each in range(more):
            question = sent(world)
            hall.enter(world.day, "hand", by=world.secretary, stamp=a_stamp())
            done = sent(world)
            hall.note_outcome(world.day, done.uuid, Outcome("answered", "Иә."),
                              by=world.secretary, stamp=a_stamp())  # fmt: skip
        for name, args in (("hall", ()), ("hall_screen", ()), ("hall_ask", ()),
                           ("hall_support", (question.uuid,))):  # fmt: skip
            with django_assert_num_queries(100, exact=False) as asked:
                Client().get(address(name, world, *args))
            counts.setdefault(name, []).append(len(asked))

    assert all(few == many for few, many in counts.values()), counts


def test_the_sheet_for_the_wall_holds_the_address(client, world):
    page = text_of(client, "hall_poster", world)

    assert re.search(rf'class="hall-address">[^<]*/h/{world.day.code}<', page)
    assert '<svg class="qr"' in page
    assert "hall=" not in str(client.cookies)


SECRET = "Үйі Абай 77"
WORDS_OF = {  # state of the question: what the hall reads, once the secretary let SECRET through
    QuestionState.WAITING: SECRET, QuestionState.PUBLISHED: "Жарияланған сөз",
    QuestionState.HELD: "",
}  # fmt: skip


def in_the_hall(world, state, question_state):
    """An item whose text was let through, in a state of the row; its question in another."""
    public = "Жарияланған сөз" if question_state == QuestionState.PUBLISHED else ""
    was_public = "Бұрын жарияланған" if question_state == QuestionState.HELD else public
    question = sent(world, text=SECRET, state=question_state, public_text=was_public)
    done = {"outcome": "answered", "answer": "Иә", "done_at": NOW}
    return HallItem.objects.create(
        day=world.day, source="phone", number=7, state=state, question=question, text=SECRET,
        public_text=SECRET, came_at=NOW, called_at=NOW if state != HallState.WAITING else None,
        **(done if state == HallState.DONE else {}),
    )  # fmt: skip


@pytest.mark.parametrize("question_state", WORDS_OF)
@pytest.mark.parametrize("state", [HallState.WAITING, HallState.CALLED, HallState.DONE])
def test_what_the_commission_says_goes_before_what_was_let_through(world, state, question_state):
    item = in_the_hall(world, state, question_state)
    told = WORDS_OF[question_state]

    pages = [text_of(Client(), name, world) for name in ("hall", "hall_screen")]
    if state == HallState.WAITING:
        pages.append(Client().get(address("hall_support", world, item.uuid)).content.decode())

    hidden = {SECRET, "Бұрын жарияланған", "Жарияланған сөз"} - {told}
    for page in pages:
        assert [one for one in hidden if one in page] == []
    if told and state != HallState.DONE:
        assert all(told in page for page in pages)
    if not told and state == HallState.CALLED:
        assert "the text is not published" in pages[0]
    if state == HallState.DONE:
        assert [one.text for one in heard_at(world.meeting)] == [told]


def test_a_row_that_was_kept_forgets_a_text_that_is_held_back(world):
    item = in_the_hall(world, HallState.CALLED, QuestionState.PUBLISHED)
    assert "Жарияланған сөз" in text_of(Client(), "hall", world)

    moderation.hold(
        item.question,
        reason=HoldReason.PERSONAL_DATA,
        words="",
        version=item.question.version,
        by=make_user(Role.COMMISSION, world.region.region),
    )

    assert "Жарияланған сөз" not in text_of(Client(), "hall", world)
