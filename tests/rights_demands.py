"""Rows of the table of rights for demands: people of the okrug ask the akim of its district."""

from collections.abc import Callable

from django.utils import timezone

from appeals.enums import DemandState
from appeals.models import DemandRule
from appeals.services.demands import follow_digest
from tests.factories_requests import make_demand, make_person
from tests.rights_requests import COMMISSION, READERS
from tests.rights_rows import (
    ADMINISTRATOR,
    ANYWHERE,
    CONCERNED,
    COUNTRY,
    DISTRICT,
    DRAFTERS,
    Row,
    World,
    of,
)

TOKEN = "the-secret-address-of-a-demand"


def make_demands(world: World) -> None:
    """Demands in each state that some deed begins with."""
    office, village = world.office, world.here.villages[0]
    world.demand = make_demand(
        world.okrug,
        office,
        state=DemandState.WAITING,
        follow_digest=follow_digest(TOKEN),
        person=make_person(),
    )
    world.demand_objected = make_demand(
        world.okrug, office, state=DemandState.HELD, objected_at=timezone.now(), objection="Неге?"
    )
    world.demand_collecting = make_demand(village, office)
    world.demand_reached = make_demand(
        world.here.villages[1], office, state=DemandState.REACHED, voices=3
    )
    world.demand_rule = DemandRule.objects.get_or_create(
        kind="okrug", defaults={"voices": 50, "open_days": 30, "answer_days": 10}
    )[0]


def act(demand: str, deed: str, does, **sent) -> Row:
    return Row(
        "desk_demand_act", lambda world: (getattr(world, demand).uuid, deed),
        post=lambda world: {"version": 1} | sent, sees=((READERS, CONCERNED),), does=does,
    )  # fmt: skip


def a_meeting(demand: str) -> Callable[[World], dict]:
    return lambda world: {
        "version": 1, "reason": "Халықтың талабы", "host": world.first.kato,
        "targets": getattr(world, demand).unit.kato, "day": "14.12.2026", "starts_at": "15:00",
        "place_kk": "Клуб", "way": "in_person",
    }  # fmt: skip


MODERATES, ANSWERS = ((COMMISSION, CONCERNED),), ((DRAFTERS, DISTRICT),)
DEMANDS = [
    Row("desk_demands", sees=((READERS, ANYWHERE),), hidden=403),
    Row("desk_demand_person", of("demand"), post=lambda world: {"purpose": "answer"},
        sees=((READERS, CONCERNED),), does=MODERATES),
    Row("desk_demand", of("demand"), sees=((READERS, CONCERNED),)),
    act("demand", "publish", MODERATES, text="Су құбыры жұмыс істемейді"),
    act("demand", "hold", MODERATES, reason="insult"),
    act("demand_objected", "uphold", MODERATES, words="Қорлау сөздері қалды."),
    act("demand_collecting", "edit", MODERATES, text="Ауыз су жоқ"),
    act("demand_reached", "refuse", ANSWERS, text="Сәуірдегі кездесуде айтылады."),
    Row("desk_demand_meeting", of("demand_reached"), sees=((READERS, CONCERNED),), does=ANSWERS),
    Row("desk_demand_meeting", of("demand_reached"), post=a_meeting("demand_reached"),
        sees=((READERS, CONCERNED),), does=ANSWERS),
    Row("admin:appeals_demandrule_changelist", sees=((ADMINISTRATOR, ANYWHERE),)),
    Row("admin:appeals_demandrule_change", lambda world: (world.demand_rule.pk,),
        sees=((ADMINISTRATOR, ANYWHERE),)),
    Row("admin:appeals_demandrule_change", lambda world: (world.demand_rule.pk,),
        post=lambda world: {"voices": 40, "open_days": 20, "answer_days": 5},
        sees=((ADMINISTRATOR, ANYWHERE),), does=((ADMINISTRATOR, COUNTRY),)),
]  # fmt: skip
PUBLIC_DEMANDS = [
    Row("demand_list", needs="nothing"),
    Row("demand_new", needs="nothing"),
    Row("demand", of("demand_collecting"), needs="nothing"),
    Row("demand_support", of("demand_collecting"), needs="nothing"),
    Row("demand_follow", lambda world: (TOKEN,), needs="nothing"),
]
