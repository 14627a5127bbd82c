"""What every table of rights is written with: roles, places, one row."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from meetings.enums import Role

# The tests stand on the first of these days.
TODAY, MEETING_ON = date(2026, 11, 23), date(2026, 11, 26)
PLACES = ("country", "region", "district", "okrug", "sibling", "foreign")
STAFF = frozenset({Role.DRAFTER, Role.COORDINATOR, Role.AKIM, Role.OBSERVER})
DRAFTERS = frozenset({Role.DRAFTER, Role.COORDINATOR})
COORDINATOR = frozenset({Role.COORDINATOR})
AKIM = frozenset({Role.AKIM})
MEMBERS = frozenset({Role.DEPUTY, Role.CHAIR})
CHAIR = frozenset({Role.CHAIR})
ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})

ANYWHERE = frozenset(PLACES)
# What lies in the region as a whole; in its first district; the staff of any part of the region.
REGION = frozenset({"country", "region"})
DISTRICT = REGION | {"district"}
TOUCHING = DISTRICT | {"okrug", "sibling"}
# A line or meeting of the first district's akim that brings them to the okrug.
CONCERNED = DISTRICT | {"okrug"}
COUNTRY = frozenset({"country"})

Holders = tuple[frozenset[Role], frozenset[str]]
World = Any  # tests.rights.World: the rows that the addresses name


@dataclass(frozen=True)
class Row:
    """One address and method.

    ``sees``: who knows that the object exists; for all others it does not (404, or ``hidden``).
    ``does``: who of them may do the act; the others are told no (403, or 422 where the choice
    they made is not on offer). Without ``sees`` the address is for everybody.
    """

    name: str
    args: Callable[[World], Iterable] = field(default=lambda world: ())
    post: Callable[[World], dict] | None = None
    sees: tuple[Holders, ...] | None = None
    does: tuple[Holders, ...] | None = None
    hidden: int = 404
    refused: tuple[int, ...] = (403,)
    # Whether an allowed POST writes something with what is sent here.
    writes: bool = True
    needs: str = "sign-in"  # or "nothing": the address is public

    @property
    def label(self) -> str:
        return f"{'POST' if self.post else 'GET'} {self.name}"


def of(name: str) -> Callable[[World], tuple]:
    """The address takes the UUID of a row of the world."""
    return lambda world: (getattr(world, name).uuid,)
