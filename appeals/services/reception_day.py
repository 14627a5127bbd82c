"""The day of a reception at the front desk: who is here, who is called, what it ended with."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from appeals.booking_steps import RULES, Deed
from appeals.enums import BookingState as State
from appeals.enums import ReceptionState, TalkOutcome
from appeals.models import OCCUPYING, Booking, Problem, Reception, Slot
from appeals.services.bookings import record
from appeals.services.reception_questions import Said, open_question
from appeals.services.receptions import hold
from meetings.errors import Refused, StaleEdit
from meetings.permissions import Act, may

LONGEST_NOTE = 1000


@transaction.atomic
def check_in(booking: Booking, *, by, version: int, at: datetime | None = None) -> Booking:
    """The person is here. Who comes after being marked as not come gets a slot again.

    Raises:
        PermissionDenied, StaleEdit; Refused: it is not the day, or every slot is given by now.
    """
    at = at or timezone.now()
    booking = _locked(booking, Deed.CHECK_IN, by, version)
    if booking.reception.day != timezone.localdate(at):
        raise Refused(_("People are checked in on the day of the reception alone."))
    if booking.state == State.NO_SHOW:
        booking.slot = _a_slot_again(booking, at)
    return _step(booking, Deed.CHECK_IN, by, at, came_at=at)


@transaction.atomic
def call(booking: Booking, *, by, version: int, at: datetime | None = None) -> Booking:
    """Call this one now, out of turn if need be. Refused: somebody is at the table."""
    at = at or timezone.now()
    booking = _locked(booking, Deed.CALL, by, version)
    _require_free_table(booking)
    return _step(booking, Deed.CALL, by, at, called_at=at)


@transaction.atomic
def call_next(
    reception: Reception, table: int, *, by, at: datetime | None = None
) -> Booking | None:
    """Call the next one at a table: of those who are here, whose hour is the earliest.

    None when nobody who is here waits for this table. Raises PermissionDenied; Refused: somebody
    is at the table.
    """
    at = at or timezone.now()
    reception = hold(reception)
    if not may(by, Act.RUN_RECEPTION, reception.unit):
        raise PermissionDenied(_("Your role does not run receptions of this place."))
    here = reception.bookings.filter(state=State.CAME, slot__table__number=table)
    booking = here.select_related("slot__table").order_by("slot__begins", "came_at").first()
    if booking is None:
        return None
    booking.reception = reception
    _require_free_table(booking)
    return _step(booking, Deed.CALL, by, at, called_at=at)


@transaction.atomic
def put_back(booking: Booking, *, by, version: int, at: datetime | None = None) -> Booking:
    """Called, but not at the door: back into the queue."""
    at = at or timezone.now()
    booking = _locked(booking, Deed.PUT_BACK, by, version)
    return _step(booking, Deed.PUT_BACK, by, at, called_at=None)


@transaction.atomic
def no_show(booking: Booking, *, by, version: int, at: datetime | None = None) -> Booking:
    """Did not come, or left: the slot is free for somebody who is here.

    Raises:
        PermissionDenied, StaleEdit; Refused: the hour has not come.
    """
    at = at or timezone.now()
    booking = _locked(booking, Deed.NO_SHOW, by, version)
    slot, local = booking.slot, timezone.localtime(at)
    if slot is not None and (booking.reception.day, slot.begins) > (local.date(), local.time()):
        raise Refused(_("The hour of this booking has not come yet."))
    return _step(booking, Deed.NO_SHOW, by, at, called_at=None)


@transaction.atomic
def finish(
    booking: Booking, *, outcome: TalkOutcome, note: str, eotinish_number: str, by, version: int,
    said: Said | None = None, problem: Problem | None = None, at: datetime | None = None,
) -> Booking:  # fmt: skip
    """The talk is over, with this outcome; it can be put right later.

    A question that was opened once stays: putting the outcome right opens no second one.

    Args:
        said: the question to open; ``problem``: the one of the pool that it belongs to.
    Raises:
        PermissionDenied, StaleEdit; Refused: what the outcome asks for is missing.
    """
    at = at or timezone.now()
    booking = _locked(booking, Deed.FINISH, by, version)
    outcome, note = TalkOutcome(outcome), note.strip()
    if outcome == TalkOutcome.SENT_ON and not note:
        raise Refused(_("Say to whom it was sent on: the journal shows it."), "note")
    if outcome == TalkOutcome.PROBLEM and problem is None:
        raise Refused(_("Give the number of the problem it belongs to."), "problem")
    question = booking.question
    if outcome == TalkOutcome.QUESTION and question is None:
        question = open_question(booking, said, by=by, at=at)
    return _step(
        booking, Deed.FINISH, by, at, outcome=outcome, note=note,
        eotinish_number=eotinish_number.strip(), done_at=booking.done_at or at,
        question=question, problem=problem if outcome == TalkOutcome.PROBLEM else None,
    )  # fmt: skip


@transaction.atomic
def mark_told(booking: Booking, *, by, version: int, at: datetime | None = None) -> Booking:
    """Somebody without an e-mail address was told the news by phone."""
    at = at or timezone.now()
    booking = _mine(booking, by, version)
    booking.is_told = True
    booking.version += 1
    booking.save(update_fields=["is_told", "version"])
    record(booking, "told", by=by, at=at)
    return booking


def _locked(booking: Booking, deed: Deed, by, version: int) -> Booking:
    found = _mine(booking, by, version)
    if found.reception.state != ReceptionState.PUBLISHED and deed != Deed.FINISH:
        raise Refused(_("This reception is over or cancelled."))
    if found.state not in RULES[deed].sources:
        raise StaleEdit(found)
    return found


def _mine(booking: Booking, by, version: int) -> Booking:
    reception = hold(Reception(pk=booking.reception_id))
    if not may(by, Act.RUN_RECEPTION, reception.unit):
        raise PermissionDenied(_("Your role does not run receptions of this place."))
    found = Booking.objects.select_related("slot__table", "person", "question").get(pk=booking.pk)
    found.reception = reception
    if found.version != version:
        raise StaleEdit(found)
    return found


def _require_free_table(booking: Booking) -> None:
    if booking.slot is None:
        raise Refused(_("Give this person a time first."))
    busy = booking.reception.bookings.filter(
        state=State.CALLED, slot__table=booking.slot.table_id
    ).first()
    if busy is not None:
        raise Refused(
            _("Number %(number)s is still at this table. Finish that talk first.")
            % {"number": busy.number}
        )


def _a_slot_again(booking: Booking, at: datetime) -> Slot:
    """The person's own slot, if nobody has it by now, else the next free one of the day."""
    free = booking.reception.slots.free(at).order_by("begins", "table__number")
    own = free.filter(pk=booking.slot_id).first()
    later = free.filter(begins__gte=timezone.localtime(at).time())
    found = own or later.first() or free.first()
    if found is None:
        raise Refused(_("Every time of the day is given to somebody else by now."))
    # A hold that ran out still stands in the way of the constraint.
    lapsed = Booking.objects.filter(slot=found, state__in=OCCUPYING)
    lapsed.update(state=State.LAPSED)
    return found


def _step(booking: Booking, deed: Deed, by, at: datetime, **fields) -> Booking:
    booking.state = RULES[deed].target
    for name, value in fields.items():
        setattr(booking, name, value)
    booking.version += 1
    booking.save()
    record(booking, str(deed), by=by, at=at)
    return booking
