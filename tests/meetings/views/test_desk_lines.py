"""The workspace: the same edits with htmx and without, told apart by nothing but their answers."""

from datetime import date, time

import pytest

from meetings.models import Line
from meetings.text import fold
from tests.meetings.views.desk_case import HTMX, Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


# Seeing -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_workspace_shows_lines_and_findings_in_each_language(desk, language):
    desk.line(place_kk="Мәдениет үйі", place_ru="Дом культуры")

    page = desk.client.get(desk.url().replace("/kk/", f"/{language}/"))

    text = page.content.decode()
    assert page.status_code == 200
    assert ("Дом культуры" if language == "ru" else "Мәдениет үйі") in text
    assert 'id="findings"' in text


@pytest.mark.parametrize("asked", [
    "host=270000000", "month=4", "norm=N1", "state=no_hour", "state=no_place", "q=Бәйтерек",
    "q=байтерек", "target=274200000", "q=ДОМ+культуры",
])  # fmt: skip
def test_each_filter_leaves_what_answers_it(desk, asked):
    wanted = desk.line(place_ru="Дом культуры" if "state" not in asked else "")
    desk.line(
        desk.world.okrug, [desk.world.villages[0]], "2027-09-15", starts_at=time(15),
        place_ru="Школа",
    )  # fmt: skip
    desk.world.first.search = fold(desk.world.first.name)
    desk.world.first.save()

    page = desk.client.get(f"{desk.url()}?{asked}").content.decode()

    assert [uuid for uuid in (str(line.uuid) for line in Line.objects.all()) if uuid in page] == [
        str(wanted.uuid)
    ]


def test_a_filter_that_cannot_be_read_says_so(desk):
    page = desk.client.get(f"{desk.url()}?month=13&host=1")

    assert page.status_code == 400
    assert "errorlist" in page.content.decode()


def test_days_off_and_shared_days_are_warned_of_and_not_refused(desk):
    desk.line(day="2027-04-17")  # a Saturday
    desk.line(day="2027-04-17", targets=[desk.world.second])

    text = desk.client.get(desk.url().replace("/kk/", "/en/")).content.decode()

    assert text.count("Day off: Saturday. Give the reason, or another day.") == 2
    assert text.count("This akim has another meeting that day") == 2


def test_a_page_costs_the_same_number_of_queries_with_few_lines_and_many(
    desk, django_assert_num_queries
):
    counts = []
    for more in (3, 60):
        for number in range(more):
            host = [desk.world.region, desk.world.first, desk.world.okrug][number % 3]
            desk.line(host, day=f"2027-{number % 12 + 1:02d}-{number % 27 + 1:02d}")
        with django_assert_num_queries(1000, exact=False) as asked:
            assert desk.client.get(desk.url()).status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1]
    assert counts[0] <= 24


# Saving -----------------------------------------------------------------------------------------


def test_without_scripts_a_line_is_added_and_the_page_says_so(desk):
    answer = desk.client.post(desk.url("desk_lines"), desk.typed(starts_at="15.00"))

    line = Line.objects.get()
    assert (answer.status_code, answer["Location"]) == (
        302, f"{desk.url()}?done={line.uuid}#line-{line.uuid}",
    )  # fmt: skip
    assert (line.day, line.starts_at, line.version) == (date(2027, 4, 14), time(15), 1)
    page = desk.client.get(answer["Location"].split("#")[0]).content.decode()
    assert f"{line.uuid}/undo/" in page


def test_with_htmx_the_row_comes_with_findings_and_words_for_the_live_region(desk):
    answer = desk.client.post(
        desk.url("desk_lines"), desk.typed(), headers=HTMX | {"hx-target": "new-line"}
    )

    text, line = answer.content.decode(), Line.objects.get()
    assert answer.status_code == 200
    assert f'id="line-{line.uuid}" class="saved"' in text
    assert '<aside class="workspace-findings" id="findings"' in text
    assert 'hx-swap-oob="innerHTML:#told"' in text
    assert "<html" not in text


def test_a_row_is_edited_in_its_place_and_keeps_the_filters(desk):
    line = desk.line()
    here = desk.url("desk_line", line.uuid)

    opened = desk.client.get(f"{here}?edit=1&month=4", headers=HTMX).content.decode()
    assert f'hx-post="{here}?month=4"' in opened
    answer = desk.client.post(
        f"{here}?month=4", desk.typed(day="15.04.2027", version=1), headers=HTMX
    )

    assert answer.status_code == 200
    assert Line.objects.get().day == date(2027, 4, 15)


