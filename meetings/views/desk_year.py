"""The year at a glance: akims down, months across; where it is dense, where there are gaps."""

from collections import defaultdict
from datetime import date

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from meetings.dates import SHORT_MONTHS
from meetings.models import Line, Office
from meetings.rules import Finding, Severity
from meetings.selectors.desk_lines import districts_of
from meetings.selectors.duties import findings_now
from meetings.views.desk_page import at_the_desk, open_desk, page_at, page_context
from meetings.views.desk_workspace import Workspace
from meetings.yeargrid import HostRow, Mark, year_grid

HOSTS = 25


@at_the_desk
@require_safe
def grid(request, uuid):
    """A page of akims, narrowed to a district by ``?district=`` (a code)."""
    desk = open_desk(request, uuid)
    space = Workspace(request, desk)
    districts = _districts(space)
    asked = request.GET.get("district", "")
    if asked and asked not in districts:
        raise Http404
    hosts = [
        office
        for office in space.hosts.values()
        if not asked or office.unit.path.startswith(districts[asked].path)
    ]
    page = page_at(request, hosts, HOSTS)
    rows = _rows(space, list(page.object_list))
    drawn = year_grid(desk.calendar.year, rows, space.off, SHORT_MONTHS[space.language], desk.day)
    context = page_context(desk, "desk_grid") | {
        "grid": drawn, "page": page, "district": asked,
        "districts": [(unit.kato, unit.name) for unit in districts.values()],
        "caption": _("Meetings of %(year)s by month") % {"year": desk.calendar.year},
    }  # fmt: skip
    return render(request, "meetings/desk/grid.html", context)


def _districts(space: Workspace) -> dict:
    """Second-level units in which the person reads somebody's lines, by code."""
    paths = [office.unit.path for office in space.hosts.values()]
    return {
        unit.kato: unit
        for unit in districts_of(space.desk.region)
        if any(path.startswith(unit.path) for path in paths)
    }


def _rows(space: Workspace, hosts: list[Office]) -> list[HostRow]:
    days, unmet = _days(space, hosts), _unmet(space, hosts)
    # Looked up once: an address costs more than the rest of a cell.
    base = space.desk.url("desk_calendar")
    return [
        HostRow(
            label=office.unit.name,
            url=f"{base}?host={office.unit.kato}",
            marks=[Mark(day) for day in days[office.pk]],
            gaps=sorted({(one.window.first, one.window.last) for one in unmet[office.unit_id]}),
            gap_words=_say_gaps(unmet[office.unit_id]),
            month_urls=[f"{base}?host={office.unit.kato}&month={month}" for month in range(1, 13)],
        )
        for office in hosts
    ]


def _days(space: Workspace, hosts: list[Office]) -> dict[int, list[date]]:
    found = defaultdict(list)
    lines = Line.objects.filter(revision=space.desk.revision, host__in=hosts).order_by("day")
    for host, day in lines.values_list("host_id", "day"):
        found[host].append(day)
    return found


def _unmet(space: Workspace, hosts: list[Office]) -> dict[int | str, list[Finding]]:
    """Duties of those akims that have no day yet; advice is no gap."""
    found = defaultdict(list)
    keys = {office.unit_id for office in hosts}
    for one in findings_now(space.desk.revision, hosts=keys):
        if not one.met and one.severity is not Severity.ADVICE:
            found[one.host].append(one)
    return found


def _say_gaps(unmet: list[Finding]) -> str:
    missing = sum(one.missing for one in unmet)
    if not missing:
        return ""
    return ngettext("%(n)s required meeting is missing", "%(n)s required meetings are missing",
                    missing) % {"n": missing}  # fmt: skip
