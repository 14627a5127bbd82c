"""Lists of questions and the search for similar ones among a million: queries and milliseconds.

``python -m benchmarks.bench_requests [--questions 10000 1000000]``. Twenty regions, a third of all
questions in the first. Every request passes through the whole stack in this process, nothing
kept; the clock on the wall is taken, since a database may be another process. Goals: 200 ms a
page, 300 ms a search, and as many queries among many as among few.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "akimat.settings")

PAGE_MS, SEARCH_MS = 200, 300
RUNS = 5


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, nargs="*", default=[10_000, 1_000_000])
    options = parser.parse_args()
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test.runner import DiscoverRunner

    call_command("collectstatic", "--noinput", verbosity=0)
    runner, missed, queries = DiscoverRunner(verbosity=0, interactive=False), 0, []
    for many in options.questions:
        with tempfile.TemporaryDirectory(prefix="akimat-bench-") as folder:
            database = settings.DATABASES["default"]
            if database["ENGINE"].endswith("sqlite3"):
                database["TEST"]["NAME"] = str(Path(folder) / "requests.sqlite3")
            databases = runner.setup_databases()
            try:
                late, counted = _Country(many).report()
                missed += late
                queries.append(counted)
            finally:
                runner.teardown_databases(databases)
    differ = [name for name in queries[0] if len({one[name] for one in queries}) > 1]
    print(f"goals: {PAGE_MS} ms a page, {SEARCH_MS} ms a search; queries differ: {differ or 'no'}")
    return 1 if missed or differ else 0


class _Country:
    """Twenty regions that ask, a coordinator of the first and of a district, an observer of all."""

    def __init__(self, many: int):
        from benchmarks.asked_country import ask
        from benchmarks.public_country import make_country
        from benchmarks.visitor import Visitor
        from meetings.models import Unit

        make_country(0)
        began = time.perf_counter()
        ask(many)
        print(f"\n{many:,} questions, made in {time.perf_counter() - began:.0f} s")
        self.visitor = Visitor()
        self.region = Unit.objects.filter(parent=None).order_by("path").first()
        self.district = self.region.children.order_by("path").first()
        self.village = Unit.objects.filter(path__startswith=self.district.path).order_by("-path")[0]

    def report(self) -> tuple[int, dict[str, int]]:
        """How many goals were missed; the queries of each page."""
        missed, queries = 0, {}
        print(f"{'':44}{'queries':>8}{'first ms':>10}{'again ms':>10}")
        for name, goal, work in [*self._public(), *self._desks(), *self._searches()]:
            queries[name], first, again = _measured(work)
            kept = again <= goal
            missed += not kept
            mark = "" if kept else "  MISSED"
            print(f"{name:44}{queries[name]:>8}{first:>10.0f}{again:>10.0f}{mark}")
        return missed, queries

    def _public(self):
        unit = {"region": self.region, "district": self.district, "village": self.village}
        for name, query in [
            ("newest", ""), ("page 20", "page=20"), ("without an answer", "state=open"),
            ("of a topic", "topic=roads"), ("by number", "q=26-000000000"),
            ("by a common word", "q=су"), ("by a word nobody wrote", "q=жирафтар"),
            *((f"of a {kind}", f"unit={one.kato}") for kind, one in unit.items()),
            ("of a region, topic, open", f"unit={self.region.kato}&topic=roads&state=open"),
            ("of a region, by a word", f"unit={self.region.kato}&q=жирафтар"),
        ]:  # fmt: skip
            yield f"public list: {name}", PAGE_MS, self._get(f"/kk/questions/?{query}")

    def _desks(self):
        from meetings.enums import Role

        shelves = ("waiting", "objections", "unanswered", "late", "held", "answered", "all")
        for whose, role, unit in [
            ("country", Role.OBSERVER, None), ("region", Role.COORDINATOR, self.region),
            ("district", Role.COORDINATOR, self.district),
        ]:  # fmt: skip
            cookie = self._signed_in(role, unit)
            for show in shelves:
                address = f"/kk/desk/requests/?show={show}"
                yield f"desk of a {whose}: {show}", PAGE_MS, self._get(address, cookie)
            for name, query in [
                ("a word", "show=all&q=су"), ("a word nobody wrote", "show=all&q=жирафтар"),
                ("a topic", "show=unanswered&topic=roads"), ("by phone", "show=all&channel=phone"),
                ("by phone, open", "show=unanswered&channel=phone"),
            ]:  # fmt: skip
                address = f"/kk/desk/requests/?{query}"
                yield f"desk of a {whose}: {name}", PAGE_MS, self._get(address, cookie)

    def _searches(self):
        from appeals.selectors.similar import similar_to
        from meetings.enums import Role
        from tests.factories import make_user

        user = make_user(Role.COORDINATOR, self.region)
        text = "Ауылда екі апта бойы су жоқ, қашан қосылады?"
        for name, unit, reader in [
            ("a village", self.village, None), ("a region", self.region, None),
            ("a village, for staff", self.village, user),
            ("a region, for staff", self.region, user),
        ]:  # fmt: skip
            search = partial(similar_to, text, unit, topic="water", visible_to=reader)
            yield f"similar ones: {name}", SEARCH_MS, search

    def _signed_in(self, role, unit) -> str:
        from django.conf import settings
        from django.test import Client

        from tests.factories import make_user

        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(make_user(role, unit))
        return f"{settings.SESSION_COOKIE_NAME}={client.session.session_key}"

    def _get(self, address: str, cookie: str = "") -> Callable[[], object]:
        def get():
            status, _headers, _body = self.visitor.get(address, cookie=cookie)
            assert status in ("200", "302"), (status, address)

        return get


def _measured(work: Callable[[], object]) -> tuple[int, float, float]:
    """Queries; milliseconds of the first time; the median of the next ones."""
    from django.core.cache import cache
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    spent = []
    for _turn in range(RUNS):
        cache.clear()
        began = time.perf_counter()
        work()
        spent.append((time.perf_counter() - began) * 1e3)
    cache.clear()
    with CaptureQueriesContext(connection) as seen:
        work()
    return len(seen), spent[0], statistics.median(spent[1:])


if __name__ == "__main__":
    sys.exit(main())
