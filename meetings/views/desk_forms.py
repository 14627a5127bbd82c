"""The forms of lines at the desk: what is opened, what is proposed, what was kept."""

from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from meetings.forms.fields import give_choices
from meetings.forms.lines import LineForm, initial_of
from meetings.models import Line
from meetings.selectors.desk_findings import busy_days
from meetings.suggest import a_free_day
from meetings.views.desk_page import at_the_desk, sign_in_first
from meetings.views.desk_targets import picker
from meetings.views.desk_workspace import Workspace, show_row

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


def open_form(space: Workspace) -> HttpResponse | None:
    """Open what ``?edit=`` or ``?new=1`` asks for; for htmx that wants the form alone, answer."""
    asked = space.request.GET
    if asked.get("edit"):
        line = line_or_404(space, asked["edit"])
        open_edit(space, line)
        return None
    if asked.get("new") and space.desk.may_edit:
        _open_new(space)
        if space.request.htmx and space.request.htmx.target == "new-line":
            return show_row(space, None, counted=False)
    elif asked.get("new"):
        raise PermissionDenied(_("This calendar takes no new lines from you now."))
    return None


def line_or_404(space: Workspace, uuid) -> Line:
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


def open_edit(space: Workspace, line: Line) -> None:
    if line.host.unit.kato not in space.own_hosts or not space.desk.is_draft:
        raise PermissionDenied(_("This line is not yours to change."))
    if typed := _kept(space, str(line.uuid)):
        form = form_of(space, str(line.uuid), typed)
        space.editing = editing_of(space, form, str(line.uuid), note=_signed_in_again())
        return
    codes = list(line.targets.order_by("path").values_list("kato", flat=True))
    form = form_of(space, str(line.uuid), initial=initial_of(line, codes))
    space.editing = editing_of(space, form, str(line.uuid))


def _open_new(space: Workspace) -> None:
    if typed := _kept(space, "new"):
        space.editing = editing_of(
            space, form_of(space, "new", typed), "new", note=_signed_in_again()
        )
        return
    asked = space.request.GET
    host = space.own_hosts.get(asked.get("host", ""))
    initial: dict = {"host": host.unit.kato if host else "", "day": _read_iso(asked.get("day", ""))}
    if asked.get("target"):
        initial["targets"] = [asked["target"][:13]]
    if asked.get("visiting") == "0":
        initial["is_visiting"] = False
    if host and not initial["day"]:
        initial["day"] = _proposed_day(space, host)
    note = ""
    if initial["day"] and not asked.get("day"):
        note = _("The day is a proposal: a working day on which this akim has no meeting yet.")
    space.editing = editing_of(space, form_of(space, "new", initial=initial), "new", note=note)


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


def form_of(space: Workspace, key: str, data=None, **options) -> LineForm:
    form = LineForm(
        data, hosts=space.own_hosts, region=space.desk.region, key=key[:8], **options
    )  # fmt: skip
    give_choices(form, "host", [("", _("choose")), *space.grouped(space.own_hosts)])
    return form


def editing_of(space: Workspace, form: LineForm, key: str, **more) -> dict:
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
