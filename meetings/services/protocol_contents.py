"""What a protocol says, gathered from the record of the day: plain values for JSON.

The same value is shown as a draft, written into the papers, and frozen when it is signed off.
"""

from collections.abc import Sequence
from datetime import datetime

from meetings.asked import Asked, Promised, asked_at, promised_at
from meetings.clocks import Reading
from meetings.models import Meeting, MeetingDay, Protocol, Unit
from meetings.selectors.one_meeting import holder_of
from meetings.services.day import reading_of
from meetings.services.freezing import as_text, plain

SCHEMA = "akimat-protocol/1"
_PLAIN_FIELDS = (
    "day", "starts_at", "ends_at", "place_kk", "place_ru", "address_kk", "address_ru", "way",
    "is_visiting", "is_outside", "topics", "stream_url",
)  # fmt: skip


def contents_of(protocol: Protocol, at: datetime) -> dict:
    """Everything the protocol says, as it is recorded at this moment.

    Akims are named by their office; officials as the secretary wrote them; who asked is not named.
    """
    meeting = protocol.meeting
    day = MeetingDay.objects.filter(meeting=meeting).first()
    reading = reading_of(day, at) if day else None
    return {
        "schema": SCHEMA,
        "protocol": {
            "uuid": str(protocol.uuid), "number": protocol.number, "reason": protocol.reason,
            "report_kk": protocol.report_kk, "report_ru": protocol.report_ru,
            "remark": protocol.remark, "stream_url": protocol.stream_url,
            "pictures": protocol.pictures,
        },
        "meeting": _meeting(meeting),
        "people": day.people if day and day.people is not None else meeting.people,
        "chair": (day.chair if day else "") or holder_of(meeting, "kk"),
        "chair_ru": (day.chair if day else "") or holder_of(meeting, "ru"),
        "agenda": [line for line in day.agenda.split("\n") if line.strip()] if day else [],
        "officials": _officials(day),
        "clocks": _clocks(day, reading),
        "questions": [_question(one) for one in asked_at(meeting)],
        "promises": [_question(one) for one in promised_at(meeting)],
    }  # fmt: skip


def canonical(contents: dict) -> str:
    """The contents as one text (docs/canonical.md)."""
    return as_text(contents)


def _meeting(meeting: Meeting) -> dict:
    return {name: plain(getattr(meeting, name)) for name in _PLAIN_FIELDS} | {
        "uuid": str(meeting.uuid),
        "host": _unit(meeting.host.unit),
        "targets": [_unit(unit) for unit in meeting.targets.order_by("path")],
    }


def _unit(unit: Unit) -> dict:
    return {"kato": unit.kato, "name_kk": unit.name_kk, "name_ru": unit.name_ru}


def _officials(day: MeetingDay | None) -> list[dict]:
    if day is None:
        return []
    return [
        {"kind": one.kind, "number": one.number, "who": one.who.split("\n") if one.who else []}
        for one in day.officials.all()
    ]


def _clocks(day: MeetingDay | None, reading: Reading | None) -> dict | None:
    """Whole minutes; None when nothing was noted."""
    if day is None or reading is None or (reading.began_at is None and not reading.total):
        return None
    return {
        "began_at": plain(reading.began_at), "ended_at": plain(reading.ended_at),
        "report_minutes": round(reading.report / 60),
        "questions_minutes": round(reading.questions / 60),
        "share": reading.share, "limit_percent": day.limit_percent,
        "doubtful": day.marks.filter(is_doubtful=True).count(),
    }  # fmt: skip


def _question(one: Asked | Promised) -> dict:
    return one._asdict() | {"by_day": plain(one.by_day)}


def questions_in(contents: dict, *states: str) -> Sequence[dict]:
    """Those of the questions that ended in one of these states."""
    return [one for one in contents["questions"] if one["state"] in states]
