"""Bookings: a slot held for the code, confirmed, given up, handed to the next who waits.

Whoever writes a booking holds the row of its reception first, so that two who want one slot are
served in turn; the constraints of the table stand behind it.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from appeals.booking_steps import RULES, Deed
from appeals.enums import BookedHow, Purpose, ReceptionState
from appeals.enums import BookingState as State
from appeals.models import COUNTED, Booking, Code, Reception, Slot
from appeals.services import booking_links, codes
from appeals.services import reception_letters as letters
from appeals.services.people import confirm_person, keep_person
from appeals.services.receptions import hold as hold_reception
from meetings.errors import Refused, StaleEdit
from meetings.permissions import Act, may
from meetings.sealing import address_mark, mark
from meetings.services import log

# [house] Slots held at one time, without a code typed yet, from one network address.
HOLDS_FROM_VISITOR = 5
# [house] Who waits gets a slot that is freed if there is that much time to come.
NOTICE = timedelta(hours=2)


class SlotGone(Refused):
    """Somebody else has this slot, or its hour has come (409)."""

    def __init__(self):
        super().__init__(
            _("This time was taken a moment ago. Choose another one: what you typed is kept."),
            "slot",
        )


def ask(
    reception: Reception, slot: Slot | None, details: Mapping[str, str], *, subject: str,
    language: str, visitor: str, at: datetime | None = None,
) -> Code:  # fmt: skip
    """Hold a slot (or a place in the waiting list) and send the code that confirms it.

    Whether the address has a booking that day already is told to its owner alone, after the code.

    Args:
        details: ``name``, ``email`` and, if given, ``phone``.
        visitor: the network address.
    Raises:
        SlotGone; codes.TooMany; Refused: booking is not open.
    """
    at = at or timezone.now()
    # Who is late is told at once, without waiting behind those who are served in turn.
    if slot is not None and reception.is_open(at) and not _is_bookable(reception, slot, at):
        raise SlotGone
    return _ask(reception, slot, details, subject, language, visitor, at)


@transaction.atomic
def _ask(
    reception: Reception, slot: Slot | None, details: Mapping[str, str], subject: str,
    language: str, visitor: str, at: datetime,
) -> Code:  # fmt: skip
    reception = hold_reception(reception)
    _require_open(reception, at)
    origin = codes.visitor_mark(visitor)
    _require_few_holds(origin, at)
    if slot is None:
        _require_full(reception, at)
    else:
        _require_free(reception, slot, at)
    booking = _new(
        reception, slot, details, subject=subject, language=language, how=BookedHow.SITE,
        state=State.HELD, visitor=origin, at=at,
    )  # fmt: skip
    code = codes.ask_code(
        Purpose.BOOKING, f"booking:{booking.uuid}", details["email"], language, visitor=visitor
    )
    Booking.objects.filter(pk=booking.pk).update(held_until=code.expires_at)
    return code


@codes.confirms(Purpose.BOOKING)
def confirm(code: Code) -> str:
    """The code was typed: the slot is booked, or the person waits because it was given away.

    Who has a booking that day already is led to that one.
    """
    at = timezone.now()
    found = Booking.objects.filter(uuid=code.subject.partition(":")[2]).first()
    if found is None:
        raise Refused(_("Your booking waited too long for its code and was removed. Please book"
                        " again."))  # fmt: skip
    booking = _locked(found)
    if booking.state not in RULES[Deed.CONFIRM].sources:
        return page_of(booking)
    reception = booking.reception
    if reception.state != ReceptionState.PUBLISHED or reception.day < timezone.localdate(at):
        raise Refused(_("This reception does not take bookings any more."))
    other = _counted(booking.mark, booking.day)
    if other is not None:
        lapse(booking, at=at)
        return f"{page_of(other)}?already=1"
    confirm_person(booking.person, at)
    if booking.slot is not None and not _is_mine_or_free(booking, at):
        booking.slot = None
    _confirm(booking, at)
    return page_of(booking)


@transaction.atomic
def enter(
    reception: Reception, slot: Slot | None, details: Mapping[str, str], *, subject: str,
    how: BookedHow, language: str, by, at: datetime | None = None,
) -> Booking:  # fmt: skip
    """Book for somebody who calls or comes; without a slot: into the waiting list.

    Who walks in on the day is checked in at once.

    Args:
        details: ``name``; ``email`` and ``phone`` if given.
    Raises:
        PermissionDenied, SlotGone; Refused: the person has a booking that day, it is over.
    """
    at = at or timezone.now()
    reception = hold_reception(reception)
    if not may(by, Act.RUN_RECEPTION, reception.unit):
        raise PermissionDenied(_("Your role does not run receptions of this place."))
    today = timezone.localdate(at)
    if reception.state != ReceptionState.PUBLISHED or reception.day < today:
        raise Refused(_("This reception does not take bookings any more."))
    is_here = how == BookedHow.WALK_IN
    if is_here and reception.day != today:
        raise Refused(_("People come without a booking on the day of the reception alone."), "how")
    if slot is not None:
        _require_free(reception, slot, at, is_here=is_here)
    known = _counted(mark_of(details), reception.day)
    if known is not None:
        raise Refused(
            _("This person has a booking for that day already: number %(number)s.")
            % {"number": known.number},
        )
    booking = _new(
        reception, slot, details, subject=subject, language=language, how=how,
        state=State.HELD, by=by, at=at,
    )  # fmt: skip
    _confirm(booking, at)
    if is_here and slot is not None:
        booking.state, booking.came_at = State.CAME, at
        booking.save(update_fields=["state", "came_at"])
    record(booking, "enter", by=by, at=at)
    return booking


@transaction.atomic
def cancel(
    booking: Booking, *, by=None, version: int | None = None, at: datetime | None = None
) -> Booking:
    """Give the booking up; the first who waits gets the slot in the same transaction.

    Raises:
        PermissionDenied, StaleEdit; Refused: there is nothing left to cancel.
    """
    at = at or timezone.now()
    booking = _locked(booking, version)
    if by is not None and not may(by, Act.RUN_RECEPTION, booking.reception.unit):
        raise PermissionDenied(_("Your role does not run receptions of this place."))
    if booking.state not in RULES[Deed.CANCEL].sources:
        raise Refused(_("This booking is over or cancelled already."))
    slot = booking.slot
    _step(booking, Deed.CANCEL, cancelled_at=at)
    letters.tell(booking, "booking_cancelled", at=at)
    if by is not None:
        record(booking, "cancel", by=by, at=at)
    if slot is not None:
        move_up(booking.reception, slot, at=at)
    return booking


@transaction.atomic
def take(
    booking: Booking, slot: Slot, *, by=None, version: int | None = None,
    at: datetime | None = None,
) -> Booking:  # fmt: skip
    """Somebody of the waiting list takes a slot that is free: by the link, or given by staff.

    Raises:
        SlotGone, PermissionDenied, StaleEdit; Refused: not waiting any more.
    """
    at = at or timezone.now()
    booking = _locked(booking, version)
    if by is not None and not may(by, Act.RUN_RECEPTION, booking.reception.unit):
        raise PermissionDenied(_("Your role does not run receptions of this place."))
    if booking.state not in RULES[Deed.SEAT].sources:
        raise Refused(_("This booking has its time already, or is cancelled."))
    _require_free(booking.reception, slot, at, is_here=by is not None)
    _seat(booking, slot)
    letters.tell(booking, "booking_confirmed", at=at)
    if by is not None:
        record(booking, "seat", by=by, at=at)
    return booking


def move_up(reception: Reception, slot: Slot, *, at: datetime) -> Booking | None:
    """Give a slot that was freed to the first who waits, with a letter; under the reception's row.

    Nobody is called in a hurry: with less than NOTICE to come the slot stays free.
    """
    begins = moment(reception, slot)
    if slot.is_walk_in or begins - at < NOTICE or reception.state != ReceptionState.PUBLISHED:
        return None
    waiting = reception.bookings.filter(state=State.WAITING).select_related("person")
    first = waiting.order_by("confirmed_at", "pk").first()
    if first is None or not Slot.objects.filter(pk=slot.pk).free(at).exists():
        return None
    first.reception = reception
    _seat(first, slot)
    letters.tell(first, "booking_moved_up", at=at)
    return first


def lapse(booking: Booking, *, at: datetime) -> None:
    """The hold is over; the caller holds the reception's row."""
    slot, was_held = booking.slot, booking.state == State.HELD
    _step(booking, Deed.LAPSE if was_held else None)
    if was_held and slot is not None:
        move_up(booking.reception, slot, at=at)


