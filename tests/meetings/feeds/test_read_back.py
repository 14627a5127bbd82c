"""Feeds read by programs that did not write them: vobject, ics.py, icalendar, vdirsyncer."""

import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta
from urllib.request import urlopen
from xml.etree import ElementTree

import defusedxml.ElementTree
import icalendar
import ics as icspy
import pytest
import vobject
from django.db import transaction
from django.utils import timezone

from meetings.enums import MeetingState, Way
from meetings.ics import zone_text
from meetings.models import Meeting, Unit
from meetings.services import publishing
from tests.factories import Region, make_meeting

LANGUAGES = ("kk", "ru", "en")
TODAY = date.today()
DAYS = [TODAY + timedelta(days=number) for number in (-40, -20, 1, 30, 200)]


def make_country() -> Region:
    """A small territory whose meetings have every form: day or hour, one target or several."""
    land = Region()
    ends = iter(DAYS * 4)
    for host, targets in [
        (land.region, [land.first]), (land.region, [land.second]),
        (land.first, [land.okrug]), (land.okrug, land.villages), (land.okrug, [land.villages[0]]),
    ]:  # fmt: skip
        for fields in (
            {},
            {"starts_at": time(15), "ends_at": time(16, 30), "place_kk": "Мәдениет үйі; 1, зал",
             "latitude": "51.23333", "longitude": "51.36667", "topics": ["roads", "gas"]},
            {"starts_at": time(23, 30), "way": Way.BOTH, "stream_url": "https://live.example/a,b"},
            {"state": MeetingState.CANCELLED, "reason": "Су тасқыны\\N; 2, \"q\""},
        ):  # fmt: skip
            make_meeting(land.office(host), targets, next(ends, DAYS[3]), **fields)
    with transaction.atomic():
        publishing.refresh(Meeting.objects.all())
    return land


def expected(unit: Unit) -> dict[str, tuple]:
    """What a reader must find in the feed of a unit: begin, end, state by UID."""
    found = {}
    for meeting in Meeting.objects.prefetch_related("targets"):
        is_cancelled = meeting.state == MeetingState.CANCELLED
        if is_cancelled and meeting.day + timedelta(days=30) < TODAY:
            continue
        if any(target.path.startswith(unit.path) for target in meeting.targets.all()):
            state = "CANCELLED" if is_cancelled else "CONFIRMED"
            found[f"{meeting.uuid}@127.0.0.1"] = (*_span(meeting), state)
    return found


def _span(meeting) -> tuple:
    if meeting.starts_at is None:
        return meeting.day, meeting.day + timedelta(days=1)
    zone = timezone.get_default_timezone()
    begin = datetime.combine(meeting.day, meeting.starts_at, zone)
    if meeting.ends_at:
        return begin, datetime.combine(meeting.day, meeting.ends_at, zone)
    return begin, begin + timedelta(minutes=90)


def _by_vobject(text: str) -> dict[str, tuple]:
    calendar = vobject.readOne(text)
    return {
        event.uid.value: (event.dtstart.value, event.dtend.value, event.status.value)
        for event in getattr(calendar, "vevent_list", [])
    }


def _by_icspy(text: str) -> dict[str, tuple]:
    found = {}
    for event in icspy.Calendar(text).events:
        if event.all_day:
            span = event.begin.date(), event.begin.date() + event.duration
        else:
            span = event.begin.datetime, event.end.datetime
        found[event.uid] = (*span, event.status)
    return found


def _by_icalendar(text: str) -> dict[str, tuple]:
    calendar = icalendar.Calendar.from_ical(text)
    return {
        str(event["uid"]): (event["dtstart"].dt, event["dtend"].dt, str(event["status"]))
        for event in calendar.walk("VEVENT")
    }


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_three_other_programs_read_every_feed_as_it_was_meant(client, language):
    land = make_country()

    for unit in Unit.objects.filter(path__startswith=land.region.path):
        text = client.get(f"/feeds/{unit.kato}.ics?lang={language}").content.decode()
        meant = expected(unit)
        assert _by_vobject(text) == meant
        assert _by_icspy(text) == meant
        assert _by_icalendar(text) == meant


