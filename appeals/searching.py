"""What is kept beside a question's text so that it can be found: made anew with every text."""

from typing import TypedDict

from appeals.similar import features
from meetings.text import fold


class Found(TypedDict):
    search: str
    features: bytes


def findable(text: str) -> Found:
    """The columns of a question that follow from its text: by words, and by likeness."""
    return {"search": fold(text), "features": features(text)}
