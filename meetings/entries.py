"""A meeting in the words of a subscriber's calendar or news reader, in one language.

Pure: plain values in, texts out; the caller has set the language of translations.
"""

import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.dates import say_day
from meetings.enums import MeetingState, Topic, Way

NAMES_SHOWN = 3
LONGEST_LINE = 300
LONGEST_LOCATION = 600
_TOPICS = dict(Topic.choices)
_WAYS = dict(Way.choices)


class Facts(NamedTuple):
    """What an entry tells of a meeting; names of people are not among it."""

    uuid: UUID
    day: date
    starts_at: time | None
    ends_at: time | None
    way: str
    is_visiting: bool
    topics: Sequence[str]
    contact: str
    stream_url: str
    latitude: float | None
    longitude: float | None
    state: str
    planned_day: date | None
    reason: str
    is_awaiting: bool
    is_outside: bool
    people: int | None
    sequence: int
    published_at: datetime
    changed_at: datetime

    @property
    def is_cancelled(self) -> bool:
        return self.state == MeetingState.CANCELLED


class Place(NamedTuple):
    """A target by name, with the names of what it lies in, the nearest first."""

    name: str
    chain: tuple[str, ...] = ()


class Names(NamedTuple):
    """The names an entry needs, in its language."""

    host: str
    targets: tuple[Place, ...]
    place: str
    address: str


class Said(NamedTuple):
    """The texts of an entry: visible characters alone; lines only in the description."""

    summary: str
    location: str
    description: str
    categories: tuple[str, ...]


def plain(text: str, *, limit: int = LONGEST_LINE) -> str:
    """One line of visible characters, whatever was stored: spaces single, the rest of it cut.

    Forms clean what comes in; this is the second door, so it mends and never refuses.
    """
    text = unicodedata.normalize("NFC", text[: limit * 4])
    if not text.isprintable():
        text = "".join(map(_shown, text))
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _shown(sign: str) -> str:
    if sign.isprintable():
        return sign
    return "" if unicodedata.category(sign) in ("Cf", "Cs") else " "


def page_address(site: str, language: str, uuid: UUID | str) -> str:
    """Where the public reads of the meeting (product.md §4: an address that stays)."""
    return f"{site}/{language}/meetings/{uuid}/"


def say(facts: Facts, names: Names, language: str, *, page: str) -> Said:
    """The texts of one meeting's entry; ``page`` is the address of its page."""
    return Said(
        summary=_summary(facts, names),
        location=_location(names),
        description="\n".join(_description(facts, names, language, page)),
        categories=(_("Meeting with the population"), *_topics(facts)),
    )


def _summary(facts: Facts, names: Names) -> str:
    where, host = plain(_short(names.targets)), plain(names.host)
    if where in ("", host):
        said = _("Meeting with the population: %(where)s") % {"where": host}
    else:
        said = _("Meeting with the population: %(where)s (akim: %(host)s)") % {
            "where": where,
            "host": host,
        }
    if facts.is_cancelled:
        # Many programs show a cancelled entry like any other: the words say it too.
        said = _("Cancelled: %(summary)s") % {"summary": said}
    return said


def _short(targets: tuple[Place, ...]) -> str:
    names = ", ".join(plain(place.name) for place in targets[:NAMES_SHOWN])
    more = len(targets) - NAMES_SHOWN
    if more <= 0:
        return names
    said = ngettext("%(names)s and %(more)d more place", "%(names)s and %(more)d more places", more)
    return said % {"names": names, "more": more}


def _location(names: Names) -> str:
    """From the building to the region, as a map is asked; of several targets only the place."""
    parts = [names.place, names.address]
    if len(names.targets) == 1:
        target = names.targets[0]
        parts += [target.name, *target.chain]
    elif not any(parts):
        parts = [_short(names.targets)]
    cleaned = dict.fromkeys(plain(part) for part in parts)
    return plain(", ".join(part for part in cleaned if part), limit=LONGEST_LOCATION)


def _topics(facts: Facts) -> list[str]:
    return [str(_TOPICS[code]) for code in facts.topics if code in _TOPICS]


def _description(facts: Facts, names: Names, language: str, page: str) -> list[str]:
    lines = _news(facts, language)
    lines.append(_("Akim: %(unit)s") % {"unit": plain(names.host)})
    if names.targets:
        where = ", ".join(plain(place.name) for place in names.targets)
        lines.append(_("Where: %(names)s") % {"names": plain(where, limit=2000)})
    lines += _how(facts)
    if facts.contact:
        lines.append(_("Contact: %(contact)s") % {"contact": plain(facts.contact)})
    if facts.stream_url:
        lines.append(_("Live stream: %(address)s") % {"address": plain(facts.stream_url)})
    lines += _hours_open(facts)
    lines.append(_("In full: %(address)s") % {"address": page})
    return lines


def _news(facts: Facts, language: str) -> list[str]:
    """What changed, first: cancelled, moved, held; why; and whether the maslikhat has agreed."""
    lines = []
    if facts.state == MeetingState.CANCELLED:
        lines.append(_("The meeting is cancelled."))
    elif facts.state == MeetingState.HELD:
        lines.append(
            _("The meeting was held. People who came: %(people)s.") % {"people": facts.people}
        )
    elif facts.planned_day and facts.planned_day != facts.day:
        day = say_day(facts.planned_day, language)
        lines.append(_("The meeting was moved. First planned for: %(day)s") % {"day": day})
    elif facts.state == MeetingState.MOVED:
        lines.append(_("The hour or the place of the meeting was changed."))
    if facts.reason and lines:
        lines.append(_("Reason: %(reason)s") % {"reason": plain(facts.reason, limit=1000)})
    if facts.is_awaiting:
        lines.append(_("The maslikhat has not yet agreed to this change."))
    return lines


def _how(facts: Facts) -> list[str]:
    lines = []
    if facts.way in _WAYS:
        lines.append(_("Way of holding: %(way)s") % {"way": _WAYS[facts.way]})
    if facts.is_visiting:
        lines.append(_("It is a visiting meeting."))
    if facts.is_outside:
        lines.append(_("It is held outside the calendar."))
    if topics := _topics(facts):
        lines.append(_("Topics: %(topics)s") % {"topics": ", ".join(topics)})
    return lines


def _hours_open(facts: Facts) -> list[str]:
    """Said while it is still to come: an entry must not promise an hour that nobody has set."""
    if facts.state in (MeetingState.CANCELLED, MeetingState.HELD):
        return []
    if facts.starts_at is None:
        return [_("The hour is not set yet: this entry will show it once it is.")]
    if facts.ends_at is None:
        return [_("When it ends is not set: the entry takes an hour and a half.")]
    return []
