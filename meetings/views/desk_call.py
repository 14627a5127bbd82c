"""Calling a meeting outside the calendar: a form of its own at the desk."""

from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from meetings.enums import Topic
from meetings.errors import Refused
from meetings.forms.fields import give_choices
from meetings.forms.lines import units_of
from meetings.forms.meetings import CallForm
from meetings.models import Office, Unit
from meetings.models.unit import STEP_WIDTH
from meetings.permissions import Act
from meetings.selectors.desk_lines import by_district, districts_of, hosts_of
from meetings.selectors.units import with_chains
from meetings.services.outside import call_meeting
from meetings.text import BadText, clean
from meetings.views.desk_page import at_the_desk, touches
from meetings.views.desk_targets import look_for, option_of

Form = TypeVar("Form", bound=CallForm)


@at_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def call(request, kato):
    """Call a meeting of an akim of the unit's region; the unit's own is proposed."""
    unit = _unit_or_404(request.user, kato)
    region = Unit.objects.get(path=unit.path[:STEP_WIDTH])
    hosts = hosts_of(request.user, region, Act.CALL_MEETING)
    if not hosts:
        raise PermissionDenied(_("Your role does not call meetings."))
    initial = {"host": unit.kato, "targets": [] if unit.kato in hosts else [unit.kato]}
    form = call_form(request, region, hosts, initial | proposed(request.GET), CallForm)
    # «Find» sends the form as it stands: what is missing in it is no fault yet.
    if request.method != "POST" or "find" in request.POST:
        return show_call(request, form, unit)
    if not form.is_valid():
        return show_call(request, form, unit, status=422)
    given = form.cleaned_data
    try:
        meeting = call_meeting(
            hosts[given["host"]], form.found, given["day"], by=request.user,
            reason=given["reason"], **form.content(),
        )  # fmt: skip
    except Refused as refused:
        form.refuse(refused)
        return show_call(request, form, unit, status=422)
    return HttpResponseRedirect(reverse("desk_meeting", args=[meeting.uuid]))


def _unit_or_404(user, kato: str) -> Unit:
    """A living unit of a region in which the person drafts or reads drafts."""
    unit = Unit.objects.filter(kato=kato, valid_to=None).first()
    if unit is None or not touches(user, Act.READ_DRAFT, unit):
        raise Http404
    return unit


def proposed(query) -> dict:
    """What a link to the form proposes: ``reason`` in words, ``topic`` of the list."""
    found: dict = {}
    try:
        found["reason"] = clean(query.get("reason", ""), limit=1000)
    except BadText:
        found["reason"] = ""
    if query.get("topic") in Topic.values:
        found["topics"] = [query["topic"]]
    return found


def call_form(
    request, region: Unit, hosts: dict[str, Office], initial: dict,
    form_class: type[Form],
) -> Form:  # fmt: skip
    """The form as it was sent, or with what is proposed."""
    form = form_class(request.POST or None, hosts=hosts, region=region, initial=initial)
    give_choices(form, "host", [("", _("choose")), *_grouped(region, hosts)])
    if "find" in request.POST:
        form.is_valid()
        form.errors.clear()
    return form


def _grouped(region: Unit, hosts: dict[str, Office]) -> list:
    """Choices of akims, under the districts they lie in."""
    names = {district.path: district.name for district in districts_of(region)}
    choices: list = []
    for label, offices in by_district(hosts.values(), names):
        options = [(office.unit.kato, office.unit.name) for office in offices]
        choices += [(label, options)] if label else options
    return choices


def show_call(
    request, form: CallForm, unit: Unit, *, template: str = "meetings/desk/call.html",
    status: int = 200, **more,
):  # fmt: skip
    """The page of the form; other rooms show it under a head of their own."""
    context = {
        "form": form, "unit": unit, "picker": _picker(form),
        "searched": "find" in request.POST, "language": get_language(), **more,
    }  # fmt: skip
    return render(request, template, context, status=status)


def _picker(form: CallForm) -> dict:
    """What meetings/desk/_targets.html shows; «Find» sends the form and it comes back."""
    codes = [str(code)[:13] for code in form["targets"].value() or []][:60]
    chosen = with_chains(units_of(form.region, codes))
    office = form.hosts.get(str(form["host"].value() or ""))
    words = str(form.data.get("target_q", ""))[:100] if form.is_bound else ""
    taken = {one.unit.kato for one in chosen}
    found = look_for(words, office.unit if office else form.region, taken)
    return {
        "key": "call", "url": "", "q": words, "owed": [],
        "chosen": [option_of(one) for one in chosen],
        "found": [option_of(one) for one in found],
        "nothing": bool(words) and not found,
    }  # fmt: skip
