"""Writes about posts, who holds them, and maslikhats. Each is one transaction."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from meetings.models import Maslikhat, Office, Tenure, Unit
from meetings.permissions import Act, may
from meetings.services import log


@transaction.atomic
def keep_body(body: Office | Maslikhat, *, by) -> Office | Maslikhat:
    """Keep the post of an akim or a maslikhat, with the days it exists."""
    _require(by, body.unit)
    kind = "office" if isinstance(body, Office) else "maslikhat"
    verb = "add" if body._state.adding else "change"
    body.save()
    _record(f"{kind}.{verb}", body.unit, by)
    return body


@transaction.atomic
def keep_tenure(tenure: Tenure, *, by) -> Tenure:
    """Keep who holds a post, and from when to when."""
    unit = tenure.office.unit
    _require(by, unit)
    verb = "add" if tenure._state.adding else "change"
    tenure.save()
    _record(f"tenure.{verb}", unit, by, since=tenure.since.isoformat())
    return tenure


@transaction.atomic
def drop_tenure(tenure: Tenure, *, by) -> None:
    """Take out a tenure that was entered by mistake."""
    unit = tenure.office.unit
    _require(by, unit)
    since = tenure.since.isoformat()
    tenure.delete()
    _record("tenure.drop", unit, by, since=since)


def _require(by, unit: Unit) -> None:
    if not may(by, Act.ADMINISTER, unit):
        raise PermissionDenied


def _record(verb: str, unit: Unit, by, **detail) -> None:
    region = Unit.objects.above(unit).first()
    log.record(verb, f"unit:{unit.kato}", by=by, region=region, **detail)
