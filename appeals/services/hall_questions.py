"""What is asked in the hall becomes a question like any other: with a number and a term."""

from datetime import datetime

from appeals.enums import Channel
from appeals.models import HallItem, Question
from appeals.searching import findable
from appeals.services.asking import receive, region_of
from appeals.services.people import keep_person
from meetings.models import Meeting, Unit


def open_question(
    item: HallItem, channel: Channel, *, by, at: datetime, name: str = ""
) -> Question:
    """The question behind an item: the commission publishes it later on the site, or not."""
    meeting = item.day.meeting
    unit = place_of(meeting)
    question = Question(
        unit=unit, region=region_of(unit), meeting=meeting, text=item.text, channel=channel,
        language=item.language, created_at=at, entered_by=by,
        person=keep_person(language=item.language, at=at, name=name) if name else None,
        **findable(item.text),
    )  # fmt: skip
    receive(question, at, by=by)
    return question


def place_of(meeting: Meeting) -> Unit:
    """The place that a question of the hall is kept under: the only target, else the akim's."""
    targets = list(meeting.targets.order_by("path")[:2])
    return targets[0] if len(targets) == 1 else meeting.host.unit
