"""The pool as it is listed: to the public, to the commission, to the organisations."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from appeals.enums import IN_WORK, ProblemState, PromiseState
from appeals.models import Body, Problem, Promise
from appeals.selectors.queue import below
from meetings.models import Unit
from meetings.permissions import Act, reach
from meetings.text import fold

MOST_WORDS = 8
SHELVES = {  # ?state=: label
    "work": _("in work"),
    "new": _("given to nobody yet"),
    "late": _("overdue"),
    "solved": _("solved"),
    "explained": _("explained"),
    "refused": _("refused"),
    "reopened": _("reopened"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of the pool; empty fields ask nothing. ``state`` is one of SHELVES."""

    unit: Unit | None = None
    topic: str = ""
    state: str = ""
    q: str = ""


def public(wanted: Wanted, today: date) -> QuerySet[Problem]:
    """Everybody's list, newest first."""
    return _on_shelf(narrowed(Problem.objects.all(), wanted), wanted.state, today).order_by("-pk")


def at_desk(user, wanted: Wanted, today: date) -> QuerySet[Problem]:
    """The commission's list: the most urgent first."""
    found = _on_shelf(narrowed(reached(user), wanted), wanted.state, today)
    return found.order_by("-priority", "formed_at", "pk")


def counts(found: QuerySet[Problem], today: date) -> dict[str, int]:
    """How many of these problems stand on each shelf, and under ``all``; one query."""
    shelves = {show: Count("pk", filter=on_shelf(show, today)) for show in SHELVES}
    return found.order_by().aggregate(**shelves, all=Count("pk"))


def on_shelf(show: str, today: date) -> Q:
    """The condition of a shelf. Explained, solved and refused are three shelves."""
    return {
        "work": Q(state__in=IN_WORK),
        "new": Q(state=ProblemState.OPEN),
        "late": Q(state__in=IN_WORK, due_on__lt=today),
        "solved": Q(state=ProblemState.SOLVED),
        "explained": Q(state=ProblemState.EXPLAINED),
        "refused": Q(state=ProblemState.REFUSED),
        "reopened": Q(reopened__gt=0),
    }[show]


def _on_shelf(found: QuerySet[Problem], show: str, today: date) -> QuerySet[Problem]:
    return found.filter(on_shelf(show, today)) if show else found


def narrowed(found: QuerySet[Problem], wanted: Wanted) -> QuerySet[Problem]:
    """Those of the place, of the topic, with the words; whatever their state."""
    if wanted.unit is not None:
        found = found.filter(below(wanted.unit.path))
    if wanted.topic:
        found = found.filter(topic=wanted.topic)
    for word in fold(wanted.q).split()[:MOST_WORDS]:
        found = found.filter(Q(search__contains=word) | Q(number=word))
    return found


def reached(user) -> QuerySet[Problem]:
    """What the right to read requests reaches, in the form an index answers."""
    paths = reach(user, Act.READ_REQUESTS)
    if paths is None:
        return Problem.objects.all()
    condition = Q(pk__in=[])
    for path in paths:
        condition |= below(path)
    return Problem.objects.filter(condition)


def open_to(user) -> QuerySet[Problem]:
    """Problems whose page at the desk the user may open: the territory's, and those given to the
    organisations that the user reports for."""
    bodies = Body.objects.of(user).values("pk")
    promised = Promise.objects.filter(body__in=bodies).values("problem")
    return Problem.objects.filter(
        Q(pk__in=reached(user).order_by().values("pk")) | Q(body__in=bodies) | Q(pk__in=promised)
    )


def given_to(bodies) -> QuerySet[Problem]:
    """What the organisations have to solve: what burns first."""
    return Problem.objects.filter(body__in=bodies, state__in=IN_WORK).order_by("due_on", "pk")


def promised_by(bodies) -> QuerySet[Promise]:
    """What the organisations promised and have not answered for: what burns first.

    A promise in an official's words belongs to the organisation that has the problem.
    """
    own = Q(body__in=bodies) | Q(body=None, problem__body__in=bodies)
    return Promise.objects.filter(own, state=PromiseState.OPEN).order_by("due_on", "pk")


def bodies_for(unit: Unit) -> QuerySet[Body]:
    """Organisations that a problem of this place may be given to: its own, the nearest first, and
    those of what it lies in."""
    above = Unit.objects.above(unit).values("pk")
    return Body.objects.active().filter(unit__in=above).order_by("-unit__path", "name_kk")
