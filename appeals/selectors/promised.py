"""What was promised in a place before a meeting, and what became of it."""

from datetime import datetime, time
from functools import reduce
from operator import or_
from typing import NamedTuple

from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.utils import timezone

from appeals.enums import PromiseState
from appeals.models import Promise
from meetings.models import Meeting, Unit
from meetings.models.unit import subtree

MOST_SHOWN = 8


class Before(NamedTuple):
    """``shown``: the promises that matter most; the counts are of all of them.

    ``explained`` is never part of ``solved``; ``late`` is part of ``open``.
    """

    shown: list[Promise]
    total: int
    solved: int
    explained: int
    refused: int
    open: int
    late: int


def promises_before(meeting: Meeting) -> Before:
    """Promises given in the places that the meeting is for, before its day; three queries."""
    units = list(meeting.targets.order_by("path")) or [meeting.host.unit]
    midnight = timezone.make_aware(datetime.combine(meeting.day, time()))
    return _told(_promised_in(units).filter(made_at__lt=midnight))


def promises_of(unit: Unit) -> Before:
    """Promises given in a place and what lies in it, up to now; two queries."""
    return _told(_promised_in([unit]))


def _promised_in(units: list[Unit]) -> QuerySet[Promise]:
    within = (subtree("problem__unit__path", unit.path) for unit in units)
    return Promise.objects.filter(reduce(or_, within))


def _told(found: QuerySet[Promise]) -> Before:
    today = timezone.localdate()
    late = Q(state=PromiseState.OPEN, due_on__lt=today)
    counts = found.order_by().aggregate(
        total=Count("pk"),
        solved=Count("pk", filter=Q(state=PromiseState.SOLVED)),
        explained=Count("pk", filter=Q(state=PromiseState.EXPLAINED)),
        refused=Count("pk", filter=Q(state=PromiseState.REFUSED)),
        open=Count("pk", filter=Q(state=PromiseState.OPEN)),
        late=Count("pk", filter=late),
    )
    if not counts["total"]:
        return Before([], **counts)
    urgency = Case(
        When(late, then=Value(0)), When(state=PromiseState.OPEN, then=Value(1)), default=Value(2)
    )
    ordered = found.annotate(urgency=urgency).order_by(
        "urgency", F("closed_at").desc(nulls_first=True), "due_on", "pk"
    )
    shown = ordered.select_related("problem__unit", "problem__body", "body", "meeting")
    return Before(list(shown[:MOST_SHOWN]), **counts)
