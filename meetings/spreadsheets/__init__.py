"""Tables that people send: XLSX and CSV, read as text within bounds.

A workbook is opened in a child process with limits on memory and time: one far cell in a file of
two kilobytes cost 46 s and 2.5 GB when it was opened carelessly.
"""

import csv
import io
import json
import os
import subprocess  # nosec B404
import sys
from pathlib import Path
from typing import NamedTuple

_CHILD = Path(__file__).with_name("child.py")
_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_MB = 1 << 20


class SpreadsheetRefused(ValueError):
    """A file that is not read. ``reason`` is one of ``REASONS``."""

    def __init__(self, reason: str):
        self.reason = reason
        super().__init__(REASONS[reason])


REASONS = {
    "empty": "The file is empty.",
    "large": "The file is larger than 16 MB.",
    "old": "The file is an old .xls or is locked with a password: save it as .xlsx without one.",
    "broken": "The file cannot be read as a workbook: open it and save it again as .xlsx or .csv.",
    "letters": "The letters of the file cannot be read: save it as CSV in UTF-8.",
    "heavy": "The file needs too much memory or time to read.",
    "rows": "The file has too many rows.",
    "columns": "The file has too many columns.",
    "cell": "A cell of the file holds too long a text.",
    "unsafe": "Workbooks cannot be read on this server: defusedxml is not installed.",
}


class Limits(NamedTuple):
    """What a table may cost: sizes in bytes and characters; ``rows`` are those that hold text."""

    rows: int = 60_000
    columns: int = 60
    cell: int = 10_000
    characters: int = 24_000_000
    file: int = 16 * _MB
    unpacked: int = 96 * _MB
    parts: int = 500
    memory: int = 320 * _MB
    seconds: int = 30


class Sheet(NamedTuple):
    """One sheet: its name ("" for CSV) and its rows that hold something, as (line, cells)."""

    name: str
    rows: list[tuple[int, list[str]]]


def read_sheets(content: bytes, limits: Limits = Limits()) -> list[Sheet]:  # noqa: B008
    """Give a file's sheets as text; the kind of file is told by its content.

    Numbers come as they are written by hand (``103230000``, not ``103230000.0``), days as
    YYYY-MM-DD, hours as HH:MM:SS. Lines count from 1 as the person's own program shows them.

    Raises:
        SpreadsheetRefused: with a reason of ``REASONS``.
    """
    if len(content) > limits.file:
        raise SpreadsheetRefused("large")
    if not content.strip():
        raise SpreadsheetRefused("empty")
    if content.startswith(_OLD_OFFICE):
        raise SpreadsheetRefused("old")
    if content.startswith(_ZIP):
        return _read_workbook(content, limits)
    return [_read_csv(content, limits)]


def _read_workbook(content: bytes, limits: Limits) -> list[Sheet]:
    command = [sys.executable, "-I", str(_CHILD), json.dumps(limits._asdict())]
    alone = os.environ | {"OPENBLAS_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        # Our own program and no shell: nothing of the file reaches the command.
        child = subprocess.run(  # noqa: S603  # nosec B603
            command,
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.seconds * 2,
            env=alone,
            check=False,
        )
    except subprocess.TimeoutExpired as expired:
        raise SpreadsheetRefused("heavy") from expired
    if child.returncode != 0 or not child.stdout:
        raise SpreadsheetRefused("heavy" if child.returncode < 0 else "broken")
    return [_sheet(line) for line in child.stdout.splitlines()]


def _sheet(line: bytes) -> Sheet:
    answer = json.loads(line)
    if isinstance(answer, dict):
        raise SpreadsheetRefused(answer["refused"])
    name, rows = answer
    return Sheet(name, [(number, cells) for number, cells in rows])


def _read_csv(content: bytes, limits: Limits) -> Sheet:
    text = _decoded(content)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    rows = []
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((line, _bounded(cells, limits)))
            if len(rows) > limits.rows:
                raise SpreadsheetRefused("rows")
            line = reader.line_num + 1
    except csv.Error as error:
        raise SpreadsheetRefused("cell") from error
    return Sheet("", rows)


def _bounded(cells: list[str], limits: Limits) -> list[str]:
    while not cells[-1].strip():
        cells.pop()
    if len(cells) > limits.columns:
        raise SpreadsheetRefused("columns")
    if max(map(len, cells)) > limits.cell:
        raise SpreadsheetRefused("cell")
    return cells


def _decoded(content: bytes) -> str:
    """Read what spreadsheet programs write: UTF-8, "Unicode text" (UTF-16), Windows Cyrillic."""
    encodings = ["utf-8-sig", "cp1251"]
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SpreadsheetRefused("letters")


def _delimiter(text: str) -> str:
    """Take the sign that the first written line holds most of."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(",;\t", key=first.count)
