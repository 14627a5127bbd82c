"""Demands at the desk: what burns first; one demand with what may be done; answering with a
meeting outside the calendar."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from appeals import demandrows as say
from appeals.demand_steps import RULES, Deed
from appeals.enums import DemandState
from appeals.forms import moderation as forms
from appeals.forms.demands import DeskFilter, MeetForm, RefuseForm
from appeals.forms.personal import PurposeForm
from appeals.masking import find, masked
from appeals.models import Demand
from appeals.personrows import person_at_desk
from appeals.selectors import clusters
from appeals.selectors import demands as shown
from appeals.services import demand_answers, personal
from meetings.errors import Refused, StaleEdit
from meetings.models import Unit
from meetings.permissions import Act, may, reach
from meetings.views.desk_call import call_form, show_call
from meetings.views.desk_page import at_the_desk, page_at

PAGE = 40


@dataclass(frozen=True, slots=True)
class Offer:
    """A deed as the page offers it."""

    deed: Deed
    form: type[forms.VersionedForm]
    title: Any
    button: Any


OFFERS = [
    Offer(Deed.PUBLISH, forms.PublishForm, gettext_lazy("Publish"), gettext_lazy("Publish")),
    Offer(Deed.UPHOLD, forms.UpholdForm, gettext_lazy("Answer the objection: it stays held back"),
          gettext_lazy("Keep it held back")),
    Offer(Deed.HOLD, forms.HoldForm, gettext_lazy("Hold back"), gettext_lazy("Hold back")),
    Offer(Deed.REFUSE, RefuseForm, gettext_lazy("Answer with a reason: no meeting"),
          gettext_lazy("Publish the answer")),
    Offer(Deed.EDIT, forms.PublishForm, gettext_lazy("Change the public text"),
          gettext_lazy("Save")),
]  # fmt: skip


@at_the_desk
@require_safe
def demands(request):
    """The demands that one's right reaches, by shelves; late answers before all others."""
    user = request.user
    if reach(user, Act.READ_REQUESTS) == []:
        raise PermissionDenied(_("Your role does not read demands."))
    today, language = timezone.localdate(), get_language() or "kk"
    form = DeskFilter(request.GET)
    status = 200 if form.is_valid() else 422
    show = form.cleaned_data.get("show") or _first_shelf(user)
    counts = shown.counts(user, today)
    found = shown.at_desk(user, show).select_related("unit", "office__unit", "meeting")
    page = page_at(request, found, PAGE)
    context = {
        "page": page, "rows": say.rows(page.object_list, language, today, at_desk=True),
        "late": counts["late"],
        "shelves": [
            {"label": label, "url": f"?show={name}", "is_current": name == show,
             "count": counts.get(name)}
            for name, label in shown.SHELVES.items()
        ],
        "clusters": clusters.say(clusters.proposed(user, timezone.now()), language),
        "cluster_days": clusters.days(),
    }  # fmt: skip
    return render(request, "appeals/desk/demands.html", context, status=status)


def _first_shelf(user) -> str:
    """What the person is waited for with."""
    return "waiting" if reach(user, Act.ANSWER_DEMAND) == [] else "answer"


@at_the_desk
@require_safe
def demand(request, uuid):
    """One demand as staff see it."""
    return _show(request, _demand_or_404(request, uuid))


@at_the_desk
@require_POST
def act(request, uuid, deed):
    """Do one thing to a demand."""
    found = _demand_or_404(request, uuid)
    offer = next((one for one in OFFERS if one.deed == deed), None)
    if offer is None:
        raise Http404
    form = offer.form(request.POST, key=offer.deed)
    if not form.is_valid():
        return _show(request, found, {offer.deed: form}, status=422)
    try:
        _do(offer.deed, found, form.cleaned_data, request.user)
    except StaleEdit:
        now = _demand_or_404(request, uuid)
        _tell_stale(form, request, now)
        return _show(request, now, {offer.deed: form}, status=409)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        return _show(request, _demand_or_404(request, uuid), {offer.deed: form}, status=422)
    return HttpResponseRedirect(reverse("desk_demand", args=[uuid]))


def _tell_stale(form, request, now: Demand) -> None:
    """What was typed stays, with the version that is stored now."""
    form.add_error(
        None, _("Somebody changed this demand meanwhile. Here it is now; check and send again.")
    )
    typed = request.POST.copy()
    typed["version"] = str(now.version)
    form.data = typed


def _do(deed: Deed, found: Demand, given: dict, user) -> None:
    by = {"by": user, "version": given["version"]}
    if deed == Deed.PUBLISH:
        demand_answers.publish(found, text=given["text"], **by)
    elif deed == Deed.EDIT:
        demand_answers.edit(found, text=given["text"], **by)
    elif deed == Deed.HOLD:
        demand_answers.hold(found, reason=given["reason"], words=given["words"], **by)
    elif deed == Deed.UPHOLD:
        demand_answers.uphold(found, words=given["words"], **by)
    else:
        demand_answers.refuse(found, text=given["text"], **by)


@at_the_desk
@require_POST
def read_person(request, uuid):
    """Show name and contact of the author once, for the purpose that was given; it is recorded."""
    found = _demand_or_404(request, uuid)
    if found.person is None:
        raise Http404
    if not may(request.user, Act.READ_PERSONAL, found.unit):
        raise PermissionDenied(_("Your role does not read names and contacts of this place."))
    form, read = PurposeForm(request.POST), None
    try:
        if form.is_valid():
            read = personal.read(
                found.person, by=request.user, subject=f"demand:{found.uuid}",
                purpose=form.cleaned_data["purpose"], words=form.cleaned_data["words"],
            )  # fmt: skip
    except Refused as refused:
        form.add_error(refused.field, refused.message)
    person = person_at_desk(request.user, found, read=read, form=form)
    return _show(request, found, person=person, status=200 if read is not None else 422)


