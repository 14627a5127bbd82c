"""What the worker does for the requests side, by itself."""

from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from appeals.services import booking_cleanup, demand_meetings


@db_periodic_task(crontab(minute="*"))
def free_times_that_were_not_confirmed() -> None:
    """A time whose code was not typed goes to the first who waits."""
    booking_cleanup.free_lapsed()


@db_periodic_task(crontab(minute="*"))
def tell_of_meetings_called_off() -> None:
    """Those who demanded a meeting and got one learn that it is cancelled."""
    demand_meetings.tell_called_off()


@db_periodic_task(crontab(minute="*"))
def tell_of_meetings_moved() -> None:
    """They learn as well that it has another day, hour or place."""
    demand_meetings.tell_moved()
