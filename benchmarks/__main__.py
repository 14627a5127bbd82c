"""Every benchmark, one after another: ``make bench``.

Each prints its figures against the goals; the exit code is 1 when a goal is missed. The country
is made once, in a temporary folder: the whole classifier imported, a year of every duty.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("AKIMAT_SHARED_DATA", ROOT.parent / "shared" / "data"))
ALONE = (
    "bench_rules",
    "bench_import",
    "bench_feeds",
    "bench_public",
    "bench_desk",
    "bench_similar",
    "bench_requests",
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", help=f"some of: {', '.join((*ALONE, 'bench_check'))}")
    wanted = parser.parse_args().names
    missed = 0
    for name in ALONE:
        if not wanted or name in wanted:
            print(f"\n== {name}", flush=True)
            missed += _run("-m", f"benchmarks.{name}")
    if not wanted or "bench_check" in wanted:
        missed += _check()
    print("\nEvery goal is kept." if not missed else f"\n{missed} benchmarks missed a goal.")
    return 1 if missed else 0


def _run(*command: str, **environment: str) -> bool:
    """Whether the command, one of Python's, failed."""
    whole = {**os.environ, **environment}
    return bool(subprocess.run([sys.executable, *command], cwd=ROOT, env=whole).returncode)


def _check() -> int:
    """The national check, on SQLite and on PostgreSQL."""
    print("\n== bench_check", flush=True)
    if not (SHARED / "kato.csv").exists():
        print(f"no {SHARED / 'kato.csv'}: the country is not measured")
        return 0
    check = ("-m", "benchmarks.bench_check", "--make", str(SHARED / "kato.csv"))
    with tempfile.TemporaryDirectory(prefix="akimat-bench-") as folder:
        data = {"AKIMAT_DATA_DIR": folder}
        missed = _run(*check, DATABASE_URL=f"sqlite:///{folder}/db.sqlite3", **data)
        return missed + _run("-m", "tests.postgresql", sys.executable, *check, **data)


if __name__ == "__main__":
    raise SystemExit(main())
