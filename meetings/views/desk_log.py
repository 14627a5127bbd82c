"""Who did what, when: the log of a calendar, with what each change of a line changed."""

from datetime import date

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from meetings.actwords import VERBS
from meetings.dates import say_day
from meetings.enums import Way
from meetings.models import Act, LineEdit, Office, Unit
from meetings.selectors.desk_log import acts_of, edits_of, last_edits, may_undo
from meetings.services.line_state import changed_fields
from meetings.views.desk_page import at_the_desk, open_desk, page_at, page_context
from meetings.views.desk_workspace import Workspace

PAGE = 50
FIELDS = {
    "host_id": gettext_lazy("Akim"), "day": gettext_lazy("Date"),
    "starts_at": gettext_lazy("Begins"), "ends_at": gettext_lazy("Ends"),
    "place_kk": gettext_lazy("Place in Kazakh"), "place_ru": gettext_lazy("Place in Russian"),
    "address_kk": gettext_lazy("Address in Kazakh"),
    "address_ru": gettext_lazy("Address in Russian"),
    "way": gettext_lazy("Way of holding"), "is_visiting": gettext_lazy("Visiting meeting"),
    "topics": gettext_lazy("Topics"), "contact": gettext_lazy("Contact"),
    "stream_url": gettext_lazy("Live stream"),
    "day_off_reason": gettext_lazy("Why on a day off"),
    "latitude": gettext_lazy("Latitude"), "longitude": gettext_lazy("Longitude"),
    "targets": pgettext_lazy("of a meeting", "Places"),
}  # fmt: skip


@at_the_desk
@require_safe
def log(request, uuid):
    """A page of acts, the last first; what can still be undone has a button."""
    desk = open_desk(request, uuid)
    space = Workspace(request, desk)
    page = page_at(request, acts_of(desk.calendar, request.user), PAGE)
    acts = list(page.object_list)
    edits = edits_of(acts)
    last = last_edits(desk.calendar, edits.values()) if desk.may_edit else {}
    names = _names(edits.values(), space.language)
    context = page_context(desk, "desk_log") | {
        "page": page,
        "entries": [_entry(space, act, edits.get(act.pk), last, names) for act in acts],
    }
    return render(request, "meetings/desk/log.html", context)


def _entry(space: Workspace, act: Act, edit: LineEdit | None, last: dict, names: dict) -> dict:
    at = timezone.localtime(act.at)
    entry: dict = {
        "when": f"{at:%d.%m.%Y %H:%M}",
        "iso": at.isoformat(timespec="seconds"),
        "who": act.by.name if act.by else _("the site"),
        "what": VERBS.get(act.verb, act.verb),
        "line": "", "changes": [], "undo_url": "", "undone": False,
    }  # fmt: skip
    state = (edit.after or edit.before) if edit else None
    if edit is None or edit.host is None or state is None:
        return entry
    day = say_day(date.fromisoformat(state["day"]), space.language, weekday=False)
    host = edit.host.unit.name_in(space.language)
    entry["line"] = _("%(host)s, %(day)s") % {"host": host, "day": day}
    entry["undone"] = edit.undone_at is not None
    if edit.before and edit.after:
        entry["changes"] = _changes(edit.before, edit.after, names, space.language)
    version, undoable = last.get(edit.line_uuid, (0, None))
    if undoable == edit.pk and may_undo(space.desk.user, edit):
        uuids = [space.desk.calendar.uuid, edit.line_uuid]
        entry |= {"undo_url": reverse("desk_line_undo", args=uuids), "version": version}
    return entry


def _changes(before: dict, after: dict, names: dict, language: str) -> list[dict]:
    return [
        {
            "what": FIELDS[field],
            "was": _say(field, before.get(field), names, language),
            "now": _say(field, after.get(field), names, language),
        }
        for field in changed_fields(before, after)
    ]


def _say(field: str, value, names: dict, language: str) -> str:
    if value in (None, "", []):
        return _("nothing")
    if field == "day":
        return say_day(date.fromisoformat(value), language, weekday=False)
    if field in ("starts_at", "ends_at"):
        return value[:5]
    if field == "way":
        return str(dict(Way.choices).get(value, value))
    if field == "is_visiting":
        return _("yes") if value else _("no")
    if field in ("host_id", "targets"):
        keys = value if isinstance(value, list) else [value]
        return ", ".join(names[field].get(key, "?") for key in keys)
    return ", ".join(value) if isinstance(value, list) else str(value)


def _names(edits, language: str) -> dict[str, dict[int, str]]:
    """Names of the akims and places that the journal names by key; two queries."""
    states = [state for edit in edits for state in (edit.before, edit.after) if state]
    offices = Office.objects.filter(pk__in={state["host_id"] for state in states})
    units = Unit.objects.filter(pk__in={key for state in states for key in state["targets"]})
    return {
        "host_id": {
            office.pk: office.unit.name_in(language) for office in offices.select_related("unit")
        },
        "targets": {unit.pk: unit.name_in(language) for unit in units},
    }
