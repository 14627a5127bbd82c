"""Writes the demo's territory, posts, people and roles. Whatever is there already stays."""

from datetime import date

from meetings.demo.people import HELD_SINCE, SIGN_INS, holder
from meetings.demo.signins import password
from meetings.demo.territory import REGIONS, WITH_AKIM, WITH_MASLIKHAT, Place
from meetings.enums import UnitKind
from meetings.kato.names import derived
from meetings.models import Assignment, Maslikhat, Office, Tenure, Unit, User, path_step
from meetings.services.territory import lock_territory

# Where the centre of a region or a town lies: for the map link of a phone's calendar.
COORDINATES = {
    "271010000": ("51.24601", "51.42558"),
    "273620100": ("51.16810", "52.99782"),
    "274430100": ("51.19801", "50.85291"),
    "750000000": ("43.25249", "76.91150"),
}


def write_territory() -> list[Unit]:
    """The demo's units, posts and maslikhats; gives its regions."""
    lock_territory()
    number = Unit.objects.order_by("-number").values_list("number", flat=True).first() or 0
    for place in REGIONS:
        number = _write(place, None, number)
    return [Unit.objects.get(kato=place.kato, valid_to=None) for place in REGIONS]


def _write(place: Place, parent: Unit | None, number: int) -> int:
    unit = Unit.objects.filter(kato=place.kato, valid_to=None).first()
    if unit is None:
        number += 1
        unit = _create(place, parent, number)
    if place.kind in WITH_AKIM and not place.is_twin:
        Office.objects.get_or_create(unit=unit)
    if place.kind in WITH_MASLIKHAT:
        Maslikhat.objects.get_or_create(unit=unit)
    for inner in place.inside:
        number = _write(inner, unit, number)
    return number


def _create(place: Place, parent: Unit | None, number: int) -> Unit:
    latitude, longitude = COORDINATES.get(place.kato, (None, None))
    return Unit.objects.create(
        number=number, path=(parent.path if parent else "") + path_step(number), parent=parent,
        body=parent if place.is_twin else None, kato=place.kato, kind=place.kind,
        name_kk=place.kk, name_ru=place.ru, latitude=latitude, longitude=longitude,
        is_own=place.kind == UnitKind.MICRODISTRICT,
        **derived(place.kind, place.kk, place.ru, place.kato),
    )  # fmt: skip


def write_tenures() -> None:
    """An invented akim in every post that nobody holds, in a fixed order."""
    posts = Office.objects.filter(tenures__isnull=True).order_by("unit__kato")
    Tenure.objects.bulk_create(
        (
            Tenure(office=office, name_kk=kk, name_ru=ru, since=date(2023, 11, 6))
            for number, office in enumerate(posts)
            for kk, ru in [holder(number)]
        ),
        batch_size=1000,
    )


def write_people() -> None:
    """The demo users with their roles; all share the password of this installation."""
    units = {
        unit.kato: unit
        for unit in Unit.objects.filter(kato__in=[one.unit for one in SIGN_INS], valid_to=None)
    }
    word = password()
    for one in SIGN_INS:
        if one.unit and one.unit not in units:
            continue
        user = User.objects.filter(email=one.email).first() or User.objects.create_user(
            one.email, word, name=one.name, language=one.language
        )
        Assignment.objects.get_or_create(
            user=user, role=one.role, unit=units.get(one.unit or ""),
            defaults={"starts_on": HELD_SINCE},
        )  # fmt: skip
