"""Takes a person's data out of rows, noun by noun; what is public stays, of nobody.

Each function is given a row that is the person's, in the transaction of the whole erasure. Marks
become new ones that lead to no address, the same for all rows of one erasure: voices are still
counted, each once.
"""

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from appeals.booking_steps import RULES
from appeals.booking_steps import Deed as BookingDeed
from appeals.enums import PUBLIC_DEMANDS, DemandState, HallState, HoldReason, SittingState
from appeals.enums import QuestionState as State
from appeals.models import (
    Booking,
    Demand,
    DemandMove,
    HallItem,
    Person,
    Question,
    QuestionMove,
    Reception,
)
from appeals.searching import findable
from appeals.services import bookings, files
from appeals.services.receptions import hold
from meetings.enums import LetterState
from meetings.models import Letter
from meetings.services.publishing import raise_public

# What a mark begins with that leads to no address.
NOBODY = "nobody:"


def _new_mark() -> str:
    return NOBODY + secrets.token_hex(24)


@dataclass(frozen=True, slots=True)
class Erasing:
    """One erasure: when, by whom (None: the person), and the mark that stands in for the old."""

    at: datetime
    by: Any = None
    mark: str = field(default_factory=_new_mark)


def question(row: Question, erasing: Erasing) -> None:
    """A published text stays, without what only the office read; any other is emptied."""
    if row.state == State.UNCONFIRMED:
        _delete_unconfirmed(row)
        return
    before = State(row.state)
    if row.state != State.PUBLISHED:
        with translation.override(row.language):
            row.hold_words = _("The text was erased at the request of its author.")
        row.state, row.hold_reason = State.HELD, HoldReason.OTHER
    row.eotinish_number = row.eotinish_forwarded_to = ""
    row.eotinish_received_on = row.eotinish_extended_on = row.eotinish_extended_to = None
    row.eotinish_forwarded_on = None
    row.is_edited = False
    _leave_what_is_public(row)
    _keep_question(row, "erase", before, erasing)


def old_question(row: Question, erasing: Erasing) -> None:
    """Its days are over: what only the office read goes; state, marks and terms stay."""
    _leave_what_is_public(row)
    _keep_question(row, "forget", State(row.state), erasing)


def _leave_what_is_public(row: Question) -> None:
    _forget_files(row)
    if row.state == State.PUBLISHED:
        row.text = row.public_text
    else:
        # It may have been public before it was held back.
        row.text = row.public_text = ""
        # Its beginning in an agenda that is still written; what a sitting held is a record.
        row.sitting_items.filter(sitting__state=SittingState.PLANNED).update(
            title_kk=f"№ {row.number}", title_ru=f"№ {row.number}"
        )
    found = findable(row.text)
    row.search, row.features = found["search"], found["features"]
    row.follow_digest, row.place_words, row.objection, row.objection_answer = None, "", "", ""


def _keep_question(row: Question, deed: str, before: State, erasing: Erasing) -> None:
    row.version += 1
    row.save()
    QuestionMove.objects.create(
        question=row, deed=deed, from_state=before, to_state=row.state, by=erasing.by,
        at=erasing.at,
    )  # fmt: skip
    raise_public("appeals")


def _delete_unconfirmed(row: Question) -> None:
    """It never counted: nothing of it is kept."""
    _forget_files(row)
    row.delete()


def demand(row: Demand, erasing: Erasing) -> None:
    """As a question: what everybody reads stays, what only the office read goes."""
    if row.state == DemandState.UNCONFIRMED:
        row.delete()
        return
    before = DemandState(row.state)
    if before not in PUBLIC_DEMANDS:
        with translation.override(row.language):
            row.hold_words = _("The text was erased at the request of its author.")
        row.state, row.hold_reason = DemandState.HELD, HoldReason.OTHER
    row.is_edited = False
    _keep_demand(row, "erase", before, erasing)


def old_demand(row: Demand, erasing: Erasing) -> None:
    """As a question whose days are over."""
    _keep_demand(row, "forget", DemandState(row.state), erasing)


def _keep_demand(row: Demand, deed: str, before: DemandState, erasing: Erasing) -> None:
    row.text = row.public_text if row.state in PUBLIC_DEMANDS else ""
    row.public_text = row.text
    row.follow_digest, row.objection, row.objection_answer = None, "", ""
    row.version += 1
    row.save()
    DemandMove.objects.create(
        demand=row, deed=deed, from_state=before, to_state=row.state, by=erasing.by,
        at=erasing.at,
    )  # fmt: skip
    raise_public("appeals")


def _forget_files(row: Question) -> None:
    """Those that everybody may download stay, as the published text does."""
    is_public = row.state == State.PUBLISHED
    gone = row.attachments.filter(is_public=False) if is_public else row.attachments.all()
    files.forget(gone)
    gone.delete()


def voice(row, erasing: Erasing) -> None:
    """A voice still counts, of nobody."""
    row.mark = erasing.mark
    if hasattr(row, "sealed"):
        row.sealed = ""
    row.save()


def old_hall_item(row: HallItem, erasing: Erasing) -> None:
    """What the hall did not read goes."""
    if row.question is not None:
        row.public_text = row.question.public_text
    if row.state in (HallState.UNREAD, HallState.HELD):
        row.public_text = ""
    row.text = row.public_text
    row.version += 1
    row.save()


def hall_item(row: HallItem, erasing: Erasing) -> None:
    """The copy of a question in the row of the hall: it says what its question says after it."""
    row.person_mark, row.visitor = erasing.mark, ""
    old_hall_item(row, erasing)


def booking(row: Booking, erasing: Erasing) -> None:
    """One that is ahead is cancelled, so that the next who waits gets the time.

    Bookings are written under the row of their reception: it is held before the booking's own.
    """
    reception = hold(Reception(pk=row.reception_id))
    ahead = reception.day >= timezone.localdate(erasing.at)
    if ahead and row.state in RULES[BookingDeed.CANCEL].sources:
        bookings.cancel(row, at=erasing.at)
    row = Booking.objects.select_for_update(of=("self",)).get(pk=row.pk)
    row.mark = row.subject = row.note = row.visitor = row.eotinish_number = row.link_sealed = ""
    row.link_digest = _new_mark()
    row.version += 1
    row.save()


def letter(row: Letter, erasing: Erasing) -> None:
    """One that waits is not sent."""
    if row.state == LetterState.WAITING:
        row.state, row.done_at = LetterState.STOPPED, erasing.at
    row.sealed, row.mark, row.key = "", erasing.mark, f"erased:{row.uuid}"
    row.save()


def row(row, erasing: Erasing) -> None:
    """Nothing of it is needed."""
    row.delete()


def person(row: Person, erasing: Erasing) -> None:
    """Name, contact and secret links go; the row stays for the records that name it."""
    row.sealed, row.mark, row.erased_at = "", erasing.mark, erasing.at
    row.save()
