"""The commission's queue and one question of it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from appeals.enums import QuestionState as State
from appeals.models import Question
from appeals.selectors import queue
from meetings.enums import Role
from tests.factories import Region, make_user
from tests.factories_requests import make_person, make_question

pytestmark = pytest.mark.django_db
QUEUE = "/ru/desk/requests/"


@pytest.fixture
def region():
    return Region()


@pytest.fixture
def desk(client, region):
    client.force_login(make_user(Role.COMMISSION, region.region))
    return client


def url(question: Question, deed: str = "") -> str:
    return f"{QUEUE}{question.uuid}/{deed}{'/' if deed else ''}"


def numbers(answer) -> list[str]:
    return [row["number"] for row in answer.context["rows"]]


def test_each_question_lies_on_the_shelves_it_belongs_to(desk, region):
    now, late = timezone.now(), timezone.localdate() - timedelta(days=1)
    made = {
        "waiting": make_question(region.okrug),
        "late": make_question(region.okrug, due_on=late),
        "unanswered": make_question(region.first, state=State.PUBLISHED),
        "answered": make_question(region.first, state=State.PUBLISHED, answered_at=now, answer="…"),
        "held": make_question(region.first, state=State.HELD),
        "objections": make_question(region.first, state=State.HELD, objected_at=now, objection="…"),
    }
    make_question(region.okrug, state=State.UNCONFIRMED)
    make_question(Region("230000000", "Атырау").first)

    found = {
        show: {
            name
            for name, one in made.items()
            if one.number in numbers(desk.get(QUEUE, {"show": show}))
        }
        for show in ("waiting", "late", "unanswered", "answered", "held", "objections", "all")
    }

    assert found == {
        "waiting": {"waiting", "late"}, "late": {"late"}, "unanswered": {"unanswered"},
        "answered": {"answered"}, "held": {"held", "objections"}, "objections": {"objections"},
        "all": set(made),
    }  # fmt: skip
    shelves = [shelf["count"] for shelf in desk.get(QUEUE).context["shelves"]]
    assert shelves == [2, 1, 1, 1, 2, 1, None]


def test_words_are_counted_on_the_shelf_that_is_shown(desk, region):
    make_question(region.okrug, "Жол қашан жөнделеді?")
    make_question(region.okrug, "Су жоқ")
    answer = desk.get(QUEUE, {"q": "жол жөнделеді"})

    assert len(numbers(answer)) == 1
    assert [shelf["count"] for shelf in answer.context["shelves"]] == [1, *[None] * 6]


def test_words_are_looked_for_among_the_first_of_a_shelf(desk, region, monkeypatch):
    """Of what waits the first are the oldest, of all the newest."""
    monkeypatch.setattr(queue, "SEARCHED", 1)
    day = timedelta(days=1)
    old = make_question(region.okrug, "Жол жаман", at=timezone.now() - day)
    new = make_question(region.okrug, "Жол тар")

    assert numbers(desk.get(QUEUE, {"q": "жол"})) == [old.number]
    assert numbers(desk.get(QUEUE, {"q": "жол", "show": "all"})) == [new.number]


def test_a_number_finds_its_question_on_whatever_shelf(desk, region):
    held = make_question(region.okrug, state=State.HELD)
    strange = make_question(Region("230000000", "Атырау").first)

    assert numbers(desk.get(QUEUE, {"q": f" {held.number} "})) == [held.number]
    assert numbers(desk.get(QUEUE, {"q": strange.number})) == []


@pytest.mark.parametrize("many", [2, 30])
def test_the_queue_takes_as_many_queries_however_long_it_is(desk, region, many):
    for _number in range(many):
        make_question(region.okrug)
    desk.get(QUEUE)
    with CaptureQueriesContext(connection) as asked:
        desk.get(QUEUE)

    assert len(asked) == 11


def test_a_question_is_published_edited_and_answered_at_the_desk(desk, region):
    question = make_question(region.okrug, "Позвоните мне", person=make_person())

    answer = desk.post(url(question, "publish"), {"version": 1, "text": "Нужен звонок"})
    question.refresh_from_db()
    assert (answer.status_code, question.state) == (302, State.PUBLISHED)
    desk.post(url(question, "answer"), {"version": 2, "answer": "Позвоним завтра."})

    page = desk.get(url(question)).content.decode()
    assert "Позвоните мне" in page
    assert "Нужен звонок" in page
    assert "отредактировано" in page
    assert "Позвоним завтра." in page
    assert "asel@example.kz" not in page
    assert "Әсел" not in page


def test_a_stale_form_is_told_and_keeps_what_was_typed(desk, region):
    question = make_question(region.okrug)
    desk.post(url(question, "answer"), {"version": 1, "answer": "Первый ответ."})

    answer = desk.post(url(question, "answer"), {"version": 1, "answer": "Второй ответ."})

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "За это время вопрос кто-то изменил" in page
    assert "Первый ответ." in page
    assert "Второй ответ." in page


BAD = [  # deed, what is sent, a word of the answer
    ("publish", {"text": ""}, "Напишите текст"),
    ("publish", {"text": "а" * 5_001}, "5000"),
    ("publish", {"text": "бит\x00ый"}, "U+0000"),
    ("hold", {"reason": "other", "words": ""}, "Напишите причину"),
    ("hold", {"reason": "dislike"}, "dislike"),
    ("classify", {"kind": "complaint", "topic": "water", "unit": "999999999"}, "999999999"),
    ("classify", {"kind": "complaint", "topic": "water", "unit": "x"}, "не код"),
    ("merge", {"into": "2026-999999"}, "2026-999999"),
    ("split", {}, "не объединён"),
    ("register", {"eotinish_number": "1"}, "Укажите день получения"),
    ("register", {"eotinish_received_on": "31.02.2026"}, "31.02.2026"),
    ("uphold", {"words": "…"}, "нет возражения|этого сделать нельзя"),
]


@pytest.mark.parametrize(("deed", "sent", "word"), BAD)
def test_bad_input_is_told_and_nothing_changes(desk, region, deed, sent, word):
    question = make_question(region.okrug)

    answer = desk.post(url(question, deed), {"version": 1} | sent)

    assert answer.status_code == 422
    assert any(part in answer.content.decode() for part in word.split("|"))
    question.refresh_from_db()
    assert (question.version, question.state) == (1, State.WAITING)


def test_scripts_in_a_question_are_shown_as_text(desk, region):
    question = make_question(region.okrug, "<script>alert(1)</script>")

    assert b"<script>alert(1)" not in desk.get(url(question)).content
    assert b"<script>alert(1)" not in desk.get(QUEUE).content


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.AKIM, Role.DRAFTER])
def test_others_of_the_territory_read_and_do_not_touch(client, region, role):
    question = make_question(region.okrug)
    client.force_login(make_user(role, region.region))

    assert client.get(url(question)).context["offers"] == []
    assert client.post(url(question, "answer"), {"version": 1, "answer": "…"}).status_code == 403


def test_an_unknown_deed_and_a_foreign_question_are_not_there(desk, region):
    question = make_question(region.okrug)
    foreign = make_question(Region("230000000", "Атырау").first)

    assert desk.post(url(question, "object"), {"version": 1}).status_code == 404
    assert desk.get(url(foreign)).status_code == 404
    assert desk.post(url(foreign, "answer"), {"version": 1, "answer": "…"}).status_code == 404


def test_a_late_question_says_so(desk, region):
    make_question(region.okrug, due_on=date(2026, 3, 3))

    assert "с опозданием: срок был 3 марта 2026 г." in desk.get(QUEUE).content.decode()
