"""What happens once a day, whoever is at work: reminders, terms that pass, what is forgotten.

A room lists its duties with ``every_day``; the worker looks each minute (meetings/tasks.py). What a
duty does and the note that it was done for the day are one transaction under one lock, so that of
several workers one does it, and a worker that is killed leaves it wholly undone for the next. A
worker that was away does it when it is back: a duty therefore does everything that is due by its
moment, not what falls due on that day alone. Letters go by the outbox, which is part of the
transaction.
"""

import logging
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import NamedTuple

from django.db import DatabaseError, transaction
from django.utils import timezone

from meetings.models import DailyDuty

log = logging.getLogger("akimat.daily")
# A duty that failed is tried again after this.
PAUSE = timedelta(hours=1)
NIGHT, MORNING = time(3), time(8)


class Duty(NamedTuple):
    """One duty: its name for ever, what it does at a moment, the hour before which it waits."""

    name: str
    run: Callable[[datetime], object]
    after: time


DUTIES: dict[str, Duty] = {}


def every_day(name: str, run: Callable[[datetime], object], *, after: time = NIGHT) -> None:
    """Add a duty to the list.

    Args:
        name: names it in the table; it never changes.
        run: does everything that is due by the moment it is given; called in a transaction.
        after: the hour of the day, in the country's time, before which it is not done. NIGHT for
            what nobody sees, MORNING for what writes letters to people.
    """
    known = DUTIES.get(name)
    if known is not None and known.run is not run:
        raise ValueError(f"Two duties are named {name}.")
    DUTIES[name] = Duty(name, run, after)


def do_what_is_due(at: datetime | None = None) -> list[str]:
    """Do each duty that was not done today yet; the names of those that were done by this call.

    A duty that fails is undone as a whole, told in the log, and tried again after PAUSE; it does
    not keep the others back.
    """
    at = at or timezone.now()
    known = {one.name: one for one in DailyDuty.objects.filter(name__in=list(DUTIES))}
    due = [duty for duty in DUTIES.values() if _is_due(duty, known.get(duty.name), at)]
    return [duty.name for duty in due if _do(duty, at)]


def _is_due(duty: Duty, kept: DailyDuty | None, at: datetime) -> bool:
    here = timezone.localtime(at)
    if here.time() < duty.after:
        return False
    if kept is None:
        return True
    if kept.done_on is not None and kept.done_on >= here.date():
        return False
    return kept.failed_at is None or kept.failed_at + PAUSE <= at


def _do(duty: Duty, at: datetime) -> bool:
    DailyDuty.objects.get_or_create(name=duty.name)
    try:
        with transaction.atomic():
            kept = DailyDuty.objects.select_for_update().get(name=duty.name)
            if not _is_due(duty, kept, at):  # another worker was faster
                return False
            duty.run(at)
            kept.done_on, kept.failed_at = timezone.localdate(at), None
            kept.save()
    except Exception:
        log.exception("The daily duty %s failed; it is tried again in an hour.", duty.name)
        _note_failure(duty, at)
        return False
    return True


def _note_failure(duty: Duty, at: datetime) -> None:
    try:
        DailyDuty.objects.filter(name=duty.name).update(failed_at=at)
    except DatabaseError:  # the database is away: it is tried again within a minute
        log.warning("The failure of %s was not noted.", duty.name)
