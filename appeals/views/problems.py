"""The pool of problems for everybody: the list, one problem as a timeline, the verdict on it."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from appeals import poolrows
from appeals.enums import IN_WORK, VerdictWord
from appeals.forms.pool import PoolFilter, VerdictForm
from appeals.models import Problem, PromiseStep, Question
from appeals.pool_steps import MOST_REOPENED
from appeals.selectors import pool
from appeals.services import files, verdicts
from appeals.services.codes import TooMany
from appeals.services.problem_voices import questions_of
from appeals.timeline import timeline
from appeals.visitors import network_address
from meetings import kept
from meetings.errors import Refused
from meetings.paging import NoSuchPage, page_of
from meetings.selectors.places import unit_by_code
from meetings.selectors.units import with_chains
from meetings.views.answers import not_found

ROOMS = ("meetings", "appeals")
PAGE = 30
MOST_QUESTIONS = 20
MOST_PROMISES = 100


@require_safe
def problem_list(request):
    """The pool with filters; kept for visitors until something of it changes."""
    return kept.page(request, lambda: _problem_list(request), names=ROOMS)


def _problem_list(request):
    form, today, language = PoolFilter(request.GET), timezone.localdate(), get_language() or "kk"
    wanted = wanted_of(form)
    context = {"form": form, "wanted": wanted}
    if form.errors:
        return _list(request, context, 422)
    counts = pool.counts(pool.narrowed(Problem.objects.all(), wanted), today)
    try:
        asked = request.GET.get("page", "")
        page = page_of(counts[wanted.state or "all"], asked, PAGE)
    except NoSuchPage as missing:
        return _list(request, context | {"problem_with_page": missing.message}, missing.status)
    first = max(page.start_index() - 1, 0)
    found = pool.public(wanted, today).select_related("unit", "body")[first : first + PAGE]
    context |= {
        "page": page, "rows": poolrows.problem_rows(found, language, today),
        "answer": _answer(counts), "figures": poolrows.figures(counts),
        "is_narrowed": any((wanted.q, wanted.topic, wanted.state, wanted.unit)),
    }  # fmt: skip
    return _list(request, context)


def wanted_of(form: PoolFilter) -> pool.Wanted:
    """What a list is asked for; an unknown place becomes the form's error."""
    given = form.cleaned_data if form.is_valid() else {}
    code = given.get("unit", "")
    unit = unit_by_code(code) if code else None
    if code and unit is None:
        form.add_error(
            None,
            _("There is no place with the code %(code)s. Find it by its name.") % {"code": code},
        )
    return pool.Wanted(unit, given.get("topic", ""), given.get("state", ""), given.get("q", ""))


def _list(request, context: dict, status: int = 200):
    return render(request, "appeals/public/problem_list.html", context, status=status)


def _answer(counts: dict[str, int]) -> str:
    said = {"n": number_format(counts["all"], force_grouping=True)}
    return ngettext(
        "%(n)s problem is in the pool.", "%(n)s problems are in the pool.", counts["all"]
    ) % said  # fmt: skip


@require_safe
def problem(request, uuid):
    """One problem of the pool as a timeline."""
    return kept.page(request, lambda: _problem(request, uuid), names=ROOMS)


def _problem(request, uuid):
    found = _found(uuid)
    if found is None:
        return _missing(request)
    today, language = timezone.localdate(), get_language() or "kk"
    promises = found.promises.select_related("body", "meeting").order_by("pk")[:MOST_PROMISES]
    rows = list(promises)
    for promise in rows:
        promise.problem = found
    steps = PromiseStep.objects.filter(promise__in=[one.pk for one in rows]).order_by("pk")
    shown = list(
        questions_of(found)
        .filter(pk__in=Question.objects.public().values("pk"))
        .order_by("-voices", "pk")[: MOST_QUESTIONS + 1]
    )
    context = {
        "problem": found, "state": poolrows.state_of(found),
        "answer": poolrows.say_standing(found, language, today),
        "due": poolrows.due_of(found, language, today), "body": poolrows.say_body(found),
        "priority": poolrows.say_priority(found),
        "chain": ", ".join(with_chains([found.unit], language)[0].chain),
        "promises": poolrows.promise_rows(rows, language, today, steps=steps),
        "questions": shown[:MOST_QUESTIONS], "events": timeline(found, language),
        "verdicts": verdict_figures(found), "is_closed": found.state not in IN_WORK,
        "can_reopen": found.reopened < MOST_REOPENED,
        "told": _TOLD.get(request.GET.get("verdict", "")),
        "list_url": f"{reverse('problem_list')}?unit={found.unit.kato}",
        "crumbs": [{"label": _("Problems"), "url": reverse("problem_list")},
                   {"label": found.number}],
    }  # fmt: skip
    return render(request, "appeals/public/problem.html", context)


@never_cache
@require_safe
def evidence(request, uuid, name):
    """The file that a step of a promise was shown with: public by nature."""
    found = _found(uuid)
    if found is None:
        return _missing(request)
    shown = PromiseStep.objects.filter(promise__problem=found).exclude(sha256="")
    return files.one_of(shown, name, found.number)


def verdict_figures(problem: Problem) -> dict[str, int]:
    """What those who asked say of the present outcome."""
    words = problem.verdicts.filter(round=problem.reopened).values_list("word", flat=True)
    said = list(words)
    return {
        "solved": said.count(VerdictWord.SOLVED), "not_solved": said.count(VerdictWord.NOT_SOLVED)
    }  # fmt: skip


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verdict(request, uuid):
    """Say whether it is solved: a code is sent to the address of who asked or supported."""
    found = _found(uuid)
    if found is None:
        return _missing(request)
    if request.method != "POST":
        return _verdict_page(request, found, VerdictForm())
    form = VerdictForm(request.POST)
    if found.state in IN_WORK:  # opened again after the page was
        return _verdict_page(request, found, form, status=409)
    if not form.is_valid():
        return _verdict_page(request, found, form, status=422)
    given = form.cleaned_data
    try:
        code = verdicts.ask(
            found, word=VerdictWord(given["word"]), reason=given["reason"], email=given["email"],
            language=get_language() or "kk", visitor=network_address(request),
        )  # fmt: skip
    except TooMany as many:
        form.add_error(None, many.message)
        return _verdict_page(request, found, form, status=429)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        return _verdict_page(request, found, form, status=422)
    return redirect("confirm", uuid=code.uuid)


def _verdict_page(request, found: Problem, form: VerdictForm, *, status: int = 200):
    language = get_language() or "kk"
    context = {
        "problem": found, "form": form, "is_closed": found.state not in IN_WORK,
        "state": poolrows.state_of(found), "can_reopen": found.reopened < MOST_REOPENED,
        "answer": poolrows.say_standing(found, language, timezone.localdate()),
    }  # fmt: skip
    return render(request, "appeals/public/verdict.html", context, status=status)


def _found(uuid) -> Problem | None:
    return (
        Problem.objects.visible_to(None)
        .filter(uuid=uuid)
        .select_related("unit", "body")
        .first()
    )  # fmt: skip


def _missing(request):
    return not_found(request, _("There is no problem at this address. Look for it in the list."))


_TOLD = {
    "counted": gettext_lazy("Thank you: your verdict is counted."),
}
