"""The list of meetings: what it shows, how it is narrowed, what it costs."""

import re
from datetime import date

import pytest
from django.urls import reverse

from meetings.enums import AkimLevel, MeetingState, Role, UnitKind
from meetings.selectors import public
from meetings.selectors.public import Asked, Span, meetings_asked, rows, span
from tests.factories import make_meeting, make_user

URL = "/ru/meetings/"


def shown(client, query: str = "") -> list[str]:
    """The identities of the meetings on the page, in their order."""
    page = client.get(URL + query)
    assert page.status_code == 200
    return re.findall(r'<a href="/ru/meetings/([0-9a-f-]{36})/">', page.content.decode())


def uuids(*meetings) -> list[str]:
    return [str(meeting.uuid) for meeting in meetings]


def test_what_is_ahead_stands_in_order_under_its_months(client, busy):
    page = client.get(URL)

    labels = re.findall(r'<h2 class="timetable-month">(.*?)</h2>', page.content.decode())
    assert labels == ["апрель 2027 г.", "май 2027 г.", "июнь 2027 г."]
    assert shown(client) == uuids(busy.coming, busy.joint, busy.cancelled)


FILTERS = [  # what is asked, which meetings are shown
    ("?from=01.01.2027", ["held", "coming", "joint", "cancelled"]),
    ("?from=14.04.2027&to=20.05.2027", ["coming", "joint"]),
    ("?to=28.02.2027", ["held"]),
    ("?state=held", ["held"]),
    ("?state=cancelled", ["cancelled"]),
    ("?level=district", ["coming"]),
    ("?level=okrug", ["joint"]),
    ("?unit=274200000", ["coming", "joint"]),
    ("?unit=274230100", ["joint"]),
    ("?unit=276200000", ["cancelled"]),
    ("?q=дариян", ["coming", "joint"]),
    ("?q=ТЕРЕКТІ", ["cancelled"]),
    ("?q=нет такого", []),
]


@pytest.mark.parametrize("listed", [200, 0], ids=["listed", "walked"])
@pytest.mark.parametrize(("query", "names"), FILTERS)
def test_each_filter_narrows_the_list(client, busy, query, names, listed, monkeypatch):
    monkeypatch.setattr(public, "MOST_LISTED", listed)
    for unit in (busy.first, busy.second, busy.okrug, *busy.villages):
        unit.search = f"|{unit.name_kk.casefold().replace('і', 'и').replace('ә', 'а')}|"
        unit.save()

    assert shown(client, query) == uuids(*(getattr(busy, name) for name in names))


def test_the_past_is_looked_back_on_from_its_newest_day(client, busy):
    older = busy.publish(busy.region, [busy.first], "2027-01-20", state=MeetingState.HELD, people=3)

    assert shown(client, "?to=28.02.2027") == uuids(busy.held, older)
    assert span(Asked(last=date(2027, 2, 28)), date(2027, 3, 1)).is_past


BAD = [  # query, status, a word of the sentence
    ("?from=32.13.2027", 422, "не дата"),
    ("?from=2021-05-01", 422, "2022"),
    ("?from=01.06.2027&to=01.05.2027", 422, "раньше первого"),
    ("?level=king", 422, "Такого варианта нет"),
    ("?state=draft", 422, "Такого варианта нет"),
    ("?unit=999999999", 422, "999999999"),
    ("?unit=';--", 422, "исправьте"),
    ("?q=" + "a" * 150, 422, "не больше 100 знаков"),
    ("?q=%00", 422, "нельзя показать"),
    ("?page=abc", 400, "не номер страницы"),
    ("?page=0", 400, "не номер страницы"),
    ("?page=99999999999999999999", 400, "не номер страницы"),
    ("?page=9000", 404, "нет страницы 9000"),
]


@pytest.mark.parametrize(("query", "status", "words"), BAD)
def test_what_cannot_be_asked_gets_a_sentence(client, busy, query, status, words):
    page = client.get(URL + query)

    assert page.status_code == status
    assert words in page.content.decode()


def test_what_was_typed_is_kept_and_harmless(client, busy):
    page = client.get(URL, {"from": '"><script>alert(1)</script>', "q": "дариян"})

    body = page.content.decode()
    assert page.status_code == 422
    assert 'value="дариян"' in body
    assert "<script>alert" not in body
    assert "&lt;script&gt;alert" in body


def test_unknown_words_of_an_address_are_left_alone(client, busy):
    assert shown(client, "?utm_source=x") == shown(client)


def test_forty_rows_make_a_page_and_the_rest_the_next(client, oblast):
    for day in range(1, 29):
        for _turn in range(2):
            oblast.publish(oblast.first, [oblast.okrug], f"2027-04-{day:02}")

    first, second = shown(client), shown(client, "?page=2")
    assert (len(first), len(second)) == (40, 16)
    assert not set(first) & set(second)


def test_a_row_tells_where_who_and_what_the_place_lies_in(client, busy):
    body = client.get(URL).content.decode()

    assert "Аким: Бәйтерек ауданы" in body
    assert "<small>Батыс Қазақстан облысы</small>" in body
    assert "Дом культуры" in body
    assert "время будет объявлено" in body