@pytest.mark.django_db
def test_lines_end_in_crlf_and_are_folded_at_75_octets(client):
    land = make_country()

    for language in LANGUAGES:
        octets = client.get(f"/feeds/{land.region.kato}.ics?lang={language}").content
        lines = octets.split(b"\r\n")
        assert lines.pop() == b""
        assert max(map(len, lines)) <= 75
        assert not any(b"\n" in line or b"\r" in line for line in lines)
        # A character cut in two would not decode.
        assert all(line.decode().isprintable() for line in lines)


@pytest.mark.django_db
def test_words_come_back_as_they_were_typed(client):
    land = make_country()
    text = client.get(f"/feeds/{land.region.kato}.ics?lang=kk").content.decode()

    events = vobject.readOne(text).vevent_list

    assert any(event.location.value.startswith("Мәдениет үйі; 1, зал") for event in events)
    # ics.py takes the backslash and the letter for a line break: it is not asked.
    reason = '\nСебебі: Су тасқыны\\N; 2, "q"\n'
    assert any(reason in event.description.value for event in events)
    events = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert any(reason in event["description"] for event in events)
    assert any(event.location.startswith("Мәдениет үйі; 1, зал") for event in _icspy_events(text))


def _icspy_events(text: str) -> list:
    return [event for event in icspy.Calendar(text).events if event.location]


ZONE = [  # the clock in Almaty, the same moment in UTC
    (datetime(2022, 4, 14, 15), datetime(2022, 4, 14, 9, tzinfo=UTC)),
    (datetime(2024, 2, 29, 15), datetime(2024, 2, 29, 9, tzinfo=UTC)),
    (datetime(2024, 3, 1, 15), datetime(2024, 3, 1, 10, tzinfo=UTC)),
    (datetime(2027, 4, 14, 15), datetime(2027, 4, 14, 10, tzinfo=UTC)),
]


@pytest.mark.parametrize(("local", "moment"), ZONE)
def test_the_zone_is_right_before_and_after_the_change_of_2024(local, moment):
    text = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{zone_text()}END:VCALENDAR\r\n"
    definition = vobject.readOne(text).vtimezone.tzinfo

    assert local.replace(tzinfo=definition).astimezone(UTC) == moment
    zone = next(iter(icalendar.Calendar.from_ical(text).walk("VTIMEZONE"))).to_tz()
    assert local.replace(tzinfo=zone).astimezone(UTC) == moment


def test_the_zone_is_told_as_the_standard_has_it():
    assert zone_text().split("\r\n") == [
        "BEGIN:VTIMEZONE", "TZID:Asia/Almaty",
        "BEGIN:STANDARD", "DTSTART:20220101T000000", "TZOFFSETFROM:+0600", "TZOFFSETTO:+0600",
        "TZNAME:+06", "END:STANDARD",
        "BEGIN:STANDARD", "DTSTART:20240301T000000", "TZOFFSETFROM:+0600", "TZOFFSETTO:+0500",
        "TZNAME:+05", "END:STANDARD",
        "END:VTIMEZONE", "",
    ]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_news_are_well_formed_atom(client, language):
    land = make_country()
    atom = "{http://www.w3.org/2005/Atom}"

    for unit in (land.region, land.villages[0], land.second):
        path = f"/feeds/{unit.kato}.atom?lang={language}"
        feed = defusedxml.ElementTree.fromstring(client.get(path).content)
        ids = {each.findtext(f"{atom}id") for each in feed.findall(f"{atom}entry")}
        assert ids == {f"urn:uuid:{uid.split('@')[0]}" for uid in expected(unit)}
        assert feed.findtext(f"{atom}id") == (
            f"tag:127.0.0.1,2022:units/{unit.number}/atom:{language}::1"
        )
        moments = [each.findtext(f"{atom}updated") for each in feed.findall(f"{atom}entry")]
        assert moments == sorted(moments, reverse=True)
        assert feed.find(f"{atom}link[@rel='self']").get("href") == f"http://127.0.0.1:8000{path}"
        assert _complete(feed, atom)


