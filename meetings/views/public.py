"""What citizens open first: home, the list of meetings, one meeting."""

from datetime import timedelta
from typing import NamedTuple
from urllib.parse import urlencode

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meetings import addresses, event, kept
from meetings.additions import Spot, added_to
from meetings.dates import say_when
from meetings.enums import MeetingState
from meetings.forms.public import MeetingFilter
from meetings.paging import NoSuchPage, page_of
from meetings.rows import by_month, say_host, say_places, say_rows
from meetings.selectors import one_meeting
from meetings.selectors.places import unit_by_code
from meetings.selectors.protocols import has_published
from meetings.selectors.public import Asked, Row, Span, count_of, meetings_asked, rows, span
from meetings.views.answers import not_found
from meetings.views.calendars import country

# Whose changes the page of a meeting shows.
ROOMS = ("meetings", "appeals")
# As many as 30,000 bytes hold, in the longest of the three languages.
PAGE = 40
# Nobody turns more pages than that: a longer list is to be narrowed.
MOST_COUNTED = 2_000
COMING_AT_HOME = 8
AHEAD = (MeetingState.PLANNED, MeetingState.ANNOUNCED, MeetingState.MOVED)


class Count(NamedTuple):
    """How many meetings a list shows, and whether there are more that it does not count."""

    shown: int
    has_more: bool


@require_safe
def home(request):
    """The next meetings, find your place, the state of the year."""
    return kept.page(request, lambda: _home(request))


def _home(request):
    today, language = timezone.localdate(), get_language()
    coming = rows(
        meetings_asked(Asked(), Span(today, None, is_past=False)), language, most=COMING_AT_HOME
    )
    context = country(today.year, today, language) | {
        "answer": _next(coming, today, language),
        "coming": say_rows(coming, language, year=today.year),
        "year_url": reverse("year", args=[today.year]),
    }
    return render(request, "meetings/public/home.html", context)


def _next(coming: list[Row], today, language: str) -> str:
    """When the next meeting is: the first line of the site."""
    ahead = next((row for row in coming if row.state in AHEAD), None)
    if ahead is None:
        return _("No meeting is published for the days ahead.")
    said = _("The next meeting is today: %(when)s.") if ahead.day == today else _(
        "The next meeting: %(when)s."
    )  # fmt: skip
    return said % {"when": say_when(ahead.day, ahead.starts_at, language)}


@require_safe
def meeting_list(request):
    """Published meetings with filters; kept for visitors until something is published."""
    return kept.page(request, lambda: _meeting_list(request))


def _meeting_list(request):
    form, language = MeetingFilter(request.GET), get_language()
    unit = _unit_of(form)
    context = {"form": form, "unit": unit, "fields": form.shown()}
    if form.errors:
        return _list_page(request, context, 422)
    asked = form.asked()
    days = span(asked, timezone.localdate())
    meetings = meetings_asked(asked, days, unit)
    try:
        count = _count(meetings, asked, unit)
        page = page_of(count.shown, request.GET.get("page", ""), PAGE)
    except NoSuchPage as missing:
        return _list_page(request, context | {"problem": missing.message}, missing.status)
    found = rows(meetings, language, first=max(page.start_index() - 1, 0), most=PAGE)
    context |= {
        "page": page, "days": days, "is_filtered": any(asked),
        "answer": _found(count, days, asked),
        "months": by_month(say_rows(found, language, unit=unit), language),
        "past_url": "" if days.is_past else _past_url(unit),
    }  # fmt: skip
    return _list_page(request, context)


def _list_page(request, context: dict, status: int = 200):
    return render(request, "meetings/public/meeting_list.html", context, status=status)


def _count(meetings, asked: Asked, unit) -> Count:
    """All of them where an index knows; no further than needed where rows must be looked at."""
    if asked.q or asked.level or asked.state or unit:
        found = count_of(meetings, MOST_COUNTED)
        return Count(min(found, MOST_COUNTED), found > MOST_COUNTED)
    return Count(meetings.count(), has_more=False)


