"""Asking: where, what, and who asks; then the code from the letter."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from appeals import likerows
from appeals.forms.asking import AskForm
from appeals.selectors.similar import similar_to
from appeals.services import asking
from appeals.services.codes import TooMany, is_slowed
from appeals.visitors import network_address
from meetings.dates import say_when
from meetings.enums import MeetingState
from meetings.forms.public import PlaceSearch
from meetings.models import Meeting, Unit
from meetings.rows import say_host
from meetings.selectors.places import unit_by_code
from meetings.selectors.units import find_units, with_chains
from meetings.views.answers import not_found

FOUND_AT_MOST = 20
MOST_PLACES = 60


@dataclass(frozen=True, slots=True)
class Target:
    """To whom one asks: a unit, or a meeting with the places it is for."""

    unit: Unit
    places: tuple[Unit, ...] = ()
    meeting: Meeting | None = None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request):
    """The form, once it is known to whom; the search for a place before."""
    unit, meeting = request.GET.get("unit", ""), request.GET.get("meeting", "")
    if not unit and not meeting:
        return choose_place(request, "appeals/public/ask_place.html")
    target = _of_meeting(meeting) if meeting else _of_unit(unit)
    if target is None:
        return not_found(
            request,
            _("There is no such meeting or place to ask. Find your place by its name."),
        )
    if target.meeting is not None and not asking.is_open(target.meeting):
        return _closed(request, target)
    if request.method != "POST":
        return _page(request, target, _form(target, None))
    if step := _step_before(request, target):
        return step
    # Reading files costs time: whoever is told to wait below gets none of it.
    sent = request.FILES if not request.FILES or not is_slowed(network_address(request)) else None
    form = _form(target, request.POST, sent)
    if not form.is_valid():
        return _page(request, target, form, status=422)
    try:
        code = asking.ask(
            form.asked(), language=get_language() or "kk", visitor=network_address(request)
        )
    except asking.Closed:
        return _closed(request, target)
    except TooMany as many:
        form.add_error(None, many.message)
        return _page(request, target, form, status=429)
    return redirect("confirm", uuid=code.uuid)


def _step_before(request, target: Target):
    """Similar questions that are public, shown once between the form and the code; None when
    nothing is like it, something is to be mended first, or they were seen."""
    form = _form(target, request.POST)
    if "change" in request.POST:
        return _page(request, target, form)
    if "seen" in request.POST or not form.is_valid():
        return None
    asked = form.asked()
    found = similar_to(asked.text, asked.unit, topic=asked.topic)
    if not found:
        return None
    context = {
        "form": form, "likes": likerows.to_who_asks(found), "email": asked.email,
        "action": _action(target), "sent_files": bool(request.FILES), "text": asked.text,
    }  # fmt: skip
    return render(request, "appeals/public/ask_similar.html", context)


def _action(target: Target) -> str:
    if target.meeting is not None:
        return f"?meeting={target.meeting.uuid}"
    return f"?unit={target.unit.kato}"


def _of_unit(code: str) -> Target | None:
    unit = unit_by_code(code[:13])
    return Target(unit, (unit,)) if unit and unit.valid_to is None else None


def _of_meeting(identity: str) -> Target | None:
    try:
        uuid = UUID(identity[:36])
    except ValueError:
        return None
    meeting = Meeting.objects.filter(uuid=uuid).select_related("host__unit").first()
    if meeting is None:
        return None
    places = tuple(meeting.targets.order_by("path")[:MOST_PLACES]) or (meeting.host.unit,)
    return Target(places[0], places, meeting)


def _form(target: Target, typed, sent=None) -> AskForm:
    places = list(target.places)
    return AskForm(typed, sent, unit=target.unit, places=places, meeting=target.meeting)


def choose_place(request, template: str):
    """Step one: a place, found by its name; htmx shows the list as one types."""
    form = PlaceSearch(request.GET)
    valid = form.is_valid()
    words = form.cleaned_data["q"] if valid else request.GET.get("q", "")[:200]
    found = find_units(words, limit=FOUND_AT_MOST + 1) if valid and words else []
    context = {
        "q": words, "error": "" if valid else form.errors["q"][0],
        "found": [
            {"name": one.unit.name, "chain": ", ".join(one.chain),
             "url": f"?unit={one.unit.kato}"}
            for one in found[:FOUND_AT_MOST]
        ],
        "has_more": len(found) > FOUND_AT_MOST,
    }  # fmt: skip
    return render(request, template, context, status=200 if valid else 422)


def _closed(request, target: Target):
    """The meeting takes nothing more: what was typed is kept for its place instead."""
    to_unit = Target(target.unit, target.places)
    form = _form(to_unit, request.POST or None)
    if form.is_bound:
        form.is_valid()
        form.errors.clear()
    status = 409 if request.method == "POST" else 200
    return _page(request, to_unit, form, status=status, closed=_why_closed(target.meeting))


def _why_closed(meeting: Meeting | None) -> str:
    if meeting is not None and meeting.state == MeetingState.CANCELLED:
        return _("This meeting is cancelled and takes no questions. You can ask the akim’s office"
                 " here instead.")  # fmt: skip
    return _("This meeting takes no more questions. You can ask the akim’s office here instead.")


def _page(request, target: Target, form: AskForm, *, status: int = 200, **more):
    language = get_language() or "kk"
    context = {
        "form": form, "unit": target.unit, "meeting": target.meeting,
        "chain": ", ".join(with_chains([target.unit], language)[0].chain),
        "action": _action(target), "answer_days": settings.ANSWER_DAYS,
        "sent_files": bool(request.FILES),
        **more,
    }  # fmt: skip
    if target.meeting is not None:
        meeting = target.meeting
        context |= {
            "when": say_when(meeting.day, meeting.starts_at, language),
            "host": say_host(meeting.host.unit.name_in(language)),
            "closes": asking.say_moment(asking.closes_at(meeting), language),
        }
    return render(request, "appeals/public/ask.html", context, status=status)
