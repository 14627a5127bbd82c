"""Entering what came another way: one by one, or from a table that is looked at first."""

import io
from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from appeals import entry_sheet
from appeals.entry_sheet import COLUMNS, Problem, Row
from appeals.enums import Channel
from appeals.forms.entering import EntryForm, SheetForm
from appeals.questionrows import shortened
from appeals.services import entering, kept_entries
from meetings.enums import Topic
from meetings.errors import Refused
from meetings.models import Meeting
from meetings.permissions import Act, reach, within_reach
from meetings.spreadsheets import SpreadsheetRefused, read_sheets
from meetings.views.desk_page import at_the_desk

NEAR = timedelta(days=45)
MOST_MEETINGS, MOST_PROBLEMS, MOST_SHOWN = 60, 100, 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
REFUSED = {
    "empty": lambda: _("The file is empty."),
    "large": lambda: _("The file is larger than 16 MB."),
    "old": lambda: _("The file is an old .xls or is locked: save it as .xlsx without a password."),
    "letters": lambda: _("The letters of the file cannot be read: save it as CSV in UTF-8."),
    "rows": lambda: _("The file has more than 500 rows: divide it."),
    "columns": lambda: _("The file has too many columns: take the template."),
    "cell": lambda: _("A cell holds too long a text."),
    "heavy": lambda: _("The file needs too much memory or time to be read. Save it again in a"
                       " smaller form."),
}  # fmt: skip


@at_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request):
    """One request, typed in."""
    _require(request.user)
    meetings = _meetings(request.user)
    if request.method != "POST":
        return _page(request, EntryForm(by=request.user, meetings=meetings))
    form = EntryForm(request.POST, request.FILES, by=request.user, meetings=meetings)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        question = entering.enter(form.entry(), by=request.user)
    except Refused as refused:
        form.add_error(refused.field, refused.message)
        return _page(request, form, status=422)
    messages.success(request, _("Entered under the number %(n)s.") % {"n": question.number})
    return redirect("requests_enter")


def _page(request, form: EntryForm, *, status: int = 200):
    context = {"form": form, "sent_files": bool(request.FILES), "crumbs": _crumbs(request)}
    return render(request, "appeals/desk/enter.html", context, status=status)


@at_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request):
    """A table: what is wrong with it, row by row, or on to the look before it is entered."""
    _require(request.user)
    if request.method != "POST":
        return _sheet_page(request, SheetForm())
    form = SheetForm(request.POST, request.FILES)
    if not form.is_valid():
        return _sheet_page(request, form, status=422)
    try:
        sheets = read_sheets(form.cleaned_data["sheet"].read(), entry_sheet.LIMITS)
    except SpreadsheetRefused as bad:
        told = REFUSED.get(bad.reason, _unreadable)()
        form.add_error("sheet", told)
        return _sheet_page(request, form, status=422)
    rows, problems = entry_sheet.read_rows(sheets)
    _forms, wrong = _checked(rows, request.user)
    problems += wrong
    if problems:
        return _sheet_page(request, form, status=422, problems=problems)
    token = kept_entries.keep([row._asdict() for row in rows], by=request.user.pk)
    return redirect("requests_enter_shown", token=token)


def _unreadable() -> str:
    return _("The file cannot be read as a table: open it and save it again as .xlsx or .csv.")


def _sheet_page(request, form: SheetForm, *, status: int = 200, problems=()):
    context = {
        "form": form, "crumbs": _crumbs(request), "problems": list(problems)[:MOST_PROBLEMS],
        "has_more": len(problems) > MOST_PROBLEMS,
        "columns": [(one, entry_sheet.words_of(one.field)) for one in COLUMNS],
    }  # fmt: skip
    return render(request, "appeals/desk/enter_sheet.html", context, status=status)


