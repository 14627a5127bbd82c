"""Demands for meetings as they are read: whom one may ask, what is open, what the desk has."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from appeals.demand_rules import USUAL, Figures
from appeals.enums import OPEN_DEMANDS, DemandState
from appeals.models import Demand, DemandRule
from appeals.selectors.queue import below
from meetings.enums import UnitKind
from meetings.models import Office, Unit

# Their akim, and the one above.
MOST_ADDRESSEES = 2
STATES = {  # ?state= of the public list: label
    "collecting": _("collects voices"),
    "reached": _("waits for the akim’s answer"),
    "overdue": _("the answer is late"),
    "meeting": _("answered with a meeting"),
    "refused": _("answered with a reason"),
    "closed": _("not enough voices"),
}
SHELVES = {  # ?show= of the desk: label
    "answer": _("to be answered"),
    "waiting": _("to be read"),
    "objections": _("objections"),
    "collecting": _("collect voices"),
    "answered": _("with an answer"),
    "closed": _("not enough voices"),
    "held": _("texts held back"),
    "all": _("all"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How many demands of some units stand where."""

    collecting: int
    reached: int
    overdue: int


def people_of(unit: Unit) -> Unit:
    """The unit whose people ask: for a minor object the village or okrug it lies in."""
    while unit.kind == UnitKind.PLACE and unit.parent is not None:
        unit = unit.parent
    return unit


def addressees(unit: Unit, day: date) -> list[Office]:
    """Whose akim the people of a unit may ask: their own, then the one above; one query."""
    paths = [one.path for one in Unit.objects.above(unit)]
    offices = Office.objects.on(day).filter(unit__path__in=paths, unit__valid_to=None)
    return list(offices.select_related("unit").order_by("-unit__path")[:MOST_ADDRESSEES])


def rule_of(unit: Unit) -> Figures:
    """The house figures of the unit's kind, as they are today."""
    row = DemandRule.objects.filter(kind=unit.kind).first()
    if row is None:
        return USUAL[UnitKind(unit.kind)]
    return Figures(row.voices, row.open_days, row.answer_days)


def open_demand(unit: Unit, office: Office) -> Demand | None:
    """The one demand of these people to this akim that takes voices, if any."""
    return Demand.objects.open().filter(unit=unit, office=office).first()


def listed(unit: Unit | None, state: str, today: date) -> QuerySet[Demand]:
    """Published demands: of a unit and what lies in it, in a state; newest first."""
    found = Demand.objects.public()
    if unit is not None:
        found = found.filter(below(unit.path) | Q(office__unit=unit))
    if state == "overdue":
        found = found.overdue(today)
    elif state:
        found = found.filter(state=state)
    return found.order_by("-published_at", "-pk")


def open_of(unit: Unit, most: int) -> list[Demand]:
    """Open demands of the people of a unit, of what lies in it, or to its akim."""
    found = Demand.objects.open().filter(below(unit.path) | Q(office__unit=unit))
    return list(found.select_related("unit", "office__unit").order_by("-voices", "pk")[:most])


def at_desk(user, show: str) -> QuerySet[Demand]:
    """The demands of a shelf that the person's right reaches; what burns first."""
    found = Demand.objects.in_reach(user).filter(on_shelf(show))
    order = {
        "answer": ("due_on", "pk"), "waiting": ("asked_at", "pk"),
        "collecting": ("closes_on", "pk"),
    }  # fmt: skip
    return found.order_by(*order.get(show, ("-asked_at", "-pk")))


def on_shelf(show: str) -> Q:
    """The condition of a shelf of the desk."""
    state = DemandState
    return {
        "answer": Q(state=state.REACHED),
        "waiting": Q(state=state.WAITING),
        "objections": Q(state=state.HELD, objected_at__isnull=False, objection_answer=""),
        "collecting": Q(state=state.COLLECTING),
        "answered": Q(state__in=(state.MEETING, state.REFUSED)),
        "closed": Q(state=state.CLOSED),
        "held": Q(state=state.HELD),
        "all": ~Q(state=state.UNCONFIRMED),
    }[show]


def counts(user, today: date) -> dict[str, int]:
    """How many lie on each shelf; ``late``: answers that are owed and late. One query."""
    shelves = {
        show: Count("pk", filter=on_shelf(show)) for show in SHELVES if show != "all"
    }  # fmt: skip
    late = Count("pk", filter=Q(state=DemandState.REACHED, due_on__lt=today))
    return Demand.objects.in_reach(user).order_by().aggregate(**shelves, late=late)


def standing(unit: Unit | None, today: date) -> Standing:
    """How many demands collect voices, wait for an answer, and wait too long; one query."""
    found = Demand.objects.filter(state__in=OPEN_DEMANDS)
    if unit is not None:
        found = found.filter(below(unit.path) | Q(office__unit=unit))
    reached = Q(state=DemandState.REACHED)
    return Standing(
        **found.aggregate(
            collecting=Count("pk", filter=Q(state=DemandState.COLLECTING)),
            reached=Count("pk", filter=reached),
            overdue=Count("pk", filter=reached & Q(due_on__lt=today)),
        )
    )
