"""One's own booking, behind a secret link: seen, taken into a calendar, cancelled."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from appeals import receptionrows as say
from appeals.booking_ics import booking_file
from appeals.booking_steps import Deed, deeds_from
from appeals.enums import BookingState as State
from appeals.models import Booking
from appeals.secret_links import leads_nowhere
from appeals.selectors import receptions as shown
from appeals.services import booking_links, bookings
from meetings.errors import Refused

ON_THE_DAY = (State.BOOKED, State.CAME, State.CALLED)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def booking(request, token):
    """See it; cancel it (``deed=cancel``); take a free time if one waits (``deed=take``)."""
    found = _booking_or_404(token)
    if request.method != "POST":
        return _page(request, found)
    try:
        _do(request.POST, found)
    except bookings.SlotGone as gone:
        return _page(request, _booking_or_404(token), problem=gone.message, status=409)
    except Refused as refused:
        return _page(request, _booking_or_404(token), problem=refused.message, status=409)
    return HttpResponseRedirect(request.path)


def _do(sent, found: Booking) -> None:
    if sent.get("deed") == "cancel":
        bookings.cancel(found)
        return
    if sent.get("deed") != "take":
        raise Http404
    try:
        slot = found.reception.slots.filter(uuid=UUID(sent.get("slot", "")[:36])).first()
    except ValueError:
        slot = None
    if slot is None:
        raise bookings.SlotGone
    bookings.take(found, slot)


@never_cache
@require_safe
def entry(request, token):
    """The booking as a file for one's calendar."""
    found = _booking_or_404(token)
    if found.slot is None or found.state == State.HELD:
        raise Http404
    page = settings.SITE_URL + found.reception.get_absolute_url()
    response = HttpResponse(booking_file(found, page=page), content_type="text/calendar")
    response["Content-Type"] = "text/calendar; charset=utf-8"
    response["Content-Disposition"] = 'attachment; filename="akimat-reception.ics"'
    response["X-Robots-Tag"] = "noindex"
    return response


def _booking_or_404(token: str) -> Booking:
    found = booking_links.booking_of(token)
    if found is None or found.state == State.HELD:
        raise leads_nowhere()
    return found


def _page(request, found: Booking, *, problem: str = "", status: int = 200):
    language, at = get_language() or "kk", timezone.now()
    reception, slot = found.reception, found.slot
    free = []
    if found.state == State.WAITING and reception.is_open(at):
        free = shown.nearest(bookings.bookable(reception, at), None, most=12)
    context = {
        "booking": found, "reception": reception, "slot": slot, "problem": problem,
        "token": request.path, "when": say.say_when(
            reception.day, slot.begins if slot else None, language
        ),
        "table": say.say_table(slot.table.number, slot.table.room) if slot else "",
        "sentence": _sentence(found), "free": free,
        "was_known": request.GET.get("already") == "1",
        "may_cancel": Deed.CANCEL in deeds_from(State(found.state)),
        "has_entry": slot is not None and found.state in ON_THE_DAY,
        "shows_queue": found.state in ON_THE_DAY and reception.day == timezone.localdate(at),
    }  # fmt: skip
    response = render(request, "appeals/public/booking.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


def _sentence(found: Booking) -> str:
    return {
        State.BOOKED: _("You are booked."),
        State.WAITING: _("You are in the waiting list."),
        State.CAME: _("You are checked in. Follow the queue for your number."),
        State.CALLED: _("You are called: please go in."),
        State.DONE: _("You were received. Thank you for coming."),
        State.NO_SHOW: _("You were marked as not come."),
        State.CANCELLED: _("This booking is cancelled."),
        State.LAPSED: _("This booking lapsed."),
    }[State(found.state)]
