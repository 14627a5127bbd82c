"""Rows of the table of rights for the requests side: what everybody opens, and what staff do."""

from collections.abc import Callable

from django.utils import timezone

from appeals.enums import QuestionState
from appeals.services.asking import follow_digest
from meetings.enums import Role
from tests.factories_requests import make_question
from tests.rights_rows import ANYWHERE, CONCERNED, Row, World, of

TOKEN = "the-secret-address-of-a-question"
COMMISSION = frozenset({Role.COMMISSION})
READERS = frozenset({Role.COMMISSION, Role.COORDINATOR, Role.DRAFTER, Role.AKIM, Role.OBSERVER})


def make_requests(world: World) -> None:
    """Questions of the okrug, each in a state that some deed begins with."""
    world.question = make_question(world.okrug)
    world.main = make_question(
        world.okrug, state=QuestionState.PUBLISHED, follow_digest=follow_digest(TOKEN)
    )
    world.merged = make_question(world.okrug, state=QuestionState.PUBLISHED, merged_into=world.main)
    world.objected = make_question(
        world.okrug, state=QuestionState.HELD, objected_at=timezone.now(), objection="Келіспеймін"
    )


def act(question: str, deed: str, **sent) -> Row:
    """A deed done to a question of the okrug."""
    return Row(
        "requests_act", lambda world: (getattr(world, question).uuid, deed),
        post=_sent(sent), sees=((READERS, CONCERNED),), does=((COMMISSION, CONCERNED),),
    )  # fmt: skip


def _sent(sent: dict) -> Callable[[World], dict]:
    return lambda world: (
        {"version": 1}
        | {name: value(world) if callable(value) else value for name, value in sent.items()}
    )


REQUESTS = [
    Row("requests_desk", sees=((READERS, ANYWHERE),), hidden=403),
    Row("requests_question", of("question"), sees=((READERS, CONCERNED),)),
    act("question", "publish", text="Жол қашан жөнделеді?"),
    act("question", "hold", reason="insult"),
    act("question", "classify", kind="complaint", topic="water",
        unit=lambda world: world.okrug.kato),
    act("question", "answer", answer="Мамырда жөнделеді."),
    act("question", "merge", into=lambda world: world.main.number),
    act("question", "register", eotinish_number="1", eotinish_received_on="02.11.2026"),
    act("merged", "split"),
    act("objected", "uphold", words="Қорлау сөздері қалды."),
]  # fmt: skip

# Opened by everybody: the address itself holds a secret, or what it shows is public.
PUBLIC_REQUESTS = [
    Row("stop_letters", lambda world: (world.stop_token,), needs="nothing"),
    Row("confirm", lambda world: (world.code.uuid,), needs="nothing"),
    Row("ask", needs="nothing"),
    Row("follow", lambda world: (TOKEN,), needs="nothing"),
    Row("question", of("main"), needs="nothing"),
    Row("support", of("main"), needs="nothing"),
]
# No page to open: forms of other pages' own; the mailbox is the demo's.
SHOWN_ELSEWHERE = {"confirm_again", "mailbox", "follow_object", "demand_follow_object"}
