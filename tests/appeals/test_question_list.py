"""The list of published questions, and the blocks on the pages of meetings and places."""

import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from appeals.enums import QuestionState as State
from appeals.selectors import question_list
from tests.factories import Region, a_moment, an_hour, make_meeting
from tests.factories_requests import make_question

pytestmark = pytest.mark.django_db
NOW = a_moment(2026, 11, 24, 15)
URL = "/ru/questions/"


@pytest.fixture(autouse=True)
def _on_that_day():
    with time_machine.travel(NOW, tick=False):
        yield


class World:
    """Two districts; what is public and what is not."""

    def __init__(self):
        self.region, there = Region(), Region("230000000", "Атырау облысы")
        region = self.region
        self.meeting = make_meeting(
            region.office(region.first), [region.okrug], "2026-11-26", starts_at=an_hour(15)
        )
        published = {"state": State.PUBLISHED}
        self.road = make_question(
            region.okrug, "Жол қашан жөнделеді?", topic="roads", meeting=self.meeting, voices=1,
            at=a_moment(2026, 11, 20, 10), **published,
        )  # fmt: skip
        self.water = make_question(
            region.villages[0], "Вода идёт мутная", topic="water", meeting=self.meeting, voices=7,
            answer="Фильтр заменён", answered_at=NOW, at=a_moment(2026, 11, 21, 10), **published,
        )  # fmt: skip
        self.second = make_question(
            region.second, "Дорога до трассы", topic="roads", at=a_moment(2026, 11, 22, 10),
            **published,
        )  # fmt: skip
        self.far = make_question(there.okrug, "Газ", at=a_moment(2026, 11, 23, 10), **published)
        make_question(region.okrug, "Секретно ждёт", meeting=self.meeting)
        make_question(region.okrug, "Секретно скрыто", state=State.HELD)
        make_question(region.okrug, "Секретно без кода", state=State.UNCONFIRMED)
        make_question(
            region.okrug, "Секретно слито", merged_into=self.road, meeting=self.meeting, **published
        )


@pytest.fixture
def world():
    return World()


def ru(thing) -> str:
    return f"/ru{thing.get_absolute_url()[3:]}"


def shown(page) -> list[str]:
    assert page.status_code == 200
    text = page.content.decode()
    assert "Секретно" not in text
    return re.findall(r'<a href="/ru/questions/([0-9a-f-]{36})/">', text)


def test_each_filter_narrows_the_list(client, world):
    region, meeting = world.region, world.meeting
    for query, found in [
        ("", ["far", "second", "water", "road"]),
        (f"?unit={region.region.kato}", ["second", "water", "road"]),
        (f"?unit={region.first.kato}", ["water", "road"]),
        (f"?unit={region.villages[0].kato}", ["water"]),
        ("?topic=roads", ["second", "road"]),
        (f"?topic=roads&unit={region.second.kato}", ["second"]),
        ("?state=answered", ["water"]),
        ("?state=open", ["far", "second", "road"]),
        (f"?meeting={meeting.uuid}", ["water", "road"]),  # by their voices
        ("?q=ЖӨНДЕЛЕДІ", ["road"]),
        ("?q=вода мутная", ["water"]),
        ("?q=нет такого", []),
        ("?q=секретно", []),
    ]:
        expected = [str(getattr(world, name).uuid) for name in found]
        assert shown(client.get(URL + query)) == expected, query


def test_a_number_leads_to_its_question_and_one_that_is_not_public_to_none(client, world):
    answer = client.get(f"{URL}?q={world.road.number}")

    assert (answer.status_code, answer["Location"]) == (302, ru(world.road))


def test_what_cannot_be_asked_is_told(client, world):
    for query, status, told in [
        ("?unit=000000001", 422, "000000001"),
        ("?unit=x", 422, "Это не код"),
        ("?topic=magic", 422, "Такого варианта нет"),
        ("?state=magic", 422, "Такого варианта нет"),
        ("?meeting=7", 422, "Такой встречи нет"),
        (f"?meeting={world.road.uuid}", 422, "Такой встречи нет"),
        ("?page=0", 400, "не номер страницы"),
        ("?page=99", 404, "нет страницы"),
        ("?q=" + "ы" * 101, 422, "Сократите текст"),
        ("?q=%00", 422, "U+0000"),
    ]:
        page = client.get(URL + query)
        assert (page.status_code, told in page.content.decode()) == (status, True), query


def test_pages_are_bounded_and_the_count_says_so(client, world, monkeypatch):
    monkeypatch.setattr(question_list, "MOST_COUNTED", 3)

    assert "Вопросов больше 3" in client.get(URL).content.decode()


def test_words_are_looked_for_among_the_newest(client, world, monkeypatch):
    monkeypatch.setattr(question_list, "SEARCHED", 2)

    assert shown(client.get(f"{URL}?q=дорога")) == [str(world.second.uuid)]
    assert shown(client.get(f"{URL}?q=жол")) == []
    assert shown(client.get(f"{URL}?q=жол&topic=roads")) == [str(world.road.uuid)]


def queries_of(client, path: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def test_pages_cost_the_same_with_few_and_with_many(client, world, settings):
    from django.core.cache import cache

    region, meeting = world.region, world.meeting
    paths = [
        URL, f"{URL}?unit={region.first.kato}", f"{URL}?q=вода", f"{URL}?meeting={meeting.uuid}",
        ru(meeting), ru(region.okrug),
    ]  # fmt: skip
    few = [queries_of(client, path) for path in paths]
    for number in range(45):
        make_question(
            region.villages[number % 2],
            "Вода " + "мутная у нас " * 60,
            state=State.PUBLISHED,
            meeting=meeting,
            topic="water",
            voices=number,
        )
    cache.clear()

    assert [queries_of(client, path) for path in paths] == few
    assert few[0] <= 5
    for language in ("kk", "ru"):
        page = client.get(f"/{language}/questions/?topic=water")
        assert len(page.content) <= 30_000
    cut = client.get(f"{URL}?page=3")
    assert len(shown(cut)) == 9


def test_the_meeting_page_shows_the_top_questions_and_until_when_one_may_ask(client, world):
    page = client.get(ru(world.meeting))
    text = page.content.decode()

    assert shown(page) == [str(world.water.uuid), str(world.road.uuid)]
    assert f'href="/ru/questions/ask/?meeting={world.meeting.uuid}"' in text
    assert "Вопросы принимаются до: 26 ноября 2026 г., 15:00" in text
    with time_machine.travel(a_moment(2026, 11, 26, 15), tick=False):
        from django.core.cache import cache

        cache.clear()
        closed = client.get(ru(world.meeting)).content.decode()
    assert "больше не принимает вопросов" in closed
    assert "ask/?meeting" not in closed


def test_the_page_of_a_place_shows_what_was_asked_in_it(client, world):
    region = world.region
    page = client.get(ru(region.okrug))

    assert shown(page) == [str(world.water.uuid), str(world.road.uuid)]
    assert f'href="/ru/questions/ask/?unit={region.okrug.kato}"' in page.content.decode()


def test_what_is_no_formal_appeal_is_said_wherever_one_asks(client, world):
    for path in (URL, f"{URL}ask/?unit={world.region.okrug.kato}"):
        text = client.get(path).content.decode()
        assert 'href="https://eotinish.kz"' in text, path
