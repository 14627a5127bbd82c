"""Receptions on the pages of places and meetings, and on the dashboards of those who run them.

How many times are free stands on the page of the reception alone: these pages are kept.
"""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from appeals import receptionrows as say
from appeals.enums import ReceptionState
from appeals.models import Reception
from meetings.additions import Block, Spot, adds_to
from meetings.models import Meeting, Unit
from meetings.permissions import Act, may, reach

MOST = 4


@adds_to(Spot.UNIT, order=45)
def receptions_of_place(request, unit: Unit) -> Block | None:
    """The next receptions in the place; nothing where none is announced."""
    found = Reception.objects.filter(state=ReceptionState.PUBLISHED).within(unit)
    rows = _rows(found.ahead(timezone.localdate()))
    if not rows:
        return None
    url = f"{reverse('reception_list')}?unit={unit.kato}"
    return Block("appeals/additions/receptions.html", {"rows": rows, "list_url": url})


@adds_to(Spot.MEETING_BOTTOM, order=45)
def receptions_after_meeting(request, meeting: Meeting) -> Block | None:
    """The receptions after the meeting."""
    rows = _rows(Reception.objects.public().filter(meeting=meeting))
    if not rows:
        return None
    return Block("appeals/additions/receptions.html", {"rows": rows, "after_meeting": True})


@adds_to(Spot.DESK_MEETING, order=45)
def receptions_at_desk(request, meeting: Meeting) -> Block | None:
    """The same for staff, drafts too, and the way to plan one."""
    rows = _rows(Reception.objects.at_desk_of(request.user).filter(meeting=meeting), at_desk=True)
    may_plan = may(request.user, Act.RUN_RECEPTION, meeting.host.unit)
    if not rows and not may_plan:
        return None
    plan_url = f"{reverse('desk_reception_new')}?meeting={meeting.uuid}" if may_plan else ""
    values = {"rows": rows, "plan_url": plan_url, "after_meeting": True}
    return Block("appeals/additions/receptions.html", values)


@adds_to(Spot.DESK, order=20)
def next_at_desk(request, user) -> Block | None:
    """What comes next for those who run receptions."""
    if reach(user, Act.RUN_RECEPTION) == []:
        return None
    found = Reception.objects.at_desk_of(user).filter(state=ReceptionState.PUBLISHED)
    values = {
        "rows": _rows(found.ahead(timezone.localdate()), at_desk=True),
        "list_url": reverse("desk_receptions"), "plan_url": reverse("desk_reception_new"),
    }  # fmt: skip
    return Block("appeals/additions/receptions.html", values)


def _rows(receptions, *, at_desk: bool = False) -> list[dict]:
    language = get_language() or "kk"
    found = receptions.select_related("unit").order_by("day", "begins", "pk")[:MOST]
    page = "desk_reception" if at_desk else "reception"
    return [
        {
            "url": reverse(page, args=[one.uuid]), "unit": one.unit.name_in(language),
            "when": f"{say.say_day(one.day, language)}, {say.say_hours(one)}",
            "place": one.place_in(language),
            "is_cancelled": one.state == ReceptionState.CANCELLED,
            "is_draft": one.state == ReceptionState.DRAFT,
        }
        for one in found
    ]  # fmt: skip
