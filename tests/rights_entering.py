"""Rows of the table of rights for entering what came another way."""

from meetings.enums import Role
from tests.rights_rows import ANYWHERE, CONCERNED, Row, World

CLERKS = frozenset({Role.COMMISSION, Role.COORDINATOR, Role.DRAFTER, Role.RECEPTION})


def an_entry(world: World) -> dict:
    return {
        "text": "Жол қашан жөнделеді?", "unit": world.okrug.kato, "topic": "roads",
        "kind": "inquiry", "channel": "paper", "language": "kk",
    }  # fmt: skip


ENTERING = [
    Row("requests_enter", sees=((CLERKS, ANYWHERE),), hidden=403),
    Row("requests_enter", post=an_entry, sees=((CLERKS, ANYWHERE),), hidden=403,
        does=((CLERKS, CONCERNED),), refused=(422,)),
    Row("requests_enter_sheet", sees=((CLERKS, ANYWHERE),), hidden=403),
    Row("requests_enter_template", sees=((CLERKS, ANYWHERE),), hidden=403),
]  # fmt: skip
# A table is found by whoever sent it alone: tests/appeals/test_entering.py.
FOUND_BY_ITS_SENDER = {"requests_enter_shown"}
