"""A deadline and the way it was counted, in words."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from appeals.deadlines import days_of
from appeals.models.problem import Due
from meetings.dates import say_day


def say_due(row: Due, language: str, today: date) -> dict | None:
    """The deadline as a page shows it, or None when there is none.

    ``day``; ``is_late``; ``left`` in words; ``counted``: sentences that explain the count.
    """
    if row.due_on is None:
        return None
    days = (row.due_on - today).days
    return {
        "day": say_day(row.due_on, language, weekday=False), "iso": row.due_on.isoformat(),
        "is_late": days < 0, "left": say_left(days), "counted": say_counted(row, language),
    }  # fmt: skip


def say_left(days: int) -> str:
    """How many days are left, or how many it is late."""
    if days == 0:
        return _("the last day is today")
    if days < 0:
        return ngettext("late by %(n)d day", "late by %(n)d days", -days) % {"n": -days}
    return ngettext("%(n)d day left", "%(n)d days left", days) % {"n": days}


def say_counted(row: Due, language: str) -> list[str]:
    """How the deadline was counted: from when, how many working days, what did not count."""
    if row.counted_from is None or row.term_days is None:
        return [_("The day was named, not counted: days off do not move it.")]
    said = [
        ngettext(
            "%(n)d working day is counted from the day after %(day)s.",
            "%(n)d working days are counted from the day after %(day)s.",
            row.term_days,
        ) % {"n": row.term_days, "day": say_day(row.counted_from, language, weekday=False)},
        _("Saturdays and Sundays do not count."),
    ]  # fmt: skip
    if skipped := days_of(row.due_off, "skipped"):
        said.append(_("Days off that do not count: %(days)s.") % {"days": _days(skipped)})
    if worked := days_of(row.due_off, "worked"):
        said.append(_("Weekends that are worked and count: %(days)s.") % {"days": _days(worked)})
    return said


def _days(days: list[date]) -> str:
    return ", ".join(f"{day:%d.%m.%Y}" for day in days)
