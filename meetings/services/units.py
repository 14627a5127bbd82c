"""Units that staff add by hand, and settings of any unit. Each write is one transaction."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from meetings.enums import UnitKind
from meetings.errors import Refused, StaleEdit
from meetings.kato.names import derived
from meetings.models import Unit, path_step
from meetings.permissions import Act, may
from meetings.services.log import record
from meetings.services.publishing import refresh_for_units
from meetings.services.territory import lock_territory

OWN_KINDS = (UnitKind.MICRODISTRICT, UnitKind.VILLAGE, UnitKind.SETTLEMENT, UnitKind.PLACE)
SETTINGS = ("is_excluded", "exclusion_reason", "is_attached", "latitude", "longitude")
OWN_FIELDS = ("kind", "name_kk", "name_ru", "name_en", "valid_from", "valid_to")
MOST_OWN = 999


@transaction.atomic
def add_own_unit(unit: Unit, *, by) -> Unit:
    """Add a unit that the classifier does not hold, such as a microdistrict.

    Args:
        unit: unsaved, with its parent, kind and names; its code becomes that of the parent with a
            number («271010000-1»).
    Raises:
        PermissionDenied: the parent lies beyond the user's territory.
        Refused: the parent cannot have such a unit, or has one of this name.
    """
    lock_territory()
    if unit.parent is None:
        raise Refused(_("Choose a unit of the classifier that exists today."), "parent")
    parent = Unit.objects.get(pk=unit.parent.pk)
    if not may(by, Act.ADMINISTER, parent):
        raise PermissionDenied
    require_room(parent, kind=unit.kind, name_kk=unit.name_kk)
    unit.number = (Unit.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    unit.path = parent.path + path_step(unit.number)
    unit.kato = _own_code(parent)
    unit.is_own = True
    _read_off_names(unit)
    unit.save(force_insert=True)
    _record("unit.add", unit, by, kind=unit.kind)
    refresh_for_units([])
    return unit


@transaction.atomic
def change_unit(unit: Unit, *, by, seen: str = "") -> Unit:
    """Keep a unit's settings and, of one added by hand, its names, kind and dates.

    Args:
        unit: with its new values; columns of the classifier are left as they are stored.
        seen: what ``state_of`` gave when the page was opened.
    Raises:
        PermissionDenied: the unit lies beyond the user's territory.
        StaleEdit: somebody changed it meanwhile.
    """
    lock_territory()
    stored = Unit.objects.get(pk=unit.pk)
    if not may(by, Act.ADMINISTER, stored):
        raise PermissionDenied
    if seen and seen != state_of(stored):
        raise StaleEdit(stored)
    fields = [*SETTINGS, *(OWN_FIELDS if stored.is_own else ())]
    changed = sorted(name for name in fields if getattr(stored, name) != getattr(unit, name))
    if not changed:
        return stored
    for name in changed:
        setattr(stored, name, getattr(unit, name))
    if stored.is_own:
        _read_off_names(stored)
    stored.save()
    _record("unit.change", stored, by, fields=changed)
    refresh_for_units([stored])
    return stored


def state_of(unit: Unit) -> str:
    """Give a short text that differs when any field differs that a person may change."""
    return "|".join(str(getattr(unit, name)) for name in (*SETTINGS, *OWN_FIELDS))


def require_room(parent: Unit, *, kind: str, name_kk: str) -> None:
    """Raise Refused when the parent cannot have such a unit, or has one of this name."""
    if kind not in OWN_KINDS:
        raise Refused(_("Units of this kind come from the classifier."), "kind")
    if parent.is_own or parent.valid_to is not None:
        raise Refused(_("Choose a unit of the classifier that exists today."), "parent")
    if parent.children.filter(valid_to=None, name_kk=name_kk, kind=kind).exists():
        raise Refused(_("A unit of this name and kind is already there."), "name_kk")


def _own_code(parent: Unit) -> str:
    taken = Unit.objects.filter(kato__startswith=f"{parent.kato}-").values_list("kato", flat=True)
    number = max((int(code.rsplit("-", 1)[1]) for code in taken), default=0) + 1
    if number > MOST_OWN:
        raise Refused(_("No more units can be added here."), "parent")
    return f"{parent.kato}-{number}"


def _read_off_names(unit: Unit) -> None:
    names = derived(unit.kind, unit.name_kk, unit.name_ru, unit.kato)
    unit.search, unit.sort_kk = names["search"], names["sort_kk"]
    unit.name_en = unit.name_en or names["name_en"]


def _record(verb: str, unit: Unit, by, **detail) -> None:
    region = Unit.objects.above(unit).first()
    record(verb, f"unit:{unit.kato}", by=by, region=region, **detail)
