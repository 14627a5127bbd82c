"""Units in the administrators' site, and the import of the classifier there."""

from datetime import date

import pytest

from meetings.enums import Role, UnitKind
from meetings.kato.parse import read_classifier
from meetings.models import Act, Unit
from meetings.services.territory import import_classifier
from meetings.services.units import state_of
from tests.factories import Region, make_unit, make_user
from tests.meetings.admin.unit_cases import IMPORT, UNITS
from tests.meetings.kato.kato_files import SMALL, a_csv, with_row

pytestmark = pytest.mark.django_db

# The list.


def test_the_list_names_what_a_unit_lies_in_with_a_constant_number_of_queries(
    client, chief, land, django_assert_max_num_queries
):
    with django_assert_max_num_queries(14) as few:
        page = client.get(UNITS, {"q": "жайлау", "lang": "kk"})
    with django_assert_max_num_queries(len(few)):
        client.get(UNITS, {"lang": "kk"})

    chain = "Дариян ауылы, Дариян ауылдық округі, Бәйтерек ауданы, Батыс Қазақстан облысы"
    assert chain in page.content.decode()


def test_the_search_folds_letters_and_puts_the_likeliest_first(client, chief, land):
    page = client.get(UNITS, {"q": "бәйтерек"})
    assert [unit.kato for unit in page.context["cl"].result_list] == ["274200000"]

    page = client.get(UNITS, {"q": "орал"})
    assert [unit.kato for unit in page.context["cl"].result_list] == ["271000000", "271010000"]


def test_retired_units_are_shown_when_asked_for(client, chief, land):
    Unit.objects.filter(kato="274230105").update(valid_to=date(2026, 1, 1))

    here = client.get(UNITS).context["cl"].result_list
    gone = client.get(UNITS, {"exists": "no"}).context["cl"].result_list

    assert len(here) == len(SMALL) - 1
    assert [unit.kato for unit in gone] == ["274230105"]


def test_a_region_narrows_the_list(client, chief, land):
    Region(kato="310000000", name="Жамбыл облысы")

    page = client.get(UNITS, {"region": "270000000"})

    assert len(page.context["cl"].result_list) == len(SMALL)


def test_an_administrator_sees_the_own_territory_only(client, regional, land):
    listed = client.get(UNITS).context["cl"].result_list

    assert {unit.kato[:4] for unit in listed} == {"2742"}
    assert client.get(f"{UNITS}{land['271000000'].pk}/change/").status_code == 404
    assert client.get(f"{UNITS}{land['274230000'].pk}/change/").status_code == 200


@pytest.mark.parametrize("role", [None, *(role for role in Role if role != Role.ADMINISTRATOR)])
def test_nobody_else_comes_in(client, role):
    client.force_login(make_user(role))

    for address in (UNITS, IMPORT, f"{UNITS}add/"):
        assert client.get(address).status_code in (302, 403)
        assert client.post(address).status_code in (302, 403)


# One unit.


def edit(client, unit, **fields):
    data = {"exclusion_reason": "", "latitude": "", "longitude": "", "seen": state_of(unit)}
    return client.post(f"{UNITS}{unit.pk}/change/", {**data, **fields})


def test_a_unit_is_excluded_with_a_reason(client, chief, land):
    okrug = land["274230000"]

    assert edit(client, okrug, is_excluded="on").status_code == 422
    page = edit(client, okrug, is_excluded="on", exclusion_reason="Leased")

    assert page.status_code == 302
    okrug.refresh_from_db()
    assert (okrug.is_excluded, okrug.exclusion_reason) == (True, "Leased")
    assert Act.objects.get(verb="unit.change").by == chief


def test_without_the_flag_the_reason_goes(client, chief, land):
    okrug = land["274230000"]

    edit(client, okrug, exclusion_reason="Leased", latitude="51.1", longitude="52.2")

    okrug.refresh_from_db()
    assert (okrug.is_excluded, okrug.exclusion_reason, str(okrug.latitude)) == (
        False, "", "51.10000",
    )  # fmt: skip


BAD = [
    {"is_attached": "on"},
    {"latitude": "51.1"},
    {"latitude": "51.1", "longitude": "152"},
    {"latitude": "91", "longitude": "52"},
    {"latitude": "x", "longitude": "52"},
    {"is_excluded": "on", "exclusion_reason": "x" * 301},
    {"is_excluded": "on", "exclusion_reason": "a\x00b"},
    {"is_excluded": "on", "exclusion_reason": "a\r\nb"},
]


