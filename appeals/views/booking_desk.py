"""Bookings at the desk: made for somebody, checked in, called, ended with an outcome."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from appeals import bookingrows as rows
from appeals import receptionrows as say
from appeals.booking_steps import Deed
from appeals.enums import BookedHow, Kind, ReadFor, TalkOutcome
from appeals.forms import booking_desk as forms
from appeals.models import Booking, Problem, Reception, Slot
from appeals.selectors import reception_desk as desk
from appeals.services import bookings, reception_day, reception_names
from appeals.services.reception_questions import Said
from appeals.views.reception_desk import reception_or_404, show_reception
from meetings.enums import Topic
from meetings.errors import Refused, StaleEdit
from meetings.models import Unit
from meetings.permissions import Act, may
from meetings.views.desk_page import at_the_desk

MOST_PROBLEMS = 60
SIMPLE = {
    Deed.CHECK_IN: reception_day.check_in, Deed.CALL: reception_day.call,
    Deed.PUT_BACK: reception_day.put_back, Deed.NO_SHOW: reception_day.no_show,
    "told": reception_day.mark_told,
}  # fmt: skip


def _may_run_or_403(request, found: Reception) -> None:
    if not may(request.user, Act.RUN_RECEPTION, found.unit):
        raise PermissionDenied(_("Your role does not run receptions of this place."))


@at_the_desk
@require_POST
def names(request, uuid):
    """Open the names of those who booked, until midnight, for a purpose."""
    found = reception_or_404(request, uuid)
    form = forms.NamesForm(request.POST)
    if not form.is_valid():
        return show_reception(request, found, problem=_first(form), status=422)
    wanted = desk.bookings_of(found)
    one = form.cleaned_data["booking"]
    if one is not None:
        wanted = [booking for booking in wanted if booking.uuid == one]
    purpose = ReadFor(form.cleaned_data["purpose"])
    reception_names.open_names(found, wanted, purpose=purpose, by=request.user)
    back = reverse("desk_booking", args=[uuid, one]) if one and wanted else ""
    return HttpResponseRedirect(back or reverse("desk_reception", args=[uuid]))


def _first(form) -> str:
    return str(next(iter(form.errors.values()))[0])


@at_the_desk
@require_POST
def call_next(request, uuid):
    """Call the next one at a table."""
    found = reception_or_404(request, uuid)
    _may_run_or_403(request, found)
    sent = request.POST.get("table", "")
    table = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 4 else 0
    if not found.tables.filter(number=table).exists():
        raise Http404
    try:
        called = reception_day.call_next(found, table, by=request.user)
    except Refused as refused:
        return show_reception(request, found, problem=refused.message, status=409)
    if called is None:
        problem = _("Nobody who is here waits for this table any more.")
        return show_reception(request, found, problem=problem, status=409)
    messages.success(request, rows.DONE[Deed.CALL] % {"number": called.number})
    return HttpResponseRedirect(reverse("desk_reception", args=[uuid]) + f"#table-{table}")


@at_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request, uuid):
    """Book for somebody who calls, comes to the office, or (``?how=walk_in``) to the reception."""
    found = reception_or_404(request, uuid)
    _may_run_or_403(request, found)
    sent = request.POST if request.method == "POST" else request.GET
    is_walk_in = sent.get("how") == BookedHow.WALK_IN
    form = _enter_form(request, found, is_walk_in)
    if request.method != "POST":
        return _show_enter(request, found, form, is_walk_in)
    if not form.is_valid():
        return _show_enter(request, found, form, is_walk_in, status=422)
    given = form.cleaned_data
    slot = _slot_of(found, given["slot"])
    try:
        if given["slot"] and slot is None:
            raise bookings.SlotGone
        booking = bookings.enter(
            found, slot, form.details(), subject=given["subject"], how=BookedHow(given["how"]),
            language=given["language"], by=request.user,
        )  # fmt: skip
    except bookings.SlotGone as gone:
        # The time that is gone is no choice any more: the first free one stands in its place.
        form.add_error("slot", gone.message)
        return _show_enter(request, found, form, is_walk_in, status=409)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        return _show_enter(request, found, form, is_walk_in, status=422)
    # Who typed the name has read it: it is recorded, and the list shows it to this clerk.
    reception_names.open_names(found, [booking], purpose=ReadFor.RECEPTION, by=request.user)
    messages.success(request, _say_booked(booking))
    return HttpResponseRedirect(
        reverse("desk_reception", args=[uuid]) + f"#number-{booking.number}"
    )


def _enter_form(request, found: Reception, is_walk_in: bool) -> forms.EnterForm:
    slots = desk.slots_to_give(found, timezone.now(), is_here=is_walk_in)
    initial: dict[str, Any] = {"language": "ru" if get_language() == "ru" else "kk"}
    if first := next((one for one in slots if one.is_walk_in), None) or next(iter(slots), None):
        initial["slot"] = first.uuid
    return forms.EnterForm(
        request.POST or None, slots=rows.slot_choices(slots), is_walk_in=is_walk_in,
        initial=initial,
    )  # fmt: skip


def _say_booked(booking: Booking) -> str:
    said = {"number": booking.number, "time": booking.slot and say.say_slot(booking.slot)}
    if booking.slot is None:
        return _("Number %(number)s is in the waiting list.") % said
    return _("Number %(number)s is booked: %(time)s.") % said


def _show_enter(request, found: Reception, form, is_walk_in: bool, *, status: int = 200):
    language = get_language() or "kk"
    context = {
        "reception": found, "form": form, "is_walk_in": is_walk_in,
        "when": f"{say.say_day(found.day, language)}, {say.say_hours(found)}",
        "crumbs": _crumbs(found, _("Booking")),
    }  # fmt: skip
    return render(request, "appeals/desk/receptions/enter.html", context, status=status)


def _crumbs(found: Reception, last: str) -> list[dict]:
    page = reverse("desk_reception", args=[found.uuid])
    return [
        {"label": _("Personal receptions"), "url": reverse("desk_receptions")},
        {"label": say.say_title(found, get_language() or "kk"), "url": page},
        {"label": last, "url": ""},
    ]


def _slot_of(found: Reception, number: UUID | None) -> Slot | None:
    if number is None:
        return None
    return found.slots.select_related("table").filter(uuid=number).first()


@at_the_desk
@require_safe
def booking(request, uuid, booking):
    """One booking: its outcome, a time for it, its end."""
    return _show(request, _booking_or_404(request, uuid, booking))


@at_the_desk
@require_POST
def act(request, uuid, booking, deed):
    """Do one thing to a booking; somebody else's doing meanwhile is told (409)."""
    found = _booking_or_404(request, uuid, booking)
    _may_run_or_403(request, found.reception)
    form = _form_of(deed, found, request.POST)
    if not form.is_valid():
        return _show(request, found, {deed: form}, status=422)
    try:
        _do(deed, found, form.cleaned_data, request.user)
    except StaleEdit:
        return _stale(request, found, deed, form)
    except Refused as refused:
        gone = isinstance(refused, bookings.SlotGone)
        return _refused(request, found, deed, form, refused, 409 if gone else 422)
    messages.success(request, rows.DONE[deed] % {"number": found.number})
    return HttpResponseRedirect(reverse("desk_reception", args=[uuid]) + f"#number-{found.number}")


