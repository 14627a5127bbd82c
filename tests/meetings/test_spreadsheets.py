"""Tables that people send, and those that somebody sends to do harm."""

import io
import time
import zipfile
from datetime import date, datetime
from datetime import time as hour

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetings.spreadsheets import Limits, Sheet, SpreadsheetRefused, read_sheets


def a_workbook(*rows, title="Sheet") -> bytes:
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return saved(book)


def saved(book) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def refusal(content: bytes, **limits) -> str:
    with pytest.raises(SpreadsheetRefused) as caught:
        read_sheets(content, Limits(**limits))
    return caught.value.reason


def test_a_workbook_is_read_as_text():
    content = a_workbook(
        ["te", None, "name", None],
        [],
        [103230000, 1.5, "Қараауыл", True],
        [date(2027, 4, 14), datetime(2027, 4, 14, 15, 0), hour(9, 30), 7.0],
        title="katonew1",
    )

    assert read_sheets(content) == [
        Sheet(
            "katonew1",
            [
                (1, ["te", "", "name"]),
                (3, ["103230000", "1.5", "Қараауыл", "True"]),
                (4, ["2027-04-14", "2027-04-14 15:00:00", "09:30:00", "7"]),
            ],
        )
    ]


def test_every_sheet_is_read():
    book = openpyxl.Workbook()
    book.active.append(["a"])
    book.create_sheet("second").append(["b"])

    assert [sheet.rows for sheet in read_sheets(saved(book))] == [[(1, ["a"])], [(1, ["b"])]]


CSV = [
    ("te,name\n1,Орал\n".encode(), [(1, ["te", "name"]), (2, ["1", "Орал"])]),
    ("te;name\r\n1;Орал\r\n".encode("utf-8-sig"), [(1, ["te", "name"]), (2, ["1", "Орал"])]),
    ("te;name\n1;Уральск\n".encode("cp1251"), [(1, ["te", "name"]), (2, ["1", "Уральск"])]),
    ("te\tname\n1\tОрал\n".encode("utf-16"), [(1, ["te", "name"]), (2, ["1", "Орал"])]),
    (
        b'a,b\n"x\ny","=1"\n,\nz,w\n',
        [(1, ["a", "b"]), (2, ["x\ny", "=1"]), (5, ["z", "w"])],
    ),
]


@pytest.mark.parametrize(("content", "rows"), CSV)
def test_csv_is_read_in_the_encodings_that_programs_write(content, rows):
    assert read_sheets(content) == [Sheet("", rows)]


def test_a_far_cell_costs_neither_time_nor_memory():
    book = openpyxl.Workbook()
    book.active["A1"] = "te"
    book.active.cell(1_048_576, 16_384, "far")
    started = time.monotonic()

    assert refusal(saved(book)) == "columns"
    assert time.monotonic() - started < 20


def test_a_file_that_lies_about_its_size_is_read_as_it_is():
    content = a_workbook(["te"], ["1"])
    source = zipfile.ZipFile(io.BytesIO(content))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as lying:
        for part in source.namelist():
            text = source.read(part)
            if part.endswith("sheet1.xml"):
                text = text.replace(b'ref="A1:A2"', b'ref="A1:XFD1048576"')
            lying.writestr(part, text)

    assert read_sheets(buffer.getvalue()) == [Sheet("Sheet", [(1, ["te"]), (2, ["1"])])]


def test_an_archive_that_unpacks_to_too_much_is_not_unpacked():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 200_000_000)

    assert refusal(buffer.getvalue()) == "heavy"


def test_an_archive_of_too_many_parts_is_not_opened():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(600):
            archive.writestr(f"part{number}", b"")

    assert refusal(buffer.getvalue()) == "heavy"


def test_entities_are_not_expanded():
    content = a_workbook(["te"])
    source = zipfile.ZipFile(io.BytesIO(content))
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for part in source.namelist():
            archive.writestr(part, (bomb if "sheet1" in part else b"") + source.read(part))

    assert refusal(buffer.getvalue()) == "broken"


def test_one_string_shared_by_many_cells_is_weighed_by_what_it_becomes():
    assert refusal(a_workbook(*[["x" * 1000] * 50] * 20), characters=100_000) == "heavy"


def test_memory_is_bounded():
    assert refusal(a_workbook(["x"] * 50), memory=8 << 20) in ("heavy", "broken")


def test_time_is_bounded():
    assert refusal(a_workbook(*[["x"] * 50] * 4_000), seconds=1) == "heavy"


REFUSED = [
    (b"", "empty"),
    (b" \n", "empty"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old"),
    (b"PK\x03\x04 no archive", "broken"),
    (b"\x98\xff\x98", "letters"),
    (b"\xff\xfe\x00", "letters"),
    (b"a,b\n" * 11, "rows"),
    (b"a," * 9 + b"b", "columns"),
    (b"x" * 200, "cell"),
    (b"x" * 2000, "large"),
    (a_workbook(*[["a"]] * 11), "rows"),
    (a_workbook(["a"] * 9), "columns"),
    (a_workbook(["x" * 200]), "cell"),
]


@pytest.mark.parametrize(("content", "reason"), REFUSED)
def test_what_cannot_be_read_is_refused_with_its_reason(content, reason):
    limits = {"rows": 10, "columns": 8, "cell": 100, "file": 1000 if b"x" in content[:3] else 9999}

    assert refusal(content, **limits) == reason


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_crash_the_reader(content):
    try:
        sheets = read_sheets(content)
    except SpreadsheetRefused:
        return
    assert all(
        isinstance(cell, str) for sheet in sheets for _, cells in sheet.rows for cell in cells
    )
