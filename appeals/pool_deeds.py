"""What the desks offer to do with a problem and its promises: right, form, words, service.

The tables of steps (appeals/pool_steps.py) say when; the services ask for every right again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from appeals.enums import PoolStep, PromiseState
from appeals.forms import pool as forms
from appeals.models import Body, Problem, Promise, Question
from appeals.pool_steps import PROBLEM_STEPS
from appeals.selectors.pool import bodies_for
from appeals.services import problems, promises
from meetings.errors import Refused
from meetings.models import Unit
from meetings.permissions import Act, may
from meetings.selectors.places import unit_by_code


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that is done: ``form`` makes its form, ``do`` calls the service."""

    name: str
    title: Any  # lazy words
    button: Any
    form: Callable[..., Any]
    do: Callable[..., Any]

    def bound(self, row, request):
        """The form with what was sent."""
        return self.form(
            row, request.user, request.POST, files=request.FILES, key=self.key(row)
        )  # fmt: skip

    def key(self, row) -> str:
        return f"{self.name}-{row.uuid.hex[:8]}"


def _choices(unit: Unit) -> list[tuple[str, str]]:
    return [(str(body.uuid), body.name) for body in bodies_for(unit)]


def _body(code: str, unit: Unit) -> Body:
    found = bodies_for(unit).select_related("unit").filter(uuid=code).first()
    if found is None:
        raise Refused(_("This organisation takes no problems now."), "body")
    return found


def unit_of(code: str) -> Unit:
    """The unit with this code, or what is wrong with it."""
    unit = unit_by_code(code)
    if unit is None:
        raise Refused(
            _("There is no place with the code %(code)s. Find it by its name.") % {"code": code},
            "unit",
        )
    return unit


def question_of(number: str, user, field: str = "question") -> Question:
    """The question with this number in the user's territory, or what is wrong with it."""
    found = Question.objects.in_reach(user).filter(number=number).first()
    if found is None:
        raise Refused(
            _("There is no question with the number %(number)s in your territory.")
            % {"number": number},
            field,
        )
    return found


def _plain(form: type) -> Callable[..., Any]:
    return lambda row, user, data=None, **options: form(
        data, initial={"version": row.version}, **options
    )


def _assign_form(problem: Problem, user, data=None, **options):
    initial = {"version": problem.version, "body": str(problem.body.uuid) if problem.body else ""}
    return forms.AssignForm(data, bodies=_choices(problem.unit), initial=initial, **options)


def _assign(problem: Problem, given: dict, form, user) -> None:
    problems.assign(
        problem, _body(given["body"], problem.unit), by=user, version=given["version"],
        term_days=given["term_days"], due_on=given["due_on"], note=given["note"],
    )  # fmt: skip


def _promise_form(problem: Problem, user, data=None, **options):
    commission = may(user, Act.FORM_PROBLEM, problem.unit)
    bodies = _choices(problem.unit) if commission else []
    initial = {"version": problem.version, "body": str(problem.body.uuid) if problem.body else ""}
    return forms.PromiseForm(data, bodies=bodies, initial=initial, **options)


def _promise(problem: Problem, given: dict, form, user) -> None:
    code = given.get("body", "")
    body = _body(code, problem.unit) if code else None
    if "body" not in form.fields:
        body = problem.body  # an organisation promises for itself
    promises.make(problem, form.said(body), by=user, version=given["version"])


def _describe_form(problem: Problem, user, data=None, **options):
    names = ("version", "title_kk", "title_ru", "about_kk", "about_ru", "topic", "risk")
    initial = {name: getattr(problem, name) for name in names} | {"unit": problem.unit.kato}
    return forms.DescribeForm(data, initial=initial, **options)


def _describe(problem: Problem, given: dict, form, user) -> None:
    draft = form.draft(unit_of(given["unit"]))
    problems.describe(problem, draft, by=user, version=given["version"])


def _add(problem: Problem, given: dict, form, user) -> None:
    question = question_of(given["question"], user)
    problems.add_questions(problem, [question], by=user, version=given["version"])


def _drop(problem: Problem, given: dict, form, user) -> None:
    question = question_of(given["question"], user)
    problems.drop_question(problem, question, by=user, version=given["version"])


def _close(problem: Problem, given: dict, form, user) -> None:
    step = PoolStep(given["outcome"])
    problems.close(problem, step, words=given["words"], by=user, version=given["version"])


def _step_form(promise: Promise, user, data=None, files=None, **options):
    # Reading a file costs time: it is done for those alone who may report.
    sent = files if files and promises.may_report(user, promise) else None
    return forms.StepForm(data, sent, initial={"version": promise.version}, **options)