def _form_of(deed: str, found: Booking, sent):
    if deed == Deed.FINISH:
        return forms.OutcomeForm(sent, key=deed)
    if deed == Deed.SEAT:
        return _seat_form(found, sent)
    if deed in SIMPLE or deed == Deed.CANCEL:
        return forms.VersionedForm(sent, key=deed)
    raise Http404


def _seat_form(found: Booking, sent=None) -> forms.SeatForm:
    now = timezone.now()
    is_here = found.reception.day == timezone.localdate(now)
    slots = desk.slots_to_give(found.reception, now, is_here=is_here)
    return forms.SeatForm(
        sent, key=Deed.SEAT, slots=rows.slot_choices(slots), initial={"version": found.version}
    )


def _do(deed: str, found: Booking, given: dict, user) -> None:
    by = {"by": user, "version": given["version"]}
    if deed in SIMPLE:
        SIMPLE[deed](found, **by)
    elif deed == Deed.CANCEL:
        bookings.cancel(found, **by)
    elif deed == Deed.SEAT:
        slot = _slot_of(found.reception, given["slot"])
        if slot is None:
            raise bookings.SlotGone
        bookings.take(found, slot, **by)
    else:
        reception_day.finish(
            found, outcome=given["outcome"], note=given["note"],
            eotinish_number=given["eotinish_number"], problem=_problem_of(found, given), **by,
            said=_said(given),
        )  # fmt: skip


