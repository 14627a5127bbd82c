"""The pool at the desks: the commission's list, and one problem with what may be done to it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from appeals import pool_deeds, poolrows
from appeals.enums import PromiseState, VerdictWord
from appeals.forms.pool import PoolFilter
from appeals.models import Problem, Promise, PromiseStep
from appeals.pool_deeds import Deed
from appeals.selectors import pool
from appeals.services.problem_voices import questions_of
from appeals.timeline import timeline
from appeals.views.problems import verdict_figures, wanted_of
from meetings.errors import Refused, StaleEdit
from meetings.permissions import Act, reach
from meetings.selectors.units import with_chains
from meetings.views.desk_page import at_the_desk, page_at

PAGE = 40
MOST_SHOWN = 100
FIRST_SHELF = "work"


@at_the_desk
@require_safe
def problem_list(request):
    """Problems of the territory, the most urgent first, by shelves with their counts."""
    if reach(request.user, Act.READ_REQUESTS) == []:
        raise PermissionDenied(_("Your role does not read requests."))
    asked = request.GET.copy()
    asked.setdefault("state", FIRST_SHELF)
    form, today, language = PoolFilter(asked), timezone.localdate(), get_language() or "kk"
    wanted = wanted_of(form)
    counts = pool.counts(pool.narrowed(pool.reached(request.user), wanted), today)
    found = pool.at_desk(request.user, wanted, today).select_related("unit", "body")
    page = page_at(request, found, PAGE)
    context = {
        "form": form, "page": page, "wanted": wanted,
        "rows": poolrows.problem_rows(page.object_list, language, today, name="desk_problem"),
        "shelves": _shelves(request, wanted, counts),
        "is_narrowed": bool(wanted.q or wanted.topic or wanted.unit),
        "may_form": reach(request.user, Act.FORM_PROBLEM) != [],
    }  # fmt: skip
    return render(
        request, "appeals/desk/problems.html", context, status=422 if form.errors else 200
    )


def _shelves(request, wanted: pool.Wanted, counts: dict[str, int]) -> list[dict]:
    query = request.GET.copy()
    query.pop("page", None)
    links = []
    for show, label in {**pool.SHELVES, "": _("all")}.items():
        query["state"] = show
        links.append(
            {"label": label, "url": f"?{query.urlencode()}", "is_current": show == wanted.state,
             "count": counts[show or "all"]}
        )  # fmt: skip
    return links


@at_the_desk
@require_safe
def problem(request, uuid):
    """One problem: what people ask, what was promised, what was done, and what may be done now."""
    return _show(request, _problem_or_404(request, uuid))


@at_the_desk
@require_POST
def act(request, uuid, deed):
    """Do one thing to a problem."""
    found = _problem_or_404(request, uuid)
    chosen = pool_deeds.PROBLEM_DEEDS.get(deed)
    if chosen is None:
        raise Http404
    return _act(request, found, chosen, found, lambda: _problem_or_404(request, uuid))


@at_the_desk
@require_POST
def act_on_promise(request, uuid, deed):
    """Do one thing to a promise."""
    promise = _promise_or_404(request, uuid)
    chosen = pool_deeds.PROMISE_DEEDS.get(deed)
    if chosen is None:
        raise Http404
    return _act(request, promise, chosen, promise.problem, lambda: _promise_or_404(request, uuid))


def _act(request, row, deed: Deed, problem: Problem, again):
    """Take the deed; the page comes back with what was typed when it cannot be taken."""
    form = deed.bound(row, request)
    if not form.is_valid():
        return _show(request, problem, (row, deed, form), status=422)
    try:
        deed.do(row, form.cleaned_data, form, request.user)
    except StaleEdit:
        row = again()
        form.add_error(
            None,
            _("Somebody changed this problem meanwhile. Here it is now; check and send again."),
        )
        typed = request.POST.copy()
        typed["version"] = str(row.version)
        form.data = typed
        return _show(request, getattr(row, "problem", row), (row, deed, form), status=409)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        row = again()
        return _show(request, getattr(row, "problem", row), (row, deed, form), status=422)
    return HttpResponseRedirect(reverse("desk_problem", args=[problem.uuid]))


def _problem_or_404(request, uuid) -> Problem:
    found = (
        pool.open_to(request.user)
        .filter(uuid=uuid)
        .select_related("unit", "region", "body__unit")
        .first()
    )
    if found is None:
        raise Http404
    return found


def _promise_or_404(request, uuid) -> Promise:
    found = (
        Promise.objects.filter(uuid=uuid, problem__in=pool.open_to(request.user))
        .select_related("problem__unit", "problem__region", "problem__body__unit", "body__unit")
        .first()
    )
    if found is None:
        raise Http404
    return found


def _show(request, found: Problem, typed=None, *, status: int = 200):
    today, language = timezone.localdate(), get_language() or "kk"
    promises = list(
        found.promises.select_related("body__unit", "meeting").order_by("pk")[:MOST_SHOWN]
    )
    for one in promises:
        one.problem = found
    steps = PromiseStep.objects.filter(promise__in=[one.pk for one in promises]).order_by("pk")
    rows = poolrows.promise_rows(promises, language, today, steps=steps)
    deeds = pool_deeds.Offered(request.user, found, typed)
    still_open = sum(one.state == PromiseState.OPEN for one in promises)
    for row, promise in zip(rows, promises, strict=True):
        row["deeds"] = deeds.of_promise(promise)
    context = {
        "problem": found, "state": poolrows.state_of(found), "body": poolrows.say_body(found),
        "answer": poolrows.say_standing(found, language, today),
        "due": poolrows.due_of(found, language, today), "priority": poolrows.say_priority(found),
        "chain": with_chains([found.unit], language)[0].label, "promises": rows,
        "events": timeline(found, language, who=True), "offers": deeds.of_problem(still_open),
        "verdicts": verdict_figures(found), "complaints": _complaints(found),
        "questions": _questions(found, deeds),
        "crumbs": [
            {"label": _("Problems"), "url": reverse("problems_desk") if deeds.reads else ""},
            {"label": found.number, "url": ""},
        ],
    }  # fmt: skip
    return render(request, "appeals/desk/problem.html", context, status=status)


def _questions(found: Problem, deeds: "pool_deeds.Offered") -> list[dict]:
    """Its questions; those who do not read requests see what is public of them."""
    shown = questions_of(found).order_by("-voices", "pk")
    if not deeds.reads:
        shown = shown.public()
    return [
        {
            "number": one.number, "text": one.public_text or one.text,
            "url": reverse("requests_question", args=[one.uuid]) if deeds.reads
            else one.get_absolute_url(),
        }
        for one in shown[:MOST_SHOWN]
    ]  # fmt: skip


def _complaints(found: Problem) -> list[str]:
    """Why those who asked say that it is not solved: their own words, for the desks alone."""
    said = found.verdicts.filter(word=VerdictWord.NOT_SOLVED).order_by("-pk")
    return list(said.values_list("reason", flat=True)[:MOST_SHOWN])
