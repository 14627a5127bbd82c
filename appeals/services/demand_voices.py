"""Voices for a demand: one confirmed address, one voice; enough of them oblige the office."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from appeals.demand_steps import Deed
from appeals.enums import OPEN_DEMANDS, DemandState, Purpose
from appeals.models import Code, Demand, DemandSupport
from appeals.services import codes, deadlines, demand_letters
from appeals.services.demand_rows import move, row
from meetings.errors import Refused
from meetings.sealing import seal
from meetings.services.publishing import raise_public


class Voice(StrEnum):
    """What became of a voice: in the address of the page that tells it."""

    COUNTED = "counted"
    AGAIN = "again"
    REACHED = "reached"
    MEANWHILE = "meanwhile"


class Over(Refused):
    """The demand takes no voices any more (409)."""


def support(
    demand: Demand, *, email: str, language: str, visitor: str, at: datetime | None = None
) -> Code:
    """Send a code; the voice counts when it is typed.

    Whether the address has given its voice already is told only to whoever reads its letters.

    Raises:
        Over: answered, or its last day is past; codes.TooMany.
    """
    if not takes_voices(demand, timezone.localdate(at or timezone.now())):
        raise Over(_("This demand takes no more voices."))
    return codes.ask_code(
        Purpose.DEMAND_SUPPORT, f"demand:{demand.uuid}", email, language, visitor=visitor
    )


def takes_voices(demand: Demand, day) -> bool:
    """Until its last day, that one included; and while its answer is waited for."""
    if demand.state == DemandState.COLLECTING:
        return demand.closes_on is not None and day <= demand.closes_on
    return demand.state == DemandState.REACHED


@codes.confirms(Purpose.DEMAND_SUPPORT)
def confirm(code: Code) -> str:
    """Count the voice. Who had the code in hand when the last day ended still gets through."""
    demand = Demand.objects.filter(uuid=code.subject.partition(":")[2]).first()
    if demand is None:
        raise Over(_("This demand takes no more voices."))
    sealed = seal(code.details["to"])
    said = count(demand, code.mark, sealed, code.language, at=timezone.now())
    return f"{reverse('demand', args=[demand.uuid])}?voice={said}"


@transaction.atomic
def count(demand: Demand, mark: str, sealed: str, language: str, *, at: datetime) -> Voice:
    """One more voice, unless this address has given its own; the last one needed obliges.

    The row is held: of supporters at once each sees what the one before wrote, so that the demand
    is reached once.

    Raises:
        Over: it was answered or closed meanwhile.
    """
    # Before the row is held: the first count in a year fills its days off.
    term = deadlines.counted(timezone.localdate(at), demand.answer_days)
    demand = row(demand)
    if demand.state not in OPEN_DEMANDS:
        raise Over(_("This demand takes no more voices."))
    if not keep(demand, mark, sealed, language, at):
        return Voice.AGAIN
    demand.voices = demand.supports.count()
    if demand.state == DemandState.COLLECTING and demand.voices >= demand.threshold:
        _reach(demand, term, at)
        return Voice.REACHED
    Demand.objects.filter(pk=demand.pk).update(voices=demand.voices)
    raise_public("appeals")
    return Voice.COUNTED


def keep(demand: Demand, mark: str, sealed: str, language: str, at: datetime) -> bool:
    """Keep a voice; False when this address has one. The caller holds the demand."""
    if demand.supports.filter(mark=mark).exists():
        return False
    DemandSupport.objects.create(demand=demand, mark=mark, sealed=sealed, language=language, at=at)
    return True


def _reach(demand: Demand, term: Mapping, at: datetime) -> None:
    """Enough voices: the office owes an answer within its working days."""
    demand.reached_at = at
    deadlines.give(demand, term)
    move(demand, Deed.REACH, by=None, at=at, note=str(demand.voices))
    demand_letters.tell_author(demand, "demand_reached", at=at)


@deadlines.follows_days_off
def follow_days_off(at: datetime) -> int:
    """Answers that are owed become due on another day when the table of days off changed."""
    rows = Demand.objects.select_for_update(of=("self",)).filter(
        state=DemandState.REACHED, term_days__isnull=False
    )
    demands = list(rows.select_related("region").order_by("pk"))
    off, moved = deadlines.off_for(demands), 0
    for demand in demands:
        kept = demand.due_off
        was = deadlines.recount(demand, off)
        if was is not None:
            moved += 1
            move(demand, Deed.RECOUNT, by=None, at=at, note=f"{was} → {demand.due_on}")
        elif demand.due_off != kept:
            demand.save(update_fields=["due_off"])
    return moved
