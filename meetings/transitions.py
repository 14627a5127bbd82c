"""The table of approval steps: buttons, permissions and tests read it, nothing else."""

from typing import NamedTuple

from meetings.enums import Procedure, Role, State, Step


class Transition(NamedTuple):
    """One step: from which states, to which, by whom, and what must come with it."""

    sources: frozenset[State]
    target: State
    role: Role
    needs_note: bool = False
    needs_act: bool = False  # number and date of a decision or an act


_SUBMIT = Transition(
    frozenset({State.DRAFT, State.RETURNED}), State.WITH_MASLIKHAT, Role.COORDINATOR
)

STEPS: dict[Procedure, dict[Step, Transition]] = {
    # Edition of 2022: «по согласованию с маслихатом».
    Procedure.AGREE: {
        Step.SUBMIT: _SUBMIT,
        Step.RETURN: Transition(
            frozenset({State.WITH_MASLIKHAT}), State.RETURNED, Role.CHAIR, needs_note=True
        ),
        Step.AGREE: Transition(
            frozenset({State.WITH_MASLIKHAT}), State.AGREED, Role.CHAIR, needs_act=True
        ),
        Step.APPROVE: Transition(
            frozenset({State.AGREED}), State.APPROVED, Role.AKIM, needs_act=True
        ),
        Step.SEND_BACK: Transition(
            frozenset({State.AGREED}), State.RETURNED, Role.AKIM, needs_note=True
        ),
    },
    # From 2024: «с уведомлением маслихата».
    Procedure.NOTIFY: {
        Step.SUBMIT: _SUBMIT,
        Step.APPROVE: Transition(
            frozenset({State.WITH_MASLIKHAT}), State.APPROVED, Role.AKIM, needs_act=True
        ),
        Step.SEND_BACK: Transition(
            frozenset({State.WITH_MASLIKHAT}), State.RETURNED, Role.AKIM, needs_note=True
        ),
    },
}


def steps_from(procedure: Procedure, state: State) -> dict[Step, Transition]:
    """The steps that may be taken from ``state``, in the order of the table."""
    return {step: way for step, way in STEPS[procedure].items() if state in way.sources}
