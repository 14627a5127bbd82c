"""Which days are free: weekends, holidays and moved days, with working Saturdays taken out."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import get_language

from meetings.dates import WEEKDAYS
from meetings.enums import DayKind
from meetings.models import DayOff

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class FreeDay:
    """A day off, with its names; ``is_estimate``: the state has not named the day yet."""

    day: date
    kind: DayKind
    name_kk: str
    name_ru: str
    name_en: str
    is_estimate: bool = False
    is_weekend: bool = False

    @property
    def name(self) -> str:
        return self.name_in(get_language() or "kk")

    def name_in(self, language: str) -> str:
        return {"ru": self.name_ru, "en": self.name_en}.get(language) or self.name_kk


def days_off(first: date, last: date) -> dict[date, FreeDay]:
    """The free days from ``first`` to ``last``, both included, in order; one query."""
    rows = {
        row[0]: row
        for row in DayOff.objects.filter(day__range=(first, last)).values_list(
            "day", "kind", "name_kk", "name_ru", "name_en", "is_estimate"
        )
    }
    found = {}
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if row := rows.get(day):
            if row[1] != DayKind.WORKING:
                found[day] = FreeDay(day, DayKind(row[1]), *row[2:], day.weekday() >= SATURDAY)
        elif day.weekday() >= SATURDAY:
            found[day] = _weekend(day)
    return found


def is_working(day: date) -> bool:
    """Whether offices work on that day; one query."""
    kind = DayOff.objects.filter(day=day).values_list("kind", flat=True).first()
    return day.weekday() < SATURDAY if kind is None else kind == DayKind.WORKING


def _weekend(day: date) -> FreeDay:
    kk, ru, en = (WEEKDAYS[language][day.weekday()] for language in ("kk", "ru", "en"))
    return FreeDay(day, DayKind.DAY_OFF, kk, ru, en, is_weekend=True)
