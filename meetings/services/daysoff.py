"""Fills the table of days off from the state's holidays; an administrator's own days stay."""

from collections.abc import Callable
from datetime import date

import holidays
from django.core.exceptions import PermissionDenied
from django.db import transaction

from meetings.enums import DayKind
from meetings.models import DayOff
from meetings.permissions import is_country_administrator
from meetings.services import log

LAW = "№ 267-II, 13.12.2001"
# The package's English name -> kind, Kazakh, Russian, English. The package has no Russian names.
# Labour Code, article 84: Christmas and Kurban Ait are days off, not holidays of the state.
NAMES = {
    "New Year's Day": (DayKind.HOLIDAY, "Жаңа жыл", "Новый год", "New Year"),
    "Orthodox Christmas": (
        DayKind.DAY_OFF, "Православиелік Рождество", "Православное Рождество", "Orthodox Christmas",
    ),
    "International Women's Day": (
        DayKind.HOLIDAY, "Халықаралық әйелдер күні", "Международный женский день",
        "International Women's Day",
    ),
    "Nowruz Holiday": (DayKind.HOLIDAY, "Наурыз мейрамы", "Наурыз мейрамы", "Nauryz"),
    "Kazakhstan's People Solidarity Holiday": (
        DayKind.HOLIDAY, "Қазақстан халқының бірлігі мерекесі",
        "Праздник единства народа Казахстана", "Unity Day of the People of Kazakhstan",
    ),
    "Defender of the Fatherland Day": (
        DayKind.HOLIDAY, "Отан қорғаушы күні", "День защитника Отечества",
        "Defender of the Fatherland Day",
    ),
    "Victory Day": (DayKind.HOLIDAY, "Жеңіс күні", "День Победы", "Victory Day"),
    "Capital Day": (DayKind.HOLIDAY, "Астана күні", "День столицы", "Capital Day"),
    "Constitution Day": (
        DayKind.HOLIDAY, "Қазақстан Республикасының Конституциясы күні",
        "День Конституции Республики Казахстан", "Constitution Day",
    ),
    "Republic Day": (DayKind.HOLIDAY, "Республика күні", "День Республики", "Republic Day"),
    "Independence Day": (
        DayKind.HOLIDAY, "Тәуелсіздік күні", "День Независимости", "Independence Day",
    ),
    "Eid al-Adha": (DayKind.DAY_OFF, "Құрбан айт", "Курбан-айт", "Kurban Ait"),
}  # fmt: skip

# Terms are counted by the table: rooms that keep some count them anew when it changes.
Follower = Callable[[], object]
_followers: list[Follower] = []


def tells_of_changes(follower: Follower) -> Follower:
    """The function is called in the transaction that changed the table."""
    if follower not in _followers:
        _followers.append(follower)
    return follower


@transaction.atomic
def seed(year: int, *, by=None) -> int:
    """Make the table hold the state's days off of a year; rows set by an administrator stay.

    Args:
        by: who asked; what the site does by itself is not an act and stays out of the log.
    Returns:
        How many days were added, changed or taken away: 0 when the table was right already.
    """
    present = {row.day: row for row in DayOff.objects.filter(day__year=year)}
    owned = {day for day, row in present.items() if row.is_own}
    wanted = {row.day: row for row in state_days(year) if row.day not in owned}
    right = {day for day, row in present.items() if day in wanted and _same(row, wanted[day])}
    stale = present.keys() - owned - right
    added = wanted.keys() - right
    DayOff.objects.filter(day__in=stale).delete()
    # Two may be the first to count in a year at once: the second waits for the rows of the first.
    DayOff.objects.bulk_create([wanted[day] for day in sorted(added)], ignore_conflicts=True)
    changed = len(stale | added)
    if changed:
        _tell()
    if changed and by is not None:
        log.record("daysoff.seed", f"year:{year}", by=by, added=len(added), dropped=len(stale))
    return changed


def ensure(year: int) -> None:
    """Seed a year that nobody has touched yet."""
    if not DayOff.objects.filter(day__year=year, is_own=False).exists():
        seed(year)


def state_days(year: int) -> list[DayOff]:
    """Unsaved rows: the state's holidays of the year, its moved days off and working weekends."""
    # A day off may be moved across the turn of the year: both years are asked.
    known = holidays.country_holidays("KZ", years=[year, year + 1], language="en_US")
    rows = [_row(day, known.get_list(day)) for day in sorted(known) if day.year == year]
    moved = {_moved_from(name): day for day in known for name in known.get_list(day)}
    rows += [
        _working(day, moved.get(day)) for day in sorted(known.weekend_workdays) if day.year == year
    ]
    return rows


def _row(day: date, names: list[str]) -> DayOff:
    if origin := _moved_from(names[0]):
        written = f"{origin:%d.%m.%Y}"
        return DayOff(
            day=day, kind=DayKind.DAY_OFF,
            name_kk=f"Ауыстырылған демалыс күні ({written})",
            name_ru=f"Перенесённый выходной день ({written})",
            name_en=f"Day off moved from {written}",
        )  # fmt: skip
    name, _sep, label = names[0].partition(" (")
    kind, kk, ru, en = NAMES.get(name, (DayKind.HOLIDAY, name, name, name))
    if "observed" in label:
        # A holiday that falls on a weekend gives the next working day free.
        kind = DayKind.DAY_OFF
        kk, ru, en = f"{kk} (демалыс күні)", f"{ru} (выходной)", f"{en} (day off)"
    return DayOff(
        day=day, kind=kind, name_kk=kk, name_ru=ru, name_en=en,
        act=LAW if kind == DayKind.HOLIDAY else "", is_estimate="estimated" in label,
    )  # fmt: skip


def _working(day: date, instead_of: date | None) -> DayOff:
    written = f" ({instead_of:%d.%m.%Y})" if instead_of else ""
    return DayOff(
        day=day, kind=DayKind.WORKING,
        name_kk=f"Ауыстырылған жұмыс күні{written}",
        name_ru=f"Рабочий день вместо выходного{written}",
        name_en=f"Working day instead of a day off{written}",
    )  # fmt: skip


def _moved_from(name: str) -> date | None:
    """The day in «Day off (substituted from 03/05/2022)»."""
    start = "Day off (substituted from "
    if not name.startswith(start):
        return None
    month, day, year = name.removeprefix(start).rstrip(")").split("/")
    return date(int(year), int(month), int(day))


def _same(one: DayOff, other: DayOff) -> bool:
    fields = ("kind", "name_kk", "name_ru", "name_en", "act", "is_estimate")
    return all(getattr(one, field) == getattr(other, field) for field in fields)


@transaction.atomic
def set_day(row: DayOff, *, by) -> DayOff:
    """Keep a day as an administrator of the country sets it: seeding leaves it alone."""
    _require(by)
    row.is_own = True
    row.save()
    _tell()
    log.record("daysoff.set", f"day:{row.day:%Y-%m-%d}", by=by, kind=row.kind)
    return row


@transaction.atomic
def forget_day(row: DayOff, *, by) -> None:
    """Take back one's own word about a day: the state's, if it has one, holds again."""
    _require(by)
    day = row.day
    row.delete()
    for one in state_days(day.year):
        if one.day == day:
            one.save()
    _tell()
    log.record("daysoff.forget", f"day:{day:%Y-%m-%d}", by=by)


def _tell() -> None:
    for follower in _followers:
        follower()


def _require(by) -> None:
    if not is_country_administrator(by):
        raise PermissionDenied
