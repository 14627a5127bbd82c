"""What a paper is made of. Texts are plain: nothing in them is ever markup or a formula."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

# What XML 1.0 cannot hold, and line ends that programs read each in its own way.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_BREAKS = re.compile("\r\n?|[\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of a part of the paper."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; line breaks in it stay. ``is_small``: a remark that stands back."""

    text: str
    is_small: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and what stands under them, one a line."""

    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Items:
    """A list, numbered or with dashes."""

    items: Sequence[str]
    is_numbered: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its name and its share of the width."""

    title: str
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns; the head is repeated on each page."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Signatures:
    """Who signs: the post, and the name that stands after the line."""

    rows: Sequence[tuple[str, str]]


Block = Heading | Paragraph | Facts | Items | Table | Signatures


@dataclass(frozen=True, slots=True)
class Document:
    """A whole paper.

    ``language``: kk or ru, of the text; ``made_at``: the moment it tells of (a paper made twice
    is the same paper); ``footer``: stands at the foot of each page beside its number.
    """

    title: str
    language: str
    made_at: datetime
    blocks: Sequence[Block]
    subtitle: str = ""
    footer: str = ""
    is_wide: bool = False


def fit(text: object) -> str:
    """Text as any format can hold it: no control characters, one kind of line break."""
    return _UNFIT.sub("", _BREAKS.sub("\n", str(text)))