def mark_of(details: Mapping[str, str]) -> str:
    """What tells a person from others: the address, else the digits of the phone, else nothing."""
    if details.get("email"):
        return address_mark(details["email"])
    digits = "".join(sign for sign in details.get("phone", "") if sign.isdigit())
    # 8 701 … and +7 701 … are one number.
    return mark(f"phone:{digits[-10:]}") if len(digits) >= 10 else ""


def page_of(booking: Booking) -> str:
    """The secret page of a booking, for its own person."""
    return reverse("booking", args=[booking_links.token_of(booking)])


def moment(reception: Reception, slot: Slot) -> datetime:
    return timezone.make_aware(datetime.combine(reception.day, slot.begins))


def record(booking: Booking, verb: str, *, by, at: datetime) -> None:
    log.record(
        f"booking.{verb}", f"booking:{booking.uuid}", by=by, at=at,
        region=booking.reception.region, number=booking.number,
    )  # fmt: skip


def _locked(booking: Booking, version: int | None = None) -> Booking:
    """The booking as it stands now, its reception held; staff name the version they saw."""
    reception = hold_reception(Reception(pk=booking.reception_id))
    found = (
        Booking.objects.select_for_update(of=("self",))
        .select_related("person", "slot__table")
        .get(pk=booking.pk)
    )
    found.reception = reception
    if version is not None and found.version != version:
        raise StaleEdit(found)
    return found


