"""A question of the queue becomes a problem of the pool, or joins one that is there."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from appeals import poolrows
from appeals.enums import IN_WORK, QuestionState
from appeals.forms.pool import JoinForm, NewProblemForm
from appeals.models import Problem, Question
from appeals.pool_deeds import question_of, unit_of
from appeals.questionrows import shortened
from appeals.selectors.pool import reached
from appeals.selectors.queue import below
from appeals.services import problems
from meetings.errors import Refused, StaleEdit
from meetings.permissions import Act, may
from meetings.views.desk_page import at_the_desk

NEAR = 15
MOST_NUMBERS = 50


@at_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def new(request, uuid):
    """Form a problem from a question and from others that ask the same."""
    question = _question_or_404(request, uuid)
    near = _near(question)
    if request.method != "POST":
        return _page(request, question, _blank(question, near))
    form = NewProblemForm(request.POST, others=_choices(near), key="new")
    if not form.is_valid():
        return _page(request, question, form, status=422)
    try:
        problem = _form(question, form, near, request.user)
    except StaleEdit:
        return _stale(request, question, form)
    except Refused as refused:
        field = refused.field if refused.field in form.fields else None
        form.add_error(field, refused.message)
        return _page(request, question, form, status=422)
    return HttpResponseRedirect(reverse("desk_problem", args=[problem.uuid]))


def _form(question: Question, form: NewProblemForm, near: list[Question], user) -> Problem:
    given = form.cleaned_data
    question.version = given["version"]
    chosen = set(given.get("others", []))
    asked = {question.pk: question} | {one.pk: one for one in near if str(one.uuid) in chosen}
    numbers = [number.strip() for number in given["numbers"].split(",") if number.strip()]
    for number in numbers[:MOST_NUMBERS]:
        other = question_of(number, user, "numbers")
        asked.setdefault(other.pk, other)
    return problems.form(form.draft(unit_of(given["unit"])), list(asked.values()), by=user)


@at_the_desk
@require_POST
def join(request, uuid):
    """Put the question to a problem that is in the pool already."""
    question = _question_or_404(request, uuid)
    form = JoinForm(request.POST, key="join")
    if not form.is_valid():
        return _page(request, question, None, joined=form, status=422)
    problem = Problem.objects.filter(
        pk__in=reached(request.user).values("pk"), number=form.cleaned_data["problem"]
    ).first()
    if problem is None:
        form.add_error("problem", _("There is no problem with this number in your territory."))
        return _page(request, question, None, joined=form, status=422)
    question.version = form.cleaned_data["version"]
    try:
        problems.add_questions(problem, [question], by=request.user, version=problem.version)
    except StaleEdit:
        return _stale(request, question, None)
    except Refused as refused:
        form.add_error(None, refused.message)
        return _page(request, question, None, joined=form, status=422)
    return HttpResponseRedirect(reverse("desk_problem", args=[problem.uuid]))


def _stale(request, question: Question, form: NewProblemForm | None):
    now = _question_or_404(request, question.uuid)
    told = _("Somebody changed this question meanwhile. Here it is now; check and send again.")
    if form is not None:
        typed = request.POST.copy()
        typed["version"] = str(now.version)
        form.data = typed
    return _page(request, now, form, status=409, told=told)


def _question_or_404(request, uuid) -> Question:
    """The question, in the territory of who may form problems there (403)."""
    found = (
        Question.objects.in_reach(request.user)
        .select_related("unit", "problem", "merged_into")
        .filter(uuid=uuid)
        .first()
    )
    if found is None:
        raise Http404
    if not may(request.user, Act.FORM_PROBLEM, found.unit):
        raise PermissionDenied(_("Your role does not form problems in this place."))
    return found


def _near(question: Question) -> list[Question]:
    """Questions of the same topic from the same place that belong to no problem yet."""
    found = Question.objects.filter(below(question.unit.path)).filter(
        topic=question.topic, problem=None, merged_into=None,
        state__in=(QuestionState.WAITING, QuestionState.PUBLISHED),
    )  # fmt: skip
    return list(found.exclude(pk=question.pk).order_by("-voices", "-asked_at")[:NEAR])


def _choices(near: list[Question]) -> list[tuple[str, str]]:
    return [
        (str(one.uuid), f"{one.number}: {shortened(one.public_text or one.text)}") for one in near
    ]


def _blank(question: Question, near: list[Question]) -> NewProblemForm:
    initial = {
        "version": question.version, "topic": question.topic, "unit": question.unit.kato,
    }  # fmt: skip
    return NewProblemForm(initial=initial, others=_choices(near), key="new")


def _page(
    request, question: Question, form: NewProblemForm | None, *, joined: JoinForm | None = None,
    status: int = 200, told: str = "",
):  # fmt: skip
    today, language = timezone.localdate(), get_language() or "kk"
    alike = (
        Problem.objects.filter(below(question.unit.path), topic=question.topic, state__in=IN_WORK)
        .select_related("unit", "body")
        .order_by("-priority", "pk")[:NEAR]
    )
    context = {
        "question": question, "told": told,
        "form": form or _blank(question, _near(question)),
        "joined": joined or JoinForm(initial={"version": question.version}, key="join"),
        "is_joining": joined is not None,
        "alike": poolrows.problem_rows(alike, language, today, name="desk_problem"),
        "new_url": reverse("problem_new", args=[question.uuid]),
        "join_url": reverse("problem_join", args=[question.uuid]),
        "crumbs": [
            {"label": _("Requests"), "url": reverse("requests_desk")},
            {"label": question.number,
             "url": reverse("requests_question", args=[question.uuid])},
            {"label": _("A problem of the pool"), "url": ""},
        ],
    }  # fmt: skip
    return render(request, "appeals/desk/problem_new.html", context, status=status)
