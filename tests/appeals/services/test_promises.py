"""Promises: who may make them, steps with evidence, what became of them, and the hall."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from appeals.enums import PoolStep, ProblemState, PromiseState
from appeals.models import DueChange, Problem
from appeals.services import promises
from appeals.services.promises import Said
from meetings.enums import Role
from meetings.errors import Refused, StaleEdit
from tests.appeals.pool_rows import make_body, make_problem, make_question
from tests.factories import make_meeting, make_user


@pytest.fixture
def problem(pool):
    return make_problem(pool.okrug, state=ProblemState.ASSIGNED, body=pool.body)


def lamps(pool, **more):
    return Said(**{"what_kk": "Шам ілу", "body": pool.body, "term_days": 10} | more)


def test_the_commission_and_the_body_itself_promise(pool, problem):
    promise = promises.make(
        problem, lamps(pool, money=Decimal(4_500_000)), by=pool.member, version=1
    )
    second = promises.make(
        problem, Said(what_ru="Столбы", who="Аким округа", due_on=date(2026, 5, 1)),
        by=pool.commission,
    )  # fmt: skip

    assert (promise.due_on, promise.money, promise.state) == (
        date(2026, 3, 17), Decimal(4_500_000), PromiseState.OPEN,
    )  # fmt: skip
    assert (second.what, second.due_on) == ("Столбы", date(2026, 5, 1))
    problem.refresh_from_db()
    assert problem.version == 3
    assert list(problem.moves.values_list("step", "promise")) == [
        (PoolStep.FORM, promise.pk), (PoolStep.FORM, second.pk),
    ]  # fmt: skip


def test_what_is_no_promise_is_refused(pool, problem):
    other = make_body(pool.country.first, "Су арнасы")
    for wrong, field in [
        ({"what_kk": " "}, "what_kk"), ({"body": None}, "who"), ({"term_days": None}, "term_days"),
        ({"term_days": None, "due_on": date(2026, 3, 1)}, "due_on"),
        ({"money": Decimal(-1)}, "money"), ({"body": make_body(pool.country.second)}, "body"),
    ]:  # fmt: skip
        with pytest.raises(Refused) as refused:
            promises.make(problem, lamps(pool, **wrong), by=pool.commission)
        assert refused.value.field == field
    for user, said in [
        (pool.member, lamps(pool, body=other)),  # a body promises for itself alone
        (pool.member, lamps(pool, body=None, who="Аким")),
        (make_user(Role.BODY, pool.country.first), lamps(pool)),
        (make_user(Role.COORDINATOR, pool.country.first), lamps(pool)),
    ]:
        with pytest.raises(PermissionDenied):
            promises.make(problem, said, by=user)
    with pytest.raises(StaleEdit):
        promises.make(problem, lamps(pool), by=pool.commission, version=7)
    for state in (ProblemState.SOLVED, ProblemState.EXPLAINED, ProblemState.REFUSED):
        closed = make_problem(pool.okrug, state=state, body=pool.body)
        with pytest.raises(Refused):
            promises.make(closed, lamps(pool), by=pool.commission)


def test_steps_are_reported_until_it_is_said_what_became_of_it(pool, problem):
    promise = promises.make(problem, lamps(pool), by=pool.commission)
    report = {"by": pool.member, "version": 1}

    step = promises.step(promise, text="Тірек қойылды", url="https://example.kz/1", **report)
    assert (step.text, step.url, step.by) == ("Тірек қойылды", "https://example.kz/1", pool.member)
    with pytest.raises(StaleEdit):
        promises.step(promise, text="Тағы", **report)
    with pytest.raises(PermissionDenied):
        promises.step(promise, text="Тағы", by=make_user(Role.BODY, pool.okrug), version=2)
    with pytest.raises(Refused):
        promises.close(promise, PoolStep.REFUSE, words=" ", by=pool.member, version=2)
    with pytest.raises(Refused):
        promises.close(promise, PoolStep.ASSIGN, words="Ілінді", by=pool.member, version=2)

    closed = promises.close(
        promise, PoolStep.EXPLAIN, words="Келесі жылы", by=pool.member, version=2
    )

    assert (closed.state, closed.outcome) == (PromiseState.EXPLAINED, "Келесі жылы")
    for late in (
        lambda: promises.step(promise, text="Тағы", by=pool.member, version=3),
        lambda: promises.close(promise, PoolStep.SOLVE, words="Бітті", by=pool.member, version=3),
        lambda: promises.postpone(promise, term_days=3, by=pool.commission, version=3),
    ):
        with pytest.raises(Refused):
            late()


def test_only_the_commission_gives_another_deadline_and_the_old_one_is_kept(pool, problem):
    promise = promises.make(problem, lamps(pool), by=pool.commission)
    with pytest.raises(PermissionDenied):
        promises.postpone(promise, term_days=20, by=pool.member, version=1)

    promises.postpone(promise, due_on=date(2026, 4, 2), by=pool.commission, version=1)

    change = DueChange.objects.get()
    assert (change.promise, change.was, change.now) == (
        promise, date(2026, 3, 17), date(2026, 4, 2),
    )  # fmt: skip


def test_in_the_hall_a_promise_forms_a_problem_or_goes_to_the_one_there_is(pool):
    secretary = make_user(Role.DRAFTER, pool.country.first)
    office = pool.country.office(pool.country.first)
    meeting = make_meeting(office, [pool.okrug], "2026-03-02")
    question = make_question(pool.okrug)
    said = Said(what_ru="Починим мост", who="Аким района", due_on=date(2026, 6, 1))

    first = promises.make_in_hall(meeting, said, question=question, by=secretary)
    second = promises.make_in_hall(meeting, said, question=question, by=secretary)
    third = promises.make_in_hall(meeting, said, by=secretary)

    assert first.problem == second.problem != third.problem
    assert (first.problem.title_ru, first.problem.unit) == ("Починим мост", pool.okrug)
    assert list(first.problem.questions.all()) == [question]
    assert {one.meeting for one in (first, second, third)} == {meeting}
    for stranger in (make_user(Role.DRAFTER, pool.country.second), pool.member):
        with pytest.raises(PermissionDenied):
            promises.make_in_hall(meeting, said, by=stranger)
    Problem.objects.filter(pk=first.problem.pk).update(state="explained", outcome="Түсіндірілді")
    with pytest.raises(Refused):
        promises.make_in_hall(meeting, said, question=question, by=secretary)
