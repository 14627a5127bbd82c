"""From cells to codes and names: the header in its variants, numbers in cells, bad cells."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from meetings.kato.types import FileRefused, Problem
from meetings.spreadsheets import Sheet
from meetings.text import BadText, clean

_COLUMNS = {
    "te": "code",
    "ab": "ab",
    "cd": "cd",
    "ef": "ef",
    "hij": "hij",
    "name_kaz": "kk",
    "kaz_name": "kk",
    "name_rus": "ru",
    "rus_name": "ru",
}
_NEEDED = {"code": "te", "kk": "kaz_name", "ru": "rus_name"}
_PARTS = {"ab": slice(0, 2), "cd": slice(2, 4), "ef": slice(4, 6), "hij": slice(6, 9)}
_HEADER_WITHIN = 20  # rows: a title may stand above the header
_LONGEST_NAME = 200
_SHOWN = 60  # characters of a bad cell that a message repeats
_CODE = re.compile(r"[1-9][0-9]{8}")


class Entry(NamedTuple):
    """One row as written: its line in the file, nine digits, names cleaned."""

    line: int
    code: str
    kk: str
    ru: str


class Header(NamedTuple):
    """Where each column stands (``at``) and how the file calls it (``called``)."""

    line: int
    at: dict[str, int]
    called: dict[str, str]


def find_table(sheets: list[Sheet]) -> tuple[Sheet, Header]:
    """Find the sheet that has the classifier's header.

    Raises:
        FileRefused: "no_header", with the columns that are missing in the nearest row.
    """
    nearest: set[str] = set()
    for sheet in sheets:
        for line, cells in sheet.rows[:_HEADER_WITHIN]:
            header = _header(line, cells)
            if header.at.keys() >= _NEEDED.keys():
                return sheet, header
            nearest = max(nearest, header.at.keys() & _NEEDED.keys(), key=len)
    missing = [name for key, name in _NEEDED.items() if key not in nearest]
    raise FileRefused("no_header", columns=", ".join(missing))


def _header(line: int, cells: list[str]) -> Header:
    at, called = {}, {}
    for place, cell in enumerate(cells):
        name = cell.strip().casefold()
        key = _COLUMNS.get(name)
        if key and key not in at:
            at[key], called[key] = place, name
    return Header(line, at, called)


def read_entries(sheet: Sheet, header: Header) -> Iterator[Entry | Problem]:
    """Give each row below the header as an Entry, or each of its bad cells as a Problem."""
    reader = _Reader(sheet, header)
    for line, cells in sheet.rows:
        if line > header.line and any(cell.strip() for cell in cells):
            yield from reader.row(line, cells)


class _Reader:
    def __init__(self, sheet: Sheet, header: Header):
        self.sheet = sheet
        self.header = header

    def row(self, line: int, cells: list[str]) -> Iterator[Entry | Problem]:
        problems: list[Problem] = []

        def refuse(key: str, reason: str) -> None:
            value = self._cell(cells, key)[:_SHOWN]
            column = self.header.called.get(key, key)
            printable = "".join(sign for sign in value if sign.isprintable())
            problems.append(Problem(self.sheet.name, line, column, reason, printable))

        code = self._code(cells, refuse)
        kk = self._name(cells, "kk", refuse)
        ru = self._name(cells, "ru", refuse)
        if problems:
            yield from problems
        else:
            yield Entry(line, code, kk, ru)

    def _cell(self, cells: list[str], key: str) -> str:
        place = self.header.at.get(key)
        return cells[place].strip() if place is not None and place < len(cells) else ""

    def _code(self, cells, refuse) -> str:
        """Read ``te`` and hold its parts against it; Excel drops the zeros a part begins with."""
        code = self._cell(cells, "code")
        if not _CODE.fullmatch(code):
            refuse("code", "code_digits")
            return ""
        for key, place in _PARTS.items():
            if key not in self.header.at:
                continue
            part = self._cell(cells, key)
            if not (part.isascii() and part.isdigit()):
                refuse(key, "part_digits")
            elif part.zfill(len(code[place])) != code[place]:
                refuse(key, "part_differs")
        return code

    def _name(self, cells, key: str, refuse) -> str:
        try:
            name = clean(self._cell(cells, key), limit=_LONGEST_NAME)
        except BadText as bad:
            refuse(key, f"name_{bad.code}")
            return ""
        if not any(sign.isalnum() for sign in name):
            refuse(key, "name_empty")
        elif "?" in name or "\ufffd" in name:
            # What a program writes for a letter that its encoding lacks.
            refuse(key, "name_letters")
        return _spaced(name)


def _spaced(name: str) -> str:
    """Close the gap after a marker («с. Ынтымак») and before a dot («а.о .»)."""
    name = re.sub(r" +\.", ".", name)
    return re.sub(r"^(с|п|г|ст|уч|рзд|с\.о|с\.а|п\.а|г\.а|р\.а)\. (?=\S)", r"\1.", name)
