"""What the console shows of a meeting's day: clocks, marks, warnings, in words."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.clocks import MOST_SKEW, QUESTIONS, REPORT, Mark, Reading, is_too_long, read
from meetings.enums import MarkKind
from meetings.models import DayMark, MeetingDay
from meetings.services.day import planned_length

NUMBERED = (MarkKind.REPORT_MINUTES, MarkKind.QUESTIONS_MINUTES, MarkKind.PEOPLE)


def say_clock(seconds: int) -> str:
    """«12:34», «1:02:03»."""
    hours, rest = divmod(seconds, 3600)
    minutes, second = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{second:02d}" if hours else f"{minutes:02d}:{second:02d}"


def say_day_record(day: MeetingDay, now: datetime) -> dict:
    """Everything the fragment of the clocks shows; one query."""
    rows = list(day.marks.select_related("by").order_by("at", "pk"))
    marks = [Mark(row.kind, row.at, row.value) for row in rows]
    reading = read(marks, now)
    planned = planned_length(day.meeting)
    return {
        "clocks": say_clocks(reading), "reading": reading,
        "share": say_share(reading, day.limit_percent, planned),
        "is_too_long": is_too_long(reading, day.limit_percent, planned),
        "limit": day.limit_percent,
        "planned": int(planned.total_seconds()) if planned else 0,
        "now_ms": int(now.timestamp() * 1000),
        "marks": [_say_mark(row, place in reading.idle) for place, row in enumerate(rows)][::-1],
        "warnings": _warnings(rows),
        "people": day.people,
        # A form of its own for each deed, and each is sent once.
        "note": uuid4,
    }  # fmt: skip


def say_clocks(reading: Reading) -> list[dict]:
    """The two clocks with the one thing that can be done to each."""
    said = []
    for name, label, start, pause, begin in (
        (REPORT, _("Report"), MarkKind.REPORT_START, MarkKind.REPORT_PAUSE, _("Start the report")),
        (QUESTIONS, _("Questions and answers"), MarkKind.QUESTIONS_START,
         MarkKind.QUESTIONS_PAUSE, _("Start the questions")),
    ):  # fmt: skip
        seconds, runs = getattr(reading, name), reading.running == name
        said.append(
            {"name": name, "label": label, "seconds": seconds, "time": say_clock(seconds),
             "runs": runs, "kind": (pause if runs else start).value,
             "start": start.value, "pause": pause.value, "start_words": begin,
             "pause_words": _("Pause"), "button": _("Pause") if runs else begin}
        )  # fmt: skip
    return said


def say_share(reading: Reading, limit: int, planned: timedelta | None) -> str:
    """The report's part of the time in one sentence."""
    if reading.share is None:
        return _("Nothing has run yet. The limit of the report: %(limit)s %% of the time.") % {
            "limit": limit
        }
    said = {"share": reading.share, "limit": limit}
    if planned and not reading.is_over:
        said["minutes"] = int(planned.total_seconds() * limit // 6000)
        return _(
            "The report: %(share)s %% of the time so far; at most %(limit)s %%, of the time"
            " planned %(minutes)s min."
        ) % said  # fmt: skip
    return _("The report: %(share)s %% of the time; at most %(limit)s %%.") % said


def _say_mark(row: DayMark, is_idle: bool) -> dict:
    words = row.get_kind_display()
    if row.kind in NUMBERED:
        words = f"{words}: {row.value}"
    notes = []
    if row.is_doubtful:
        notes.append(_("the clock of the device ran backwards"))
    if row.received_at - row.at > timedelta(minutes=1):
        at = timezone.localtime(row.received_at)
        notes.append(_("sent later, at %(hour)s") % {"hour": f"{at:%H:%M}"})
    if is_idle:
        notes.append(_("changed nothing"))
    at = timezone.localtime(row.at)
    return {
        "time": f"{at:%H:%M:%S}", "iso": at.isoformat(timespec="seconds"), "words": words,
        "who": row.by.name, "notes": ", ".join(notes), "is_doubtful": row.is_doubtful,
    }  # fmt: skip


def _warnings(rows: list[DayMark]) -> list[str]:
    """What is wrong with the clocks of the devices: told, not hidden."""
    said = []
    if doubtful := sum(row.is_doubtful for row in rows):
        said.append(
            ngettext(
                "The clock of a device ran backwards: %(n)s note is placed where it was received."
                " Check the minutes.",
                "The clock of a device ran backwards: %(n)s notes are placed where they were"
                " received. Check the minutes.",
                doubtful,
            )
            % {"n": doubtful}
        )
    skews = [abs(row.skew) for row in rows if abs(row.skew) > MOST_SKEW]
    if skews:
        minutes = round(max(skews).total_seconds() / 60)
        said.append(
            ngettext(
                "The clock of a device is off by %(n)s minute. The minutes are counted by the"
                " clock of the site.",
                "The clock of a device is off by %(n)s minutes. The minutes are counted by the"
                " clock of the site.",
                minutes,
            )
            % {"n": minutes}
        )
    return said
