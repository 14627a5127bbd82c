"""The last word of those who asked: by a code, once an address; «not solved» reopens once."""

from datetime import date

import pytest

from appeals.enums import OUTCOMES, DueCause, PoolStep, ProblemState, VerdictWord
from appeals.models import DueChange, Verdict
from appeals.services import verdicts
from meetings.errors import Refused
from meetings.sealing import address_mark
from tests.appeals.pool_rows import make_problem, make_question
from tests.factories_requests import make_support

ASEL, BOLAT, CITY = "asel@example.kz", "bolat@example.kz", "city@example.kz"


def closed(pool, state=ProblemState.SOLVED, **more):
    """A closed problem, asked by Asel and supported by Bolat."""
    problem = make_problem(pool.okrug, state=state, **{"body": pool.body} | more)
    question = make_question(pool.okrug, email=ASEL, problem=problem)
    make_support(question, BOLAT)
    return problem


def give(problem, email=ASEL, word=VerdictWord.NOT_SOLVED, reason="Шам жанбайды", at_round=None):
    at_round = problem.reopened if at_round is None else at_round
    return verdicts.give(problem, address_mark(email), word, reason, at_round)


@pytest.mark.parametrize("state", OUTCOMES)
def test_not_solved_reopens_any_outcome_once_with_a_new_deadline(pool, state):
    problem = closed(pool, state)

    give(problem)

    problem.refresh_from_db()
    assert (problem.state, problem.reopened, problem.outcome, problem.closed_at) == (
        ProblemState.ASSIGNED, 1, "", None,
    )  # fmt: skip
    assert problem.due_on == date(2026, 3, 17)  # 10 working days from 2 March: the 9th is off
    assert DueChange.objects.get().cause == DueCause.REOPENED
    move = problem.moves.get()
    assert (move.step, move.from_state, move.by) == (PoolStep.REOPEN, state, None)

    type(problem).objects.filter(pk=problem.pk).update(state=state, outcome="Тағы")
    problem.refresh_from_db()
    give(problem, BOLAT)
    problem.refresh_from_db()
    assert (problem.state, problem.reopened) == (state, 1)  # counted, and not opened again


def test_one_that_was_given_to_nobody_goes_back_to_the_pool(pool):
    problem = closed(pool, ProblemState.EXPLAINED, body=None, due_on=None)

    give(problem)

    problem.refresh_from_db()
    assert (problem.state, problem.due_on) == (ProblemState.OPEN, None)


def test_who_may_not_speak_is_told_why(pool):
    problem = closed(pool)
    give(problem, word=VerdictWord.SOLVED, reason="")

    for again in (
        lambda: give(problem),  # a second verdict of one address
        lambda: give(problem, CITY),  # neither asked nor supported
        lambda: give(problem, BOLAT, reason=" "),
        lambda: give(problem, BOLAT, at_round=1),
        lambda: give(make_problem(pool.okrug), BOLAT),  # in work
    ):
        with pytest.raises(Refused):
            again()
    assert list(Verdict.objects.values_list("word", flat=True)) == ["solved"]
