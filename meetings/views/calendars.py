"""The country in a year, and the approved calendar of a region."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meetings import addresses, kept, region_year
from meetings.dates import say_day
from meetings.models import Unit
from meetings.models.calendar import FIRST_YEAR
from meetings.paging import NoSuchPage
from meetings.rules import edition_of_year
from meetings.selectors import places, years
from meetings.selectors.duties import findings_of_calendar
from meetings.tilemap import tilemap
from meetings.views import calendar_parts
from meetings.views.answers import bad_request, not_found


@require_safe
def year(request, year: int):
    """Every region's calendar of a year: in time, late, missing; what is planned and held."""
    return kept.page(request, lambda: _year(request, year))


def _year(request, year: int):
    today = timezone.localdate()
    if not FIRST_YEAR <= year <= today.year + 1:
        return not_found(request, _no_such_year(today))
    language = get_language()
    context = country(year, today, language) | {
        "years": [
            {"year": one, "url": reverse("year", args=[one]), "is_shown": one == year}
            for one in range(FIRST_YEAR, today.year + 2)
        ],
    }
    return render(request, "meetings/public/year.html", context)


def country(year: int, today, language: str) -> dict:
    """The tile map, its table and the figures: on the year's page and at home alike."""
    regions = years.regions_on(today)
    figures = years.figures_of_country(year)
    rows = region_year.region_rows(
        regions, years.first_approvals(year), figures, year, today, language
    )
    return {
        "year": year, "rows": rows, "year_answer": region_year.say_country(rows, year),
        "figures": region_year.total(figures),
        "map": tilemap(rows, region_year.legend({row["class"] for row in rows}), language),
    }  # fmt: skip


@require_safe
def region_calendar(request, year: int, kato: str):
    """A region's approved calendar of a year; ``?show=`` opens its other sides."""
    return kept.page(request, lambda: _region_calendar(request, year, kato))


def _region_calendar(request, year: int, kato: str):
    today = timezone.localdate()
    if not FIRST_YEAR <= year <= today.year + 1:
        return not_found(request, _no_such_year(today))
    unit = places.unit_by_code(kato)
    if unit is None:
        message = _(
            "There is no region with the code %(code)s. Choose one on the page of the year."
        )
        return not_found(request, message % {"code": kato})
    if unit.parent_id:
        region = Unit.objects.above(unit).first()
        query = f"?unit={unit.kato}"
        return redirect(reverse("region_calendar", args=[year, region.kato]) + query)
    calendar = years.published_calendar(unit, year)
    if calendar is None:
        context = _frame(unit, year) | _unapproved(unit, year, today)
        return render(request, "meetings/public/calendar_none.html", context)
    return _shown(request, calendar, today)


def _shown(request, calendar, today):
    show = request.GET.get("show", "")
    if show not in calendar_parts.PARTS:
        return bad_request(
            request, _("This calendar has no such side. Take one of the links above it.")
        )
    unit, problem = _part_of(request, calendar)
    if problem:
        return bad_request(request, problem)
    language = get_language()
    findings = findings_of_calendar(calendar)
    asked = calendar_parts.Asked(request, calendar, unit, findings, today, language)
    try:
        part = calendar_parts.PARTS[show](asked)
    except calendar_parts.BadChoice as bad:
        return bad_request(request, str(bad))
    except NoSuchPage as missing:
        answer = bad_request if missing.status == 400 else not_found
        return answer(request, missing.message)
    context = (
        _frame(calendar.region, calendar.year) | _approved(calendar, findings, language) | part
    )
    context |= {"show": show, "sides": _sides(request, show), "part": unit}
    return render(request, f"meetings/public/calendar_{show or 'meetings'}.html", context)


def _part_of(request, calendar) -> tuple[Unit | None, str]:
    """The district whose part of the calendar is asked for, or what is wrong with the code."""
    code = request.GET.get("unit", "")
    if not code:
        return None, ""
    unit = places.unit_by_code(code[:20])
    if unit is None or not unit.path.startswith(calendar.region.path):
        return None, _("There is no such place in this region. Choose one of the list.")
    return (unit if unit.pk != calendar.region_id else None), ""


def _frame(region: Unit, year: int) -> dict:
    language = get_language()
    name = region.name_in(language)
    return {
        "region": region, "year": year, "name": name,
        "crumbs": [
            {"label": _("Calendars"), "url": reverse("year", args=[year])},
            {"label": f"{name}, {year}"},
        ],
        "published_years": [
            {
                "year": one.year,
                "url": reverse("region_calendar", args=[one.year, region.kato]),
                "is_shown": one.year == year,
            }
            for one in reversed(years.published_of(region))
        ],
        "webcal": addresses.webcal(region.kato, language),
        "feed": addresses.feed(region.kato, language),
        "atom": addresses.atom(region.kato, language),
        "region_url": region.get_absolute_url(),
    }  # fmt: skip


def _unapproved(region: Unit, year: int, today) -> dict:
    language = get_language()
    return {
        "state": region_year.standing(None, year, today),
        "deadline": region_year.say_deadline(year, today, language),
        "list_url": f"{reverse('meeting_list')}?unit={region.kato}",
    }


def _approved(calendar, findings, language: str) -> dict:
    revisions = years.approved_revisions(calendar)
    edition = edition_of_year(calendar.year)
    return {
        "state": region_year.standing(revisions[-1], calendar.year, timezone.localdate()),
        "present": _revision(revisions[0], calendar, language),
        "revisions": [_revision(one, calendar, language) for one in revisions],
        "figures": years.figures_of_region(calendar, findings),
        "procedure": region_year.procedure_words(calendar, edition, language),
        "edition": edition.act.to(language), "edition_href": edition.href,
        "doubts": [doubt.to(language) for doubt in edition.doubts],
    }  # fmt: skip


def _revision(approved, calendar, language: str) -> dict:
    day = timezone.localtime(approved.approved_at).date()
    return {
        "number": approved.number, "sha256": approved.sha256, "reason": approved.reason,
        "approved": say_day(day, language, weekday=False), "is_late": approved.is_late,
        "act": region_year.say_act(approved, language),
        "decision": region_year.say_decision(approved, language),
    }  # fmt: skip


def _sides(request, show: str) -> list[dict]:
    labels = {
        "": _("Meetings"), "coverage": _("Coverage"), "findings": _("Against the decree"),
        "grid": _("The year at a glance"), "print": _("To print"),
    }  # fmt: skip
    part = request.GET.get("unit", "")[:20]
    query = f"&unit={part}" if part else ""
    return [
        {
            "label": label,
            "url": f"?show={side}{query}" if side else f"?{query[1:]}",
            "is_shown": side == show,
        }
        for side, label in labels.items()
    ]


def _no_such_year(today) -> str:
    return _("Calendars exist from %(first)d to %(last)d. Give a year between them.") % {
        "first": FIRST_YEAR,
        "last": today.year + 1,
    }
