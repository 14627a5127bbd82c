"""Receptions as pages show them: lists, the table of times, those nearest to one that is gone."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from appeals.models import Reception, ReceptionTable, Slot
from appeals.slots import minute_of
from meetings.models import Unit
from meetings.text import fold

MOST_WORDS = 5
NEAREST = 6


class Asked(NamedTuple):
    """What a visitor wants to see; empty means all that is ahead."""

    q: str = ""
    first: date | None = None
    last: date | None = None


class Cell(NamedTuple):
    """One slot of the table: ``state`` is "free", "taken", "walk_in" or "past"."""

    uuid: UUID
    state: str
    table: int
    room: str
    hours: str


class Line(NamedTuple):
    """One hour of the table with its slots, one a table."""

    hours: str
    cells: list[Cell]


def found(asked: Asked, today: date, unit: Unit | None = None) -> QuerySet:
    """Published receptions that were asked for, the next first."""
    receptions = Reception.objects.public()
    if asked.first or not asked.last:
        receptions = receptions.filter(day__gte=asked.first or today)
    if asked.last:
        receptions = receptions.filter(day__lte=asked.last)
    if unit is not None:
        receptions = receptions.within(unit)
    for word in fold(asked.q).split()[:MOST_WORDS]:
        receptions = receptions.filter(unit__in=Unit.objects.filter(search__contains=word))
    return receptions.order_by("day", "begins", "pk")


def with_free(receptions: QuerySet, at: datetime) -> QuerySet:
    """Each with ``free``, the number of slots that citizens may book now; no further query."""
    free = Slot.objects.filter(reception=OuterRef("pk"), is_walk_in=False).free(at).ahead(at)
    count = free.order_by().values("reception").annotate(n=Count("pk")).values("n")
    return receptions.annotate(free=Coalesce(Subquery(count, output_field=IntegerField()), 0))


def tables_of(reception: Reception) -> list[ReceptionTable]:
    """The tables with their officials; two queries."""
    return list(reception.tables.prefetch_related("officials"))


def lines_of(reception: Reception, at: datetime) -> list[Line]:
    """Every slot by hour, with what can be done with it now; one query."""
    free = Slot.objects.filter(pk=OuterRef("pk")).free(at)
    ahead = Slot.objects.filter(pk=OuterRef("pk")).ahead(at)
    slots = reception.slots.select_related("table").annotate(
        is_free=Exists(free), is_ahead=Exists(ahead)
    )
    lines: dict[str, Line] = {}
    for slot in slots:
        hours = say_hours(slot)
        cell = Cell(slot.uuid, _state(slot), slot.table.number, slot.table.room, hours)
        lines.setdefault(hours, Line(hours, [])).cells.append(cell)
    return list(lines.values())


def _state(slot) -> str:
    if not slot.is_ahead:
        return "past"
    if slot.is_walk_in:
        return "walk_in"
    return "free" if slot.is_free else "taken"


def say_hours(slot: Slot) -> str:
    return f"{slot.begins:%H:%M}–{slot.ends:%H:%M}"


def nearest(slots: QuerySet, to: Slot | None, most: int = NEAREST) -> list[Slot]:
    """Of these slots, the nearest to another, by hour; the first ones when there is none."""
    found_slots: Iterable[Slot] = slots.select_related("table").order_by("begins", "table__number")
    if to is None:
        return list(found_slots[:most])  # type: ignore[index]
    wanted = minute_of(to.begins)
    by_distance = sorted(found_slots, key=lambda one: abs(minute_of(one.begins) - wanted))
    return sorted(by_distance[:most], key=lambda one: (one.begins, one.table.number))


def after_meeting(meeting, at: datetime) -> list[Reception]:
    """Published receptions that follow a meeting, with their free slots; one query."""
    after = Reception.objects.public().filter(Q(meeting=meeting)).order_by("day", "begins", "pk")
    return list(with_free(after, at))
