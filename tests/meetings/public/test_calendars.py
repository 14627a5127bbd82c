"""A region's approved calendar, and the country in a year."""

import re
from datetime import date

import pytest

from meetings.enums import MeetingState, ProcedureChoice, State, UnitKind
from meetings.models import Revision
from tests.factories import (
    Region,
    a_moment,
    make_approved,
    make_calendar,
    make_office,
    make_unit,
)

URL = "/ru/calendars/2027/270000000/"
SIDES = ["", "?show=coverage", "?show=findings", "?show=grid", "?show=print"]


def page(client, query="", url=URL) -> str:
    answer = client.get(url + query)
    assert answer.status_code == 200
    return answer.content.decode()


def rows_of(body: str) -> dict[str, str]:
    """Rows of the table of the regions by name, without tags."""
    rows = re.findall(r"<tr>\s*<th scope=\"row\"><a [^>]*>(.*?)</a>(.*?)</tr>", body, re.S)
    return {name: " ".join(re.sub(r"<[^>]*>", " ", rest).split()) for name, rest in rows}


def test_the_calendar_says_when_and_by_what_acts_it_was_approved(client, busy):
    body = page(client)

    assert "Утверждён: 10 января 2027 г." in body
    assert "акт № 12 от 10 января 2027 г." in body
    assert "решение маслихата № 4-5 от 8 января 2027 г." in body
    assert "7f3a90c1" * 8 in body
    assert "webcal://127.0.0.1:8000/feeds/270000000.ics?lang=ru" in body


def test_a_late_approval_is_shown_as_late(client, oblast):
    other = Region(kato="110000000", name="Ақмола облысы")
    make_approved(other.region, 2027, late=True)

    assert "Утверждён с опозданием" in page(client, url="/ru/calendars/2027/110000000/")
    assert (
        "утверждён с опозданием"
        in rows_of(page(client, url="/ru/calendars/2027/"))["Ақмола облысы"]
    )


PROCEDURES = [
    (ProcedureChoice.AGREE, "Принятый порядок: по согласованию с маслихатом"),
    (ProcedureChoice.EDITION, "Принятый порядок: с уведомлением маслихата"),
]


@pytest.mark.parametrize(("choice", "words"), PROCEDURES)
def test_the_procedure_in_use_and_what_the_edition_asks_are_both_said(
    client, oblast, choice, words
):
    oblast.calendar.procedure = choice
    oblast.calendar.save()
    body = page(client)

    assert words in body
    assert "Редакция Указа на этот год требует: с уведомлением маслихата" in body


def test_the_table_stands_by_months_and_narrows(client, busy):
    assert "февраль 2027 г." in page(client)
    assert len(re.findall(r'<li class="entry', page(client))) == 4
    assert len(re.findall(r'<li class="entry', page(client, "?month=4"))) == 1
    assert len(re.findall(r'<li class="entry', page(client, "?unit=276200000"))) == 1


def test_findings_tell_what_is_missing_first(client, busy):
    body = page(client, "?show=findings")

    first = body.index("finding-breach")
    assert first < body.index("finding-met")
    assert "Аким: Батыс Қазақстан облысы. Территория встречи: Теректі ауданы." in body
    assert "не подтверждено" in body
    only = page(client, "?show=findings&only=missing")
    assert "finding-met" not in only


def test_the_coverage_of_a_norm_is_a_table_of_targets_and_windows(client, busy):
    body = page(client, "?show=coverage&norm=N3")

    assert "I полугодие 2027 г." in body
    assert "cover-met" in body
    assert "cover-missing" in body


def test_the_grid_shows_each_akim_and_where_something_is_missing(client, busy):
    body = page(client, "?show=grid")

    assert "year-gap" in body
    assert "mark-held" in body


def test_the_sheet_for_the_wall_names_acts_and_hash(client, busy):
    body = page(client, "?show=print")

    assert "sheet-approved" in body
    assert "напечатано: 1 марта 2027 г." in body
    assert body.count("<tr>") == 5


BAD = [
    ("?show=secret", 400),
    ("?month=13", 400),
    ("?unit=110000000", 400),
    ("?unit=abc", 400),
    ("?show=findings&norm=N9", 400),
    ("?page=zero", 400),
    ("?page=7", 404),
]


@pytest.mark.parametrize(("query", "status"), BAD)
def test_what_the_calendar_does_not_have_gets_a_sentence(client, busy, query, status):
    answer = client.get(URL + query)

    assert answer.status_code == status
    assert 'class="lead"' in answer.content.decode()


def test_a_part_of_a_region_leads_to_the_regions_calendar(client, busy):
    answer = client.get("/ru/calendars/2027/274200000/")

    assert (answer.status_code, answer["Location"]) == (302, URL + "?unit=274200000")


YEARS = [("2021", 404), ("2029", 404), ("0", 404), ("99999999999999999999", 404), ("2022", 200)]


@pytest.mark.parametrize(("year", "status"), YEARS)
@pytest.mark.parametrize("tail", ["", "270000000/"])
def test_years_have_bounds(client, oblast, year, status, tail):
    assert client.get(f"/ru/calendars/{year}/{tail}").status_code == status


