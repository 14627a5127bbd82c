"""Receptions put into words for pages: rows of lists, facts, states."""

from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from appeals.enums import ReceptionState
from appeals.models import Reception, ReceptionChange, ReceptionTable, Slot
from meetings.dates import SHORT_MONTHS, SHORT_WEEKDAYS, say_day, say_when

# The look of a state (static/css/states.css).
LOOKS = {
    ReceptionState.DRAFT: "draft", ReceptionState.PUBLISHED: "open",
    ReceptionState.OVER: "held", ReceptionState.CANCELLED: "cancelled",
}  # fmt: skip
FIELDS = {
    "day": lambda: _("Date"), "begins": lambda: _("Begins"),
    "place_kk": lambda: _("Place in Kazakh"), "place_ru": lambda: _("Place in Russian"),
    "address_kk": lambda: _("Address in Kazakh"), "address_ru": lambda: _("Address in Russian"),
    "contact": lambda: _("Contact"),
}  # fmt: skip


def state_of(reception: Reception, at: datetime) -> dict:
    """What meetings/partials/_state.html shows."""
    if reception.state == ReceptionState.PUBLISHED and not reception.is_open(at):
        word = _("booking opens later") if _is_ahead(reception, at) else _("over")
        return {"class": "planned" if _is_ahead(reception, at) else "held", "word": word}
    return {"class": LOOKS[ReceptionState(reception.state)],
            "word": ReceptionState(reception.state).label}  # fmt: skip


def _is_ahead(reception: Reception, at: datetime) -> bool:
    return reception.day >= timezone.localdate(at)


def rows(receptions: list[Reception], language: str, at: datetime, *, at_desk=False) -> list[dict]:
    """What the timetable shows; ``free`` is annotated where citizens read it."""
    name = "desk_reception" if at_desk else "reception"
    return [
        {
            "day_iso": one.day.isoformat(), "day": one.day.day,
            "month": SHORT_MONTHS[language][one.day.month - 1],
            "weekday": SHORT_WEEKDAYS[language][one.day.weekday()], "year": None,
            "time": say_hours(one), "url": reverse(name, args=[one.uuid]),
            "title": one.unit.name_in(language),
            "host": _("Personal reception after a meeting") if one.meeting_id
            else _("Personal reception"),
            "place": one.place_in(language),
            "note": _free(one, at) if not at_desk else _booked(one),
            "state": state_of(one, at),
        }
        for one in receptions
    ]  # fmt: skip


def say_moment(at: datetime, language: str) -> str:
    local = timezone.localtime(at)
    return say_when(local.date(), local.time(), language)


def say_hours(reception: Reception) -> str:
    return f"{reception.begins:%H:%M}–{reception.ends:%H:%M}"


def _free(reception: Reception, at: datetime) -> str:
    if not reception.is_open(at):
        return ""
    return say_free(reception.free)  # type: ignore[attr-defined]


def _booked(reception: Reception) -> str:
    count = getattr(reception, "booked", None)
    if count is None:
        return ""
    return ngettext("%(n)s booking", "%(n)s bookings", count) % {"n": count}


def say_free(count: int) -> str:
    if not count:
        return _("every time is taken")
    said = {"n": number_format(count, force_grouping=True)}
    return ngettext("%(n)s free time", "%(n)s free times", count) % said


def answer(reception: Reception, language: str, at: datetime, free: int) -> str:
    """The first line of the page: when it is, and whether there is still a time."""
    when = say_day(reception.day, language)
    said = {"when": when, "hours": say_hours(reception), "free": say_free(free)}
    if reception.state == ReceptionState.CANCELLED:
        return _("This reception does not take place: %(when)s.") % {"when": when}
    if not _is_ahead(reception, at) or reception.state == ReceptionState.OVER:
        return _("This reception is over: %(when)s.") % {"when": when}
    if not reception.is_open(at) and reception.opens_at:
        return _("The booking opens: %(when)s") % {"when": say_moment(reception.opens_at, language)}
    return _("%(when)s, %(hours)s: %(free)s.") % said


def tables(found: list[ReceptionTable]) -> list[dict]:
    """Who sits where."""
    return [
        {
            "number": table.number, "room": table.room, "name": say_table(table.number, table.room),
            "officials": [
                {"name": one.name, "post": one.post, "kind": one.get_kind_display()}
                for one in table.officials.all()
            ],
        }
        for table in found
    ]  # fmt: skip


def say_table(number: int, room: str) -> str:
    if room:
        return _("Table %(number)s, room %(room)s") % {"number": number, "room": room}
    return _("Table %(number)s") % {"number": number}


def changes(found: list[ReceptionChange], language: str) -> list[dict]:
    """What has changed since publication, the newest first."""
    return [
        {
            "when": f"{timezone.localtime(change.at):%d.%m.%Y %H:%M}",
            "iso": timezone.localtime(change.at).isoformat(timespec="seconds"),
            "reason": change.reason,
            "fields": [
                {"what": _what(name), "was": _say(name, change.was.get(name), language),
                 "now": _say(name, value, language)}
                for name, value in sorted(change.now.items())
            ],
        }
        for change in found
    ]  # fmt: skip


def _what(name: str) -> str:
    if name in FIELDS:
        return FIELDS[name]()
    return _("Room of table %(number)s") % {"number": name.removeprefix("room_")}


def _say(name: str, value: str | None, language: str) -> str:
    if not value:
        return _("nothing")
    if name == "day":
        return say_day(date.fromisoformat(value), language, weekday=False)
    return value[:5] if name == "begins" else value


def say_title(reception: Reception, language: str) -> str:
    """«Бәйтерек ауданы, 2026 жылғы 26 қараша»."""
    when = say_day(reception.day, language, weekday=False)
    return f"{reception.unit.name_in(language)}, {when}"


def say_slot(slot: Slot) -> str:
    """«10:30–11:00 · Table 2, room 14»."""
    table = say_table(slot.table.number, slot.table.room)
    return f"{slot.begins:%H:%M}–{slot.ends:%H:%M} · {table}"
