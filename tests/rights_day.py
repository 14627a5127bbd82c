"""Who may open and do what with meetings outside the calendar and on the day of a meeting."""

from collections.abc import Callable

from tests.rights_rows import (
    CONCERNED,
    COORDINATOR,
    DISTRICT,
    DRAFTERS,
    STAFF,
    TOUCHING,
    Row,
    World,
    of,
)


def called(world: World) -> dict:
    return {
        "reason": "Тұрғындар талап етті", "host": world.first.kato, "targets": world.okrug.kato,
        "day": "10.12.2026", "starts_at": "15:00", "place_kk": "Клуб", "way": "in_person",
    }  # fmt: skip


def region_code(world: World) -> tuple:
    return (world.here.region.kato,)


def outside(deed: str) -> Callable[[World], tuple]:
    return lambda world: (world.outside.uuid, deed)


def noted(world: World) -> dict:
    return {"note": "6f1c2a5e-0000-4000-8000-000000000001", "kind": "report_start"}


RUN = {"sees": ((STAFF, CONCERNED),), "does": ((DRAFTERS, DISTRICT),)}

DAY = [
    Row("desk_day", of("outside"), **RUN),
    Row("desk_day_open", of("meeting"), post=lambda world: {}, **RUN),
    Row("desk_day_part", of("outside"), **RUN),
    Row("desk_day_note", of("outside"), post=noted, **RUN),
    Row("desk_day_describe", of("outside"),
        post=lambda world: {"version": 1, "limit_percent": "20"}, **RUN),
    Row("desk_call", region_code, sees=((STAFF, TOUCHING),), does=((DRAFTERS, TOUCHING),)),
    Row("desk_call", region_code, post=called, sees=((STAFF, TOUCHING),),
        does=((DRAFTERS, DISTRICT),), refused=(403, 422)),
    Row("desk_meeting", of("outside"), sees=((STAFF, CONCERNED),)),
    Row("desk_meeting_act", outside("announce"),
        post=lambda world: {
            "version": world.outside.version, "starts_at": "15:00", "place_kk": "Клуб",
            "way": "in_person",
        },
        sees=((STAFF, CONCERNED),), does=((DRAFTERS, DISTRICT),)),
    Row("desk_meeting_act", outside("move"),
        post=lambda world: {
            "version": world.outside.version, "day": "27.11.2026", "reason": "Тасқын",
        },
        sees=((STAFF, CONCERNED),), does=((COORDINATOR, DISTRICT),)),
    Row("desk_meeting_act", outside("cancel"),
        post=lambda world: {"version": world.outside.version, "reason": "Тасқын"},
        sees=((STAFF, CONCERNED),), does=((COORDINATOR, DISTRICT),)),
    Row("desk_meeting_act", outside("held"),
        post=lambda world: {"version": world.outside.version, "people": "40"},
        sees=((STAFF, CONCERNED),), does=((DRAFTERS, DISTRICT),)),
]  # fmt: skip
