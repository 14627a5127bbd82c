"""One line at the desk: opened in its row, saved, dropped, undone. With htmx and without alike.

Without scripts a form is answered by the page it stands on (or a redirect to it); with them by
the row alone and the findings beside. Both come from the same addresses.
"""

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meetings.dates import say_day
from meetings.enums import State
from meetings.errors import Refused, StaleEdit, StepRefused
from meetings.forms.lines import LineForm
from meetings.models import Line, LineEdit
from meetings.services import drafting
from meetings.views.desk_conflict import versions_of
from meetings.views.desk_forms import (
    editing_of,
    form_of,
    kept_when_signed_out,
    line_or_404,
    open_edit,
)
from meetings.views.desk_page import at_the_desk, open_desk
from meetings.views.desk_targets import picker
from meetings.views.desk_workspace import Workspace, show, show_row, told_of

# Saving -----------------------------------------------------------------------------------------


@kept_when_signed_out
@require_POST
def add(request, uuid):
    """Add a line."""
    space = Workspace(request, open_desk(request, uuid))
    form = form_of(space, "new", request.POST)
    if _searches(request):
        return _ask_again(space, form, "new")

    def write():
        return drafting.add_line(space.desk.revision, form.values(), form.found, by=request.user)

    return _write(space, form, "new", write)


@kept_when_signed_out
@require_http_methods(["GET", "HEAD", "POST"])
def line(request, uuid, line):
    """One row: shown, opened for editing (``?edit=1``), or saved."""
    space = Workspace(request, open_desk(request, uuid))
    if request.method == "POST":
        return _change(space, line)
    found = line_or_404(space, line)
    if not request.htmx:
        opened = {"edit": line} if "edit" in request.GET else {}
        return HttpResponseRedirect(f"{space.address(**opened)}#line-{line}")
    if "edit" in request.GET:
        open_edit(space, found)
        return show_row(space, None, counted=False)
    return show_row(space, found, counted=False)


def _change(space: Workspace, uuid):
    _require_known(space, uuid)
    request, key = space.request, str(uuid)
    form = form_of(space, key, request.POST)
    if _searches(request):
        return _ask_again(space, form, key)

    def write():
        return drafting.change_line(
            space.desk.revision, uuid, form.values(), form.found,
            by=request.user, version=form.cleaned_data["version"] or 0,
        )  # fmt: skip

    return _write(space, form, key, write)


def _require_known(space: Workspace, uuid) -> None:
    """A line that the person sees, or saw before it was dropped; 404 otherwise."""
    user, revision = space.desk.user, space.desk.revision
    if Line.objects.visible_to(user).filter(revision=revision, uuid=uuid).exists():
        return
    last = LineEdit.objects.filter(revision=revision, line_uuid=uuid).first()
    known = {office.pk for office in space.hosts.values()}
    if last is None or last.host_id not in known:
        raise Http404


def _searches(request) -> bool:
    """«Find» was pressed, or Enter in a form whose search words are filled."""
    words = request.POST.get("target_q", "").strip()
    return "find" in request.POST or (bool(words) and "save" not in request.POST)


def _ask_again(space: Workspace, form: LineForm, key: str):
    """The form with what was typed, and the places that were searched for; nothing is saved."""
    form.ask_again()
    space.editing = editing_of(space, form, key, searched=True)
    return _answer_form(space, 200)


def _write(space: Workspace, form: LineForm, key: str, write):
    """Save what was typed, or give it back with the reason why not."""
    if form.is_valid():
        try:
            return _saved(space, write())
        except Refused as refused:
            form.refuse(refused.details.get("problems", []))
            if not form.errors:
                form.add_error(None, refused.message)
        except StaleEdit as stale:
            return _conflict(space, form, key, stale.theirs)
        except StepRefused as moved:
            return _moved(space, form, key, moved.present_state)
    space.editing = editing_of(space, form, key)
    return _answer_form(space, 422)


def _saved(space: Workspace, line: Line):
    space.saved = str(line.uuid)
    if not space.request.htmx:
        return HttpResponseRedirect(f"{space.address(done=line.uuid)}#line-{line.uuid}")
    space.told = told_of(space, _("Saved."), line.uuid, line.version)
    is_new = space.request.htmx.target == "new-line"
    space.extra = {"with_new_place": is_new}
    return show_row(space, line)


def _answer_form(space: Workspace, status: int):
    if space.request.htmx:
        return show_row(space, None, status=status, counted=False)
    return show(space, status=status)


