"""One booking as a file for a person's own calendar: nothing of anybody else is in it."""

from datetime import UTC, datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from appeals.enums import BookingState
from appeals.models import Booking
from meetings.ics import CALENDAR_END, calendar_start, escaped, folded

GONE = (BookingState.CANCELLED, BookingState.LAPSED)


def booking_file(booking: Booking, *, page: str) -> bytes:
    """The VCALENDAR of a booking that has a slot, in the language in use.

    The page's address is not in it: a calendar is often shared, and the link is a secret.

    Args:
        page: the public page of the reception.
    """
    reception, slot = booking.reception, booking.slot
    if slot is None:
        raise ValueError("A place in the waiting list has no hour.")
    where = filter(None, (reception.place, reception.address, slot.table.room))
    about = _("Your number in the queue: %(number)s") % {"number": booking.number}
    lines = [
        "BEGIN:VEVENT",
        f"UID:booking-{booking.uuid}@{settings.UID_DOMAIN}",
        f"DTSTAMP:{_utc(reception.changed_at)}",
        f"SEQUENCE:{reception.version + booking.version}",
        f"DTSTART:{_utc(_moment(reception.day, slot.begins))}",
        f"DTEND:{_utc(_moment(reception.day, slot.ends))}",
        f"SUMMARY:{escaped(_('Personal reception: %(unit)s') % {'unit': reception.unit.name})}",
        f"LOCATION:{escaped(', '.join(where))}",
        f"DESCRIPTION:{escaped(about)}",
        f"URL:{page}",
        f"STATUS:{'CANCELLED' if booking.state in GONE else 'CONFIRMED'}",
        "END:VEVENT",
    ]
    text = calendar_start() + "".join(map(folded, lines)) + CALENDAR_END
    return text.encode()


def _moment(day, hour) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
