"""What the page of a reception at the desk shows of those who booked."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import ngettext

from appeals import bookingrows as rows
from appeals.enums import BookingState as State
from appeals.enums import ReceptionState
from appeals.models import Booking, Reception, ReceptionTable
from appeals.receptionrows import say_table
from appeals.selectors import reception_desk as desk
from meetings.permissions import Act, may


def day_context(request, found: Reception, tables: list[ReceptionTable], at: datetime) -> dict:
    """Lists by table, the waiting list, those to be told by phone, those who gave up."""
    user = request.user
    bookings = desk.bookings_of(found)
    for booking in bookings:
        booking.reception = found
    may_read = may(user, Act.READ_PERSONAL, found.unit)
    reads = desk.read_by(user, bookings, timezone.localdate(at)) if may_read else set()
    sees = may_read or may(user, Act.RUN_RECEPTION, found.unit)
    is_today = found.day == timezone.localdate(at)
    is_live = found.state == ReceptionState.PUBLISHED

    def row(booking: Booking, deeds=(), expected=None) -> dict:
        return rows.row(booking, deeds=deeds, expected=expected, reads=reads, sees=sees)

    days = desk.day_of(found, bookings, tables, at)
    free = desk.slots_to_give(found, at, is_here=is_today) if is_live else []
    unread = sum(one.person_id not in reads for one in bookings)
    return {
        "days": [_table(day, row) for day in days], "is_today": is_today, "is_live": is_live,
        "now": timezone.localtime(at), "may_read": may_read, "unread": unread, "sees": sees,
        "waiting": [
            row(one, desk.deeds_now(one, found, at))
            for one in sorted(bookings, key=lambda one: (one.confirmed_at, one.pk))
            if one.state == State.WAITING
        ],
        "untold": [row(one) for one in bookings if not one.is_told],
        "gone": [row(one) for one in bookings if one.state in (State.CANCELLED, State.LAPSED)],
        "free": len(free), "takes_bookings": is_live and found.day >= timezone.localdate(at),
        "counts": _counts(bookings),
    }  # fmt: skip


def _table(day: desk.TableDay, row) -> dict:
    number = day.table.number
    return {
        "number": number, "name": say_table(number, day.table.room),
        "called": day.called and row(day.called), "next": day.next and day.next.number,
        "pace": day.pace, "talks": day.talks,
        "rows": _rows(day.entries, row, ended=False), "ended": _rows(day.entries, row, ended=True),
    }  # fmt: skip


def _rows(entries: list[desk.Entry], row, *, ended: bool) -> list[dict]:
    """Who is to be received, those who are inside first; or those with whom it is over."""
    over = (State.DONE, State.NO_SHOW)
    found = [one for one in entries if (one.booking.state in over) is ended]
    found.sort(key=lambda one: one.booking.state != State.CALLED)
    return [row(one.booking, one.deeds, one.expected) for one in found]


def _counts(bookings: list[Booking]) -> str:
    """«12 bookings, 5 heard, 2 are here.»"""
    booked = sum(one.state in desk.AT_TABLES for one in bookings)
    heard = sum(one.state == State.DONE for one in bookings)
    here = sum(one.state in (State.CAME, State.CALLED) for one in bookings)
    parts = (
        (booked, ngettext("%(n)s booking", "%(n)s bookings", booked)),
        (here, ngettext("%(n)s is here", "%(n)s are here", here)),
        (heard, ngettext("%(n)s heard", "%(n)s heard", heard)),
    )
    return ", ".join(words % {"n": number} for number, words in parts)
