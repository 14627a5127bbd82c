"""What a subscription holds: which meetings, named how, for how long."""

from datetime import time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from meetings import addresses
from meetings.enums import AkimLevel, MeetingState, UnitKind
from meetings.models import FeedBody
from meetings.services import feeds as kept_feeds
from tests.factories import (
    a_moment,
    make_calendar,
    make_line,
    make_office,
    make_unit,
)
from tests.meetings.feeds.cases import change, publish, shown, uuids

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_a_feed_holds_the_meetings_of_its_place_and_of_all_below_each_once(client, land):
    joint = publish(land.office(land.okrug), land.villages, "2027-05-01")
    of_district = publish(land.office(land.region), [land.first], "2027-05-02")
    elsewhere = publish(land.office(land.region), [land.second], "2027-05-03")

    found = {
        unit.kato: shown(client.get(f"/feeds/{unit.kato}.ics"))
        for unit in (land.region, land.first, land.second, land.okrug, *land.villages)
    }

    assert found == {
        land.region.kato: uuids(joint, of_district, elsewhere),
        land.first.kato: uuids(joint, of_district),
        land.second.kato: uuids(elsewhere),
        land.okrug.kato: uuids(joint),
        land.villages[0].kato: uuids(joint),
        land.villages[1].kato: uuids(joint),
    }


def test_a_feed_begins_with_last_year(client, land):
    publish(land.office(land.region), [land.first], "2025-12-31")
    first = publish(land.office(land.region), [land.first], "2026-01-01")
    far = publish(land.office(land.region), [land.first], "2028-12-31")

    assert shown(client.get("/feeds/270000000.ics")) == uuids(first, far)


def test_nothing_of_a_draft_is_in_a_feed(client, land):
    calendar = make_calendar(land.region)
    revision = calendar.revisions.get()
    make_line(revision, land.office(land.first), [land.okrug], "2027-05-01", place_kk="ҚҰПИЯ")

    for form in ("ics", "atom"):
        assert "ҚҰПИЯ" not in client.get(f"/feeds/270000000.{form}").content.decode()
    assert client.get(f"/feeds/meetings/{revision.lines.get().uuid}.ics").status_code == 404


def test_a_calendar_names_itself_and_says_where_and_when_it_is_renewed(client, land):
    lines = client.get("/feeds/270000000.ics?lang=ru&level=district&cancelled=0").content
    lines = lines.decode().replace("\r\n ", "").split("\r\n")

    assert lines[:14] == [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Akimat//Meetings of akims//KK",
        "CALSCALE:GREGORIAN",
        "NAME:Встречи акимов: Батыс Қазақстан облысы (акимы районов)",
        "X-WR-CALNAME:Встречи акимов: Батыс Қазақстан облысы (акимы районов)",
        "DESCRIPTION:Встречи акимов с населением здесь и во всех населённых пунктах\\, входящих "
        "сюда\\, с 1 января прошлого года. Изменения появляются здесь сами.",
        "X-WR-CALDESC:Встречи акимов с населением здесь и во всех населённых пунктах\\, входящих "
        "сюда\\, с 1 января прошлого года. Изменения появляются здесь сами.",
        "X-WR-TIMEZONE:Asia/Almaty", "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        "SOURCE;VALUE=URI:http://127.0.0.1:8000/feeds/270000000.ics?lang=ru&level=district"
        "&cancelled=0",
        "URL:http://127.0.0.1:8000/ru/units/270000000/", "BEGIN:VTIMEZONE",
    ]  # fmt: skip
    assert not [line for line in lines if line.startswith(("METHOD", "UID"))]


LEVELS = [  # the level asked for, the kinds of the hosts shown
    ("oblast", [UnitKind.OBLAST]),
    ("district", [UnitKind.DISTRICT]),
    ("okrug", [UnitKind.OKRUG]),
    ("village", [UnitKind.VILLAGE_ADMIN]),
    ("", [UnitKind.OBLAST, UnitKind.DISTRICT, UnitKind.OKRUG, UnitKind.VILLAGE_ADMIN]),
    ("settlement", []),
]


@pytest.mark.parametrize(("level", "kinds"), LEVELS)
def test_a_level_is_the_akims_of_that_level(client, land, level, kinds):
    village = make_unit(UnitKind.VILLAGE_ADMIN, "Жалғыз ауыл", parent=land.first)
    offices = [land.office(unit) for unit in (land.region, land.first, land.okrug)]
    offices.append(make_office(village))
    meetings = [publish(office, [village], "2027-05-01") for office in offices]

    found = shown(client.get(f"/feeds/270000000.ics?level={level}"))

    assert found == uuids(*(each for each in meetings if each.host.unit.kind in kinds))


def test_every_level_has_a_feed(client, land):
    for level in AkimLevel.values:
        assert client.get(f"/feeds/270000000.ics?level={level}").status_code == 200


CANCELLED = [  # the local day, whether it is shown, whether without cancelled ones
    ("2027-04-14", True, False),
    ("2027-05-01", True, False),
    ("2027-05-31", True, False),
    ("2027-06-01", False, False),
]


