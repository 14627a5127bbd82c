"""What citizens open: the receptions ahead, one of them, the booking of a time, its queue."""

from uuid import UUID

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from appeals import receptionrows as say
from appeals.enums import ReceptionState
from appeals.forms.receptions import BookingForm, ReceptionFilter
from appeals.models import Reception, Slot
from appeals.selectors import queue_screen
from appeals.selectors import receptions as shown
from appeals.services import bookings, codes
from appeals.visitors import network_address
from meetings.errors import Refused
from meetings.models import Unit
from meetings.paging import NoSuchPage, page_of
from meetings.selectors.places import unit_by_code

PAGE = 40
QUEUE_SECONDS = 20


@never_cache
@require_safe
def reception_list(request):
    """Receptions ahead, by place and day, with the number of times that are free."""
    form, at, language = ReceptionFilter(request.GET), timezone.now(), get_language() or "kk"
    unit = _unit_of(form)
    context = {"form": form, "fields": form.shown(), "unit": unit}
    if form.errors:
        return _list(request, context, 422)
    given = form.cleaned_data
    asked = shown.Asked(given["q"], given["from"], given["to"])
    found = shown.found(asked, timezone.localdate(at), unit)
    count = found.count()
    try:
        page = page_of(count, request.GET.get("page", ""), PAGE)
    except NoSuchPage as missing:
        return _list(request, context | {"problem": missing.message}, missing.status)
    first = max(page.start_index() - 1, 0)
    rows = shown.with_free(found, at).select_related("unit")[first : first + PAGE]
    context |= {
        "page": page, "rows": say.rows(list(rows), language, at),
        "answer": _answer(count), "is_filtered": any(asked) or unit is not None,
    }  # fmt: skip
    return _list(request, context)


def _list(request, context: dict, status: int = 200):
    return render(request, "appeals/public/reception_list.html", context, status=status)


def _answer(count: int) -> str:
    said = {"n": number_format(count, force_grouping=True)}
    return ngettext("%(n)s personal reception.", "%(n)s personal receptions.", count) % said


def _unit_of(form) -> Unit | None:
    code = form.cleaned_data.get("unit") if form.is_valid() else ""
    if not code:
        return None
    unit = unit_by_code(code)
    if unit is None:
        form.add_error(
            None,
            _("There is no place with the code %(code)s. Find it by its name.") % {"code": code},
        )
    return unit


@never_cache
@require_safe
def reception(request, uuid):
    """One reception: where, with whom, and its times as a table of links."""
    return _reception(request, _reception_or_404(uuid))


