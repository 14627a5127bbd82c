"""Protocols as pages read them: the versions of a meeting, what is public, what is missing."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef

from meetings.enums import MeetingState, ProtocolState
from meetings.models import Meeting, Protocol
from meetings.permissions import Act, within_reach

# A meeting of longer ago is history: nobody is reminded of it any more.
LOOKS_BACK = timedelta(days=90)
STAGES = (ProtocolState.SIGNED, ProtocolState.DRAFT)


def versions_of(meeting: Meeting) -> list[Protocol]:
    """Every version, newest first, without the frozen texts."""
    return list(
        Protocol.objects.filter(meeting=meeting)
        .select_related("written_by", "signed_by", "published_by")
        .defer("canonical")
        .order_by("-number")
    )


def published_of(meeting: Meeting) -> list[Protocol]:
    """The versions that everybody may read, newest first, with their texts."""
    return list(
        Protocol.objects.filter(meeting=meeting, state=ProtocolState.PUBLISHED).order_by("-number")
    )


def has_published(meeting: Meeting) -> bool:
    return Protocol.objects.filter(meeting=meeting, state=ProtocolState.PUBLISHED).exists()


@dataclass(frozen=True, slots=True)
class Missing:
    """A meeting whose protocol is not public, and how far it came (empty: not begun)."""

    meeting: Meeting
    stage: str


def without_protocol(day: date, *, after: date | None = None):
    """Meetings whose protocol ought to be public by ``day`` and is not; newest first.

    Args:
        after: only those that became so after this day.
    """
    last = day - timedelta(days=settings.PROTOCOL_DAYS)
    first = day - LOOKS_BACK
    if after is not None:
        first = max(first, after - timedelta(days=settings.PROTOCOL_DAYS))
    public = Protocol.objects.filter(meeting=OuterRef("pk"), state=ProtocolState.PUBLISHED)
    return (
        Meeting.objects.filter(day__gte=first, day__lt=last)
        .exclude(state=MeetingState.CANCELLED)
        .filter(~Exists(public))
        .order_by("-day", "-pk")
    )


def missing_for(user, day: date):
    """Of those, the ones whose protocol is the user's to write or to sign."""
    may_write = within_reach(user, Act.WRITE_PROTOCOL, "host__unit__path")
    may_sign = within_reach(user, Act.SIGN_PROTOCOL, "host__unit__path")
    return without_protocol(day).filter(may_write | may_sign)


def with_stages(meetings: list[Meeting]) -> list[Missing]:
    """How far the protocol of each came; one query."""
    rows = Protocol.objects.filter(meeting__in=[one.pk for one in meetings], state__in=STAGES)
    stages = dict(rows.order_by("number").values_list("meeting_id", "state"))
    return [Missing(one, stages.get(one.pk, "")) for one in meetings]
