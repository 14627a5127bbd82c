"""What was held: only with a protocol or a stated count; each page tells three figures apart."""

import re
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from meetings.enums import MeetingState, Role
from meetings.models import Meeting, Tenure
from meetings.services import meetings, protocols
from tests.factories import make_user

FIGURE = re.compile(r'<div class="figure-item[^>]*><dt>[^<]*</dt><dd>(\d+)</dd>')
CELL = re.compile(r'<td class="num"[^>]*>(\d+)</td>')


def body(client, path: str) -> str:
    answer = client.get(f"/ru/{path}")
    assert answer.status_code == 200, path
    return answer.content.decode()


def akim_figures(client, oblast) -> tuple[int, ...]:
    """Required, planned, held on the page of the district's akim."""
    found = FIGURE.findall(body(client, f"akims/{oblast.first.kato}/"))
    return tuple(map(int, found[:3]))


def region_figures(client, oblast) -> tuple[int, ...]:
    found = FIGURE.findall(body(client, f"calendars/2027/{oblast.region.kato}/"))
    return tuple(map(int, found[:3]))


def unit_figures(client, oblast) -> tuple[int, ...]:
    """The same of what is owed to the okrug itself: its two half-years."""
    page = body(client, f"units/{oblast.okrug.kato}/").split('id="owed"')[1].split("<details")[0]
    cells = list(map(int, CELL.findall(page)))
    return sum(cells[0:6:3]), sum(cells[1:6:3]), sum(cells[2:6:3])


def by_protocol(meeting, coordinator) -> None:
    protocol = protocols.begin(meeting, by=coordinator)
    Meeting.objects.filter(pk=meeting.pk).update(people=31)  # as the console would
    protocol = protocols.sign(protocol, by=coordinator, version=protocol.version)
    protocols.publish(protocol, by=coordinator, version=protocol.version)


def by_count(meeting, coordinator) -> None:
    meetings.record_held(meeting, people=31, by=coordinator, version=meeting.version)


@pytest.mark.parametrize("deed", [by_protocol, by_count])
def test_each_page_counts_a_meeting_as_held_from_then_on(client, oblast, deed):
    coordinator = make_user(Role.COORDINATOR, oblast.region)
    meeting = oblast.publish(oblast.first, [oblast.okrug], "2027-02-10")
    pages = (akim_figures, region_figures, unit_figures)
    before = [figures(client, oblast) for figures in pages]

    deed(meeting, coordinator)

    after = [figures(client, oblast) for figures in pages]
    required = [figures[0] for figures in before]
    assert before == [(one, 1, 0) for one in required]
    assert after == [(one, 1, 1) for one in required]
    assert required[0] == required[2] == 2
    assert required[1] > 2


def test_a_meeting_outside_the_calendar_counts_for_what_was_held_alone(client, oblast):
    oblast.publish(oblast.first, [oblast.okrug], "2027-02-10", calendar=None, is_outside=True,
                   region=oblast.region, state=MeetingState.HELD, people=12)  # fmt: skip
    oblast.publish(oblast.first, [oblast.okrug], "2027-02-11", state=MeetingState.CANCELLED,
                   reason="Су тасқыны")  # fmt: skip

    assert akim_figures(client, oblast) == (2, 0, 1)
    assert unit_figures(client, oblast) == (2, 0, 1)


def test_nothing_is_held_without_a_count(oblast):
    meeting = oblast.publish(oblast.first, [oblast.okrug], "2027-02-10")
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.HELD)


def test_the_page_of_an_akim_names_who_holds_and_held_the_post(client, busy):
    office = busy.office(busy.first)
    for kk, since, until in (
        ("Ескі Әкім", date(2020, 1, 1), date(2025, 3, 2)), ("Жаңа Әкім", date(2025, 3, 3), None),
    ):  # fmt: skip
        Tenure.objects.create(office=office, name_kk=kk, name_ru=kk, since=since, until=until)

    page = body(client, f"akims/{busy.first.kato}/")

    assert "Аким: Бәйтерек ауданы" in page
    assert "2027 год: требуется 2, запланировано 1, проведено 0." in page
    assert "в должности с даты: 3 марта 2025 г." in page
    assert "Ескі Әкім" in page
    assert f"/ru/meetings/{busy.coming.uuid}/" in page
    assert f"/ru/meetings/{busy.held.uuid}/" not in page
    region = body(client, f"akims/{busy.region.kato}/")
    assert f"/ru/meetings/{busy.held.uuid}/" in region
    assert f"/ru/akims/{busy.first.kato}/" in body(client, f"units/{busy.okrug.kato}/")
    assert f"/ru/akims/{busy.first.kato}/" in body(client, f"meetings/{busy.coming.uuid}/")


def test_there_is_no_akim_where_there_is_no_post(client, busy):
    for code in (busy.villages[0].kato, "999999999"):
        answer = client.get(f"/ru/akims/{code}/")
        assert answer.status_code == 404
        assert code in answer.content.decode()
    assert client.get(f"/ru/akims/{busy.first.kato}/?year=1999").status_code == 400
    assert "ещё не утверждён" in body(client, f"akims/{busy.first.kato}/?year=2028")


def test_an_akim_with_many_meetings_costs_as_many_queries(client, busy):
    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            body(client, f"akims/{busy.first.kato}/")
        return len(seen)

    few = cost()
    for day in range(1, 9):
        busy.publish(busy.first, [busy.okrug, busy.villages[0]], f"2027-04-0{day}")
        busy.publish(busy.first, [busy.okrug], f"2027-02-0{day}", state=MeetingState.HELD)
    assert cost() == few
