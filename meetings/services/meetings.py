"""What happens to a published meeting: announced, moved, cancelled, held; each public at once.

An urgent move or cancellation waits for the maslikhat's word while it is public already [house].
"""

from collections.abc import Mapping
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.enums import MeetingState
from meetings.errors import Refused, StaleEdit
from meetings.models import Meeting, MeetingChange
from meetings.permissions import Act, may
from meetings.services import log, publishing
from meetings.services.freezing import plain
from meetings.services.line_checks import overlap
from meetings.services.papers import require_paper

HOURS_AND_PLACE = ("starts_at", "ends_at", "place_kk", "place_ru", "address_kk", "address_ru")
ANNOUNCED_FIELDS = (*HOURS_AND_PLACE, "way", "stream_url", "contact", "latitude", "longitude")
MOVED_FIELDS = ("day", *HOURS_AND_PLACE)
COMING = (MeetingState.PLANNED, MeetingState.ANNOUNCED, MeetingState.MOVED)
LONGEST_REASON = 1000
MOST_PEOPLE = 1_000_000


@transaction.atomic
def announce(
    meeting: Meeting, values: Mapping, *, by, version: int, at: datetime | None = None
) -> Meeting:
    """Say when and where exactly: the hour and the place are known, the meeting is announced.

    Args:
        values: any of ANNOUNCED_FIELDS; the rest stays as it is.
        version: the version of the meeting that the person had before their eyes.
    Raises:
        PermissionDenied, StaleEdit; Refused: no hour or place, or the meeting is over.

    A moved meeting stays marked as moved: that is what its people must know first.
    """
    at = at or timezone.now()
    meeting = _locked(meeting, Act.ANNOUNCE, by, version, COMING)
    was = _apply(meeting, values, ANNOUNCED_FIELDS)
    _require_hours(meeting)
    if not meeting.starts_at:
        raise Refused(_("Give the hour at which the meeting begins."), "starts_at")
    if not (meeting.place_kk or meeting.place_ru or meeting.stream_url):
        raise Refused(_("Say where people should come, or give the address of the stream."),
                      "place_kk")  # fmt: skip
    if meeting.state == MeetingState.PLANNED:
        was["state"], meeting.state = meeting.state, MeetingState.ANNOUNCED
    _require_difference(was)
    return _publish(meeting, MeetingState.ANNOUNCED, was, by=by, at=at)


@transaction.atomic
def move_urgently(
    meeting: Meeting, values: Mapping, *, reason: str, by, version: int, at: datetime | None = None
) -> Meeting:
    """Move one meeting to another day, hour or place, public at once, awaiting the maslikhat.

    A meeting outside the calendar awaits nobody and may move into another year.

    Args:
        values: any of MOVED_FIELDS; the rest stays as it is.
    Raises:
        PermissionDenied, StaleEdit; Refused: no reason, a day that is past or of another year,
        nothing moves, the akim is elsewhere at that hour.
    """
    at = at or timezone.now()
    meeting = _locked(meeting, Act.MOVE_MEETING, by, version, COMING)
    year = meeting.day.year
    was = _apply(meeting, values, MOVED_FIELDS)
    _require_difference(was)
    _require_day(meeting, year, timezone.localdate(at), moved="day" in was)
    _require_hours(meeting)
    _require_free(meeting)
    was["reason"], meeting.reason = meeting.reason, require_reason(reason)
    was["state"], meeting.state = meeting.state, MeetingState.MOVED
    return _publish_urgent(meeting, was, by=by, at=at)


@transaction.atomic
def cancel_urgently(
    meeting: Meeting, *, reason: str, by, version: int, at: datetime | None = None
) -> Meeting:
    """Cancel one meeting, public at once, awaiting the maslikhat; it stays in sight as cancelled.

    Raises:
        PermissionDenied, StaleEdit; Refused: no reason, or the meeting is over.
    """
    at = at or timezone.now()
    meeting = _locked(meeting, Act.MOVE_MEETING, by, version, COMING)
    was = {"reason": meeting.reason, "state": meeting.state}
    meeting.reason, meeting.state = require_reason(reason), MeetingState.CANCELLED
    return _publish_urgent(meeting, was, by=by, at=at)


