"""Similar requests: precision at 5 and recall at 20 on a hand-made set, and the time of a search.

``python -m benchmarks.bench_similar [--worst]``. The set (similar_texts.txt) holds requests as
villagers write them, in Russian, Kazakh, both mixed and Latin letters; those of one cluster mean
one thing in one place, and near misses lie beside them. Each text in turn is asked for among all
others. Of five first ones, as many can be right as there are others of the cluster in the
language that is looked in: precision is of those, so that a cluster of four is not held against
the search. Rows «kept back» are clusters that took no part in choosing the weights.
"""

import argparse
import statistics
import time
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple

import numpy as np

from appeals import similar

SET = Path(__file__).with_name("similar_texts.txt")
AMONG = 5_000
GOAL_MS = 50.0
RUNS = 9
# Asked in, looked in ("" is any): precision at 5, recall at 20.
GOALS = {
    ("ru", "ru"): (0.90, 0.97),
    ("kk", "kk"): (0.90, 0.97),
    ("ru", "kk"): (0.90, 0.97),
    ("kk", "ru"): (0.90, 0.97),
    ("mx", ""): (0.90, 0.95),
    ("", ""): (0.90, 0.95),
}
NAMES = {"ru": "Russian", "kk": "Kazakh", "mx": "mixed", "": "all"}


class Text(NamedTuple):
    cluster: str
    language: str
    is_kept_back: bool
    words: str


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worst", action="store_true", help="show clusters below 0.9")
    options = parser.parse_args()
    texts = read()
    found = _all_scores(texts)
    clusters = {text.cluster for text in texts if text.cluster}
    print(f"{len(texts)} texts, {len(clusters)} clusters, {_singles(texts)} of no cluster")
    kept = _report(texts, found)
    if options.worst:
        _worst(texts, found)
    kept &= _speed(texts)
    return 0 if kept else 1


def read() -> list[Text]:
    """The set; ``cluster`` is "" for a text that has no like."""
    texts, cluster, is_kept_back = [], "", False
    for line in SET.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            cluster, _space, mark = line.strip("[]").partition(" ")
            is_kept_back = mark == "kept-back"
        elif line and not line.startswith("#"):
            language, words = line.split(" ", 1)
            texts.append(
                Text("" if cluster == "single" else cluster, language, is_kept_back, words)
            )
    return texts


def _singles(texts: list[Text]) -> int:
    return sum(not text.cluster for text in texts)


def _all_scores(texts: list[Text]) -> np.ndarray:
    kept = [similar.features(text.words) for text in texts]
    found = np.array([similar.scores(row, kept) for row in kept])
    np.fill_diagonal(found, -1)  # nobody looks for what lies before him
    return found


def _report(texts: list[Text], found: np.ndarray) -> bool:
    print(f"{'asked in':>9} {'looked in':>9}{'':<12}{'precision at 5':>15}{'recall at 20':>14}")
    is_good = True
    for (asked, among), (precision_goal, recall_goal) in GOALS.items():
        for is_kept_back in (False, True):
            precision, recall = _figures(texts, found, asked, among, is_kept_back)
            kept = precision >= precision_goal and recall >= recall_goal
            is_good &= kept
            print(
                f"{NAMES[asked]:>9} {NAMES[among]:>9}{' kept back' if is_kept_back else '':<12}"
                f"{precision:15.3f}{recall:14.3f}"
                f"   goals {precision_goal:.2f}, {recall_goal:.2f}: {'kept' if kept else 'MISSED'}"
            )
    return is_good


def _figures(texts, found, asked: str, among: str, is_kept_back: bool) -> tuple[float, float]:
    precisions, recalls = [], []
    where = np.array([among in ("", text.language) for text in texts])
    clusters = np.array([text.cluster for text in texts])
    for at, text in enumerate(texts):
        if not text.cluster or text.is_kept_back != is_kept_back:
            continue
        if asked not in ("", text.language):
            continue
        others = where & (np.arange(len(texts)) != at)
        right = (clusters == text.cluster) & others
        order = [one for one in np.argsort(-found[at], kind="stable") if others[one]]
        many = int(right.sum())
        precisions.append(right[order[:5]].sum() / min(5, many))
        recalls.append(right[order[:20]].sum() / many)
    return statistics.fmean(precisions), statistics.fmean(recalls)


def _worst(texts: list[Text], found: np.ndarray) -> None:
    clusters = np.array([text.cluster for text in texts])
    for cluster in sorted(set(clusters) - {""}):
        five = [clusters[np.argsort(-found[at])[:5]] for at in np.flatnonzero(clusters == cluster)]
        share = float(np.mean([row == cluster for row in five]))
        if share < 0.9:
            wrong = sorted({name or "(single)" for row in five for name in row} - {cluster})
            print(f"  {cluster}: {share:.2f}, taken for {', '.join(wrong)}")


def _speed(texts: list[Text]) -> bool:
    """Ranking as a search does it: thousands of kept rows, of one to six sentences each."""
    words = list(islice(cycle(text.words for text in texts), AMONG * 6))
    started = time.perf_counter()
    rows = [
        (at, similar.features(" ".join(words[at * 6 : at * 6 + 1 + at % 6]))) for at in range(AMONG)
    ]
    each_us = (time.perf_counter() - started) / AMONG * 1e6
    asked = similar.features(texts[0].words)
    spent = []
    for _run in range(RUNS):
        began = time.process_time()
        similar.nearest(asked, rows)
        spent.append((time.process_time() - began) * 1e3)
    ms, size = statistics.median(spent), statistics.fmean(len(row) for _at, row in rows)
    kept = ms <= GOAL_MS
    print(f"a text's features: {each_us:.0f} µs, {size:.0f} bytes on average")
    print(
        f"nearest of {AMONG:,}: {ms:.1f} ms of CPU (goal {GOAL_MS:.0f}: "
        f"{'kept' if kept else 'MISSED'})"
    )
    return kept


if __name__ == "__main__":
    raise SystemExit(main())
