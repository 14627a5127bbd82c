"""The pool: problems formed from what people ask, given to an organisation, and closed in words.

One door for each step; appeals/pool_steps.py says which may be taken when and by whom.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from appeals.enums import DueCause, PoolStep, ProblemState, PromiseState, QuestionState, Risk
from appeals.models import Body, Problem, ProblemMove, Question, QuestionMove
from appeals.pool_steps import OUTCOME_STEPS, PROBLEM_STEPS
from appeals.services import deadlines, problem_voices
from appeals.services.asking import region_of
from appeals.services.numbers import next_number
from meetings.enums import Topic
from meetings.errors import Refused, StaleEdit
from meetings.models import Unit
from meetings.permissions import Act, may
from meetings.services import log
from meetings.services.publishing import raise_public
from meetings.text import fold

LONGEST_TITLE, LONGEST_ABOUT, LONGEST_OUTCOME = 200, 5_000, 5_000
# House rule: a problem that people say is not solved is due again in so many working days.
REOPENED_DAYS = 10


@dataclass(frozen=True, slots=True)
class Draft:
    """What the commission says of a problem, in its own words; a title in one language at least."""

    unit: Unit
    topic: Topic = Topic.OTHER
    title_kk: str = ""
    title_ru: str = ""
    about_kk: str = ""
    about_ru: str = ""
    risk: int = Risk.NONE


@transaction.atomic
def form(
    draft: Draft, questions: Sequence[Question] = (), *, by, at: datetime | None = None
) -> Problem:
    """Form a problem from one question or several; those merged into them follow.

    Args:
        questions: each with the ``version`` that the person had before their eyes.
    Raises:
        PermissionDenied: the place or a question is outside the person's territory; StaleEdit;
        Refused: no title, a question that has no number yet or belongs to another problem.
    """
    _require_commission(by, draft.unit)
    return form_unchecked(draft, questions, by=by, at=at or timezone.now(), is_commission=True)


def form_unchecked(
    draft: Draft, questions: Sequence[Question], *, by, at: datetime, is_commission: bool
) -> Problem:
    """Form a problem for a caller that has asked for the right itself, in its transaction."""
    held = _locked_questions(questions, by if is_commission else None)
    _require_words(draft)
    problem = Problem(
        number=next_number("problem", timezone.localtime(at).year), formed_at=at,
        region=region_of(draft.unit), **_values(draft),
    )  # fmt: skip
    problem.save(force_insert=True)
    _link(problem, held, by=by, at=at)
    _trace(problem, PoolStep.FORM, "", by=by, at=at)
    _record("problem.form", problem, by=by, at=at, questions=len(held))
    return problem


@transaction.atomic
def add_questions(
    problem: Problem, questions: Sequence[Question], *, by, version: int, at: datetime | None = None
) -> Problem:
    """Put more questions to a problem that is in work; their voices count for it from now on."""
    at = at or timezone.now()
    held = _locked_questions(questions, by)
    problem = locked(problem, version)
    _require_commission(by, problem.unit)
    if problem.state not in PROBLEM_STEPS[PoolStep.ASSIGN].sources:
        raise Refused(_("This problem is closed. Form a new one, or answer the question itself."))
    if not held:
        raise Refused(_("Choose a question."), "question")
    _link(problem, held, by=by, at=at)
    _store(problem)
    _record("problem.add", problem, by=by, at=at, questions=len(held))
    return problem


@transaction.atomic
def drop_question(
    problem: Problem, question: Question, *, by, version: int, at: datetime | None = None
) -> Problem:
    """Take a question out of a problem that it was put to by mistake."""
    at = at or timezone.now()
    held = list(
        Question.objects.select_for_update()
        .filter(problem=problem)
        .filter(pk__in=[question.pk, *question.merged.values_list("pk", flat=True)])
        .order_by("pk")
    )
    problem = locked(problem, version)
    _require_commission(by, problem.unit)
    if not held:
        raise Refused(_("This question does not belong to the problem."))
    for one in held:
        _set_problem(one, None, problem.number, by=by, at=at)
    problem_voices.recount(problem)
    _store(problem)
    _record("problem.drop", problem, by=by, at=at, questions=len(held))
    return problem


@transaction.atomic
def describe(
    problem: Problem, draft: Draft, *, by, version: int, at: datetime | None = None
) -> Problem:
    """Mend the words, the topic, the place or the risk; closed ones too: a slip stays a slip."""
    at = at or timezone.now()
    problem = locked(problem, version)
    _require_commission(by, problem.unit)
    if not may(by, Act.FORM_PROBLEM, draft.unit):
        raise Refused(_("This place is outside your territory."), "unit")
    _require_words(draft)
    values = _values(draft)
    if all(getattr(problem, name) == value for name, value in values.items()):
        raise Refused(_("Nothing is different from what is kept. Change something first."))
    for name, value in values.items():
        setattr(problem, name, value)
    problem.region = region_of(draft.unit)
    _store(problem)
    problem_voices.recount(problem)
    _record("problem.describe", problem, by=by, at=at)
    return problem


@transaction.atomic
def assign(
    problem: Problem, body: Body, *, by, version: int, term_days: int | None = None,
    due_on: date | None = None, note: str = "", at: datetime | None = None,
) -> Problem:  # fmt: skip
    """Give a problem to an organisation, with a deadline in working days or a day that is named.

    Raises:
        PermissionDenied, StaleEdit; Refused: closed, no deadline or a bad one, an organisation
        that takes no problems or works elsewhere.
    """
    at = at or timezone.now()
    due = deadlines.given(today=timezone.localdate(at), term_days=term_days, due_on=due_on)
    problem = locked(problem, version)
    _require_commission(by, problem.unit)
    before = _require_source(problem, PoolStep.ASSIGN)
    require_body(problem.unit, body)
    was, problem.body = problem.due_on, body
    deadlines.give(problem, due)
    problem.state = PROBLEM_STEPS[PoolStep.ASSIGN].target
    _store(problem)
    _trace(problem, PoolStep.ASSIGN, before, by=by, at=at, note=note)
    deadlines.keep_change(problem, was, DueCause.SET, by=by, at=at)
    _record("problem.assign", problem, by=by, at=at, body=str(body.uuid), due_on=str(due["due_on"]))
    return problem


@transaction.atomic
def close(
    problem: Problem, step: PoolStep, *, words: str, by, version: int, at: datetime | None = None
) -> Problem:
    """Say what became of a problem: explained, solved, or refused with a reason.

    Those who asked and supported are told by letter and may give their verdict.

    Raises:
        PermissionDenied: neither the commission nor the organisation it is given to; StaleEdit;
        Refused: closed already, no words, promises that nothing was said of.
    """
    at = at or timezone.now()
    problem = locked(problem, version)
    rule = PROBLEM_STEPS[step]
    if step not in OUTCOME_STEPS or not may_close(by, problem):
        raise PermissionDenied(_("Your role does not report the outcome of this problem."))
    before = _require_source(problem, step)
    if not words.strip():
        raise Refused(_("Say in words what was done, or why not: people will read it."), "words")
    _require_promises_closed(problem)
    problem.state, problem.outcome, problem.closed_at = rule.target, words, at
    _store(problem)
    _trace(problem, step, before, by=by, at=at, note=words)
    _record(f"problem.{step}", problem, by=by, at=at)
    problem_voices.tell(
        problem, "problem_outcome", at=at, outcome=str(problem.state), words=words,
        can_reopen=problem.reopened == 0,
    )  # fmt: skip
    return problem


def reopen(problem: Problem, due: dict, *, at: datetime) -> Problem:
    """Open a locked, closed problem again because of a verdict; in the verdict's transaction.

    ``due``: the deadline that holds from now on for one that is given to somebody.
    """
    before = _require_source(problem, PoolStep.REOPEN)
    given_out = problem.body_id is not None
    was = problem.due_on
    problem.state = PROBLEM_STEPS[PoolStep.REOPEN].target if given_out else ProblemState.OPEN
    problem.outcome, problem.closed_at = "", None
    problem.reopened += 1
    if given_out:
        deadlines.give(problem, due)
    _store(problem)
    _trace(problem, PoolStep.REOPEN, before, by=None, at=at)
    if given_out:
        deadlines.keep_change(problem, was, DueCause.REOPENED, by=None, at=at)
    _record("problem.reopen", problem, by=None, at=at)
    return problem


def may_close(user, problem: Problem) -> bool:
    """The commission of the place, or those who report for the organisation it is given to."""
    return may(user, Act.FORM_PROBLEM, problem.unit) or reports_for(user, problem.body)


def reports_for(user, body: Body | None) -> bool:
    """Whether the user reports for the organisation: membership and role together."""
    return body is not None and Body.objects.of(user).filter(pk=body.pk).exists()


def locked(problem: Problem, version: int | None) -> Problem:
    """The row, held; StaleEdit when it is not the one that the person saw."""
    held = (
        Problem.objects.select_for_update(of=("self",))
        .select_related("unit", "region", "body")
        .get(pk=problem.pk)
    )
    if version is not None and held.version != version:
        raise StaleEdit(held)
    return held


def _values(draft: Draft) -> dict:
    words = (draft.title_kk, draft.title_ru, draft.about_kk, draft.about_ru)
    return {
        "unit": draft.unit, "topic": Topic(draft.topic), "risk": Risk(draft.risk),
        "title_kk": draft.title_kk, "title_ru": draft.title_ru, "about_kk": draft.about_kk,
        "about_ru": draft.about_ru, "search": fold(" ".join(words)),
    }  # fmt: skip


def _require_words(draft: Draft) -> None:
    if not (draft.title_kk.strip() or draft.title_ru.strip()):
        raise Refused(_("Give the problem a title in Kazakh or in Russian."), "title_kk")


def _require_commission(by, unit: Unit) -> None:
    if not may(by, Act.FORM_PROBLEM, unit):
        raise PermissionDenied(_("Your role does not form problems in this place."))


def require_body(unit: Unit, body: Body) -> None:
    """An organisation of the place itself, or of what it lies in.

    Raises:
        Refused: it takes no problems, or works elsewhere.
    """
    if not body.is_active:
        raise Refused(_("This organisation takes no problems now."), "body")
    if not unit.path.startswith(body.unit.path):
        raise Refused(_("This organisation works in another territory."), "body")


def _require_source(problem: Problem, step: PoolStep) -> str:
    if problem.state not in PROBLEM_STEPS[step].sources:
        raise Refused(
            _("This cannot be done to the problem as it stands now: %(state)s.")
            % {"state": ProblemState(problem.state).label}
        )
    return problem.state


def _require_promises_closed(problem: Problem) -> None:
    left = problem.promises.filter(state=PromiseState.OPEN).count()
    if left:
        raise Refused(say_promises_open(left))


def say_promises_open(left: int) -> str:
    """Why a problem cannot be closed yet; the desk says it before anything is typed."""
    return ngettext(
        "%(n)d promise is still open. Say first what became of it.",
        "%(n)d promises are still open. Say first what became of them.",
        left,
    ) % {"n": left}  # fmt: skip


def _locked_questions(questions: Sequence[Question], by) -> list[Question]:
    """The questions with those merged into them, held in the order of their keys.

    A question that is itself merged stands for the one it is told under.
    """
    seen = {one.pk: one.version for one in questions}
    mains = {one.merged_into_id or one.pk for one in questions}
    merged = Question.objects.filter(merged_into__in=mains).values_list("pk", flat=True)
    rows = list(
        Question.objects.select_for_update(of=("self",))
        .select_related("unit")
        .filter(pk__in={*mains, *merged, *seen})
        .order_by("pk")
    )
    for one in rows:
        if one.pk in seen and one.version != seen[one.pk]:
            raise StaleEdit(one)
        if by is not None and one.pk in mains and not may(by, Act.FORM_PROBLEM, one.unit):
            raise PermissionDenied(_("That question is outside your territory."))
        if one.state == QuestionState.UNCONFIRMED:
            raise Refused(_("This question still waits for its code."))
        if one.problem_id is not None and one.pk in mains:
            raise Refused(_("This question belongs to a problem already."), "question")
    return rows


def _link(problem: Problem, questions: Sequence[Question], *, by, at: datetime) -> None:
    for one in questions:
        _set_problem(one, problem, problem.number, by=by, at=at)
    problem_voices.recount(problem)


def _set_problem(question: Question, problem: Problem | None, number: str, *, by, at) -> None:
    question.problem = problem
    question.version += 1
    question.save(update_fields=["problem", "version"])
    QuestionMove.objects.create(
        question=question, deed="pool" if problem else "unpool", from_state=question.state,
        to_state=question.state, by=by, at=at, note=number,
    )  # fmt: skip


def _store(problem: Problem) -> None:
    problem.version += 1
    problem.save()


def _trace(problem: Problem, step: PoolStep, before: str, *, by, at, note: str = "") -> None:
    ProblemMove.objects.create(
        problem=problem, step=step, from_state=before, to_state=problem.state, body=problem.body,
        by=by, at=at, note=note,
    )  # fmt: skip


def _record(verb: str, problem: Problem, *, by, at: datetime, **detail) -> None:
    log.record(
        verb, f"problem:{problem.uuid}", by=by, region=problem.region, at=at,
        versions=(problem.version - 1, problem.version), **detail,
    )  # fmt: skip
    raise_public("appeals")