def _conflict(space: Workspace, form: LineForm, key: str, theirs: Line | None):
    """409: both versions side by side. Nothing was overwritten; the person decides."""
    last = (
        LineEdit.objects.filter(revision=space.desk.revision, line_uuid=key)
        .select_related("by")
        .first()
    )
    versions = versions_of(form, theirs, last, space.language)
    data = space.request.POST.copy()
    data["version"] = theirs.version if theirs else ""
    # A line that is gone can come back as a new one.
    kept = form_of(space, key if theirs else "new", data)
    space.editing = editing_of(space, kept, key if theirs else "new", versions=versions)
    space.editing["row_id"] = f"line-{key}"
    return _answer_form(space, 409)


def _moved(space: Workspace, form: LineForm, key: str, state: State):
    """409: the calendar is no draft any more. What was typed stays to be copied."""
    message = _("The calendar moved on meanwhile; it is now: %(state)s. Nothing was saved.")
    form.add_error(None, message % {"state": state.label})
    space.editing = editing_of(space, form, key)
    return _answer_form(space, 409)


# Dropping and undoing ---------------------------------------------------------------------------


@at_the_desk
@require_POST
def drop(request, uuid, line):
    """Take a line out; the live region offers to undo it."""
    space = Workspace(request, open_desk(request, uuid))
    _require_known(space, line)
    try:
        gone = drafting.drop_line(
            space.desk.revision, line, by=request.user, version=_version(request)
        )
    except StaleEdit as stale:
        return _told_stale(space, stale.theirs)
    except StepRefused as moved:
        return _told_moved(space, moved.present_state)
    if not request.htmx:
        return HttpResponseRedirect(f"{space.address(done=line)}#told")
    space.told = told_of(space, _dropped(space, gone), line, gone.version)
    # Its row is gone: what comes back is put where it belongs, with the table.
    space.told |= {"focus": True, "row": "lines"}
    return show_row(space, None)


@at_the_desk
@require_POST
def undo(request, uuid, line):
    """Undo the last change of a line; its row, or the table, is shown anew."""
    space = Workspace(request, open_desk(request, uuid))
    _require_known(space, line)
    try:
        now = drafting.undo(space.desk.revision, line, by=request.user, version=_version(request))
    except StaleEdit as stale:
        return _told_stale(space, stale.theirs)
    except StepRefused as moved:
        return _told_moved(space, moved.present_state)
    except Refused as refused:
        space.told = {"text": refused.message}
        if request.htmx and request.htmx.target != "lines":
            return show_row(space, line_or_404(space, line), status=422)
        return show(space, status=422)
    if not request.htmx:
        return HttpResponseRedirect(f"{space.address(done=line)}#line-{line}")
    space.told, space.saved = {"text": _("Undone.")}, str(line)
    if request.htmx.target == "lines":
        return show(space)
    return show_row(space, now)


def _version(request) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _dropped(space: Workspace, gone: Line) -> str:
    return _("Dropped: %(host)s, %(day)s.") % {
        "host": gone.host.unit.name, "day": say_day(gone.day, space.language, weekday=False),
    }  # fmt: skip


def _told_stale(space: Workspace, theirs: Line | None):
    """409: the row is not what it was; here it is now."""
    space.told = {
        "text": _("Somebody changed this line meanwhile. Nothing was done; here it is now.")
        if theirs
        else _("Somebody dropped this line meanwhile. Nothing was done.")
    }
    if space.request.htmx and space.request.htmx.target != "lines":
        return show_row(space, theirs, status=409)
    return show(space, status=409)


def _told_moved(space: Workspace, state: State):
    message = _("The calendar moved on meanwhile; it is now: %(state)s. Nothing was saved.")
    space.told = {"text": message % {"state": state.label}}
    space.desk.revision.state = state
    if space.request.htmx and space.request.htmx.target != "lines":
        target = space.request.htmx.target.removeprefix("line-")
        return show_row(space, line_or_404(space, target), status=409)
    return show(space, status=409)


@at_the_desk
@require_safe
def targets(request, uuid):
    """For htmx: the places of a form as its akim or the words searched for change."""
    space = Workspace(request, open_desk(request, uuid))
    asked = request.GET
    key = asked.get("key", "new")[:36]
    form = form_of(space, key, asked)
    form.ask_again()
    return render(
        request,
        "meetings/desk/_targets.html",
        {"picker": picker(space, form, key), "form": form, "searched": "find" in asked},
    )
