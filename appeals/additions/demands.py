"""Demands on the pages of places and meetings: what is demanded there, and what it led to."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext

from appeals import demandrows as say
from appeals.models import Demand
from appeals.selectors import clusters
from appeals.selectors import demands as shown
from meetings.additions import Block, Spot, adds_to
from meetings.models import Meeting, Unit
from meetings.permissions import Act, reach

MOST_AT_PLACE = 3
STYLES = ("css/demands.css",)


@adds_to(Spot.UNIT, order=40)
def demands_of_place(request, unit: Unit) -> Block | None:
    """The way to demand a meeting, and what is demanded there now."""
    today = timezone.localdate()
    if unit.valid_to is not None and unit.valid_to < today:
        return None
    found = shown.open_of(unit, MOST_AT_PLACE)
    values = {
        "rows": say.rows(found, get_language() or "kk", today),
        "new_url": f"{reverse('demand_new')}?unit={unit.kato}",
        "list_url": f"{reverse('demand_list')}?unit={unit.kato}",
    }
    return Block("appeals/additions/unit_demands.html", values, STYLES)


@adds_to(Spot.MEETING_TOP, order=30)
def demand_of_meeting(request, meeting: Meeting) -> Block | None:
    """On whose demand the meeting was called."""
    return _called(meeting, "demand")


@adds_to(Spot.DESK_MEETING, order=30)
def demand_of_meeting_at_desk(request, meeting: Meeting) -> Block | None:
    return _called(meeting, "desk_demand")


def _called(meeting: Meeting, page: str) -> Block | None:
    if not meeting.is_outside:
        return None
    demand = Demand.objects.filter(meeting=meeting).select_related("unit").first()
    if demand is None:
        return None
    words = ngettext(
        "Called on the demand of %(n)s person.", "Called on the demand of %(n)s people.",
        demand.voices,
    )  # fmt: skip
    values = {
        "words": words % {"n": say.number(demand.voices)}, "number": demand.number,
        "url": reverse(page, args=[demand.uuid]),
    }  # fmt: skip
    return Block("appeals/additions/meeting_demand.html", values)


@adds_to(Spot.DESK, order=30)
def what_burns(request, user) -> Block | None:
    """Demands that wait for the reader's answer, and places whose questions call for a meeting."""
    if reach(user, Act.ANSWER_DEMAND) == []:
        return None
    counts = shown.counts(user, timezone.localdate())
    found = clusters.proposed(user, timezone.now(), most=MOST_AT_PLACE)
    if not counts["answer"] and not found:
        return None
    values = {
        "waiting": counts["answer"], "late": counts["late"], "url": reverse("desk_demands"),
        "clusters": clusters.say(found, get_language() or "kk"), "cluster_days": clusters.days(),
    }  # fmt: skip
    return Block("appeals/additions/desk_demands.html", values)
