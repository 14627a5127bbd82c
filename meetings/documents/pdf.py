"""PDF by typst, with its embedded fonts: they hold the Kazakh letters, wherever it runs.

The page is fixed (page.typ); the paper goes in as JSON and is read there as data, so that no text
of a person can become markup. The result is tagged for screen readers (PDF/UA-1).
"""

import json
from datetime import UTC
from pathlib import Path
from typing import Literal

from meetings.documents.blocks import (
    Block,
    Document,
    Facts,
    Heading,
    Items,
    Paragraph,
    Signatures,
    Table,
    fit,
)

Standard = Literal["ua-1"]
_PAGE = Path(__file__).with_name("page.typ")


def to_pdf(document: Document) -> bytes:
    """The paper as PDF; the same paper gives the same bytes."""
    import typst  # it costs 30 MB: only those who make papers pay

    data = {
        "title": fit(document.title).strip() or "–", "subtitle": fit(document.subtitle),
        "language": document.language, "footer": fit(document.footer),
        "wide": document.is_wide, "blocks": [_plain(block) for block in document.blocks],
    }  # fmt: skip
    try:
        return _compiled(data, document, "ua-1")
    except typst.TypstError:
        # A sign that no embedded font has (a smile, a Chinese letter): the paper is made all the
        # same, with a square in its place, which the strict standard does not allow.
        return _compiled(data, document, None)


def _compiled(data: dict, document: Document, standards: Standard | None) -> bytes:
    import typst

    # Typst takes whole seconds alone; a draft is made at the moment when it is asked for.
    made_at = document.made_at.astimezone(UTC).replace(microsecond=0)
    made = typst.compile(
        str(_PAGE), root=str(_PAGE.parent), ignore_system_fonts=True, font_paths=[],
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=standards, timestamp=made_at,
    )  # fmt: skip
    if not isinstance(made, bytes):
        raise TypeError("One file was asked for.")
    return made


def _plain(block: Block) -> dict:
    """A block as page.typ reads it."""
    match block:
        case Heading(text):
            return {"kind": "heading", "text": fit(text)}
        case Paragraph(text, is_small):
            return {"kind": "paragraph", "text": fit(text), "small": is_small}
        case Facts(rows):
            return {"kind": "facts", "rows": _texts(rows)}
        case Items(items, is_numbered):
            return {"kind": "items", "items": _row(items), "numbered": is_numbered}
        case Table(columns, rows):
            return {
                "kind": "table", "head": [fit(column.title) for column in columns],
                "weights": [column.weight for column in columns], "rows": _texts(rows),
            }  # fmt: skip
        case Signatures(rows):
            return {"kind": "signatures", "rows": _texts(rows)}


def _texts(rows) -> list[list[str]]:
    return [_row(row) for row in rows]


def _row(cells) -> list[str]:
    return [fit(cell) for cell in cells]
