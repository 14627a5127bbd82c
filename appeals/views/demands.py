"""Demands for meetings as everybody sees them: the list, one demand, opening one, a voice."""

from urllib.parse import urlencode

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from appeals import demandrows as say
from appeals.enums import DemandState
from appeals.forms.demands import DemandFilter, DemandForm
from appeals.forms.following import SupportForm
from appeals.models import Demand
from appeals.selectors import demands as shown
from appeals.services import demand_voices, demands
from appeals.services.codes import TooMany
from appeals.services.demand_voices import Voice
from appeals.views.asking import choose_place
from appeals.visitors import network_address
from meetings import kept
from meetings.errors import Refused
from meetings.models import Unit
from meetings.paging import NoSuchPage, page_of
from meetings.rows import say_host
from meetings.selectors.places import unit_by_code
from meetings.selectors.units import with_chains
from meetings.views.answers import not_found

ROOMS = ("meetings", "appeals")
PAGE = 30


@require_safe
def demand_list(request):
    """Published demands, whatever came of them, with filters; kept until one changes."""
    return kept.page(request, lambda: _demand_list(request), names=ROOMS)


def _demand_list(request):
    form, today, language = DemandFilter(request.GET), timezone.localdate(), get_language() or "kk"
    unit = _unit_of(form)
    context = {"form": form, "unit": unit, "state": request.GET.get("state", "")[:20]}
    if form.errors:
        return _list_page(request, context, 422)
    state = form.cleaned_data["state"]
    found = shown.listed(unit, state, today)
    try:
        page = page_of(found.count(), request.GET.get("page", ""), PAGE)
    except NoSuchPage as missing:
        return _list_page(request, context | {"problem": missing.message}, missing.status)
    first = max(page.start_index() - 1, 0)
    demands_shown = found.select_related("unit", "office__unit", "meeting")[first : first + PAGE]
    standing = shown.standing(unit, today)
    late = {"state": "overdue"} | ({"unit": unit.kato} if unit else {})
    context |= {
        "page": page, "rows": say.rows(demands_shown, language, today),
        "answer": say.say_standing(standing),
        "overdue_url": f"?{urlencode(late)}" if standing.overdue and state != "overdue" else "",
        "is_filtered": bool(state or unit),
    }  # fmt: skip
    return _list_page(request, context)


def _list_page(request, context: dict, status: int = 200):
    return render(request, "appeals/public/demand_list.html", context, status=status)


def _unit_of(form: DemandFilter) -> Unit | None:
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


@require_safe
def demand(request, uuid):
    """One published demand: its voices, its days, what the office answered."""
    return kept.page(request, lambda: _demand(request, uuid), names=ROOMS)


def _demand(request, uuid):
    found = _published(uuid)
    if found is None:
        return _missing(request)
    language, today = get_language() or "kk", timezone.localdate()
    context = {
        "demand": found, "row": say.rows([found], language, today)[0],
        "chain": ", ".join(with_chains([found.unit], language)[0].chain),
        "counting": say.counting(found, language),
        "moves": say.moves(found, at_desk=False),
        "voice_told": _VOICES.get(request.GET.get("voice", "")),
        "takes_voices": demand_voices.takes_voices(found, today),
        "is_answered": found.state in (DemandState.MEETING, DemandState.REFUSED),
        "crumbs": [
            {"label": _("Demands for meetings"), "url": reverse("demand_list")},
            {"label": found.number, "url": ""},
        ],
    }  # fmt: skip
    return render(request, "appeals/public/demand.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def support(request, uuid):
    """Give one's voice: a code is sent to the address. A page of its own, as for questions."""
    found = _published(uuid)
    if found is None:
        return _missing(request)
    if request.method != "POST":
        return _support_page(request, found, SupportForm())
    form = SupportForm(request.POST)
    if not form.is_valid():
        return _support_page(request, found, form, status=422)
    try:
        code = demand_voices.support(
            found, email=form.cleaned_data["email"], language=get_language() or "kk",
            visitor=network_address(request),
        )  # fmt: skip
    except demand_voices.Over as over:
        form.add_error(None, over.message)
        return _support_page(request, found, form, status=409)
    except TooMany as many:
        form.add_error(None, many.message)
        return _support_page(request, found, form, status=429)
    return redirect("confirm", uuid=code.uuid)


def _support_page(request, found: Demand, form: SupportForm, *, status: int = 200):
    language, today = get_language() or "kk", timezone.localdate()
    context = {
        "demand": found, "form": form, "row": say.rows([found], language, today)[0],
        "takes_voices": demand_voices.takes_voices(found, today),
    }  # fmt: skip
    return render(request, "appeals/public/demand_support.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    """Open a demand: first the place whose people ask, then whom, why and by whom."""
    code = request.GET.get("unit", "")
    if not code:
        return choose_place(request, "appeals/public/demand_place.html")
    unit = unit_by_code(code[:13])
    if unit is None or unit.valid_to is not None:
        return not_found(request, _("There is no such place. Find your place by its name."))
    unit = shown.people_of(unit)
    offices = shown.addressees(unit, timezone.localdate())
    form = DemandForm(request.POST or None, unit=unit, offices=offices)
    if request.method != "POST":
        return _new_page(request, form)
    if not form.is_valid():
        return _new_page(request, form, status=422)
    try:
        sent = demands.open_demand(
            form.demanded(), language=get_language() or "kk", visitor=network_address(request)
        )
    except demands.AlreadyOpen as already:
        return _new_page(request, form, status=409, already=already.demand)
    except TooMany as many:
        form.add_error(None, many.message)
        return _new_page(request, form, status=429)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        return _new_page(request, form, status=422)
    return redirect("confirm", uuid=sent.uuid)


def _new_page(request, form: DemandForm, *, status: int = 200, already: Demand | None = None):
    """The form, with what these people demand already before it."""
    language, today, unit = get_language() or "kk", timezone.localdate(), form.unit
    offices = list(form.offices.values())
    open_now = Demand.objects.open().filter(unit=unit, office__in=offices)
    rule = shown.rule_of(unit)
    context = {
        "form": form, "unit": unit, "already": already,
        "open_rows": say.rows(
            open_now.select_related("unit", "office__unit", "meeting"), language, today
        ),
        "rule": say.say_rule(rule), "hosts": [say_host(one.unit.name) for one in offices],
        "chain": ", ".join(with_chains([unit], language)[0].chain),
        "action": f"?unit={unit.kato}",
    }  # fmt: skip
    return render(request, "appeals/public/demand_new.html", context, status=status)


def _published(uuid) -> Demand | None:
    found = Demand.objects.public().filter(uuid=uuid)
    return found.select_related("unit", "office__unit", "meeting__host__unit").first()


def _missing(request):
    return not_found(
        request, _("There is no published demand at this address. Look for it in the list.")
    )


_VOICES = {
    Voice.COUNTED: gettext_lazy("Thank you: your voice is counted. What becomes of the demand will"
                                " come to you by e-mail."),
    Voice.AGAIN: gettext_lazy("Your voice was counted already: one address has one voice."),
    Voice.REACHED: gettext_lazy("Thank you: yours was the last voice needed. The akim’s office owes"
                                " an answer now; it will come to you by e-mail."),
    Voice.MEANWHILE: gettext_lazy("Meanwhile others of your place have opened the same demand. Give"
                                  " it your voice: it is the shorter way to the meeting."),
}  # fmt: skip
