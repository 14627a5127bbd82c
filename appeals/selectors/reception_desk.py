"""Receptions as the desk sees them: its list, and one reception with everybody who booked."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from appeals.booking_steps import Deed, deeds_from
from appeals.enums import BookingState as State
from appeals.enums import ReceptionState
from appeals.models import COUNTED, Booking, PersonalRead, Reception, ReceptionTable, Slot
from appeals.selectors.queue_screen import queue_of
from meetings.models import Meeting, Unit
from meetings.permissions import Act, within_reach
from meetings.text import fold

SHELVES = {  # ?show=: label
    "ahead": _("today and ahead"),
    "drafts": _("drafts"),
    "past": _("past"),
    "all": _("all"),
}
MOST_MEETINGS = 40
# Those who are listed at a table; who waits or gave up stands apart.
AT_TABLES = (State.BOOKED, State.CAME, State.CALLED, State.DONE, State.NO_SHOW)


@dataclass(frozen=True, slots=True)
class Entry:
    """One booking in the list of a table: when it is expected, and what may be done to it now."""

    booking: Booking
    expected: datetime | None
    deeds: tuple[Deed, ...]


@dataclass(frozen=True, slots=True)
class TableDay:
    """One table: everybody who is booked at it, and who would be called next."""

    table: ReceptionTable
    entries: list[Entry]
    called: Booking | None
    next: Booking | None
    pace: int
    talks: int


def at_desk(user, show: str, words: str, today: date) -> QuerySet[Reception]:
    """What a shelf of the user's desk holds; what is ahead in order, the rest newest first."""
    found = Reception.objects.at_desk_of(user).filter(_on_shelf(show, today))
    for word in fold(words).split()[:5]:
        found = found.filter(unit__in=Unit.objects.filter(search__contains=word))
    order = ("day", "begins", "pk") if show == "ahead" else ("-day", "-begins", "-pk")
    return _with_booked(found).order_by(*order)


def _on_shelf(show: str, today: date) -> Q:
    return {
        "ahead": Q(state=ReceptionState.PUBLISHED, day__gte=today),
        "drafts": Q(state=ReceptionState.DRAFT),
        "past": ~Q(state=ReceptionState.DRAFT)
        & (Q(day__lt=today) | ~Q(state=ReceptionState.PUBLISHED)),
        "all": Q(),
    }[show]


def _with_booked(found: QuerySet[Reception]) -> QuerySet[Reception]:
    booked = Booking.objects.filter(reception=OuterRef("pk"), state__in=COUNTED)
    count = booked.order_by().values("reception").annotate(n=Count("pk")).values("n")
    return found.annotate(booked=Coalesce(Subquery(count, output_field=IntegerField()), 0))


def bookings_of(reception: Reception) -> list[Booking]:
    """Everybody who has a number, by hour; one query."""
    found = reception.bookings.exclude(number=None)
    found = found.select_related("slot__table", "person", "question", "problem")
    return list(found.order_by("slot__begins", "slot__table__number", "confirmed_at", "pk"))


def day_of(
    reception: Reception, bookings: list[Booking], tables: list[ReceptionTable], at: datetime
) -> list[TableDay]:
    """The list of each table, with the expected times when it is the day; three queries."""
    is_today = reception.day == timezone.localdate(at)
    is_live = reception.state == ReceptionState.PUBLISHED
    queues = {one.number: one for one in queue_of(reception, at)} if is_live and is_today else {}
    by_table: dict[int, list[Booking]] = defaultdict(list)
    for booking in bookings:
        if booking.state in AT_TABLES and booking.slot is not None:
            by_table[booking.slot.table.number].append(booking)
    return [
        _table(table, by_table[table.number], queues.get(table.number), reception, at)
        for table in tables
    ]


def _table(table: ReceptionTable, bookings: list[Booking], queue, reception, at) -> TableDay:
    expected = {turn.number: turn.expected for turn in queue.turns} if queue else {}
    here = [one for one in bookings if one.state == State.CAME]
    entries = [
        Entry(one, expected.get(one.number), deeds_now(one, reception, at)) for one in bookings
    ]
    return TableDay(
        table, entries, next((one for one in bookings if one.state == State.CALLED), None),
        here[0] if here else None, queue.pace if queue else 0, queue.talks if queue else 0,
    )  # fmt: skip


def deeds_now(booking: Booking, reception: Reception, at: datetime) -> tuple[Deed, ...]:
    """What the desk may do to a booking at that moment, the likeliest first."""
    deeds = set(deeds_from(State(booking.state))) - {Deed.CONFIRM, Deed.LAPSE}
    if reception.state != ReceptionState.PUBLISHED:
        deeds &= {Deed.FINISH}
    today, local = timezone.localdate(at), timezone.localtime(at)
    if reception.day != today:
        deeds -= {Deed.CHECK_IN, Deed.CALL}
    slot = booking.slot
    if reception.day > today or (
        reception.day == today and slot is not None and slot.begins > local.time()
    ):
        deeds -= {Deed.NO_SHOW}
    order = (
        Deed.CHECK_IN, Deed.CALL, Deed.FINISH, Deed.SEAT, Deed.PUT_BACK, Deed.NO_SHOW, Deed.CANCEL,
    )  # fmt: skip
    return tuple(deed for deed in order if deed in deeds)


def slots_to_give(reception: Reception, at: datetime, *, is_here: bool) -> list[Slot]:
    """The slots that staff may give now; who is here may get one of those for walk-ins, and on
    the day one that has begun but is not over. One query."""
    free = reception.slots.free(at)
    if not is_here:
        free = free.filter(is_walk_in=False).ahead(at)
    elif reception.day == timezone.localdate(at):
        free = free.filter(ends__gt=timezone.localtime(at).time())
    return list(free.select_related("table").order_by("begins", "table__number"))


def read_by(user, bookings: list[Booking], day: date) -> set[int]:
    """Persons of these bookings whose data the user has asked to read that day; one query."""
    persons = [one.person_id for one in bookings]
    read = PersonalRead.objects.filter(by=user, person__in=persons, at__date=day)
    return set(read.values_list("person_id", flat=True))


def meetings_to_follow(user, today: date) -> list[Meeting]:
    """Published meetings after which the user may plan a reception, the next first."""
    within = within_reach(user, Act.RUN_RECEPTION, "host__unit__path")
    found = Meeting.objects.filter(within, day__gte=today).exclude(state="cancelled")
    return list(
        found.select_related("host__unit").order_by("day", "starts_at", "pk")[:MOST_MEETINGS]
    )
