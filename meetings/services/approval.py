"""The one door for the steps of approval. No other code assigns a revision's state."""

from datetime import date, datetime
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.enums import Procedure, ProcedureChoice, State, Step
from meetings.errors import Refused, StaleEdit, StepRefused
from meetings.models import Move, Revision, Submission, approval_deadline
from meetings.permissions import STEP_ACTS, may
from meetings.selectors.duties import edition_for
from meetings.selectors.explanations import unexplained
from meetings.services import freezing, log, release
from meetings.services.papers import require_paper
from meetings.transitions import STEPS, Transition, steps_from

LONGEST_NOTE = 5000


class Papers(NamedTuple):
    """What comes with a step: words, and the number and day of a decision or an act."""

    note: str
    number: str
    on: date | None


def procedure_of(revision: Revision) -> Procedure:
    """Agreement by default; where the region follows its edition, what the edition asks.

    The first revision is a calendar's approval, later ones are corrections: the edition speaks of
    the two apart.
    """
    if revision.calendar.procedure == ProcedureChoice.AGREE:
        return Procedure.AGREE
    edition = edition_for(revision.calendar)
    part = edition.maslikhat if revision.number == 1 else edition.corrections
    return Procedure(part.value)


def steps_for(revision: Revision, user) -> dict[Step, Transition]:
    """The steps that the user may take now, in the order of the table."""
    region = revision.calendar.region
    return {
        step: way
        for step, way in steps_from(procedure_of(revision), State(revision.state)).items()
        if may(user, STEP_ACTS[step], region)
    }


@transaction.atomic
def move(
    revision: Revision, step: Step, *, by, version: int, note: str = "", act_number: str = "",
    act_on: date | None = None, at: datetime | None = None,
) -> Revision:  # fmt: skip
    """Take one step of the approval and record it.

    Args:
        version: the version of the revision that the person had before their eyes.
        note: reason or remarks; a return needs them.
        act_number, act_on: number and day of the maslikhat's decision or of the akim's act.
        at: the moment of the step; now when not given.
    Raises:
        PermissionDenied: the role does not take this step in this region.
        StepRefused: the revision does not stand where the step begins.
        StaleEdit: it does, but changed since the person looked.
        Refused: something is missing; ``field`` says what.
    Source: Decree 826, on the calendar (domain §1.2); the table is in meetings/transitions.py.
    """
    at = at or timezone.now()
    step = Step(step)
    revision = (
        Revision.objects.select_for_update(of=("self",))
        .select_related("calendar__region")
        .get(pk=revision.pk)
    )
    papers = Papers(note.strip(), act_number.strip(), act_on)
    way = _require_step(revision, step, papers, by, version, at)
    _EFFECTS.get(step, _nothing)(revision, papers, at)
    Move.objects.create(
        revision=revision, step=step, from_state=revision.state, to_state=way.target, by=by, at=at,
        note=papers.note, act_number=papers.number, act_on=papers.on, is_late=revision.is_late,
    )  # fmt: skip
    revision.state = way.target
    revision.version = version + 1
    if step == Step.APPROVE:
        _freeze(revision)
    revision.save()
    log.record(
        f"calendar.{step}", f"calendar:{revision.calendar.uuid}", by=by, at=at,
        region=revision.calendar.region, versions=(version, revision.version),
        revision=revision.number, number=papers.number, on=freezing.plain(papers.on),
        sha256=revision.sha256, late=revision.is_late,
    )  # fmt: skip
    if step == Step.APPROVE:
        release.release(revision, at=at)
    return revision


def require_step(
    revision: Revision, step: Step, *, by, version: int, note: str = "", act_number: str = "",
    act_on: date | None = None, at: datetime | None = None,
) -> None:  # fmt: skip
    """Raise what ``move`` would raise before it writes anything; nothing is locked by asking.

    So a slip in the papers is told before the person's code is used up.
    """
    papers = Papers(note.strip(), act_number.strip(), act_on)
    _require_step(revision, Step(step), papers, by, version, at or timezone.now())


def _require_step(revision, step: Step, papers: Papers, by, version: int, at) -> Transition:
    """The row of the table, or the reason why the step is not taken."""
    if not may(by, STEP_ACTS[step], revision.calendar.region):
        raise PermissionDenied(_("Your role does not take this step in this region."))
    way = STEPS[procedure_of(revision)].get(step)
    if way is None or State(revision.state) not in way.sources:
        raise StepRefused(State(revision.state))
    if revision.version != version:
        raise StaleEdit(revision)
    _require_papers(revision, step, way, papers, at)
    return way


def is_late(revision: Revision, at: datetime) -> bool:
    """Whether the calendar is approved on or after 15 January 00:00, Asia/Almaty [house].

    A correction has no such deadline.
    """
    return revision.number == 1 and at >= approval_deadline(revision.calendar.year)


def _nothing(revision: Revision, papers: Papers, at: datetime) -> None:
    """A return changes nothing but the state."""


def _submit(revision: Revision, papers: Papers, at: datetime) -> None:
    if not revision.lines.exists():
        raise Refused(_("The calendar is empty: add its meetings before it goes to the maslikhat."))
    if missing := unexplained(revision):
        raise Refused(
            _("Each breach needs a written explanation before the calendar is submitted."),
            details={"unexplained": missing},
        )
    # A decision of an earlier round does not speak of what is submitted now.
    revision.decision_number, revision.decision_on = "", None
    revision.submitted_at = at
    Submission.objects.create(
        revision=revision, number=revision.submissions.count() + 1, at=at,
        contents=freezing.contents_of(revision),
    )  # fmt: skip


def _agree(revision: Revision, papers: Papers, at: datetime) -> None:
    revision.decision_number, revision.decision_on = papers.number, papers.on


def _approve(revision: Revision, papers: Papers, at: datetime) -> None:
    revision.act_number, revision.act_on = papers.number, papers.on
    revision.approved_at = at
    revision.is_late = is_late(revision, at)


_EFFECTS = {Step.SUBMIT: _submit, Step.AGREE: _agree, Step.APPROVE: _approve}


def _freeze(revision: Revision) -> None:
    revision.canonical = freezing.canonical(
        revision, procedure=procedure_of(revision), edition=edition_for(revision.calendar).id
    )
    revision.sha256 = freezing.sha256_of(revision.canonical)


def _require_papers(
    revision: Revision, step: Step, way: Transition, papers: Papers, at: datetime
) -> None:
    """What must come with a step: remarks with a return, number and day with a decision."""
    if len(papers.note) > LONGEST_NOTE:
        raise Refused(_("This text is too long; 5,000 characters are enough."), "note")
    if way.needs_note and not papers.note:
        raise Refused(
            _("Write what has to be changed: it is not returned without remarks."), "note"
        )
    if way.needs_act:
        earliest = _earliest(revision, step)
        require_paper(papers.number, papers.on, not_before=earliest, today=timezone.localdate(at))
    elif papers.number or papers.on:
        raise Refused(_("This step has no number and date of its own."), "act_number")


def _earliest(revision: Revision, step: Step) -> date:
    """A decision is not older than the submission, an act not older than the decision."""
    if step == Step.APPROVE and revision.decision_on:
        return revision.decision_on
    return timezone.localdate(revision.submitted_at)
