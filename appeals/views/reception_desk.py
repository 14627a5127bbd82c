"""The desk of receptions: the list, and one reception with what may be done to it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from appeals import receptionrows as say
from appeals.enums import ReceptionState as State
from appeals.forms import reception_desk as forms
from appeals.forms.booking_desk import PURPOSES
from appeals.forms.moderation import VersionedForm
from appeals.models import Reception
from appeals.selectors import reception_desk as desk
from appeals.selectors.receptions import tables_of
from appeals.services import reception_changes, receptions
from appeals.views.reception_day import day_context
from meetings.errors import Refused, StaleEdit
from meetings.permissions import Act, may, reach
from meetings.views.desk_page import at_the_desk, page_at

PAGE = 40


@dataclass(frozen=True, slots=True)
class Offer:
    """A deed as the page of a reception offers it."""

    deed: str
    form: type[VersionedForm]
    state: State
    title: Any  # lazy words
    button: Any
    done: Any


OFFERS = [
    Offer("publish", forms.PublishForm, State.DRAFT, gettext_lazy("Publish"),
          gettext_lazy("Publish"), gettext_lazy("The reception is public now.")),
    Offer("close", forms.CloseForm, State.PUBLISHED, gettext_lazy("Close the reception"),
          gettext_lazy("Close the reception"), gettext_lazy("The reception is closed.")),
    Offer("change", forms.ChangeForm, State.PUBLISHED,
          gettext_lazy("Change the day, the hour or the place"),
          gettext_lazy("Save and tell everybody who booked"),
          gettext_lazy("It is changed; everybody who booked is told.")),
    Offer("cancel", forms.ReasonForm, State.PUBLISHED, gettext_lazy("Cancel the reception"),
          gettext_lazy("Cancel and tell everybody who booked"),
          gettext_lazy("It is cancelled; everybody who booked is told.")),
]  # fmt: skip


@at_the_desk
@require_safe
def reception_list(request):
    """Receptions of one's territory by shelves."""
    user, at, language = request.user, timezone.now(), get_language() or "kk"
    may_run = reach(user, Act.RUN_RECEPTION) != []
    if not may_run and reach(user, Act.READ_REQUESTS) == []:
        raise PermissionDenied(_("Your role does not work with receptions."))
    form = forms.DeskFilter(request.GET)
    status = 200 if form.is_valid() else 422
    show = form.cleaned_data.get("show") or "ahead"
    words = form.cleaned_data.get("q", "")
    found = desk.at_desk(user, show, words, timezone.localdate(at)).select_related("unit")
    page = page_at(request, found, PAGE)
    context = {
        "form": form, "page": page, "show": show, "may_run": may_run, "is_narrowed": bool(words),
        "rows": say.rows(list(page.object_list), language, at, at_desk=True),
        "shelves": _shelf_links(request, show),
    }  # fmt: skip
    return render(request, "appeals/desk/receptions/list.html", context, status=status)


def _shelf_links(request, now: str) -> list[dict]:
    query = request.GET.copy()
    query.pop("page", None)
    links = []
    for show, label in desk.SHELVES.items():
        query["show"] = show
        links.append(
            {"label": label, "url": f"?{query.urlencode()}", "is_current": show == now}
        )  # fmt: skip
    return links


@at_the_desk
@require_safe
def reception(request, uuid):
    """One reception: who is booked, table by table, and what may be done."""
    return show_reception(request, reception_or_404(request, uuid))


@at_the_desk
@require_POST
def act(request, uuid, deed):
    """Publish, change, cancel or close a reception."""
    found = reception_or_404(request, uuid)
    offer = next((one for one in OFFERS if one.deed == deed), None)
    if offer is None:
        raise Http404
    if not may(request.user, Act.RUN_RECEPTION, found.unit):
        raise PermissionDenied(_("Your role does not run receptions of this place."))
    form = _form(offer, found, request.POST)
    if not form.is_valid():
        return show_reception(request, found, {offer.deed: form}, status=422)
    try:
        _do(offer.deed, found, form, request.user)
    except StaleEdit:
        now = reception_or_404(request, uuid)
        stale(form, request.POST, now)
        return show_reception(request, now, {offer.deed: form}, status=409)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        return show_reception(request, reception_or_404(request, uuid), {offer.deed: form},
                              status=422)  # fmt: skip
    messages.success(request, offer.done)
    return HttpResponseRedirect(reverse("desk_reception", args=[uuid]))


