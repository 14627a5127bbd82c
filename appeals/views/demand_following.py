"""The page of the person who opened a demand: opened by a secret address alone."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from appeals import demandrows as say
from appeals.enums import PUBLIC_DEMANDS, DemandState
from appeals.forms.following import ObjectionForm
from appeals.models import Demand
from appeals.secret_links import leads_nowhere
from appeals.services import demand_answers
from appeals.services.asking import say_moment
from appeals.services.demands import follow_digest
from meetings import letters
from meetings.errors import Refused

LONGEST_TOKEN = 100


@never_cache
@require_safe
def follow(request, token):
    """Where the demand stands, why it is held back, what was answered."""
    return _page(request, _demand_or_404(token))


@never_cache
@require_POST
def object_to(request, token):
    """The author's one objection to a text being held back."""
    demand = _demand_or_404(token)
    form = ObjectionForm(request.POST)
    if not form.is_valid():
        return _page(request, demand, status=422, objection=form)
    try:
        demand_answers.object_to(demand, words=form.cleaned_data["words"])
    except Refused as refused:
        # It was published, or objected to in another window, after this page was opened.
        return _page(request, _demand_or_404(token), status=409, told=refused.message)
    return redirect("demand_follow", token=token)


def _demand_or_404(token: str) -> Demand:
    found = (
        Demand.objects.filter(follow_digest=follow_digest(token[:LONGEST_TOKEN]))
        .select_related("unit", "office__unit", "meeting", "person")
        .first()
    )
    if found is None:
        raise leads_nowhere()
    return found


def _page(request, demand: Demand, *, status: int = 200, **more):
    token = request.resolver_match.kwargs["token"]
    language, today = get_language() or "kk", timezone.localdate()
    may_object = demand.state == DemandState.HELD and demand.objected_at is None
    person = demand.person
    context = {
        "demand": demand, "row": say.rows([demand], language, today)[0],
        "standing": say.standing(demand, language, today),
        "hold_reason": say.hold_reason(demand),
        "objection": ObjectionForm() if may_object else None,
        "asked": say_moment(demand.asked_at or demand.created_at, language),
        "is_public": demand.state in PUBLIC_DEMANDS,
        "stop_url": letters.stop_path(person.mark) if person and person.mark else "",
        "object_url": reverse("demand_follow_object", args=[token]),
        **more,
    }  # fmt: skip
    response = render(request, "appeals/public/demand_follow.html", context, status=status)
    # The address is the key: it is told to no other page and to no search engine.
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
