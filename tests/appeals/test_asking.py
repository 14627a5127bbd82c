"""A question from the form to its number, and what is not let in."""

import re
from datetime import date, time, timedelta

import pytest
import time_machine
from django.core import mail

from appeals.enums import QuestionState
from appeals.models import Code, Person, Question
from appeals.services import asking
from meetings.enums import DayKind, MeetingState
from meetings.models import DayOff, Letter
from meetings.services import outbox
from tests.factories import Region, a_moment, an_hour, make_meeting

pytestmark = pytest.mark.django_db
TEXT = "Мектеп жанындағы жол жөндеуді қажет етеді, көктемде өту мүмкін емес."
TUESDAY, SATURDAY = a_moment(2026, 11, 24, 15, 4), a_moment(2026, 11, 28, 11, 30)


def typed(**more) -> dict:
    return {
        "text": TEXT, "topic": "roads", "kind": "inquiry", "place_words": "Мектеп көшесі",
        "name": "Әсел Нұрланова", "email": "asel@example.kz", "phone": "+7 701 123 45 67",
        "consent": "on", "website": "",
    } | more  # fmt: skip


@pytest.fixture
def region():
    return Region()


@pytest.fixture
def meeting(region):
    return make_meeting(
        region.office(region.first), [region.okrug], "2026-11-26", starts_at=an_hour(15)
    )


def url(**query) -> str:
    return "/ru/questions/ask/?" + "&".join(f"{key}={value}" for key, value in query.items())


def send(client, region, at=TUESDAY, **more):
    with time_machine.travel(at, tick=False):
        return client.post(url(unit=region.okrug.kato), typed(**more))


def last_letter(at=TUESDAY):
    with time_machine.travel(at, tick=False):
        outbox.drain()
    return mail.outbox[-1]


def type_code(client, answer, at=TUESDAY):
    digits = re.search(r"\d{3} \d{3}", last_letter(at).subject)[0]
    with time_machine.travel(at, tick=False):
        return client.post(answer["Location"], {"code": digits})


def test_a_question_counts_when_its_code_is_typed(client, region):
    answer = send(client, region)
    assert re.fullmatch(r"/ru/confirm/[0-9a-f-]{36}/", answer["Location"])
    question = Question.objects.get()
    assert (question.state, question.number) == (QuestionState.UNCONFIRMED, None)

    done = type_code(client, answer)

    question.refresh_from_db()
    assert (question.state, question.number, question.asked_at, question.due_on) == (
        QuestionState.WAITING, "2026-000001", TUESDAY, date(2026, 12, 4),
    )  # fmt: skip
    assert (question.unit, question.region, question.meeting, question.topic) == (
        region.okrug, region.region, None, "roads",
    )  # fmt: skip
    assert re.fullmatch(r"/ru/questions/follow/[\w-]{32}/", done["Location"])
    assert [move.deed for move in question.moves.all()] == ["ask"]


def test_the_letter_holds_the_number_the_moment_and_the_secret_address(client, region):
    done = type_code(client, send(client, region))
    letter = last_letter()

    assert letter.subject == "Номер вашего вопроса: 2026-000001"
    assert "Поступил: 24 ноября 2026 г., 15:04" in letter.body
    assert f"http://127.0.0.1:8000{done['Location']}" in letter.body
    assert "https://eotinish.kz" in letter.body
    assert "следующий рабочий день" not in letter.body


def test_the_secret_address_lies_in_no_table(client, region):
    token = type_code(client, send(client, region))["Location"].split("/")[-2]
    last_letter()
    rows = [
        str(value)
        for model in (Question, Person, Code, Letter)
        for row in model.objects.values_list()
        for value in row
    ]

    assert not [value for value in rows if token in value or "asel@" in value]


def test_what_comes_on_a_day_off_is_registered_on_the_next_working_day(client, region):
    DayOff.objects.create(
        day="2026-11-30", kind=DayKind.HOLIDAY, name_kk="Мереке", name_ru="Праздник"
    )
    done = type_code(client, send(client, region, SATURDAY), SATURDAY)
    page = client.get(done["Location"]).content.decode()

    assert Question.objects.get().due_on == date(2026, 12, 11)  # ten days from Tuesday
    told = "следующий рабочий день: вторник, 1 декабря 2026 г."
    assert told in page
    assert told in last_letter(SATURDAY).body


def test_a_question_to_a_meeting_is_taken_until_it_begins(client, region, meeting):
    address = url(meeting=meeting.uuid)
    with time_machine.travel(a_moment(2026, 11, 26, 14, 59), tick=False):
        page = client.get(address).content.decode()
        answer = client.post(address, typed())
    assert "26 ноября 2026 г., 15:00" in page
    assert answer.status_code == 302

    type_code(client, answer, a_moment(2026, 11, 26, 15, 10))

    assert Question.objects.get().meeting == meeting


@pytest.mark.parametrize(
    ("hours", "starts_at", "last"),
    [
        (0, time(15), a_moment(2026, 11, 26, 15)),
        (24, time(15), a_moment(2026, 11, 25, 15)),
        (0, None, a_moment(2026, 11, 26, 0)),
    ],
)
def test_the_hour_until_which_a_meeting_takes_questions_is_a_setting(
    settings, meeting, hours, starts_at, last
):
    settings.QUESTIONS_CLOSE_HOURS = hours
    meeting.starts_at = starts_at

    assert asking.closes_at(meeting) == last
    assert asking.is_open(meeting, last - timedelta(seconds=1))
    assert not asking.is_open(meeting, last)