def test_names_of_places_cannot_break_the_row(client, busy):
    busy.okrug.name_ru = '<img src=x onerror=alert(1)>"'
    busy.okrug.save()

    assert "<img" not in client.get(URL).content.decode()


ASKED = [
    "", "?unit=270000000", "?level=district", "?q=дариян",
    "?unit=270000000&level=district&q=дариян ауданы&state=planned",
]  # fmt: skip


@pytest.mark.parametrize("query", ASKED)
def test_the_list_costs_the_same_with_few_meetings_and_with_many(
    client, oblast, query, django_assert_max_num_queries
):
    oblast.publish(oblast.first, [oblast.okrug], "2027-04-01")
    with django_assert_max_num_queries(5):
        client.get(URL + query)
    for day in range(1, 29):
        oblast.publish(oblast.first, [oblast.okrug, *oblast.villages], f"2027-04-{day:02}")
    with django_assert_max_num_queries(5):
        client.get(URL + query)


def test_a_kept_list_costs_one_query_and_is_told_unchanged(client, busy, django_assert_num_queries):
    first = client.get(URL)
    with django_assert_num_queries(1):
        again = client.get(URL)
    with django_assert_num_queries(1):
        unchanged = client.get(URL, headers={"if-none-match": first["ETag"]})

    assert again.content == first.content
    assert (unchanged.status_code, unchanged.content) == (304, b"")


def test_a_published_change_shows_in_the_next_read(client, busy):
    before = client.get(URL)
    busy.publish(busy.first, [busy.okrug], "2027-07-07")
    after = client.get(URL, headers={"if-none-match": before["ETag"]})

    assert after.status_code == 200
    assert len(shown(client)) == 4


def test_a_new_day_makes_the_list_anew(client, busy, today):
    assert len(shown(client)) == 3
    today.move_to("2027-04-15T10:00:00+05:00")

    assert shown(client) == uuids(busy.joint, busy.cancelled)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_pages_vary_by_nothing_and_their_head_is_as_long(client, busy, language):
    full, head = client.get(f"/{language}/meetings/"), client.head(f"/{language}/meetings/")

    assert not full.has_header("Vary")
    assert not full.cookies
    assert full["Cache-Control"] == "no-cache"
    assert full["Content-Language"] == language
    assert (head.status_code, head.content, head["Content-Length"]) == (
        200, b"", full["Content-Length"]
    )  # fmt: skip


def test_nothing_made_for_somebody_is_kept_or_given_to_another(client, busy):
    visitors = client.get(URL)
    client.force_login(make_user(Role.COORDINATOR, busy.region, name="Айгүл Сейітқызы"))
    mine = client.get(URL)
    client.logout()

    assert mine["Cache-Control"] == "private, no-store"
    assert "Айгүл" in mine.content.decode()
    assert client.get(URL).content == visitors.content


def test_a_message_on_the_way_is_not_kept(client, busy):
    client.cookies["messages"] = "anything"
    first = client.get(URL)

    assert not first.has_header("ETag")


def test_forms_send_nothing_and_change_nothing(client, busy):
    assert client.post(URL).status_code == 405


def test_a_page_of_forty_meetings_weighs_less_than_thirty_thousand_bytes(client, oblast):
    for day in range(1, 21):
        for village in oblast.villages:
            oblast.publish(
                oblast.okrug, [village], f"2027-04-{day:02}", place_kk="Ауылдық мәдениет үйі"
            )

    for language in ("kk", "ru", "en"):
        assert len(client.get(f"/{language}/meetings/").content) <= 30_000


LEVELS = [(level, kind) for level in AkimLevel for kind in level.kinds]


def test_every_post_of_the_country_belongs_to_one_level():
    without = {UnitKind.CITY_PROPER, UnitKind.MICRODISTRICT, UnitKind.PLACE}
    posts = set(UnitKind) - without

    assert sorted(kind for _level, kind in LEVELS) == sorted(posts)


def test_a_joint_meeting_names_three_places_and_counts_the_rest(client, oblast):
    from tests.factories import make_unit

    more = [
        make_unit(UnitKind.VILLAGE, f"Ауыл {number}", parent=oblast.okrug) for number in range(3)
    ]
    oblast.publish(oblast.okrug, [*oblast.villages, *more], "2027-04-01")

    assert "и ещё 2 места" in client.get(URL).content.decode()


def test_rows_come_with_one_query_however_many(oblast, django_assert_num_queries):
    for day in range(1, 20):
        make_meeting(
            oblast.office(oblast.okrug), oblast.villages, f"2027-05-{day:02}", region=oblast.region
        )
    with django_assert_num_queries(1):
        found = rows(meetings_asked(Asked(), Span(None, None, False)), "kk")

    assert len(found) == 19
    assert [place.name for place in found[0].targets] == ["Дариян ауылы", "Озёрное ауылы"]
    assert found[0].targets[0].above == (
        "Дариян ауылдық округі", "Бәйтерек ауданы", "Батыс Қазақстан облысы"
    )  # fmt: skip


def test_the_addresses_of_the_list_stay():
    assert reverse("meeting_list").endswith("/meetings/")
