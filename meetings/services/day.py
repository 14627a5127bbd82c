"""The day of a meeting: opened at the console, noted as it runs, described.

What a device notes carries an identity of its own: sent twice it changes nothing, sent late it is
placed where it was noted (meetings.clocks).
"""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.clocks import CORRECTIONS, Mark, Moment, Reading, moment_of, read
from meetings.enums import MarkKind, MeetingState, OfficialKind
from meetings.errors import Refused, StaleEdit
from meetings.models import DayMark, DayOfficials, Meeting, MeetingDay
from meetings.permissions import Act, may
from meetings.services import log
from meetings.services import meetings as acts

# Letters and digits that are not taken for one another when they are read aloud or copied.
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
CODE_LENGTH = 6
MOST_MINUTES = 600
MOST_MARKS = 2000
DESCRIBED = ("agenda", "chair", "limit_percent", "takes_questions")


@transaction.atomic
def open_day(meeting: Meeting, *, by, at: datetime | None = None) -> MeetingDay:
    """Open the console of a meeting; the same record when it was opened before.

    It may be opened ahead, to set the agenda and to print the address for phones.

    Raises:
        PermissionDenied; Refused: the meeting is cancelled.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related(
        "host__unit", "region").get(pk=meeting.pk)  # fmt: skip
    require_runner(meeting, by)
    if (known := MeetingDay.objects.filter(meeting=meeting).first()) is not None:
        known.meeting = meeting
        return known
    _require_alive(meeting)
    at = at or timezone.now()
    day = _create(meeting, by, at)
    _log(day, "open", by=by, at=at)
    return day


def _create(meeting: Meeting, by, at: datetime) -> MeetingDay:
    for _try in range(20):
        code = "".join(secrets.choice(ALPHABET) for _sign in range(CODE_LENGTH))
        try:
            with transaction.atomic():
                return MeetingDay.objects.create(
                    meeting=meeting, code=code, opened_at=at, opened_by=by, people=meeting.people
                )
        except IntegrityError:
            continue
    raise RuntimeError("No free code was found in twenty tries.")


@transaction.atomic
def note(
    day: MeetingDay, kind: str, *, by, uuid: UUID, value: int | None = None, device: str = "",
    device_at: datetime | None = None, sent_at: datetime | None = None,
    at: datetime | None = None,
) -> tuple[DayMark, bool]:  # fmt: skip
    """Note one thing; give the mark and whether it is new.

    Args:
        uuid: made by the device; a second note with it changes nothing.
        value: minutes of a correction, number of people.
        device: tells devices of one person apart.
        device_at, sent_at: the device's clock when it was noted and when it was sent.
        at: when it was received.
    Raises:
        PermissionDenied; Refused: the meeting's day has not come, it is cancelled, no number.
    """
    at = at or timezone.now()
    day = locked_day(day)
    require_runner(day.meeting, by)
    if (known := DayMark.objects.filter(uuid=uuid).first()) is not None:
        if known.day_id != day.pk:
            raise Refused(_("This note belongs to another meeting."))
        return known, False
    number = _number(MarkKind(kind), value)
    moment = _moment(day, device, device_at, sent_at, at)
    require_begun(day.meeting, moment.at)
    if day.marks.count() >= MOST_MARKS:
        raise Refused(_("Too much was noted for one meeting. Open the protocol instead."))
    mark = DayMark.objects.create(
        uuid=uuid, day=day, kind=kind, value=number, at=moment.at, device=device[:40],
        device_at=device_at, skew=moment.skew, is_doubtful=moment.is_doubtful, received_at=at,
        by=by,
    )  # fmt: skip
    _follow(day, by=by, at=at)
    if kind in (MarkKind.END, MarkKind.REOPEN):
        _log(day, kind, by=by, at=at)
    return mark, True


def _moment(day: MeetingDay, device: str, device_at, sent_at, at: datetime) -> Moment:
    before = day.marks.filter(device=device[:40]).exclude(device="").order_by("-pk").first()
    earlier = before.device_at if before else None
    return moment_of(device_at, sent_at, at, earlier=earlier)


def _number(kind: MarkKind, value: int | None) -> int:
    if kind == MarkKind.PEOPLE:
        if value is None or not 0 <= value <= acts.MOST_PEOPLE:
            raise Refused(_("Give the number of people who came."), "value")
        return value
    if kind in CORRECTIONS:
        if value is None or not 0 <= value <= MOST_MINUTES:
            raise Refused(_("Give the whole minutes, from 0 to 600."), "value")
        return value
    return 0


def _follow(day: MeetingDay, *, by, at: datetime) -> None:
    """The record says what the marks say; an ended meeting with a count of people was held."""
    reading = reading_of(day, at)
    if reading.people is not None:
        day.people = reading.people
    day.closed_at = reading.ended_at
    day.save(update_fields=["people", "closed_at"])
    if reading.is_over and day.people is not None:
        acts.hold(day.meeting, people=day.people, by=by, at=at)


def reading_of(day: MeetingDay, at: datetime) -> Reading:
    """The clocks of a day at a moment; one query."""
    return read(marks_of(day), at)


def marks_of(day: MeetingDay) -> list[Mark]:
    rows = day.marks.order_by("at", "pk").values_list("kind", "at", "value")
    return [Mark(*row) for row in rows]


def planned_length(meeting: Meeting) -> timedelta | None:
    """How long the meeting was to last, when both its hours are known."""
    if not (meeting.starts_at and meeting.ends_at):
        return None
    begins = datetime.combine(meeting.day, meeting.starts_at)
    return datetime.combine(meeting.day, meeting.ends_at) - begins


@transaction.atomic
def describe(
    day: MeetingDay, values: Mapping, officials: Mapping[str, tuple[int, str]], *, by,
    version: int, at: datetime | None = None,
) -> MeetingDay:  # fmt: skip
    """Write what stands around the clocks: agenda, chair, limit, officials.

    Args:
        values: any of DESCRIBED.
        officials: number and names by OfficialKind; a kind left out was not there.
    Raises:
        PermissionDenied, StaleEdit.
    """
    at = at or timezone.now()
    if strange := set(values) - set(DESCRIBED):
        raise ValueError(f"Not to be changed here: {sorted(strange)}")
    day = locked_day(day)
    require_runner(day.meeting, by)
    if day.version != version:
        raise StaleEdit(day)
    for name, value in values.items():
        setattr(day, name, value)
    day.version += 1
    day.save()
    day.officials.all().delete()
    DayOfficials.objects.bulk_create(
        DayOfficials(day=day, kind=OfficialKind(kind), number=number, who=who)
        for kind, (number, who) in officials.items()
    )
    _log(day, "describe", by=by, at=at, versions=(version, day.version))
    return day


def locked_day(day: MeetingDay) -> MeetingDay:
    """The record, locked: whoever writes to it waits."""
    rows = MeetingDay.objects.select_for_update(of=("self",))
    return rows.select_related("meeting__host__unit", "meeting__region").get(pk=day.pk)


def require_runner(meeting: Meeting, by) -> None:
    if not may(by, Act.RUN_MEETING, meeting.host.unit):
        raise PermissionDenied(_("Your role does not run this meeting."))


def require_begun(meeting: Meeting, moment: datetime) -> None:
    """Nothing is noted of a meeting that was cancelled, or whose day has not come."""
    _require_alive(meeting)
    if timezone.localdate(moment) < meeting.day:
        raise Refused(_("The day of this meeting has not come. Nothing can be noted yet."))


def _require_alive(meeting: Meeting) -> None:
    if meeting.state == MeetingState.CANCELLED:
        raise Refused(_("This meeting is cancelled."))


def _log(day: MeetingDay, verb: str, *, by, at, versions=(None, None)) -> None:
    log.record(
        f"day.{verb}", f"meeting:{day.meeting.uuid}", by=by, at=at, region=day.meeting.region,
        versions=versions,
    )  # fmt: skip
