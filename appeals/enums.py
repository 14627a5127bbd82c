"""States and kinds of the requests side, with their translated labels. Values are stored."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """Kinds of an appeal (Administrative Procedural Code; domain §4)."""

    APPLICATION = "application", _("application")
    COMPLAINT = "complaint", _("complaint")
    MESSAGE = "message", _("message")
    INQUIRY = "inquiry", _("inquiry")
    PROPOSAL = "proposal", _("proposal")
    RESPONSE = "response", _("response")


class Channel(TextChoices):
    """How a request came."""

    SITE = "site", _("on this site")
    PAPER = "paper", _("on paper")
    PHONE = "phone", _("by phone")
    MESSENGER = "messenger", _("by messenger")
    FLOOR = "floor", _("from the floor")
    HALL = "hall", _("from a phone in the hall")
    RECEPTION = "reception", _("at a personal reception")


class QuestionState(TextChoices):
    UNCONFIRMED = "unconfirmed", _("waiting for the code")
    WAITING = "waiting", _("being read")
    PUBLISHED = "published", _("published")
    HELD = "held", _("held back")


class HoldReason(TextChoices):
    """Why a text is not published. Nothing is deleted; the author sees the reason."""

    PERSONAL_DATA = "personal_data", _("it holds personal data")
    INSULT = "insult", _("it insults somebody")
    OFF_TOPIC = "off_topic", _("it is not about the work of the akim")
    OTHER = "other", _("another reason")


class Purpose(TextChoices):
    """What a code from a letter confirms."""

    ASK = "ask", _("your question")
    SUPPORT = "support", _("your support of a question")
    DEMAND = "demand", _("your demand for a meeting")
    DEMAND_SUPPORT = "demand_support", _("your support of a demand")
    BOOKING = "booking", _("your booking")
    VERDICT = "verdict", _("your verdict")
    PERSONAL_DATA = "personal_data", _("your request about your data")


class ReadFor(TextChoices):
    """For what somebody's name and contact were read; stands in PersonalRead and in the log."""

    ANSWER = "answer", _("to answer the person")
    ASK_BACK = "ask_back", _("to ask what is unclear in the request")
    INVITE = "invite", _("to invite to a meeting or a reception")
    RECEPTION = "reception", _("to receive the person at a reception")
    OWN_REQUEST = "own_request", _("at the person’s own request about their data")
    BREACH = "breach", _("to tell the person of a breach")
    OTHER = "other", _("another purpose")


class BodyKind(TextChoices):
    """What a responsible organisation is."""

    DEPARTMENT = "department", _("department of the akimat")
    AKIM_OFFICE = "akim_office", _("akim’s office")
    STATE = "state", _("local body of a ministry")
    UTILITY = "utility", _("public utility company")
    OTHER = "other", _("other organisation")


class ProblemState(TextChoices):
    """Where a problem of the pool stands. *Explained* is never counted as *solved*."""

    OPEN = "open", _("in the pool")
    ASSIGNED = "assigned", _("being solved")
    EXPLAINED = "explained", _("explained")
    SOLVED = "solved", _("solved")
    REFUSED = "refused", _("refused")


class PromiseState(TextChoices):
    OPEN = "open", _("promised")
    EXPLAINED = "explained", _("explained")
    SOLVED = "solved", _("kept")
    REFUSED = "refused", _("not kept")


IN_WORK = (ProblemState.OPEN, ProblemState.ASSIGNED)
OUTCOMES = (ProblemState.EXPLAINED, ProblemState.SOLVED, ProblemState.REFUSED)


class PoolStep(TextChoices):
    """Steps of a problem and of a promise; appeals.transitions says which may be taken when."""

    FORM = "form", _("formed")
    ASSIGN = "assign", _("assigned")
    EXPLAIN = "explain", _("explained")
    SOLVE = "solve", _("solved")
    REFUSE = "refuse", _("refused")
    REOPEN = "reopen", _("reopened")


