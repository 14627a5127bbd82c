from io import StringIO

import pytest
from django.core.management import call_command

from meetings.services import publishing
from tests.factories import Region, make_meeting

pytestmark = pytest.mark.django_db


def test_every_feed_speaks_of_the_new_address(client, settings):
    land = Region()
    meeting = make_meeting(land.office(land.region), [land.first], "2027-05-01")
    publishing.refresh([meeting])
    paths = [f"/feeds/{unit.kato}.ics" for unit in (land.region, land.second)]
    before = [client.get(path) for path in paths]
    settings.SITE_URL = "https://akimat.example"

    call_command("refresh_feeds", stdout=(said := StringIO()))

    assert said.getvalue() == "Meetings written anew: 1.\n"
    for path, old in zip(paths, before, strict=True):
        answer = client.get(path, headers={"if-none-match": old["ETag"]})
        assert answer.status_code == 200
        assert b"127.0.0.1:8000" not in answer.content
        assert answer.content.count(b"https://akimat.example/") >= 2