@at_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def shown(request, token):
    """What the table says, before it is entered; a POST enters all of it."""
    _require(request.user)
    kept = kept_entries.find(token, by=request.user.pk)
    if kept is None:
        return _gone(request)
    rows = [Row(**row) for row in kept]
    forms, problems = _checked(rows, request.user)
    if problems:  # a place was closed, or a right taken away, since it was looked at
        return _sheet_page(request, SheetForm(), status=409, problems=problems)
    if request.method != "POST":
        context = {
            "rows": [_row(row, form) for row, form in zip(rows, forms, strict=True)][:MOST_SHOWN],
            "count": len(rows), "most": MOST_SHOWN, "crumbs": _crumbs(request),
        }  # fmt: skip
        return render(request, "appeals/desk/enter_shown.html", context)
    if not kept_entries.take(token):
        return _gone(request)
    try:
        made = entering.enter_all([form.entry() for form in forms], by=request.user)
    except BaseException:
        kept_entries.give_back(token)
        raise
    kept_entries.throw_away(token)
    said = ngettext("%(n)s request is entered: %(first)s.",
                    "%(n)s requests are entered: %(first)s–%(last)s.", len(made))  # fmt: skip
    numbers = {"n": len(made), "first": made[0].number, "last": made[-1].number}
    messages.success(request, said % numbers)
    return redirect("requests_enter")


def _gone(request):
    messages.warning(request, _("This table is entered already, or was kept too long. Send it again"
                                " if its requests are not in the queue."))  # fmt: skip
    return _sheet_page(request, SheetForm(), status=409)


@at_the_desk
@require_safe
def template(request):
    """An empty table with the names of the columns, and a second sheet with what they take."""
    _require(request.user)
    from openpyxl import Workbook

    book, language = Workbook(), get_language()
    del book[book.sheetnames[0]]
    page = book.create_sheet("Өтінімдер" if language == "kk" else "Запросы")
    page.append([one.kk if language == "kk" else one.ru for one in COLUMNS])
    page.freeze_panes = "A2"
    for letter in map(entry_sheet.letters, range(len(COLUMNS))):
        page.column_dimensions[letter].width = 24
    words = book.create_sheet("Сөздер" if language == "kk" else "Слова")
    for one in COLUMNS:
        for kk, ru in entry_sheet.words_of(one.field):
            words.append([one.kk if language == "kk" else one.ru, kk, ru])
    out = io.BytesIO()
    book.save(out)
    response = HttpResponse(out.getvalue(), content_type=XLSX)
    response.headers["Content-Disposition"] = 'attachment; filename="requests.xlsx"'
    return response


def _require(user) -> None:
    if reach(user, Act.ENTER_REQUEST) == []:
        raise PermissionDenied(_("Your role does not enter requests."))


def _checked(rows: list[Row], user) -> tuple[list[EntryForm], list[Problem]]:
    """A form for each row, and what is wrong with them."""
    known: dict = {}
    forms, problems = [], []
    for row in rows:
        form = EntryForm(row.values, by=user, known=known)
        forms.append(form)
        for field, told in form.errors.items():
            where = entry_sheet.column_of(row, "" if field == "__all__" else field)
            problems += [Problem(row.sheet, row.line, where, str(message)) for message in told]
    return forms, problems


def _row(row: Row, form: EntryForm) -> dict:
    given = form.cleaned_data
    return {
        "line": row.line, "text": shortened(given["text"]), "unit": given["unit"].name,
        "topic": Topic(given["topic"]).label, "channel": Channel(given["channel"]).label,
        "has_person": bool(given["name"] or given["email"] or given["phone"]),
    }  # fmt: skip


def _meetings(user) -> list[Meeting]:
    """Meetings of these weeks that the person's territory is concerned by, the nearest last."""
    today = timezone.localdate()
    near = Meeting.objects.filter(day__range=(today - NEAR, today + NEAR))
    seen = within_reach(user, Act.ENTER_REQUEST, "host__unit__path")
    targets = Meeting.targets.through.objects.filter(
        within_reach(user, Act.ENTER_REQUEST, "unit__path")
    )
    hosts = near.filter(seen).values("pk")
    found = near.filter(pk__in=hosts) | near.filter(pk__in=targets.values("meeting_id"))
    return list(found.select_related("host__unit").order_by("day", "pk")[:MOST_MEETINGS])


def _crumbs(request) -> list[dict]:
    if reach(request.user, Act.READ_REQUESTS) == []:
        return []
    return [
        {"label": _("Requests"), "url": reverse("requests_desk")},
        {"label": _("Enter a request"), "url": ""},
    ]
