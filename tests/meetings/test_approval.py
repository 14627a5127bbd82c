"""The one door: every step from every state by every role, in both procedures."""

from datetime import date, timedelta
from itertools import product

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import override

from meetings.enums import MeetingState, Procedure, ProcedureChoice, Role, State, Step
from meetings.errors import Refused, StaleEdit, StepRefused
from meetings.models import Act, Explanation, Meeting, Move, Revision, Submission
from meetings.selectors.duties import findings_of_revision
from meetings.selectors.explanations import duty_key, needs_explanation, unexplained
from meetings.services import log
from meetings.services.approval import move, procedure_of, steps_for
from meetings.transitions import STEPS
from tests.approvals import Decided, approve, explain_all, papers
from tests.factories import Region, a_moment, make_calendar, make_line, make_user

pytestmark = pytest.mark.django_db

PROCEDURES = {Procedure.AGREE: ProcedureChoice.AGREE, Procedure.NOTIFY: ProcedureChoice.EDITION}
ROLES = [*Role, None]


@pytest.mark.parametrize(("procedure", "state", "step"), list(product(Procedure, State, Step)))
def test_a_step_is_taken_from_its_states_by_its_role_and_by_nobody_else(procedure, state, step):
    case = Decided(procedure=PROCEDURES[procedure])
    case.stand(state)
    way = STEPS[procedure].get(step)

    taken = {}
    for role in ROLES:
        user = make_user(role, case.place.region if role else None)
        with transaction.atomic():
            taken[role] = case.outcome(step, user)
            transaction.set_rollback(True)

    expected = dict.fromkeys(ROLES, PermissionDenied)
    for role in ROLES:
        if role in _who_takes(step):
            expected[role] = way.target if way and state in way.sources else StepRefused
    assert taken == expected


def _who_takes(step):
    return {way.role for steps in STEPS.values() for taken, way in steps.items() if taken == step}


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("where", ["first", "foreign"])
def test_a_role_held_elsewhere_takes_no_step(step, where):
    case = Decided()
    case.stand(next(iter(STEPS[Procedure.AGREE][step].sources)))
    unit = case.place.first if where == "first" else Region("230000000", "Атырау облысы").region
    user = make_user(STEPS[Procedure.AGREE][step].role, unit)

    assert case.outcome(step, user) is PermissionDenied
    assert steps_for(case.revision, user) == {}


def test_buttons_read_the_same_table():
    case = Decided()
    case.stand(State.WITH_MASLIKHAT)

    assert list(steps_for(case.revision, case.chair)) == [Step.RETURN, Step.AGREE]
    assert steps_for(case.revision, case.akim) == {}


PROCEDURE_OF = [  # year, setting, number of the revision, what the maslikhat does
    (2023, ProcedureChoice.EDITION, 1, Procedure.AGREE),
    (2024, ProcedureChoice.EDITION, 1, Procedure.NOTIFY),
    (2024, ProcedureChoice.EDITION, 2, Procedure.NOTIFY),
    (2027, ProcedureChoice.AGREE, 1, Procedure.AGREE),
]


@pytest.mark.parametrize(("year", "setting", "number", "procedure"), PROCEDURE_OF)
def test_the_maslikhat_agrees_unless_the_region_follows_its_edition(
    year, setting, number, procedure
):
    calendar = make_calendar(Region().region, year, procedure=setting)
    revision = calendar.revisions.get()
    revision.number = number

    assert procedure_of(revision) == procedure


def test_the_whole_way_is_recorded_and_the_lines_are_public():
    case = Decided()
    lines = list(case.revision.lines.order_by("pk"))

    approve(case)

    revision = case.reload()
    assert (revision.state, revision.act_number, revision.act_on, revision.is_late) == (
        State.APPROVED, "12", date(2026, 12, 22), False,
    )  # fmt: skip
    assert (revision.decision_number, revision.decision_on) == ("7-3", date(2026, 12, 20))
    assert [(m.step, m.from_state, m.to_state, m.by) for m in revision.moves.all()] == [
        (Step.SUBMIT, State.DRAFT, State.WITH_MASLIKHAT, case.coordinator),
        (Step.AGREE, State.WITH_MASLIKHAT, State.AGREED, case.chair),
        (Step.APPROVE, State.AGREED, State.APPROVED, case.akim),
    ]
    meetings = Meeting.objects.order_by("pk")
    assert [
        (m.uuid, m.day, m.planned_day, m.state, set(m.targets.all()), m.calendar, m.region)
        for m in meetings
    ] == [
        (line.uuid, line.day, line.day, MeetingState.PLANNED, set(line.targets.all()),
         case.calendar, case.place.region)
        for line in lines
    ]  # fmt: skip
    verbs = Act.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["calendar.submit", "calendar.agree", "calendar.approve"]
    assert log.first_broken_link() is None


def test_each_step_raises_the_version_and_an_old_page_is_told():
    case = Decided()
    seen = case.revision.version
    case.take(Step.SUBMIT, case.coordinator)

    assert case.revision.version == seen + 1
    with pytest.raises(StaleEdit):
        move(case.revision, Step.AGREE, by=case.chair, version=seen, **papers(Step.AGREE))
    assert case.reload().state == State.WITH_MASLIKHAT


def test_an_empty_calendar_is_not_submitted():
    case = Decided(lines=False)

    with override("en"), pytest.raises(Refused, match="empty"):
        case.take(Step.SUBMIT, case.coordinator)