def _complete(feed: ElementTree.Element, atom: str) -> bool:
    return all(
        entry.findtext(f"{atom}{name}")
        for entry in feed.findall(f"{atom}entry")
        for name in ("id", "title", "updated", "published", "content")
    )


SYNC = """
[general]
status_path = "{folder}/status/"
[pair meetings]
a = "site"
b = "disk"
collections = null
conflict_resolution = "a wins"
[storage site]
type = "http"
url = "{url}"
[storage disk]
type = "{kind}"
path = "{folder}/{path}"
{extra}
"""
DISKS = [("filesystem", "events", 'fileext = ".ics"'), ("singlefile", "all.ics", "")]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("kind", "path", "extra"), DISKS)
def test_vdirsyncer_twice_in_a_row_changes_nothing_the_second_time(
    live_server, tmp_path, kind, path, extra
):
    land = make_country()
    url = f"{live_server.url}/feeds/{land.region.kato}.ics?lang=ru"
    config = SYNC.format(folder=tmp_path, url=url, kind=kind, path=path, extra=extra)
    (tmp_path / "config").write_text(config, encoding="utf-8")
    if kind == "filesystem":
        (tmp_path / path).mkdir()

    _vdirsyncer(tmp_path, "discover")
    first = _vdirsyncer(tmp_path, "sync")
    kept = _on_disk(tmp_path / path)
    second = _vdirsyncer(tmp_path, "sync")

    many = len(expected(land.region))
    assert first.count("Copying (uploading) item") == many > 10
    assert ("Copying" in second, "Deleting" in second) == (False, False)
    assert _on_disk(tmp_path / path) == kept
    assert sum(octets.count(b"BEGIN:VEVENT") for octets in kept.values()) == many


@pytest.mark.django_db(transaction=True)
def test_vdirsyncer_moves_the_entry_of_a_moved_meeting(live_server, tmp_path):
    land = make_country()
    meeting = Meeting.objects.filter(starts_at=time(15)).first()
    url = f"{live_server.url}/feeds/{land.region.kato}.ics?lang=ru"
    config = SYNC.format(folder=tmp_path, url=url, kind="filesystem", path="x", extra=DISKS[0][2])
    (tmp_path / "config").write_text(config, encoding="utf-8")
    (tmp_path / "x").mkdir()
    _vdirsyncer(tmp_path, "discover")
    _vdirsyncer(tmp_path, "sync")
    before = _on_disk(tmp_path / "x")
    meeting.day, meeting.sequence, meeting.state = DAYS[4], 1, MeetingState.MOVED
    meeting.changed_at = timezone.now()
    with transaction.atomic():
        meeting.save()
        publishing.refresh([meeting])

    _vdirsyncer(tmp_path, "sync")

    after = _on_disk(tmp_path / "x")
    changed = [name for name in after if after[name] != before.get(name)]
    assert (len(before), len(after), len(changed)) == (len(before), len(before), 1)
    # Its storage of the web puts a hash in the place of each UID; the page's address tells it.
    assert str(meeting.uuid).encode() in after[changed[0]]


def _vdirsyncer(folder, command: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "vdirsyncer", "-c", str(folder / "config"), command],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def _on_disk(path) -> dict[str, bytes]:
    files = path.iterdir() if path.is_dir() else [path]
    return {file.name: file.read_bytes() for file in files}


@pytest.mark.django_db(transaction=True)
def test_a_real_server_answers_a_poll_with_304_and_no_body(live_server):
    import http.client

    make_country()
    connection = http.client.HTTPConnection(live_server.thread.host, live_server.thread.port)
    connection.request("GET", "/feeds/270000000.ics", headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    etag, packed = answer.headers["ETag"], answer.read()
    headers = {"Accept-Encoding": "gzip", "If-None-Match": etag}
    connection.request("GET", "/feeds/270000000.ics", headers=headers)
    again = connection.getresponse()
    connection.close()

    assert (len(packed) > 1000, again.status, again.read()) == (True, 304, b"")
    with urlopen(f"{live_server.url}/feeds/270000000.ics") as plain:
        assert plain.read().endswith(b"END:VCALENDAR\r\n")
