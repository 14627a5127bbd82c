"""Who may read, write, sign and publish protocols: a meeting of the first district's akim."""

from collections.abc import Callable
from datetime import date

from meetings.enums import MeetingState, Role
from meetings.models import Protocol
from meetings.services import protocols
from tests.factories import PASSWORD, make_meeting
from tests.rights_rows import CONCERNED, DISTRICT, DRAFTERS, STAFF, Row, World, of

SIGNERS = frozenset({Role.AKIM, Role.COORDINATOR})
HELD_ON = date(2026, 11, 20)


def make_protocols(world: World) -> None:
    """One meeting with a public version, a signed one and a draft; one without any."""
    world.recorded, world.unwritten = (
        make_meeting(world.office, [world.okrug], HELD_ON, region=world.here.region,
                     state=MeetingState.HELD)
        for _number in range(2)
    )  # fmt: skip
    by = {"by": world.clerk}
    first = protocols.sign(protocols.begin(world.recorded, **by), version=1, **by)
    protocols.publish(first, version=first.version, **by)
    second = protocols.begin(world.recorded, reason="Қате", **by)
    protocols.sign(second, version=1, **by)
    protocols.begin(world.recorded, reason="Тағы қате", **by)


def version(number: int, *more) -> Callable[[World], tuple]:
    return lambda world: (world.recorded.uuid, number, *more)


def draft(world: World) -> Protocol:
    return Protocol.objects.get(meeting=world.recorded, number=3)


def signed(world: World) -> dict:
    one = draft(world)
    seen = protocols.fingerprint(protocols.said_by(one))
    return {"version": one.version, "seen": seen, "confirm": PASSWORD}


def published(world: World) -> dict:
    return {"version": Protocol.objects.get(meeting=world.recorded, number=2).version}


READ = {"sees": ((STAFF, CONCERNED),)}
WRITE = {**READ, "does": ((DRAFTERS, DISTRICT),)}

PROTOCOLS = [
    Row("desk_protocol", of("recorded"), **READ),
    Row("desk_protocol_version", version(1), **READ),
    Row("desk_protocol_paper", version(3, "kk", "docx"), **READ),
    Row("desk_protocol_begin", of("unwritten"), post=lambda world: {}, **WRITE),
    Row("desk_protocol_write", version(3),
        post=lambda world: {"version": draft(world).version, "remark": "Ескертпе"}, **WRITE),
    Row("desk_protocol_sign", version(3), post=signed, **READ, does=((SIGNERS, DISTRICT),)),
    Row("desk_protocol_publish", version(2), post=published, **WRITE),
]  # fmt: skip
PUBLIC_PROTOCOLS = [
    Row("meeting_protocol", of("recorded"), needs="nothing"),
    Row("meeting_protocol_version", version(1), needs="nothing"),
    Row("meeting_protocol_json", version(1), needs="nothing"),
    Row("meeting_protocol_paper", version(1, "ru", "docx"), needs="nothing"),
    Row("akim", lambda world: (world.first.kato,), needs="nothing"),
]
