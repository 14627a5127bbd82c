"""What the meetings' side does once a day (meetings/daily.py): one line a duty."""

from datetime import datetime, timedelta

from django.conf import settings

from meetings.daily import MORNING, every_day
from meetings.services import outbox, protocol_reminders


def forget_old_letters(at: datetime) -> None:
    """Their words are gone since they were sent; their keys keep a fact from being told twice."""
    outbox.forget_old(at - timedelta(days=settings.LETTERS_KEPT_DAYS))


every_day("meetings.old_letters", forget_old_letters)
every_day(protocol_reminders.NAME, protocol_reminders.remind, after=MORNING)
