"""A place: how to find it, who must come there and when, what was held and what comes."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meetings import addresses, kept
from meetings.additions import Spot, added_to
from meetings.dates import say_day, say_when
from meetings.duty_rows import say_owed
from meetings.enums import AkimLevel, MeetingState
from meetings.forms.public import PlaceSearch
from meetings.models import Calendar, Unit
from meetings.models.calendar import FIRST_YEAR
from meetings.rows import say_host, say_rows
from meetings.selectors import places
from meetings.selectors.public import Asked, Span, meetings_asked, rows
from meetings.selectors.units import find_units
from meetings.selectors.years import published_of
from meetings.views.answers import bad_request, not_found

ROOMS = ("meetings", "appeals")
FOUND_AT_MOST = 30
COMING, PAST = 10, 5


@require_safe
def unit_search(request):
    """Find your place: a form that works without scripts; htmx shows the same list as one types."""
    return kept.page(request, lambda: _unit_search(request))


def _unit_search(request):
    form = PlaceSearch(request.GET)
    if not form.is_valid():
        context = {"form": form, "error": form.errors["q"][0], "q": request.GET.get("q", "")[:200]}
        return render(request, "meetings/public/unit_search.html", context, status=422)
    words = form.cleaned_data["q"]
    found = find_units(words, limit=FOUND_AT_MOST + 1) if words else []
    context = {
        "q": words,
        "found": [_found(one) for one in found[:FOUND_AT_MOST]],
        "has_more": len(found) > FOUND_AT_MOST,
    }
    return render(request, "meetings/public/unit_search.html", context)


def _found(one) -> dict:
    return {
        "name": one.unit.name, "url": one.unit.get_absolute_url(), "chain": ", ".join(one.chain)
    }  # fmt: skip


@require_safe
def unit(request, kato):
    """A place. A retired code leads on to the unit's present one, a twin row to its body."""
    return kept.page(request, lambda: _unit(request, kato), names=ROOMS)


def _unit(request, kato):
    unit = places.unit_by_code(kato) or places.unit_of_former_code(kato)
    if unit is None:
        return not_found(
            request,
            _("There is no place with the code %(code)s. Find it by its name.") % {"code": kato},
        )
    if unit.kato != kato:
        return redirect(unit)
    today = timezone.localdate()
    year = year_asked(request.GET.get("year", ""), today)
    if year is None:
        message = _("Calendars exist from %(first)d to %(last)d. Give a year between them.")
        return bad_request(request, message % {"first": FIRST_YEAR, "last": today.year + 1})
    context = _context(unit, year, today) | {"added": added_to(Spot.UNIT, request, unit)}
    return render(request, "meetings/public/unit.html", context)


def year_asked(asked: str, today) -> int | None:
    """The year that is asked for, this one when none is; None when there is no such calendar."""
    if not asked:
        return today.year
    if not (asked.isascii() and asked.isdigit() and len(asked) == 4):
        return None
    return int(asked) if FIRST_YEAR <= int(asked) <= today.year + 1 else None


def _context(unit: Unit, year: int, today) -> dict:
    language = get_language()
    chain = list(Unit.objects.above(unit).select_related("office"))
    region = chain[0]
    seated = [one for one in reversed(chain) if hasattr(one, "office")]
    coming = _meetings(unit, Span(today, None, False), language, COMING)
    context = {
        "unit": unit, "name": unit.name_in(language), "kind": unit.get_kind_display(),
        "crumbs": _crumbs(chain, language), "chain": _names(chain[:-1], unit, language),
        "answer": _answer(coming, language),
        "is_past": bool(unit.valid_to and unit.valid_to < today),
        "until": say_day(unit.valid_to, language, weekday=False) if unit.valid_to else "",
        "former": [_former(one, language) for one in places.former_holders(unit)],
        "akims": [_akim(one, language) for one in places.akims_of(seated, today, language)],
        "coming": say_rows(coming, language, year=today.year, unit=unit),
        "past": say_rows(
            _meetings(unit, Span(None, today, True), language, PAST, over=True),
            language, year=today.year, unit=unit,
        ),
        "list_url": f"{reverse('meeting_list')}?unit={unit.kato}",
        "past_url": f"{reverse('meeting_list')}?unit={unit.kato}&to={today:%d.%m.%Y}",
        "children": [
            {"name": one.name_in(language), "url": one.get_absolute_url()}
            for one in places.children_of(unit, today)
        ],
        "webcal": addresses.webcal(unit.kato, language),
        "feed": addresses.feed(unit.kato, language), "atom": addresses.atom(unit.kato, language),
        "levels": _levels(unit, language),
    }  # fmt: skip
    return context | _duties(unit, chain, region, year, today, language)


def _meetings(unit, span, language, most, *, over=False):
    asked = meetings_asked(Asked(), span, unit)
    if over:
        asked = asked.filter(state=MeetingState.HELD)
    return rows(asked, language, most=most)


def _duties(unit, chain, region, year, today, language) -> dict:
    """Who must come here in a year, to this place first, then to what it lies in."""
    published = {one.year: one for one in published_of(region)}
    calendar = published.get(year) or Calendar(region=region, year=year)
    owed = places.owed_to(calendar, chain)
    names = {one.pk: one.name_in(language) for one in chain}
    here = [one for one in owed if one.finding.duty.body == unit.pk]
    around = [one for one in owed if one.finding.duty.body != unit.pk]
    return {
        "year": year, "is_published": year in published,
        "calendar_url": reverse("region_calendar", args=[year, region.kato]),
        "region_name": region.name_in(language),
        "here": say_owed(here, names, language, today),
        "around": say_owed(reversed(around), names, language, today),
        "years": [
            {"year": one, "url": f"{unit.get_absolute_url()}?year={one}", "is_shown": one == year}
            for one in sorted({*published, today.year})
        ],
    }  # fmt: skip


def _answer(coming, language: str) -> str:
    """When the next meeting here is: the first line of the page."""
    ahead = [row for row in coming if row.state not in (MeetingState.CANCELLED, MeetingState.HELD)]
    if not ahead:
        return _("No meeting is published for the days ahead here.")
    when = say_when(ahead[0].day, ahead[0].starts_at, language)
    return _("The next meeting here: %(when)s. Akim: %(unit)s.") % {
        "when": when,
        "unit": ahead[0].host,
    }


def _crumbs(chain, language) -> list[dict]:
    above = [{"label": one.name_in(language), "url": one.get_absolute_url()} for one in chain[:-1]]
    places_crumb = {"label": _("Places"), "url": reverse("unit_search")}
    return [places_crumb, *above, {"label": chain[-1].name_in(language)}]


def _names(above, unit, language) -> str:
    """What the place lies in, the nearest first."""
    return ", ".join(one.name_in(language) for one in reversed(above))


def _former(unit, language) -> str:
    day = say_day(unit.valid_to, language, weekday=False)
    return _("Until %(day)s this code belonged to another place: %(name)s.") % {
        "day": day,
        "name": unit.name_in(language),
    }


def _akim(akim, language) -> dict:
    since = say_day(akim.since, language, weekday=False) if akim.since else ""
    return {
        "host": say_host(akim.unit.name_in(language)),
        "name": akim.name,
        "since": _("in office since %(day)s") % {"day": since} if since else "",
        "url": reverse("akim", args=[akim.unit.kato]),
    }


def _levels(unit, language) -> list[dict]:
    """Subscriptions to the meetings of akims of one level alone."""
    return [
        {"label": label, "url": addresses.webcal(unit.kato, language, level=value)}
        for value, label in AkimLevel.choices
    ]
