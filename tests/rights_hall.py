"""Who may open and do what in the hall of a meeting."""

from collections.abc import Callable

from appeals.enums import HallSource, HallState
from appeals.models import HallItem
from appeals.services.hall import add_item
from meetings.models import MeetingDay
from tests.rights_rows import CONCERNED, DISTRICT, DRAFTERS, STAFF, Row, World

NOTE = "6f1c2a5e-0000-4000-8000-000000000002"


def make_hall(world: World) -> None:
    """Texts from phones, each in a state that some deed begins with."""
    day = MeetingDay.objects.get(meeting=world.outside)
    world.hall = {
        state: add_item(day, HallSource.PHONE, state=state, text="Су?", came_at=day.opened_at)
        for state in (HallState.UNREAD, HallState.WAITING, HallState.CALLED)
    }


def code(world: World) -> tuple:
    return (MeetingDay.objects.get(meeting=world.outside).code,)


def item(state: HallState, deed: str) -> Callable[[World], tuple]:
    def args(world: World) -> tuple:
        found: HallItem = world.hall[state]
        return (world.outside.uuid, found.uuid, deed)

    return args


def act(deed: str, state: HallState = HallState.WAITING, **sent) -> Row:
    return Row(
        "hall_act", item(state, deed), post=lambda world: {"note": NOTE, "version": 1, **sent},
        sees=((STAFF, CONCERNED),), does=((DRAFTERS, DISTRICT),),
    )  # fmt: skip


HALL = [
    Row("hall_enter", lambda world: (world.outside.uuid,),
        post=lambda world: {"note": NOTE, "source": "hand"},
        sees=((STAFF, CONCERNED),), does=((DRAFTERS, DISTRICT),)),
    act("show", HallState.UNREAD, text="Су?"),
    act("hold", HallState.UNREAD, reason="insult"),
    act("call"),
    act("forward"),
    act("gone"),
    act("back", HallState.CALLED),
    act("outcome", outcome="answered", answer="Ертең."),
]  # fmt: skip

PUBLIC_HALL = [
    Row("hall_entrance", needs="nothing"),
    Row("hall_short", code, needs="nothing"),
    Row("hall", code, needs="nothing"),
    Row("hall_ask", code, needs="nothing"),
    Row("hall_screen", code, needs="nothing"),
    Row("hall_poster", code, needs="nothing"),
    Row("hall_support", lambda world: (*code(world), world.meeting.uuid), needs="nothing"),
]