def _said(given: dict) -> Said:
    topic, kind = given["topic"] or Topic.OTHER, given["kind"] or Kind.INQUIRY
    return Said(given["text"], Topic(topic), Kind(kind))


def _problem_of(found: Booking, given: dict) -> Problem | None:
    number = given["problem"].strip()
    if given["outcome"] != TalkOutcome.PROBLEM or not number:
        return None
    problem = Problem.objects.filter(number=number, region=found.reception.region).first()
    if problem is None:
        raise Refused(
            _("There is no problem with the number %(number)s in this region.")
            % {"number": number},
            "problem",
        )
    return problem


def _stale(request, found: Booking, deed: str, form):
    """What stands now, with what was typed of an outcome kept."""
    now = _booking_or_404(request, found.reception.uuid, found.uuid)
    said = _("Somebody changed number %(number)s meanwhile. It is now: %(state)s.") % {
        "number": now.number, "state": now.get_state_display(),
    }  # fmt: skip
    if deed not in (Deed.FINISH, Deed.SEAT):
        return show_reception(request, now.reception, problem=said, status=409)
    typed = request.POST.copy()
    typed["version"] = str(now.version)
    form.data = typed
    return _show(request, now, {deed: form}, problem=said, status=409)


def _refused(request, found: Booking, deed: str, form, refused: Refused, status: int):
    if deed not in (Deed.FINISH, Deed.SEAT):
        return show_reception(request, found.reception, problem=refused.message, status=status)
    form.add_error(refused.field if refused.field in form.fields else None, refused.message)
    return _show(request, found, {deed: form}, status=status)


def _booking_or_404(request, uuid, number) -> Booking:
    reception = reception_or_404(request, uuid)
    found = reception.bookings.exclude(number=None).filter(uuid=number)
    booking = found.select_related("slot__table", "person", "question", "problem").first()
    if booking is None:
        raise Http404
    booking.reception = reception
    return booking


def _show(request, found: Booking, typed=None, *, problem: str = "", status: int = 200):
    typed, user, at = typed or {}, request.user, timezone.now()
    reception = found.reception
    may_run = may(user, Act.RUN_RECEPTION, reception.unit)
    may_read = may(user, Act.READ_PERSONAL, reception.unit)
    reads = desk.read_by(user, [found], timezone.localdate(at)) if may_read else set()
    deeds = desk.deeds_now(found, reception, at) if may_run else ()
    row = rows.row(found, deeds=deeds, reads=reads, sees=may_read or may_run)
    outcome = _outcome_form(found) if Deed.FINISH in deeds else None
    seat = _seat_form(found) if Deed.SEAT in deeds else None
    context = {
        "booking": found, "reception": reception, "row": row, "problem": problem,
        "time": found.slot and say.say_slot(found.slot), "may_run": may_run,
        "may_read": may_read, "unread": int(row["name"] is None), "purposes": forms.PURPOSES,
        "outcome": typed.get(Deed.FINISH) or outcome, "seat": typed.get(Deed.SEAT) or seat,
        "problems": _problems_for(reception) if Deed.FINISH in deeds else [],
        "may_cancel": Deed.CANCEL in deeds,
        "crumbs": _crumbs(reception, _("Number %(number)s") % {"number": found.number}),
    }  # fmt: skip
    return render(request, "appeals/desk/receptions/booking.html", context, status=status)


def _outcome_form(found: Booking) -> forms.OutcomeForm:
    names = ("version", "outcome", "note", "eotinish_number")
    initial = {name: getattr(found, name) for name in names}
    initial["text"] = "" if found.question else found.subject
    if found.problem is not None:
        initial["problem"] = found.problem.number
    return forms.OutcomeForm(key=Deed.FINISH, initial=initial)


def _problems_for(reception: Reception) -> list[dict]:
    """Problems in work of the place and of what it lies in, to choose from."""
    units = Unit.objects.above(reception.unit)
    found = Problem.objects.in_work().filter(unit__in=units).order_by("-formed_at")
    language = get_language() or "kk"
    return [
        {"number": one.number, "title": one.title_ru if language == "ru" else one.title_kk}
        for one in found[:MOST_PROBLEMS]
    ]