def _require_open(reception: Reception, at: datetime) -> None:
    if reception.is_open(at):
        return
    if reception.state == ReceptionState.PUBLISHED and reception.day >= timezone.localdate(at):
        raise Refused(_("The booking is not open yet. Come back when it opens."))
    raise Refused(_("This reception does not take bookings any more."))


def _require_free(reception: Reception, slot: Slot, at: datetime, *, is_here: bool = False) -> None:
    """Raises SlotGone. Those who are here may get a slot for walk-ins, and one that has begun."""
    free = Slot.objects.filter(pk=slot.pk, reception=reception).free(at)
    if not is_here:
        free = free.filter(is_walk_in=False).ahead(at)
    if not free.exists():
        raise SlotGone
    for old in Booking.objects.filter(slot=slot, state=State.HELD):
        old.reception = reception
        _step(old, Deed.LAPSE)


def _require_full(reception: Reception, at: datetime) -> None:
    if bookable(reception, at).exists():
        raise Refused(_("There are free times: choose one of them."), "slot")


def bookable(reception: Reception, at: datetime):
    """The slots that citizens may book now."""
    return reception.slots.filter(is_walk_in=False).free(at).ahead(at)


def _is_bookable(reception: Reception, slot: Slot, at: datetime) -> bool:
    return bookable(reception, at).filter(pk=slot.pk).exists()


def _require_few_holds(origin: str, at: datetime) -> None:
    held = Booking.objects.filter(state=State.HELD, held_until__gt=at, visitor=origin)
    if held.count() >= HOLDS_FROM_VISITOR:
        raise codes.TooMany(
            _("Several times are held from your network already. Type the codes of their letters,"
              " or try again in half an hour.")
        )  # fmt: skip


def _is_mine_or_free(booking: Booking, at: datetime) -> bool:
    slot = booking.slot
    if slot is None or moment(booking.reception, slot) <= at:
        return False
    if booking.state == State.HELD:  # the constraint kept it, even past its term
        return True
    return Slot.objects.filter(pk=slot.pk).free(at).exists()


def _counted(person_mark: str, day) -> Booking | None:
    """The booking that this person has on the day already."""
    if not person_mark:
        return None
    return Booking.objects.filter(mark=person_mark, day=day, state__in=COUNTED).first()


def _new(
    reception: Reception, slot: Slot | None, details: Mapping[str, str], *, subject: str,
    language: str, how: BookedHow, state: State, at: datetime, visitor: str = "", by=None,
) -> Booking:  # fmt: skip
    person_mark = mark_of(details)
    person = keep_person(language=language, at=at, **details)
    link = booking_links.new()
    booking = Booking(
        reception=reception, slot=slot, day=reception.day, state=state, how=how, person=person,
        mark=person_mark, subject=subject, language=language, visitor=visitor, entered_by=by,
        held_until=at + codes.FRESH, created_at=at, link_digest=link.digest,
        link_sealed=link.sealed,
    )  # fmt: skip
    try:
        with transaction.atomic():
            booking.save(force_insert=True)
    except IntegrityError as error:  # the constraint saw what the look before did not
        raise SlotGone from error
    return booking


def _confirm(booking: Booking, at: datetime) -> None:
    """Give it a number, and the slot or a place in the waiting list; tell the person."""
    highest = booking.reception.bookings.aggregate(highest=Max("number"))["highest"]
    booking.number, booking.confirmed_at = (highest or 0) + 1, at
    booking.state = State.BOOKED if booking.slot else State.WAITING
    booking.held_until = None
    try:
        with transaction.atomic():
            booking.save()
    except IntegrityError as error:
        raise Refused(_("This person has a booking for that day already.")) from error
    kind = "booking_confirmed" if booking.slot else "booking_waiting"
    letters.tell(booking, kind, at=at)


def _seat(booking: Booking, slot: Slot) -> None:
    booking.slot = slot
    try:
        with transaction.atomic():
            _step(booking, Deed.SEAT)
    except IntegrityError as error:
        raise SlotGone from error


def _step(booking: Booking, deed: Deed | None, **fields) -> None:
    if deed is not None:
        booking.state = RULES[deed].target
    for name, value in fields.items():
        setattr(booking, name, value)
    booking.version += 1
    booking.save()
