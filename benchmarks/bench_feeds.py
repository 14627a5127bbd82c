"""Feeds: CPU of a poll, of the first read after an edit, of a publication; ratios to an empty view.

``python -m benchmarks.bench_feeds [--events 50 1000 20000] [--here] [--no-race]``. Everything
passes through the whole WSGI stack in this process. ``--here`` measures the fullest region of the
configured database (the demo data, or a year of the whole country) instead of one made for the
purpose. Then 100 programs poll in parallel over 1,000 edits (``--pollers``, ``--edits``): answers
that hid a change or mixed two of them are counted, and there must be none.
"""

import argparse
import os
import sys
import time
from datetime import date, timedelta
from itertools import cycle, islice

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "akimat.settings")

GOAL_304, GOAL_200, GOAL_FIRST_MS = 2.2, 3.5, 15.0
HEADER = (
    f"{'events':>8}{'bytes':>11}{'gzip':>9}{'304/E':>8}{'200/E':>8}{'plain/E':>9}{'first ms':>10}"
)
HEADER += f"{'per 1000':>10}{'edit ms':>9}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, nargs="*", default=[50, 1_000, 20_000])
    parser.add_argument("--here", action="store_true")
    parser.add_argument("--no-race", action="store_true")
    parser.add_argument("--pollers", type=int, default=100)
    parser.add_argument("--edits", type=int, default=1_000)
    options = parser.parse_args()
    import django

    django.setup()
    if options.here:
        return _report_here()
    from django.test.runner import DiscoverRunner

    _use_a_file()
    runner = DiscoverRunner(verbosity=0, interactive=False)
    missed = 0
    for events in options.events:
        databases = runner.setup_databases()
        try:
            missed += _bench(events)
        finally:
            runner.teardown_databases(databases)
    print(f"goals: 304 ≤ {GOAL_304} E, 200 ≤ {GOAL_200} E, first ≤ {GOAL_FIRST_MS} ms per 1,000")
    if not options.no_race:
        databases = runner.setup_databases()
        try:
            missed += _race(options.pollers, options.edits)
        finally:
            runner.teardown_databases(databases)
    return 1 if missed else 0


