"""The post of an akim: who holds it, what it owes in a year, what is planned, what was held."""

from datetime import date

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meetings import kept
from meetings.additions import Spot, added_to
from meetings.coverage import coverage_rows, say_coverage
from meetings.dates import say_day
from meetings.deskrows import say_figures
from meetings.enums import MeetingState
from meetings.models import Calendar, Office, Unit
from meetings.models.calendar import FIRST_YEAR
from meetings.rows import say_host, say_rows
from meetings.rules import Finding, Severity, tally
from meetings.selectors import places
from meetings.selectors.coverage import names_of_units
from meetings.selectors.duties import findings_of_calendar
from meetings.selectors.public import Asked, Span, meetings_asked, rows
from meetings.selectors.years import published_of
from meetings.views.answers import bad_request, not_found
from meetings.views.places import year_asked

# Whose changes the page shows.
ROOMS = ("meetings", "appeals")
COMING, PAST, TARGETS, TENURES = 10, 10, 150, 20


@require_safe
def akim(request, kato):
    """One post, by the code of its unit."""
    return kept.page(request, lambda: _akim(request, kato), names=ROOMS)


def _akim(request, kato: str):
    unit = places.unit_by_code(kato) or places.unit_of_former_code(kato)
    office = Office.objects.filter(unit=unit).first() if unit else None
    if unit is None or office is None:
        message = _("There is no akim with the code %(code)s. Find the place by its name.")
        return not_found(request, message % {"code": kato})
    if unit.kato != kato:
        return redirect("akim", unit.kato)
    today = timezone.localdate()
    year = year_asked(request.GET.get("year", ""), today)
    if year is None:
        message = _("Calendars exist from %(first)d to %(last)d. Give a year between them.")
        return bad_request(request, message % {"first": FIRST_YEAR, "last": today.year + 1})
    office.unit = unit
    context = _context(office, year, today) | {"added": added_to(Spot.UNIT, request, unit)}
    return render(request, "meetings/public/akim.html", context)


def _context(office: Office, year: int, today: date) -> dict:
    language, unit = get_language(), office.unit
    chain = list(Unit.objects.above(unit))
    region = chain[0]
    holder = places.akims_of([unit], today, language)[0]
    return {
        "unit": unit, "heading": say_host(unit.name_in(language)), "holder": holder.name,
        "since": say_day(holder.since, language, weekday=False) if holder.since else "",
        "chain": ", ".join(one.name_in(language) for one in reversed(chain[:-1])),
        "tenures": _tenures(office, language),
        "coming": _meetings(office, Span(today, None, False), language, COMING, today),
        "past": _meetings(office, Span(None, today, True), language, PAST, today, over=True),
        "crumbs": [
            {"label": _("Places"), "url": reverse("unit_search")},
            *({"label": one.name_in(language), "url": one.get_absolute_url()} for one in chain),
            {"label": say_host(unit.name_in(language))},
        ],
        **_year(unit, region, year, today, language),
    }  # fmt: skip


def _tenures(office: Office, language: str) -> list[dict]:
    """Everybody who held the post, the present one first: duties belong to the post."""
    return [
        {
            "name": one.name_ru if language == "ru" else one.name_kk,
            "since": say_day(one.since, language, weekday=False),
            "until": say_day(one.until, language, weekday=False) if one.until else "",
        }
        for one in office.tenures.order_by("-since")[:TENURES]
    ]


def _meetings(office, days: Span, language, most, today, *, over=False) -> list[dict]:
    asked = meetings_asked(Asked(), days).filter(host=office)
    if over:
        asked = asked.filter(state=MeetingState.HELD)
    return say_rows(rows(asked, language, most=most), language, year=today.year)


def _year(unit: Unit, region: Unit, year: int, today: date, language: str) -> dict:
    """What the post owes in the year: the law's figures, and the map of its places."""
    published = {one.year: one for one in published_of(region)}
    calendar = published.get(year) or Calendar(region=region, year=year)
    findings = findings_of_calendar(calendar, hosts=[unit.pk])
    by_law = [one for one in findings if one.severity != Severity.ADVICE]
    own = sorted({one.norm.id for one in findings})
    names = names_of_units({one.target for one in findings}, language)
    return {
        "year": year, "is_published": year in published,
        "calendar_url": reverse("region_calendar", args=[year, region.kato]),
        "calendar_name": f"{region.name_in(language)}, {year}",
        "figures": _figures(by_law, year, today), "answer": _answer(by_law or findings, year),
        "advised": None if by_law else _figures(findings, year, today),
        "maps": [_map(findings, norm, names, language) for norm in own],
        "years": [
            {"year": one, "url": f"{reverse('akim', args=[unit.kato])}?year={one}",
             "is_shown": one == year}
            for one in sorted({*published, today.year})
        ],
    }  # fmt: skip


def _figures(findings: list[Finding], year: int, today: date) -> dict | None:
    if not findings:
        return None
    return say_figures(tally(findings), held=today.year >= year)


def _answer(findings: list[Finding], year: int) -> str:
    """Required, planned and held: three different figures, each said with what it is."""
    law = tally(findings)
    if not law.required:
        return _("In %(year)s the decree asks no meeting of this akim.") % {"year": year}
    return _("In %(year)s: required %(required)s, planned %(planned)s, held %(held)s.") % {
        "year": year, "required": law.required, "planned": law.planned, "held": law.held,
    }  # fmt: skip


def _map(findings: list[Finding], norm: str, names, language: str) -> dict:
    windows, found = coverage_rows(findings, norm)
    first = next(one for one in findings if one.norm.id == norm)
    return say_coverage(windows, found[:TARGETS], names, language,
                        caption=first.norm.text.to(language)) | {
        "citation": first.cite(language), "href": first.href,
        "unconfirmed": not first.norm.confirmed,
    }  # fmt: skip
