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
from meetings.models.dayoff import DayOff
from meetings.models.meeting import (
    FeedBody,
    FeedVersion,
    Meeting,
    MeetingChange,
    MeetingEntry,
    PublicVersion,
)
from meetings.models.office import Maslikhat, Office, Tenure
from meetings.models.unit import Unit, UnitPast, path_step, subtree
from meetings.models.user import Assignment, User

__all__ = [
    "Act",
    "ActHead",
    "Assignment",
    "Calendar",
    "DayOff",
    "Endorsement",
    "Explanation",
    "FeedBody",
    "FeedVersion",
    "Line",
    "LineEdit",
    "Maslikhat",
    "Meeting",
    "MeetingChange",
    "MeetingEntry",
    "Move",
    "Office",
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
