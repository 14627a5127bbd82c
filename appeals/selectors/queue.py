"""The commission's queue: what waits, what is objected to, what is late, and how many."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from appeals.enums import QuestionState as State
from appeals.models import Question
from meetings.models import Unit
from meetings.models.unit import STEP_WIDTH, subtree
from meetings.permissions import Act, reach
from meetings.text import fold

# Nobody reads further than that: beyond it a count only says «more than».
MOST_COUNTED = 1_000
SEARCHED = 10_000
MOST_WORDS = 8
SHELVES = {  # ?show=: label
    "waiting": _("to be read"),
    "objections": _("objections"),
    "unanswered": _("published, without an answer"),
    "late": _("late"),
    "held": _("texts held back"),
    "answered": _("with an answer"),
    "all": _("all"),
}

# Whose number is always told; of all there are nobody asks but who looks at them.
TOLD = tuple(show for show in SHELVES if show != "all")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of the queue; empty fields ask nothing."""

    show: str = "waiting"
    unit: Unit | None = None
    topic: str = ""
    channel: str = ""
    q: str = ""


def queue(user, wanted: Wanted, today: date) -> QuerySet[Question]:
    """The questions of a shelf that the user's right to read requests reaches.

    What waits is in the order of coming; everything else newest first. A number finds its question
    alone; words are looked for among the first ``SEARCHED`` of the shelf.
    """
    reached = _reached(user)
    if wanted.q and (one := _numbered(reached, wanted.q)):
        return reached.filter(pk=one)
    found = _narrowed(reached, wanted).filter(on_shelf(wanted.show, today))
    order = ("asked_at", "pk") if wanted.show in ("waiting", "late") else ("-asked_at", "-pk")
    if words := fold(wanted.q).split()[:MOST_WORDS]:
        first = found.order_by(*order).values("pk")[:SEARCHED]
        found = Question.objects.filter(pk__in=first)
        for word in words:
            found = found.filter(search__contains=word)
    return found.order_by(*order)


def page_of(found: QuerySet[Question], first: int, last: int) -> list[Question]:
    """A part of a shelf: keys by the index alone, then only their rows; two queries."""
    keys = list(found.values_list("pk", flat=True)[first:last])
    rows = Question.objects.defer("features", "search").select_related("unit", "meeting")
    shown = rows.in_bulk(keys)
    return [shown[key] for key in keys]


def count_of(found: QuerySet[Question]) -> int:
    """At most one more than MOST_COUNTED."""
    return found.order_by()[: MOST_COUNTED + 1].count()


def counts(user, wanted: Wanted, today: date) -> dict[str, int]:
    """How many lie on each shelf, at most one more than MOST_COUNTED; one query a shelf.

    With words or a channel only the shelf that is shown is counted: for them each would be read.
    """
    if wanted.q or wanted.channel:
        return {wanted.show: count_of(queue(user, wanted, today))}
    found = _narrowed(_reached(user), wanted)
    return {
        show: count_of(found.filter(on_shelf(show, today)))
        for show in SHELVES
        if show in (wanted.show, *TOLD)
    }


def on_shelf(show: str, today: date) -> Q:
    """The condition of a shelf."""
    published = Q(state=State.PUBLISHED, merged_into=None)
    return {
        "waiting": Q(state=State.WAITING, merged_into=None),
        "objections": Q(state=State.HELD, objected_at__isnull=False, objection_answer=""),
        "unanswered": published & Q(answered_at=None),
        "late": Q(
            state__in=(State.WAITING, State.PUBLISHED), merged_into=None, answered_at=None,
            asked_at__isnull=False, due_on__lt=today,
        ),
        "held": Q(state=State.HELD),
        "answered": published & Q(answered_at__isnull=False),
        "all": Q(asked_at__isnull=False),
    }[show]  # fmt: skip


def _reached(user) -> QuerySet[Question]:
    paths = reach(user, Act.READ_REQUESTS)
    if paths is None:
        return Question.objects.all()
    condition = Q(pk__in=[])
    for path in paths:
        condition |= below(path)
    return Question.objects.filter(condition)


def below(path: str) -> Q:
    """Questions of the unit at this path and of what lies in it, in the form an index answers."""
    if len(path) == STEP_WIDTH:
        # One value, not a join: PostgreSQL would sort all of a region to read its newest.
        return Q(region=Subquery(Unit.objects.filter(path=path).values("pk")[:1]))
    return Q(unit__in=Unit.objects.filter(subtree("path", path)))


def _narrowed(found: QuerySet[Question], wanted: Wanted) -> QuerySet[Question]:
    if wanted.unit is not None:
        found = found.filter(below(wanted.unit.path))
    if wanted.topic:
        found = found.filter(topic=wanted.topic)
    if wanted.channel:
        # Whatever has a channel has come; said in words, the index of channels answers.
        found = found.filter(channel=wanted.channel, asked_at__isnull=False)
    return found


def _numbered(reached: QuerySet[Question], number: str) -> int | None:
    return reached.filter(number=number.strip()).values_list("pk", flat=True).first()
