"""The demo's pool and questions: promises of a meeting's day, and a document beside photos."""

from datetime import date, timedelta

import pytest

from appeals.cleaning import cleaned
from appeals.demo import pool, questions
from appeals.demo.pool_texts import CASES
from appeals.demo.question_texts import SAID
from meetings.enums import MeetingState, UnitKind
from tests.factories import a_moment, make_meeting, make_office, make_unit

TODAY = date(2026, 11, 23)


@pytest.mark.django_db
def test_a_case_is_moved_to_the_last_meeting_held_before_its_promise():
    case = next(one for one in CASES if any(said.at_meeting for said in one.promised))
    unit = make_unit(UnitKind.OKRUG, kato=case.unit)
    office, ago = make_office(unit), case.promised[0].ago
    assert pool._on_meeting_day(case, TODAY) == case
    for days, state in [
        (ago + 3, MeetingState.CANCELLED), (ago + 40, MeetingState.HELD),
        (ago + 90, MeetingState.HELD), (ago - 5, MeetingState.HELD),
    ]:  # fmt: skip
        day = TODAY - timedelta(days=days)
        make_meeting(office, [unit], day, state=state)

    moved = pool._on_meeting_day(case, TODAY)

    assert moved.promised[0].ago == ago + 40
    assert (moved.formed, moved.asked[0][0]) == (case.formed + 40, case.asked[0][0] + 40)
    assert moved.given == (case.given[0], case.given[1] + 40, case.given[2])
    assert [step[0] - 40 for step in moved.promised[0].steps] == [
        step[0] for step in case.promised[0].steps
    ]  # fmt: skip


def test_one_question_has_a_document_beside_its_photos():
    both = [one for one in SAID if one.photos and one.paper]
    assert len(both) == 1
    kinds = [one.media_type for one in questions._files(both[0], 0, a_moment(2026, 11, 20))]
    assert kinds == ["image/jpeg", "application/pdf"]
    [paper] = questions._papers(both[0], a_moment(2026, 11, 20))
    assert cleaned(paper.content).extension == "pdf"
