"""What the classifier is made of, as plain values."""

from typing import NamedTuple

from meetings.rules.types import LEVELS_WITH_AKIM
from meetings.rules.types import Level as Kind

#: Which inner row is one body with which outer row.
TWINS = {
    Kind.OBLAST_CITY: Kind.CITY_PROPER,
    Kind.DISTRICT_CITY_ADMIN: Kind.DISTRICT_CITY,
    Kind.CITY_DISTRICT_ADMIN: Kind.CITY_DISTRICT,
    Kind.SETTLEMENT_ADMIN: Kind.SETTLEMENT,
    Kind.VILLAGE_ADMIN: Kind.VILLAGE,
}

#: Kinds that have a maslikhat of their own (domain, section 2).
WITH_MASLIKHAT = frozenset({Kind.OBLAST, Kind.REPUBLIC_CITY, Kind.DISTRICT, Kind.OBLAST_CITY})


class Row(NamedTuple):
    """One unit of a classifier, understood.

    ``parent`` and ``body`` are codes ("" for a region; ``body`` is set on the inner row of a twin).
    ``source_kk`` and ``source_ru`` are the file's names, cleaned; ``name_kk`` and ``name_ru`` are
    written out for people («Қараауыл ауылдық округі»).
    """

    code: str
    kind: Kind
    parent: str
    body: str
    source_kk: str
    source_ru: str
    name_kk: str
    name_ru: str
    line: int


class Problem(NamedTuple):
    """One cell that cannot be read: where it is, why (a code of ``words``), and what it held."""

    sheet: str
    line: int
    column: str
    reason: str
    value: str = ""


class Classifier(NamedTuple):
    """A file of the classifier: rows, parents first; with ``problems`` nothing is applied."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]


class FileRefused(ValueError):
    """A file that is no classifier at all; ``reason`` is a code of ``words``."""

    def __init__(self, reason: str, **params):
        self.reason = reason
        self.params = params
        super().__init__(reason)


def carries_post(kind: str, body) -> bool:
    """Say whether a unit has an akim's post of its own: one a body, on the outer row."""
    return kind in LEVELS_WITH_AKIM and not body
