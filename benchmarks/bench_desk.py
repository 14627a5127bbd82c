"""The desk with 600 lines: what each edit costs, in queries and milliseconds of the server.

``python -m benchmarks.bench_desk [--lines 600]``. A region of 13 districts with 160 okrugs and
640 villages; every request passes through the whole stack in this process, on a database in a
file, so that an edit waits for its commit. Goal: an edit takes under 200 ms of the server's time
(CPU; the clock on the wall stands beside it and knows who else uses the machine).
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "akimat.settings")

GOAL_MS = 200
YEAR = 2027
DISTRICTS, OKRUGS, VILLAGES = 13, 160, 4
HTMX = {"hx-request": "true"}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=600)
    options = parser.parse_args()
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test.runner import DiscoverRunner

    call_command("collectstatic", "--noinput", verbosity=0)
    with tempfile.TemporaryDirectory(prefix="akimat-bench-") as folder:
        database = settings.DATABASES["default"]
        if database["ENGINE"].endswith("sqlite3"):
            database["TEST"]["NAME"] = str(Path(folder) / "desk.sqlite3")
        runner = DiscoverRunner(verbosity=0, interactive=False)
        databases = runner.setup_databases()
        try:
            return _report(_Desk(options.lines))
        finally:
            runner.teardown_databases(databases)


class _Desk:
    """A region, its coordinator signed in, a draft of so many lines."""

    def __init__(self, lines: int):
        from django.test import Client

        from meetings.enums import Role
        from meetings.services import drafting
        from tests.factories import make_unit, make_user

        self.region = make_unit("oblast", "Облыс", kato="270000000")
        self.hosts = self._territory()
        self.user = make_user(Role.COORDINATOR, self.region)
        self.calendar = drafting.open_calendar(self.region, YEAR, by=self.user)
        self.revision = self.calendar.revisions.get()
        self._fill(lines)
        self.client = Client(SERVER_NAME="127.0.0.1")
        self.client.force_login(self.user)

    def _territory(self) -> list:
        """Akims with the units they owe meetings: of the region, of districts, of okrugs."""
        from meetings.models import Office, Unit, path_step

        number = 1

        def units(kind, parents, each):
            nonlocal number
            made = []
            for parent in parents:
                for _turn in range(each):
                    number += 1
                    name = f"{kind} {number}"
                    made.append(
                        Unit(number=number, path=parent.path + path_step(number), parent=parent,
                             kind=kind, kato=f"{270_000_000 + number}", name_kk=name,
                             name_ru=name, name_en=name, search=f"|{name}|", sort_kk=name)
                    )  # fmt: skip
            return Unit.objects.bulk_create(made)

        districts = units("district", [self.region], DISTRICTS)
        okrugs = units("okrug", districts, OKRUGS // DISTRICTS + 1)[:OKRUGS]
        villages = units("village", okrugs, VILLAGES)
        Office.objects.bulk_create(Office(unit=unit) for unit in [self.region, *districts, *okrugs])
        below: dict = {}
        for unit in [*districts, *okrugs, *villages]:
            below.setdefault(unit.parent_id, []).append(unit)
        offices = Office.objects.select_related("unit").order_by("unit__path")
        return [(office, below.get(office.unit_id, [])) for office in offices]

    def _fill(self, lines: int) -> None:
        from meetings.models import Line

        pairs = [(host, unit) for host, units in self.hosts for unit in units]
        made = []
        for at in range(lines):
            host, _unit = pairs[at % len(pairs)]
            day = date(YEAR, 1, 11) + timedelta(days=at * 7 % 340)
            made.append(Line(revision=self.revision, host=host, day=day, place_kk="Клуб"))
        Line.objects.bulk_create(made)
        through = Line.targets.through
        through.objects.bulk_create(
            through(line_id=line.pk, unit_id=pairs[at % len(pairs)][1].pk)
            for at, line in enumerate(made)
        )
        self.lines = made

    def url(self, rest: str = "") -> str:
        return f"/kk/desk/calendars/{self.calendar.uuid}/{rest}"

    def typed(self, line, **fields) -> dict:
        """What the form of a line sends."""
        from meetings.models import Line

        version = Line.objects.filter(pk=line.pk).values_list("version", flat=True).first() or 0
        codes = list(Line.targets.through.objects.filter(line=line).values_list("unit__kato"))
        return {
            "day": f"{line.day:%d.%m.%Y}", "host": line.host.unit.kato, "way": "in_person",
            "is_visiting": "on", "targets": [code for (code,) in codes], "version": version,
            **fields,
        }  # fmt: skip


def _report(desk: _Desk) -> int:
    from django.db import connection

    print(f"{len(desk.lines)} lines, {len(desk.hosts)} akims; {connection.vendor}")
    print(f"{'what':30}{'queries':>9}{'CPU ms':>9}{'wall ms':>9}{'worst':>8}{'kB':>8}")
    missed = 0
    for label, ask, is_edit in _requests(desk):
        cpu, wall, queries, size = _measure(ask)
        kept = not is_edit or statistics.median(cpu) < GOAL_MS
        missed += not kept
        print(
            f"{label:30}{queries:>9}{statistics.median(cpu):>9.1f}{statistics.median(wall):>9.1f}"
            f"{max(wall):>8.1f}{size / 1000:>8.1f}{'' if kept else '  MISSED'}"
        )
    print(f"Goal: an edit takes under {GOAL_MS} ms of CPU.")
    return 1 if missed else 0


def _requests(desk: _Desk):
    """Label, what is asked at each turn, and whether it is an edit."""
    client, lines = desk.client, desk.lines

    def change(turn):
        typed = desk.typed(lines[turn], starts_at=f"{10 + turn % 8}:00")
        return lambda: client.post(desk.url(f"lines/{lines[turn].uuid}/"), typed, headers=HTMX)

    def refuse(turn):
        typed = desk.typed(lines[turn], day="14.04.2030")
        return lambda: client.post(desk.url(f"lines/{lines[turn].uuid}/"), typed, headers=HTMX)

    def plain(turn):
        typed = desk.typed(lines[turn], place_ru=f"Клуб {turn}")
        return lambda: client.post(desk.url(f"lines/{lines[turn].uuid}/"), typed)

    def add(turn):
        typed = desk.typed(lines[turn], day=f"{turn + 1:02d}.12.{YEAR}", version="")
        return lambda: client.post(desk.url("lines/"), typed, headers=HTMX)

    def drop(turn):
        line = lines[300 + turn]
        version = {"version": desk.typed(line)["version"]}
        return lambda: client.post(desk.url(f"lines/{line.uuid}/drop/"), version, headers=HTMX)

    def undo(turn):
        return _undo(desk, lines[300 + turn], "lines")

    def undo_change(turn):
        return _undo(desk, lines[turn], f"line-{lines[turn].uuid}")

    def get(address, **headers):
        return lambda _turn: lambda: client.get(address, headers=headers)

    def form(turn):
        return lambda: client.get(desk.url(f"lines/{lines[turn].uuid}/?edit=1"), headers=HTMX)

    yield "a line saved (htmx)", change, True
    yield "a line saved (no scripts)", plain, True
    yield "a line refused (htmx)", refuse, True
    yield "a line added (htmx)", add, True
    yield "a line dropped (htmx)", drop, True
    yield "a drop undone (htmx)", undo, True
    yield "a change undone (htmx)", undo_change, True
    yield "the form of a line opened", form, True
    yield "the workspace", get(desk.url()), False
    yield "the workspace, one month", get(desk.url("?month=4")), False
    yield "the workspace, by word", get(desk.url("?q=клуб")), False
    yield "the year", get(desk.url("grid/")), False
    yield "all findings", get(desk.url("findings/")), False
    yield "the log", get(desk.url("log/")), False
    yield "the dashboard", get("/kk/desk/"), False


def _undo(desk: _Desk, line, target: str):
    from meetings.models import LineEdit

    last = LineEdit.objects.filter(line_uuid=line.uuid).first()
    headers, typed = HTMX | {"hx-target": target}, {"version": last.version}
    return lambda: desk.client.post(desk.url(f"lines/{line.uuid}/undo/"), typed, headers=headers)


def _measure(ask, turns: int = 15) -> tuple[list[float], list[float], int, int]:
    """Milliseconds of CPU and of the wall's clock at each turn; queries and bytes of the last."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    cpu, wall = [], []
    ask(0)()  # loads templates
    for turn in range(1, turns + 1):
        request = ask(turn)
        with CaptureQueriesContext(connection) as asked:
            start, begun = time.perf_counter(), time.process_time()
            answer = request()
            cpu.append((time.process_time() - begun) * 1000)
            wall.append((time.perf_counter() - start) * 1000)
        if answer.status_code not in (200, 302, 422):
            raise SystemExit(f"{answer.request['PATH_INFO']} answers {answer.status_code}.")
    return cpu, wall, len(asked), len(answer.content)


if __name__ == "__main__":
    sys.exit(main())
