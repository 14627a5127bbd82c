"""A file of the classifier, understood: kinds, parents, the two rows of one body, names."""

from collections import defaultdict

from meetings.kato.kinds import Unclear, kind_of, parent_of
from meetings.kato.names import kazakh_name, russian_name
from meetings.kato.table import Entry, find_table, read_entries
from meetings.kato.types import TWINS, Classifier, FileRefused, Kind, Problem, Row
from meetings.spreadsheets import SpreadsheetRefused, read_sheets


def read_classifier(content: bytes) -> Classifier:
    """Read a CSV or XLSX file of the classifier.

    Returns:
        Its rows, parents first and then by code; and every cell that cannot be read.
    Raises:
        FileRefused: not a table, or not the classifier's.
    """
    try:
        sheets = read_sheets(content)
    except SpreadsheetRefused as refused:
        raise FileRefused(refused.reason) from refused
    sheet, header = find_table(sheets)
    entries: list[Entry] = []
    problems: list[Problem] = []
    for found in read_entries(sheet, header):
        if isinstance(found, Problem):
            problems.append(found)
        else:
            entries.append(found)
    if not entries and not problems:
        raise FileRefused("no_rows")
    return classify(entries, problems, sheet=sheet.name, columns=header.called)


def classify(entries: list[Entry], problems=(), *, sheet="", columns=None) -> Classifier:
    """Understand rows that were read.

    Args:
        entries: the rows, in any order.
        problems: what was found wrong with others; it is passed on, sorted by line.
        columns: how the file calls ``code`` and ``ru``, for what is found wrong here.
    """
    columns = columns or {"code": "te", "ru": "rus_name"}
    known: dict[str, Entry] = {}
    wrong = list(problems)

    def refuse(entry: Entry, key: str, reason: str, value: str) -> None:
        wrong.append(Problem(sheet, entry.line, columns[key], reason, value))

    for entry in entries:
        if entry.code in known:
            refuse(entry, "code", "code_twice", entry.code)
        known.setdefault(entry.code, entry)
    rows = []
    for entry in known.values():
        try:
            kind = kind_of(entry.code, entry.ru)
        except Unclear as unclear:
            key = "code" if unclear.args[0] == "code" else "ru"
            refuse(entry, key, f"kind_{unclear.args[0]}", entry.ru)
            continue
        parent = parent_of(entry.code, known)
        # With bad cells elsewhere a missing parent is their echo, and would bury them.
        if parent and parent not in known and not problems:
            refuse(entry, "code", "orphan", parent)
        rows.append(_row(entry, kind, parent))
    wrong.sort(key=lambda problem: problem.line)
    return Classifier(tuple(_with_bodies(rows)), tuple(wrong))


def _row(entry: Entry, kind: Kind, parent: str) -> Row:
    return Row(
        code=entry.code,
        kind=kind,
        parent=parent,
        body="",
        source_kk=entry.kk,
        source_ru=entry.ru,
        name_kk=kazakh_name(kind, entry.kk),
        name_ru=russian_name(kind, entry.ru),
        line=entry.line,
    )


_DEPTH = {
    Kind.OBLAST: 0,
    Kind.REPUBLIC_CITY: 0,
    Kind.DISTRICT: 1,
    Kind.OBLAST_CITY: 1,
    Kind.SETTLEMENT: 3,
    Kind.VILLAGE: 3,
    Kind.DISTRICT_CITY: 3,
    Kind.CITY_DISTRICT: 3,
    Kind.PLACE: 4,
}


def _with_bodies(rows: list[Row]) -> list[Row]:
    """Tie the two rows of one body together, and give the outer one the inner one's written name.

    The outer row's own name is often an adjective («Чаганская п.а.»): the body is the same, and
    readers know it as «посёлок Чаган».
    """
    rows = sorted(rows, key=lambda row: (_DEPTH.get(row.kind, 2), row.code))
    within = defaultdict(list)
    for row in rows:
        within[row.parent, row.kind].append(row)
    inner_of: dict[str, Row] = {}
    for row in rows:
        inner = within[row.code, TWINS[row.kind]] if row.kind in TWINS else None
        if inner:
            inner_of[row.code] = inner[0]
    body_of = {inner.code: outer for outer, inner in inner_of.items()}
    return [_tied(row, inner_of.get(row.code), body_of.get(row.code, "")) for row in rows]


def _tied(row: Row, inner: Row | None, body: str) -> Row:
    if inner:
        return row._replace(name_kk=inner.name_kk, name_ru=inner.name_ru)
    return row._replace(body=body) if body else row
