"""Gives people what is kept of them, and erases it at their request."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from appeals.models import Person
from appeals.my_rows import Pair
from appeals.personal_fields import NOUNS, Noun, units_of
from appeals.services.forgetting import Erasing
from appeals.whose import Whose, of_person
from meetings.models import Letter, Unit
from meetings.permissions import Act, may_at
from meetings.services import log

# More than anybody has; what is beyond it is counted, not listed.
MOST_SHOWN = 1_000


@dataclass(frozen=True, slots=True)
class Kept:
    """The rows of one noun that are somebody's: as pairs, and how many there are."""

    noun: Noun
    rows: list[list[Pair]]
    number: int


def exported(rows: Mapping[Noun, list[int]]) -> list[Kept]:
    """The same for rows that were chosen before: those a member of staff reaches."""
    found = []
    for noun, keys in rows.items():
        if noun.export is not None and keys:
            chosen = noun.model._default_manager.select_related(*noun.joins).order_by("pk")
            shown = [noun.export(row) for row in chosen.filter(pk__in=keys[:MOST_SHOWN])]
            found.append(Kept(noun, shown, len(keys)))
    return found


def kept(whose: Whose) -> list[Kept]:
    """Everything that is kept of somebody, for their own eyes; nouns without a row left out."""
    found = []
    for noun in NOUNS:
        if noun.export is None:
            continue
        rows = noun.rows_of(whose)
        if number := rows.count():
            shown = [noun.export(row) for row in rows[:MOST_SHOWN]]
            found.append(Kept(noun, shown, number))
    return found


def within_reach(whose: Whose, by) -> dict[Noun, list[int]]:
    """The rows that a member of staff may erase, by noun.

    Territories are apart: rows of other places stay, and with them what belongs to the address
    alone (letters, codes).
    """
    is_whole = _reaches_everything(whose, by)
    found: dict[Noun, list[int]] = {}
    for noun in NOUNS:
        if noun.mine is None:
            continue
        if noun.unit:
            found[noun] = _keys_in_reach(noun, whose, by)
        elif noun.model is Person:
            found[noun] = _wholly_reached(_keys(noun, whose), by)
        else:
            found[noun] = _keys(noun, whose) if is_whole else []
    return found


def _reaches_everything(whose: Whose, by) -> bool:
    placed = [noun for noun in NOUNS if noun.mine is not None and noun.unit]
    return all(_keys_in_reach(noun, whose, by) == _keys(noun, whose) for noun in placed)


def _keys_in_reach(noun: Noun, whose: Whose, by) -> list[int]:
    rows = noun.in_reach(noun.rows_of(whose), by, Act.ERASE_PERSON)
    return list(rows.values_list("pk", flat=True))


def _wholly_reached(keys: list[int], by) -> list[int]:
    units = units_of(Person(pk=key) for key in keys)
    return [key for key in keys if _reaches_all(by, units.get(key, []))]


def _reaches_all(by, units: list[Unit]) -> bool:
    return all(may_at(by, Act.ERASE_PERSON, unit.path) for unit in units)


@transaction.atomic
def erase(whose: Whose, *, subject: str, at: datetime | None = None) -> dict[Noun, int]:
    """Erase everything of somebody who asked for it with the code from a letter.

    Args:
        subject: what the log says of it, ``noun:uuid``; never the address.
    Returns:
        How many rows of each noun there were.
    """
    return _erase(lambda noun: _keys(noun, whose), Erasing(at or timezone.now()), subject, None)


@transaction.atomic
def erase_for(person: Person, *, by, at: datetime | None = None) -> dict[Noun, int]:
    """Erase for somebody who came in person: what lies in the territory of the member of staff.

    Raises:
        PermissionDenied: none of the person's requests lies there.
    """
    units = units_of([person]).get(person.pk, [])
    if not any(may_at(by, Act.ERASE_PERSON, unit.path) for unit in units):
        raise PermissionDenied(_("Your role does not erase the data of people of this place."))
    whose = of_person(person)
    rows, is_whole = within_reach(whose, by), _reaches_everything(whose, by)

    def keys_of(noun: Noun) -> list[int]:
        # A letter that the erasure itself has written is not sent either.
        return _keys(noun, whose) if noun.model is Letter and is_whole else rows.get(noun, [])

    region = Unit.objects.above(units[0]).first() or units[0]
    erasing = Erasing(at or timezone.now(), by)
    return _erase(keys_of, erasing, f"person:{person.uuid}", region)


def _keys(noun: Noun, whose: Whose) -> list[int]:
    return list(noun.rows_of(whose).values_list("pk", flat=True))


def _erase(
    keys_of: Callable[[Noun], list[int]], erasing: Erasing, subject: str, region: Unit | None
) -> dict[Noun, int]:
    counted = {}
    for noun in NOUNS:
        if noun.erase is None:
            continue
        keys = keys_of(noun)
        for key in keys:
            if (row := noun.locked(key)) is not None:
                noun.erase(row, erasing)
        counted[noun] = len(keys)
    log.record(
        "person.erase", subject, by=erasing.by, region=region, at=erasing.at,
        **{noun.model._meta.model_name or "": number for noun, number in counted.items()},
    )  # fmt: skip
    return counted
