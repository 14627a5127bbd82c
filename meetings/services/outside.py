"""Meetings outside the calendar: on the population's demand, or when one is needed.

They are published at once, like planned ones, and count for what was held, never for what was
planned [house]. The maslikhat's calendar does not change by them.
"""

from collections.abc import Collection
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.enums import MeetingState
from meetings.errors import Refused
from meetings.models import Meeting, Office, Unit
from meetings.models.content import CONTENT_FIELDS
from meetings.models.unit import STEP_WIDTH
from meetings.permissions import Act, may
from meetings.services import log, publishing
from meetings.services.line_checks import check_called
from meetings.services.meetings import require_reason

CALLED_FIELDS = tuple(name for name in CONTENT_FIELDS if name not in ("host_id", "day"))
LATEST_DAYS = 366


@transaction.atomic
def call_meeting(
    host: Office, targets: Collection[Unit], day: date, *, by, reason: str,
    at: datetime | None = None, **content,
) -> Meeting:  # fmt: skip
    """Publish a meeting that no calendar holds.

    Args:
        host: the post whose akim comes.
        targets: units of his territory whose people he meets.
        day: today or later, at most a year ahead.
        reason: why it is called; the public reads it.
        content: any of CALLED_FIELDS: hours, place, address, way, topics, contact, stream.
    Raises:
        PermissionDenied: no right to call meetings of this akim.
        Refused: it cannot be (every problem in ``details["problems"]``).

    With its hour and place (or stream) it is announced from the beginning; otherwise it is planned
    and announced later like any other. The post is locked: the same form sent twice, at once or
    one after the other, makes one meeting.
    """
    at = at or timezone.now()
    if strange := set(content) - set(CALLED_FIELDS):
        raise ValueError(f"Not to be given here: {sorted(strange)}")
    host = Office.objects.select_for_update(of=("self",)).select_related("unit").get(pk=host.pk)
    if not may(by, Act.CALL_MEETING, host.unit):
        raise PermissionDenied(_("Your role does not call meetings of this akim."))
    region = Unit.objects.get(path=host.unit.path[:STEP_WIDTH])
    reason = require_reason(reason)
    _require_ahead(day, timezone.localdate(at))
    check_called(region, {**content, "host": host, "day": day}, targets)
    meeting = Meeting.objects.create(
        host=host, region=region, day=day, planned_day=day, is_outside=True, why_outside=reason,
        state=_state(content), published_at=at, changed_at=at, **content,
    )  # fmt: skip
    meeting.targets.set(targets)
    log.record(
        "meeting.called", f"meeting:{meeting.uuid}", by=by, at=at, region=region,
        versions=(None, meeting.version), day=day.isoformat(),
    )  # fmt: skip
    publishing.refresh([meeting], at=at)
    return meeting


def _require_ahead(day: date, today: date) -> None:
    if day < today:
        raise Refused(_("This day is past. Choose today or a later day."), "day")
    if (day - today).days > LATEST_DAYS:
        raise Refused(_("Choose a day within the year ahead."), "day")


def _state(content: dict) -> MeetingState:
    somewhere = any(content.get(name) for name in ("place_kk", "place_ru", "stream_url"))
    known = somewhere and content.get("starts_at")
    return MeetingState.ANNOUNCED if known else MeetingState.PLANNED
