"""How a subscription is answered: headers, conditions, bytes that are kept, refusals."""

import gzip
import re
from datetime import date, time

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from meetings.enums import MeetingState, UnitKind
from meetings.models import FeedBody, Unit, UnitPast
from meetings.services import feeds as kept_feeds
from meetings.services import publishing
from tests.factories import (
    make_unit,
)
from tests.meetings.feeds.cases import NOON, change, publish, shown, uuids

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_a_poll_costs_one_query_and_renders_nothing(client, land, monkeypatch):
    publish(land.office(land.region), [land.first], "2027-05-01")
    etag = client.get("/feeds/270000000.ics")["ETag"]
    monkeypatch.setattr(kept_feeds, "_make", None)
    publishing_queries = []
    for headers in ({"if-none-match": etag}, {}, {"accept-encoding": "gzip"}):
        with CaptureQueriesContext(connection) as queries:
            client.get("/feeds/270000000.ics", headers=headers)
        publishing_queries.append(len(queries))

    assert publishing_queries == [1, 1, 1]


@pytest.mark.parametrize("form", ["ics", "atom"])
def test_the_first_read_costs_the_same_queries_with_many_meetings_as_with_few(client, land, form):
    counts = []
    for many in (1, 12):
        for _number in range(many):
            publish(land.office(land.region), [land.first, land.second], "2027-05-01")
        FeedBody.objects.all().delete()
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/feeds/270000000.{form}")
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 15


def test_headers_of_a_feed(client, land):
    answer = client.get("/feeds/270000000.ics?lang=ru")

    assert {name: answer[name] for name in (
        "Content-Type", "Content-Disposition", "Cache-Control", "Vary", "Last-Modified",
        "Content-Length",
    )} == {
        "Content-Type": "text/calendar; charset=utf-8",
        "Content-Disposition": 'inline; filename="akimat-270000000-ru.ics"',
        "Cache-Control": "public, no-cache",
        "Vary": "Accept-Encoding",
        "Last-Modified": "Thu, 31 Dec 2026 19:00:00 GMT",
        "Content-Length": str(len(answer.content)),
    }  # fmt: skip
    assert re.fullmatch(r'"[0-9a-f]{32}"', answer["ETag"])
    assert "Set-Cookie" not in answer.headers


