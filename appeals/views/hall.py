"""The hall as everybody opens it: the row on a phone, a question from it, a voice, the screen."""

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from appeals import hallrows as say
from appeals.enums import HallSource
from appeals.forms.hall import CodeOfHall, PhoneForm
from appeals.hall_order import BY_SUPPORT
from appeals.models import HallItem
from appeals.selectors.hall import hall_of, version_of
from appeals.services import hall_phones
from appeals.services.codes import TooMany
from appeals.visitors import network_address
from meetings import kept
from meetings.dayrows import say_clocks, say_share
from meetings.errors import Refused
from meetings.models import MeetingDay
from meetings.qr import svg_of
from meetings.services.day import planned_length, reading_of

ROOMS = ("meetings", "appeals")
SHOWN_DONE = 100
SHOWN_NEXT = 4
PHONE_SECONDS, SCREEN_SECONDS = 20, 10
COOKIE_SECONDS = 60 * 60 * 24 * 2


@require_safe
def short(request, code: str):
    """The address that people type: on to the page in the visitor's language."""
    return HttpResponseRedirect(reverse("hall", args=[code.lower()]))


@never_cache
@require_safe
def entrance(request):
    """Where the code is typed by those who do not scan it."""
    form = CodeOfHall(request.GET or None)
    if not form.is_valid():
        return _entrance(request, form, status=422 if form.is_bound else 200)
    code = form.cleaned_data["code"].lower()
    if not MeetingDay.objects.filter(code=code[:8]).exists():
        form.add_error("code", _("There is no hall with this code. Look at the screen again."))
        return _entrance(request, form, status=404)
    return redirect("hall", code=code)


def _entrance(request, form: CodeOfHall, *, status: int = 200):
    return render(request, "appeals/public/hall_entrance.html", {"form": form}, status=status)


def _day_of(code: str) -> MeetingDay | None:
    rows = MeetingDay.objects.select_related("meeting__host__unit", "meeting__region")
    return rows.filter(code=code[:8]).first()


def _wrong_code(request, code: str):
    if code != code.lower():
        return redirect("hall", code=code.lower()[:20])
    form = CodeOfHall({"code": code[:20]})
    form.is_valid()
    form.add_error("code", _("There is no hall with this code. Look at the screen again."))
    return _entrance(request, form, status=404)


@require_safe
def hall(request, code: str):
    """The row on a phone: who speaks, who follows, what was answered; kept until it changes."""
    day = _day_of(code)
    if day is None:
        return _wrong_code(request, code)
    return kept.page(
        request, lambda: _hall(request, day), names=ROOMS, also=_versions(day)
    )  # fmt: skip


def _versions(day: MeetingDay) -> tuple:
    return (day.pk, day.version, day.closed_at, *version_of(day))


def _hall(request, day: MeetingDay):
    now, language = timezone.now(), get_language() or "kk"
    rows, is_open = hall_of(day), hall_phones.is_open(day, now)
    context = {
        "day": day, "meeting": say.say_meeting(day, language), "is_open": is_open,
        "answer": say.say_answer(rows, day, is_open=is_open, is_ahead=say.is_ahead(day)),
        "why_closed": "" if is_open else why_closed(day),
        "current": say.in_hall(rows.current, language) if rows.current else None,
        "waiting": [say.in_hall(item, language) for item in rows.waiting],
        "done": [say.in_hall(item, language) for item in rows.done[:SHOWN_DONE]],
        "figures": say.figures(rows), "rule": say.RULE, "seconds": PHONE_SECONDS,
    }  # fmt: skip
    return render(request, "appeals/public/hall.html", context)


def why_closed(day: MeetingDay) -> str:
    """Why a phone cannot send now, and what to do instead."""
    if day.is_closed or day.meeting.day < timezone.localdate():
        return _("The meeting is over: phones can send nothing more. Ask the akim’s office.")
    if say.is_ahead(day):
        return _("Questions from phones are taken on the day of the meeting. Until it begins you"
                 " can ask on the page of the meeting.")  # fmt: skip
    return _("This hall takes no questions from phones: raise your hand, or hand a paper to the"
             " secretary.")  # fmt: skip


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request, code: str):
    """A question from a phone; below it what this phone sent before and what became of it."""
    day = _day_of(code)
    if day is None:
        return _wrong_code(request, code)
    if request.method != "POST":
        return _with_cookie(request, _ask(request, day, PhoneForm()))
    form = PhoneForm(request.POST)
    if not form.is_valid():
        return _ask(request, day, form, status=422)
    try:
        hall_phones.send(
            day, form.cleaned_data["text"], device=_device(request, day),
            visitor=network_address(request), language=get_language() or "kk",
        )  # fmt: skip
    except Refused as refused:
        form.add_error(refused.field, refused.message)
        return _ask(request, day, form, status=_status_of(refused))
    return HttpResponseRedirect(reverse("hall_ask", args=[code]) + "?sent=1#sent")