def test_an_unknown_region_is_not_found_with_a_sentence(client, oblast):
    answer = client.get("/ru/calendars/2027/999999999/")

    assert answer.status_code == 404
    assert "Региона с кодом 999999999 нет" in answer.content.decode()


def test_a_year_without_approval_is_said_to_be_empty_with_its_deadline(client, oblast):
    make_calendar(oblast.region, 2028, state=State.AGREED)
    body = page(client, url="/ru/calendars/2028/270000000/")

    assert "Календарь встреч на 2028 год ещё не утверждён." in body
    assert "Осталось 320 дней" in body
    assert "согласован" not in body


def test_every_approved_version_is_told_the_one_in_force_first(client, oblast):
    Revision.objects.create(
        calendar=oblast.calendar, number=2, state=State.APPROVED, approved_at=a_moment(2027, 2, 20),
        act_number="31", act_on=date(2027, 2, 20), canonical="{}", sha256="b" * 64,
        reason="Су тасқыны",
    )  # fmt: skip
    body = page(client)

    assert body.index("№ 31") < body.index("Прежние версии") < body.index("№ 12")
    assert "Су тасқыны" in body


def test_the_country_tells_each_regions_state_and_figures(client, busy):
    late = make_unit(UnitKind.OBLAST, "Абай облысы", kato="100000000")
    make_approved(late, 2027, late=True)
    make_unit(UnitKind.OBLAST, "Ақтөбе облысы", kato="150000000")
    body = page(client, url="/ru/calendars/2027/")
    rows = rows_of(body)

    assert "2027 год: календарь утверждён в 2 регионах из 3. С опозданием: 1." in body
    assert rows["Батыс Қазақстан облысы"].startswith("утверждён акт № 12")
    assert rows["Батыс Қазақстан облысы"].endswith("8 4 1 4")
    assert rows["Ақтөбе облысы"].startswith("не утверждён, срок прошёл")
    assert 'class="tile tile-approved"' in body


def test_before_the_deadline_nobody_is_late(client, oblast):
    rows = rows_of(page(client, url="/ru/calendars/2028/"))

    assert rows["Батыс Қазақстан облысы"].startswith("ещё не утверждён")


def test_figures_follow_the_next_publication(client, busy):
    def missing():
        return rows_of(page(client, url="/ru/calendars/2027/"))["Батыс Қазақстан облысы"][-1]

    from django.db import transaction

    from meetings.services import publishing

    assert missing() == "4"
    with transaction.atomic():
        publishing.refresh([busy.publish(busy.region, [busy.second], "2027-09-09")])
    assert missing() == "3"


def test_home_tells_the_next_meeting_and_the_state_of_the_year(client, busy):
    body = page(client, url="/ru/")

    assert '<p class="answer">Ближайшая встреча: среда, 14 апреля 2027 г., 15:00</p>' in body
    assert "2027 год: календарь утверждён в 1 регионе из 1." in body
    assert 'action="/ru/units/"' in body


def test_home_says_when_the_meeting_is_today_and_passes_what_is_cancelled(client, busy, today):
    today.move_to("2027-04-14T08:00:00+05:00")
    assert "Ближайшая встреча сегодня" in page(client, url="/ru/")
    today.move_to("2027-05-21T08:00:00+05:00")
    assert "встречи не опубликованы" in page(client, url="/ru/")


def test_an_empty_site_has_its_pages(client, db):
    for url in ("/kk/", "/kk/meetings/", "/kk/units/", "/kk/calendars/2026/"):
        assert client.get(url).status_code == 200


@pytest.mark.parametrize("query", SIDES)
def test_each_side_costs_the_same_with_few_meetings_and_with_many(
    client, busy, query, django_assert_max_num_queries
):
    with django_assert_max_num_queries(16) as few:
        page(client, query)
    for number in range(12):
        okrug = make_unit(UnitKind.OKRUG, f"Округ {number}", parent=busy.second)
        make_office(okrug)
        busy.offices[okrug.pk] = okrug.office
        village = make_unit(UnitKind.VILLAGE, f"Ауыл {number}", parent=okrug)
        busy.publish(okrug, [village, okrug], f"2027-06-{number + 1:02}")
    with django_assert_max_num_queries(16) as many:
        page(client, query)

    assert len(few) == len(many)


@pytest.mark.parametrize("url", ["/ru/", "/ru/calendars/2027/"])
def test_the_country_costs_the_same_with_few_regions_and_with_many(
    client, busy, url, django_assert_max_num_queries
):
    busy.publish(busy.first, [busy.okrug], "2027-03-09", state=MeetingState.PLANNED)
    make_approved(make_unit(UnitKind.OBLAST), 2027)
    with django_assert_max_num_queries(14) as few:
        page(client, url=url)
    for _number in range(10):
        make_approved(make_unit(UnitKind.OBLAST), 2027)
    with django_assert_max_num_queries(14) as many:
        page(client, url=url)

    assert len(few) == len(many)
