"""Short ways for the tests of feeds."""

import re

from django.utils import timezone

from meetings.models import Meeting
from meetings.services import publishing
from tests.factories import (
    make_meeting,
)

NOON = "2027-04-14T12:00:00+05:00"


def publish(host, targets, day, **fields) -> Meeting:
    meeting = make_meeting(host, targets, day, **fields)
    publishing.refresh([meeting])
    return meeting


def change(meeting, **fields) -> None:
    meeting.sequence += 1
    meeting.changed_at = timezone.now()
    for name, value in fields.items():
        setattr(meeting, name, value)
    meeting.save()
    publishing.refresh([meeting])


def shown(answer) -> list[str]:
    """The UUIDs in a feed, in order of the alphabet."""
    return sorted(re.findall(r"^UID:([0-9a-f-]{36})@", answer.content.decode(), re.MULTILINE))


def uuids(*meetings) -> list[str]:
    return sorted(str(meeting.uuid) for meeting in meetings)
