"""One published meeting with all that its page tells; a constant number of queries."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from meetings.models import Meeting, Tenure
from meetings.selectors.public import Place, targets_of

MOST_CHANGES = 100


@dataclass(frozen=True, slots=True)
class Change:
    """A change published after the meeting was: ``was`` and ``now`` hold the fields that differ."""

    kind: str
    was: dict
    now: dict
    reason: str
    at: datetime
    is_urgent: bool
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A meeting, its places, who holds the post on its day, its history (newest first)."""

    meeting: Meeting
    targets: tuple[Place, ...]
    holder: str
    changes: tuple[Change, ...]


def told(uuid: UUID, language: str) -> Told | None:
    """The published meeting with this identity, or None."""
    meeting = (
        Meeting.objects.filter(uuid=uuid).select_related("host__unit", "region", "calendar").first()
    )
    if meeting is None:
        return None
    targets = targets_of(meeting, language)
    return Told(meeting, targets, holder_of(meeting, language), _changes(meeting))


def holder_of(meeting: Meeting, language: str) -> str:
    column = "name_ru" if language == "ru" else "name_kk"
    tenures = Tenure.objects.filter(
        Q(until__isnull=True) | Q(until__gte=meeting.day),
        office=meeting.host_id, since__lte=meeting.day,
    )  # fmt: skip
    return tenures.order_by("-since").values_list(column, flat=True).first() or ""


def _changes(meeting: Meeting) -> tuple[Change, ...]:
    rows = meeting.changes.order_by("-pk").values_list(
        "kind", "was", "now", "reason", "at", "is_urgent", "confirmed_at"
    )
    return tuple(
        Change(kind, was, now, reason, at, urgent, confirmed is not None)
        for kind, was, now, reason, at, urgent, confirmed in rows[:MOST_CHANGES]
    )
