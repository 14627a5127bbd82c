"""Words a timetable row, once for all pages: values from selectors in, words out."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.dates import SHORT_MONTHS, SHORT_WEEKDAYS, say_day, say_month
from meetings.enums import MeetingState, Way
from meetings.models import Unit
from meetings.selectors.public import Place, Row, depth

NAMES_SHOWN = 3
OVER = (MeetingState.HELD, MeetingState.CANCELLED)


def say_rows(
    rows: Iterable[Row], language: str, *, year: int | None = None, unit: Unit | None = None
) -> list[dict]:
    """What meetings/partials/_meeting_row.html shows of each meeting.

    Args:
        year: the page's own year, which rows need not repeat.
        unit: the page's own place: rows do not repeat what it lies in.
    """
    # Looked up once a page: a label or an address costs as much as the rest of a row.
    ways = {value: str(label) for value, label in Way.choices}
    states = {value: {"class": value, "word": str(label)} for value, label in MeetingState.choices}
    base = reverse("meeting_list")
    known = depth(unit.path) if unit else 0
    return [
        {
            "day_iso": row.day.isoformat(),
            "day": row.day.day,
            "month": SHORT_MONTHS[language][row.day.month - 1],
            "weekday": SHORT_WEEKDAYS[language][row.day.weekday()],
            "year": row.day.year if year and row.day.year != year else None,
            "time": say_hours(row.starts_at, None),
            "is_over": row.state in OVER,
            "url": f"{base}{row.uuid}/",
            "title": say_places(row.targets) or row.host,
            "host": say_host(row.host),
            "chain": _chain(row, known),
            "place": row.place,
            "way": ways[row.way] if row.way != Way.IN_PERSON else "",
            "note": _note(row, language),
            "state": states[row.state],
        }
        for row in rows
    ]


def by_month(rows: Iterable[dict], language: str) -> list[dict]:
    """The rows under their months, in the order they stand."""
    return [
        {"label": say_month(date.fromisoformat(f"{month}-01"), language), "rows": list(group)}
        for month, group in groupby(rows, key=lambda row: row["day_iso"][:7])
    ]


def say_host(unit_name: str) -> str:
    return _("Akim: %(unit)s") % {"unit": unit_name}


def say_places(targets: tuple[Place, ...]) -> str:
    """The names of the places, at most three and how many more."""
    names = ", ".join(place.name for place in targets[:NAMES_SHOWN])
    more = len(targets) - NAMES_SHOWN
    if more <= 0:
        return names
    said = ngettext("%(names)s and %(more)d more place", "%(names)s and %(more)d more places", more)
    return said % {"names": names, "more": more}


def say_hours(begins, ends) -> str:
    if begins is None:
        return ""
    return f"{begins:%H:%M}–{ends:%H:%M}" if ends else f"{begins:%H:%M}"


def _chain(row: Row, known: int) -> str:
    """What the first place lies in, without the host named beside it and the page's own place."""
    if not row.targets:
        return ""
    place = row.targets[0]
    said = depth(row.host_path) if place.path.startswith(row.host_path) else 0
    steps = range(depth(place.path) - 1, 0, -1)
    return ", ".join(
        name
        for step, name in zip(steps, place.above, strict=False)
        if step > known and step != said and name != place.name
    )


def _note(row: Row, language: str) -> str:
    notes = []
    if row.planned_day and row.planned_day != row.day:
        day = say_day(row.planned_day, language, weekday=False)
        notes.append(_("first planned for %(day)s") % {"day": day})
    if row.is_awaiting:
        notes.append(_("awaiting the maslikhat"))
    if row.is_outside:
        notes.append(_("outside the calendar"))
    if row.state == MeetingState.HELD and row.people is not None:
        notes.append(
            ngettext("%(n)d person came", "%(n)d people came", row.people) % {"n": row.people}
        )
    return "; ".join(notes)
