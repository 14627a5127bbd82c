"""Staff enter what came another way: one by one, and from a table."""

import io
import re

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook, load_workbook

from appeals.enums import Channel, QuestionState
from appeals.models import Question
from meetings.enums import Role
from meetings.models import Act
from meetings.services import outbox
from tests.factories import Region, a_moment, make_meeting, make_user

pytestmark = pytest.mark.django_db
NOW = a_moment(2026, 11, 24, 15)
URL, SHEET = "/ru/desk/requests/enter/", "/ru/desk/requests/enter/table/"
HEAD = ["Текст", "Населённый пункт", "Как поступило", "Тема", "ФИО", "Электронная почта",
        "Согласие", "Дата поступления"]  # fmt: skip
HEAD_KK = ["Мәтін", "Елді мекен", "Қалай түсті"]


@pytest.fixture(autouse=True)
def _on_that_day():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def region():
    return Region()


@pytest.fixture
def clerk(client, region):
    user = make_user(Role.DRAFTER, region.first)
    client.force_login(user)
    return user


def typed(region, **more) -> dict:
    return {
        "text": "Жол қашан жөнделеді?", "unit": region.okrug.kato, "topic": "roads",
        "kind": "inquiry", "channel": "paper", "language": "kk",
    } | more  # fmt: skip


def test_what_came_on_paper_gets_a_number_without_a_code(client, region, clerk):
    meeting = make_meeting(region.office(region.first), [region.okrug], "2026-11-20")
    answer = client.post(
        URL, typed(region, received_on="20.11.2026", channel="floor", meeting=str(meeting.uuid))
    )
    question = Question.objects.get()

    assert (answer.status_code, answer["Location"]) == (302, URL)
    assert (question.number, question.state, question.channel) == (
        "2026-000001", QuestionState.WAITING, Channel.FLOOR,
    )  # fmt: skip
    assert (question.asked_at, question.entered_by) == (a_moment(2026, 11, 20, 9), clerk)
    assert (question.person, question.meeting) == (None, meeting)
    assert [move.deed for move in question.moves.all()] == ["enter"]
    assert Act.objects.get().verb == "question.enter"
    assert "2026-000001" in client.get(URL).content.decode()


def test_who_left_an_address_and_agreed_gets_the_number_and_the_secret_link(client, region, clerk):
    client.post(URL, typed(region, name="Әсел Нұрланова", email="a@example.kz", consent="on"))
    outbox.drain()
    question = Question.objects.get()
    [letter] = mail.outbox
    link = re.search(r"/kk/questions/follow/[\w-]+/", letter.body)[0]

    assert question.number in letter.subject
    assert client.get(link).status_code == 200
    assert "Нұрланова" not in question.person.sealed
    assert (question.person.details["name"], question.person.confirmed_at) == (
        "Әсел Нұрланова", None,
    )  # fmt: skip


BAD = [
    ({"text": " "}, "Напишите вопрос"),
    ({"text": "ы" * 50_000}, "Сократите текст"),
    ({"unit": "нет такого места"}, "нет такого населённого пункта"),
    ({"unit": "276200000"}, "нет такого населённого пункта"),  # another's territory
    ({"channel": "site"}, "Такого варианта нет"),
    ({"received_on": "25.11.2026"}, "ещё не наступил"),
    ({"received_on": "25.11.2024"}, "больше 90 дней"),
    ({"name": "Әсел"}, "Без согласия"),
    ({"email": "asel"}, "Это не адрес электронной почты"),
]


def test_what_is_wrong_is_told_and_nothing_is_entered(client, region, clerk):
    for bad, told in BAD:
        page = client.post(URL, typed(region, place_words="Мектеп көшесі", **bad))
        text = page.content.decode()
        assert (page.status_code, told in text, "Мектеп көшесі" in text) == (422, True, True), bad
    assert Question.objects.count() == 0


def test_who_may_not_enter_is_refused(client, region):
    for role in (Role.AKIM, Role.OBSERVER, Role.DEPUTY, Role.BODY):
        client.force_login(make_user(role, region.region))
        for address in (URL, SHEET, f"{SHEET}template.xlsx", f"{SHEET}{'0' * 32}/"):
            assert client.get(address).status_code == 403, (role, address)
    client.force_login(make_user(Role.RECEPTION, region.region))
    assert client.get(URL).status_code == 200


def workbook(*rows, title="Лист1") -> io.BytesIO:
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    out.seek(0)
    out.name = "t.xlsx"
    return out


def table(text: str) -> io.BytesIO:
    out = io.BytesIO(text.encode())
    out.name = "t.csv"
    return out