@transaction.atomic
def record_held(
    meeting: Meeting, *, people: int, by, version: int, at: datetime | None = None
) -> Meeting:
    """Record that the meeting took place and how many came; a wrong count can be put right.

    Raises:
        PermissionDenied, StaleEdit; Refused: its day has not come, it is cancelled, no count.
    """
    at = at or timezone.now()
    meeting = _locked(meeting, Act.RECORD_HELD, by, version, (*COMING, MeetingState.HELD))
    if meeting.day > timezone.localdate(at):
        raise Refused(_("This meeting has not come yet. Record it on its day or later."), "people")
    if not 0 <= people <= MOST_PEOPLE:
        raise Refused(_("Give the number of people who came."), "people")
    return _hold(meeting, people, by=by, at=at)


@transaction.atomic
def hold(meeting: Meeting, *, people: int, by, at: datetime) -> Meeting:
    """It took place, says another act that states how many came: the end of its day, a protocol.

    That act has asked for its rights and its version; a cancelled meeting stays cancelled.
    """
    meeting = _locked_row(meeting)
    if meeting.state not in (*COMING, MeetingState.HELD):
        raise Refused(_("This meeting is over or cancelled: it does not change any more."))
    return _hold(meeting, people, by=by, at=at)


def _hold(meeting: Meeting, people: int, *, by, at: datetime) -> Meeting:
    was = {"people": meeting.people, "state": meeting.state}
    if meeting.state == MeetingState.HELD and meeting.people == people:
        return meeting
    meeting.people, meeting.state = people, MeetingState.HELD
    return _publish(meeting, MeetingState.HELD, was, by=by, at=at)


@transaction.atomic
def confirm_change(
    change: MeetingChange, *, number: str, on: date | None, by, version: int,
    at: datetime | None = None,
) -> Meeting:  # fmt: skip
    """The maslikhat takes an urgent change to its record, by a decision with number and date.

    ``version`` is the meeting's. The mark of waiting goes when no urgent change is left open.

    Raises:
        PermissionDenied; StaleEdit: confirmed already, or the meeting changed meanwhile; Refused.
    """
    at = at or timezone.now()
    meeting = _locked(change.meeting, Act.CONFIRM_CHANGE, by, version, MeetingState)
    change = MeetingChange.objects.select_for_update().get(pk=change.pk)
    if not change.is_urgent or change.confirmed_at:
        raise StaleEdit(meeting)
    number = number.strip()
    made_on, today = timezone.localdate(change.at), timezone.localdate(at)
    require_paper(number, on, not_before=made_on, today=today)
    change.confirmed_at, change.confirmed_by = at, by
    change.decision_number, change.decision_on = number, on
    change.save()
    open_changes = meeting.changes.filter(is_urgent=True, confirmed_at=None)
    meeting.is_awaiting = open_changes.exists()
    _save(meeting, at)
    _log(meeting, "confirm", by=by, at=at, number=number, on=plain(on), change=str(change.uuid))
    publishing.refresh([meeting], at=at)
    return meeting


def _locked_row(meeting: Meeting) -> Meeting:
    rows = Meeting.objects.select_for_update(of=("self",))
    return rows.select_related("host__unit", "region", "calendar").get(pk=meeting.pk)


def _locked(meeting: Meeting, act: Act, by, version: int, states) -> Meeting:
    meeting = _locked_row(meeting)
    # The maslikhat speaks for the region; everybody else acts where the akim's post is.
    where = meeting.region if act == Act.CONFIRM_CHANGE else meeting.host.unit
    if not may(by, act, where):
        raise PermissionDenied(_("Your role does not change this meeting."))
    if meeting.version != version:
        raise StaleEdit(meeting)
    if meeting.state not in states:
        raise Refused(_("This meeting is over or cancelled: it does not change any more."))
    return meeting