def test_without_scripts_the_form_opens_in_the_table(desk):
    line = desk.line()

    page = desk.client.get(f"{desk.url()}?edit={line.uuid}").content.decode()

    assert f'action="{desk.url("desk_line", line.uuid)}"' in page
    assert 'value="14.04.2027"' in page


def test_an_edit_costs_the_same_number_of_queries_with_few_lines_and_many(
    desk, django_assert_num_queries
):
    line = desk.line()
    here, counts = desk.url("desk_line", line.uuid), []
    # The first act of all begins the chain of the log.
    desk.client.post(here, desk.typed(day="02.04.2027", version=1), headers=HTMX)
    for more in (3, 60):
        for number in range(more):
            host = [desk.world.first, desk.world.okrug][number % 2]
            desk.line(host, day=f"2027-{number % 12 + 1:02d}-{number % 27 + 1:02d}")
        typed = desk.typed(day=f"{more}.04.2027".replace("60", "20"), version=len(counts) + 2)
        with django_assert_num_queries(1000, exact=False) as asked:
            assert desk.client.post(here, typed, headers=HTMX).status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1]
    assert counts[0] <= 45


BAD = [  # what is typed wrongly, what the page says of it
    ({"day": "31.02.2027"}, "is not a date"),
    ({"day": ""}, "Give the date"),
    ({"day": "14.04.2028"}, "This calendar is for 2027"),
    ({"starts_at": "25:00"}, "is not an hour"),
    ({"starts_at": "15:00", "ends_at": "14:00"}, "ends before it begins"),
    ({"host": "550000000"}, "Choose an akim of your own territory"),
    ({"targets": ["000000000"]}, "There is no place with the code 000000000"),
    ({"targets": []}, "Choose at least one place"),
    ({"place_kk": "ә" * 10_000}, "At most 200 characters fit here; these are 10000"),
    ({"place_kk": "Клуб\x00"}, "a sign that cannot be shown"),
    ({"contact": "a\r\nBEGIN:VEVENT"}, "a sign that cannot be shown"),
    ({"stream_url": "javascript:alert(1)"}, "not the address of a page"),
    ({"latitude": "51,2"}, "needs both latitude and longitude"),
    ({"way": "by_post"}, "Select a valid choice"),
]


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize(("wrong", "told"), BAD)
def test_what_cannot_be_is_said_and_what_was_typed_is_kept(desk, wrong, told, headers):
    url = desk.url("desk_lines").replace("/kk/", "/en/")

    answer = desk.client.post(url, desk.typed(place_ru="Дом культуры") | wrong, headers=headers)

    text = answer.content.decode()
    assert answer.status_code == 422
    assert told in text
    assert "Дом культуры" in text
    assert not Line.objects.exists()


def test_markup_is_text_and_invisible_signs_are_dropped(desk):
    desk.client.post(
        desk.url("desk_lines"),
        desk.typed(
            place_kk="<script>alert(1)</script>", place_ru="До\u202eм\u200b  куль\u00adтуры"
        ),
    )

    page = desk.client.get(desk.url()).content.decode()
    assert Line.objects.get().place_ru == "Дом культуры"
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page


def test_places_are_found_without_scripts_and_nothing_is_saved(desk):
    desk.world.okrug.search = "|дариян ауылдык округи|"
    desk.world.okrug.save()

    answer = desk.client.post(
        desk.url("desk_lines"),
        desk.typed(host=desk.world.first.kato, targets=[], target_q="дариян", find="1"),
    )

    assert answer.status_code == 200
    assert f'value="{desk.world.okrug.kato}"' in answer.content.decode()
    assert not Line.objects.exists()


def test_choosing_an_akim_offers_the_places_he_still_owes_a_meeting(desk):
    asked = desk.typed(host=desk.world.first.kato, targets=[], key="new")

    text = desk.client.get(desk.url("desk_targets"), asked, headers=HTMX).content.decode()

    assert f'value="{desk.world.okrug.kato}"' in text
    assert f'value="{desk.world.second.kato}"' not in text


def test_a_finding_starts_the_missing_line_on_a_free_working_day(desk):
    page = desk.client.get(desk.url()).content.decode()
    assert "new=1&amp;host=274200000&amp;target=274230000" in page

    form = desk.client.get(
        f"{desk.url()}?new=1&host=274200000&target=274230000&since=2027-01-01&until=2027-06-30"
    ).content.decode()

    assert 'value="01.04.2027"' in form  # a Thursday in the middle of the half-year
    assert 'name="targets" value="274230000" checked' in form