def _use_a_file() -> None:
    """SQLite's test database on disk, as in earnest: threads have connections of their own."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database["TEST"]["NAME"] = str(settings.DATA_DIR / "bench_feeds.sqlite3")


def _race(pollers: int, edits: int) -> int:
    from django.db import transaction

    from meetings.services import publishing
    from tests.meetings.feeds.race import Race

    region, meetings = make_region(20)
    with transaction.atomic():
        publishing.refresh(meetings)
    start = time.perf_counter()
    race = Race(f"/feeds/{region.kato}.ics", meetings, pollers=pollers, edits=edits)
    outcome = race.run()
    print(
        f"{pollers} pollers, {race.committed:,} edits of {len(meetings)} meetings at once, "
        f"{time.perf_counter() - start:.0f} s: {outcome.fresh:,} bodies, "
        f"{outcome.unchanged:,} times 304, {len(outcome.hidden)} hid a change, "
        f"{len(outcome.torn)} torn, {len(outcome.failed)} failed"
    )
    for what in (outcome.hidden + outcome.torn + outcome.failed)[:10]:
        print("   ", what)
    return 1 if outcome.hidden or outcome.torn or outcome.failed else 0


def _bench(events: int) -> int:
    from django.db import connection, transaction

    from meetings.services import publishing

    region, meetings = make_region(events)
    start = time.process_time()
    with transaction.atomic():
        publishing.refresh(meetings)
    each = (time.process_time() - start) / events * 1e3
    print(f"\n{events:,} meetings published at once: {each:.2f} ms each, in three languages")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return _report(region.kato, meetings[0], events)


def _report_here() -> int:
    from django.db.models import Count

    from meetings.models import Meeting, Unit

    fullest = (
        Meeting.objects.from_day(date(date.today().year - 1, 1, 1))
        .values("region").annotate(many=Count("pk")).order_by("-many").first()
    )  # fmt: skip
    if fullest is None:
        print("This database has no meetings: load the demo data first.")
        return 1
    region = Unit.objects.get(pk=fullest["region"])
    meeting = Meeting.objects.filter(region=region).latest("day")
    print(f"{region.name_en or region.name_kk}, {region.kato}")
    return _report(region.kato, meeting, fullest["many"])


def _report(kato: str, meeting, events: int) -> int:
    from benchmarks.visitor import EMPTY, Visitor

    visitor, address = Visitor(), f"/feeds/{kato}.ics?lang=ru"
    empty = visitor.cpu_ms(EMPTY, 1000)
    edits = []
    first = visitor.cpu_ms(
        address, 25, before=lambda: edits.append(_edit(meeting)), accept_encoding="gzip"
    )
    _status, headers, packed = visitor.get(address, accept_encoding="gzip")
    _status, _headers, plain = visitor.get(address)
    etag = headers["ETag"]
    assert visitor.get(address, accept_encoding="gzip", if_none_match=etag)[0] == "304"
    poll = visitor.in_e(address, 1000, accept_encoding="gzip", if_none_match=etag)
    warm = visitor.in_e(address, 500, accept_encoding="gzip")
    unpacked = visitor.in_e(address, 100)
    per_thousand = first / max(events, 1000) * 1000
    print(f"E, an empty view behind the whole stack: {empty:.3f} ms of CPU")
    print(HEADER)
    print(
        f"{events:>8,}{len(plain):>11,}{len(packed):>9,}{poll:>8.2f}{warm:>8.2f}{unpacked:>9.2f}"
        f"{first:>10.1f}{per_thousand:>10.1f}{sorted(edits)[len(edits) // 2]:>9.1f}"
    )
    return poll > GOAL_304 or warm > GOAL_200 or per_thousand > GOAL_FIRST_MS


def _edit(meeting) -> float:
    """Publish a change of one meeting; the CPU it takes in milliseconds."""
    from django.db import transaction
    from django.utils import timezone

    from meetings.models import Meeting
    from meetings.services import publishing

    start = time.process_time()
    with transaction.atomic():
        meeting.sequence, meeting.changed_at = meeting.sequence + 1, timezone.now()
        Meeting.objects.filter(pk=meeting.pk).update(
            sequence=meeting.sequence, changed_at=meeting.changed_at
        )
        publishing.refresh([meeting])
    return (time.process_time() - start) * 1e3


def make_region(events: int):
    """An oblast of 12 districts with 10 okrugs each, and this many meetings of this year."""
    from django.utils import timezone

    from meetings.models import Meeting
    from tests.factories import UnitKind, an_hour, make_office, make_unit

    region = make_unit(UnitKind.OBLAST, "Батыс Қазақстан облысы", kato="270000000")
    pairs = []
    for number in range(12):
        district = make_unit(UnitKind.DISTRICT, f"Бәйтерек-{number} ауданы", parent=region)
        host = make_office(district)
        for place in range(10):
            name = f"Дариян-{number}-{place} ауылдық округі"
            pairs.append((host, make_unit(UnitKind.OKRUG, name, parent=district)))
    now, first = timezone.now(), date(date.today().year, 1, 1)
    chosen = list(islice(cycle(pairs), events))
    meetings = Meeting.objects.bulk_create(
        [
            Meeting(
                host=host, region=region, day=first + timedelta(days=number * 7 % 365),
                starts_at=an_hour(9 + number % 9), place_kk=f"Мәдениет үйі, {number}-зал",
                place_ru=f"Дом культуры, зал {number}", address_kk="Бейбітшілік көшесі, 5",
                address_ru="улица Мира, 5", topics=["roads", "water"],
                contact="8 (711 30) 2-12-34", published_at=now, changed_at=now,
            )
            for number, (host, _place) in enumerate(chosen)
        ],
        batch_size=1000,
    )  # fmt: skip
    through = Meeting.targets.through
    through.objects.bulk_create(
        [
            through(meeting_id=meeting.pk, unit_id=place.pk)
            for meeting, (_host, place) in zip(meetings, chosen, strict=True)
        ],
        batch_size=1000,
    )
    return region, meetings


if __name__ == "__main__":
    sys.exit(main())
