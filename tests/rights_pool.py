"""Who may open and do what with problems of the pool and promises."""

from django.db import transaction
from django.utils import timezone

from appeals.cleaning import Cleaned
from appeals.enums import ProblemState, QuestionState
from appeals.models import PromiseStep
from appeals.services import files
from tests.appeals.pool_rows import make_body, make_member, make_problem, make_promise
from tests.factories_requests import make_question
from tests.rights_requests import COMMISSION, READERS
from tests.rights_rows import ADMINISTRATOR, ANYWHERE, CONCERNED, DISTRICT, Row, World, of

BODY = frozenset({"body"})


def make_pool(world: World) -> None:
    """A problem of the okrug given to an organisation of its district, one that is solved."""
    world.body = make_body(world.first)
    world.problem = make_problem(
        world.okrug, state=ProblemState.ASSIGNED, body=world.body, number="2026-900001"
    )
    world.solved = make_problem(
        world.okrug, state=ProblemState.SOLVED, body=world.body, number="2026-900002"
    )
    world.promise = make_promise(world.problem)
    with transaction.atomic():
        step = PromiseStep(
            promise=world.promise, text="Қадам", by=make_member(world.body), at=timezone.now()
        )
        files.show(step, Cleaned("image/jpeg", "jpg", b"\xff\xd8 a photo"))
        step.save()
    world.evidence = step
    world.loose = make_question(world.okrug, state=QuestionState.PUBLISHED)
    world.linked = make_question(world.okrug, state=QuestionState.PUBLISHED, problem=world.problem)


def act(name: str, row: str, deed: str, **sent) -> Row:
    """A deed that the commission of the okrug, the district or the region does."""

    def post(world: World) -> dict:
        values = {key: value(world) if callable(value) else value for key, value in sent.items()}
        return {"version": 1, **values}

    return Row(
        name, lambda world: (getattr(world, row).uuid, deed), post=post,
        sees=((READERS, CONCERNED),), does=((COMMISSION, CONCERNED),), refused=(403, 422),
    )  # fmt: skip


def body_of(world: World) -> str:
    return str(world.body.uuid)


WORDS = {"title_kk": "Көпір", "topic": "roads", "risk": "1"}
POOL = [
    Row("problems_desk", sees=((READERS, ANYWHERE),), hidden=403),
    Row("bodies_desk", sees=((BODY, ANYWHERE),), hidden=403),
    Row("desk_problem", of("problem"), sees=((READERS, CONCERNED),)),
    Row("problem_new", of("loose"), sees=((READERS, CONCERNED),),
        does=((COMMISSION, CONCERNED),)),
    Row("problem_new", of("loose"),
        post=lambda world: {"version": 1, "unit": world.okrug.kato, **WORDS},
        sees=((READERS, CONCERNED),), does=((COMMISSION, CONCERNED),)),
    Row("problem_join", of("loose"),
        post=lambda world: {"version": 1, "problem": world.problem.number},
        sees=((READERS, CONCERNED),), does=((COMMISSION, CONCERNED),)),
    act("desk_problem_act", "problem", "assign", body=body_of, term_days="5"),
    act("desk_problem_act", "problem", "promise", what_kk="Шам", body=body_of, term_days="5"),
    act("desk_problem_act", "problem", "add", question=lambda world: world.loose.number),
    act("desk_problem_act", "problem", "drop", question=lambda world: world.linked.number),
    act("desk_problem_act", "problem", "describe", unit=lambda world: world.okrug.kato, **WORDS),
    act("desk_promise_act", "promise", "step", text="Тірек қойылды"),
    act("desk_promise_act", "promise", "close", outcome="solve", words="Ілінді"),
    act("desk_promise_act", "promise", "postpone", term_days="9"),
    Row("admin:appeals_body_changelist", sees=((ADMINISTRATOR, ANYWHERE),)),
    Row("admin:appeals_body_add", sees=((ADMINISTRATOR, ANYWHERE),)),
    Row("admin:appeals_body_change", lambda world: (world.body.pk,),
        sees=((ADMINISTRATOR, DISTRICT),)),
]  # fmt: skip
PUBLIC_POOL = [
    Row("problem_list", needs="nothing"),
    Row("problem", of("problem"), needs="nothing"),
    Row(
        "problem_evidence", lambda world: (world.problem.uuid, world.evidence.uuid), needs="nothing"
    ),
    Row("problem_verdict", of("solved"), needs="nothing"),
]
