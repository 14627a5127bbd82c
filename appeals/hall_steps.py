"""What may be done to somebody in the hall's row from which state, and what comes of it.

Buttons, the service and the tests read this one table; no other code moves an item.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from appeals.enums import HallState as State


class HallDeed(StrEnum):
    """One thing that is done to an item."""

    SHOW = "show"
    HOLD = "hold"
    FORWARD = "forward"
    BACK = "back"
    CALL = "call"
    OUTCOME = "outcome"
    CHOOSE = "choose"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class HallRule:
    """From which states, to which (None: it stays)."""

    sources: frozenset[State]
    target: State | None


WAITING, CALLED, DONE = State.WAITING, State.CALLED, State.DONE
RULES: Mapping[HallDeed, HallRule] = {
    # Let through, or shown with a text that the hall may read.
    HallDeed.SHOW: HallRule(frozenset({State.UNREAD, State.HELD, WAITING}), WAITING),
    HallDeed.HOLD: HallRule(frozenset({State.UNREAD, WAITING}), State.HELD),
    HallDeed.FORWARD: HallRule(frozenset({WAITING}), None),
    HallDeed.BACK: HallRule(frozenset({WAITING, CALLED, State.GONE}), WAITING),
    HallDeed.CALL: HallRule(frozenset({WAITING}), CALLED),
    # Noted again: put right. What is noted by one who did not know stands apart.
    HallDeed.OUTCOME: HallRule(frozenset({WAITING, CALLED, DONE}), DONE),
    HallDeed.CHOOSE: HallRule(frozenset({DONE}), None),
    HallDeed.GONE: HallRule(frozenset({WAITING, CALLED}), State.GONE),
}
