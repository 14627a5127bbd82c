"""What the database itself refuses about problems, promises and verdicts."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from appeals.enums import ProblemState, PromiseState, VerdictWord
from appeals.models import Body, BodyMember, Verdict
from meetings.enums import Role
from tests.appeals.pool_rows import FORMED, make_body, make_member, make_problem, make_promise
from tests.factories import Region, make_user

pytestmark = pytest.mark.django_db


def refused(make) -> str:
    """The name of the constraint that refuses it."""
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        make()
    return str(error.value)


def test_an_assigned_problem_has_a_body_and_a_deadline():
    okrug = Region().okrug

    told = refused(lambda: make_problem(okrug, state=ProblemState.ASSIGNED, due_on=None))

    assert "problem_assigned_has_body_and_deadline" in told


def test_an_outcome_has_words():
    problem = make_problem(Region().okrug)

    for_problem = refused(lambda: make_problem(problem.unit, state="solved", outcome=""))
    for_promise = refused(lambda: make_promise(problem, state=PromiseState.REFUSED))

    assert "problem_outcome_has_words" in for_problem
    assert "promise_outcome_has_words" in for_promise


def test_a_problem_is_reopened_once():
    told = refused(lambda: make_problem(Region().okrug, reopened=2))

    assert "problem_reopened_once" in told


def test_one_address_has_one_verdict_and_not_solved_has_a_reason():
    problem = make_problem(Region().okrug, state=ProblemState.SOLVED)
    Verdict.objects.create(problem=problem, mark="a", word=VerdictWord.SOLVED, at=FORMED)

    refused(lambda: problem.verdicts.create(mark="a", word=VerdictWord.SOLVED, at=FORMED))
    told = refused(lambda: problem.verdicts.create(mark="b", word="not_solved", at=FORMED))

    assert "verdict_has_reason" in told


def test_bodies_of_a_user_are_those_of_membership_and_role_together():
    country = Region()
    own, other = make_body(country.first), make_body(country.first, "Су арнасы")
    member = make_member(own)
    stranger = make_user(Role.BODY, country.second)
    clerk = make_user(Role.DRAFTER, country.first)
    for user in (stranger, clerk):
        BodyMember.objects.create(body=other, user=user)

    assert list(Body.objects.of(member)) == [own]
    assert list(Body.objects.of(stranger)) == []
    assert list(Body.objects.of(clerk)) == []


def test_titles_fall_back_to_the_other_language():
    problem = make_problem(Region().okrug, title_ru="", formed_at=FORMED, due_on=date(2026, 4, 1))

    assert problem.title_in("ru") == problem.title_in("kk") == "Көшедегі жарық"