def test_packed_bytes_are_the_same_text_under_an_etag_of_their_own(client, land):
    publish(land.office(land.region), [land.first], "2027-05-01")

    plain = client.get("/feeds/270000000.ics")
    packed = client.get("/feeds/270000000.ics", headers={"accept-encoding": "br, gzip;q=0.8"})

    assert gzip.decompress(packed.content) == plain.content
    assert packed["ETag"] == plain["ETag"][:-1] + '-gz"'
    assert (packed["Content-Encoding"], plain.get("Content-Encoding")) == ("gzip", None)
    assert packed["Vary"] == plain["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("header", ["", "identity", "gzip;q=0", "br", "gzip; q=0.000"])
def test_who_does_not_take_gzip_gets_none(client, land, header):
    answer = client.get("/feeds/270000000.ics", headers={"accept-encoding": header})

    assert answer.content.startswith(b"BEGIN:VCALENDAR")


def test_head_is_get_without_a_body(client, land):
    publish(land.office(land.region), [land.first], "2027-05-01")
    for path in ("/feeds/270000000.ics", "/feeds/270000000.atom"):
        for encoding in ("gzip", "identity"):
            got = client.get(path, headers={"accept-encoding": encoding})
            head = client.head(path, headers={"accept-encoding": encoding})

            assert (head.status_code, head.content) == (200, b"")
            assert head.headers == got.headers


CONDITIONS = [  # headers with {etag} and {last}; the answer
    ({"if-none-match": "{etag}"}, 304),
    ({"if-none-match": "W/{etag}"}, 304),
    ({"if-none-match": '"other", {etag}'}, 304),
    ({"if-none-match": "*"}, 304),
    ({"if-none-match": '"other"'}, 200),
    ({"if-none-match": "nonsense"}, 200),
    ({"if-none-match": "{packed}"}, 200),
    ({"if-none-match": "{packed}", "accept-encoding": "gzip"}, 304),
    ({"if-none-match": "{etag}", "accept-encoding": "gzip"}, 200),
    ({"if-modified-since": "{last}"}, 304),
    ({"if-modified-since": "Wed, 14 Apr 2027 06:59:00 GMT"}, 304),
    ({"if-modified-since": "Thu, 01 Apr 2027 00:00:00 GMT"}, 200),
    ({"if-modified-since": "Fri, 14 Apr 2034 00:00:00 GMT"}, 200),
    ({"if-modified-since": "yesterday"}, 200),
    # Of two conditions the etag is the one that counts (RFC 9110, 13.2.2).
    ({"if-none-match": '"other"', "if-modified-since": "{last}"}, 200),
    ({"if-none-match": "{etag}", "if-modified-since": "Thu, 01 Apr 2027 00:00:00 GMT"}, 304),
]


@pytest.mark.parametrize(("headers", "status"), CONDITIONS)
def test_conditional_requests(client, land, clock, headers, status):
    clock.move_to("2027-04-12T09:00:00+05:00")
    publish(land.office(land.region), [land.first], "2027-05-01")
    clock.move_to(NOON)
    kept = client.get("/feeds/270000000.ics")
    values = {
        "etag": kept["ETag"], "packed": kept["ETag"][:-1] + '-gz"', "last": kept["Last-Modified"],
    }  # fmt: skip

    answer = client.get(
        "/feeds/270000000.ics",
        headers={name: value.format(**values) for name, value in headers.items()},
    )

    assert answer.status_code == status
    if status == 304:
        assert (answer.content, answer.get("Content-Length")) == (b"", None)
        packed = "gzip" in headers.get("accept-encoding", "")
        assert answer["ETag"] == values["packed" if packed else "etag"]
        assert (answer["Vary"], answer["Last-Modified"]) == (
            "Accept-Encoding",
            kept["Last-Modified"],
        )


def test_an_edit_shows_in_the_next_read_by_every_validator(client, land):
    meeting = publish(land.office(land.region), [land.first], "2027-05-01")
    before = client.get("/feeds/270000000.ics")

    change(meeting, starts_at=time(18, 30), state=MeetingState.ANNOUNCED)

    for headers in (
        {"if-none-match": before["ETag"]},
        {"if-modified-since": before["Last-Modified"]},
        {},
    ):
        answer = client.get("/feeds/270000000.ics", headers=headers)
        assert answer.status_code == 200
        assert b"DTSTART;TZID=Asia/Almaty:20270501T183000" in answer.content


def test_edits_within_one_second_are_never_hidden_by_a_date(client, land):
    meeting = publish(land.office(land.region), [land.first], "2027-05-01")
    dates = []
    for number in range(4):
        change(meeting, contact=f"№ {number}")
        answer = client.get("/feeds/270000000.ics", headers={"if-modified-since": NOON_GMT})
        assert (answer.status_code, f"№ {number}" in answer.content.decode()) == (200, True)
        dates.append(answer.get("Last-Modified"))

    # Of a time that is still to come nothing is said.
    assert dates == [None, None, None, None]


NOON_GMT = "Wed, 14 Apr 2027 07:00:00 GMT"


def test_a_feed_that_comes_out_the_same_keeps_its_validators(client, land, clock):
    publish(land.office(land.region), [land.first], "2027-05-01")
    before = client.get("/feeds/270000000.ics?level=oblast")
    clock.move_to("2027-04-15T12:00:00+05:00")
    publish(land.office(land.first), [land.okrug], "2027-05-02")

    answer = client.get(
        "/feeds/270000000.ics?level=oblast", headers={"if-none-match": before["ETag"]}
    )

    assert (answer.status_code, answer["Last-Modified"]) == (304, before["Last-Modified"])


def test_a_meeting_that_is_moved_to_another_place_leaves_the_feed_of_the_first(client, land):
    meeting = publish(land.office(land.region), [land.first], "2027-05-01")
    client.get(f"/feeds/{land.first.kato}.ics")
    meeting.targets.set([land.second])

    publishing.refresh([meeting], former_targets=[land.first])

    assert shown(client.get(f"/feeds/{land.first.kato}.ics")) == []
    assert shown(client.get(f"/feeds/{land.second.kato}.ics")) == uuids(meeting)


def test_a_renamed_place_is_renamed_in_its_feed(client, land):
    client.get(f"/feeds/{land.second.kato}.ics")
    Unit.objects.filter(pk=land.second.pk).update(name_kk="Жаңа аудан")

    publishing.refresh_for_units([Unit.objects.get(pk=land.second.pk)])

    assert "NAME:Әкімдердің кездесулері: Жаңа аудан\r\n" in (
        client.get(f"/feeds/{land.second.kato}.ics").content.decode()
    )


def test_the_code_a_place_had_still_leads_to_its_feed(client, land):
    meeting = publish(land.office(land.region), [land.first], "2027-05-01")
    old = land.first.kato
    UnitPast.objects.create(
        unit=land.first, until=date(2027, 1, 1), kato=old, kind=land.first.kind,
        name_kk="Зеленов ауданы", name_ru="Зеленовский район",
    )  # fmt: skip
    Unit.objects.filter(pk=land.first.pk).update(kato="271111111")

    assert shown(client.get(f"/feeds/{old}.ics")) == uuids(meeting)
    assert shown(client.get("/feeds/271111111.ics")) == uuids(meeting)


def test_a_reused_code_means_the_living_place_and_a_retired_one_keeps_its_feed(client, land):
    meeting = publish(land.office(land.region), [land.first], "2027-05-01")
    Unit.objects.filter(pk=land.first.pk).update(valid_to=date(2027, 1, 1))
    assert shown(client.get(f"/feeds/{land.first.kato}.ics")) == uuids(meeting)

    make_unit(UnitKind.DISTRICT, "Жаңа аудан", parent=land.region, kato=land.first.kato)

    assert shown(client.get(f"/feeds/{land.first.kato}.ics")) == []


def test_a_reader_is_answered_where_the_feed_cannot_be_kept(client, land, monkeypatch, caplog):
    meeting = publish(land.office(land.region), [land.first], "2027-05-01")

    def fails(*_args):
        raise DatabaseError("locked")

    monkeypatch.setattr(kept_feeds, "_store", fails)
    answer = client.get("/feeds/270000000.ics")

    assert (answer.status_code, shown(answer)) == (200, uuids(meeting))
    assert "Last-Modified" not in answer.headers
    assert "could not be kept" in caplog.text


REFUSED = [  # the address, the status, the sentence
    ("/feeds/270000000.ics?lang=fr", 400, "lang=fr деген тіл жоқ"),
    ("/feeds/270000000.ics?lang=fr", 400, "Языка lang=fr нет"),
    ("/feeds/270000000.ics?lang=", 400, "Give one of these: kk, ru, en."),
    ("/feeds/270000000.ics?lang=ru&level=mayor", 400, "Уровня level=mayor нет"),
    ("/feeds/270000000.ics?lang=en&level=mayor", 400, "Give one of these: oblast, republic_city"),
    ("/feeds/270000000.ics?lang=en&cancelled=yes", 400, "cancelled=yes is not known. Give 0 or 1."),
    ("/feeds/270000000.ics?lang=en&level=%0d%0aX:1%00", 400, "level=X:1 is not known"),
    ("/feeds/999999999.ics?lang=ru", 404, "Места с кодом 999999999 нет"),
    ("/feeds/999999999.atom", 404, "999999999 коды бар жер жоқ"),
    ("/feeds/meetings/6f2c1d9e-0000-4000-8000-000000000001.ics?lang=en", 404, "No published"),
    ("/feeds/meetings/6f2c1d9e-0000-4000-8000-000000000001.ics?lang=xx", 400, "xx"),
]


@pytest.mark.parametrize(("path", "status", "sentence"), REFUSED)
def test_what_there_is_not_is_told_in_a_sentence(client, land, path, status, sentence):
    answer = client.get(path)

    assert (answer.status_code, answer["Content-Type"]) == (status, "text/plain; charset=utf-8")
    assert sentence in answer.content.decode()
    assert (answer["Cache-Control"], "Set-Cookie" in answer.headers) == ("no-store", False)


@pytest.mark.parametrize("path", ["/feeds/27.ics", "/feeds/270000000.ics/", "/feeds/٢٧٠٠٠٠٠٠٠.ics"])
def test_an_address_of_no_feed_is_not_found(client, land, path):
    assert client.get(path).status_code == 404


def test_unknown_names_in_the_address_change_nothing(client, land):
    plain = client.get("/feeds/270000000.ics")

    assert client.get("/feeds/270000000.ics?fbclid=1&utm=2")["ETag"] == plain["ETag"]


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_a_feed_is_only_read(client, land, method):
    assert getattr(client, method)("/feeds/270000000.ics").status_code == 405


def test_who_is_signed_in_reads_the_same_feed(client, land):
    from tests.factories import make_user

    publish(land.office(land.region), [land.first], "2027-05-01")
    before = client.get("/feeds/270000000.ics")
    client.force_login(make_user())

    answer = client.get("/feeds/270000000.ics")

    assert (answer.content, answer["Vary"], answer["ETag"]) == (
        before.content, "Accept-Encoding", before["ETag"],
    )  # fmt: skip
