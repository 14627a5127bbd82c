"""Rows of the table of rights for sittings of the commission."""

from datetime import date

from appeals.enums import SittingState
from appeals.models import Sitting, SittingItem
from meetings.enums import Role
from tests.appeals.sittings import make_sitting
from tests.factories import make_user
from tests.rights_requests import COMMISSION, READERS
from tests.rights_rows import ANYWHERE, DISTRICT, Row, World, of

SEES = ((READERS, DISTRICT),)
DOES = ((COMMISSION, DISTRICT),)


def make_sittings(world: World) -> None:
    """A sitting of the first district that is being prepared, with one item; and a held one."""
    clerk = make_user(Role.COMMISSION, world.first)
    world.sitting = make_sitting(world.first, clerk)
    world.item = SittingItem.objects.create(
        sitting=world.sitting, title_kk="Жол", decision_kk="Жөнделсін."
    )
    world.sitting_held = make_sitting(world.first, clerk, number=2, day=date(2026, 11, 19))
    Sitting.objects.filter(pk=world.sitting_held.pk).update(state=SittingState.HELD)


def act(deed: str, **sent) -> Row:
    return Row(
        "desk_sitting_act", lambda world: (world.sitting.uuid, deed),
        post=lambda world: {"version": 2, "item": str(world.item.uuid)} | sent,
        sees=SEES, does=DOES,
    )  # fmt: skip


PLAN = {"number": "7", "day": "27.11.2026", "starts_at": "10:00", "place_kk": "Клуб"}
SITTINGS = [
    Row("desk_sittings", sees=((READERS, ANYWHERE),), hidden=403),
    Row("desk_sitting_plan", sees=((COMMISSION, ANYWHERE),), hidden=403),
    Row("desk_sitting_plan", post=lambda world: PLAN | {"unit": world.first.kato},
        sees=((COMMISSION, ANYWHERE),), does=((COMMISSION, frozenset({"district"})),), hidden=403,
        refused=(422,)),
    Row("desk_sitting", of("sitting"), sees=SEES),
    Row("desk_sitting_members", of("sitting"), sees=SEES, does=DOES),
    Row("desk_sitting_members", of("sitting"), sees=SEES, does=DOES,
        post=lambda world: {
            "version": 2, "form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 0, "form-0-name": "Болат",
        }),
    Row("desk_sitting_agenda", of("sitting"), sees=SEES, does=DOES),
    Row("desk_sitting_agenda", of("sitting"), sees=SEES, does=DOES,
        post=lambda world: {"version": 2, "question": str(world.question.uuid)}),
    Row("desk_sitting_protocol", lambda world: (world.sitting_held.uuid, "kk", "docx"), sees=SEES),
    act("change", **PLAN),
    act("words", title_kk="Су"),
    act("decide", title_kk="Жол", decision_kk="Қаралсын."),
    act("drop"),
    act("hold"),
]  # fmt: skip
