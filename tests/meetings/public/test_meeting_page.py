"""One meeting's page: plain words, its history, what machines read of it."""

import json
import re
from datetime import date
from uuid import uuid4

import pytest

from meetings.enums import MeetingState, Role, Way
from meetings.models import MeetingChange, Tenure
from tests.factories import a_moment, an_hour, make_user


def page(client, meeting, language="ru") -> str:
    answer = client.get(f"/{language}/meetings/{meeting.uuid}/")
    assert answer.status_code == 200
    return answer.content.decode()


def event(body: str) -> dict:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', body)
    assert found
    return json.loads(found[1])


def test_the_first_line_says_when_and_the_facts_say_who_where_and_how(client, busy):
    Tenure.objects.create(
        office=busy.office(busy.first), name_kk="Асқар Сапаров", name_ru="Аскар Сапаров",
        since=date(2025, 3, 3),
    )  # fmt: skip
    body = page(client, busy.coming)

    assert '<p class="answer">Встреча состоится: среда, 14 апреля 2027 г., 15:00</p>' in body
    for words in (
        "Аким: Бәйтерек ауданы", "Аскар Сапаров", "Дом культуры", "ул. Абая, 42", "15:00–17:00",
        "8 (7112) 50-12-34", "Приходите по указанному здесь адресу",
    ):  # fmt: skip
        assert words in body


STATES = [  # fields of the meeting, what its first line says
    ({"state": MeetingState.CANCELLED, "reason": "Су тасқыны"}, "Эта встреча отменена"),
    ({"state": MeetingState.HELD, "people": 41, "day": "2027-02-01"}, "Пришёл 41 человек"),
    ({"state": MeetingState.MOVED}, "Встреча перенесена"),
    ({"day": "2027-03-01"}, "Встреча сегодня"),
    ({"day": "2027-02-01"}, "День встречи прошёл"),
    ({}, "Встреча состоится"),
]


@pytest.mark.parametrize(("fields", "words"), STATES)
def test_each_state_is_said_in_plain_words(client, oblast, fields, words):
    fields = {"day": "2027-05-05", **fields}
    meeting = oblast.publish(oblast.first, [oblast.okrug], fields.pop("day"), **fields)

    assert words in page(client, meeting)


WAYS = [  # way, stream, place, what is said about coming
    (Way.ONLINE, "https://example.kz/1", "", "откройте адрес прямой трансляции"),
    (Way.ONLINE, "", "", "адрес трансляции появится"),
    (Way.IN_PERSON, "", "", "Место ещё не названо"),
    (Way.BOTH, "https://example.kz/1", "Клуб", "Приходите по указанному"),
]


@pytest.mark.parametrize(("way", "stream", "place", "words"), WAYS)
def test_how_to_come_follows_the_way_of_holding(client, oblast, way, stream, place, words):
    meeting = oblast.publish(
        oblast.first, [oblast.okrug], "2027-05-05", way=way, stream_url=stream, place_ru=place
    )

    assert words in page(client, meeting)


def test_a_stream_that_is_no_web_address_is_no_link(client, oblast):
    meeting = oblast.publish(
        oblast.first, [oblast.okrug], "2027-05-05", stream_url="javascript:alert(1)"
    )

    assert "javascript:" not in re.sub(r"<script.*?</script>", "", page(client, meeting))


def test_what_was_moved_is_shown_with_its_reason_and_who_has_still_to_agree(client, oblast):
    meeting = oblast.publish(
        oblast.first, [oblast.okrug], "2027-05-18", state=MeetingState.MOVED,
        planned_day=date(2027, 5, 14), is_awaiting=True, starts_at=an_hour(15), reason="Құрбан айт",
    )  # fmt: skip
    MeetingChange.objects.create(
        meeting=meeting, kind=MeetingState.MOVED, reason="Құрбан айт", is_urgent=True,
        was={"day": "2027-05-14", "starts_at": "15:00:00", "place_ru": "Клуб"},
        now={"day": "2027-05-18", "starts_at": "15:00:00", "place_ru": "Школа"},
        by=make_user(Role.COORDINATOR, oblast.region, name="Секретное Имя"),
        at=a_moment(2027, 2, 27),
    )  # fmt: skip
    body = page(client, meeting)

    assert "пятница, 14 мая 2027 г., 15:00, Клуб</del>" in body
    assert "вторник, 18 мая 2027 г., 15:00, Школа</ins>" in body
    assert body.count("Құрбан айт") == 1
    assert "ожидает" in body
    assert "Секретное Имя" not in body


