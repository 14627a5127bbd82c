"""One line at the desk: opened in its row, saved, dropped, undone. With htmx and without alike.

Without scripts a form is answered by the page it stands on (or a redirect to it); with them by
the row alone and the findings beside. Both come from the same addresses.
"""

from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meetings.dates import say_day
from meetings.enums import State
from meetings.errors import Refused, StaleEdit, StepRefused
from meetings.forms.lines import LineForm, initial_of
from meetings.models import Line, LineEdit
from meetings.selectors.desk_findings import busy_days
from meetings.services import drafting
from meetings.suggest import a_free_day
from meetings.views.desk_conflict import versions_of
from meetings.views.desk_page import at_the_desk, open_desk, sign_in_first
from meetings.views.desk_targets import picker
from meetings.views.desk_workspace import Workspace, show, show_row

KEPT = "desk_kept_line"  # in the session: what was typed when it had ended
MOST_KEPT = 30_000


def kept_when_signed_out(view):
    """A form sent after the session has ended is kept, and is there again after signing in."""

    def guarded(request, uuid, **kwargs):
        if request.user.is_authenticated or request.method != "POST":
            return at_the_desk(view)(request, uuid, **kwargs)
        typed = request.POST.copy()
        typed.pop("csrfmiddlewaretoken", None)
        text = typed.urlencode()
        key = str(kwargs.get("line", "new"))
        if len(text) <= MOST_KEPT:
            request.session[KEPT] = {"calendar": str(uuid), "line": key, "typed": text}
        opened = {"new": 1} if key == "new" else {"edit": key}
        return sign_in_first(
            request, f"{reverse('desk_calendar', args=[uuid])}?{urlencode(opened)}"
        )

    return guarded


# Opening a form ---------------------------------------------------------------------------------


def open_form(space: Workspace) -> HttpResponse | None:
    """Open what ``?edit=`` or ``?new=1`` asks for; for htmx that wants the form alone, answer."""
    asked = space.request.GET
    if asked.get("edit"):
        line = _line_or_404(space, asked["edit"])
        _open_edit(space, line)
        return None
    if asked.get("new") and space.desk.may_edit:
        _open_new(space)
        if space.request.htmx and space.request.htmx.target == "new-line":
            return show_row(space, None, counted=False)
    elif asked.get("new"):
        raise PermissionDenied(_("This calendar takes no new lines from you now."))
    return None


def _line_or_404(space: Workspace, uuid) -> Line:
    lines = Line.objects.visible_to(space.desk.user).filter(revision=space.desk.revision)
    known = read_uuid(uuid)
    found = known and lines.select_related("host__unit").filter(uuid=known).first()
    if not found:
        raise Http404
    return found


def read_uuid(text) -> UUID | None:
    """An identity from an address, or None when it is none."""
    try:
        return UUID(str(text))
    except ValueError:
        return None


def _open_edit(space: Workspace, line: Line) -> None:
    if line.host.unit.kato not in space.own_hosts or not space.desk.is_draft:
        raise PermissionDenied(_("This line is not yours to change."))
    if typed := _kept(space, str(line.uuid)):
        form = _form(space, str(line.uuid), typed)
        space.editing = _editing(space, form, str(line.uuid), note=_signed_in_again())
        return
    codes = list(line.targets.order_by("path").values_list("kato", flat=True))
    form = _form(space, str(line.uuid), initial=initial_of(line, codes))
    space.editing = _editing(space, form, str(line.uuid))


def _open_new(space: Workspace) -> None:
    if typed := _kept(space, "new"):
        space.editing = _editing(space, _form(space, "new", typed), "new", note=_signed_in_again())
        return
    asked = space.request.GET
    host = space.own_hosts.get(asked.get("host", ""))
    initial = {"host": host.unit.kato if host else "", "day": _read_iso(asked.get("day", ""))}
    if asked.get("target"):
        initial["targets"] = [asked["target"][:13]]
    if asked.get("visiting") == "0":
        initial["is_visiting"] = False
    if host and not initial["day"]:
        initial["day"] = _proposed_day(space, host)
    note = ""
    if initial["day"] and not asked.get("day"):
        note = _("The day is a proposal: a working day on which this akim has no meeting yet.")
    space.editing = _editing(space, _form(space, "new", initial=initial), "new", note=note)


def _proposed_day(space: Workspace, host) -> date | None:
    asked, year = space.request.GET, space.desk.calendar.year
    first = _read_iso(asked.get("since", "")) or date(year, 1, 1)
    last = _read_iso(asked.get("until", "")) or date(year, 12, 31)
    if not date(year, 1, 1) <= first <= last <= date(year, 12, 31):
        return None
    busy = busy_days(space.desk.revision, host)
    return a_free_day(first, last, off=space.off, busy=busy, today=space.desk.day)


def _read_iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def _kept(space: Workspace, key: str) -> QueryDict | None:
    """What was typed in this form before the session ended; given once."""
    kept = space.request.session.get(KEPT)
    if not kept or kept["line"] != key or kept["calendar"] != str(space.desk.calendar.uuid):
        return None
    del space.request.session[KEPT]
    return QueryDict(kept["typed"])


def _signed_in_again() -> str:
    return _("Your session had ended. What you typed is here: check it and save again.")


def _form(space: Workspace, key: str, data=None, **options) -> LineForm:
    form = LineForm(
        data, hosts=space.own_hosts, region=space.desk.region, key=key[:8], **options
    )  # fmt: skip
    form.fields["host"].choices = [("", _("choose")), *space.grouped(space.own_hosts)]
    return form


