"""What may be done to a booking from which state, and what comes of it: the one table.

Buttons, the services and the tests read it; no other code moves a booking on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from appeals.enums import BookingState as State


class Deed(StrEnum):
    """One thing that happens to a booking."""

    CONFIRM = "confirm"
    LAPSE = "lapse"
    SEAT = "seat"
    CANCEL = "cancel"
    CHECK_IN = "check_in"
    CALL = "call"
    PUT_BACK = "put_back"
    NO_SHOW = "no_show"
    FINISH = "finish"


@dataclass(frozen=True, slots=True)
class Rule:
    """From which states, and to which."""

    sources: frozenset[State]
    target: State


RULES: Mapping[Deed, Rule] = {
    # A late code still works while nobody else has the slot.
    Deed.CONFIRM: Rule(frozenset({State.HELD, State.LAPSED}), State.BOOKED),
    Deed.LAPSE: Rule(frozenset({State.HELD}), State.LAPSED),
    # Somebody of the waiting list gets a slot.
    Deed.SEAT: Rule(frozenset({State.WAITING}), State.BOOKED),
    Deed.CANCEL: Rule(frozenset({State.BOOKED, State.WAITING}), State.CANCELLED),
    # Who was marked as not come and comes late after all gets a slot again.
    Deed.CHECK_IN: Rule(frozenset({State.BOOKED, State.NO_SHOW}), State.CAME),
    Deed.CALL: Rule(frozenset({State.CAME}), State.CALLED),
    # Called and not at the door: back into the queue.
    Deed.PUT_BACK: Rule(frozenset({State.CALLED}), State.CAME),
    Deed.NO_SHOW: Rule(frozenset({State.BOOKED, State.CAME, State.CALLED}), State.NO_SHOW),
    # The outcome of a talk can be put right.
    Deed.FINISH: Rule(frozenset({State.CALLED, State.DONE}), State.DONE),
}


def deeds_from(state: State) -> list[Deed]:
    """What may be done to a booking in this state."""
    return [deed for deed, rule in RULES.items() if state in rule.sources]
