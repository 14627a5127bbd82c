"""The rules alone, without a database: how long the law's own code takes.

``python -m benchmarks.bench_rules`` takes the state classifier from ``../shared/data/kato.csv``
(or AKIMAT_SHARED_DATA) and, where that is absent, a made-up country of the same size. Each
figure is the median of several runs, in milliseconds of processor time. Goals: the country well
under 200, a region of 5,000 meetings 20, one akim after an edit 1.
"""

import os
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from meetings.rules import (
    EDITIONS,
    Duties,
    Level,
    PlannedMeeting,
    Territory,
    Unit,
    check,
    obligations,
)

YEAR = 2026
RUNS = 9
GOALS_MS = {"country": 200.0, "region": 20.0, "akim": 1.0}
SHARED = Path(
    os.environ.get("AKIMAT_SHARED_DATA", Path(__file__).resolve().parents[2] / "shared" / "data")
)


def main() -> int:
    units, name = _country()
    print(f"{name}: {len(units):,} units; median of {RUNS} runs, ms of processor time")
    kept = True
    for edition in EDITIONS:
        print(f"edition {edition.id}")
        territory, built = _timed(lambda: Territory(units))
        duties, owed = _timed(lambda: obligations(edition, territory, YEAR))  # noqa: B023
        meetings = _one_each(duties)
        findings, checked = _timed(lambda: _fresh(duties, meetings))  # noqa: B023
        assert not any(finding.missing for finding in findings)
        _line(f"territory of {len(units):,} units", built)
        _line(f"{len(duties):,} duties from it", owed)
        _line(f"{len(meetings):,} meetings against them", checked)
        kept &= _line("the country, all three", built + owed + checked, GOALS_MS["country"])
        kept &= _line("its citations and words", _words(findings))
        kept &= _line(*_region(territory, duties))
        kept &= _line(*_akim(duties, meetings))
    return 0 if kept else 1


def _region(territory: Territory, duties: Duties) -> tuple[str, float, float]:
    """The region with most duties, its plan repeated up to 5,000 meetings."""
    roots = [unit for unit in territory if unit.parent is None]
    sizes = {root.key: territory.within(root.key) for root in roots}
    largest = max(sizes, key=lambda key: len(sizes[key]))
    hosts = [largest, *(unit.key for unit in sizes[largest])]
    own = duties.owed_by(*hosts)
    meetings = _one_each(own)
    meetings = (meetings * (5000 // len(meetings) + 1))[:5000]
    _, spent = _timed(lambda: check(own, meetings))
    return f"a region, {len(own):,} duties, 5,000 meetings", spent, GOALS_MS["region"]


def _akim(duties: Duties, meetings: list[PlannedMeeting]) -> tuple[str, float, float]:
    """The busiest akim, his duties kept and his meetings counted anew."""
    busiest, _ = Counter(duty.host for duty in duties).most_common(1)[0]
    own = [meeting for meeting in meetings if meeting.host == busiest]
    _, spent = _timed(lambda: check(duties.owed_by(busiest), own))
    return f"one akim after an edit, {len(own)} duties", spent, GOALS_MS["akim"]


def _words(findings: list) -> float:
    _, spent = _timed(lambda: [finding.source for finding in findings])
    return spent


def _fresh(duties: Duties, meetings: list[PlannedMeeting]) -> list:
    """A first check: what duties keep for the next one is built again."""
    return check(Duties(duties.year, duties.series, duties.bodies), meetings)


def _one_each(duties: Duties) -> list[PlannedMeeting]:
    return [PlannedMeeting(duty.host, (duty.target,), duty.window.first, True) for duty in duties]


def _timed(work: Callable) -> tuple:
    spent = []
    for _ in range(RUNS):
        start = time.process_time()
        answer = work()
        spent.append((time.process_time() - start) * 1000)
    return answer, statistics.median(spent)


def _line(what: str, spent: float, goal: float | None = None) -> bool:
    kept = goal is None or spent <= goal
    verdict = "" if goal is None else f"  (goal {goal:g}: {'kept' if kept else 'MISSED'})"
    print(f"  {what:<44}{spent:9.2f}{verdict}")
    return kept


def _country() -> tuple[list[Unit], str]:
    path = SHARED / "kato.csv"
    if not path.exists():
        return list(_made_up()), "a made-up country"
    from meetings.kato.parse import read_classifier

    rows = read_classifier(path.read_bytes()).rows
    units = [Unit(row.code, row.kind, row.parent or None, row.body or None) for row in rows]
    return units, "the state classifier"


def _made_up() -> Iterator[Unit]:
    """17 oblasts of 10 districts of 12 okrugs of 3 villages with a minor object in each."""
    for oblast in range(17):
        yield Unit(f"{oblast:02}", Level.OBLAST)
        for district in range(10):
            second = f"{oblast:02}{district:02}"
            yield Unit(second, Level.DISTRICT, second[:2])
            for okrug in range(12):
                third = f"{second}{okrug:02}"
                yield Unit(third, Level.OKRUG, second)
                for village in range(3):
                    yield Unit(f"{third}{village}", Level.VILLAGE, third)
                    yield Unit(f"{third}{village}0", Level.PLACE, f"{third}{village}")


if __name__ == "__main__":
    raise SystemExit(main())