def _apply(meeting: Meeting, values: Mapping, fields: tuple[str, ...]) -> dict:
    """Set those of ``fields`` that are given; give what they were where they differ."""
    if strange := set(values) - set(fields):
        raise ValueError(f"Not to be changed here: {sorted(strange)}")
    was = {}
    for name, value in values.items():
        if getattr(meeting, name) != value:
            was[name] = getattr(meeting, name)
            setattr(meeting, name, value)
    return was


def _require_difference(was: dict) -> None:
    if not was:
        raise Refused(_("Nothing is different from what is public. Change something first."))


def _require_day(meeting: Meeting, year: int, today: date, *, moved: bool) -> None:
    if meeting.day.year != year and not meeting.is_outside:
        message = _("The meeting belongs to the calendar of %(year)s. Choose a day of that year.")
        raise Refused(message % {"year": year}, "day")
    if meeting.day < today:
        message = (
            _("This day is past. Choose today or a later day.")
            if moved
            else _("The day of this meeting is past. Choose a new day for it.")
        )
        raise Refused(message, "day")


def _require_hours(meeting: Meeting) -> None:
    if meeting.ends_at and not meeting.starts_at:
        raise Refused(_("There is an end without a beginning. Give both hours."), "starts_at")
    if meeting.starts_at and meeting.ends_at and meeting.ends_at <= meeting.starts_at:
        raise Refused(_("The meeting ends before it begins. Mend one of the hours."), "ends_at")


def _require_free(meeting: Meeting) -> None:
    """An akim is not in two places at one hour."""
    others = Meeting.objects.filter(host=meeting.host, day=meeting.day, state__in=COMING)
    for other in others.exclude(pk=meeting.pk):
        if overlap((meeting.starts_at, meeting.ends_at), (other.starts_at, other.ends_at)):
            message = _("This akim has another meeting at %(hour)s that day. Give another hour.")
            raise Refused(message % {"hour": f"{other.starts_at:%H:%M}"}, "starts_at")


def require_reason(reason: str) -> str:
    reason = reason.strip()
    if not reason:
        raise Refused(_("Write the reason: people and the maslikhat will read it."), "reason")
    if len(reason) > LONGEST_REASON:
        raise Refused(_("The reason is too long; 1,000 characters are enough."), "reason")
    return reason


def _publish_urgent(meeting: Meeting, was: dict, *, by, at) -> Meeting:
    """The maslikhat is waited for where its calendar is changed, and only there."""
    is_urgent = not meeting.is_outside
    meeting.is_awaiting = is_urgent
    kind = MeetingState(meeting.state)
    return _publish(meeting, kind, was, by=by, at=at, is_urgent=is_urgent)


def _publish(meeting, kind: MeetingState, was: dict, *, by, at, is_urgent=False) -> Meeting:
    """Save, keep what was and what is, write the log, renew the feeds."""
    _save(meeting, at)
    change = MeetingChange.objects.create(
        meeting=meeting, kind=kind, by=by, at=at, is_urgent=is_urgent,
        was={name: plain(value) for name, value in was.items()},
        now={name: plain(getattr(meeting, name)) for name in was},
        reason=meeting.reason if kind in (MeetingState.MOVED, MeetingState.CANCELLED) else "",
    )  # fmt: skip
    _log(meeting, kind, by=by, at=at, change=str(change.uuid), day=plain(meeting.day))
    publishing.refresh([meeting], at=at)
    return meeting


def _save(meeting: Meeting, at: datetime) -> None:
    meeting.sequence += 1
    meeting.version += 1
    meeting.changed_at = at
    meeting.save()


def _log(meeting: Meeting, verb: str, *, by, at, **detail) -> None:
    log.record(
        f"meeting.{verb}", f"meeting:{meeting.uuid}", by=by, at=at, region=meeting.region,
        versions=(meeting.version - 1, meeting.version), **detail,
    )  # fmt: skip
