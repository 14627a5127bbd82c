"""Promises and problems on the pages of meetings and places."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from appeals import poolrows
from appeals.models import Problem
from appeals.selectors import pool
from appeals.selectors.promised import promises_before
from meetings.additions import Block, Spot, adds_to
from meetings.models import Meeting, Unit

STYLES = ("css/pool.css",)
MOST_PROBLEMS = 5


@adds_to(Spot.MEETING_TOP, order=10)
def promised_before(request, meeting: Meeting) -> Block | None:
    """What was promised in the meeting's places before, and what became of it: it comes first."""
    language = get_language() or "kk"
    told = poolrows.say_before(promises_before(meeting), language, timezone.localdate())
    if told is None:
        return None
    unit = meeting.targets.order_by("path").first() or meeting.host.unit
    told["list_url"] = f"{reverse('problem_list')}?unit={unit.kato}"
    return Block("appeals/partials/_promised.html", told, STYLES)


@adds_to(Spot.UNIT, order=20)
def problems_here(request, unit: Unit) -> Block | None:
    """The newest problems of a place, with the figures of all."""
    language, today = get_language() or "kk", timezone.localdate()
    found = pool.narrowed(Problem.objects.all(), pool.Wanted(unit=unit))
    counts = pool.counts(found, today)
    list_url = f"{reverse('problem_list')}?unit={unit.kato}"
    if not counts["all"]:
        return None
    shown = found.order_by("-pk").select_related("unit", "body")[:MOST_PROBLEMS]
    values = {
        "rows": poolrows.problem_rows(shown, language, today), "list_url": list_url,
        "figures": [one | {"url": f"{list_url}&state={one['show']}"}
                    for one in poolrows.figures(counts) if one["n"]],
        "left": counts["all"] - MOST_PROBLEMS if counts["all"] > MOST_PROBLEMS else 0,
    }  # fmt: skip
    return Block("appeals/partials/_problems_here.html", values, STYLES)
