"""The pool: formed from questions, given out, closed in words; each step by those who may."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from appeals.enums import IN_WORK, OUTCOMES, PoolStep, ProblemState, QuestionState, Risk
from appeals.models import DueChange, ProblemMove, Question, QuestionMove
from appeals.pool_steps import OUTCOME_STEPS
from appeals.services import moderation, problem_voices, problems
from appeals.services.problems import Draft
from appeals.services.voices import recount
from meetings.enums import Role, Topic
from meetings.errors import Refused, StaleEdit
from meetings.models import Act, Letter
from meetings.sealing import address_mark
from tests.appeals.pool_rows import make_body, make_problem, make_promise, make_question
from tests.factories import a_moment, make_user
from tests.factories_requests import make_support


def draft(unit, **more):
    return Draft(unit, topic=Topic.ROADS, title_kk="Көпір", title_ru="Мост", **more)


def formed(pool, *questions, **more):
    return problems.form(draft(pool.okrug, **more), questions, by=pool.commission)


def test_a_problem_is_formed_from_questions_and_those_merged_into_them(pool):
    main = make_question(pool.okrug, email="asel@example.kz")
    other = make_question(pool.okrug, email="b@example.kz", at=a_moment(2024, 5, 1))
    merged = make_question(pool.okrug, email="c@example.kz", merged_into=main)
    make_support(main, "d@example.kz")
    make_support(merged, "d@example.kz")
    make_support(other, "asel@example.kz")

    problem = formed(pool, main, other, risk=Risk.DANGER)

    problem.refresh_from_db()
    assert (problem.number, problem.state, problem.region) == (
        "2026-000001", ProblemState.OPEN, pool.country.region,
    )  # fmt: skip
    assert set(problem.questions.all()) == {main, other, merged}
    # asel, b, c and d, whatever they asked or supported; 2024 and 2026.
    assert (problem.voices, problem.years, problem.priority) == (4, 2, 1 + 2 + 4)
    assert QuestionMove.objects.filter(deed="pool", note=problem.number).count() == 3
    assert [move.step for move in problem.moves.all()] == [PoolStep.FORM]
    assert Act.objects.get(verb="problem.form").detail == {"questions": 3}


def test_a_question_that_is_told_under_another_stands_for_that_one(pool):
    main = make_question(pool.okrug)
    merged = make_question(pool.okrug, email="c@example.kz", merged_into=main)

    problem = formed(pool, merged)

    assert set(problem.questions.all()) == {main, merged}


def test_voices_that_come_later_and_merges_count_for_the_problem(pool):
    main, other = make_question(pool.okrug), make_question(pool.okrug, email="b@example.kz")
    problem = formed(pool, main)
    make_support(main, "d@example.kz")
    recount(main)
    problem.refresh_from_db()
    assert problem.voices == 2

    moderation.merge(other, main, by=pool.commission, version=other.version)

    problem.refresh_from_db()
    other.refresh_from_db()
    assert (other.problem, problem.voices) == (problem, 3)
    moderation.split(other, by=pool.commission, version=other.version)
    problem.refresh_from_db()
    assert problem.voices == 3  # it stays with the problem until it is taken out


def test_questions_of_two_problems_are_not_merged(pool):
    one, two = make_question(pool.okrug), make_question(pool.okrug, email="b@example.kz")
    formed(pool, one)
    second = formed(pool, two)
    one.refresh_from_db()

    with pytest.raises(Refused) as refused:
        moderation.merge(one, two, by=pool.commission, version=one.version)

    assert refused.value.field == "into"
    two.refresh_from_db()
    problems.drop_question(second, two, by=pool.commission, version=second.version)
    one.refresh_from_db()
    moderation.merge(one, two, by=pool.commission, version=one.version)
    two.refresh_from_db()
    assert two.problem == one.problem


def test_what_cannot_be_formed_is_refused_and_a_stale_page_told(pool):
    taken, stale = make_question(pool.okrug), make_question(pool.okrug)
    unconfirmed = make_question(
        pool.okrug, state=QuestionState.UNCONFIRMED, number=None, asked_at=None
    )
    foreign = make_question(pool.country.second)
    formed(pool, taken)
    stale.version = 0
    taken.refresh_from_db()

    for question, error in [
        (taken, Refused), (unconfirmed, Refused), (stale, StaleEdit), (foreign, PermissionDenied),
    ]:  # fmt: skip
        with pytest.raises(error):
            formed(pool, question)
    with pytest.raises(Refused):
        problems.form(Draft(pool.okrug, title_kk=" "), by=pool.commission)
    for user in (pool.member, make_user(Role.COORDINATOR, pool.country.first)):
        with pytest.raises(PermissionDenied):
            problems.form(draft(pool.okrug), by=user)
    with pytest.raises(PermissionDenied):
        problems.form(draft(pool.country.second), by=pool.commission)
    assert Question.objects.filter(problem__isnull=False).count() == 1


def test_a_problem_is_given_to_a_body_and_given_again(pool):
    problem = formed(pool)

    problem = problems.assign(
        problem, pool.body, term_days=10, by=pool.commission, version=problem.version
    )
    other = make_body(pool.country.region, "Облыстық басқарма")
    problem = problems.assign(
        problem, other, due_on=date(2026, 4, 1), by=pool.commission, version=problem.version,
        note="Облыстың жолы",
    )  # fmt: skip

    assert (problem.state, problem.body, problem.due_on) == ("assigned", other, date(2026, 4, 1))
    history = DueChange.objects.values_list("was", "now", "cause")
    assert list(history) == [
        (None, date(2026, 3, 17), "set"), (date(2026, 3, 17), date(2026, 4, 1), "set"),
    ]  # fmt: skip
    for wrong in (
        make_body(pool.country.second), make_body(pool.okrug, "Жабық", is_active=False),
    ):  # fmt: skip
        with pytest.raises(Refused):
            problems.assign(
                problem, wrong, term_days=1, by=pool.commission, version=problem.version
            )


def test_each_step_is_taken_from_its_own_states_alone(pool):
    for state in ProblemState:
        for step in (PoolStep.ASSIGN, *OUTCOME_STEPS):
            problem = make_problem(pool.okrug, state=state, body=pool.body)

            def take(problem=problem, step=step):
                if step == PoolStep.ASSIGN:
                    return problems.assign(
                        problem, pool.body, term_days=5, by=pool.commission, version=1
                    )
                return problems.close(problem, step, words="Ілінді", by=pool.member, version=1)

            if state in IN_WORK:
                assert take().state not in (state if step != PoolStep.ASSIGN else "", "open")
            else:
                with pytest.raises(Refused):
                    take()
            problem.refresh_from_db()
            assert (problem.version == 2) is (state in IN_WORK)


def test_the_outcome_is_reported_by_the_body_or_the_commission_in_words(pool):
    stranger = make_user(Role.BODY, pool.country.first)
    problem = make_problem(pool.okrug, state=ProblemState.ASSIGNED, body=pool.body)
    report = {"words": "Шамдар ілінді.", "version": 1}

    for user in (stranger, make_user(Role.COORDINATOR, pool.country.first)):
        with pytest.raises(PermissionDenied):
            problems.close(problem, PoolStep.SOLVE, by=user, **report)
    with pytest.raises(StaleEdit):
        problems.close(problem, PoolStep.SOLVE, by=pool.member, words="Ілінді", version=0)
    with pytest.raises(Refused):
        problems.close(problem, PoolStep.SOLVE, by=pool.member, words="  ", version=1)
    make_promise(problem)
    with pytest.raises(Refused):
        problems.close(problem, PoolStep.SOLVE, by=pool.member, **report)
    problem.promises.update(state="solved", outcome="Ілінді")

    problem = problems.close(problem, PoolStep.SOLVE, by=pool.member, **report)

    assert (problem.state, problem.outcome) == (ProblemState.SOLVED, "Шамдар ілінді.")
    move = ProblemMove.objects.get(problem=problem)
    assert (move.step, move.from_state, move.by) == ("solve", "assigned", pool.member)


@pytest.mark.parametrize("step", OUTCOME_STEPS)
def test_those_who_asked_and_supported_are_told_of_each_outcome_once(pool, step):
    main, other = make_question(pool.okrug), make_question(pool.okrug, email="b@example.kz")
    make_support(main, "b@example.kz")
    make_support(main, "d@example.kz", language="ru")
    problem = formed(pool, main, other)

    problems.close(problem, step, words="Мән-жайы", by=pool.commission, version=problem.version)

    letters = Letter.objects.filter(kind="problem_outcome")
    assert {letter.mark for letter in letters} == {
        address_mark(f"{name}@example.kz") for name in ("asel", "b", "d")
    }
    assert letters.count() == 3


def test_a_problem_is_mended_and_taken_apart_by_its_commission(pool):
    question = make_question(pool.okrug)
    problem = formed(pool, question)
    late = make_question(pool.okrug, email="z@example.kz")

    problem = problems.add_questions(problem, [late], by=pool.commission, version=problem.version)
    problem = problems.describe(
        problem, draft(pool.okrug, about_ru="Мост через реку", risk=Risk.WORSE),
        by=pool.commission, version=problem.version,
    )  # fmt: skip
    assert (problem.voices, problem.priority, problem.risk) == (2, 3, Risk.WORSE)
    assert "реку" in problem.search
    with pytest.raises(Refused):
        problems.describe(
            problem, draft(pool.country.second), by=pool.commission, version=problem.version
        )
    problem = problems.drop_question(problem, late, by=pool.commission, version=problem.version)
    assert set(problem_voices.questions_of(problem)) == {question}
    assert (problem.voices, late.moves.last().deed) == (1, "unpool")
    closed = make_problem(pool.okrug, state=OUTCOMES[0])
    late.refresh_from_db()
    with pytest.raises(Refused):
        problems.add_questions(closed, [late], by=pool.commission, version=1)
