"""One noun a file; everything is imported from here."""

from appeals.models.body import Body, BodyMember
from appeals.models.booking import COUNTED, HOPING, OCCUPYING, Booking
from appeals.models.demand import Demand, DemandMove, DemandRule, DemandSupport
from appeals.models.hall import HallItem, HallNote, HallVoice
from appeals.models.number import Counter
from appeals.models.person import Code, Person, PersonalRead
from appeals.models.problem import DaysOffSeen, DueChange, Problem, ProblemMove, Verdict
from appeals.models.promise import Promise, PromiseStep
from appeals.models.question import Attachment, Question, QuestionMove, Support
from appeals.models.reception import (
    USUAL_SHARE,
    Reception,
    ReceptionChange,
    ReceptionOfficial,
    ReceptionTable,
    Slot,
)
from appeals.models.sitting import Sitting, SittingItem, SittingMember

__all__ = [
    "COUNTED",
    "HOPING",
    "OCCUPYING",
    "USUAL_SHARE",
    "Attachment",
    "Body",
    "BodyMember",
    "Booking",
    "Code",
    "Counter",
    "DaysOffSeen",
    "Demand",
    "DemandMove",
    "DemandRule",
    "DemandSupport",
    "DueChange",
    "HallItem",
    "HallNote",
    "HallVoice",
    "Person",
    "PersonalRead",
    "Problem",
    "ProblemMove",
    "Promise",
    "PromiseStep",
    "Question",
    "QuestionMove",
    "Reception",
    "ReceptionChange",
    "ReceptionOfficial",
    "ReceptionTable",
    "Sitting",
    "SittingItem",
    "SittingMember",
    "Slot",
    "Support",
    "Verdict",
]
