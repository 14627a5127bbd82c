"""Rows of the table of rights for personal receptions."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from appeals.models import Booking, Reception
from appeals.services import booking_links, bookings, reception_day, receptions
from meetings.enums import Role
from tests.appeals.receptions import TABLES, VALUES
from tests.factories import make_user
from tests.rights_rows import ANYWHERE, DISTRICT, TODAY, Row, World, of

NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)  # when the tests stand


def make_receptions(world: World) -> None:
    """In the first district: a draft, and a reception of today with two bookings, one called."""
    clerk = make_user(Role.RECEPTION, world.first)
    made = receptions.make(world.first, VALUES | {"day": TODAY}, TABLES, by=clerk, at=NOW)
    receptions.publish(made, by=clerk, version=1, at=NOW)
    world.reception = Reception.objects.get(pk=made.pk)
    first, second = world.reception.slots.all()[:2]
    world.booking = booked(world.reception, first, clerk)
    world.came = reception_day.check_in(
        booked(world.reception, second, clerk), by=clerk, version=1, at=NOW
    )
    world.draft_reception = receptions.make(
        world.first, VALUES | {"day": date(2026, 11, 27)}, TABLES, by=clerk, at=NOW
    )


def booked(reception: Reception, slot, clerk) -> Booking:
    return bookings.enter(
        reception, slot, {"name": "Ерлан"}, subject="Жол", how="phone", language="kk", by=clerk,
        at=NOW,
    )  # fmt: skip


def link(world: World) -> tuple:
    return (booking_links.token_of(Booking.objects.get(pk=world.booking.pk)),)


# Opened by everybody: what they show is public, or the address itself holds a secret.
PUBLIC_RECEPTIONS = [
    Row("reception_list", needs="nothing"),
    Row("reception", of("reception"), needs="nothing"),
    Row("reception_book", of("reception"), needs="nothing"),
    Row("reception_queue", of("reception"), needs="nothing"),
    Row("booking", link, needs="nothing"),
    Row("booking_entry", link, needs="nothing"),
]

CLERKS = frozenset({Role.RECEPTION})
READERS = frozenset({Role.COMMISSION, Role.COORDINATOR, Role.DRAFTER, Role.AKIM, Role.OBSERVER})
NAMES = frozenset({Role.RECEPTION, Role.COMMISSION})
SEES = ((CLERKS | READERS, DISTRICT),)
RUNS = ((CLERKS, DISTRICT),)


def a_plan() -> dict:
    return {
        "day": "28.11.2026", "begins": "10:00", "ends": "12:00", "slot_minutes": "30",
        "breaks": "11:00–11:30", "walk_in_share": "0", "rows": "1", "t1_room": "12",
        "t1_o1_kind": "executive", "t1_o1_name": "Болат Жайықов", "place_kk": "Мәдениет үйі",
    }  # fmt: skip


def a_person(world: World) -> dict:
    slot = world.reception.slots.order_by("begins", "table__number").last()
    return {
        "name": "Айгүл", "subject": "Су", "how": "phone", "language": "kk", "consent": "on",
        "slot": str(slot.uuid),
    }  # fmt: skip


def a_journal(world: World) -> dict:
    return {"language": "kk", "format": "xlsx"}


def deed(name: str, of_what: str = "reception") -> Callable[[World], tuple]:
    return lambda world: (getattr(world, of_what).uuid, name)


def booking(of_what: str, *more: str) -> Callable[[World], tuple]:
    return lambda world: (world.reception.uuid, getattr(world, of_what).uuid, *more)


def versioned(of_what: str, **more: str) -> Callable[[World], dict]:
    return lambda world: {"version": getattr(world, of_what).version, **more}


DESK_RECEPTIONS = [
    Row("desk_receptions", sees=((CLERKS | READERS, ANYWHERE),), hidden=403),
    Row("desk_reception_new", sees=((CLERKS, ANYWHERE),), hidden=403),
    Row("desk_reception", of("reception"), sees=SEES),
    Row("desk_reception_edit", of("draft_reception"), sees=SEES, does=RUNS),
    Row("desk_reception_edit", of("draft_reception"), sees=SEES, does=RUNS,
        post=lambda world: a_plan() | {"version": world.draft_reception.version}),
    Row("desk_reception_act", deed("publish", "draft_reception"), sees=SEES, does=RUNS,
        post=versioned("draft_reception")),
    Row("desk_reception_act", deed("change"), sees=SEES, does=RUNS,
        post=versioned("reception", day=f"{TODAY:%d.%m.%Y}", begins="11:00", reason="Тасқын")),
    Row("desk_reception_act", deed("cancel"), sees=SEES, does=RUNS,
        post=versioned("reception", reason="Тасқын")),
    Row("desk_reception_act", deed("close"), sees=SEES, does=RUNS, post=versioned("reception"),
        writes=False),  # somebody is still here
    Row("desk_reception_names", of("reception"), sees=SEES, does=((NAMES, DISTRICT),),
        post=lambda world: {"purpose": "reception"}),
    Row("desk_reception_call", of("reception"), sees=SEES, does=RUNS,
        post=lambda world: {"table": 2}),
    Row("desk_reception_enter", of("reception"), sees=SEES, does=RUNS),
    Row("desk_reception_enter", of("reception"), sees=SEES, does=RUNS, post=a_person),
    Row("desk_reception_journal", of("reception"), sees=SEES),
    Row("desk_reception_journal", of("reception"), sees=SEES, post=a_journal),
    Row("desk_reception_journal", of("reception"), sees=SEES, does=((NAMES, DISTRICT),),
        post=lambda world: a_journal(world) | {"names": "on"}),
    Row("desk_booking", booking("booking"), sees=SEES),
    Row("desk_booking_act", booking("booking", "check_in"), sees=SEES, does=RUNS,
        post=versioned("booking")),
    Row("desk_booking_act", booking("came", "call"), sees=SEES, does=RUNS, post=versioned("came")),
    Row("desk_booking_act", booking("booking", "cancel"), sees=SEES, does=RUNS,
        post=versioned("booking")),
]  # fmt: skip
