"""What the worker does: woken by the queue, and by itself each minute."""

import threading

from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task

from meetings import daily
from meetings.services import outbox

# Set when the worker is asked to end: the letter in hand is the last one.
stopping = threading.Event()


@db_task()
def drain_letters() -> None:
    """Send the letters that wait, until none is due."""
    while outbox.drain(is_stopping=stopping.is_set):
        pass


@db_periodic_task(crontab(minute="*"))
def drain_what_is_due() -> None:
    """Letters whose second try has come, and those whose wake-up was lost."""
    drain_letters.call_local()


@db_periodic_task(crontab(minute="*"))
def do_daily_duties() -> None:
    """What was not done today yet (meetings/daily.py); most minutes it is one look at a table."""
    daily.do_what_is_due()
