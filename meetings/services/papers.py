"""Numbers and dates of the documents that stand behind a decision."""

from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from meetings.dates import say_day
from meetings.errors import Refused

LONGEST_NUMBER = 50


def require_paper(number: str, on: date | None, *, not_before: date, today: date) -> None:
    """A document has a number and a day: signed by now, not older than what it decides on.

    Raises:
        Refused: with ``act_number`` or ``act_on`` as the field.
    """
    if not number:
        raise Refused(_("Give the number of the document."), "act_number")
    if len(number) > LONGEST_NUMBER:
        raise Refused(_("This number is too long; 50 characters are enough."), "act_number")
    if on is None:
        raise Refused(_("Give the date of the document."), "act_on")
    if on > today:
        raise Refused(_("This date is in the future; the document must be signed first."), "act_on")
    if on < not_before:
        day = say_day(not_before, get_language() or "kk", weekday=False)
        message = _("The document is older than what it decides on. The earliest date: %(day)s.")
        raise Refused(message % {"day": day}, "act_on")