def _found(found: Count, days: Span, asked: Asked) -> str:
    """How many there are, of those that were asked for."""
    count = found.shown
    said = {"n": number_format(count, force_grouping=True)}
    if found.has_more:
        return _("More than %(n)s meetings: the first of them are shown. Narrow the list.") % said
    if days.is_past or any(asked):
        return ngettext("%(n)s meeting found.", "%(n)s meetings found.", count) % said
    return ngettext("%(n)s meeting is ahead.", "%(n)s meetings are ahead.", count) % said


def _unit_of(form):
    """The unit that the form names, or None; an unknown code becomes the form's error."""
    code = form.cleaned_data.get("unit") if form.is_valid() else ""
    if not code:
        return None
    unit = unit_by_code(code)
    if unit is None:
        form.add_error(
            None,
            _("There is no place with the code %(code)s. Find it by its name.") % {"code": code},
        )
    return unit


def _past_url(unit) -> str:
    """The list of what is over, newest first."""
    words = {"unit": unit.kato} if unit else {}
    yesterday = timezone.localdate() - timedelta(days=1)
    return f"{reverse('meeting_list')}?{urlencode(words | {'to': f'{yesterday:%d.%m.%Y}'})}"


@require_safe
def meeting(request, uuid):
    """One meeting with what people asked and were promised there; kept like the list."""
    return kept.page(request, lambda: _meeting(request, uuid), names=ROOMS)


def _meeting(request, uuid):
    language = get_language()
    found = one_meeting.told(uuid, language)
    if found is None:
        return not_found(
            request, _("There is no published meeting at this address. Look for it in the list.")
        )
    context = _meeting_context(found, language) | {
        "top": added_to(Spot.MEETING_TOP, request, found.meeting),
        "bottom": added_to(Spot.MEETING_BOTTOM, request, found.meeting),
    }
    return render(request, "meetings/public/meeting.html", context)


def _meeting_context(found: one_meeting.Told, language: str) -> dict:
    meeting, host = found.meeting, found.meeting.host.unit
    heading = say_places(found.targets) or host.name_in(language)
    context = {
        "meeting": meeting, "heading": heading, "title": event.title(found, language),
        "answer": event.answer(meeting, timezone.localdate(), language),
        "state": {"class": meeting.state, "word": meeting.get_state_display()},
        # The reason of a change already stands in its history.
        "reason": "" if any(change.reason for change in found.changes) else meeting.reason,
        "when": _when(meeting, language), "host": say_host(host.name_in(language)),
        "holder": found.holder, "host_url": host.get_absolute_url(),
        "akim_url": reverse("akim", args=[host.kato]),
        "targets": [_place(place) for place in found.targets], "is_joint": len(found.targets) > 1,
        "coordinates": _coordinates(meeting), "topics": event.topics(meeting),
        "stream_url": meeting.stream_url if meeting.stream_url.startswith("http") else "",
        "day_off_reason": meeting.day_off_reason, "how_to_come": event.how_to_come(meeting),
        "changes": [event.say_change(change, language) for change in found.changes],
        "event": event.structured(found, language),
        "entry_url": addresses.entry(meeting.uuid, language),
        "crumbs": [{"label": _("Meetings"), "url": reverse("meeting_list")}, {"label": heading}],
    }  # fmt: skip
    if found.targets:
        kato = found.targets[0].kato
        context |= {
            "webcal": addresses.webcal(kato, language),
            "feed": addresses.feed(kato, language),
        }
    if has_published(meeting):
        context["protocol_url"] = reverse("meeting_protocol", args=[meeting.uuid])
    if meeting.calendar:
        region, year = meeting.region, meeting.calendar.year
        context |= {
            "calendar_url": reverse("region_calendar", args=[year, region.kato]),
            "calendar_name": f"{region.name_in(language)}, {year}",
        }
    return context


def _when(meeting, language: str) -> str:
    if not meeting.starts_at:
        return f"{say_when(meeting.day, None, language)}. {_('The hour will be announced.')}"
    said = say_when(meeting.day, meeting.starts_at, language)
    return f"{said}–{meeting.ends_at:%H:%M}" if meeting.ends_at else said


def _place(place) -> dict:
    return {
        "name": place.name,
        "url": reverse("unit", args=[place.kato]),
        "chain": ", ".join(place.above),
    }


def _coordinates(meeting) -> str:
    if meeting.latitude is None or meeting.longitude is None:
        return ""
    return f"{meeting.latitude}, {meeting.longitude}"
