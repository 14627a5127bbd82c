"""Nothing stale and nothing torn, however reads and edits fall together."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from meetings.models import FeedBody, FeedVersion, Meeting
from meetings.services import feeds as kept_feeds
from meetings.services import publishing
from tests.factories import Region, make_meeting
from tests.meetings.feeds.race import Race

PATH = "/feeds/270000000.ics"


def make_meetings(many: int) -> list[Meeting]:
    land = Region()
    day = timezone.localdate() + timedelta(days=30)
    meetings = [make_meeting(land.office(land.region), [land.first], day) for _n in range(many)]
    with transaction.atomic():
        publishing.refresh(meetings)
    return meetings


def edit(meetings: list[Meeting], sequence: int) -> None:
    with transaction.atomic():
        numbers = [meeting.pk for meeting in meetings]
        Meeting.objects.filter(pk__in=numbers).update(sequence=sequence, changed_at=timezone.now())
        publishing.refresh(meetings)


@pytest.mark.django_db(transaction=True)
def test_parallel_pollers_see_every_edit_and_no_torn_body():
    race = Race(PATH, make_meetings(5), pollers=20, edits=200)

    outcome = race.run()

    assert (outcome.hidden, outcome.torn, outcome.failed) == ([], [], [])
    assert (race.committed, outcome.fresh + outcome.unchanged > 100) == (200, True)


@pytest.mark.django_db
def test_an_edit_between_the_version_and_the_rows_is_served_but_not_kept_as_the_past(
    client, monkeypatch
):
    meetings = make_meetings(2)
    render = kept_feeds._BODIES["ics"]

    def after_an_edit(*args):
        edit(meetings, 1)
        return render(*args)

    monkeypatch.setitem(kept_feeds._BODIES, "ics", after_an_edit)
    first = client.get(PATH)
    monkeypatch.setitem(kept_feeds._BODIES, "ics", render)

    assert first.content.count(b"SEQUENCE:1\r\n") == 2
    assert (FeedBody.objects.count(), "Last-Modified" in first.headers) == (0, False)
    assert client.get(PATH, headers={"if-none-match": first["ETag"]}).status_code == 304


@pytest.mark.django_db
def test_an_edit_after_the_rows_is_not_hidden_by_what_was_kept_of_them(client, monkeypatch):
    meetings = make_meetings(2)
    render = kept_feeds._BODIES["ics"]

    def before_an_edit(*args):
        made = render(*args)
        edit(meetings, 1)
        return made

    monkeypatch.setitem(kept_feeds._BODIES, "ics", before_an_edit)
    first = client.get(PATH)
    monkeypatch.setitem(kept_feeds._BODIES, "ics", render)
    second = client.get(PATH, headers={"if-none-match": first["ETag"]})

    assert first.content.count(b"SEQUENCE:0\r\n") == 2
    assert (second.status_code, second.content.count(b"SEQUENCE:1\r\n")) == (200, 2)


@pytest.mark.django_db
def test_a_slow_reader_does_not_put_the_past_in_the_place_of_the_present(client, monkeypatch):
    meetings = make_meetings(2)
    store = kept_feeds._store

    def slowly(*args):
        """Before it has kept its feed, another reader has read and kept the next one."""
        monkeypatch.setattr(kept_feeds, "_store", store)
        monkeypatch.setattr(kept_feeds, "_LOCKS", kept_feeds._LOCKS[::-1])
        edit(meetings, 1)
        client.get(PATH)
        return store(*args)

    monkeypatch.setattr(kept_feeds, "_store", slowly)
    client.get(PATH)

    kept, present = FeedBody.objects.get(), FeedVersion.objects.get(unit__kato="270000000")
    assert kept.version == present.version
    assert client.get(PATH).content.count(b"SEQUENCE:1\r\n") == 2


@pytest.mark.django_db
def test_of_two_readers_who_make_the_same_feed_one_keeps_it(client, monkeypatch):
    make_meetings(2)
    store = kept_feeds._store

    def second(*args):
        monkeypatch.setattr(kept_feeds, "_store", store)
        monkeypatch.setattr(kept_feeds, "_LOCKS", kept_feeds._LOCKS[::-1])
        assert "Last-Modified" in client.get(PATH).headers
        return store(*args)

    monkeypatch.setattr(kept_feeds, "_store", second)
    first = client.get(PATH)

    assert (first.status_code, FeedBody.objects.count()) == (200, 1)
    assert client.get(PATH, headers={"if-none-match": first["ETag"]}).status_code == 304


@pytest.mark.django_db(transaction=True)
def test_an_edit_that_is_taken_back_leaves_no_trace(client):
    meetings = make_meetings(2)
    before = client.get(PATH)

    with transaction.atomic():
        Meeting.objects.update(sequence=7)
        publishing.refresh(meetings)
        transaction.set_rollback(True)

    assert client.get(PATH, headers={"if-none-match": before["ETag"]}).status_code == 304


@contextmanager
def a_writer() -> Iterator[None]:
    """Another process that publishes meanwhile: it holds SQLite's lock of writers."""
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.rollback()


@pytest.mark.django_db(transaction=True)
def test_a_reader_beside_a_publication_is_answered_and_nothing_is_reported(client, caplog):
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite has one lock for all writers")
    make_meetings(2)

    with a_writer():
        beside = client.get(PATH)
    after = client.get(PATH)

    assert (beside.status_code, beside.content) == (200, after.content)
    assert ("Last-Modified" in beside.headers, "Last-Modified" in after.headers) == (False, True)
    assert caplog.text == ""
