"""A small region on its way through the approval: who decides, and the papers of each step."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from meetings.enums import ProcedureChoice, Role, State, Step
from meetings.errors import StepRefused
from meetings.models import Calendar, Explanation, Revision
from meetings.selectors.duties import findings_of_revision
from meetings.selectors.explanations import duty_key, needs_explanation
from meetings.services.approval import move
from tests.factories import Region, a_moment, make_line, make_user

MOMENTS = {
    Step.SUBMIT: a_moment(2026, 12, 1),
    Step.RETURN: a_moment(2026, 12, 20),
    Step.AGREE: a_moment(2026, 12, 20),
    Step.SEND_BACK: a_moment(2026, 12, 22),
    Step.APPROVE: a_moment(2026, 12, 22),
}


def papers(step: Step) -> dict:
    """What a sound request for the step carries."""
    return {
        Step.RETURN: {"note": "Terekti is left out in spring."},
        Step.SEND_BACK: {"note": "One meeting falls on a feast day."},
        Step.AGREE: {"act_number": "7-3", "act_on": date(2026, 12, 20)},
        Step.APPROVE: {"act_number": "12", "act_on": date(2026, 12, 22)},
    }.get(step, {})


class Decided:
    """A calendar of 2027 with two lines, and the three who decide on it.

    ``take(step, by)`` goes through the service with sound papers; ``stand(state)`` puts the
    revision there without it.
    """

    def __init__(self, *, procedure=ProcedureChoice.AGREE, lines=True, explained=True,
                 own_edition="", place=None, year=2027):  # fmt: skip
        self.place = place or Region()
        region = self.place.region
        self.calendar = Calendar.objects.create(
            region=region, year=year, procedure=procedure, own_edition=own_edition
        )
        self.revision = Revision.objects.create(calendar=self.calendar, number=1)
        self.coordinator = make_user(Role.COORDINATOR, region)
        self.deputy = make_user(Role.DEPUTY, region)
        self.chair = make_user(Role.CHAIR, region)
        self.akim = make_user(Role.AKIM, region)
        if lines:
            host = self.place.office(region)
            make_line(self.revision, host, [self.place.first], date(year, 4, 14))
            make_line(self.revision, host, [self.place.first, self.place.second], date(year, 9, 8))
        if explained:
            explain_all(self.revision, by=self.coordinator)

    def reload(self) -> Revision:
        self.revision = Revision.objects.select_related("calendar__region").get(pk=self.revision.pk)
        return self.revision

    def take(self, step: Step, by, **sent) -> Revision:
        sent = {"version": self.revision.version, "at": MOMENTS[step], **papers(step)} | sent
        self.revision = move(self.revision, step, by=by, **sent)
        return self.revision

    def outcome(self, step: Step, user):
        """The state reached, or the class of the refusal."""
        try:
            return State(move(
                self.revision, step, by=user, version=self.revision.version, at=MOMENTS[step],
                **papers(step),
            ).state)  # fmt: skip
        except (PermissionDenied, StepRefused) as refused:
            return type(refused)

    def stand(self, state: State) -> None:
        frozen = {"sha256": "0" * 64} if state == State.APPROVED else {}
        Revision.objects.filter(pk=self.revision.pk).update(
            state=state, submitted_at=a_moment(2026, 12, 1), **frozen
        )
        self.reload()


def explain_all(revision: Revision, *, by) -> None:
    """A written reason for each breach."""
    for finding in findings_of_revision(revision):
        if needs_explanation(finding):
            norm, host, target, first = duty_key(finding)
            Explanation.objects.create(
                revision=revision, norm=norm, host_id=host, target_id=target, window_start=first,
                text="The post is vacant until summer.", by=by, at=timezone.now(),
            )  # fmt: skip


def approve(case: Decided) -> Revision:
    """All the way: submitted, agreed, approved."""
    case.take(Step.SUBMIT, case.coordinator)
    case.take(Step.AGREE, case.chair)
    return case.take(Step.APPROVE, case.akim)
