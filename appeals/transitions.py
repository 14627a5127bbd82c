"""What may be done to a question from which state, and what comes of it: the one table.

Buttons, the service and the tests read it; no other code moves a question.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from appeals.enums import QuestionState as State
from meetings.permissions import Act


class Deed(StrEnum):
    """One thing that is done to a question."""

    PUBLISH = "publish"
    HOLD = "hold"
    OBJECT = "object"
    UPHOLD = "uphold"
    CLASSIFY = "classify"
    ANSWER = "answer"
    MERGE = "merge"
    SPLIT = "split"
    REGISTER = "register"
    SHOW_FILES = "files"


@dataclass(frozen=True, slots=True)
class Rule:
    """From which states, to which (None: it stays), by whom (None: the author)."""

    sources: frozenset[State]
    target: State | None
    act: Act | None


WAITING, PUBLISHED, HELD = State.WAITING, State.PUBLISHED, State.HELD
CONFIRMED = frozenset({WAITING, PUBLISHED, HELD})
RULES: Mapping[Deed, Rule] = {
    # Published again with another text: an edit of what is public.
    Deed.PUBLISH: Rule(CONFIRMED, PUBLISHED, Act.MODERATE),
    Deed.HOLD: Rule(frozenset({WAITING, PUBLISHED}), HELD, Act.MODERATE),
    Deed.OBJECT: Rule(frozenset({HELD}), None, None),
    Deed.UPHOLD: Rule(frozenset({HELD}), None, Act.MODERATE),
    Deed.CLASSIFY: Rule(CONFIRMED, None, Act.MODERATE),
    Deed.ANSWER: Rule(CONFIRMED, None, Act.MODERATE),
    Deed.MERGE: Rule(frozenset({WAITING, PUBLISHED}), None, Act.MODERATE),
    Deed.SPLIT: Rule(frozenset({WAITING, PUBLISHED}), None, Act.MODERATE),
    Deed.REGISTER: Rule(CONFIRMED, None, Act.MODERATE),
    Deed.SHOW_FILES: Rule(CONFIRMED, None, Act.MODERATE),
}