def _editing(space: Workspace, form: LineForm, key: str, **more) -> dict:
    """What meetings/desk/_line_form.html shows."""
    wrong = next((name for name in form.fields if name in form.errors), "day")
    if not more.get("searched"):
        # The keyboard begins where something is to be mended: on page load, and after a swap.
        form.fields[wrong].widget.attrs |= {"autofocus": True, "data-focus": True}
    is_new = key == "new"
    base = space.desk.url("desk_lines") if is_new else space.line_address(key)
    query = f"?{space.query}" if space.query else ""
    return {
        "key": key,
        "row_id": "new-line" if is_new else f"line-{key}",
        "is_new": is_new,
        "form": form,
        "action": base + query,
        "cancel_url": space.address() + ("#lines" if is_new else f"#line-{key}"),
        "cancel_row": "" if is_new else base + query,
        "picker": picker(space, form, key),
        "searched": False,
        "note": "",
        "versions": None,
        **more,
    }


# Saving -----------------------------------------------------------------------------------------


@kept_when_signed_out
@require_POST
def add(request, uuid):
    """Add a line."""
    space = Workspace(request, open_desk(request, uuid))
    form = _form(space, "new", request.POST)
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
    found = _line_or_404(space, line)
    if not request.htmx:
        opened = {"edit": line} if "edit" in request.GET else {}
        return HttpResponseRedirect(f"{space.address(**opened)}#line-{line}")
    if "edit" in request.GET:
        _open_edit(space, found)
        return show_row(space, None, counted=False)
    return show_row(space, found, counted=False)


def _change(space: Workspace, uuid):
    _require_known(space, uuid)
    request, key = space.request, str(uuid)
    form = _form(space, key, request.POST)
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
    form._errors = {}
    space.editing = _editing(space, form, key, searched=True)
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
    space.editing = _editing(space, form, key)
    return _answer_form(space, 422)


def _saved(space: Workspace, line: Line):
    space.saved = str(line.uuid)
    if not space.request.htmx:
        return HttpResponseRedirect(f"{space.address(done=line.uuid)}#line-{line.uuid}")
    space.told = _told(space, _("Saved."), line.uuid, line.version)
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
    data = form.data.copy()
    data["version"] = theirs.version if theirs else ""
    # A line that is gone can come back as a new one.
    kept = _form(space, key if theirs else "new", data)
    space.editing = _editing(space, kept, key if theirs else "new", versions=versions)
    space.editing["row_id"] = f"line-{key}"
    return _answer_form(space, 409)


def _moved(space: Workspace, form: LineForm, key: str, state: State):
    """409: the calendar is no draft any more. What was typed stays to be copied."""
    message = _("The calendar moved on meanwhile; it is now: %(state)s. Nothing was saved.")
    form.add_error(None, message % {"state": state.label})
    space.editing = _editing(space, form, key)
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
    space.told = _told(space, _dropped(space, gone), line, gone.version) | {"focus": True}
    return show_row(space, None)


@at_the_desk
@require_POST
def undo(request, uuid, line):
    """Undo the last change of a line; the table is shown anew."""
    space = Workspace(request, open_desk(request, uuid))
    _require_known(space, line)
    try:
        drafting.undo(space.desk.revision, line, by=request.user, version=_version(request))
    except StaleEdit as stale:
        return _told_stale(space, stale.theirs)
    except StepRefused as moved:
        return _told_moved(space, moved.present_state)
    except Refused as refused:
        space.told = {"text": refused.message}
        return show(space, status=422)
    if not request.htmx:
        return HttpResponseRedirect(f"{space.address(done=line)}#line-{line}")
    space.told, space.saved = {"text": _("Undone.")}, str(line)
    return show(space)


def _version(request) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _told(space: Workspace, text: str, uuid, version: int) -> dict:
    """What the live region says, with the way back."""
    undo_url = reverse("desk_line_undo", args=[space.desk.calendar.uuid, uuid])
    query = f"?{space.query}" if space.query else ""
    return {"text": text, "undo_url": undo_url + query, "version": version}


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
        return show_row(space, _line_or_404(space, target), status=409)
    return show(space, status=409)


def tell_what_was_done(space: Workspace) -> None:
    """After a redirect: what was done, and the way back (``?done=`` names the line)."""
    uuid = read_uuid(space.request.GET.get("done", ""))
    if uuid is None:
        return
    edits = LineEdit.objects.select_related("host__unit").filter(revision=space.desk.revision)
    last = edits.filter(line_uuid=uuid).first()
    if last is None or last.host.unit.kato not in space.hosts:
        return
    space.saved = str(uuid)
    if last.undoes_id:
        space.told = {"text": _("Undone.")}
        return
    if last.after is None:
        day = say_day(date.fromisoformat(last.before["day"]), space.language, weekday=False)
        text = _("Dropped: %(host)s, %(day)s.") % {"host": last.host.unit.name, "day": day}
    else:
        text = _("Saved.")
    space.told = _told(space, text, uuid, last.version)


@at_the_desk
@require_safe
def targets(request, uuid):
    """For htmx: the places of a form as its akim or the words searched for change."""
    space = Workspace(request, open_desk(request, uuid))
    asked = request.GET
    key = asked.get("key", "new")[:36]
    form = _form(space, key, asked)
    form._errors = {}
    return render(
        request,
        "meetings/desk/_targets.html",
        {"picker": picker(space, form, key), "form": form, "searched": "find" in asked},
    )
