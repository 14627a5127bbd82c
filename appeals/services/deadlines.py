"""Deadlines follow the table of days off: counted when set, counted anew when the table changes.

What was counted is kept on the row; what a deadline was before is kept in its history.
"""

import hashlib
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from appeals.deadlines import LONGEST_TERM, deadline, horizon
from appeals.enums import IN_WORK, DueCause, PromiseState
from appeals.models import DaysOffSeen, DueChange, Problem, Promise
from appeals.models.problem import Due
from meetings.errors import Refused
from meetings.models import DayOff
from meetings.selectors.daysoff import days_off
from meetings.services import daysoff, log
from meetings.services.publishing import raise_public

# Given the moment, counts its own rows anew and says how many deadlines became other ones.
Follower = Callable[[datetime], int]
_followers: list[Follower] = []


def follows_days_off(follower: Follower) -> Follower:
    """The function counts deadlines of its own noun anew when the table of days off changed."""
    if follower not in _followers:
        _followers.append(follower)
    return follower


def counted(counted_from: date, term_days: int) -> dict:
    """Values of the fields of ``Due`` for a term in working days.

    To be asked before rows are locked: the first count in a year fills its days off.

    Raises:
        Refused: a term that is not between one day and a working year.
    """
    if not 1 <= term_days <= LONGEST_TERM:
        raise Refused(
            _("Give from 1 to %(most)d working days, or name the day.") % {"most": LONGEST_TERM},
            "term_days",
        )
    last = horizon(counted_from, term_days)
    for year in range(counted_from.year, last.year + 1):
        daysoff.ensure(year)
    return _counted(counted_from, term_days, days_off(counted_from, last))


def named(day: date) -> dict:
    """Values of the fields of ``Due`` for a day that was named: days off do not move it."""
    return {"counted_from": None, "term_days": None, "due_on": day, "due_off": {}}


def given(*, today: date, term_days: int | None = None, due_on: date | None = None) -> dict:
    """Values of the fields of ``Due`` from what a form gave: a term, or a day; never both.

    Raises:
        Refused: none of them, both, a day that is over, a term that is out of bounds.
    """
    if term_days and due_on:
        raise Refused(_("Give the working days or the day, not both."), "due_on")
    if term_days:
        return counted(today, term_days)
    if due_on is None:
        raise Refused(_("Give a deadline: working days, or a day."), "term_days")
    if due_on < today:
        raise Refused(_("This day is over. Name today or a later one."), "due_on")
    return named(due_on)


def give(row: Due, values: Mapping) -> None:
    """Put the values of ``counted``, ``named`` or ``given`` into an unsaved row."""
    for name, value in values.items():
        setattr(row, name, value)


def recompute(at: datetime | None = None) -> int:
    """Count every open deadline anew if the table of days off changed since the last time.

    Returns:
        How many deadlines are another day now.
    """
    at = at or timezone.now()
    with transaction.atomic():
        DaysOffSeen.objects.bulk_create([DaysOffSeen()], ignore_conflicts=True)
        seen = DaysOffSeen.objects.select_for_update().get()
        digest = _digest()
        if seen.digest == digest:
            return 0
        moved = sum(follower(at) for follower in _followers)
        seen.digest, seen.at = digest, at
        seen.save()
        if moved:
            log.record("deadlines.recompute", "daysoff", by=None, at=at, moved=moved)
            raise_public("appeals")
    return moved


def recount(row: Due, off: Collection[date]) -> date | None:
    """Count an unsaved row's deadline anew; the day that it was, when it is another one now."""
    if row.counted_from is None or row.term_days is None:
        return None
    was = row.due_on
    give(row, _counted(row.counted_from, row.term_days, off))
    return was if was != row.due_on else None


def off_for(rows: Collection[Due]) -> dict:
    """The days off that may matter to any of the rows; one query."""
    spans = [
        (row.counted_from, horizon(row.counted_from, row.term_days))
        for row in rows
        if row.counted_from is not None and row.term_days is not None
    ]
    if not spans:
        return {}
    return days_off(min(first for first, _last in spans), max(last for _first, last in spans))


@follows_days_off
def _problems(at: datetime) -> int:
    rows = Problem.objects.select_for_update().filter(state__in=IN_WORK, term_days__isnull=False)
    return _follow(list(rows.order_by("pk")), at)


@follows_days_off
def _promises(at: datetime) -> int:
    rows = Promise.objects.select_for_update().filter(
        state=PromiseState.OPEN, term_days__isnull=False
    )
    return _follow(list(rows.order_by("pk")), at)


def _follow(rows: list, at: datetime) -> int:
    """Only what changed is written; a new day leaves its trace and makes open forms stale."""
    off, moved = off_for(rows), 0
    for row in rows:
        kept = row.due_off
        was = recount(row, off)
        if was is not None:
            moved += 1
            row.version += 1
            keep_change(row, was, DueCause.DAYS_OFF, by=None, at=at)
        if was is not None or row.due_off != kept:
            row.save(update_fields=["due_on", "due_off", "version"])
    return moved


def keep_change(row, was: date | None, cause: DueCause, *, by, at: datetime) -> None:
    """Keep what the deadline of a problem or a promise was, what it is, and why."""
    if was == row.due_on:
        return
    promise = row if isinstance(row, Promise) else None
    DueChange.objects.create(
        problem=promise.problem if promise else row, promise=promise, was=was, now=row.due_on,
        cause=cause, by=by, at=at,
    )  # fmt: skip


def _counted(counted_from: date, term_days: int, off: Collection[date]) -> dict:
    found = deadline(counted_from, term_days, off)
    return {
        "counted_from": counted_from, "term_days": term_days, "due_on": found.due_on,
        "due_off": found.kept,
    }  # fmt: skip


def _digest() -> str:
    rows = DayOff.objects.order_by("day").values_list("day", "kind")
    text = "\n".join(f"{day} {kind}" for day, kind in rows)
    return hashlib.sha256(text.encode()).hexdigest()
