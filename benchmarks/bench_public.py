"""The public list of meetings: queries, CPU, bytes, and the ratio to an empty view.

``python -m benchmarks.bench_public [--meetings 50 50000]``. Everything passes through the whole
WSGI stack in this process; E is what the stack spends on a view that answers two letters.
"""

import argparse
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "akimat.settings")

GOALS = {"queries": 5, "cold_ms": 12.0, "warm_e": 2.5, "bytes": 30_000}
TODAY = "2027-01-25"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--meetings", type=int, nargs="*", default=[50, 50_000])
    options = parser.parse_args()
    import django

    django.setup()
    from django.core.management import call_command
    from django.test.runner import DiscoverRunner

    call_command("collectstatic", "--noinput", verbosity=0)
    runner = DiscoverRunner(verbosity=0, interactive=False)
    missed = 0
    for many in options.meetings:
        databases = runner.setup_databases()
        try:
            missed += _bench(many)
        finally:
            runner.teardown_databases(databases)
    return 1 if missed else 0


def _bench(many: int) -> int:
    import time_machine
    from django.db import connection

    from benchmarks.public_country import make_country

    make_country(many, regions=1 if many <= 1_000 else 20)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    with time_machine.travel(f"{TODAY}T12:00:00+05:00", tick=True):
        return _report(many)


def _report(many: int) -> int:
    from django.core.cache import cache

    from benchmarks.visitor import EMPTY, Visitor
    from meetings.models import Unit

    visitor = Visitor()
    empty = visitor.cpu_ms(EMPTY, 400)
    print(f"\n{many:,} meetings; E (empty view, whole stack) = {empty:.3f} ms of CPU")
    heads = ("queries", "cold ms", "warm ms", "warm/E", "304/E", "bytes")
    print(f"{'page':34}" + "".join(f"{head:>9}" for head in heads))
    region = Unit.objects.filter(parent=None).first()
    village = Unit.objects.order_by("-path").first()
    missed = 0
    for label, path in [
        ("list ahead (kk)", "/kk/meetings/"),
        ("list ahead (ru)", "/ru/meetings/"),
        ("page 20", f"/kk/meetings/?page={min(20, many // 50)}"),
        ("last page", f"/kk/meetings/?from=01.01.2027&page={max(1, many // 50)}"),
        ("of a region", f"/kk/meetings/?unit={region.kato}"),
        ("of a village", f"/kk/meetings/?unit={village.kato}"),
        ("akims of oblasts", "/kk/meetings/?level=oblast"),
        ("akims of okrugs", "/kk/meetings/?level=okrug"),
        ("by word", "/kk/meetings/?q=ақтоғай-77"),
        ("one month", "/kk/meetings/?from=01.06.2027&to=30.06.2027"),
    ]:
        cold = visitor.cpu_ms(path, 15, before=cache.clear)
        queries = _queries(visitor, path)
        warm = visitor.cpu_ms(path, 300)
        status, headers, body = visitor.get(path)
        assert status == "200", (path, status)
        again = visitor.cpu_ms(path, 300, if_none_match=headers["ETag"])
        print(
            f"{label:34}{queries:>8}{cold:>9.2f}{warm:>9.3f}{warm / empty:>8.2f}"
            f"{again / empty:>7.2f}{len(body):>8,}"
        )
        if label.startswith("list"):
            missed += (
                queries > GOALS["queries"]
                or cold > GOALS["cold_ms"]
                or warm / empty > GOALS["warm_e"]
                or len(body) > GOALS["bytes"]
            )
    print("goals of the list: ≤ 5 queries, ≤ 12 ms cold, ≤ 2.5 E warm, ≤ 30,000 bytes")
    return missed


def _queries(visitor, path: str) -> int:
    from django.core.cache import cache
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    cache.clear()
    with CaptureQueriesContext(connection) as seen:
        visitor.get(path)
    return len(seen)


if __name__ == "__main__":
    sys.exit(main())
