"""The duties of the whole country, from the classifier in full (domain §2)."""

from collections import Counter

import pytest

from meetings.kato.parse import read_classifier
from meetings.rules import EDITIONS, Reading, Territory, Unit, obligations, windows

# Norm | targets in each round, by the akim's level
ROUNDS = {
    "N1": {"oblast": 209},
    "N2": {"republic_city": 19},
    "N3": {"district": 2236},
    "N4": {"oblast_city": 232, "district_city_admin": 22, "okrug": 5843},
    "N5": {
        "village_admin": 108,
        "settlement_admin": 71,
        "city_district": 23,
        "city_district_admin": 2,
    },
}


@pytest.fixture(scope="module")
def country(shared_data):
    rows = read_classifier((shared_data / "kato.csv").read_bytes()).rows
    return Territory(Unit(row.code, row.kind, row.parent or None, row.body or None) for row in rows)


def _rounds(country, edition, reading):
    duties = obligations(edition, country, 2026, reading=reading)
    each = {norm.id: len(windows(norm.per, 2026, norm.months)) for norm in edition.norms}
    found = Counter((duty.norm.id, str(country.units[duty.host].level)) for duty in duties)
    rounds = {norm_id: {} for norm_id in each}
    for (norm_id, level), count in found.items():
        rounds[norm_id][level] = count / each[norm_id]
    return rounds


@pytest.mark.parametrize("edition", tuple(EDITIONS), ids=lambda edition: edition.id)
def test_the_duties_of_the_country_in_each_round(country, edition):
    assert _rounds(country, edition, Reading.BODIES) == ROUNDS


@pytest.mark.parametrize("edition", tuple(EDITIONS), ids=lambda edition: edition.id)
def test_the_other_reading_of_n3_names_every_village_and_settlement(country, edition):
    expected = {**ROUNDS, "N3": {"district": 7958}}

    assert _rounds(country, edition, Reading.SETTLEMENTS) == expected


def test_the_country_has_2589_posts(country):
    assert sum(unit.carries_post for unit in country) == 2589


def test_a_city_visits_six_districts_though_two_of_them_have_two_rows(country):
    duties = obligations(tuple(EDITIONS)[1], country, 2026)

    levels = Counter(
        str(country.units[duty.target].level)
        for duty in duties
        if duty.norm.id == "N4"
        and country.units[duty.host].level == "oblast_city"
        and duty.window.first.month == 1
    )
    assert levels == {
        "city_district": 4, "city_district_admin": 2, "village": 200, "settlement": 26,
    }  # fmt: skip


def test_only_cities_without_a_named_place_within_owe_nothing_until_staff_add_microdistricts(
    country,
):
    hosts = {duty.host for duty in obligations(tuple(EDITIONS)[1], country, 2026)}

    idle = Counter(
        str(unit.level) for unit in country if unit.carries_post and unit.key not in hosts
    )
    assert idle == {"oblast_city": 8, "district_city": 16, "district_city_admin": 20}