@pytest.mark.parametrize("fields", BAD)
def test_what_cannot_be_is_refused_and_kept_on_the_page(client, chief, land, fields):
    page = edit(client, land["274230000"], **fields)

    assert page.status_code == 422
    assert page.context["errors"]
    assert Unit.objects.filter(is_excluded=True).count() == 0


def test_an_okrug_inside_a_city_may_be_attached(client, chief, land):
    okrug = make_unit(UnitKind.OKRUG, parent=land["271000000"])

    assert edit(client, okrug, is_attached="on").status_code == 302
    okrug.refresh_from_db()
    assert okrug.is_attached


def test_columns_of_the_classifier_are_not_changed_by_hand(client, chief, land):
    okrug = land["274230000"]

    edit(client, okrug, name_kk="Басқа", kind="village", kato="1", path="x", is_own="on")

    okrug.refresh_from_db()
    assert (okrug.name_kk, okrug.kind, okrug.kato, okrug.is_own) == (
        "Дариян ауылдық округі", "okrug", "274230000", False,
    )  # fmt: skip


def test_who_was_slower_sees_what_is_stored_and_may_send_again(client, chief, land):
    okrug = land["274230000"]
    seen = state_of(okrug)
    Unit.objects.filter(pk=okrug.pk).update(is_excluded=True, exclusion_reason="Leased")

    page = edit(client, okrug, is_excluded="on", exclusion_reason="Mine", seen=seen)

    text = page.content.decode()
    assert page.status_code == 409
    assert "Leased" in text
    assert 'value="Mine"' in text
    okrug.refresh_from_db()
    assert okrug.exclusion_reason == "Leased"
    edit(client, okrug, is_excluded="on", exclusion_reason="Mine", seen=state_of(okrug))
    okrug.refresh_from_db()
    assert okrug.exclusion_reason == "Mine"


def test_a_former_code_is_shown(client, chief, land):
    import_classifier(
        read_classifier(a_csv(with_row("274230200", "Жаңа Өмір а.", "с.Жана Омир"))),
        day=date(2026, 9, 18),
    )

    page = client.get(f"{UNITS}{land['274230200'].pk}/change/")

    assert "Озерное ауылы / село Озерное, last day: 17 September 2026" in page.content.decode()


# Units added by hand.


def add(client, parent, **fields):
    data = {"parent": parent.pk, "kind": "microdistrict", "name_kk": "Самал", "name_ru": "Самал"}
    return client.post(f"{UNITS}add/", {**data, "name_en": "", **fields})


def test_a_microdistrict_is_added_under_a_city(client, chief, land):
    assert add(client, land["271000000"]).status_code == 302

    own = Unit.objects.get(kato="271000000-1")
    assert (own.kind, own.is_own, own.parent) == ("microdistrict", True, land["271000000"])
    page = client.get(f"{UNITS}{own.pk}/change/")
    assert 'name="name_kk"' in page.content.decode()


def test_what_is_there_already_is_not_added_again(client, chief, land):
    add(client, land["271000000"])

    page = add(client, land["271000000"])

    assert page.status_code == 422
    assert "already there" in page.content.decode()
    assert Unit.objects.filter(is_own=True).count() == 1


HOSTILE = ["<script>alert(1)</script>", "ә" * 201, "a\x00", "a\nb", "", "   "]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_refused_or_shown_as_text(client, chief, land, name):
    page = add(client, land["271000000"], name_kk=name, name_ru=name)

    if page.status_code == 302:
        listed = client.get(UNITS).content.decode()
        assert "<script>alert" not in listed
        assert "&lt;script&gt;" in listed
    else:
        assert page.status_code == 422
        assert not Unit.objects.filter(is_own=True).exists()


def test_nothing_is_added_beyond_the_own_territory(client, regional, land):
    assert add(client, land["271000000"]).status_code == 422
    assert add(client, land["274230000"]).status_code == 302


def test_nothing_is_deleted(client, chief, land):
    assert client.post(f"{UNITS}{land['274230105'].pk}/delete/", {"post": "yes"}).status_code == 403
    assert Unit.objects.count() == len(SMALL)


# The import.
