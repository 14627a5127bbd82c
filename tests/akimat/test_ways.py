"""The ways in the head of a page: for whom, and where the reader is."""

from datetime import date

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils import translation

from akimat.ways import ways_of
from meetings.enums import Role
from tests.factories import Region, make_user

pytestmark = pytest.mark.django_db

PLACES = [  # the address, what is marked and how
    ("/en/meetings/", {"/en/meetings/": "page"}),
    ("/en/meetings/?q=a", {"/en/meetings/": "page"}),
    ("/en/units/270000000/", {"/en/units/": "true"}),
    ("/en/calendars/2026/", {"/en/calendars/2026/": "page"}),
    ("/en/desk/calendars/", {"/en/desk/": "true"}),
    # The nearest room, not the one that it lies in.
    ("/en/desk/requests/", {"/en/desk/requests/": "page"}),
    ("/en/desk/demands/", {"/en/desk/requests/": "true"}),
    ("/en/desk/receptions/", {"/en/desk/receptions/": "page"}),
    ("/en/", {}),
]
STAFF = [  # the role, the rooms beyond the public ones
    (Role.DRAFTER, ["/en/desk/", "/en/desk/requests/"]),
    (Role.CHAIR, ["/en/maslikhat/"]),
    (Role.RECEPTION, ["/en/desk/receptions/"]),
    (Role.ADMINISTRATOR, ["/admin/"]),
]


def ways(path: str, user=None) -> dict:
    request = RequestFactory().get(path)
    request.user = user or AnonymousUser()
    with time_machine.travel(date(2026, 11, 28)):
        return ways_of(request)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def test_the_room_that_the_page_lies_in_is_marked():
    everything = make_user(is_superuser=True)
    for role in Role:
        everything.assignments.create(role=role, unit=None, starts_on="2020-01-01")
    for path, marked in PLACES:
        said = ways(path, everything)
        links = [*said["public"], *said["staff"]]

        assert {link["url"]: link["current"] for link in links if link["current"]} == marked, path


def test_each_role_sees_the_ways_to_its_rooms():
    here = Region()
    for role, urls in STAFF:
        said = ways("/en/", make_user(role, here.region))

        assert [link["url"] for link in said["staff"]] == urls, role


def test_a_stranger_sees_the_public_rooms_and_no_query_is_made(django_assert_num_queries):
    with django_assert_num_queries(0):
        said = ways("/en/")

    assert said["staff"] == []
    assert "/en/meetings/" in [link["url"] for link in said["public"]]
