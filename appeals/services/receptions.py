"""Receptions: drafted from a pattern, drafted anew, published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from appeals.enums import ReceptionState
from appeals.models import Reception, ReceptionOfficial, ReceptionTable, Slot
from appeals.slots import BadPattern, Cut, Pattern, Span, cut
from appeals.slotwords import say_bad_pattern
from meetings.enums import OfficialKind
from meetings.errors import Refused, StaleEdit
from meetings.models import Meeting, Unit
from meetings.permissions import Act, may
from meetings.services import log
from meetings.services.publishing import raise_public

PATTERN_FIELDS = ("begins", "ends", "slot_minutes", "breaks", "walk_in_share")
PLACE_FIELDS = ("place_kk", "place_ru", "address_kk", "address_ru", "contact")
DRAFT_FIELDS = ("day", *PATTERN_FIELDS, *PLACE_FIELDS, "opens_at")


@dataclass(frozen=True, slots=True)
class Official:
    """One who sits in a reception, as the form gives it."""

    kind: OfficialKind
    name: str
    post_kk: str = ""
    post_ru: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A room and those who sit there together."""

    room: str
    officials: tuple[Official, ...]


def pattern_of(values: Mapping, tables: int) -> Pattern:
    """The pattern that the fields of a reception describe."""
    breaks = tuple(Span(*(_hour(one) for one in pair)) for pair in values["breaks"])
    return Pattern(
        values["begins"], values["ends"], values["slot_minutes"], breaks,
        values["walk_in_share"], tables,
    )  # fmt: skip


def _hour(value: str | time) -> time:
    return value if isinstance(value, time) else time.fromisoformat(value)


def slots_of(values: Mapping, tables: int) -> list[Cut]:
    """The slots before anything is saved. Raises Refused with a sentence about the pattern."""
    try:
        return cut(pattern_of(values, tables))
    except BadPattern as bad:
        field, sentence = say_bad_pattern(bad)
        raise Refused(sentence, field) from bad


@transaction.atomic
def make(
    unit: Unit, values: Mapping, tables: Sequence[Table], *, by, meeting: Meeting | None = None,
    at: datetime | None = None,
) -> Reception:  # fmt: skip
    """Draft a reception in a unit, after a meeting or on its own.

    Args:
        values: DRAFT_FIELDS; ``breaks`` as pairs of hours.
        tables: at least one, each with at least one official.
    Raises:
        PermissionDenied; Refused: a day that is past, a pattern that gives no slots.
    """
    at = at or timezone.now()
    if not may(by, Act.RUN_RECEPTION, unit):
        raise PermissionDenied(_("Your role does not run receptions of this place."))
    region = Unit.objects.above(unit).first() or unit
    reception = Reception(
        region=region, unit=unit, meeting=meeting, created_by=by, changed_at=at,
        **_stored(values),
    )  # fmt: skip
    _require_ahead(reception, at)
    slots = slots_of(values, len(tables))
    reception.save(force_insert=True)
    _seat(reception, tables, slots)
    record(reception, "make", by=by, at=at, day=reception.day.isoformat(), slots=len(slots))
    return reception


@transaction.atomic
def redo(
    reception: Reception, values: Mapping, tables: Sequence[Table], *, by, version: int,
    at: datetime | None = None,
) -> Reception:  # fmt: skip
    """Draft it anew: nobody has booked a draft, so its slots are cut again.

    Raises:
        PermissionDenied, StaleEdit, Refused.
    """
    at = at or timezone.now()
    reception = locked(reception, by, version, ReceptionState.DRAFT)
    for name, value in _stored(values).items():
        setattr(reception, name, value)
    _require_ahead(reception, at)
    slots = slots_of(values, len(tables))
    reception.slots.all().delete()
    reception.tables.all().delete()
    _seat(reception, tables, slots)
    save(reception, at)
    record(reception, "redo", by=by, at=at, day=reception.day.isoformat(), slots=len(slots))
    return reception


@transaction.atomic
def publish(reception: Reception, *, by, version: int, at: datetime | None = None) -> Reception:
    """From now on everybody sees it, and books when the booking opens.

    Raises:
        PermissionDenied, StaleEdit; Refused: the day is past, no place to come to.
    """
    at = at or timezone.now()
    reception = locked(reception, by, version, ReceptionState.DRAFT)
    _require_ahead(reception, at)
    if not (reception.place_kk or reception.place_ru):
        raise Refused(_("Say where people should come before you publish."), "place_kk")
    reception.state, reception.published_at = ReceptionState.PUBLISHED, at
    save(reception, at)
    record(reception, "publish", by=by, at=at, day=reception.day.isoformat())
    return reception


def locked(reception: Reception, by, version: int, *states: ReceptionState) -> Reception:
    """The row, held until the end of the transaction, if the person may change it as it stands.

    Every writer of bookings holds it too: what is decided about a reception is decided in turn.
    """
    reception = hold(reception)
    if not may(by, Act.RUN_RECEPTION, reception.unit):
        raise PermissionDenied(_("Your role does not run receptions of this place."))
    if reception.version != version:
        raise StaleEdit(reception)
    if reception.state not in states:
        raise Refused(_("This cannot be done to the reception as it stands now."))
    return reception


def hold(reception: Reception) -> Reception:
    """The row as it stands now, held until the end of the transaction."""
    return (
        Reception.objects.select_for_update(of=("self",))
        .select_related("unit", "region")
        .get(pk=reception.pk)
    )


def save(reception: Reception, at: datetime) -> None:
    reception.version += 1
    reception.changed_at = at
    reception.save()
    if reception.state != ReceptionState.DRAFT:
        raise_public("appeals")  # pages of the place and of the meeting name it


def _stored(values: Mapping) -> dict:
    if strange := set(values) - set(DRAFT_FIELDS):
        raise ValueError(f"Not to be set here: {sorted(strange)}")
    breaks = [[f"{_hour(one):%H:%M}" for one in pair] for pair in values["breaks"]]
    return {**values, "breaks": breaks}


def _require_ahead(reception: Reception, at: datetime) -> None:
    now = timezone.localtime(at)
    if (reception.day, reception.ends) <= (now.date(), now.time()):
        raise Refused(_("This day is past. Choose today or a later day."), "day")
    meeting = reception.meeting
    if meeting is not None and reception.day < meeting.day:
        raise Refused(_("The reception is held after the meeting: its day cannot be earlier."),
                      "day")  # fmt: skip


def _seat(reception: Reception, tables: Sequence[Table], slots: Sequence[Cut]) -> None:
    rows = ReceptionTable.objects.bulk_create(
        ReceptionTable(reception=reception, number=number, room=table.room)
        for number, table in enumerate(tables, 1)
    )
    ReceptionOfficial.objects.bulk_create(
        ReceptionOfficial(table=row, kind=one.kind, name=one.name, post_kk=one.post_kk,
                          post_ru=one.post_ru)
        for row, table in zip(rows, tables, strict=True)
        for one in table.officials
    )  # fmt: skip
    Slot.objects.bulk_create(
        Slot(reception=reception, table=rows[slot.table - 1], begins=slot.begins,
             ends=slot.ends, is_walk_in=slot.is_walk_in)
        for slot in slots
    )  # fmt: skip


def record(reception: Reception, verb: str, *, by, at: datetime, **detail) -> None:
    log.record(
        f"reception.{verb}", f"reception:{reception.uuid}", by=by, region=reception.region, at=at,
        versions=(reception.version - 1 or None, reception.version), **detail,
    )  # fmt: skip
