"""A desk with a draft, and short ways to its pages."""

from django.test import Client
from django.urls import reverse

from meetings.enums import Role
from meetings.models import Line
from tests.factories import Region, make_calendar, make_line, make_user

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
