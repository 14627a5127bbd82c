"""The dashboard, the year, the findings, the log and the published meetings at the desk."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from meetings.enums import MeetingState, Role, State
from meetings.models import Calendar, Line, Meeting
from meetings.services import drafting
from meetings.views.desk_page import countdown
from tests.factories import (
    Region,
    an_hour,
    make_calendar,
    make_line,
    make_meeting,
    make_office,
    make_unit,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return Region()


@pytest.fixture
def coordinator(world):
    return make_user(Role.COORDINATOR, world.region)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(client, name, *args, **query) -> str:
    answer = client.get(reverse(name, args=args).replace("/kk/", "/en/"), query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


DEADLINES = [  # the day, the state, what the countdown says
    ("2026-11-24", State.DRAFT, ("far", 52)),
    ("2027-01-01", State.DRAFT, ("near", 14)),
    ("2027-01-14", State.AGREED, ("near", 1)),
    ("2027-01-15", State.AGREED, ("late", 1)),
    ("2027-02-01", State.RETURNED, ("late", 18)),
]


@pytest.mark.parametrize(("day", "state", "said"), DEADLINES)
def test_the_deadline_is_counted_down_to_15_january(day, state, said):

    told = countdown(2027, state, date.fromisoformat(day))

    assert (told["class"], told["number"]) == said


def test_an_approved_calendar_has_no_countdown_unless_it_was_late():

    assert countdown(2027, State.APPROVED, date(2027, 2, 1)) is None
    assert countdown(2027, State.APPROVED, date(2027, 2, 1), is_late=True)["class"] == "late"


# The dashboard ------------------------------------------------------------------------------------


def test_the_dashboard_shows_state_figures_and_what_to_do_next(world, coordinator, time_machine):
    time_machine.move_to("2026-11-24")
    calendar = make_calendar(world.region)
    make_line(calendar.revisions.get(), world.office(world.region), [world.first], "2027-04-14")

    text = page(signed_in(coordinator), "desk")

    assert "7 required meetings are missing." in text
    assert "Add what is missing" in text
    assert reverse("desk_calendar", args=[calendar.uuid]).replace("/kk/", "/en/") in text
    assert "Open the calendar for 2026" in text


def test_the_coordinator_opens_next_years_calendar_once(world, coordinator, time_machine):
    time_machine.move_to("2026-11-24")
    client = signed_in(coordinator)

    for status in (302, 422):
        answer = client.post(reverse("desk_open"), {"region": world.region.kato, "year": "2027"})
        assert answer.status_code == status

    assert Calendar.objects.get().revisions.get().state == State.DRAFT


@pytest.mark.parametrize("year", ["2021", "2029", "abcd", "", "99999999999"])
def test_a_year_that_cannot_be_opened_is_told(world, coordinator, year, time_machine):
    time_machine.move_to("2026-11-24")
    answer = signed_in(coordinator).post(
        reverse("desk_open"), {"region": world.region.kato, "year": year}
    )

    assert answer.status_code == 422
    assert not Calendar.objects.exists()


def test_others_do_not_open_it(world):
    other = Region("550000000", "Павлодар облысы")
    for user, status in (
        (make_user(Role.DRAFTER, world.region), 403),
        (make_user(Role.COORDINATOR, other.region), 404),
        (make_user(Role.CHAIR, world.region), 404),
    ):
        answer = signed_in(user).post(
            reverse("desk_open"), {"region": world.region.kato, "year": "2027"}
        )
        assert answer.status_code == status


@pytest.mark.parametrize("role", [Role.DEPUTY, Role.ADMINISTRATOR, None])
def test_who_has_no_work_at_the_desk_is_told_so(world, role):
    assert "Your roles have no work at this desk." in page(
        signed_in(make_user(role, world.region)), "desk"
    )


def test_the_dashboard_costs_the_same_with_few_lines_and_many(
    world, coordinator, django_assert_num_queries
):
    revision = make_calendar(world.region).revisions.get()
    client, counts = signed_in(coordinator), []
    for more in (3, 40):
        for number in range(more):
            make_line(
                revision,
                world.office(world.region),
                [world.first],
                f"2027-03-{number % 28 + 1:02d}",
            )
        with django_assert_num_queries(1000, exact=False) as asked:
            page(client, "desk")
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_whoever_watches_the_country_sees_every_region_in_constant_queries(
    django_assert_num_queries,
):
    client, counts = signed_in(make_user(Role.OBSERVER, None)), []
    for number in range(10, 16):
        region = make_unit("oblast", f"Облыс {number}", kato=f"{number}0000000")
        make_calendar(region)
        with django_assert_num_queries(1000, exact=False) as asked:
            assert f"Облыс {number}" in page(client, "desk")
        counts.append(len(asked))

    assert counts[3] == counts[5]


# The year -----------------------------------------------------------------------------------------


def test_the_year_shows_counts_and_gaps_and_leads_to_the_lines(world, coordinator):
    calendar = make_calendar(world.region)
    make_line(calendar.revisions.get(), world.office(world.region), [world.first], "2027-04-14")

    text = page(signed_in(coordinator), "desk_grid", calendar.uuid)

    assert f"?host={world.region.kato}&amp;month=4" in text
    assert "1 required meeting is missing" in text
    assert "2 required meetings are missing" in text


def test_the_year_is_narrowed_to_a_district_and_costs_the_same(
    world, coordinator, django_assert_num_queries
):
    calendar = make_calendar(world.region)
    client, counts = signed_in(coordinator), []
    for _round in range(2):
        for _number in range(12):
            make_office(make_unit("okrug", parent=world.second))
        with django_assert_num_queries(1000, exact=False) as asked:
            page(client, "desk_grid", calendar.uuid)
        counts.append(len(asked))
    text = page(client, "desk_grid", calendar.uuid, district=world.first.kato)

    assert counts[0] == counts[1]
    assert f"?host={world.okrug.kato}" in text
    assert f"?host={world.second.kato}" not in text
    assert client.get(
        reverse("desk_grid", args=[calendar.uuid]), {"district": "1"}
    ).status_code == 404  # fmt: skip


# The log -----------------------------------------------------------------------------------------


def test_the_log_says_who_changed_what_and_offers_to_undo_the_last_change(world, coordinator):
    calendar = make_calendar(world.region)
    revision, host = calendar.revisions.get(), world.office(world.region)
    values = {"host": host, "day": date(2027, 4, 14)}
    line = drafting.add_line(revision, values, [world.first], by=coordinator)
    drafting.change_line(
        revision, line.uuid, values | {"starts_at": an_hour(15)}, [world.second],
        by=coordinator, version=1,
    )  # fmt: skip
    client = signed_in(coordinator)

    text = page(client, "desk_log", calendar.uuid)

    assert text.count(coordinator.name) >= 2
    assert "15:00" in text
    assert world.second.name in text
    assert text.count("/undo/") == 1
    client.post(reverse("desk_line_undo", args=[calendar.uuid, line.uuid]), {"version": 2})
    assert Line.objects.get().starts_at is None
    assert "undid a change" in page(client, "desk_log", calendar.uuid)


def test_the_log_costs_the_same_with_few_acts_and_many_and_is_narrowed(
    world, coordinator, django_assert_num_queries
):

    calendar = make_calendar(world.region)
    revision, client, counts = calendar.revisions.get(), signed_in(coordinator), []
    for first, last in ((1, 4), (4, 28)):
        for day in range(first, last):
            drafting.add_line(
                revision, {"host": world.office(world.region), "day": date(2027, 3, day)},
                [world.first], by=coordinator,
            )  # fmt: skip
        with django_assert_num_queries(1000, exact=False) as asked:
            page(client, "desk_log", calendar.uuid)
        counts.append(len(asked))
    narrowed = page(signed_in(make_user(Role.DRAFTER, world.second)), "desk_log", calendar.uuid)

    assert counts[0] == counts[1]
    assert coordinator.name not in narrowed


# Published meetings -------------------------------------------------------------------------------


@pytest.fixture
def meeting(world):
    calendar = make_calendar(world.region, 2027, state=State.DRAFT)
    return make_meeting(
        world.office(world.first), [world.okrug], "2027-04-14", calendar=calendar,
        region=world.region,
    )  # fmt: skip


def do(user, meeting, deed, **typed):
    url = reverse("desk_meeting_act", args=[meeting.uuid, deed]).replace("/kk/", "/en/")
    return signed_in(user).post(url, {"version": meeting.version, **typed})


def test_a_meeting_is_announced_moved_and_recorded(world, coordinator, meeting, time_machine):
    time_machine.move_to("2027-04-01")
    where = {"place_kk": "Клуб", "starts_at": "15:00"}

    assert do(coordinator, meeting, "announce", **where, way="in_person").status_code == 302
    meeting.refresh_from_db()
    assert (meeting.state, meeting.starts_at) == (MeetingState.ANNOUNCED, an_hour(15))
    moved = do(coordinator, meeting, "move", **where, day="15.04.2027", reason="Floods")
    assert moved.status_code == 302
    meeting.refresh_from_db()
    assert (meeting.state, meeting.is_awaiting) == (MeetingState.MOVED, True)
    assert do(coordinator, meeting, "held", people="40").status_code == 422
    time_machine.move_to("2027-04-16")
    assert do(coordinator, meeting, "held", people="40").status_code == 302
    meeting.refresh_from_db()
    assert (meeting.state, meeting.people) == (MeetingState.HELD, 40)
    text = page(signed_in(coordinator), "desk_meeting", meeting.uuid)
    assert "Floods" in text


@pytest.mark.parametrize("has_calendar", [True, False])
@pytest.mark.parametrize("name", ["desk_meeting", "desk_day", "desk_protocol"])
def test_the_pages_of_a_meeting_have_one_first_heading(world, coordinator, name, has_calendar):
    if has_calendar:
        make_calendar(world.region, 2027)
    meeting = make_meeting(world.office(world.first), [world.okrug], "2027-04-14")

    text = page(signed_in(coordinator), name, meeting.uuid)

    assert text.count("<h1") == 1


@pytest.mark.parametrize(("deed", "typed", "told"), [
    ("announce", {"starts_at": "x", "way": "in_person"}, "is not an hour"),
    ("announce", {"starts_at": "15:00", "way": "in_person"}, "Say where people should come"),
    ("move", {"day": "15.04.2027"}, "Write the reason"),
    ("move", {"day": "15.04.2028", "reason": "x"}, "Choose a day of that year"),
    ("cancel", {}, "Write the reason"),
    ("held", {"people": "-1"}, "greater than or equal to 0"),
])  # fmt: skip
def test_what_cannot_be_done_to_a_meeting_is_said(
    coordinator, meeting, deed, typed, told, time_machine
):
    time_machine.move_to("2027-04-01")

    answer = do(coordinator, meeting, deed, **typed)

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert Meeting.objects.get().version == 1


def test_a_stale_form_about_a_meeting_is_told(coordinator, meeting, time_machine):
    time_machine.move_to("2027-04-01")
    Meeting.objects.update(version=4)

    answer = do(coordinator, meeting, "cancel", reason="Floods")

    assert answer.status_code == 409
    assert 'name="version" value="4"' in answer.content.decode()
    assert Meeting.objects.get().state == MeetingState.PLANNED


def test_rights_over_a_published_meeting(world, meeting, time_machine):
    time_machine.move_to("2027-04-01")
    other = Region("550000000", "Павлодар облысы")
    drafter = make_user(Role.DRAFTER, world.first)
    for user, deed, status in (
        (make_user(Role.COORDINATOR, other.region), "cancel", 404),
        (make_user(Role.DRAFTER, world.second), "cancel", 404),
        (make_user(Role.OBSERVER, world.region), "cancel", 403),
        (drafter, "cancel", 403),
        (drafter, "explode", 404),
    ):
        assert do(user, meeting, deed, reason="x").status_code == status
    typed = {"starts_at": "15:00", "place_kk": "Клуб", "way": "in_person"}
    assert do(drafter, meeting, "announce", **typed).status_code == 302
    assert signed_in(drafter).get(
        reverse("desk_meeting_act", args=[meeting.uuid, "cancel"])
    ).status_code == 405  # fmt: skip


def test_the_list_of_meetings_says_what_is_to_be_done(
    world, coordinator, meeting, time_machine, django_assert_num_queries
):
    time_machine.move_to("2027-04-01")
    client, counts = signed_in(coordinator), []
    for more in (2, 30):
        for number in range(more):
            make_meeting(
                world.office(world.first), [world.okrug], f"2027-05-{number % 28 + 1:02d}",
                calendar=meeting.calendar, region=world.region,
            )  # fmt: skip
        with django_assert_num_queries(1000, exact=False) as asked:
            text = page(client, "desk_meetings", meeting.calendar.uuid, show="announce")
        counts.append(len(asked))

    assert "33 meetings" in text
    assert counts[0] == counts[1]
    record = page(client, "desk_meetings", meeting.calendar.uuid, show="record")
    assert "Nothing of this kind is left to do." in record
