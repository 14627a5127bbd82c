"""The kind of a row and the row above it, told by code and marker."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.enums import UnitKind
from meetings.kato.kinds import Unclear, kind_of, parent_of
from meetings.kato.types import Kind

KINDS = [  # domain.md, section 2, question by question
    ("100000000", "область Абай", "oblast"),
    ("710000000", "г.Астана", "republic_city"),
    ("750000000", "г.Алматы", "republic_city"),
    ("790000000", "г.Шымкент", "republic_city"),
    ("711110000", "район Алматы", "city_district"),
    ("751910000", "Турксибский район", "city_district"),
    ("101000000", "Семей Г.А.", "oblast_city"),
    ("102800000", "Семей Г.А", "oblast_city"),
    ("102900000", "Семей Г.А.", "district"),
    ("103200000", "Абайский район", "district"),
    ("101100000", "Абайский район", "district"),
    ("101010000", "г.Семей", "city_proper"),
    ("351011000", "Әлихан Бөкейхан р.а.", "city_district_admin"),
    ("103620000", "Аягоз г.а.", "district_city_admin"),
    ("634820000", "г.а.Алтай", "district_city_admin"),
    ("103230000", "Карааульский с.о.", "okrug"),
    ("103233000", "Кенгирбайбийский с.о", "okrug"),
    ("354833000", "с.о. Мади", "okrug"),
    ("313635000", "Бурылский с.о .", "okrug"),
    ("104445000", "с.о.им.Койгельды Аухадиева", "okrug"),
    ("433639000", "им.Бухарбай батыра с.о.", "okrug"),
    ("111843000", "Карабулакская с.а.", "village_admin"),
    ("396249000", "с.а. Маяк", "village_admin"),
    ("104163000", "Чаганская п.а.", "settlement_admin"),
    ("355230000", "п.а.Нура", "settlement_admin"),
    ("151011100", "район Астана", "city_district"),
    ("103620100", "г.Аягоз", "district_city"),
    ("475220100", "г.Форт-Шевченко", "district_city"),
    ("104163100", "п.Чаган", "settlement"),
    ("103230100", "с.Карааул", "village"),
    ("103235500", "с.Орда", "village"),
    ("154239180", "с. Алия", "village"),
    ("154239190", "с. Алия", "village"),
    ("632400700", "ст.Ульбастрой", "village"),
    ("395431100", "Заречное с.", "village"),
    ("103233127", "с.Жидебай", "place"),
    ("103233170", "с.Жидебай", "place"),
    ("632400503", "Дом Ларионова", "place"),
]

UNCLEAR = [
    ("103230000", "Карааульский", "marker"),
    ("103230000", "Карааульский с", "marker"),
    ("103290000", "Карааульский с.о.", "code"),
    ("103205000", "Карааульский с.о.", "code"),
]

PARENTS = [
    ("100000000", ""),
    ("101000000", "100000000"),
    ("103200000", "100000000"),
    ("711110000", "710000000"),
    ("101010000", "101000000"),
    ("103230000", "103200000"),
    ("103230100", "103230000"),
    ("154825100", "154800000"),  # a city without a row of its administration
    ("103233127", "103233100"),
    ("103233185", "103233100"),
    ("632400503", "632400500"),
]


@pytest.mark.parametrize(("code", "name", "kind"), KINDS)
def test_a_row_has_its_kind(code, name, kind):
    assert kind_of(code, name) == kind


@pytest.mark.parametrize(("code", "name", "reason"), UNCLEAR)
def test_a_row_of_no_kind_is_refused(code, name, reason):
    with pytest.raises(Unclear) as caught:
        kind_of(code, name)

    assert caught.value.args == (reason,)


@pytest.mark.parametrize(("code", "parent"), PARENTS)
def test_a_row_lies_in_the_row_above(code, parent):
    assert parent_of(code, {"103230000", "103233000"}) == parent


@given(st.from_regex("[1-9][0-9]{8}", fullmatch=True), st.text(max_size=40))
def test_every_code_has_a_kind_or_a_reason_and_climbs_to_a_region(code, name):
    with contextlib.suppress(Unclear):
        assert kind_of(code, name) in set(Kind)
    steps = 0
    while code := parent_of(code, ()):
        steps += 1
        assert steps <= 4


def test_kinds_are_those_of_the_site():
    assert {kind.value for kind in UnitKind} == {kind.value for kind in Kind}