class Risk(IntegerChoices):
    """What happens if the problem is left alone: the commission's word."""

    NONE = 0, _("no risk")
    COMFORT = 1, _("people live with trouble")
    WORSE = 2, _("it gets worse with time")
    DANGER = 3, _("danger to life or health")


class DueCause(TextChoices):
    """Why a deadline is another one now."""

    SET = "set", _("set by the commission")
    DAYS_OFF = "days_off", _("days off changed")
    REOPENED = "reopened", _("the problem was reopened")


class VerdictWord(TextChoices):
    """What those who asked say of the outcome."""

    SOLVED = "solved", _("solved")
    NOT_SOLVED = "not_solved", _("not solved")


class SittingState(TextChoices):
    PLANNED = "planned", _("being prepared")
    HELD = "held", _("took place")


class ReceptionState(TextChoices):
    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("booking is open")
    OVER = "over", _("over")
    CANCELLED = "cancelled", _("cancelled")


class BookingState(TextChoices):
    """Where one person's booking stands; appeals/booking_steps.py says what leads where."""

    HELD = "held", _("waiting for the code")
    BOOKED = "booked", _("booked")
    WAITING = "waiting", _("in the waiting list")
    CAME = "came", _("is here")
    CALLED = "called", _("called")
    DONE = "done", _("heard")
    NO_SHOW = "no_show", _("did not come")
    CANCELLED = "cancelled", _("cancelled")
    LAPSED = "lapsed", _("lapsed")


class BookedHow(TextChoices):
    """How a booking came."""

    SITE = "site", _("on this site")
    PHONE = "phone", _("by phone")
    OFFICE = "office", _("at the office")
    WALK_IN = "walk_in", _("came without a booking")


class TalkOutcome(TextChoices):
    """What a talk at a reception ended with."""

    ANSWERED = "answered", _("answered on the spot")
    QUESTION = "question", _("a question was opened")
    PROBLEM = "problem", _("it belongs to a problem of the pool")
    SENT_ON = "sent_on", _("sent on")


class HallSource(TextChoices):
    """How a question came into the hall's row; appeals/hall_order.py lets them take turns."""

    SENT = "sent", _("sent before the meeting")
    HAND = "hand", _("a raised hand")
    PHONE = "phone", _("from a phone in the hall")
    PAPER = "paper", _("handed in on paper")


class HallState(TextChoices):
    """Where somebody in the hall's row stands; appeals/hall_steps.py says what leads where."""

    UNREAD = "unread", _("to be read")
    WAITING = "waiting", _("in the row")
    CALLED = "called", _("called")
    DONE = "done", _("done")
    HELD = "held", _("held back")
    GONE = "gone", _("gave up")


class HallOutcome(TextChoices):
    """What a question in the hall ended with."""

    ANSWERED = "answered", _("answered")
    PROMISED = "promised", _("promised")
    TAKEN_AWAY = "taken_away", _("taken away, to be answered later")


class DemandState(TextChoices):
    """Where a demand for a meeting stands; appeals/demand_steps.py says what leads where."""

    UNCONFIRMED = "unconfirmed", _("waiting for the code")
    WAITING = "waiting", _("being read")
    HELD = "held", _("held back")
    COLLECTING = "collecting", _("collects voices")
    REACHED = "reached", _("waits for the akim’s answer")
    MEETING = "meeting", _("answered with a meeting")
    REFUSED = "refused", _("answered with a reason")
    CLOSED = "closed", _("not enough voices")


# What everybody may read; what takes voices.
PUBLIC_DEMANDS = (
    DemandState.COLLECTING, DemandState.REACHED, DemandState.MEETING, DemandState.REFUSED,
    DemandState.CLOSED,
)  # fmt: skip
OPEN_DEMANDS = (DemandState.COLLECTING, DemandState.REACHED)