@pytest.mark.parametrize(("today", "with_it", "without"), CANCELLED)
def test_a_cancelled_meeting_stays_for_thirty_days_after_its_day(
    client, land, clock, today, with_it, without
):
    meeting = publish(land.office(land.region), [land.first], "2027-05-01")
    change(meeting, state=MeetingState.CANCELLED, reason="Су тасқыны")

    clock.move_to(f"{today}T00:10:00+05:00")

    assert shown(client.get("/feeds/270000000.ics")) == (uuids(meeting) if with_it else [])
    assert shown(client.get("/feeds/270000000.ics?cancelled=0")) == []
    atom = client.get("/feeds/270000000.atom").content.decode()
    assert (f"urn:uuid:{meeting.uuid}" in atom) == with_it


def test_the_day_that_takes_an_entry_out_gives_new_validators_without_any_edit(client, land, clock):
    meeting = publish(land.office(land.region), [land.first], "2027-05-01")
    change(meeting, state=MeetingState.CANCELLED)
    clock.move_to("2027-05-31T23:59:00+05:00")
    before = client.get("/feeds/270000000.ics")

    clock.move_to("2027-06-01T00:01:00+05:00")
    etag = {"if-none-match": before["ETag"]}
    since = {"if-modified-since": before["Last-Modified"]}
    answers = [client.get("/feeds/270000000.ics", headers=each) for each in (etag, since)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0]["Last-Modified"] == "Mon, 31 May 2027 19:00:00 GMT"


def test_with_a_new_year_the_year_before_last_leaves(client, land, clock):
    publish(land.office(land.region), [land.first], "2026-03-01")
    stays = publish(land.office(land.region), [land.first], "2027-03-01")
    clock.move_to("2027-12-31T23:59:00+05:00")
    before = client.get("/feeds/270000000.ics")

    clock.move_to("2028-01-01T00:01:00+05:00")
    after = client.get("/feeds/270000000.ics", headers={"if-none-match": before["ETag"]})

    assert (len(shown(before)), shown(after)) == (2, uuids(stays))


def test_one_meeting_as_a_file(client, land, clock):
    meeting = publish(land.office(land.region), [land.first], "2027-05-01", starts_at=time(15))
    path = f"/feeds/meetings/{meeting.uuid}.ics?lang=ru"

    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path)

    assert len(queries) == 1
    text = answer.content.decode()
    assert shown(answer) == uuids(meeting)
    assert (text.count("BEGIN:VTIMEZONE"), "X-WR-CALNAME" in text, "METHOD" in text) == (
        1,
        False,
        False,
    )
    assert answer["Content-Disposition"] == f'attachment; filename="akimat-{meeting.uuid}.ics"'
    assert client.get(path, headers={"if-none-match": answer["ETag"]}).status_code == 304
    head = client.head(path)
    assert (head.headers, head.content) == (answer.headers, b"")


def test_an_address_of_a_feed_is_short(land):
    longest = kept_feeds.Wish("atom", "kk", "republic_city", False)

    assert len(longest.address("270000000-999")) <= 200
    assert len(longest.variant) <= FeedBody._meta.get_field("variant").max_length


def test_a_cancelled_meeting_that_is_long_past_gives_no_wrong_date(client, land, clock):
    """A kept feed may be lost; the one made in its place must not carry the older date."""
    meeting = publish(land.office(land.region), [land.first], "2027-03-20")
    change(meeting, state=MeetingState.CANCELLED)
    clock.shift(timedelta(minutes=5))
    before = client.get("/feeds/270000000.ics")
    FeedBody.objects.all().delete()

    clock.move_to("2027-04-25T12:00:00+05:00")
    answer = client.get(
        "/feeds/270000000.ics", headers={"if-modified-since": before["Last-Modified"]}
    )

    assert (answer.status_code, shown(answer)) == (200, [])
    assert answer["Last-Modified"] == "Mon, 19 Apr 2027 19:00:00 GMT"


def test_every_moment_is_the_meetings_own(client, land, clock):
    publish(land.office(land.region), [land.first], "2027-05-01", at=a_moment(2027, 1, 10))
    first = client.get("/feeds/270000000.ics").content
    clock.move_to("2027-06-14T12:00:00+05:00")
    FeedBody.objects.all().delete()

    assert client.get("/feeds/270000000.ics").content == first


def test_entries_and_feeds_name_the_addresses_that_pages_have(client, land):
    meeting = publish(land.office(land.region), [land.first], "2027-05-01")

    for language in ("kk", "ru", "en"):
        path = f"/feeds/{land.first.kato}.ics?lang={language}"
        text = client.get(path).content.decode().replace("\r\n ", "")
        with translation.override(language):
            pages = [meeting.get_absolute_url(), land.first.get_absolute_url()]
        assert all(f"\r\nURL:http://127.0.0.1:8000{page}\r\n" in text for page in pages)
        assert f"\r\nSOURCE;VALUE=URI:{addresses.feed(land.first.kato, language)}\r\n" in text


def test_buttons_of_pages_lead_to_feeds(client, land):
    meeting = publish(land.office(land.region), [land.first], "2027-05-01")

    for language in ("kk", "ru", "en"):
        kato = land.first.kato
        webcal = addresses.webcal(kato, language, level="district")
        assert webcal.startswith("webcal://127.0.0.1:8000/feeds/")
        for path in (
            webcal.removeprefix("webcal://127.0.0.1:8000"),
            addresses.atom(kato, language),
            addresses.entry(meeting.uuid, language),
        ):
            assert client.get(path).status_code == 200
