"""Similar texts: which requests say what this one says, in Russian, Kazakh or both mixed.

A text becomes a set of numbers below 65,536, counted once when it is saved and kept as bytes:
meanings of its words (similar_words) and pieces of three letters of each word's beginning. No
stemmer knows Kazakh; the first letters do without one, forgive most typing errors, and find the
name of a street in either language. Two texts are as similar as the cosine of their sets, each
number weighed by how rare it is.

How rare is counted among the candidates of each search, not kept in a table: among questions of
one village about water the word «water» tells nothing and the name of a street much; and a table
over a million questions would be stale, or locked, at each save.

The weights were chosen with ``benchmarks.bench_similar``: meanings find what is said in the other
language, three letters did as well as three and four with half the bytes, whole words added
nothing.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TypeVar
from zlib import crc32

import numpy as np

from appeals.similar_words import meaning
from meetings.text import fold

Key = TypeVar("Key")

VERSION = 1  # of the way of counting; kept bytes of another version are similar to nothing
LONGEST = 3_000  # letters that are looked at: people say the matter first

# The numbers: versions, meanings, pieces of words with a meaning, pieces of all other words.
_MEANINGS, _KNOWN, _UNKNOWN, _END = 64, 4_096, 32_768, 65_536
_MEANING_WEIGHT, _KNOWN_WEIGHT = 3.0, 0.5
_PIECE, _BEGINNING = 3, 7

_NUMBERS = np.dtype("<u2")
_NONE = np.zeros(0, _NUMBERS)
_WORD = re.compile(r"[^\W_]+")
_PAIRS = (("sh", "ш"), ("zh", "ж"), ("ch", "ч"), ("kh", "х"), ("gh", "г"), ("ya", "я"), ("yu", "ю"))
_LATIN = str.maketrans("abcdefghijklmnopqrstuvwxyz", "абцдефгхижклмнопкрстувухыз")


def features(text: str) -> bytes:
    """Give what a text is compared by: its version and its numbers in order, two bytes each.

    A text without a word that says anything gives the version alone.
    """
    found: set[int] = set()
    for word in _WORD.findall(fold(text[: LONGEST * 2])[:LONGEST]):
        found.update(_of_word(word))
    return np.array([VERSION, *sorted(found)], _NUMBERS).tobytes()


def scores(asked: bytes, kept: Sequence[bytes | memoryview | None]) -> np.ndarray:
    """How similar each kept text is to the asked one: 0 nothing in common, 1 the same words.

    Args:
        asked, kept: what ``features`` gave; None, or of another version, scores 0.
    """
    answer = np.zeros(len(kept))
    query, rows = _numbers(asked), [_numbers(row) for row in kept]
    fit = [at for at, row in enumerate(rows) if row.size]
    if not fit or not query.size:
        return answer
    rows = [rows[at] for at in fit]
    starts = np.concatenate(([0], np.cumsum([row.size for row in rows])[:-1]))
    flat = np.concatenate(rows)
    weights = _weights(flat, len(rows))
    of_query = np.zeros(_END)
    of_query[query] = weights[query]
    shared = np.add.reduceat(of_query[flat], starts)
    lengths = np.add.reduceat(weights[flat], starts)
    answer[fit] = np.minimum(shared / np.sqrt(lengths * weights[query].sum()), 1.0)
    return answer


def nearest(
    asked: bytes, rows: Iterable[tuple[Key, bytes | memoryview | None]], *,
    most: int = 20, at_least: float = 0.0,
) -> list[tuple[Key, float]]:  # fmt: skip
    """The most similar of ``(key, features)``, best first; equal ones stay in their order."""
    taken = list(rows)
    found = scores(asked, [kept for _key, kept in taken])
    best = np.argsort(-found, kind="stable")[:most]
    return [
        (taken[at][0], float(found[at])) for at in best if found[at] > 0 and found[at] >= at_least
    ]


def _weights(flat: np.ndarray, texts: int) -> np.ndarray:
    """The square of each number's weight: the rarer among the candidates, the more it tells.

    One is added, so that a single candidate, or a number that all have, still counts.
    """
    seen_in = np.bincount(flat, minlength=_END)
    rarity = np.log((1 + texts) / (1 + seen_in)) + 1
    rarity[:_KNOWN] *= _MEANING_WEIGHT
    rarity[_KNOWN:_UNKNOWN] *= _KNOWN_WEIGHT
    return rarity**2


def _numbers(kept: bytes | memoryview | None) -> np.ndarray:
    if not kept:
        return _NONE
    numbers = np.frombuffer(kept, _NUMBERS)
    return numbers[1:] if numbers[0] == VERSION else _NONE


def _of_word(word: str) -> Iterator[int]:
    if word.isascii() and word.isalpha():
        word = _in_cyrillic(word)
    about = meaning(word)
    if about == "":  # a word of courtesy
        return
    if about:
        yield _number_of_meaning(about)
    begun = f" {word} "[: _BEGINNING + 1]
    for at in range(max(len(begun) - _PIECE + 1, 1)):
        yield _number_of_piece(begun[at : at + _PIECE], is_known=bool(about))


def _in_cyrillic(word: str) -> str:
    """Kazakh and Russian typed with Latin letters: «su joq» is «су жок»."""
    for latin, letter in _PAIRS:
        word = word.replace(latin, letter)
    return word.translate(_LATIN)


@cache
def _number_of_meaning(about: str) -> int:
    return _MEANINGS + crc32(about.encode()) % (_KNOWN - _MEANINGS)


def _number_of_piece(piece: str, *, is_known: bool) -> int:
    first, end = (_KNOWN, _UNKNOWN) if is_known else (_UNKNOWN, _END)
    return first + crc32(piece.encode("utf-8", "surrogatepass")) % (end - first)
