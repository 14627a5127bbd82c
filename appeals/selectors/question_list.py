"""Published questions as everybody lists them, in the forms that an index answers.

However many there are, a page costs the same: nobody turns more than ``MOST_COUNTED`` of them, and
words are looked for among the newest ``SEARCHED`` of what was asked for.
"""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from appeals.models import Question
from appeals.selectors.queue import below
from meetings.models import Meeting, Unit
from meetings.text import fold

MOST_COUNTED = 1_000
SEARCHED = 20_000
MOST_WORDS = 6
SHOWN = (
    "uuid", "number", "public_text", "topic", "asked_at", "answered_at", "voices",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """What a visitor wants to see; empty fields ask nothing. ``state``: "answered", "open"."""

    unit: Unit | None = None
    topic: str = ""
    state: str = ""
    meeting: Meeting | None = None
    q: str = ""


def questions_asked(asked: Asked) -> QuerySet[Question]:
    """Newest first; those of one meeting by their voices. Words are looked for at once."""
    found = _narrowed(asked)
    words = fold(asked.q).split()[:MOST_WORDS]
    if words:
        found = Question.objects.filter(pk__in=_with_words(_ordered(found, asked), words, asked))
    return _ordered(found, asked)


def _with_words(newest: QuerySet[Question], words: list[str], asked: Asked) -> list[int]:
    """Keys of those that hold every word, as many as are counted: so many texts are read once, and
    not for the number and for the page again."""
    found = Question.objects.filter(pk__in=newest.values("pk")[:SEARCHED])
    for word in words:
        found = found.filter(search__contains=word)
    return list(_ordered(found, asked).values_list("pk", flat=True)[: MOST_COUNTED + 1])


def top_of_meeting(meeting: Meeting, most: int) -> list[Question]:
    """Those put to a meeting that most people support."""
    found = questions_asked(Asked(meeting=meeting))
    return list(found.select_related("unit").only(*SHOWN, "unit")[:most])


def latest_of(unit: Unit, most: int) -> list[Question]:
    """The newest of a place and what lies in it."""
    found = questions_asked(Asked(unit=unit))
    return list(found.select_related("unit").only(*SHOWN, "unit")[:most])


def count_of(found: QuerySet) -> int:
    """How many there are, counted no further than one over ``MOST_COUNTED``."""
    return found.order_by()[: MOST_COUNTED + 1].count()


def number_asked(asked: Asked) -> QuerySet[Question]:
    """The one question whose number was typed in place of words."""
    return Question.objects.public().filter(number=asked.q)


def _narrowed(asked: Asked) -> QuerySet[Question]:
    found = Question.objects.public()
    if asked.meeting is not None:
        found = found.filter(meeting=asked.meeting)
    if asked.unit is not None:
        found = found.filter(below(asked.unit.path))
    if asked.topic:
        found = found.filter(topic=asked.topic)
    if asked.state:
        found = found.filter(Q(answered_at__isnull=asked.state == "open"))
    return found


def _ordered(found: QuerySet[Question], asked: Asked) -> QuerySet[Question]:
    if asked.meeting is not None:
        return found.order_by("-voices", "-asked_at", "-pk")
    return found.order_by("-asked_at", "-pk")
