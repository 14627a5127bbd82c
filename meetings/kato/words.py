"""Why a file or a cell of the classifier cannot be read, in the reader's language."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meetings.kato.types import FileRefused, Problem

# Codes of meetings.spreadsheets.REASONS first, then those of the classifier itself.
_FILE = {
    "empty": _("The file is empty."),
    "large": _("The file is larger than 16 MB."),
    "old": _("The file is an old .xls or is locked with a password: save it as .xlsx without one."),
    "broken": _(
        "The file cannot be read as a workbook: open it and save it again as .xlsx or .csv."
    ),
    "letters": _("The letters of the file cannot be read: save it as CSV in UTF-8."),
    "heavy": _("The file needs too much memory or time to read."),
    "rows": _("The file has too many rows."),
    "columns": _("The file has too many columns."),
    "cell": _("A cell of the file holds too long a text."),
    "unsafe": _("Workbooks cannot be read on this server: defusedxml is not installed."),
    "no_header": _(
        "No sheet of the file has the classifier's header; these columns are missing: %(columns)s."
    ),
    "no_rows": _("The file has a header and no rows."),
}

_CELL = {
    "code_digits": _("the code is not nine digits"),
    "code_twice": _("the code stands in the file twice"),
    "part_digits": _("this part of the code is not a number"),
    "part_differs": _("this part differs from the code in te"),
    "name_empty": _("the name is empty"),
    "name_control": _("the name holds a sign that cannot be shown"),
    "name_long": _("the name is longer than 200 characters"),
    "name_letters": _("letters of the name were lost: save the file in UTF-8 or as .xlsx"),
    "kind_marker": _("the name has none of the markers с.о., с.а., п.а."),
    "kind_code": _("the third pair of the code means no kind of unit"),
    "orphan": _("the unit it lies in is not in the file"),
}


def say_refusal(refused: FileRefused) -> str:
    """Say why the file is no classifier: one sentence."""
    return str(_FILE[refused.reason]) % refused.params


def say_reason(problem: Problem) -> str:
    """Say what is wrong with a cell, with what it holds."""
    reason = str(_CELL[problem.reason])
    return f"{reason}: «{problem.value}»" if problem.value else reason


def say_problem(problem: Problem) -> str:
    """Say where a bad cell is and what is wrong with it: one line."""
    words = {
        "sheet": problem.sheet,
        "row": problem.line,
        "column": problem.column,
        "reason": say_reason(problem),
    }
    if problem.sheet:
        return gettext("Sheet %(sheet)s, row %(row)d, column %(column)s: %(reason)s") % words
    return gettext("Row %(row)d, column %(column)s: %(reason)s") % words
