"""Decisions are taken once: many at the same door at the same moment, on real PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import Error, connection, connections

from meetings.enums import MeetingState, State, Step
from meetings.errors import StaleEdit, StepRefused
from meetings.models import Line, Meeting, MeetingChange, Move
from meetings.services.approval import move
from meetings.services.meetings import cancel_urgently
from tests.approvals import MOMENTS, Decided, approve, papers
from tests.factories import a_moment

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite lets one writer in at a time"
    ),
]
AT_ONCE = 8


def at_once(*acts):
    """Run the functions in threads that start together; give what each returned or raised."""
    barrier = Barrier(len(acts))

    def run(act):
        try:
            barrier.wait()
            return act()
        except (StepRefused, StaleEdit, Error) as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.mark.parametrize("_round", range(5))
def test_of_many_approvals_one_is_made(_round):
    case = Decided()
    case.take(Step.SUBMIT, case.coordinator)
    case.take(Step.AGREE, case.chair)
    seen = case.revision.version

    def act():
        sent = papers(Step.APPROVE) | {"at": MOMENTS[Step.APPROVE]}
        return move(case.revision, Step.APPROVE, by=case.akim, version=seen, **sent)

    answers = at_once(*[act] * AT_ONCE)

    refused = [answer for answer in answers if isinstance(answer, StepRefused)]
    assert (len(refused), {answer.present_state for answer in refused}) == (
        AT_ONCE - 1, {State.APPROVED},
    )  # fmt: skip
    assert Move.objects.filter(step=Step.APPROVE).count() == 1
    assert Meeting.objects.count() == case.revision.lines.count()


def test_of_two_different_decisions_one_is_made():
    case = Decided()
    case.take(Step.SUBMIT, case.coordinator)
    seen = case.revision.version

    def decide(step):
        sent = papers(step) | {"at": MOMENTS[step]}
        return lambda: move(case.revision, step, by=case.chair, version=seen, **sent)

    answers = at_once(*[decide(Step.AGREE), decide(Step.RETURN)] * 4)

    assert sum(isinstance(answer, StepRefused) for answer in answers) == 7
    last = Move.objects.exclude(step=Step.SUBMIT).get()
    assert case.reload().state == last.to_state


@pytest.mark.parametrize("_round", range(5))
def test_a_line_changed_past_the_code_is_in_the_frozen_text_or_refused(_round):
    """The trigger waits for an approval that is on its way, and then refuses."""
    case = Decided()
    case.take(Step.SUBMIT, case.coordinator)
    case.take(Step.AGREE, case.chair)
    seen = case.revision.version

    def change():
        return Line.objects.filter(revision=case.revision).update(place_kk="Басқа орын")

    def take():
        sent = papers(Step.APPROVE) | {"at": MOMENTS[Step.APPROVE]}
        return move(case.revision, Step.APPROVE, by=case.akim, version=seen, **sent)

    changed, _approved = at_once(change, take)

    revision = case.reload()
    places = set(revision.lines.values_list("place_kk", flat=True))
    assert ("Басқа орын" in revision.canonical) == (places == {"Басқа орын"})
    assert isinstance(changed, Error) == (places == {""})


def test_of_many_cancellations_one_is_published():
    case = Decided()
    approve(case)
    meeting = Meeting.objects.first()

    def act():
        return cancel_urgently(
            meeting, reason="Flood", by=case.coordinator, version=1, at=a_moment(2027, 4, 1)
        )

    answers = at_once(*[act] * AT_ONCE)

    assert sum(isinstance(answer, StaleEdit) for answer in answers) == AT_ONCE - 1
    meeting.refresh_from_db()
    assert (meeting.state, meeting.sequence, MeetingChange.objects.count()) == (
        MeetingState.CANCELLED, 1, 1,
    )  # fmt: skip