def _reception(request, found: Reception, *, problem: str = "", status: int = 200):
    at, language = timezone.now(), get_language() or "kk"
    lines = shown.lines_of(found, at)
    free = sum(cell.state == "free" for line in lines for cell in line.cells)
    is_open = found.is_open(at)
    context = {
        "reception": found, "answer": say.answer(found, language, at, free),
        "state": say.state_of(found, at), "hours": say.say_hours(found),
        "tables": say.tables(shown.tables_of(found)), "lines": lines, "free": free,
        "is_open": is_open, "problem": problem,
        "has_walk_ins": any(cell.state == "walk_in" for line in lines for cell in line.cells),
        "shows_times": found.state == ReceptionState.PUBLISHED
        and found.day >= timezone.localdate(at),
        "is_today": found.state == ReceptionState.PUBLISHED
        and found.day == timezone.localdate(at),
        "changes": say.changes(list(found.changes.all()[:20]), language),
        "meeting": found.meeting,
        "crumbs": [
            {"label": _("Personal receptions"), "url": reverse("reception_list")},
            {"label": found.unit.name_in(language)},
        ],
    }  # fmt: skip
    return render(request, "appeals/public/reception.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def book(request, uuid):
    """Who comes and what about; a good form leads to the code of the letter.

    ``?slot=`` is the time, ``?wait=1`` a place in the waiting list.
    """
    found = _reception_or_404(uuid)
    if request.method != "POST":
        return _open_form(request, found)
    form = BookingForm(request.POST)
    slot = _slot_of(found, request.POST.get("slot", ""))
    if not form.is_valid():
        return _form(request, found, form, slot, status=422)
    try:
        if slot is None and not form.cleaned_data["wait"]:
            raise bookings.SlotGone
        code = bookings.ask(
            found, slot, form.details(), subject=form.cleaned_data["subject"],
            language=get_language() or "kk", visitor=network_address(request),
        )  # fmt: skip
    except bookings.SlotGone as gone:
        return _gone(request, found, form, slot, gone)
    except codes.TooMany as many:
        form.add_error(None, many.message)
        return _form(request, found, form, slot, status=429)
    except Refused as refused:
        return _reception(request, _reception_or_404(uuid), problem=refused.message, status=409)
    return HttpResponseRedirect(reverse("confirm", args=[code.uuid]))


def _open_form(request, found: Reception):
    at = timezone.now()
    slot = _slot_of(found, request.GET.get("slot", ""))
    wants_to_wait = slot is None and request.GET.get("wait") == "1"
    if not found.is_open(at) or (slot is None and not wants_to_wait):
        return HttpResponseRedirect(found.get_absolute_url())
    form = BookingForm(initial={"slot": slot and slot.uuid, "wait": wants_to_wait})
    if slot is not None and not bookings.bookable(found, at).filter(pk=slot.pk).exists():
        return _gone(request, found, form, slot, bookings.SlotGone())
    return _form(request, found, form, slot)


def _gone(request, found: Reception, form: BookingForm, slot: Slot | None, gone: Refused):
    """409 with the free times nearest to the one that is gone; what was typed stays."""
    near = shown.nearest(bookings.bookable(found, timezone.now()), slot)
    choices = [{"uuid": one.uuid, "label": say.say_slot(one)} for one in near]
    return _form(request, found, form, None, status=409, gone=gone.message, near=choices)


def _form(request, found: Reception, form, slot: Slot | None, *, status: int = 200, **more):
    language = get_language() or "kk"
    context = {
        "reception": found, "form": form, "slot": slot, "hours": slot and shown.say_hours(slot),
        "day": say.say_day(found.day, language),
        "table": slot and say.say_table(slot.table.number, slot.table.room),
        "crumbs": [
            {"label": _("Personal receptions"), "url": reverse("reception_list")},
            {"label": found.unit.name_in(language), "url": found.get_absolute_url()},
            {"label": _("Booking")},
        ],
    }  # fmt: skip
    return render(request, "appeals/public/book.html", context | more, status=status)


def _slot_of(found: Reception, asked: str) -> Slot | None:
    """The slot of this reception that an address or a form names, or None."""
    try:
        number = UUID(asked[:36])
    except ValueError:
        return None
    return found.slots.select_related("table").filter(uuid=number).first()


@never_cache
@vary_on_headers("HX-Request")
@require_safe
def queue(request, uuid):
    """The screen in the corridor: numbers and expected times of this very day, nothing personal."""
    found, at, language = _reception_or_404(uuid), timezone.now(), get_language() or "kk"
    is_today = found.state == ReceptionState.PUBLISHED and found.day == timezone.localdate(at)
    context = {
        "reception": found, "is_today": is_today, "day": say.say_day(found.day, language),
        "tables": queue_screen.queue_of(found, at) if is_today else [],
        "now": timezone.localtime(at), "seconds": QUEUE_SECONDS,
        "crumbs": [
            {"label": _("Personal receptions"), "url": reverse("reception_list")},
            {"label": found.unit.name_in(language), "url": found.get_absolute_url()},
            {"label": _("Queue")},
        ],
    }  # fmt: skip
    name = "_queue" if request.htmx else "queue"
    return render(request, f"appeals/public/{name}.html", context)


def _reception_or_404(uuid) -> Reception:
    found = Reception.objects.public().filter(uuid=uuid)
    reception = found.select_related("unit", "meeting__host__unit").first()
    if reception is None:
        raise Http404
    return reception
