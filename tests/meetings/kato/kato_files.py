"""Small files of the classifier for tests, and the shared one as a workbook."""

import csv
import io

import openpyxl

HEADER = ("te", "ab", "cd", "ef", "hij", "k", "kaz_name", "rus_name", "nn")

# A region of a few rows that has one of each: twins, an okrug, a village with an akim of its own.
SMALL = (
    ("270000000", "Батыс Қазақстан облысы", "Западно-Казахстанская область"),
    ("271000000", "Орал Қ.Ә.", "Уральск Г.А."),
    ("271010000", "Орал қ.", "г.Уральск"),
    ("271035000", "Зашаған к.ә.", "Зачаганская п.а."),
    ("271035100", "Зашаған к.", "п.Зачаганск"),
    ("271035800", "Меловые Горки а.", "с.Меловые Горки"),
    ("274200000", "Бәйтерек ауданы", "район Бәйтерек"),
    ("274230000", "Дариян а.о.", "Дарьинский с.о."),
    ("274230100", "Дариян а.", "с.Дарьинское"),
    ("274230200", "Озерное а.", "с.Озерное"),
    ("274230105", "Жайлау қыстауы", "зимовка Жайлау"),
    ("274243000", "Мичурин а.ә.", "Мичуринская с.а."),
    ("274243100", "Мичурин а.", "с.Мичуринское"),
    ("276200000", "Теректі ауданы", "Теректинский район"),
)


def a_row(code: str, kk: str, ru: str) -> tuple[str, ...]:
    """The cells of one row of the official file."""
    return (code, code[:2], code[2:4], code[4:6], code[6:], "2", kk, ru, "")


def a_csv(rows=SMALL, *, header=HEADER, delimiter=",") -> bytes:
    """A CSV of (code, Kazakh name, Russian name)."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(a_row(*row) for row in rows)
    return buffer.getvalue().encode()


def with_row(code: str, kk: str, ru: str, rows=SMALL) -> tuple:
    """The rows with the row of a code replaced, or added."""
    others = tuple(row for row in rows if row[0] != code)
    return (*others, (code, kk, ru))


def without(*codes: str, rows=SMALL) -> tuple:
    """The rows without those of some codes."""
    return tuple(row for row in rows if row[0] not in codes)


def official_workbook(csv_file) -> bytes:
    """The shared CSV as the statistics bureau publishes it: XLSX, its header, numbers in cells."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("katonew1")
    with open(csv_file, encoding="utf-8", newline="") as source:
        rows = csv.reader(source)
        next(rows)
        sheet.append(HEADER)
        for te, ab, cd, ef, hij, k, kk, ru, _nn in rows:
            sheet.append([*map(int, (te, ab, cd, ef, hij, k)), kk, ru, None])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
