"""The page of a calendar's lines."""

from datetime import date

from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meetings.dates import say_day
from meetings.models import LineEdit
from meetings.views.desk_forms import open_form, read_uuid
from meetings.views.desk_page import at_the_desk, open_desk
from meetings.views.desk_workspace import Workspace, show, told_of


@at_the_desk
@require_safe
def calendar(request, uuid):
    """The table; ``?edit=`` or ``?new=1`` opens a form in it, ``?done=`` says what was done."""
    space = Workspace(request, open_desk(request, uuid))
    if answer := open_form(space):
        return answer
    _tell_what_was_done(space)
    return show(space)


def _tell_what_was_done(space: Workspace) -> None:
    """After a redirect: what was done, and the way back (``?done=`` names the line)."""
    uuid = read_uuid(space.request.GET.get("done", ""))
    if uuid is None:
        return
    edits = LineEdit.objects.select_related("host__unit").filter(revision=space.desk.revision)
    last = edits.filter(line_uuid=uuid).first()
    if last is None or last.host is None or last.host.unit.kato not in space.hosts:
        return
    space.saved = str(uuid)
    if last.undoes_id:
        space.told = {"text": _("Undone.")}
        return
    if last.before and last.after is None:
        day = say_day(date.fromisoformat(last.before["day"]), space.language, weekday=False)
        text = _("Dropped: %(host)s, %(day)s.") % {"host": last.host.unit.name, "day": day}
    else:
        text = _("Saved.")
    space.told = told_of(space, text, uuid, last.version) | {"row": "lines"}
