"""The child process that opens somebody else's workbook.

Run by file name with the limits as JSON in the first argument and the workbook on standard input;
writes one JSON line for each sheet, ``[name, [[line, [cell, …]], …]]``, or ``{"refused": reason}``.
It imports nothing of ours: a start costs what openpyxl costs.
"""

import contextlib
import io
import json
import resource
import sys
import zipfile
from datetime import date, datetime, time, timedelta

_ADDRESSES = 2 << 30  # bytes: libraries map much that they never touch


class Refused(Exception):
    """The workbook breaks a limit; the first argument is the reason's code."""


def main() -> None:
    """Read the workbook of standard input within the limits of the first argument."""
    limits = json.loads(sys.argv[1])
    _tie_down(limits)
    try:
        sheets = read_workbook(sys.stdin.buffer.read(), limits)
        for sheet in sheets:
            print(json.dumps(sheet, ensure_ascii=True))
    except Refused as refusal:
        print(json.dumps({"refused": refusal.args[0]}))
    except MemoryError:
        print(json.dumps({"refused": "heavy"}))
    except Exception:  # whatever a broken file does to its reader, it is a broken file
        print(json.dumps({"refused": "broken"}))


def _tie_down(limits: dict) -> None:
    for name, value in (
        (resource.RLIMIT_CPU, limits["seconds"]),
        (resource.RLIMIT_DATA, limits["memory"]),
        (resource.RLIMIT_AS, _ADDRESSES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        # Refused where the machine already allows less, or knows no such limit.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(name, (value, value))


def read_workbook(content: bytes, limits: dict) -> list:
    """Give the sheets' cells as text.

    Raises:
        Refused: "broken", "heavy", "rows", "columns", "cell".
    """
    _weigh(content, limits)
    import openpyxl  # after the limits

    if not openpyxl.DEFUSEDXML:
        raise Refused("unsafe")
    book = openpyxl.load_workbook(
        io.BytesIO(content), read_only=True, data_only=True, keep_links=False
    )
    budget = [limits["characters"]]
    return [[sheet.title, list(_rows(sheet, limits, budget))] for sheet in book.worksheets]


def _weigh(content: bytes, limits: dict) -> None:
    """Sum what the archive says it holds, before anything is unpacked."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as broken:
        raise Refused("broken") from broken
    if len(parts) > limits["parts"] or sum(part.file_size for part in parts) > limits["unpacked"]:
        raise Refused("heavy")


def _rows(sheet, limits: dict, budget: list):
    sheet.reset_dimensions()  # the file's own word on its size is not to be trusted
    kept = 0
    for line, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        cells = [_text(value) for value in values]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        kept += 1
        if kept > limits["rows"]:
            raise Refused("rows")
        if len(cells) > limits["columns"]:
            raise Refused("columns")
        _spend(cells, limits, budget)
        yield [line, cells]


def _spend(cells: list, limits: dict, budget: list) -> None:
    longest = max(map(len, cells))
    if longest > limits["cell"]:
        raise Refused("cell")
    # A string shared by a million cells weighs nothing in the file and everything here.
    budget[0] -= sum(map(len, cells))
    if budget[0] < 0:
        raise Refused("heavy")


def _text(value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        midnight = value.time() == time(0)
        return value.date().isoformat() if midnight else value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return str(value)


if __name__ == "__main__":
    main()
