"""Promises: what, by whom, by when, for how much; steps towards them, and what became of them."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from appeals.cleaning import Cleaned
from appeals.enums import IN_WORK, DueCause, PoolStep, PromiseState
from appeals.models import Body, Problem, ProblemMove, Promise, PromiseStep, Question
from appeals.pool_steps import OUTCOME_STEPS, PROMISE_STEPS
from appeals.services import deadlines, files, problems
from meetings.enums import Topic
from meetings.errors import Refused, StaleEdit
from meetings.models import Meeting, Unit
from meetings.permissions import Act, may
from meetings.services import log
from meetings.services.publishing import raise_public

LONGEST_WHAT, LONGEST_STEP, LONGEST_OUTCOME = 2_000, 2_000, 2_000
MOST_MONEY = Decimal(10) ** 15 - 1


@dataclass(frozen=True, slots=True)
class Said:
    """A promise as it was given.

    ``what`` in one language at least; ``body``, or the post of who promised in words (``who``);
    a deadline: working days (``term_days``) or a day (``due_on``); ``money`` in tenge, if known.
    """

    what_kk: str = ""
    what_ru: str = ""
    body: Body | None = None
    who: str = ""
    term_days: int | None = None
    due_on: date | None = None
    money: Decimal | None = None


@transaction.atomic
def make(
    problem: Problem, said: Said, *, by, version: int | None = None,
    meeting: Meeting | None = None, at: datetime | None = None,
) -> Promise:  # fmt: skip
    """Keep a promise about a problem that is in work.

    Args:
        version: of the problem as the person saw it; None where nobody looks at its page.
        meeting: where it was said.
    Raises:
        PermissionDenied: neither the commission of the place, nor the organisation that the
        problem is given to (which promises for itself alone), nor who runs the meeting;
        StaleEdit; Refused: the problem is closed, no words, nobody promises, no deadline.
    """
    at = at or timezone.now()
    due = _due(said, at)
    problem = problems.locked(problem, version)
    if not _may_make(by, problem, said, meeting):
        raise PermissionDenied(_("Your role does not keep promises about this problem."))
    return _made(problem, said, due, by=by, meeting=meeting, at=at)


@transaction.atomic
def make_in_hall(
    meeting: Meeting, said: Said, *, question: Question | None = None, by,
    at: datetime | None = None,
) -> Promise:  # fmt: skip
    """Keep a promise given at a meeting by who writes down what is said there.

    A question that belongs to a problem already gets the promise there. Otherwise a problem of the
    pool is formed from it: its title are the words of the promise, which staff have written; the
    commission mends it later.

    Args:
        question: what was asked; None when nobody's question is known.
    Raises:
        PermissionDenied: the person does not run this meeting; Refused as in ``make``, or the
        question's problem is closed.
    """
    at = at or timezone.now()
    if not may(by, Act.RUN_MEETING, meeting.host.unit):
        raise PermissionDenied(_("Your role does not run this meeting."))
    _require_words(said)
    due = _due(said, at)
    if question is not None:
        question = Question.objects.select_related("problem", "unit").get(pk=question.pk)
    if question is not None and question.problem is not None:
        problem = problems.locked(question.problem, None)
    else:
        draft = _draft(meeting, said, question)
        asked = [question] if question is not None else []
        problem = problems.form_unchecked(draft, asked, by=by, at=at, is_commission=False)
    return _made(problem, said, due, by=by, meeting=meeting, at=at)


@transaction.atomic
def step(
    promise: Promise, *, text: str, by, version: int, url: str = "",
    evidence: Cleaned | None = None, at: datetime | None = None,
) -> PromiseStep:  # fmt: skip
    """Report a step towards a promise that is open, with its evidence.

    Args:
        url: the address of a page that shows it.
        evidence: a photo or document that shows it; everybody may have it.
    """
    at = at or timezone.now()
    promise = _locked(promise, version)
    _require_reporter(promise, by)
    _require_open(promise)
    if not text.strip():
        raise Refused(_("Say what was done."), "text")
    done = PromiseStep(promise=promise, text=text, url=url, by=by, at=at)
    if evidence is not None:
        files.show(done, evidence)
    done.save(force_insert=True)
    _store(promise)
    _record("promise.step", promise, by=by, at=at, has_file=bool(evidence), has_address=bool(url))
    return done


@transaction.atomic
def close(
    promise: Promise, step: PoolStep, *, words: str, by, version: int, at: datetime | None = None
) -> Promise:
    """Say what became of a promise: kept, explained, or not kept with the reason."""
    at = at or timezone.now()
    promise = _locked(promise, version)
    _require_reporter(promise, by)
    _require_open(promise)
    if step not in OUTCOME_STEPS:
        raise Refused(_("Choose what became of it."), "outcome")
    if not words.strip():
        raise Refused(_("Say in words what was done, or why not: people will read it."), "words")
    promise.state, promise.outcome = PROMISE_STEPS[step].target, words
    promise.closed_at = at
    _store(promise)
    _trace(promise, step, PromiseState.OPEN, by=by, at=at, note=words)
    _record(f"promise.{step}", promise, by=by, at=at)
    return promise


@transaction.atomic
def postpone(
    promise: Promise, *, by, version: int, term_days: int | None = None,
    due_on: date | None = None, at: datetime | None = None,
) -> Promise:  # fmt: skip
    """Give an open promise another deadline: the commission alone; what it was stays to be seen."""
    at = at or timezone.now()
    due = deadlines.given(today=timezone.localdate(at), term_days=term_days, due_on=due_on)
    promise = _locked(promise, version)
    if not may(by, Act.FORM_PROBLEM, promise.problem.unit):
        raise PermissionDenied(_("Your role does not change deadlines in this place."))
    _require_open(promise)
    was = promise.due_on
    if was == due["due_on"]:
        raise Refused(_("This is its deadline already."), "due_on")
    deadlines.give(promise, due)
    _store(promise)
    deadlines.keep_change(promise, was, DueCause.SET, by=by, at=at)
    _record("promise.postpone", promise, by=by, at=at, due_on=str(promise.due_on))
    return promise


def may_report(user, promise: Promise) -> bool:
    """The commission of the place, those who report for the organisation that promised, or, for a
    promise given in words, for the organisation that has the problem."""
    body = promise.body or promise.problem.body
    return may(user, Act.FORM_PROBLEM, promise.problem.unit) or problems.reports_for(user, body)


def _may_make(by, problem: Problem, said: Said, meeting: Meeting | None) -> bool:
    if may(by, Act.FORM_PROBLEM, problem.unit):
        return True
    if meeting is not None and may(by, Act.RUN_MEETING, meeting.host.unit):
        return True
    own = problem.body is not None and said.body is not None and said.body.pk == problem.body.pk
    return own and problems.reports_for(by, problem.body)


def _due(said: Said, at: datetime) -> dict:
    today = timezone.localdate(at)
    return deadlines.given(today=today, term_days=said.term_days, due_on=said.due_on)


def _made(
    problem: Problem, said: Said, due: dict, *, by, meeting: Meeting | None, at: datetime
) -> Promise:
    if problem.state not in IN_WORK:
        raise Refused(_("This problem is closed: nothing more is promised about it."))
    _require_words(said)
    if said.body is None and not said.who.strip():
        raise Refused(_("Say who promises it."), "who")
    if said.body is not None:
        problems.require_body(problem.unit, said.body)
    if said.money is not None and not 0 < said.money <= MOST_MONEY:
        raise Refused(_("Give the money in whole tenge, or leave it empty."), "money")
    promise = Promise(
        problem=problem, meeting=meeting, body=said.body, who=said.who, what_kk=said.what_kk,
        what_ru=said.what_ru, money=said.money, made_at=at,
    )  # fmt: skip
    deadlines.give(promise, due)
    promise.save(force_insert=True)
    _trace(promise, PoolStep.FORM, "", by=by, at=at)
    Problem.objects.filter(pk=problem.pk).update(version=problem.version + 1)
    _record("promise.make", promise, by=by, at=at, due_on=str(promise.due_on))
    return promise


def _draft(meeting: Meeting, said: Said, question: Question | None) -> problems.Draft:
    unit = question.unit if question else meeting.targets.order_by("path").first()
    return problems.Draft(
        unit=unit or meeting.host.unit, topic=Topic(question.topic) if question else Topic.OTHER,
        title_kk=_title(said.what_kk), title_ru=_title(said.what_ru),
    )  # fmt: skip


def _title(text: str) -> str:
    flat = " ".join(text.split())
    if len(flat) <= problems.LONGEST_TITLE:
        return flat
    return flat[: problems.LONGEST_TITLE - 1].rsplit(" ", 1)[0] + "…"


def _require_words(said: Said) -> None:
    if not (said.what_kk.strip() or said.what_ru.strip()):
        raise Refused(_("Say what is promised, in Kazakh or in Russian."), "what_kk")


def _locked(promise: Promise, version: int) -> Promise:
    """The promise, held after its problem: everybody takes the two in that order."""
    problem = problems.locked(promise.problem, None)
    held = Promise.objects.select_for_update(of=("self",)).select_related("body").get(pk=promise.pk)
    held.problem = problem
    if held.version != version:
        raise StaleEdit(held)
    return held


def _require_reporter(promise: Promise, by) -> None:
    if not may_report(by, promise):
        raise PermissionDenied(_("Your role does not report about this promise."))


def _require_open(promise: Promise) -> None:
    if promise.state != PromiseState.OPEN:
        raise Refused(_("It was said already what became of this promise."))


def _store(promise: Promise) -> None:
    promise.version += 1
    promise.save()


def _trace(promise: Promise, step: PoolStep, before: str, *, by, at, note: str = "") -> None:
    ProblemMove.objects.create(
        problem=promise.problem, promise=promise, step=step, from_state=before,
        to_state=promise.state, body=promise.body, by=by, at=at, note=note,
    )  # fmt: skip


def _record(verb: str, promise: Promise, *, by, at: datetime, **detail) -> None:
    region = Unit.objects.get(pk=promise.problem.region_id)
    log.record(
        verb, f"promise:{promise.uuid}", by=by, region=region, at=at,
        versions=(promise.version - 1, promise.version), **detail,
    )  # fmt: skip
    raise_public("appeals")
