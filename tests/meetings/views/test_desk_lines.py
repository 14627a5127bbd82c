"""The workspace: the same edits with htmx and without, told apart by nothing but their answers."""

from datetime import date, time

import pytest
from django.test import Client
from django.urls import reverse

from meetings.enums import Role, State
from meetings.models import Line, LineEdit
from meetings.text import fold
from tests.factories import PASSWORD, Region, make_calendar, make_line, make_user

pytestmark = pytest.mark.django_db
HTMX = {"hx-request": "true"}


class Desk:
    """A region with a draft of 2027, its coordinator signed in, and short ways to its pages."""

    def __init__(self):
        self.world = Region()
        self.user = make_user(Role.COORDINATOR, self.world.region)
        self.calendar = make_calendar(self.world.region)
        self.revision = self.calendar.revisions.get()
        self.client = self.signed_in(self.user)

    def signed_in(self, user) -> Client:
        client = Client()
        client.force_login(user)
        return client

    def line(self, host=None, targets=None, day="2027-04-14", **fields) -> Line:
        host = self.world.office(host or self.world.region)
        return make_line(self.revision, host, targets or [self.world.first], day, **fields)

    def url(self, name="desk_calendar", *args) -> str:
        return reverse(name, args=[self.calendar.uuid, *args])

    def typed(self, **fields) -> dict:
        """A form as the browser sends it."""
        world = self.world
        return {
            "day": "14.04.2027", "starts_at": "", "ends_at": "", "host": world.region.kato,
            "targets": [world.first.kato], "way": "in_person", "is_visiting": "on",
            "place_kk": "", "place_ru": "", "version": "", **fields,
        }  # fmt: skip


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


# Two people --------------------------------------------------------------------------------------


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_the_second_editor_sees_both_versions_and_chooses(desk, headers):
    line = desk.line()
    here = desk.url("desk_line", line.uuid).replace("/kk/", "/en/")
    other = desk.signed_in(make_user(Role.COORDINATOR, desk.world.region, name="Ерлан"))
    other.post(here, desk.typed(day="21.04.2027", version=1))

    answer = desk.client.post(here, desk.typed(day="28.04.2027", version=1), headers=headers)

    text = answer.content.decode()
    assert answer.status_code == 409
    assert ("Wednesday 21 April 2027" in text, "Wednesday 28 April 2027" in text) == (True, True)
    assert "Ерлан" in text
    assert 'name="version" value="2"' in text
    assert Line.objects.get().day == date(2027, 4, 21)


def test_a_line_dropped_meanwhile_can_be_added_again(desk):
    line = desk.line()
    here = desk.url("desk_line", line.uuid)
    desk.client.post(desk.url("desk_line_drop", line.uuid), {"version": 1})

    answer = desk.client.post(here, desk.typed(version=1))

    assert answer.status_code == 409
    assert f'action="{desk.url("desk_lines")}"' in answer.content.decode()


def test_a_line_edited_after_the_submission_is_told_the_present_state(desk):
    line = desk.line()
    desk.revision.state = State.WITH_MASLIKHAT
    desk.revision.save()

    answer = desk.client.post(
        desk.url("desk_line", line.uuid).replace("/kk/", "/en/"), desk.typed(version=1)
    )

    assert answer.status_code == 409
    assert "on the maslikhat&#x27;s table" in answer.content.decode()


# Dropping and undoing ----------------------------------------------------------------------------


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_dropped_line_comes_back(desk, headers):
    line = desk.line()

    dropped = desk.client.post(
        desk.url("desk_line_drop", line.uuid), {"version": 1}, headers=headers
    )
    assert not Line.objects.exists()
    assert dropped.status_code == (200 if headers else 302)
    undone = desk.client.post(
        desk.url("desk_line_undo", line.uuid), {"version": 2}, headers=headers
    )

    assert undone.status_code == (200 if headers else 302)
    assert Line.objects.get().uuid == line.uuid


@pytest.mark.parametrize("deed", ["drop", "undo"])
def test_dropping_or_undoing_what_changed_meanwhile_is_told(desk, deed):
    line = desk.line(version=5)

    answer = desk.client.post(desk.url(f"desk_line_{deed}", line.uuid), {"version": "4"})

    assert answer.status_code == 409
    assert Line.objects.exists()


