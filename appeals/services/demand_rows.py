"""How every act on a demand begins and ends: the row locked, its rights and version asked; the
state, the trace and the log written."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from appeals.demand_steps import RULES, Deed
from appeals.enums import DemandState as State
from appeals.models import Demand, DemandMove
from meetings.errors import Refused, StaleEdit
from meetings.permissions import Act, may
from meetings.services import log
from meetings.services.publishing import raise_public


def row(demand: Demand) -> Demand:
    """The demand as it is now, held until the transaction ends."""
    rows = Demand.objects.select_for_update(of=("self",))
    return rows.select_related("unit", "region", "office__unit", "person").get(pk=demand.pk)


def locked(demand: Demand, deed: Deed, by, version: int) -> Demand:
    """The demand, held, if the person may do the deed to it as it stands.

    Raises:
        PermissionDenied, StaleEdit; Refused: the deed does not fit its state.
    """
    rule, demand = RULES[deed], row(demand)
    # The commission is that of the place; the answer is given by the office that is asked.
    where = demand.office.unit if rule.act == Act.ANSWER_DEMAND else demand.unit
    if rule.act is None or not may(by, rule.act, where):
        raise PermissionDenied(_("Your role does not do this to the demands of this place."))
    if demand.version != version:
        raise StaleEdit(demand)
    require_fits(demand, deed)
    return demand


def require_fits(demand: Demand, deed: Deed) -> None:
    if demand.state not in RULES[deed].sources:
        raise Refused(_("This cannot be done to the demand as it stands now."))


def move(demand: Demand, deed: Deed, *, by, at: datetime, note: str = "") -> None:
    """Store the demand after a deed with its trace; the public pages follow."""
    before = State(demand.state)
    demand.state = RULES[deed].target or before
    demand.version += 1
    demand.save()
    DemandMove.objects.create(
        demand=demand, deed=deed, from_state=before, to_state=demand.state, by=by, at=at, note=note
    )
    log.record(
        f"demand.{deed}", f"demand:{demand.uuid}", by=by, region=demand.region, at=at,
        versions=(demand.version - 1, demand.version),
    )  # fmt: skip
    raise_public("appeals")
