"""A place's page: who must come, what comes, what was held; how a place is found."""

import re
from datetime import date

import pytest

from meetings.enums import MeetingState, Role, UnitKind
from meetings.models import Tenure, UnitPast
from meetings.text import fold
from tests.factories import make_approved, make_office, make_unit, make_user


def page(client, unit, query="", language="ru") -> str:
    answer = client.get(f"/{language}/units/{unit.kato}/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def findable(busy):
    for unit in (busy.region, busy.first, busy.second, busy.okrug, *busy.villages):
        unit.search = f"|{fold(unit.name_kk)}|{unit.kato}|"
        unit.save()
    return busy


def test_the_first_line_says_when_the_next_meeting_here_is(client, busy):
    assert (
        "Следующая встреча здесь: среда, 14 апреля 2027 г., 15:00, аким: Бәйтерек ауданы."
        in page(client, busy.okrug)
    )
    assert "встречи здесь не опубликованы" in page(client, busy.second)


def test_who_must_come_is_shown_with_required_planned_and_held(client, busy):
    body = page(client, busy.first)

    assert "Аким: Батыс Қазақстан облысы" in body
    assert "2027 год" in body
    row = body[body.index('<th scope="row">2027 год') :]
    figures = [cell.split(">")[1].split("<")[0] for cell in row.split('class="num"')[1:4]]
    assert figures == ["1", "1", "1"]
    assert "state-held" in row[:900]


def test_a_missing_meeting_is_said_to_be_missing(client, busy):
    body = page(client, busy.okrug)

    second_half = body[body.index("II полугодие 2027 г.") :]
    assert "state-missing" in second_half[:900]


def test_before_approval_the_page_says_that_there_is_no_calendar_yet(client, busy):
    body = page(client, busy.okrug, "?year=2028")

    assert "Календарь на 2028 год ещё не утверждён" in body


def test_akims_of_the_place_are_named_for_today(client, busy):
    office = busy.office(busy.first)
    Tenure.objects.create(
        office=office, name_kk="А", name_ru="Прежний", since=date(2020, 1, 1),
        until=date(2025, 3, 2),
    )  # fmt: skip
    Tenure.objects.create(office=office, name_kk="Б", name_ru="Нынешний", since=date(2025, 3, 3))
    body = page(client, busy.villages[0])

    assert "Нынешний" in body
    assert "Прежний" not in body


def test_a_new_akim_shows_in_the_next_read(client, busy):
    page(client, busy.first)
    Tenure.objects.create(
        office=busy.office(busy.first), name_kk="Б", name_ru="Только что назначен",
        since=date(2027, 2, 27),
    )  # fmt: skip

    assert "Только что назначен" in page(client, busy.first)


def test_a_place_leads_up_and_down_and_to_its_feed(client, busy):
    body = page(client, busy.okrug)

    assert 'href="/ru/units/274200000/">Бәйтерек ауданы</a>' in body
    assert 'href="/ru/units/274230100/">Дариян ауылы</a>' in body
    assert "webcal://127.0.0.1:8000/feeds/274230000.ics?lang=ru" in body


def test_what_was_held_stands_apart_from_what_comes(client, busy):
    busy.publish(busy.first, [busy.okrug], "2027-01-15", state=MeetingState.HELD, people=31)
    body = page(client, busy.okrug)

    assert body.index("Предстоящие встречи") < body.index("Прошедшие встречи")
    assert "пришёл 31 человек" in body[body.index("Прошедшие встречи") :]


def test_an_unknown_code_is_not_found_with_a_sentence(client, busy):
    answer = client.get("/ru/units/999999999/")

    assert answer.status_code == 404
    assert "кодом 999999999 нет" in answer.content.decode()
    assert client.get("/ru/units/27/").status_code == 404
    assert client.get("/ru/units/abc/").status_code == 404


def test_a_twin_row_leads_to_its_body(client, busy):
    body = make_unit(UnitKind.SETTLEMENT_ADMIN, "Кент әкімшілігі", parent=busy.first)
    make_office(body)
    twin = make_unit(UnitKind.SETTLEMENT, "Кент", parent=body, body=body)

    answer = client.get(f"/ru/units/{twin.kato}/")

    assert (answer.status_code, answer["Location"]) == (302, f"/ru/units/{body.kato}/")


def test_a_code_that_was_changed_leads_to_the_present_one(client, busy):
    UnitPast.objects.create(
        unit=busy.okrug, until=date(2024, 1, 1), kato="274299000", kind=UnitKind.OKRUG,
        name_kk="Ескі", name_ru="Старый", parent=busy.first,
    )  # fmt: skip

    answer = client.get("/ru/units/274299000/")

    assert (answer.status_code, answer["Location"]) == (302, "/ru/units/274230000/")


def test_a_retired_place_keeps_its_page_and_says_so(client, busy):
    old = make_unit(
        UnitKind.VILLAGE, "Жойылған ауыл", parent=busy.okrug, valid_to=date(2025, 12, 31)
    )

    assert "больше нет (последний день: 31 декабря 2025 г.)" in page(client, old)


def test_a_reused_code_opens_the_living_place_and_names_the_former(client, busy):
    make_unit(
        UnitKind.VILLAGE, "Ескі ауыл", parent=busy.okrug, kato="274230100",
        valid_to=date(2023, 5, 31),
    )  # fmt: skip

    body = page(client, busy.villages[0])
    assert "<h1>Дариян ауылы</h1>" in body
    assert "Ескі ауыл (последний день: 31 мая 2023 г.)" in body


@pytest.mark.parametrize("year", ["2021", "2029", "abc", "20270", "-1"])
def test_a_year_without_calendars_is_refused_with_a_sentence(client, busy, year):
    answer = client.get(f"/ru/units/274230000/?year={year}")

    assert answer.status_code == 400
    assert "2022–2028" in answer.content.decode()


def test_names_of_an_excluded_place_come_with_the_reason(client, busy):
    busy.second.is_excluded, busy.second.exclusion_reason = True, "Жалға берілген"
    busy.second.save()

    assert "Жалға берілген" in page(client, busy.second)


SEARCHES = [("дариян", 2), ("ДАРИЯН ауылы", 1), ("терект", 1), ("274230100", 1), ("нет такого", 0)]


@pytest.mark.parametrize(("words", "many"), SEARCHES)
def test_a_place_is_found_by_letters_of_its_name_or_its_code(client, findable, words, many):
    body = client.get("/ru/units/", {"q": words}).content.decode()

    assert len(re.findall(r'<li><a href="/ru/units/\d', body)) == many
    assert ("Места с таким названием нет" in body) == (many == 0)


def test_a_found_place_tells_what_it_lies_in(client, findable):
    body = client.get("/ru/units/", {"q": "озёрное"}).content.decode()

    assert "Дариян ауылдық округі, Бәйтерек ауданы, Батыс Қазақстан облысы" in body


BAD_WORDS = ["a" * 101, "\x00", "a\u2028b", "x" * 1500]


@pytest.mark.parametrize("words", BAD_WORDS)
def test_words_that_cannot_be_searched_get_a_sentence(client, findable, words):
    answer = client.get("/ru/units/", {"q": words})

    assert answer.status_code == 422
    assert "invalid-feedback" in answer.content.decode()


def test_the_search_is_a_plain_form_that_scripts_only_hasten(client, db):
    body = client.get("/kk/units/").content.decode()

    assert '<form class="find no-print" method="get" action="/kk/units/"' in body
    assert 'hx-get="/kk/units/"' in body


def test_a_place_costs_the_same_with_few_meetings_and_with_many(
    client, busy, django_assert_max_num_queries
):
    busy.publish(busy.first, [busy.okrug], "2027-02-01", state=MeetingState.HELD, people=3)
    with django_assert_max_num_queries(40) as few:
        page(client, busy.okrug)
    for number in range(10):
        village = make_unit(UnitKind.VILLAGE, f"Ауыл {number}", parent=busy.okrug)
        busy.publish(busy.first, [busy.okrug], f"2027-05-{number + 1:02}")
        busy.publish(busy.okrug, [village], f"2027-06-{number + 1:02}")
    make_approved(busy.region, 2026)
    with django_assert_max_num_queries(len(few)):
        page(client, busy.okrug)


def test_staff_see_the_same_place_but_nothing_keeps_their_page(client, busy):
    client.force_login(make_user(Role.COORDINATOR, busy.region))
    answer = client.get("/ru/units/274230000/")

    assert answer["Cache-Control"] == "private, no-store"
    assert not answer.has_header("ETag")


def test_what_was_planned_and_is_not_recorded_is_said_to_be_so(client, busy, today):
    today.move_to("2027-07-02T10:00:00+05:00")

    assert "запланирована, проведение не отмечено" in page(client, busy.okrug)
