"""Calling a meeting outside the calendar at the desk, and finding it there afterwards."""

import pytest
from django.test import Client
from django.urls import reverse

from meetings.enums import MeetingState, Role
from meetings.models import Meeting
from tests.factories import Region, make_calendar, make_meeting, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2027-04-01 08:00+05:00", tick=False)


@pytest.fixture
def world():
    return Region()


@pytest.fixture
def client(world):
    return signed_in(make_user(Role.COORDINATOR, world.region))


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(unit) -> str:
    return reverse("desk_call", args=[unit.kato]).replace("/kk/", "/en/")


def typed(world, **more) -> dict:
    return {
        "reason": "Flood", "host": world.first.kato, "targets": world.okrug.kato,
        "day": "14.04.2027", "starts_at": "15:00", "place_kk": "Клуб", "way": "in_person", **more,
    }  # fmt: skip


def test_a_meeting_is_called_and_then_recorded_without_any_calendar(client, world, time_machine):
    answer = client.post(address(world.region), typed(world, is_visiting="on"))

    meeting = Meeting.objects.get()
    page = reverse("desk_meeting", args=[meeting.uuid])
    assert (answer.status_code, answer["Location"].replace("/en/", "/kk/")) == (302, page)
    assert (meeting.state, meeting.is_visiting) == (MeetingState.ANNOUNCED, True)
    shown = client.get(page.replace("/kk/", "/en/")).content.decode()
    assert "outside the calendar" in shown
    assert "Flood" in shown
    time_machine.move_to("2027-04-14 18:00+05:00", tick=False)
    held = reverse("desk_meeting_act", args=[meeting.uuid, "held"])
    drafter = signed_in(make_user(Role.DRAFTER, world.first))
    assert drafter.post(held, {"version": 1, "people": "40"}).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.state, meeting.people) == (MeetingState.HELD, 40)


WRONG = [
    ({"reason": ""}, "Write why the meeting is called"),
    ({"host": ""}, "This field is required"),
    ({"host": "999999999"}, "Choose an akim of your own territory"),
    ({"targets": "999999999"}, "There is no place with the code 999999999"),
    ({"targets": ""}, "Choose at least one place"),
    ({"day": "31.03.2027"}, "This day is past"),
    ({"day": "soon"}, "is not a date"),
]


@pytest.mark.parametrize(("more", "told"), WRONG)
def test_what_cannot_be_is_said_and_what_was_typed_is_kept(client, world, more, told):
    answer = client.post(address(world.region), typed(world, **more))

    text = answer.content.decode()
    assert answer.status_code == 422
    assert told in text
    assert 'value="Клуб"' in text
    assert Meeting.objects.count() == 0


def test_a_place_is_found_by_its_name_without_scripts(client, world):
    more = {"targets": [], "target_q": "дариян ауылы", "find": "1", "reason": ""}
    answer = client.post(address(world.region), typed(world, **more))

    text = answer.content.decode()
    assert answer.status_code == 200
    assert f'name="targets" value="{world.villages[0].kato}"' in text
    assert "Write why the meeting" not in text


def test_the_unit_of_the_address_is_proposed(client, world):
    village = client.get(address(world.villages[0])).content.decode()
    okrug = client.get(address(world.okrug)).content.decode()

    assert f'name="targets" value="{world.villages[0].kato}" checked' in village
    assert f'<option value="{world.okrug.kato}" selected>' in okrug


def test_it_stands_among_the_meetings_of_its_year(client, world):
    calendar = make_calendar(world.region, 2027)
    other = make_calendar(world.region, 2028)
    meeting = make_meeting(
        world.office(world.first), [world.okrug], "2027-05-05", region=world.region,
        is_outside=True,
    )  # fmt: skip
    page = reverse("desk_meeting", args=[meeting.uuid])

    here = client.get(reverse("desk_meetings", args=[calendar.uuid])).content.decode()
    there = client.get(reverse("desk_meetings", args=[other.uuid])).content.decode()

    assert (page in here, page in there) == (True, False)
    assert address(world.region).replace("/en/", "/kk/") in here
