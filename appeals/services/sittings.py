"""Sittings of the commission: planned, who sits, held. A held one is changed no more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from appeals.enums import SittingState
from appeals.models import Sitting, SittingMember
from appeals.services.asking import region_of
from meetings.errors import Refused, StaleEdit
from meetings.models import Unit
from meetings.permissions import Act, may
from meetings.services import log

PLAN_FIELDS = ("number", "day", "starts_at", "ends_at", "place_kk", "place_ru")
MOST_MEMBERS = 40
QUORUM = 2  # house rule: one person is no commission


@dataclass(frozen=True, slots=True)
class Member:
    """One of the commission, as the form gives it."""

    name: str
    post_kk: str = ""
    post_ru: str = ""
    is_chair: bool = False
    is_present: bool = True


def next_number_in(unit: Unit, year: int) -> int:
    """Sittings of a unit are numbered one after another, each year from one."""
    same = Sitting.objects.filter(unit=unit, day__year=year)
    return (same.aggregate(last=Max("number"))["last"] or 0) + 1


@transaction.atomic
def plan(unit: Unit, values: Mapping, *, by, at: datetime | None = None) -> Sitting:
    """Plan a sitting; its members are those of the last one of the unit.

    Args:
        values: PLAN_FIELDS.
    Raises:
        PermissionDenied; Refused: hours in no order, a number that is taken.
    """
    at = at or timezone.now()
    if not may(by, Act.HOLD_SITTING, unit):
        raise PermissionDenied(_("Your role does not hold sittings of this commission."))
    Unit.objects.select_for_update().get(pk=unit.pk)  # numbers are given in turn
    _require_sense(unit, values, but=None)
    sitting = Sitting(unit=unit, region=region_of(unit), **_stored(values))
    sitting.save(force_insert=True)
    last = Sitting.objects.filter(unit=unit).exclude(pk=sitting.pk).order_by("-day", "-pk").first()
    if last is not None:
        _seat(sitting, [
            Member(one.name, one.post_kk, one.post_ru, one.is_chair)
            for one in last.members.all()
        ])  # fmt: skip
    record(sitting, "plan", by=by, at=at, day=sitting.day.isoformat(), number=sitting.number)
    return sitting


@transaction.atomic
def change(
    sitting: Sitting, values: Mapping, *, by, version: int, at: datetime | None = None
) -> Sitting:
    """Change number, day, hours or place. Raises PermissionDenied, StaleEdit, Refused."""
    at = at or timezone.now()
    sitting = locked(sitting, by, version)
    _require_sense(sitting.unit, values, but=sitting)
    for name, value in _stored(values).items():
        setattr(sitting, name, value)
    save(sitting)
    record(sitting, "change", by=by, at=at, day=sitting.day.isoformat())
    return sitting


@transaction.atomic
def seat(
    sitting: Sitting, members: Sequence[Member], *, by, version: int, at: datetime | None = None
) -> Sitting:
    """Say who sits, who is in the chair and who came.

    Raises:
        PermissionDenied, StaleEdit; Refused: two chairs, a chair who is absent, too many.
    """
    at = at or timezone.now()
    sitting = locked(sitting, by, version)
    chairs = [one for one in members if one.is_chair]
    if len(chairs) > 1:
        raise Refused(_("Only one person is in the chair."))
    if len(members) > MOST_MEMBERS:
        raise Refused(_("A commission of more than 40 people cannot be entered."))
    sitting.members.all().delete()
    _seat(sitting, members)
    save(sitting)
    record(sitting, "members", by=by, at=at, members=len(members))
    return sitting


@transaction.atomic
def hold(
    sitting: Sitting, *, by, version: int, ends_at: time | None = None, at: datetime | None = None
) -> Sitting:
    """It took place: from now on nothing in it changes, and its protocol can be made.

    Raises:
        PermissionDenied, StaleEdit; Refused: its hour has not come, nobody in the chair, an empty
        agenda, an item without a decision.
    """
    at = at or timezone.now()
    sitting = locked(sitting, by, version)
    now = timezone.localtime(at)
    if (sitting.day, sitting.starts_at) > (now.date(), now.time()):
        raise Refused(_("The sitting has not begun yet. It is recorded as held afterwards."))
    if ends_at is not None:
        _require_order(sitting.starts_at, ends_at)
        sitting.ends_at = ends_at
    _require_people(sitting)
    _require_decisions(sitting)
    sitting.state = SittingState.HELD
    save(sitting)
    record(sitting, "hold", by=by, at=at, items=sitting.items.count())
    return sitting


def locked(sitting: Sitting, by, version: int) -> Sitting:
    """The row, held until the end of the transaction, if the person may change it now."""
    sitting = (
        Sitting.objects.select_for_update(of=("self",))
        .select_related("unit", "region")
        .get(pk=sitting.pk)
    )
    if not may(by, Act.HOLD_SITTING, sitting.unit):
        raise PermissionDenied(_("Your role does not hold sittings of this commission."))
    if sitting.version != version:
        raise StaleEdit(sitting)
    if sitting.state != SittingState.PLANNED:
        raise Refused(_("The sitting took place: what was recorded is not changed any more."))
    return sitting


def save(sitting: Sitting) -> None:
    sitting.version += 1
    sitting.save()


def record(sitting: Sitting, verb: str, *, by, at: datetime, **detail) -> None:
    log.record(
        f"sitting.{verb}", f"sitting:{sitting.uuid}", by=by, region=sitting.region, at=at,
        versions=(sitting.version - 1 or None, sitting.version), **detail,
    )  # fmt: skip


def _stored(values: Mapping) -> dict:
    if strange := set(values) - set(PLAN_FIELDS):
        raise ValueError(f"Not to be set here: {sorted(strange)}")
    return dict(values)


def _require_sense(unit: Unit, values: Mapping, *, but: Sitting | None) -> None:
    _require_order(values["starts_at"], values.get("ends_at"))
    same = Sitting.objects.filter(unit=unit, number=values["number"], day__year=values["day"].year)
    if but is not None:
        same = same.exclude(pk=but.pk)
    if same.exists():
        raise Refused(_("A sitting with this number was in this year already."), "number")


def _require_order(starts_at: time, ends_at: time | None) -> None:
    if ends_at is not None and ends_at <= starts_at:
        raise Refused(_("The sitting ends before it begins. Change one of the hours."), "ends_at")


def _require_people(sitting: Sitting) -> None:
    present = [one for one in sitting.members.all() if one.is_present]
    if not any(one.is_chair for one in present):
        raise Refused(_("Mark who was in the chair, and that the person was present."))
    if len(present) < QUORUM:
        raise Refused(_("One person is no commission: mark the others who were present."))


def _require_decisions(sitting: Sitting) -> None:
    items = list(sitting.items.select_related("problem"))
    if not items:
        raise Refused(_("The agenda is empty: there was nothing to decide."))
    open_ones = [
        number for number, item in enumerate(items, 1) if not item.decision_in("kk").strip()
    ]
    if open_ones:
        named = ", ".join(map(str, open_ones[:20]))
        raise Refused(_("These items have no decision yet: %(items)s.") % {"items": named})
    for item in items:  # what a problem is called later changes no protocol
        if item.problem is not None and not (item.title_kk or item.title_ru):
            item.title_kk, item.title_ru = item.problem.title_kk, item.problem.title_ru
            item.save(update_fields=["title_kk", "title_ru"])


def _seat(sitting: Sitting, members: Sequence[Member]) -> None:
    SittingMember.objects.bulk_create(
        SittingMember(
            sitting=sitting, position=position, name=one.name, post_kk=one.post_kk,
            post_ru=one.post_ru, is_chair=one.is_chair, is_present=one.is_present,
        )
        for position, one in enumerate(members)
    )  # fmt: skip
