"""What may be done to a demand for a meeting, from which state, and what comes of it.

Buttons, the services and the tests read this one table; no other code moves a demand.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from appeals.enums import PUBLIC_DEMANDS
from appeals.enums import DemandState as State
from meetings.permissions import Act


class Deed(StrEnum):
    ASK = "ask"
    PUBLISH = "publish"
    EDIT = "edit"
    HOLD = "hold"
    OBJECT = "object"
    UPHOLD = "uphold"
    REACH = "reach"
    RECOUNT = "recount"
    CLOSE = "close"
    MEET = "meet"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Rule:
    """From which states, to which (None: it stays), by whom (None: people, or a day)."""

    sources: frozenset[State]
    target: State | None
    act: Act | None


RULES: Mapping[Deed, Rule] = {
    Deed.ASK: Rule(frozenset({State.UNCONFIRMED}), State.WAITING, None),
    Deed.PUBLISH: Rule(frozenset({State.WAITING, State.HELD}), State.COLLECTING, Act.MODERATE),
    Deed.EDIT: Rule(frozenset(PUBLIC_DEMANDS), None, Act.MODERATE),
    # What people support already is not taken from them: only what is read first is held back.
    Deed.HOLD: Rule(frozenset({State.WAITING}), State.HELD, Act.MODERATE),
    Deed.OBJECT: Rule(frozenset({State.HELD}), None, None),
    Deed.UPHOLD: Rule(frozenset({State.HELD}), None, Act.MODERATE),
    Deed.REACH: Rule(frozenset({State.COLLECTING}), State.REACHED, None),
    Deed.RECOUNT: Rule(frozenset({State.REACHED}), None, None),
    Deed.CLOSE: Rule(frozenset({State.COLLECTING}), State.CLOSED, None),
    # An office need not wait for the voices to call a meeting; to refuse one it must be asked.
    Deed.MEET: Rule(frozenset({State.COLLECTING, State.REACHED}), State.MEETING, Act.ANSWER_DEMAND),
    Deed.REFUSE: Rule(frozenset({State.REACHED}), State.REFUSED, Act.ANSWER_DEMAND),
}
