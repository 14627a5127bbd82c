"""The whole state classifier imported into a new SQLite file: time and memory.

``python -m benchmarks.bench_import`` takes ``../shared/data/kato.csv`` (or AKIMAT_SHARED_DATA).
Each run is the command itself in a process of its own, its start included; memory is the highest
resident size of it or of the process that opens its workbook. Goals: 20 s, 400 MB.
"""

import csv
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import openpyxl

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("AKIMAT_SHARED_DATA", ROOT.parent / "shared" / "data"))
GOAL_SECONDS = 20.0
GOAL_MB = 400.0


class Run(NamedTuple):
    """What one command took."""

    seconds: float
    processor_seconds: float
    megabytes: float


def main() -> int:
    source = SHARED / "kato.csv"
    if not source.exists():
        print(f"no {source}: the import is not measured")
        return 0
    print("import of the whole classifier on SQLite        wall s   CPU s   peak MB")
    kept = True
    with tempfile.TemporaryDirectory(prefix="akimat-bench-") as folder:
        workbook = Path(folder) / "KATO_17.07.2026.xlsx"
        _as_workbook(source, workbook)
        changed = Path(folder) / "KATO_18.09.2026.csv"
        _changed(source, changed)
        for name, file in (
            ("CSV, first", source),
            ("CSV, again: nothing changes", source),
            ("CSV, a region moved to new codes", changed),
            ("XLSX, first", workbook),
        ):
            database = Path(folder) / ("xlsx" if "XLSX" in name else "csv")
            environment = _environment(database)
            if not database.exists():
                database.mkdir()
                _manage(environment, "migrate", "--verbosity", "0")
            kept &= _told(name, _manage(environment, "import_kato", str(file)))
    return 0 if kept else 1


def _told(name: str, run: Run) -> bool:
    kept = run.seconds < GOAL_SECONDS and run.megabytes < GOAL_MB
    print(
        f"  {name:<44}{run.seconds:>8.1f}{run.processor_seconds:>8.1f}{run.megabytes:>10.0f}"
        f"   {'kept' if kept else 'MISSED'} (goals {GOAL_SECONDS:.0f} s, {GOAL_MB:.0f} MB)"
    )
    return kept


def _environment(folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "AKIMAT_DATA_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'bench.sqlite3'}",
    }


def _manage(environment: dict[str, str], *words: str) -> Run:
    started = time.monotonic()
    with subprocess.Popen(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as child:
        _pid, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode == 0, (words, child.returncode)
    return Run(
        time.monotonic() - started,
        used.ru_utime + used.ru_stime,
        used.ru_maxrss / 1024,
    )


def _as_workbook(source: Path, target: Path) -> None:
    """The file as the statistics bureau publishes it: numbers in cells, its own header."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("katonew1")
    with source.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        sheet.append(["te", "ab", "cd", "ef", "hij", "k", "kaz_name", "rus_name", "nn"])
        for row in rows:
            sheet.append([*map(int, row[:6]), *row[6:8], None])
    book.save(target)


def _changed(source: Path, target: Path) -> None:
    """A file in which a whole region has new codes: every unit of it is found again."""
    with (
        source.open(encoding="utf-8", newline="") as file,
        target.open("w", encoding="utf-8", newline="") as copy,
    ):
        writer = csv.writer(copy)
        for te, ab, *rest in csv.reader(file):
            writer.writerow(["64" + te[2:], "64", *rest] if ab == "10" else [te, ab, *rest])


if __name__ == "__main__":
    raise SystemExit(main())