def test_each_breach_needs_an_explanation_and_advice_needs_none():
    case = Decided(explained=False)
    breaches = unexplained(case.revision)
    assert breaches

    with pytest.raises(Refused) as refused:
        case.take(Step.SUBMIT, case.coordinator)
    assert refused.value.details["unexplained"] == breaches
    assert case.reload().state == State.DRAFT

    explain_all(case.revision, by=case.coordinator)
    last = Explanation.objects.filter(revision=case.revision).last()
    Explanation.objects.filter(pk=last.pk).update(text="  ")
    assert len(unexplained(case.revision)) == 1

    Explanation.objects.filter(pk=last.pk).update(text="The bridge is under repair.")
    case.take(Step.SUBMIT, case.coordinator)
    assert case.reload().state == State.WITH_MASLIKHAT


def test_a_norm_the_region_took_upon_itself_is_explained_too():
    case = Decided(own_edition="2022-03-03", explained=False)
    asked = {duty_key(f) for f in findings_of_revision(case.revision) if needs_explanation(f)}

    assert {finding.severity for finding in unexplained(case.revision)} == {"breach", "own_norm"}
    assert {duty_key(finding) for finding in unexplained(case.revision)} == asked


BAD_PAPERS = [  # step, what is sent, the field it is about
    (Step.AGREE, {"act_number": " "}, "act_number"),
    (Step.AGREE, {"act_number": "7" * 51}, "act_number"),
    (Step.AGREE, {"act_on": None}, "act_on"),
    (Step.AGREE, {"act_on": date(2026, 12, 21)}, "act_on"),  # tomorrow
    (Step.AGREE, {"act_on": date(2026, 11, 30)}, "act_on"),  # before the submission
    (Step.APPROVE, {"act_number": ""}, "act_number"),
    (Step.APPROVE, {"act_on": date(2026, 12, 19)}, "act_on"),  # before the decision
    (Step.RETURN, {"note": "  "}, "note"),
    (Step.RETURN, {"note": "a" * 5001}, "note"),
    (Step.RETURN, {"act_number": "1"}, "act_number"),
    (Step.SEND_BACK, {"note": ""}, "note"),
]


@pytest.mark.parametrize(("step", "sent", "field"), BAD_PAPERS)
def test_a_step_without_its_papers_is_refused(step, sent, field):
    case = Decided()
    case.take(Step.SUBMIT, case.coordinator)
    if step in (Step.APPROVE, Step.SEND_BACK):
        case.take(Step.AGREE, case.chair)
    by = case.chair if step in (Step.AGREE, Step.RETURN) else case.akim

    with pytest.raises(Refused) as refused:
        case.take(step, by, **(papers(step) | sent))

    assert refused.value.field == field
    assert Move.objects.filter(step=step).count() == 0


def test_a_returned_calendar_forgets_the_decision_and_keeps_both_submissions():
    case = Decided()
    case.take(Step.SUBMIT, case.coordinator)
    case.take(Step.AGREE, case.chair)
    case.take(Step.SEND_BACK, case.akim)
    make_line(
        case.revision, case.place.office(case.place.region), [case.place.second], "2027-10-14"
    )
    case.take(Step.SUBMIT, case.coordinator)

    revision = case.reload()
    assert (revision.decision_number, revision.decision_on) == ("", None)
    counts = [len(s.contents["lines"]) for s in Submission.objects.order_by("number")]
    assert counts == [counts[0], counts[0] + 1]


LATE = [  # the moment, Asia/Almaty; whether it is late
    (a_moment(2027, 1, 14, 23, 59), False),
    (a_moment(2027, 1, 15, 0, 0), True),
    (a_moment(2027, 3, 1), True),
]


@pytest.mark.parametrize(("at", "late"), LATE)
def test_approval_on_15_january_is_late(at, late):
    case = Decided()
    case.take(Step.SUBMIT, case.coordinator)
    case.take(Step.AGREE, case.chair)
    case.take(Step.APPROVE, case.akim, at=at)

    assert (case.reload().is_late, Move.objects.last().is_late) == (late, late)


def test_a_correction_has_no_deadline():
    case = Decided()
    Revision.objects.filter(pk=case.revision.pk).update(number=2)
    case.reload()
    case.take(Step.SUBMIT, case.coordinator)
    case.take(Step.AGREE, case.chair)
    case.take(Step.APPROVE, case.akim, at=a_moment(2027, 6, 1))

    assert case.reload().is_late is False


def test_when_publishing_fails_nothing_of_the_step_stays(monkeypatch):
    case = Decided()
    case.take(Step.SUBMIT, case.coordinator)
    case.take(Step.AGREE, case.chair)

    def fail(*_args, **_more):
        raise RuntimeError("no room on the disk")

    monkeypatch.setattr("meetings.services.publishing.refresh", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        case.take(Step.APPROVE, case.akim)

    assert (case.reload().state, case.revision.sha256) == (State.AGREED, "")
    assert not Meeting.objects.exists()
    assert Act.objects.count() == 2


def test_days_of_papers_are_local():
    """23:30 in Almaty is the next day in no other reckoning: the 20th stays the 20th."""
    case = Decided()
    case.take(Step.SUBMIT, case.coordinator)
    at = a_moment(2026, 12, 20, 0, 30)
    assert at.astimezone(tz=None).utcoffset() is not None

    case.take(Step.AGREE, case.chair, at=at, act_on=date(2026, 12, 20))
    assert case.reload().decision_on == date(2026, 12, 20)
    assert case.revision.submitted_at < at - timedelta(days=1)
