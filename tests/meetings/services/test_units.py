"""Units that staff add by hand, and settings of any unit."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from meetings.enums import Role, UnitKind
from meetings.errors import Refused, StaleEdit
from meetings.models import Act, Unit
from meetings.services import units
from meetings.services.units import add_own_unit, change_unit, state_of
from tests.factories import Region, make_unit, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def land():
    return Region()


@pytest.fixture
def administrator(land):
    return make_user(Role.ADMINISTRATOR, land.region)


@pytest.fixture
def city(land):
    return make_unit(UnitKind.OBLAST_CITY, "Орал қаласы", parent=land.region, kato="271000000")


def a_quarter(parent, name="Самал шағын ауданы", **fields) -> Unit:
    return Unit(
        parent=parent, kind=fields.pop("kind", "microdistrict"), name_kk=name,
        name_ru="микрорайон Самал", **fields,
    )  # fmt: skip


def test_a_microdistrict_gets_a_code_a_place_in_the_tree_and_its_english_name(city, administrator):
    first = add_own_unit(a_quarter(city), by=administrator)
    second = add_own_unit(a_quarter(city, "Алмалы шағын ауданы"), by=administrator)

    assert (first.kato, second.kato) == ("271000000-1", "271000000-2")
    assert first.path[:-5] == city.path
    assert first.is_own
    assert first.name_en == "Samal microdistrict"
    assert "|самал|" in first.search
    assert Act.objects.filter(verb="unit.add", subject="unit:271000000-1").exists()


REFUSED = [
    ({"kind": "district"}, "kind"),
    ({"kind": "okrug"}, "kind"),
    ({"name": "Самал шағын ауданы"}, "name_kk"),
]


@pytest.mark.parametrize(("fields", "field"), REFUSED)
def test_what_cannot_be_added_is_refused(city, administrator, fields, field):
    add_own_unit(a_quarter(city), by=administrator)

    with pytest.raises(Refused) as caught:
        add_own_unit(a_quarter(city, **{"name": "Басқа", **fields}), by=administrator)

    assert caught.value.field == field


def test_nothing_is_added_to_a_unit_that_is_gone_or_was_added_by_hand(city, administrator):
    own = add_own_unit(a_quarter(city), by=administrator)
    gone = make_unit("okrug", parent=city, valid_to=date(2025, 1, 1))

    for parent in (own, gone, None):
        with pytest.raises(Refused) as caught:
            add_own_unit(a_quarter(parent, "Басқа"), by=administrator)
        assert caught.value.field == "parent"


def test_codes_of_units_added_by_hand_are_never_given_twice_and_end(city, administrator):
    make_unit("microdistrict", parent=city, kato="271000000-7", valid_to=date(2025, 1, 1))
    assert add_own_unit(a_quarter(city), by=administrator).kato == "271000000-8"

    make_unit("microdistrict", parent=city, kato="271000000-999")
    with pytest.raises(Refused):
        add_own_unit(a_quarter(city, "Басқа"), by=administrator)


def test_another_territory_is_forbidden(city, administrator):
    other = Region(kato="310000000", name="Жамбыл облысы")

    with pytest.raises(PermissionDenied):
        add_own_unit(a_quarter(other.okrug), by=administrator)
    with pytest.raises(PermissionDenied):
        change_unit(other.okrug, by=administrator)


def test_a_setting_is_kept_with_an_act(land, administrator):
    okrug = land.okrug
    okrug.is_excluded, okrug.exclusion_reason = True, "leased"
    okrug.name_kk = "Басқа"  # of the classifier: not to be changed by hand

    change_unit(okrug, by=administrator)

    stored = Unit.objects.get(pk=okrug.pk)
    assert (stored.is_excluded, stored.exclusion_reason) == (True, "leased")
    assert stored.name_kk == "Дариян ауылдық округі"
    act = Act.objects.get(verb="unit.change")
    assert act.detail == {"fields": ["exclusion_reason", "is_excluded"]}
    assert act.region == land.region


def test_a_unit_added_by_hand_may_be_renamed_and_ended(city, administrator):
    own = add_own_unit(a_quarter(city), by=administrator)
    own.name_kk, own.name_en, own.valid_to = "Жаңа Самал шағын ауданы", "", date(2026, 12, 31)

    stored = change_unit(own, by=administrator)

    assert stored.name_en == "Zhanga Samal microdistrict"
    assert stored.search.startswith("|жана самал|")
    assert stored.valid_to == date(2026, 12, 31)


def test_a_change_of_nothing_is_no_act(land, administrator):
    change_unit(land.okrug, by=administrator)

    assert not Act.objects.exists()


def test_who_was_slower_is_told(land, administrator):
    seen = state_of(land.okrug)
    Unit.objects.filter(pk=land.okrug.pk).update(is_excluded=True, exclusion_reason="leased")
    land.okrug.latitude, land.okrug.longitude = 51, 52

    with pytest.raises(StaleEdit):
        change_unit(land.okrug, by=administrator, seen=seen)


def test_feeds_follow_a_changed_unit(land, administrator, monkeypatch):
    told = []
    monkeypatch.setattr(units, "refresh_for_units", lambda changed: told.extend(changed))
    land.okrug.is_excluded, land.okrug.exclusion_reason = True, "leased"

    change_unit(land.okrug, by=administrator)

    assert told == [land.okrug]
