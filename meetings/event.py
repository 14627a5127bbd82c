"""One meeting in words, and as an Event that search engines read (schema.org)."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.dates import say_day, say_when
from meetings.enums import MeetingState, Topic, Way
from meetings.models import Meeting
from meetings.rows import say_hours, say_places
from meetings.selectors.one_meeting import Change, Told

ZONE = ZoneInfo("Asia/Almaty")
OVER = (MeetingState.HELD, MeetingState.CANCELLED)
STATUSES: dict[str, str] = {
    MeetingState.CANCELLED: "https://schema.org/EventCancelled",
    MeetingState.MOVED: "https://schema.org/EventRescheduled",
}
MODES = {
    Way.IN_PERSON: "https://schema.org/OfflineEventAttendanceMode",
    Way.ONLINE: "https://schema.org/OnlineEventAttendanceMode",
    Way.BOTH: "https://schema.org/MixedEventAttendanceMode",
}


def answer(meeting: Meeting, today: date, language: str) -> str:
    """The first line of the meeting's page: when it is, or what became of it."""
    when = say_when(meeting.day, meeting.starts_at, language)
    if meeting.state == MeetingState.CANCELLED:
        return _("This meeting is cancelled. It was to be: %(when)s.") % {"when": when}
    if meeting.state == MeetingState.HELD:
        day = say_day(meeting.day, language)
        return ngettext(
            "The meeting was held: %(day)s. %(n)d person came.",
            "The meeting was held: %(day)s. %(n)d people came.",
            meeting.people or 0,
        ) % {"day": day, "n": meeting.people or 0}
    if meeting.day < today:
        return _(
            "The day of the meeting is past: %(when)s. What came of it is not published yet."
        ) % {"when": when}
    if meeting.day == today:
        return _("The meeting is today: %(when)s.") % {"when": when}
    if meeting.state == MeetingState.MOVED:
        return _("The meeting was moved. Now it is: %(when)s.") % {"when": when}
    return _("The meeting will be: %(when)s.") % {"when": when}


def how_to_come(meeting: Meeting) -> list[str]:
    """Plain sentences on how to take part; nothing for a meeting that is over."""
    if meeting.state in OVER:
        return []
    said = []
    if meeting.way != Way.ONLINE:
        if meeting.place or meeting.address:
            said.append(_("Come to the address given here by the beginning of the meeting."))
        else:
            said.append(
                _("The place is not named yet: it comes with the announcement, on this page.")
            )
    if meeting.starts_at is None:
        said.append(_("The hour is not named yet: it comes with the announcement, on this page."))
    if meeting.way != Way.IN_PERSON:
        said.append(
            _("You can take part from anywhere: open the address of the live stream.")
            if meeting.stream_url
            else _(
                "You can take part online: the address of the stream comes with the announcement."
            )
        )
    if meeting.contact:
        said.append(_("If you have a question about coming, ask at the contact given here."))
    return said


def topics(meeting: Meeting) -> list[str]:
    """The topics in words; what is no code of ours is shown as it was written."""
    labels = dict(Topic.choices)
    return [str(labels.get(topic, topic)) for topic in meeting.topics]


def say_change(change: Change, language: str) -> dict:
    """A change for meetings/partials/_diff.html."""
    labels = dict(MeetingState.choices)
    when = say_day(change.at.astimezone(ZONE).date(), language, weekday=False)
    words = str(labels.get(change.kind, change.kind))
    awaits = change.is_urgent and not change.is_confirmed
    reason = _("Reason: %(reason)s") % {"reason": change.reason} if change.reason else ""
    return {
        "what": f"{when}: {words}",
        "was": _said(change.was, language),
        "now": "" if change.kind == MeetingState.CANCELLED else _said(change.now, language),
        "reason": reason,
        "state": {"class": "awaiting", "word": _("awaiting the maslikhat")} if awaits else None,
    }


def _said(fields: dict, language: str) -> str:
    """The fields of a change that people care for, in words: day, hours, place, address."""
    said = []
    if day := fields.get("day"):
        said.append(say_day(date.fromisoformat(day), language))
    if begins := fields.get("starts_at"):
        ends = fields.get("ends_at")
        said.append(say_hours(_hour(begins), _hour(ends) if ends else None))
    other = "ru" if language != "ru" else "kk"
    mine = "ru" if language == "ru" else "kk"
    for name in ("place", "address"):
        if text := fields.get(f"{name}_{mine}") or fields.get(f"{name}_{other}"):
            said.append(text)
    return ", ".join(said)


def _hour(text: str) -> time:
    return time.fromisoformat(text)


def title(told: Told, language: str) -> str:
    """What the event is called where its page is not seen."""
    place = say_places(told.targets) or told.meeting.host.unit.name_in(language)
    return _("Meeting of the akim with the population: %(place)s") % {"place": place}


def structured(told: Told, language: str) -> dict:
    """The meeting as a schema.org Event; a moved one names the day it was first planned for."""
    meeting = told.meeting
    event = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": title(told, language),
        "startDate": _moment(meeting.day, meeting.starts_at),
        "eventStatus": STATUSES.get(meeting.state, "https://schema.org/EventScheduled"),
        "eventAttendanceMode": MODES[Way(meeting.way)],
        "location": _location(told, language),
        "organizer": {
            "@type": "GovernmentOrganization",
            "name": meeting.host.unit.name_in(language),
            "url": settings.SITE_URL + reverse("unit", args=[meeting.host.unit.kato]),
        },
        "url": settings.SITE_URL + meeting.get_absolute_url(),
        "inLanguage": language,
        "isAccessibleForFree": True,
    }
    if meeting.ends_at:
        event["endDate"] = _moment(meeting.day, meeting.ends_at)
    if meeting.state == MeetingState.MOVED and meeting.planned_day:
        event["previousStartDate"] = meeting.planned_day.isoformat()
    return event


def _location(told: Told, language: str) -> list[dict]:
    meeting = told.meeting
    places: list[dict] = []
    if meeting.way != Way.ONLINE:
        names = ", ".join(place.name for place in told.targets)
        place: dict[str, object] = {"@type": "Place", "name": meeting.place or names}
        above = told.targets[0].above if told.targets else ()
        place["address"] = ", ".join(filter(None, (meeting.address, names, *above)))
        if meeting.latitude is not None and meeting.longitude is not None:
            place["geo"] = {
                "@type": "GeoCoordinates",
                "latitude": float(meeting.latitude),
                "longitude": float(meeting.longitude),
            }
        places.append(place)
    if meeting.way != Way.IN_PERSON:
        url = meeting.stream_url or settings.SITE_URL + meeting.get_absolute_url()
        places.append({"@type": "VirtualLocation", "url": url})
    return places


def _moment(day: date, hour: time | None) -> str:
    return datetime.combine(day, hour, ZONE).isoformat() if hour else day.isoformat()