def _step(promise: Promise, given: dict, form, user) -> None:
    promises.step(
        promise, text=given["text"], url=given["url"], evidence=form.cleaned_file, by=user,
        version=given["version"],
    )  # fmt: skip


def _close_promise(promise: Promise, given: dict, form, user) -> None:
    step = PoolStep(given["outcome"])
    promises.close(promise, step, words=given["words"], by=user, version=given["version"])


def _postpone(promise: Promise, given: dict, form, user) -> None:
    promises.postpone(
        promise, term_days=given["term_days"], due_on=given["due_on"], by=user,
        version=given["version"],
    )  # fmt: skip


PROBLEM_DEEDS = {
    deed.name: deed
    for deed in [
        Deed("assign", gettext_lazy("Give it to an organisation"), gettext_lazy("Give"),
             _assign_form, _assign),
        Deed("promise", gettext_lazy("Keep a promise"), gettext_lazy("Keep the promise"),
             _promise_form, _promise),
        Deed("close", gettext_lazy("Report the outcome"), pgettext_lazy("button", "Report"),
             _plain(forms.CloseForm), _close),
        Deed("add", gettext_lazy("Add a question"), gettext_lazy("Add"),
             _plain(forms.QuestionForm), _add),
        Deed("drop", gettext_lazy("Take a question out"), gettext_lazy("Take out"),
             _plain(forms.QuestionForm), _drop),
        Deed("describe", gettext_lazy("Words, topic, place and risk"), gettext_lazy("Save"),
             _describe_form, _describe),
    ]
}  # fmt: skip
PROMISE_DEEDS = {
    deed.name: deed
    for deed in [
        Deed("step", gettext_lazy("Report a step"), pgettext_lazy("button", "Report"),
             _step_form, _step),
        Deed("close", gettext_lazy("Say what became of it"), pgettext_lazy("button", "Report"),
             _plain(forms.ClosePromiseForm), _close_promise),
        Deed("postpone", gettext_lazy("Another deadline"), gettext_lazy("Save"),
             _plain(forms.PostponeForm), _postpone),
    ]
}  # fmt: skip


class Offered:
    """What one person may do with one problem now; what was sent stands open.

    ``typed``: (row, deed, form) of what was sent, if something was.
    """

    def __init__(self, user, problem: Problem, typed=None):
        self.user, self.problem, self.typed = user, problem, typed
        self.reads = may(user, Act.READ_REQUESTS, problem.unit)
        self.commission = may(user, Act.FORM_PROBLEM, problem.unit)
        self.reports = problems.reports_for(user, problem.body)

    def of_problem(self, open_promises: int = 0) -> list[dict]:
        """``open_promises``: how many of its promises stand open, which keep it from closing."""
        in_work = self.problem.state in PROBLEM_STEPS[PoolStep.SOLVE].sources
        may_do = {
            "assign": in_work and self.commission,
            "promise": in_work and (self.commission or self.reports),
            "close": in_work and (self.commission or self.reports),
            "add": in_work and self.commission, "drop": self.commission,
            "describe": self.commission,
        }  # fmt: skip
        first = {"close": problems.say_promises_open(open_promises) if open_promises else ""}
        return [
            self._shown(deed, self.problem, "desk_problem_act")
            | {"note": "" if self._is_typed(deed, self.problem) else first.get(deed.name, "")}
            for deed in PROBLEM_DEEDS.values()
            if may_do[deed.name] or self._is_typed(deed, self.problem)
        ]

    def of_promise(self, promise: Promise) -> list[dict]:
        is_open = promise.state == PromiseState.OPEN
        reports = self.commission or self._reports_of(promise)
        may_do = {
            "step": is_open and reports, "close": is_open and reports,
            "postpone": is_open and self.commission,
        }  # fmt: skip
        return [
            self._shown(deed, promise, "desk_promise_act")
            for deed in PROMISE_DEEDS.values()
            if may_do[deed.name] or self._is_typed(deed, promise)
        ]

    def _reports_of(self, promise: Promise) -> bool:
        if promise.body_id in (None, self.problem.body_id):
            return self.reports
        return problems.reports_for(self.user, promise.body)

    def _is_typed(self, deed: Deed, row) -> bool:
        return self.typed is not None and self.typed[0] == row and self.typed[1] is deed

    def _shown(self, deed: Deed, row, name: str) -> dict:
        typed = self._is_typed(deed, row)
        form = self.typed[2] if typed else deed.form(row, self.user, key=deed.key(row))
        is_next = deed.name == "assign" and row is self.problem and row.body is None
        return {
            "name": deed.name, "title": deed.title, "button": deed.button, "form": form,
            "open": typed or is_next, "url": reverse(name, args=[row.uuid, deed.name]),
        }  # fmt: skip
