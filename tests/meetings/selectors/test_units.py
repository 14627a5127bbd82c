"""Units as people look for them."""

import pytest
from django.utils import translation

from meetings.enums import UnitKind
from meetings.kato.names import derived
from meetings.models import Unit
from meetings.selectors.units import find_units, with_chains
from tests.factories import make_unit

pytestmark = pytest.mark.django_db


def a_unit(kind, kk, ru, *, parent=None, kato=None, **fields):
    unit = make_unit(kind, parent=parent, kato=kato, name_kk=kk, name_ru=ru, **fields)
    Unit.objects.filter(pk=unit.pk).update(**derived(kind, kk, ru, unit.kato))
    unit.refresh_from_db()
    return unit


@pytest.fixture
def land():
    """Aqtobe oblast with its city in two rows, a district, an okrug and villages."""
    land = {}
    land["oblast"] = a_unit("oblast", "Ақтөбе облысы", "Актюбинская область", kato="150000000")
    oblast = land["oblast"]
    land["city"] = a_unit("oblast_city", "Ақтөбе қаласы", "город Актобе", parent=oblast)
    land["proper"] = a_unit(
        "city_proper", "Ақтөбе қаласы", "город Актобе", parent=land["city"], body=land["city"]
    )
    land["district"] = a_unit("district", "Әйтеке би ауданы", "Айтекебийский район", parent=oblast)
    land["okrug"] = a_unit(
        "okrug", "Ақтөбе ауылдық округі", "Актюбинский сельский округ", parent=land["district"]
    )
    land["village"] = a_unit("village", "Ақтөбе ауылы", "село Актобе", parent=land["okrug"])
    land["other"] = a_unit("village", "Жаңаақтөбе ауылы", "село Жанаактобе", parent=land["okrug"])
    land["gone"] = a_unit(
        "village", "Ақтөбе ауылы", "село Актобе", parent=land["okrug"], valid_to="2025-01-01"
    )
    return land


def found(text, **asked):
    return [one.unit for one in find_units(text, **asked)]


@pytest.mark.parametrize("text", ["Ақтөбе", "актобе", "АКТОБЕ", "aqtobe", " Ақтөбе  "])
def test_every_spelling_finds_the_place_larger_units_first(land, text):
    assert found(text) == [
        land["oblast"], land["city"], land["okrug"], land["village"], land["other"]
    ]  # fmt: skip


SEARCHES = [
    ("село актобе", ["village", "other"]),
    ("ауылы ақтө", ["village", "other"]),
    ("айтеке", ["district"]),
    ("150000000", ["oblast"]),
    ("жанаак", ["other"]),
    ("нет такого", []),
    ("%", []),
    ("_", []),
    ("|", []),
    ("", []),
    ("  ", []),
]


@pytest.mark.parametrize(("text", "names"), SEARCHES)
def test_every_word_must_be_there(land, text, names):
    assert found(text) == [land[name] for name in names]


def test_kinds_and_territory_narrow_the_search(land):
    assert found("актобе", kinds=[UnitKind.VILLAGE]) == [land["village"], land["other"]]
    assert found("актобе", within=land["district"]) == [
        land["okrug"], land["village"], land["other"],
    ]  # fmt: skip
    assert found("актобе", among=Unit.objects.filter(kind="oblast_city")) == [land["city"]]
    assert found("актобе", limit=2) == [land["oblast"], land["city"]]


def test_a_name_that_is_the_word_comes_before_one_that_begins_with_it(land):
    longer = a_unit("okrug", "Жаңа округі", "Жаналыкский", parent=land["district"])
    exact = a_unit("village", "Жаңа ауылы", "село Жана", parent=land["okrug"])

    assert found("жана")[:2] == [exact, longer]


def test_a_name_is_shown_with_what_the_unit_lies_in(land):
    [one] = find_units("село жанаактобе")

    assert one.label == "Жаңаақтөбе ауылы, Ақтөбе ауылдық округі, Әйтеке би ауданы, Ақтөбе облысы"
    with translation.override("ru"):
        [one] = find_units("село жанаактобе")
        assert one.chain == (
            "Актюбинский сельский округ", "Айтекебийский район", "Актюбинская область",
        )  # fmt: skip


def test_the_two_rows_of_a_body_are_named_once(land):
    square = a_unit("place", "Алаң", "площадь", parent=land["proper"])

    [inner, place] = with_chains([land["proper"], square])

    assert inner.chain == ("Ақтөбе облысы",)
    assert place.chain == ("Ақтөбе қаласы", "Ақтөбе облысы")


def test_a_search_takes_two_queries(land, django_assert_num_queries):
    for text in ("актобе", "жанаактобе"):
        with django_assert_num_queries(2):
            find_units(text)


def test_a_very_long_text_is_cut(land):
    assert find_units("актобе " * 5000) != []
    assert find_units("ж" * 10_000) == []