@pytest.mark.parametrize("state", [MeetingState.CANCELLED, MeetingState.HELD])
def test_a_meeting_that_is_over_takes_none_and_what_was_typed_is_kept_for_the_place(
    client, region, meeting, state
):
    meeting.state, meeting.people = state, 40
    meeting.save()
    with time_machine.travel(TUESDAY, tick=False):
        answer = client.post(url(meeting=meeting.uuid), typed())
    page = answer.content.decode()

    assert answer.status_code == 409
    assert TEXT in page
    assert f'action="?unit={region.okrug.kato}"' in page
    assert Question.objects.count() == 0


def test_a_form_opened_before_the_meeting_and_sent_after_it_is_told_so(client, meeting):
    with time_machine.travel(a_moment(2026, 11, 26, 15, 0), tick=False):
        answer = client.post(url(meeting=meeting.uuid), typed())

    assert answer.status_code == 409
    assert "больше не принимает вопросы" in answer.content.decode()


def test_a_code_typed_long_after_the_meeting_began_turns_the_question_to_the_place(
    client, region, meeting
):
    before = a_moment(2026, 11, 26, 14, 59)
    with time_machine.travel(before, tick=False):
        answer = client.post(url(meeting=meeting.uuid), typed())
    later = before + timedelta(hours=2)
    with time_machine.travel(later, tick=False):
        again = client.post(answer["Location"] + "again/")

    type_code(client, again, later)

    question = Question.objects.get()
    assert (question.meeting, question.unit) == (None, region.okrug)


def test_of_several_places_of_a_meeting_one_is_chosen(client, region):
    meeting = make_meeting(
        region.office(region.first), region.villages, "2026-11-26", starts_at=an_hour(15)
    )
    with time_machine.travel(TUESDAY, tick=False):
        strange = client.post(url(meeting=meeting.uuid), typed(place=region.second.kato))
        answer = client.post(url(meeting=meeting.uuid), typed(place=region.villages[1].kato))

    assert (strange.status_code, answer.status_code) == (422, 302)
    assert Question.objects.get().unit == region.villages[1]


BAD = [
    ({"text": ""}, "Напишите вопрос."),
    ({"text": " \n\t "}, "Напишите вопрос."),
    ({"text": "ы" * 50_000}, "Сократите текст."),
    ({"text": "Вода\x00"}, "U+0000"),
    ({"text": "Вода\x1b[2J"}, "U+001B"),
    ({"topic": ""}, "Выберите тему."),
    ({"topic": "magic"}, "Такого варианта нет"),
    ({"kind": "magic"}, "Такого варианта нет"),
    ({"name": ""}, "анонимные вопросы не рассматриваются"),
    ({"email": "asel"}, "Это не адрес электронной почты"),
    ({"email": "a@b.kz\nBcc: c@d.kz"}, "Это не адрес электронной почты"),
    ({"phone": "call me"}, "Это не номер телефона"),
    ({"consent": ""}, "Без вашего согласия"),
    ({"website": "http://spam.example"}, "поле, которого люди не видят"),
]


@pytest.mark.parametrize(("bad", "told"), BAD)
def test_what_is_wrong_is_told_and_what_was_typed_is_kept(client, region, bad, told):
    answer = send(client, region, **bad)
    page = answer.content.decode()

    assert answer.status_code == 422
    assert told in page
    assert "Мектеп көшесі" in page
    assert (Question.objects.count(), Letter.objects.count()) == (0, 0)


def test_scripts_are_text_and_signs_that_turn_writing_round_are_dropped(client, region):
    text = "<script>alert(1)</script> \u202eкөше\u2066 {{ 7*7 }}"
    done = type_code(client, send(client, region, text=text))
    page = client.get(done["Location"]).content.decode()

    assert Question.objects.get().text == "<script>alert(1)</script> көше {{ 7*7 }}"
    assert "&lt;script&gt;alert(1)&lt;/script&gt; көше {{ 7*7 }}" in page


def test_many_questions_of_one_address_are_slowed_and_what_was_typed_is_kept(
    client, region, settings
):
    settings.CODES_TO_ADDRESS = 2
    answers = [send(client, region) for _number in range(3)]

    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert TEXT in answers[2].content.decode()
    assert Question.objects.count() == 2


@pytest.mark.parametrize(
    "query",
    [{"unit": "000000000"}, {"unit": "x" * 500}, {"meeting": "7"}, {"meeting": "0" * 32}],
)
def test_a_place_or_meeting_that_is_not_there_is_404_with_a_way_on(client, region, query):
    answer = client.get(url(**query))

    assert answer.status_code == 404
    assert "Найдите свой населённый пункт" in answer.content.decode()


def test_without_a_place_it_is_found_by_its_name(client, region):
    page = client.get("/ru/questions/ask/?q=дариян").content.decode()

    assert f'href="?unit={region.okrug.kato}"' in page
    assert f'href="?unit={region.villages[0].kato}"' in page
    assert "<select" not in page


def test_the_page_says_what_is_no_formal_appeal_and_where_those_are_made(client, region):
    page = client.get(url(unit=region.okrug.kato))

    assert 'href="https://eotinish.kz"' in page.content.decode()
    assert "no-store" in page["Cache-Control"]


def test_a_question_whose_code_nobody_typed_goes_with_its_contact(client, region):
    answer = send(client, region)
    later = TUESDAY + timedelta(days=2)

    assert asking.forget_unconfirmed(later) == 0
    assert asking.forget_unconfirmed(later + timedelta(seconds=1)) == 1
    assert (Question.objects.count(), Person.objects.count()) == (0, 0)
    with time_machine.travel(later + timedelta(seconds=1), tick=False):
        again = client.post(answer["Location"] + "again/")
    told = type_code(client, again, later + timedelta(seconds=1))
    assert told.status_code == 422
    assert "Задайте его ещё раз" in told.content.decode()
