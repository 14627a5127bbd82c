"""A table of requests as offices fill it in: headers in Russian or Kazakh, one request a row.

Reads cells into what appeals.forms.entering.EntryForm takes; what a cell means the form decides.
"""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import override

from appeals.enums import Channel, Kind
from appeals.services.entering import CHANNELS
from meetings.enums import Topic
from meetings.spreadsheets import Limits, Sheet
from meetings.text import fold

MOST_ROWS = 500
# A sheet with fewer names of columns is not a table of requests.
LEAST_COLUMNS = 2
LIMITS = Limits(rows=MOST_ROWS + 1, columns=40, cell=10_000, characters=6_000_000)


class Column(NamedTuple):
    """A field of the form and what its column is called."""

    field: str
    kk: str
    ru: str
    is_needed: bool = False


COLUMNS = (
    Column("text", "Мәтін", "Текст", True),
    Column("unit", "Елді мекен", "Населённый пункт", True),
    Column("channel", "Қалай түсті", "Как поступило", True),
    Column("received_on", "Түскен күні", "Дата поступления"),
    Column("topic", "Тақырып", "Тема"),
    Column("kind", "Түрі", "Вид"),
    Column("place_words", "Нақты орны", "Где именно"),
    Column("language", "Тілі", "Язык"),
    Column("name", "Аты-жөні", "ФИО"),
    Column("email", "Электрондық пошта", "Электронная почта"),
    Column("phone", "Телефон", "Телефон"),
    Column("consent", "Келісімі", "Согласие"),
)
_YES = frozenset(
    map(fold, ("иә", "ия", "да", "yes", "1", "+", "v", "истина", "true", "есть", "бар"))
)
_NO = frozenset(map(fold, ("", "жоқ", "нет", "no", "0", "-", "ложь", "false")))
_LANGUAGES = {
    "kk": ("kk", "қазақша", "казахский", "қазақ", "каз", "қаз"),
    "ru": ("ru", "орысша", "русский", "рус", "орыс"),
}


class Row(NamedTuple):
    """A row as the form takes it, with where it stands and where its columns are."""

    sheet: str
    line: int
    values: dict[str, str]
    places: Mapping[str, str]


class Problem(NamedTuple):
    """What is wrong, and where: the sheet's name, the line, the column's letter and name."""

    sheet: str
    line: int
    column: str
    message: str


def read_rows(sheets: Iterable[Sheet]) -> tuple[list[Row], list[Problem]]:
    """The rows of every sheet that has such headers.

    The second value tells of headers that are not there, twice there or unknown, and of cells
    whose word is not one of those that are known. Sheets without such headers are passed by.
    """
    rows: list[Row] = []
    problems: list[Problem] = []
    found = False
    for sheet in sheets:
        if not sheet.rows:
            continue
        (line, head), *rest = sheet.rows
        at, wrong = _heads(head)
        if len(at) < LEAST_COLUMNS:
            continue
        found = True
        problems += [Problem(sheet.name, line, *one) for one in wrong]
        problems += [
            Problem(
                sheet.name, line, "", _("There is no column “%(name)s”.") % {"name": _name(one)}
            )
            for one in COLUMNS
            if one.is_needed and one.field not in at
        ]
        places = {field: _place(number, field) for field, number in at.items()}
        for number, cells in rest:
            row, told = _row(sheet.name, number, cells, at, places)
            rows.append(row)
            problems += told
    if not found:
        problems.append(Problem("", 1, "", _("The first row must hold the names of the columns:"
                                             " take the template.")))  # fmt: skip
    elif not rows and not problems:
        problems.append(
            Problem("", 1, "", _("There is no request under the names of the columns."))
        )
    return rows, problems


def column_of(row: Row, field: str) -> str:
    """Where a field of the row stands, or what its column would be called."""
    return row.places.get(field) or next((_name(one) for one in COLUMNS if one.field == field), "")


def words_of(field: str) -> list[tuple[str, str]]:
    """Words that the column knows, in Kazakh and in Russian; [] where it takes any."""
    choices: dict = {"channel": CHANNELS, "topic": Topic, "kind": Kind}
    said = []
    for one in choices.get(field, ()):
        with override("kk"):
            kk = str(one.label)
        with override("ru"):
            said.append((kk, str(one.label)))
    return said


def _heads(cells: list[str]) -> tuple[dict[str, int], list[tuple[str, str]]]:
    known = {fold(name): one.field for one in COLUMNS for name in (one.kk, one.ru, one.field)}
    at: dict[str, int] = {}
    wrong = []
    for number, cell in enumerate(cells):
        name = fold(re.sub(r"\s*\*$", "", cell.strip()))
        field = known.get(name)
        if field is None and name:
            wrong.append((letters(number), _("The column “%(name)s” is not known here. Take its"
                                             " name from the template, or empty it.")
                          % {"name": cell.strip()[:60]}))  # fmt: skip
        elif field in at:
            wrong.append((letters(number), _("The column “%(name)s” is there twice.")
                          % {"name": cell.strip()[:60]}))  # fmt: skip
        elif field:
            at[field] = number
    return at, wrong if at else []


def _row(
    sheet: str, line: int, cells: list[str], at: Mapping[str, int], places: Mapping[str, str]
) -> tuple[Row, list[Problem]]:
    values, problems = {}, []
    for field, number in at.items():
        cell = cells[number] if number < len(cells) else ""
        value = _value(field, cell.strip())
        if value is None:
            message = _("“%(cell)s” is not one of the words of this column.") % {"cell": cell[:60]}
            problems.append(Problem(sheet, line, places[field], message))
            value = ""
        values[field] = value
    values = {"topic": Topic.OTHER.value, "kind": Kind.INQUIRY.value} | {
        field: value for field, value in values.items() if value
    }
    values.setdefault("language", "kk" if _is_kazakh(values.get("text", "")) else "ru")
    return Row(sheet, line, values, places), problems


def _value(field: str, cell: str) -> str | None:
    """What the form takes of a cell; None: its word is not known."""
    word = fold(cell)
    if field == "consent":
        return "on" if word in _YES else "" if word in _NO else None
    if field == "language":
        return next((code for code, said in _LANGUAGES.items() if word in map(fold, said)),
                    None if word else "")  # fmt: skip
    if field == "received_on":
        day = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)(?: .*)?", cell)
        return f"{day[3]}.{day[2]}.{day[1]}" if day else cell
    if field in ("channel", "topic", "kind"):
        return _choice(field, word)
    return cell


def _choice(field: str, word: str) -> str | None:
    if not word:
        return ""
    choices: dict = {"channel": Channel, "topic": Topic, "kind": Kind}
    values = [one.value for one in (CHANNELS if field == "channel" else choices[field])]
    if word in values:
        return word
    names = words_of(field)
    return next((value for value, said in zip(values, names, strict=True)
                 if word in map(fold, said)), None)  # fmt: skip


def _is_kazakh(text: str) -> bool:
    return any(sign in "әғқңөұүһі" for sign in text.casefold())


def _name(column: Column) -> str:
    return f"{column.kk} / {column.ru}"


def _place(number: int, field: str) -> str:
    name = next(one for one in COLUMNS if one.field == field)
    return f"{letters(number)}: {_name(name)}"


def letters(number: int) -> str:
    """The column's letters as a spreadsheet shows them: A, B … Z, AA."""
    said = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        said = chr(65 + rest) + said
    return said
