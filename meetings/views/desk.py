"""The dashboard: the calendars one works on, how they stand, and what to do next."""

from django.conf import settings
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from meetings.additions import Spot, added_to
from meetings.dates import say_day
from meetings.deskrows import say_figures, say_missing
from meetings.enums import State
from meetings.errors import Refused
from meetings.models import Calendar, Revision, Unit
from meetings.models.unit import STEP_WIDTH
from meetings.permissions import Act, assignments, may, reach
from meetings.protocolrows import say_state
from meetings.selectors.desk_findings import findings_for, law_figures
from meetings.selectors.protocols import missing_for, with_stages
from meetings.services.drafting import open_calendar
from meetings.views.desk_page import Desk, at_the_desk, countdown, next_step

MISSING_SHOWN = 5
# Figures are counted on the spot: for whoever watches the country the list says states alone.
REGIONS_WITH_FIGURES = 2


@at_the_desk
@require_safe
def dashboard(request):
    """Each region of the reader with its running year and the next one."""
    return _show(request)


def _show(request, *, problem: str = "", status: int = 200):
    user, day = request.user, timezone.localdate()
    regions = _regions_of(user)
    calendars = _calendars_of(user, regions)
    years = (day.year + 1, day.year)
    detailed = len(regions) <= REGIONS_WITH_FIGURES
    sections = [
        {
            "region": region.name,
            "years": [
                _year(calendars.get((region.pk, year)), region, year, user, day, detailed)
                for year in years
            ],
            "older": [
                {"year": year, "url": reverse("desk_calendar", args=[desk.calendar.uuid])}
                for (key, year), desk in sorted(calendars.items(), reverse=True)
                if key == region.pk and year not in years
            ],
        }
        for region in regions
    ]
    context = {
        "without_protocol": _without_protocol(user, day, calendars),
        "sections": sections, "detailed": detailed, "problem": problem,
        "roles": {role.value for role, _path in assignments(user)},
        "language": get_language(), "added": added_to(Spot.DESK, request, user),
    }  # fmt: skip
    return render(request, "meetings/desk/dashboard.html", context, status=status)


def _without_protocol(user, day, desks) -> dict | None:
    """Meetings whose protocol is the reader's to write or sign and is overdue, newest first."""
    missing = missing_for(user, day)
    count = missing.count()
    if not count:
        return None
    first = list(missing.select_related("host__unit").prefetch_related("targets")[:MISSING_SHOWN])
    language = get_language() or "kk"
    return {
        "count": count, "days": settings.PROTOCOL_DAYS,
        "rows": [
            {"url": reverse("desk_protocol", args=[one.meeting.uuid]),
             "when": say_day(one.meeting.day, language, weekday=False),
             "where": ", ".join(unit.name for unit in one.meeting.targets.all())
             or one.meeting.host.unit.name,
             "state": say_state(one.stage) if one.stage else None}
            for one in with_stages(first)
        ],
        "lists": [
            {"label": _("All of them: %(region)s, %(year)s") % {
                "region": desk.region.name, "year": desk.calendar.year},
             "url": desk.url("desk_meetings") + "?show=protocol"}
            for (_region, year), desk in desks.items()
            if year == day.year and count > MISSING_SHOWN
        ],
    }  # fmt: skip


def _regions_of(user) -> list[Unit]:
    """Regions in which, or in a part of which, the user reads drafts."""
    regions = Unit.objects.filter(parent=None, valid_to=None).order_by("sort_kk", "path")
    paths = reach(user, Act.READ_DRAFT)
    if paths is not None:
        regions = regions.filter(path__in={path[:STEP_WIDTH] for path in paths})
    return list(regions)


def _calendars_of(user, regions: list[Unit]) -> dict[tuple[int, int], Desk]:
    """The calendars of those regions with their last revisions, by region and year."""
    known = {region.pk: region for region in regions}
    day = timezone.localdate()
    calendars = {
        one.pk: one for one in Calendar.objects.at_desk_of(user).filter(region__in=list(known))
    }
    found = {}
    revisions = Revision.objects.filter(calendar__in=list(calendars)).order_by("number")
    for revision in revisions.defer("canonical"):
        calendar = revision.calendar = calendars[revision.calendar_id]
        calendar.region = known[calendar.region_id]
        found[calendar.region_id, calendar.year] = Desk(calendar, revision, user, day)
    return found


def _year(desk: Desk | None, region: Unit, year: int, user, day, detailed: bool) -> dict:
    """What meetings/desk/_year.html shows of one calendar, opened or not."""
    if desk is None:
        return {
            "year": year, "kato": region.kato, "opened": False,
            "may_open": may(user, Act.OPEN_CALENDAR, region),
            "days": countdown(year, State.DRAFT, day),
        }  # fmt: skip
    state = State(desk.revision.state)
    action, hint = next_step(desk)
    said = {
        "year": year, "opened": True, "url": desk.url("desk_calendar"),
        "state": {"class": state.value, "word": state.label},
        "days": countdown(year, state, day, is_late=desk.revision.is_late),
        "action": action, "hint": hint,
        "places": _places(desk),
    }  # fmt: skip
    if detailed:
        law = law_figures(findings_for(desk.revision, user))
        said |= {
            "figures": say_figures(law, held=day.year >= year),
            "summary": say_missing(law.missing),
        }
        said |= _better_step(desk, law.missing, action)
    return said


def _better_step(desk: Desk, missing: int, action: dict | None) -> dict:
    """While meetings are missing the first thing to do is to add them, not to submit."""
    if not (missing and desk.may_edit):
        return {}
    step = {"label": _("Add what is missing"), "url": desk.url("desk_calendar"), "post": False}
    return {"action": step, "second": action}


def _places(desk: Desk) -> list[dict]:
    labels = {
        "desk_calendar": _("Lines"), "desk_grid": _("The year"),
        "desk_findings": _("Findings"), "desk_log": _("Log"),
    }  # fmt: skip
    return [{"label": label, "url": desk.url(name)} for name, label in labels.items()]


@at_the_desk
@require_POST
def open_year(request):
    """Open a calendar; next year's, as a rule."""
    region = get_object_or_404(
        Unit.objects.filter(parent=None, valid_to=None), kato=request.POST.get("region", "")[:13]
    )
    if region not in _regions_of(request.user):
        raise Http404
    year = request.POST.get("year", "")
    try:
        if not (year.isascii() and year.isdigit() and len(year) == 4):
            raise Refused(_("Give the year in four digits, such as 2027."), "year")
        calendar = open_calendar(region, int(year), by=request.user)
    except Refused as refused:
        return _show(request, problem=refused.message, status=422)
    return HttpResponseRedirect(reverse("desk_calendar", args=[calendar.uuid]))
