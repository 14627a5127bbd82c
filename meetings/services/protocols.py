"""The protocol of a meeting: drafted, signed off by the akim's office, published.

A published protocol with its count of people is what makes a meeting held; a mistake found later
is put right by a new revision with a reason, beside the one that was published.
"""

import json
from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.enums import MeetingState, ProtocolState
from meetings.errors import Refused, StaleEdit
from meetings.models import DayMark, Meeting, Protocol
from meetings.permissions import Act, may
from meetings.services import log, publishing
from meetings.services import meetings as acts
from meetings.services.freezing import sha256_of
from meetings.services.meetings import require_reason
from meetings.services.protocol_contents import canonical, contents_of

WRITTEN = ("report_kk", "report_ru", "remark", "stream_url", "pictures")
STARTS = ("report_start", "questions_start")


@transaction.atomic
def begin(meeting: Meeting, *, by, reason: str = "", at: datetime | None = None) -> Protocol:
    """Begin the protocol, or a correction of the one before; the draft that is there, if one is.

    Raises:
        PermissionDenied; Refused: the meeting did not start, was cancelled, a correction without
        a reason.
    """
    at = at or timezone.now()
    meeting = _locked_meeting(meeting)
    _require(by, meeting, Act.WRITE_PROTOCOL)
    last = Protocol.objects.filter(meeting=meeting).order_by("-number").first()
    if last is not None and last.state == ProtocolState.DRAFT:
        return last
    _require_started(meeting, at)
    protocol = Protocol(
        meeting=meeting, number=last.number + 1 if last else 1, written_by=by, written_at=at,
        reason=require_reason(reason) if last else "",
    )  # fmt: skip
    for name in WRITTEN if last else ():
        setattr(protocol, name, getattr(last, name))
    if last is None:
        protocol.stream_url = meeting.stream_url
    protocol.save(force_insert=True)
    _log(protocol, "begin", by=by, at=at)
    return protocol


@transaction.atomic
def write(
    protocol: Protocol, values: Mapping, *, by, version: int, at: datetime | None = None
) -> Protocol:
    """Write the words of a draft.

    Args:
        values: any of WRITTEN.
    Raises:
        PermissionDenied, StaleEdit; Refused: it is signed off already.
    """
    at = at or timezone.now()
    if strange := set(values) - set(WRITTEN):
        raise ValueError(f"Not to be changed here: {sorted(strange)}")
    protocol = _locked(protocol, Act.WRITE_PROTOCOL, by, version, ProtocolState.DRAFT)
    for name, value in values.items():
        setattr(protocol, name, value)
    protocol.written_by, protocol.written_at = by, at
    return _save(protocol, "write", by=by, at=at)


@transaction.atomic
def sign(
    protocol: Protocol, *, by, version: int, seen: str | None = None, at: datetime | None = None
) -> Protocol:
    """Sign it off: what it says now is frozen, with its SHA-256.

    Args:
        seen: what ``fingerprint`` gave for the page that the person read; nobody signs a number
            that was put right in the console meanwhile.
    Raises:
        PermissionDenied, StaleEdit; Refused: the number of people is not stated.
    """
    at = at or timezone.now()
    protocol = _locked(protocol, Act.SIGN_PROTOCOL, by, version, ProtocolState.DRAFT)
    contents = contents_of(protocol, at)
    if seen is not None and seen != fingerprint(contents):
        raise StaleEdit(protocol)
    if contents["people"] is None:
        raise Refused(_("State how many people came: a protocol without it says nothing."))
    protocol.canonical = canonical(contents)
    protocol.sha256 = sha256_of(protocol.canonical)
    protocol.state, protocol.signed_by, protocol.signed_at = ProtocolState.SIGNED, by, at
    return _save(protocol, "sign", by=by, at=at)


@transaction.atomic
def publish(protocol: Protocol, *, by, version: int, at: datetime | None = None) -> Protocol:
    """Publish what was signed off; the meeting is held with the people it states.

    Raises:
        PermissionDenied, StaleEdit; Refused: it is not signed off, a later one is public.
    """
    at = at or timezone.now()
    protocol = _locked(protocol, Act.WRITE_PROTOCOL, by, version, ProtocolState.SIGNED)
    later = Protocol.objects.filter(meeting=protocol.meeting, number__gt=protocol.number)
    if later.filter(state=ProtocolState.PUBLISHED).exists():
        raise Refused(_("A later version of this protocol is public already."))
    people = json.loads(protocol.canonical)["people"]
    acts.hold(protocol.meeting, people=people, by=by, at=at)
    protocol.state, protocol.published_by, protocol.published_at = ProtocolState.PUBLISHED, by, at
    protocol = _save(protocol, "publish", by=by, at=at)
    publishing.raise_public()
    return protocol


def said_by(protocol: Protocol, at: datetime | None = None) -> dict:
    """What the protocol says: frozen once it is signed off, else as it is recorded now."""
    if protocol.canonical:
        return json.loads(protocol.canonical)
    return contents_of(protocol, at or timezone.now())


def fingerprint(contents: dict) -> str:
    """Equal for equal contents: what a page of a draft carries."""
    return sha256_of(canonical(contents))


def has_started(meeting: Meeting, at: datetime) -> bool:
    """Whether there is something to be told: it was held, its clocks ran, or its day is over."""
    if meeting.state == MeetingState.HELD or timezone.localdate(at) > meeting.day:
        return True
    return DayMark.objects.filter(day__meeting=meeting, kind__in=STARTS).exists()


def _require_started(meeting: Meeting, at: datetime) -> None:
    if meeting.state == MeetingState.CANCELLED:
        raise Refused(_("This meeting is cancelled: there is nothing to record."))
    if not has_started(meeting, at):
        raise Refused(_("This meeting has not started yet. Its protocol is written afterwards."))


def _locked_meeting(meeting: Meeting) -> Meeting:
    rows = Meeting.objects.select_for_update(of=("self",))
    return rows.select_related("host__unit", "region").get(pk=meeting.pk)


def _locked(protocol: Protocol, act: Act, by, version: int, state: ProtocolState) -> Protocol:
    rows = Protocol.objects.select_for_update(of=("self",))
    protocol = rows.select_related("meeting__host__unit", "meeting__region").get(pk=protocol.pk)
    _require(by, protocol.meeting, act)
    if protocol.version != version:
        raise StaleEdit(protocol)
    if protocol.state != state:
        message = _("The protocol has moved on; it is now: %(state)s.")
        raise Refused(message % {"state": protocol.get_state_display()})
    return protocol


def _require(by, meeting: Meeting, act: Act) -> None:
    if not may(by, act, meeting.host.unit):
        raise PermissionDenied(_("Your role does not write or sign this protocol."))


def _save(protocol: Protocol, verb: str, *, by, at: datetime) -> Protocol:
    protocol.version += 1
    protocol.save()
    _log(protocol, verb, by=by, at=at)
    return protocol


def _log(protocol: Protocol, verb: str, *, by, at: datetime) -> None:
    log.record(
        f"protocol.{verb}", f"meeting:{protocol.meeting.uuid}", by=by, at=at,
        region=protocol.meeting.region, number=protocol.number, sha256=protocol.sha256[:8],
        versions=(protocol.version - 1 or None, protocol.version),
    )  # fmt: skip
