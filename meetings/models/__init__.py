"""One noun a file; everything is imported from here."""

from meetings.models.act import Act, ActHead
from meetings.models.calendar import (
    Calendar,
    Endorsement,
    Explanation,
    Line,
    LineEdit,
    Move,
    Remark,
    Revision,
    Submission,
    approval_deadline,
)
from meetings.models.daily import DailyDuty
from meetings.models.day import DayMark, DayOfficials, MeetingDay
from meetings.models.dayoff import DayOff
from meetings.models.letter import Letter, LetterStop
from meetings.models.meeting import (
    FeedBody,
    FeedVersion,
    Meeting,
    MeetingChange,
    MeetingEntry,
    PublicVersion,
)
from meetings.models.office import Maslikhat, Office, Tenure
from meetings.models.protocol import Protocol
from meetings.models.unit import Unit, UnitPast, path_step, subtree
from meetings.models.user import Assignment, User

__all__ = [
    "Act",
    "ActHead",
    "Assignment",
    "Calendar",
    "DailyDuty",
    "DayMark",
    "DayOff",
    "DayOfficials",
    "Endorsement",
    "Explanation",
    "FeedBody",
    "FeedVersion",
    "Letter",
    "LetterStop",
    "Line",
    "LineEdit",
    "Maslikhat",
    "Meeting",
    "MeetingChange",
    "MeetingDay",
    "MeetingEntry",
    "Move",
    "Office",
    "Protocol",
    "PublicVersion",
    "Remark",
    "Revision",
    "Submission",
    "Tenure",
    "Unit",
    "UnitPast",
    "User",
    "approval_deadline",
    "path_step",
    "subtree",
]
