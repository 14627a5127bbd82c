"""The timeline of a problem: what was asked, promised, done and said, in the order of time."""

from datetime import datetime
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from appeals.enums import DueCause, PoolStep, VerdictWord
from appeals.models import DueChange, Problem, ProblemMove, PromiseStep, Question
from appeals.poolrows import evidence_of
from appeals.services.problem_voices import questions_of
from meetings.dates import say_day

MOST = 200
MOST_QUESTIONS = 50


class Event(NamedTuple):
    """One thing that happened. ``order`` keeps events of one moment apart."""

    at: datetime
    order: int
    what: str
    words: str = ""
    url: str = ""
    label: str = ""
    kind: str = ""
    file: str = ""
    file_label: str = ""


def timeline(problem: Problem, language: str, *, who: bool = False) -> list[dict]:
    """Everything that happened to a problem, the oldest first; five queries.

    ``who``: names of officials who did it; for the desks.
    """
    events = [*_questions(problem), *_moves(problem, who=who), *_steps(problem, who=who),
              *_due_changes(problem, language)]  # fmt: skip
    events += _verdicts(problem)
    return [_said(event, language) for event in sorted(events, key=lambda one: one[:2])]


def _said(event: Event, language: str) -> dict:
    local = timezone.localtime(event.at)
    return {
        "iso": local.isoformat(timespec="minutes"), "kind": event.kind, "what": event.what,
        "when": say_day(local.date(), language, weekday=False), "words": event.words,
        "url": event.url, "label": event.label, "file": event.file,
        "file_label": event.file_label,
    }  # fmt: skip


def _questions(problem: Problem) -> list[Event]:
    """Published ones with their numbers; the others stay untold, as everywhere."""
    shown = questions_of(problem).filter(pk__in=Question.objects.public().values("pk"))
    return [
        Event(one.asked_at or one.created_at, 0, _("Asked"), url=one.get_absolute_url(),
              label=one.number or "", kind="asked")
        for one in shown.order_by("asked_at")[:MOST_QUESTIONS]
    ]  # fmt: skip


def _moves(problem: Problem, *, who: bool) -> list[Event]:
    moves = ProblemMove.objects.filter(problem=problem).select_related("body", "promise", "by")
    return [
        Event(move.at, 1, _say_move(move, who=who), words=_words_of(move), kind=_kind_of(move))
        for move in moves.order_by("pk")[:MOST]
    ]


def _say_move(move: ProblemMove, *, who: bool) -> str:
    words = PROMISE_WORDS if move.promise_id else PROBLEM_WORDS
    said = words[PoolStep(move.step)]()
    if move.step == PoolStep.ASSIGN and move.body is not None:
        said = f"{said}: {move.body.name}"
    if move.step == PoolStep.FORM and move.promise is not None:
        said = f"{said}: {move.body.name if move.body else move.promise.who}"
    return f"{said} ({move.by.name})" if who and move.by else said


def _words_of(move: ProblemMove) -> str:
    if move.step == PoolStep.FORM and move.promise is not None:
        return move.promise.what
    return move.note


def _kind_of(move: ProblemMove) -> str:
    if move.promise_id:
        return "promise"
    return {PoolStep.SOLVE: "good", PoolStep.REFUSE: "bad", PoolStep.EXPLAIN: "explained",
            PoolStep.REOPEN: "bad"}.get(PoolStep(move.step), "")  # fmt: skip


def _steps(problem: Problem, *, who: bool) -> list[Event]:
    steps = PromiseStep.objects.filter(promise__problem=problem).select_related("by")
    return [
        Event(step.at, 2, _with(_("Step reported"), step.by.name if who else ""), words=step.text,
              url=step.url, label=_("evidence") if step.url else "", kind="step",
              **evidence_of(step, problem))
        for step in steps.order_by("pk")[:MOST]
    ]  # fmt: skip


def _with(said: str, name: str) -> str:
    return f"{said} ({name})" if name else said


def _due_changes(problem: Problem, language: str) -> list[Event]:
    """Every deadline that became another one; the first is told with the step that set it."""
    changes = DueChange.objects.filter(problem=problem).order_by("pk")[:MOST]

    def say(day) -> str:
        return say_day(day, language, weekday=False)

    events = []
    for change in changes:
        words = _("Deadline: %(now)s") % {"now": say(change.now)}
        if change.was:
            words = _("Deadline was %(was)s, is now %(now)s") % {
                "was": say(change.was), "now": say(change.now),
            }  # fmt: skip
        cause = str(DueCause(change.cause).label)
        events.append(Event(change.at, 3, words, words=cause, kind="due"))
    return events


def _verdicts(problem: Problem) -> list[Event]:
    """Without the reasons: they are people's own words, for the commission and the organisation."""
    said = {VerdictWord.SOLVED: _("Those who asked say: solved"),
            VerdictWord.NOT_SOLVED: _("Those who asked say: not solved")}  # fmt: skip
    return [
        Event(one.at, 0, said[VerdictWord(one.word)], kind="verdict")
        for one in problem.verdicts.order_by("pk")[:MOST]
    ]


PROBLEM_WORDS = {
    PoolStep.FORM: lambda: _("The commission put it into the pool"),
    PoolStep.ASSIGN: lambda: _("Given to be solved"),
    PoolStep.EXPLAIN: lambda: _("Explained, not solved"),
    PoolStep.SOLVE: lambda: _("Reported as solved"),
    PoolStep.REFUSE: lambda: _("Refused, with a reason"),
    PoolStep.REOPEN: lambda: _("Opened again: those who asked say it is not solved"),
}
PROMISE_WORDS = {
    PoolStep.FORM: lambda: _("Promised"),
    PoolStep.EXPLAIN: lambda: _("About the promise: explained, not kept"),
    PoolStep.SOLVE: lambda: _("The promise is reported as kept"),
    PoolStep.REFUSE: lambda: _("The promise is not kept, with a reason"),
}