@at_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def meet(request, uuid):
    """Answer a demand with a meeting: the form of a meeting outside the calendar, filled in."""
    found = _demand_or_404(request, uuid)
    host = found.office.unit
    if not (may(request.user, Act.ANSWER_DEMAND, host) and may(request.user, Act.CALL_MEETING,
                                                               host)):  # fmt: skip
        raise PermissionDenied(_("Your role does not answer demands to this akim."))
    if found.state not in RULES[Deed.MEET].sources:
        return _show(request, found, status=409 if request.method == "POST" else 200)
    initial = {
        "host": host.kato, "targets": [found.unit.kato], "topics": [found.topic],
        "reason": say.why_called(found), "version": found.version,
    }  # fmt: skip
    form = call_form(request, found.region, {host.kato: found.office}, initial, MeetForm)
    if request.method != "POST" or "find" in request.POST:
        return _meet_page(request, form, found)
    if not form.is_valid():
        return _meet_page(request, form, found, status=422)
    return _called(request, form, found)


def _called(request, form: MeetForm, found: Demand):
    given = form.cleaned_data
    try:
        demand_answers.meet(
            found, form.found, given["day"], by=request.user, version=given["version"],
            reason=given["reason"], **form.content(),
        )  # fmt: skip
    except StaleEdit:
        now = _demand_or_404(request, found.uuid)
        if now.state not in RULES[Deed.MEET].sources:
            return _show(request, now, status=409)
        _tell_stale(form, request, now)
        return _meet_page(request, form, now, status=409)
    except Refused as refused:
        form.refuse(refused)
        return _meet_page(request, form, found, status=422)
    return HttpResponseRedirect(reverse("desk_demand", args=[found.uuid]))


def _meet_page(request, form: MeetForm, found: Demand, *, status: int = 200):
    language, today = get_language() or "kk", timezone.localdate()
    return show_call(
        request, form, found.unit, template="appeals/desk/demand_meeting.html", status=status,
        demand=found, row=say.rows([found], language, today, at_desk=True)[0],
    )  # fmt: skip


def _demand_or_404(request, uuid) -> Demand:
    found = (
        Demand.objects.in_reach(request.user)
        .filter(uuid=uuid)
        .select_related("unit", "region", "office__unit", "meeting", "person")
        .first()
    )
    if found is None:
        raise Http404
    return found


def _show(
    request, found: Demand, typed: dict | None = None, *, person: dict | None = None,
    status: int = 200,
):  # fmt: skip
    language, today = get_language() or "kk", timezone.localdate()
    user = request.user
    may_meet = (
        found.state in RULES[Deed.MEET].sources
        and may(user, Act.ANSWER_DEMAND, found.office.unit)
        and may(user, Act.CALL_MEETING, found.office.unit)
    )
    context = {
        "demand": found, "row": say.rows([found], language, today, at_desk=True)[0],
        "chain": [unit.name for unit in Unit.objects.above(found.unit)][::-1],
        "counting": say.counting(found, language), "moves": say.moves(found, at_desk=True),
        "offers": _offers(user, found, typed or {}),
        "person": person or person_at_desk(user, found),
        "meet_url": reverse("desk_demand_meeting", args=[found.uuid]) if may_meet else "",
        "is_masked": found.published_at is None and bool(find(found.text)),
        "is_moved_on": status == 409 and not typed,
        "crumbs": [
            {"label": _("Demands"), "url": reverse("desk_demands")},
            {"label": found.number, "url": ""},
        ],
    }  # fmt: skip
    return render(request, "appeals/desk/demand.html", context, status=status)


def _offers(user, found: Demand, typed: dict) -> list[dict]:
    """What the person may do now; what was sent stands open."""
    shown_offers = []
    for offer in OFFERS:
        if offer.deed not in typed and not _is_open(offer.deed, found, user):
            continue
        form = typed.get(offer.deed) or offer.form(
            initial={"version": found.version, "text": _text(found, offer.deed)}, key=offer.deed
        )
        shown_offers.append(
            {"deed": offer.deed, "title": offer.title, "button": offer.button, "form": form,
             "open": offer.deed in typed or offer.deed == _next(found),
             "url": reverse("desk_demand_act", args=[found.uuid, offer.deed])}
        )  # fmt: skip
    return shown_offers


def _text(found: Demand, deed: Deed) -> str:
    """What is proposed for publication: what looks personal in it is masked."""
    return "" if deed == Deed.REFUSE else found.public_text or masked(found.text, found.language)


def _is_open(deed: Deed, found: Demand, user) -> bool:
    rule = RULES[deed]
    where = found.office.unit if rule.act == Act.ANSWER_DEMAND else found.unit
    if found.state not in rule.sources or rule.act is None or not may(user, rule.act, where):
        return False
    return deed != Deed.UPHOLD or (bool(found.objected_at) and not found.objection_answer)


def _next(found: Demand) -> Deed | None:
    """The deed that the demand waits for."""
    if found.state == DemandState.WAITING:
        return Deed.PUBLISH
    return Deed.UPHOLD if found.state == DemandState.HELD else None
