"""The whole country checked for a year: from database to findings with citations, with memory.

``python -m benchmarks.bench_check`` reads the database that DATABASE_URL names; it must hold an
imported classifier and ``load_demo --scale national``. Goals: 300 ms on PostgreSQL, 500 on SQLite.
"""

import os
import resource
import statistics
import time
from collections import Counter

GOALS_MS = {"sqlite": 500, "postgresql": 300}
RUNS = 7


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "akimat.settings")
    import django

    django.setup()
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