def _do(deed: str, found: Reception, form, user) -> None:
    by = {"by": user, "version": form.cleaned_data["version"]}
    if deed == "publish":
        receptions.publish(found, **by)
    elif deed == "close":
        reception_changes.close(found, **by)
    elif deed == "cancel":
        reception_changes.cancel(found, reason=form.cleaned_data["reason"], **by)
    else:
        reception_changes.change(
            found, form.values(), form.rooms(), reason=form.cleaned_data["reason"], **by
        )


def stale(form, sent, now) -> None:
    """Say that somebody was faster; what was typed stays and goes with the version as it is now."""
    form.add_error(
        None,
        _("Somebody changed this reception meanwhile. Here it is now; check and send again."),
    )
    typed = sent.copy()
    typed["version"] = str(now.version)
    form.data = typed


def reception_or_404(request, uuid) -> Reception:
    """A reception that the person runs or may look at."""
    found = Reception.objects.at_desk_of(request.user).filter(uuid=uuid)
    reception = found.select_related("unit", "region", "meeting__host__unit").first()
    if reception is None:
        raise Http404
    return reception


def show_reception(
    request, found: Reception, typed: dict | None = None, *, problem: str = "", status: int = 200
):
    """The page of one reception; ``typed``: forms that were sent, by deed, to stand open."""
    at, language = timezone.now(), get_language() or "kk"
    tables = tables_of(found)
    may_run = may(request.user, Act.RUN_RECEPTION, found.unit)
    context = {
        "reception": found, "title": say.say_title(found, language), "problem": problem,
        "when": f"{say.say_day(found.day, language)}, {say.say_hours(found)}",
        "state": say.state_of(found, at), "breaks": forms.say_breaks(found.breaks),
        "tables": say.tables(tables), "may_run": may_run, "meeting": found.meeting,
        "opens": found.opens_at and say.say_moment(found.opens_at, language),
        "offers": _offers(found, tables, typed or {}, at) if may_run else [],
        "slots": _slots(found),
        "changes": say.changes(list(found.changes.all()[:20]), language), "purposes": PURPOSES,
        "crumbs": [
            {"label": _("Personal receptions"), "url": reverse("desk_receptions")},
            {"label": say.say_title(found, language), "url": ""},
        ],
    } | day_context(request, found, tables, at)  # fmt: skip
    return render(request, "appeals/desk/receptions/reception.html", context, status=status)


def _slots(found: Reception) -> dict:
    walk_in = Count("pk", filter=Q(is_walk_in=True))
    return found.slots.aggregate(all=Count("pk"), walk_in=walk_in)


def _offers(found: Reception, tables, typed: dict, at) -> list[dict]:
    offers = []
    for offer in OFFERS:
        if offer.deed not in typed and not _is_open(offer, found, at):
            continue
        form = typed.get(offer.deed) or _form(offer, found, None, tables)
        offers.append(
            {"deed": offer.deed, "title": offer.title, "button": offer.button, "form": form,
             "open": offer.deed in typed or offer.deed == "publish",
             "url": reverse("desk_reception_act", args=[found.uuid, offer.deed])}
        )  # fmt: skip
    return offers


def _is_open(offer: Offer, found: Reception, at) -> bool:
    if found.state != offer.state:
        return False
    return offer.deed != "close" or found.day <= timezone.localdate(at)


def _form(offer: Offer, found: Reception, sent, tables=None) -> VersionedForm:
    make: Callable[..., VersionedForm] = offer.form
    if offer.form is forms.ChangeForm:
        tables = tables if tables is not None else list(found.tables.all())
        initial = forms.change_initial(found, tables)
        return make(sent, initial=initial, key=offer.deed, tables=tables)
    return make(sent, initial={"version": found.version}, key=offer.deed)
