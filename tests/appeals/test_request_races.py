"""Two act on one thing at the same moment: one wins, the other is told, nothing is lost or doubled.

On SQLite (a file; each thread a connection of its own) and on PostgreSQL alike.
"""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from appeals.enums import (
    HallSource,
    HallState,
    HoldReason,
    PoolStep,
    ProblemState,
    Purpose,
    QuestionState,
    VerdictWord,
)
from appeals.hall_steps import HallDeed
from appeals.models import Code, DueChange, Support, Verdict
from appeals.services import hall, moderation, problems, promises, supporting, verdicts
from appeals.services.hall import Outcome
from meetings.enums import ProtocolState, Role
from meetings.errors import Refused, StaleEdit
from meetings.models import Act, Letter
from meetings.sealing import address_mark
from meetings.services import protocols
from tests.appeals.halls import NOW, HallWorld, a_stamp
from tests.appeals.pool_rows import make_body, make_member, make_problem, make_promise
from tests.appeals.pool_rows import make_question as make_asked
from tests.appeals.receptions import sent_digits
from tests.factories import Region, a_moment, make_user
from tests.factories_requests import make_question, make_support
from tests.meetings.services.test_protocols import EVENING, Held

pytestmark = pytest.mark.django_db(transaction=True)
AT = a_moment(2026, 3, 2)
TURNS = 3  # each race is run so often: one run may happen to go one after the other


def at_once(*acts) -> list:
    """What each act gave, or the name of its refusal; all start together."""
    barrier = threading.Barrier(len(acts))

    def run(act):
        try:
            barrier.wait()
            return act()
        except (StaleEdit, Refused) as refused:
            return type(refused).__name__
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def one_won(said: list, refusal: str) -> bool:
    return sum(one == refusal for one in said) == len(said) - 1


class Pool:
    def __init__(self):
        self.country = Region()
        self.okrug = self.country.okrug
        self.first, self.second = (
            make_user(Role.COMMISSION, self.country.first) for _one in range(2)
        )
        self.body = make_body(self.country.first, "Энергетика бөлімі")


def test_a_problem_given_to_two_bodies_at_once_goes_to_one():
    pool = Pool()
    bodies = [make_body(pool.country.first, name) for name in ("Жолдар бөлімі", "Су арнасы")]
    for _turn in range(TURNS):
        problem = make_problem(pool.okrug)

        def give(body, by, problem=problem):
            return problems.assign(problem, body, by=by, version=1, term_days=10, at=AT)

        said = at_once(lambda: give(bodies[0], pool.first), lambda: give(bodies[1], pool.second))

        problem.refresh_from_db()
        assert one_won(said, "StaleEdit"), said
        assert (problem.state, problem.version) == (ProblemState.ASSIGNED, 2)
        assert [move.body for move in problem.moves.all()] == [problem.body]
        assert DueChange.objects.filter(problem=problem).count() <= 1
        assert Act.objects.filter(subject=f"problem:{problem.uuid}").count() == 1


def closed(pool):
    problem = make_problem(pool.okrug, state=ProblemState.SOLVED, body=pool.body)
    question = make_asked(pool.okrug, email="asel@example.kz", problem=problem)
    make_support(question, "bolat@example.kz")
    return problem


@pytest.mark.parametrize("second", ["asel@example.kz", "bolat@example.kz"])
def test_verdicts_at_once_reopen_once_and_one_address_has_one(second):
    pool = Pool()
    for _turn in range(TURNS):
        problem = closed(pool)

        def say(email, problem=problem):
            mark = address_mark(email)
            return verdicts.give(problem, mark, VerdictWord.NOT_SOLVED, "Жанбайды", 0)

        said = at_once(lambda: say("asel@example.kz"), lambda: say(second))

        problem.refresh_from_db()
        assert one_won(said, "Refused"), said
        assert (problem.state, problem.reopened) == (ProblemState.ASSIGNED, 1)
        assert Verdict.objects.filter(problem=problem).count() == 1
        assert problem.moves.filter(step=PoolStep.REOPEN).count() == 1


def test_a_verdict_while_the_desk_closes_again_counts_for_the_outcome_it_was_about():
    pool = Pool()
    for _turn in range(TURNS):
        problem = closed(pool)
        type(problem).objects.filter(pk=problem.pk).update(
            state=ProblemState.ASSIGNED, outcome="", closed_at=None
        )

        def judge(problem=problem):
            mark = address_mark("asel@example.kz")
            return verdicts.give(problem, mark, VerdictWord.NOT_SOLVED, "Жанбайды", 0)

        def close(problem=problem):
            return problems.close(
                problem, PoolStep.SOLVE, words="Ілінді.", by=pool.first, version=1, at=AT
            )

        judged, _shut = at_once(judge, close)

        problem.refresh_from_db()
        counted = judged != "Refused"
        assert (problem.state, problem.reopened, problem.version) == (
            (ProblemState.ASSIGNED, 1, 3) if counted else (ProblemState.SOLVED, 0, 2)
        )
        assert Verdict.objects.filter(problem=problem).count() == counted
        told = Letter.objects.filter(kind="problem_outcome", key__contains=str(problem.uuid))
        assert told.count() == 2  # who asked and who supports, each once