def _ask(request, day: MeetingDay, form: PhoneForm, *, status: int = 200):
    language, device = get_language() or "kk", _device(request, day)
    own = HallItem.objects.none()
    if device:
        own = day.hall.filter(source=HallSource.PHONE, person_mark=device)
    is_open = hall_phones.is_open(day, timezone.now())
    context = {
        "day": day, "form": form, "meeting": say.say_meeting(day, language), "is_open": is_open,
        "why_closed": "" if is_open else why_closed(day),
        "own": say.own_rows(own.select_related("question").order_by("-pk")[:20], language),
        "is_sent": request.GET.get("sent") == "1",
    }  # fmt: skip
    return render(request, "appeals/public/hall_ask.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def support(request, code: str, uuid: UUID):
    """A voice for a question in the row. A page of its own, since that of the row is kept for all
    and a form needs a token of the visitor's own."""
    day = _day_of(code)
    if day is None:
        return _wrong_code(request, code)
    rows = hall_of(day)
    item = next(
        (one for one in rows.waiting if one.uuid == uuid and one.source in BY_SUPPORT), None
    )
    if item is None:
        return redirect("hall", code=code)
    if request.method != "POST":
        return _with_cookie(request, _support(request, day, item))
    try:
        is_new = hall_phones.support(
            day, uuid, device=_device(request, day), visitor=network_address(request)
        )
    except Refused as refused:
        return _support(request, day, item, problem=refused.message, status=_status_of(refused))
    if is_new:
        return redirect("hall", code=code)
    return _support(request, day, item, told=_("Your voice was counted already."))


def _support(request, day: MeetingDay, item: HallItem, *, status: int = 200, **more):
    language = get_language() or "kk"
    is_open = hall_phones.is_open(day, timezone.now())
    context = {
        "day": day, "row": say.in_hall(item, language), "is_open": is_open,
        "why_closed": "" if is_open else why_closed(day), **more,
    }  # fmt: skip
    return render(request, "appeals/public/hall_support.html", context, status=status)


def _status_of(refused: Refused) -> int:
    if isinstance(refused, hall_phones.HallClosed):
        return 409
    return 429 if isinstance(refused, TooMany) else 422


def _cookie_name() -> str:
    return "__Host-hall" if settings.PRODUCTION else "hall"


def _device(request, day: MeetingDay) -> str:
    return hall_phones.device_of(request.COOKIES.get(_cookie_name(), ""), day)


def _with_cookie(request, response: HttpResponse) -> HttpResponse:
    """A phone that comes to write gets its mark; who only reads gets none."""
    if not request.COOKIES.get(_cookie_name()):
        response.set_cookie(
            _cookie_name(), hall_phones.new_device(), max_age=COOKIE_SECONDS,
            secure=settings.PRODUCTION, httponly=True, samesite="Lax",
        )  # fmt: skip
    return response


@never_cache
@require_safe
def screen(request, code: str):
    """The big screen: who speaks, who is next, the clocks, the address. Numbers and texts that
    were let through, nothing of persons."""
    day = _day_of(code)
    if day is None:
        return _wrong_code(request, code)
    now, language = timezone.now(), get_language() or "kk"
    rows, reading = hall_of(day), reading_of(day, now)
    is_open = hall_phones.is_open(day, now)
    address = say.address_of(day)
    context = {
        "day": day, "meeting": say.say_meeting(day, language), "is_open": is_open,
        "answer": say.say_answer(rows, day, is_open=is_open, is_ahead=say.is_ahead(day)),
        "current": say.in_hall(rows.current, language) if rows.current else None,
        "next": [say.in_hall(item, language, short=True) for item in rows.waiting[:SHOWN_NEXT]],
        "more": max(len(rows.waiting) - SHOWN_NEXT, 0), "figures": say.figures(rows),
        "clocks": say_clocks(reading), "reading": reading,
        "share": say_share(reading, day.limit_percent, planned_length(day.meeting)),
        "address": address, "qr": svg_of(address["url"]), "seconds": SCREEN_SECONDS,
        "language": language,
    }  # fmt: skip
    return render(request, "appeals/public/hall_screen.html", context)


@require_safe
def poster(request, code: str):
    """A sheet for the wall: the address, its code and the QR code."""
    day = _day_of(code)
    if day is None:
        return _wrong_code(request, code)
    address = say.address_of(day)
    context = {
        "day": day, "meeting": say.say_meeting(day, get_language() or "kk"),
        "address": address, "qr": svg_of(address["url"], square=10), "rule": say.RULE,
    }  # fmt: skip
    return render(request, "appeals/public/hall_poster.html", context)