def test_a_table_is_looked_at_and_then_entered_whole_and_once(client, region, clerk, settings):
    rows = [
        ["+1 Жол", region.okrug.kato, "на бумаге", "дороги", "Әсел", "a@example.kz", "да",
         "23.11.2026"],
        ["Су жоқ", region.villages[0].name_ru, "телефон арқылы", "", "", "", "", ""],
    ]  # fmt: skip
    answer = client.post(SHEET, {"sheet": workbook(HEAD, *rows)})
    assert answer.status_code == 302, problems(answer)
    look = client.get(answer["Location"]).content.decode()

    assert Question.objects.count() == 0
    assert "2" in re.search(r'<p class="answer">(.*?)</p>', look)[1]
    [kept] = settings.DATA_DIR.glob("entries/*")
    assert "Әсел" not in kept.read_text()
    done, again = client.post(answer["Location"]), client.post(answer["Location"])
    [first, second] = Question.objects.order_by("pk")
    assert (done.status_code, again.status_code, Question.objects.count()) == (302, 409, 2)
    assert (first.text, first.topic, first.asked_at) == (
        "+1 Жол", "roads", a_moment(2026, 11, 23, 9),
    )  # fmt: skip
    assert (second.channel, second.topic, second.unit) == (
        Channel.PHONE, "other", region.villages[0],
    )  # fmt: skip
    assert list(settings.DATA_DIR.glob("entries/*")) == []


def test_a_table_of_another_clerk_is_not_found(client, region, clerk):
    row = ["Су жоқ", region.okrug.kato, "paper"]
    answer = client.post(SHEET, {"sheet": workbook(HEAD_KK, row)})
    client.force_login(make_user(Role.DRAFTER, region.first))

    assert client.get(answer["Location"]).status_code == 409
    assert client.post(answer["Location"]).status_code == 409
    assert Question.objects.count() == 0


def problems(page) -> list[tuple[str, ...]]:
    rows = re.findall(r"<tr><td>(.*?)</td><td>(.*?)</td><td>(.*?)</td><td>(.*?)</td></tr>",
                      page.content.decode())  # fmt: skip
    return [(sheet, line, column.partition(":")[0], told) for sheet, line, column, told in rows]


def test_every_cell_that_is_wrong_is_named_and_nothing_is_entered(client, region, clerk):
    page = client.post(
        SHEET,
        {"sheet": workbook(
            [*HEAD, "Цвет"],
            ["Жол", region.okrug.kato, "на бумаге", "магия", "", "", "", ""],
            ["", "нет такого", "голубем", "", "", "", "", "2026"],
            title="Запросы",
        )},
    )  # fmt: skip
    found = problems(page)

    assert page.status_code == 422
    assert {one[0] for one in found} == {"Запросы"}
    assert sorted({one[1:3] for one in found}) == [
        ("1", "I"), ("2", "D"), ("3", "A"), ("3", "B"), ("3", "C"), ("3", "H"),
    ]  # fmt: skip
    assert Question.objects.count() == 0


def test_files_that_are_no_tables_of_requests_are_refused(client, region, clerk):
    long = "\n".join(["text;unit;channel", *["Жол;274430000;paper"] * 501])
    for sent, told in [
        (table(""), "Файл пуст"),
        (table("a;b\n1;2"), "названия столбцов"),
        (table("Текст;Как поступило\nЖол;paper"), "Населённый пункт"),
        (table("Текст;Населённый пункт;Как поступило"), "нет ни одного запроса"),
        (table(long), "больше 500 строк"),
        (table("PK\x03\x04 no archive"), "не читается как таблица"),
    ]:
        page = client.post(SHEET, {"sheet": sent})
        assert (page.status_code, told in page.content.decode()) == (422, True), told
    assert client.post(SHEET, {}).status_code == 422


def test_the_template_can_be_filled_in_and_sent(client, region, clerk):
    for language in ("kk", "ru"):
        given = client.get(f"/{language}/desk/requests/enter/table/template.xlsx")
        book = load_workbook(io.BytesIO(given.content))
        book.active.append(["Су жоқ", region.okrug.kato, "қағаз түрінде" if language == "kk" else
                            "на бумаге"])  # fmt: skip
        out = io.BytesIO()
        book.save(out)
        out.seek(0)
        out.name = "t.xlsx"
        answer = client.post(SHEET, {"sheet": out})
        assert answer.status_code == 302, problems(answer)


def test_the_form_costs_the_same_with_few_and_with_many_meetings(client, region, clerk):
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(URL).status_code == 200
        return len(seen)

    make_meeting(region.office(region.first), [region.okrug], "2026-11-20")
    few = queries()
    for day in range(1, 20):
        make_meeting(region.office(region.first), [region.okrug], f"2026-11-{day:02}")

    assert queries() == few
