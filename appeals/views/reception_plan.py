"""Planning a reception at the desk: where, after which meeting, when, and who sits there."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from appeals import receptionrows as say
from appeals.enums import ReceptionState
from appeals.forms import reception_desk as forms
from appeals.models import Reception
from appeals.selectors.reception_desk import meetings_to_follow
from appeals.selectors.receptions import tables_of
from appeals.services import receptions
from appeals.views.reception_desk import reception_or_404, stale
from meetings.dates import say_when
from meetings.errors import Refused, StaleEdit
from meetings.models import Meeting, Unit
from meetings.permissions import Act, assignments, may, reach, within_reach
from meetings.selectors.places import unit_by_code
from meetings.selectors.units import find_units
from meetings.views.desk_page import at_the_desk

LONGEST_WORDS = 100
MOST_FOUND = 12


@at_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    """A place first (``?unit=``, or ``?meeting=`` and its place), then the plan."""
    if reach(request.user, Act.RUN_RECEPTION) == []:
        raise PermissionDenied(_("Your role does not run receptions."))
    meeting = _meeting_or_404(request.user, request.GET.get("meeting", ""))
    unit = _unit_or_404(request.user, request.GET.get("unit", ""), meeting)
    if unit is None:
        return _choose(request)
    if request.method != "POST":
        form = forms.PlanForm(tables=[2], initial=_proposed(meeting))
        return _show(request, form, unit, meeting)
    form = forms.PlanForm(request.POST, tables=forms.counts_of(request.POST))
    if _asks_for_rows(request):
        form.errors.clear()
        return _show(request, form, unit, meeting)
    if not form.is_valid():
        return _show(request, form, unit, meeting, status=422)
    tables = form.cleaned_data["found_tables"]
    try:
        made = receptions.make(unit, form.values(), tables, by=request.user, meeting=meeting)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        return _show(request, form, unit, meeting, status=422)
    return HttpResponseRedirect(reverse("desk_reception", args=[made.uuid]))


@at_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, uuid):
    """A draft anew; what is public is changed on its own page, with a reason."""
    found = reception_or_404(request, uuid)
    if not may(request.user, Act.RUN_RECEPTION, found.unit):
        raise PermissionDenied(_("Your role does not run receptions of this place."))
    if found.state != ReceptionState.DRAFT:
        return HttpResponseRedirect(reverse("desk_reception", args=[uuid]))
    if request.method != "POST":
        initial, counts = forms.initial_of(found, tables_of(found))
        form = forms.PlanForm(tables=counts, initial=initial)
        return _show(request, form, found.unit, found.meeting, found)
    form = forms.PlanForm(request.POST, tables=forms.counts_of(request.POST))
    if _asks_for_rows(request):
        form.errors.clear()
        return _show(request, form, found.unit, found.meeting, found)
    if not form.is_valid():
        return _show(request, form, found.unit, found.meeting, found, status=422)
    try:
        receptions.redo(
            found, form.values(), form.cleaned_data["found_tables"], by=request.user,
            version=form.cleaned_data["version"] or 0,
        )  # fmt: skip
    except StaleEdit:
        now = reception_or_404(request, uuid)
        stale(form, request.POST, now)
        return _show(request, form, now.unit, now.meeting, now, status=409)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        return _show(request, form, found.unit, found.meeting, found, status=422)
    return HttpResponseRedirect(reverse("desk_reception", args=[uuid]))


def _asks_for_rows(request) -> bool:
    """Another table or official is wanted: what is missing in the form is no fault yet."""
    return "add_table" in request.POST or "add_official" in request.POST


def _meeting_or_404(user, asked: str) -> Meeting | None:
    if not asked:
        return None
    try:
        number = UUID(asked[:36])
    except ValueError:
        raise Http404 from None
    found = Meeting.objects.filter(uuid=number).select_related("host__unit").first()
    if found is None:
        raise Http404
    return found


def _unit_or_404(user, code: str, meeting: Meeting | None) -> Unit | None:
    """The place that was chosen, or the meeting's; it lies where the user runs receptions."""
    if not code and meeting is None:
        return None
    unit = unit_by_code(code[:13]) if code else _place_of(user, meeting)
    if unit is None or not may(user, Act.RUN_RECEPTION, unit):
        raise Http404
    return unit


def _place_of(user, meeting: Meeting | None) -> Unit | None:
    """Where a meeting takes place, as far as the user's right reaches, or its akim's unit."""
    if meeting is None:
        return None
    targets = meeting.targets.filter(within_reach(user, Act.RUN_RECEPTION, "path"))
    return targets.order_by("path").first() or meeting.host.unit


def _proposed(meeting: Meeting | None) -> dict:
    """What a meeting says already of the reception after it."""
    if meeting is None:
        return {}
    names = ("day", "place_kk", "place_ru", "address_kk", "address_ru", "contact")
    return {name: getattr(meeting, name) for name in names} | {"begins": meeting.ends_at}


def _choose(request):
    """Step one: a meeting or a place."""
    user, language = request.user, get_language() or "kk"
    words = request.GET.get("q", "")[:LONGEST_WORDS]
    own = Unit.objects.filter(within_reach(user, Act.RUN_RECEPTION, "path"), valid_to=None)
    found = find_units(words, among=own, limit=MOST_FOUND)
    held = {path for _role, path in assignments(user) if path}
    context = {
        "q": words, "found": found, "nothing": bool(words.strip()) and not found,
        "own": list(own.filter(path__in=held).order_by("path")[:6]),
        "meetings": [
            {"uuid": one.uuid, "when": say_when(one.day, one.starts_at, language),
             "unit": one.host.unit.name_in(language), "place": one.place_in(language)}
            for one in meetings_to_follow(user, timezone.localdate())
        ],
        "crumbs": _crumbs(_("Plan a reception")),
    }  # fmt: skip
    return render(request, "appeals/desk/receptions/choose.html", context)


def _crumbs(last: str) -> list[dict]:
    return [
        {"label": _("Personal receptions"), "url": reverse("desk_receptions")},
        {"label": last, "url": ""},
    ]


def _show(request, form, unit: Unit, meeting, found: Reception | None = None, *, status=200):
    language = get_language() or "kk"
    context = {
        "form": form, "unit": unit, "meeting": meeting, "reception": found,
        "when": meeting and say_when(meeting.day, meeting.starts_at, language),
        "chain": [one.name for one in Unit.objects.above(unit)][::-1],
        "tables": form.shown_tables(), "focus": _focus(request, form),
        "may_add_table": len(form.tables) < forms.MOST_TABLES,
        "crumbs": _crumbs(say.say_title(found, language) if found else _("Plan a reception")),
    }  # fmt: skip
    return render(request, "appeals/desk/receptions/plan.html", context, status=status)


def _focus(request, form) -> int:
    """The table to which the buttons of rows lead back."""
    asked = request.POST.get("add_official", "")
    if asked.isascii() and asked.isdigit():
        return int(asked[:3])
    return len(form.tables) if "add_table" in request.POST else 0