def test_two_outcomes_of_one_promise_at_once_leave_one():
    pool = Pool()
    member = make_member(pool.body)
    for _turn in range(TURNS):
        problem = make_problem(pool.okrug, state=ProblemState.ASSIGNED, body=pool.body)
        promise = make_promise(problem)

        def end(step, by, words, promise=promise):
            return promises.close(promise, step, words=words, by=by, version=1, at=AT)

        said = at_once(
            lambda: end(PoolStep.SOLVE, pool.first, "Ілінді."),
            lambda: end(PoolStep.REFUSE, member, "Ақша жоқ."),
        )

        promise.refresh_from_db()
        assert one_won(said, "StaleEdit"), said
        assert promise.version == 2
        assert [move.note for move in problem.moves.filter(promise=promise)] == [promise.outcome]


def test_two_moderators_of_one_question_at_once_leave_one_decision():
    pool = Pool()
    for _turn in range(TURNS):
        question = make_question(pool.okrug)

        said = at_once(
            lambda question=question: moderation.publish(
                question, text="Жарық жоқ", by=pool.first, version=1
            ),
            lambda question=question: moderation.hold(
                question, reason=HoldReason.INSULT, words="", by=pool.second, version=1
            ),
        )

        question.refresh_from_db()
        assert one_won(said, "StaleEdit"), said
        assert question.version == 2
        assert (question.state == QuestionState.HELD) == bool(question.hold_reason)
        assert [move.to_state for move in question.moves.all()] == [question.state]


def test_two_answers_to_one_question_at_once_leave_one_that_is_sent_once():
    pool = Pool()
    for turn in range(TURNS):
        question = make_asked(pool.okrug, email=f"p{turn}@example.kz")

        def answer(text, by, question=question):
            return moderation.answer(question, text=text, by=by, version=1)

        said = at_once(
            lambda: answer("Ертең жөндейміз.", pool.first),
            lambda: answer("Жөндемейміз.", pool.second),
        )

        question.refresh_from_db()
        assert one_won(said, "StaleEdit"), said
        assert question.version == 2
        assert Letter.objects.filter(kind="question_answered").count() == turn + 1


def test_one_address_supports_a_question_twice_at_once_and_has_one_voice():
    pool = Pool()
    for turn in range(TURNS):
        question = make_question(pool.okrug, state=QuestionState.PUBLISHED)
        codes = [
            supporting.support(
                question, email=f"s{turn}@example.kz", language="kk", visitor=f"10.0.{turn}.1"
            )
            for _one in range(2)
        ]

        typed = [(code.uuid, digits(code)) for code in codes]
        said = at_once(
            lambda typed=typed: supporting.codes.use(*typed[0]),
            lambda typed=typed: supporting.codes.use(*typed[1]),
        )

        question.refresh_from_db()
        assert sorted(one.partition("voice=")[2] for one in said) == ["again", "counted"]
        assert (question.voices, Support.objects.filter(question=question).count()) == (1, 1)


def test_one_code_typed_twice_at_once_is_used_once():
    pool = Pool()
    question = make_question(pool.okrug, state=QuestionState.PUBLISHED)
    code = supporting.support(question, email="s@example.kz", language="kk", visitor="10.0.0.1")
    typed = digits(code)

    def use():
        try:
            return supporting.codes.use(code.uuid, typed)
        except supporting.codes.Gone:
            return "Gone"

    assert one_won(at_once(use, use), "Gone")
    assert Code.objects.filter(purpose=Purpose.SUPPORT).exclude(used_at=None).count() == 1
    assert Support.objects.count() == 1


def test_two_secretaries_call_the_next_one_at_once_and_one_is_told():
    world = HallWorld()
    other = make_user(Role.DRAFTER, world.region.first)
    for _turn in range(TURNS):
        item = hall.enter(
            world.day, HallSource.PAPER, by=world.secretary, stamp=a_stamp(), text="Жол", at=NOW
        ).item
        before = item.notes.count()

        def call(by, device, item=item):
            return hall.move(
                world.day, item.uuid, HallDeed.CALL, by=by, stamp=a_stamp(1, device=device), at=NOW
            )

        said = at_once(lambda: call(world.secretary, "a"), lambda: call(other, "b"))

        item.refresh_from_db()
        assert one_won(said, "Refused"), said
        assert (item.state, item.notes.count()) == (HallState.CALLED, before + 1)


def test_two_outcomes_noted_in_the_hall_at_once_are_both_kept():
    world = HallWorld()
    other = make_user(Role.DRAFTER, world.region.first)
    item = hall.enter(
        world.day, HallSource.PAPER, by=world.secretary, stamp=a_stamp(), text="Жол", at=NOW
    ).item

    def end(by, device, answer):
        return hall.note_outcome(
            world.day, item.uuid, Outcome("answered", answer), by=by,
            stamp=a_stamp(1, device=device), at=NOW,
        ).is_apart  # fmt: skip

    said = at_once(lambda: end(world.secretary, "a", "Иә"), lambda: end(other, "b", "Жоқ"))

    assert sorted(said) == [False, True]
    assert {note.answer for note in item.notes.filter(deed=HallDeed.OUTCOME)} == {"Иә", "Жоқ"}


def test_two_sign_offs_of_one_protocol_at_once_sign_it_once():
    held = Held()
    deputy = make_user(Role.AKIM, held.place.first)
    protocol = held.begin()

    def sign(by):
        return protocols.sign(protocol, by=by, version=protocol.version, at=EVENING)

    said = at_once(lambda: sign(held.akim), lambda: sign(deputy))

    winner = next(one for one in said if one != "StaleEdit")
    protocol.refresh_from_db()
    assert one_won(said, "StaleEdit"), said
    assert (protocol.state, protocol.signed_by) == (ProtocolState.SIGNED, winner.signed_by)
    assert Act.objects.filter(verb="protocol.sign").count() == 1


def digits(code) -> str:
    return sent_digits(code).replace(" ", "")
