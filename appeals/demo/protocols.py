"""Protocols of meetings that were held: one public in two versions, one signed, one drafted.

The others of the last weeks have none: the desk reminds of them.
"""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from appeals.demo.protocol_texts import ASKED, NOTES
from appeals.enums import HallOutcome
from appeals.services import hall
from appeals.services.hall import Outcome, Stamp
from meetings.demo.calendars import at
from meetings.enums import MarkKind, MeetingState, OfficialKind
from meetings.models import Meeting, MeetingDay, Protocol, Unit, User
from meetings.services import day as days
from meetings.services import protocols

DISTRICT = "274400000"
SECRETARY, AKIM = "drafter@akimat.example", "akim@akimat.example"
NAMES = UUID("6d1f3c5e-2a44-4b0e-9d5c-0b7f0e1c2a12")
WRITTEN = 3


def load(today: date) -> None:
    """Write the three newest meetings of the district; nothing where its people are missing."""
    secretary = User.objects.filter(email=SECRETARY).first()
    akim = User.objects.filter(email=AKIM).first()
    if secretary is None or akim is None:
        return
    held = Meeting.objects.filter(
        host__unit__path__startswith=_path(), state=MeetingState.HELD, day__lt=today,
        day__gte=today - timedelta(days=80), is_outside=False,
    )  # fmt: skip
    found = list(held.order_by("-day", "-pk")[:WRITTEN])
    for meeting, write in zip(found, (_published, _signed, _drafted), strict=False):
        write(meeting, secretary, akim, today)


def _path() -> str:
    unit = Unit.objects.filter(kato=DISTRICT, valid_to=None).first()
    return unit.path if unit else "-"


def _published(meeting: Meeting, secretary: User, akim: User, today: date) -> None:
    """Recorded at the console, published, and put right by a second version."""
    _record(meeting, secretary)
    first = _begin(meeting, secretary, 0, today)
    first = protocols.sign(first, by=akim, version=first.version, at=_moment(meeting, 1, today))
    protocols.publish(first, by=secretary, version=first.version, at=_moment(meeting, 1, today, 17))
    moment = _moment(meeting, 3, today)
    second = protocols.begin(meeting, by=secretary, reason=NOTES["reason"], at=moment)
    second = protocols.write(second, {"remark": NOTES["remark"]}, by=secretary,
                             version=second.version, at=moment)  # fmt: skip
    second = protocols.sign(second, by=akim, version=second.version, at=moment)
    protocols.publish(second, by=secretary, version=second.version, at=moment)


def _signed(meeting: Meeting, secretary: User, akim: User, today: date) -> None:
    protocol = _begin(meeting, secretary, 1, today)
    protocols.sign(protocol, by=akim, version=protocol.version, at=_moment(meeting, 2, today))


def _drafted(meeting: Meeting, secretary: User, akim: User, today: date) -> None:
    _begin(meeting, secretary, 1, today)


def _begin(meeting: Meeting, secretary: User, days_after: int, today: date) -> Protocol:
    moment = _moment(meeting, days_after, today, 19)
    protocol = protocols.begin(meeting, by=secretary, at=moment)
    words = {
        "report_kk": NOTES["report_kk"], "report_ru": NOTES["report_ru"],
        "stream_url": "https://example.kz/stream/1",
        "pictures": ["https://example.kz/pictures/1.jpg", "https://example.kz/pictures/2.jpg"],
    }  # fmt: skip
    return protocols.write(protocol, words, by=secretary, version=protocol.version, at=moment)


def _moment(meeting: Meeting, days_after: int, today: date, hour: int = 11) -> datetime:
    """So many days after the meeting, and never after yesterday's end."""
    return min(at(meeting.day + timedelta(days=days_after), hour),
               at(max(today - timedelta(days=1), meeting.day), 20))  # fmt: skip


def _record(meeting: Meeting, secretary: User) -> None:
    """The day as the console would have noted it: 12 minutes of report, 48 of questions."""
    begins = at(meeting.day, 15)
    day = days.open_day(meeting, by=secretary, at=begins - timedelta(minutes=20))
    day = days.describe(
        day, {"agenda": NOTES["agenda"], "chair": ""},
        {OfficialKind.EXECUTIVE: (4, NOTES["executive"]), OfficialKind.POLICE: (1, ""),
         OfficialKind.MASLIKHAT: (2, ""), OfficialKind.PROSECUTOR: (1, "")},
        by=secretary, version=day.version, at=begins - timedelta(minutes=10),
    )  # fmt: skip
    for kind, minute, value in (
        (MarkKind.REPORT_START, 0, None), (MarkKind.PEOPLE, 5, meeting.people),
        (MarkKind.QUESTIONS_START, 12, None),
    ):  # fmt: skip
        days.note(day, kind, by=secretary, uuid=_name(meeting, f"{kind}"), value=value,
                  at=begins + timedelta(minutes=minute))  # fmt: skip
    _talk(day, meeting, secretary, begins)
    days.note(day, MarkKind.END, by=secretary, uuid=_name(meeting, "end"),
              at=begins + timedelta(minutes=60))  # fmt: skip


def _talk(day: MeetingDay, meeting: Meeting, secretary: User, begins: datetime) -> None:
    """Papers that were handed in, each with what it ended with."""
    for number, asked in enumerate(ASKED):
        came = begins + timedelta(minutes=13 + number)
        uuid = _name(meeting, f"asked {number}")
        hall.enter(day, "paper", by=secretary, stamp=Stamp(uuid), text=asked.text,
                   language=asked.language, at=came)  # fmt: skip
        outcome = Outcome(
            HallOutcome(asked.outcome), asked.answer, asked.who,
            meeting.day + timedelta(days=asked.days) if asked.days else None,
        )  # fmt: skip
        hall.note_outcome(
            day, uuid, outcome, by=secretary, stamp=Stamp(_name(meeting, f"said {number}")),
            at=came + timedelta(minutes=8),
        )  # fmt: skip


def _name(meeting: Meeting, what: str) -> UUID:
    return uuid5(NAMES, f"{meeting.uuid} {what}")
