"""What the commission and the akim's office do with a demand; nothing of it is deleted."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from appeals.demand_steps import Deed
from appeals.enums import DemandState, HoldReason
from appeals.models import Demand
from appeals.selectors import demands as shown
from appeals.services import demand_letters
from appeals.services.demand_rows import locked, move, require_fits, row
from meetings.errors import Refused
from meetings.models import Unit
from meetings.services.outside import call_meeting

LONGEST_ANSWER = 3_000


@transaction.atomic
def publish(demand: Demand, *, text: str, by, version: int, at: datetime | None = None) -> Demand:
    """Make a demand public, as it was written or edited: from now on it collects voices.

    Raises:
        PermissionDenied, StaleEdit; Refused: no text, or these people have an open demand to
        this akim already.
    """
    at = at or timezone.now()
    demand = locked(demand, Deed.PUBLISH, by, version)
    _set_text(demand, text)
    if (other := shown.open_demand(demand.unit, demand.office)) is not None:
        raise _another(other)
    demand.hold_reason = demand.hold_words = ""
    demand.published_at = at
    demand.closes_on = timezone.localdate(at) + timedelta(days=demand.open_days)
    try:
        with transaction.atomic():
            move(demand, Deed.PUBLISH, by=by, at=at)
    except IntegrityError:  # the other one was published at the same moment
        raise _another(shown.open_demand(demand.unit, demand.office)) from None
    demand_letters.tell_author(demand, "demand_published", at=at)
    return demand


@transaction.atomic
def edit(demand: Demand, *, text: str, by, version: int, at: datetime | None = None) -> Demand:
    """Change the text that is public, which is marked: a name or a telephone left in it."""
    demand = locked(demand, Deed.EDIT, by, version)
    if demand.public_text == text:
        raise Refused(_("Nothing is different from what is public. Change something first."))
    _set_text(demand, text)
    move(demand, Deed.EDIT, by=by, at=at or timezone.now())
    return demand


@transaction.atomic
def hold(
    demand: Demand, *, reason: HoldReason, words: str, by, version: int, at: datetime | None = None
) -> Demand:
    """Keep a text from the public, with a reason that its author sees and may object to once."""
    at = at or timezone.now()
    demand = locked(demand, Deed.HOLD, by, version)
    if reason == HoldReason.OTHER and not words.strip():
        raise Refused(_("Write the reason in words: the author will read it."), "words")
    demand.hold_reason, demand.hold_words = HoldReason(reason), words
    move(demand, Deed.HOLD, by=by, at=at, note=str(reason))
    demand_letters.tell_author(demand, "demand_held", at=at)
    return demand


@transaction.atomic
def object_to(demand: Demand, *, words: str, at: datetime | None = None) -> Demand:
    """The author does not agree that the text is held back: once, in words.

    Raises:
        Refused: not held back, objected already, no words.
    """
    demand = row(demand)
    if demand.state != DemandState.HELD:
        raise Refused(_("This demand is not held back: there is nothing to object to."))
    if demand.objected_at:
        raise Refused(_("You have objected already; one objection is looked at."))
    if not words.strip():
        raise Refused(_("Write why the text should be published."), "words")
    demand.objection, demand.objected_at = words, at or timezone.now()
    move(demand, Deed.OBJECT, by=None, at=demand.objected_at)
    return demand


@transaction.atomic
def uphold(demand: Demand, *, words: str, by, version: int, at: datetime | None = None) -> Demand:
    """The objection was read, and the text stays held back, for the reason in these words."""
    at = at or timezone.now()
    demand = locked(demand, Deed.UPHOLD, by, version)
    if not demand.objected_at or demand.objection_answer:
        raise Refused(_("There is no objection that waits for an answer."))
    if not words.strip():
        raise Refused(_("Answer the objection in words: the author will read it."), "words")
    demand.objection_answer = words
    move(demand, Deed.UPHOLD, by=by, at=at)
    demand_letters.tell_author(demand, "demand_upheld", at=at)
    return demand


@transaction.atomic
def refuse(demand: Demand, *, text: str, by, version: int, at: datetime | None = None) -> Demand:
    """Answer that there will be no meeting, and why; everybody reads it, supporters are told."""
    at = at or timezone.now()
    demand = locked(demand, Deed.REFUSE, by, version)
    if not text.strip():
        raise Refused(_("Write why there will be no meeting: everybody will read it."), "text")
    demand.answer, demand.ended_at = text, at
    move(demand, Deed.REFUSE, by=by, at=at)
    demand_letters.tell_end(demand, "demand_refused", at=at)
    return demand


@transaction.atomic
def meet(
    demand: Demand, targets: Collection[Unit], day: date, *, by, version: int, reason: str,
    at: datetime | None = None, **content,
) -> Demand:  # fmt: skip
    """Answer with a meeting outside the calendar of the akim who was asked; supporters are told.

    Args:
        targets: whose people he meets; those who demanded it among them.
        day, reason, content: as ``meetings.services.outside.call_meeting`` takes them.
    Raises:
        PermissionDenied, StaleEdit; Refused: as that service, or the meeting is for others.
    """
    at = at or timezone.now()
    demand = locked(demand, Deed.MEET, by, version)
    if not any(_concerns(target, demand.unit) for target in targets):
        message = _("The meeting must be for those who demanded it: %(unit)s. Add that place.")
        raise Refused(message % {"unit": demand.unit.name}, "targets")
    demand.meeting = call_meeting(
        demand.office, targets, day, by=by, reason=reason, at=at, **content
    )
    demand.ended_at = at
    move(demand, Deed.MEET, by=by, at=at)
    demand_letters.tell_end(demand, "demand_meeting", at=at, may_follow=True)
    return demand


def close_due(now: datetime | None = None) -> int:
    """Close demands whose last day is past without enough voices; how many. A daily duty."""
    at = now or timezone.now()
    today = timezone.localdate(at)
    over = Demand.objects.filter(state=DemandState.COLLECTING, closes_on__lt=today)
    return sum(_close(demand, today, at) for demand in over.order_by("pk"))


@transaction.atomic
def _close(demand: Demand, today: date, at: datetime) -> bool:
    demand = row(demand)
    if demand.state != DemandState.COLLECTING or not (
        demand.closes_on and demand.closes_on < today
    ):
        return False  # its last voice came while this one waited
    require_fits(demand, Deed.CLOSE)
    demand.ended_at = at
    move(demand, Deed.CLOSE, by=None, at=at, note=str(demand.voices))
    demand_letters.tell_end(demand, "demand_closed", at=at)
    return True


def _set_text(demand: Demand, text: str) -> None:
    if not text.strip():
        raise Refused(_("Write the text that people will read."), "text")
    demand.public_text, demand.is_edited = text, text != demand.text


def _another(other: Demand | None) -> Refused:
    number = other.number if other is not None else ""
    return Refused(
        _("People of this place have an open demand to this akim already: %(number)s. Hold this"
          " one back and tell its author in words to support that one.")
        % {"number": number}
    )  # fmt: skip


def _concerns(target: Unit, unit: Unit) -> bool:
    """One lies in the other, or they are two rows of one body."""
    return (
        target.path.startswith(unit.path)
        or unit.path.startswith(target.path)
        or target.body_id == unit.pk
        or unit.body_id == target.pk
    )
