"""Words similar questions for pages: who asks sees what is published, the commission all."""

from appeals.enums import QuestionState as State
from appeals.models import Question
from appeals.questionrows import say_voices, shortened, state_of


def to_who_asks(found: list[tuple[Question, float]]) -> list[dict]:
    """What appeals/public/ask_similar.html shows of each: its public text alone."""
    return [
        {
            "question": one, "text": shortened(one.public_text), "unit": one.unit.name,
            "is_answered": one.answered_at is not None,
            "voices": say_voices(one.voices) if one.voices else "",
        }
        for one, _likeness in found
    ]  # fmt: skip


def at_desk(found: list[tuple[Question, float]]) -> list[dict]:
    """What the page of a question shows of those like it, best first."""
    return [
        {
            "question": one, "text": shortened(one.public_text or one.text),
            "unit": one.unit.name, "percent": round(likeness * 100), "state": state_of(one),
            "voices": say_voices(one.voices) if one.voices else "",
            "takes_merged": one.state == State.PUBLISHED,
        }
        for one, likeness in found
    ]  # fmt: skip
