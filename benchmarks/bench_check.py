"""The whole country checked for a year: from database to findings with citations, with memory.

``python -m benchmarks.bench_check [--make KATO.csv]`` reads the database of DATABASE_URL: it
holds an imported classifier and ``load_demo --scale national``, or ``--make`` makes both there.
Goals: 300 ms on PostgreSQL, 500 ms on SQLite.
"""

import argparse
import os
import resource
import statistics
import time
from collections import Counter

GOALS_MS = {"sqlite": 500, "postgresql": 300}
RUNS = 7


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--make", metavar="KATO.csv", default="")
    source = parser.parse_args().make
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "akimat.settings")
    import django

    django.setup()
    if source:
        _make(source)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from meetings.models import Calendar, Meeting
    from meetings.rules import tally
    from meetings.selectors.duties import judged_country

    year = Counter(Calendar.objects.values_list("year", flat=True)).most_common(1)[0][0]
    meetings = Meeting.objects.filter(day__year=year).count()
    with CaptureQueriesContext(connection) as seen:
        judged = judged_country(year)
    found = statistics.median(_timed(lambda: judged_country(year)) for _run in range(RUNS))
    cited = statistics.median(_timed(lambda: _cited(judged)) for _run in range(RUNS))
    figures = tally(finding for one in judged for finding in one.findings)
    goal = GOALS_MS[connection.vendor]
    kept = found + cited <= goal
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"Country, {year}, {connection.vendor}: {len(judged)} regions, {meetings:,} meetings,")
    print(f"  {figures.duties:,} duties, {figures.missing:,} missing, {len(seen)} queries")
    print(f"  database to findings {found:8.1f} ms")
    print(f"  citations of all     {cited:8.1f} ms")
    print(f"  together             {found + cited:8.1f} ms (goal {goal}: {_verdict(kept)})")
    print(f"  peak memory          {peak:8.0f} MiB")
    return 0 if kept else 1


def _make(source: str) -> None:
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    call_command("import_kato", source, verbosity=0, stdout=open(os.devnull, "w"))
    start = time.perf_counter()
    call_command("load_demo", scale="national", stdout=open(os.devnull, "w"))
    print(f"A year of the country was written in {time.perf_counter() - start:.0f} s.", flush=True)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _cited(judged) -> int:
    return sum(len(finding.source) for one in judged for finding in one.findings)


def _timed(work) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def _verdict(kept: bool) -> str:
    return "kept" if kept else "MISSED"


if __name__ == "__main__":
    raise SystemExit(main())