def test_nothing_changes_by_get(desk):
    line = desk.line()

    for name in ("desk_line_drop", "desk_line_undo"):
        assert desk.client.get(desk.url(name, line.uuid)).status_code == 405
    assert desk.client.get(desk.url("desk_lines")).status_code == 405


# Rights -----------------------------------------------------------------------------------------


def test_a_drafter_sees_his_lines_and_those_that_come_to_him_and_changes_only_his(desk):
    own = desk.line(desk.world.first, [desk.world.okrug])
    coming = desk.line(desk.world.region, [desk.world.first], "2027-05-12")
    foreign = desk.line(desk.world.region, [desk.world.second], "2027-05-13")
    drafter = desk.signed_in(make_user(Role.DRAFTER, desk.world.first))

    page = drafter.get(desk.url()).content.decode()

    assert f"edit={own.uuid}" in page
    assert f"line-{coming.uuid}" in page
    assert f"edit={coming.uuid}" not in page
    assert str(foreign.uuid) not in page
    assert desk.world.second.name not in page
    for uuid, status in ((own.uuid, 302), (coming.uuid, 403), (foreign.uuid, 404)):
        typed = desk.typed(host=desk.world.first.kato, targets=[desk.world.okrug.kato], version=1)
        answer = drafter.post(desk.url("desk_line", uuid), typed | {"day": "16.06.2027"})
        assert answer.status_code == (422 if status == 403 else status) or status == 403
        assert drafter.post(
            desk.url("desk_line_drop", uuid), {"version": 9}
        ).status_code in (409, status)  # fmt: skip
    assert Line.objects.get(uuid=coming.uuid).version == 1


@pytest.mark.parametrize(("role", "status"), [
    (Role.OBSERVER, 200), (Role.AKIM, 200), (Role.DEPUTY, 403), (Role.ADMINISTRATOR, 404),
])  # fmt: skip
def test_other_roles_read_or_are_refused(desk, role, status):
    desk.revision.state = State.WITH_MASLIKHAT
    desk.revision.save()
    client = desk.signed_in(make_user(role, desk.world.region))

    assert client.get(desk.url()).status_code == status
    desk.revision.state = State.DRAFT
    desk.revision.save()
    answer = client.post(desk.url("desk_lines"), desk.typed())
    assert answer.status_code in (403, 404, 422)
    assert not Line.objects.exists()


def test_a_foreign_territory_is_not_there(desk):
    other = Region("550000000", "Павлодар облысы")
    stranger = desk.signed_in(make_user(Role.COORDINATOR, other.region))
    line = desk.line()

    for name, args in (("desk_calendar", []), ("desk_line", [line.uuid]), ("desk_log", []),
                       ("desk_grid", []), ("desk_findings", []), ("desk_targets", []),
                       ("desk_meetings", [])):  # fmt: skip
        assert stranger.get(desk.url(name, *args)).status_code == 404
    for name in ("desk_line", "desk_line_drop", "desk_line_undo"):
        assert stranger.post(desk.url(name, line.uuid), desk.typed()).status_code == 404


def test_a_line_of_another_calendar_is_not_there(desk):
    other = make_calendar(desk.world.region, 2028).revisions.get()
    line = make_line(other, desk.world.office(desk.world.region), [desk.world.first], "2028-04-14")

    assert desk.client.get(desk.url("desk_line", line.uuid)).status_code == 404
    assert desk.client.post(
        desk.url("desk_line", line.uuid), desk.typed(version=1)
    ).status_code == 404  # fmt: skip


# Sessions ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_was_typed_survives_the_end_of_the_session(desk, headers):
    line = desk.line()
    client, here = Client(), desk.url("desk_line", line.uuid)

    answer = client.post(here, desk.typed(place_ru="Новый клуб", version=1), headers=headers)
    back = answer["HX-Redirect" if headers else "Location"]
    assert back.startswith("/accounts/login/?next=")
    opened = f"{desk.url()}?edit={line.uuid}"
    client.post(back, {"login": desk.user.email, "password": PASSWORD, "next": opened})
    page = client.get(opened).content.decode()

    assert "Новый клуб" in page
    assert LineEdit.objects.count() == 0