def test_search_engines_read_an_event(client, busy):
    found = event(page(client, busy.coming))

    assert found["@type"] == "Event"
    assert found["startDate"] == "2027-04-14T15:00:00+05:00"
    assert found["endDate"] == "2027-04-14T17:00:00+05:00"
    assert found["eventStatus"] == "https://schema.org/EventScheduled"
    assert found["location"][0]["name"] == "Дом культуры"
    assert found["organizer"]["name"] == "Бәйтерек ауданы"
    assert found["url"].endswith(f"/ru/meetings/{busy.coming.uuid}/")


EVENTS = [  # fields, what the event says
    ({"state": MeetingState.CANCELLED}, {"eventStatus": "https://schema.org/EventCancelled"}),
    (
        {"state": MeetingState.MOVED, "planned_day": date(2027, 5, 1)},
        {
            "eventStatus": "https://schema.org/EventRescheduled",
            "previousStartDate": "2027-05-01",
        },
    ),
    ({}, {"startDate": "2027-05-05"}),
]


@pytest.mark.parametrize(("fields", "said"), EVENTS)
def test_the_event_follows_the_state(client, oblast, fields, said):
    meeting = oblast.publish(oblast.first, [oblast.okrug], "2027-05-05", **fields)

    assert said.items() <= event(page(client, meeting)).items()


def test_nothing_breaks_out_of_the_data_block(client, oblast):
    hostile = "</script><script>alert(1)</script>&\u2028"
    meeting = oblast.publish(
        oblast.first, [oblast.okrug], "2027-05-05", place_ru=hostile, contact=hostile
    )
    body = page(client, meeting)

    assert "<script>alert" not in body
    assert event(body)["location"][0]["name"] == hostile


def test_the_page_names_its_address_and_its_other_languages(client, busy):
    body = page(client, busy.coming)
    tail = f"/meetings/{busy.coming.uuid}/"

    assert f'<link rel="canonical" href="http://127.0.0.1:8000/ru{tail}">' in body
    for language in ("kk", "ru", "en"):
        link = f'<link rel="alternate" hreflang="{language}" href="http://127.0.0.1:8000/{language}'
        assert link + tail in body
    assert '<meta property="og:title"' in body


def test_one_may_add_it_to_a_calendar_and_subscribe_to_its_place(client, busy):
    body = page(client, busy.coming)

    assert f"/feeds/meetings/{busy.coming.uuid}.ics?lang=ru" in body
    assert "webcal://127.0.0.1:8000/feeds/274230000.ics?lang=ru" in body


def test_an_unknown_meeting_is_not_found_with_a_sentence(client, busy):
    answer = client.get(f"/ru/meetings/{uuid4()}/")

    assert answer.status_code == 404
    assert "нет опубликованной встречи" in answer.content.decode()


def test_the_page_costs_the_same_with_a_long_history(client, oblast, django_assert_max_num_queries):
    user = make_user(Role.COORDINATOR, oblast.region)
    meeting = oblast.publish(oblast.okrug, oblast.villages, "2027-05-05")
    with django_assert_max_num_queries(30) as few:
        page(client, meeting)
    for number in range(9):
        MeetingChange.objects.create(
            meeting=meeting, kind="announced", was={"starts_at": None},
            now={"starts_at": "10:00:00"}, by=user, at=a_moment(2027, 2, 1 + number),
        )  # fmt: skip
    with django_assert_max_num_queries(len(few)):
        page(client, meeting, "kk")
