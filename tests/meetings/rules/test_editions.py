"""The two editions, cell by cell as domain §1.1 has them, and the register that finds them."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.rules import editions as real
from meetings.rules import phrases
from meetings.rules.editions import EDITIONS, Editions, discover, edition_of_year, edition_on
from meetings.rules.errors import NoEdition
from meetings.rules.types import Level, MaslikhatPart, Period, Places, Reading
from tests.meetings.rules import acts_of_2016

# Norm | at least, per: edition of 2022 | at least, per: from 2024 | visiting | confirmed in 2024
NORMS = [
    ("N1", (1, Period.HALF_YEAR), (1, Period.YEAR), True, True),
    ("N2", (1, Period.QUARTER), (1, Period.YEAR), True, True),
    ("N3", (1, Period.QUARTER), (1, Period.HALF_YEAR), True, True),
    ("N4", (1, Period.QUARTER), (1, Period.HALF_YEAR), True, True),
    ("N5", (1, Period.QUARTER), (1, Period.QUARTER), False, False),
]
# Norm | akim of | levels of his targets, or None for his own territory
PLACES = [
    ("N1", {"oblast"}, {"district", "oblast_city"}),
    ("N2", {"republic_city"}, {"city_district", "city_district_admin"}),
    (
        "N3",
        {"district"},
        {"okrug", "village_admin", "settlement_admin", "district_city", "district_city_admin",
         "village", "settlement"},
    ),
    (
        "N4",
        {"oblast_city", "district_city", "district_city_admin", "okrug"},
        {"city_district", "city_district_admin", "microdistrict", "village", "settlement"},
    ),
    (
        "N5",
        {"village_admin", "village", "settlement_admin", "settlement", "city_district",
         "city_district_admin"},
        None,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("norm_id", "first", "amended", "visiting", "confirmed"), NORMS)
def test_each_norm_asks_what_the_table_of_the_decree_says(
    norm_id, first, amended, visiting, confirmed
):
    old, new = (EDITIONS.get(name).norm(norm_id) for name in ("2022-03-03", "2023-11-20"))

    assert (old.at_least, old.per) == first
    assert (new.at_least, new.per) == amended
    assert (old.visiting, new.visiting) == (visiting, visiting)
    assert (old.confirmed, new.confirmed) == (True, confirmed)
    assert (old.months, new.months) == (None, None)


@pytest.mark.parametrize("edition", tuple(EDITIONS), ids=lambda edition: edition.id)
@pytest.mark.parametrize(("norm_id", "hosts", "targets"), PLACES)
def test_each_norm_names_its_akims_and_their_places(edition, norm_id, hosts, targets):
    norm = edition.norm(norm_id)

    assert norm.hosts == hosts
    assert norm.places.own is (targets is None)
    assert norm.places.levels == (targets or set())


@pytest.mark.parametrize("edition", tuple(EDITIONS), ids=lambda edition: edition.id)
def test_only_n3_is_read_in_two_ways_and_bodies_are_the_default(edition):
    bodies, settlements = (edition.norm("N3").places_by(reading) for reading in Reading)

    assert bodies == edition.norm("N3").places
    assert (bodies.with_akim, settlements.with_akim) == (True, False)
    assert bodies.levels == settlements.levels
    assert [norm.id for norm in edition.norms if norm.readings] == ["N3"]
    assert edition.norm("N4").places.attachable == {Level.OKRUG}


def test_the_clauses_on_the_maslikhat_differ():
    first, amended = EDITIONS

    assert (first.maslikhat, first.maslikhat_quote) == (
        MaslikhatPart.AGREES, "по согласованию с маслихатом",
    )  # fmt: skip
    assert (amended.maslikhat, amended.maslikhat_quote) == (
        MaslikhatPart.NOTIFIED, "с уведомлением маслихата",
    )  # fmt: skip
    assert (first.corrections, amended.corrections) == (first.maslikhat, amended.maslikhat)


def test_what_is_unconfirmed_is_marked_as_such():
    first, amended = EDITIONS

    assert first.doubts == ()
    assert amended.doubts == (
        amended.in_force_doubt,
        amended.corrections_doubt,
        amended.norm("N5").doubt,
    )
    assert all(doubt is not None for doubt in amended.doubts)


@pytest.mark.parametrize("edition", tuple(EDITIONS), ids=lambda edition: edition.id)
def test_every_edition_cites_links_and_speaks_three_languages(edition):
    assert edition.href == "https://adilet.zan.kz/rus/docs/U2200000826"
    assert edition.checked_on == date(2026, 11, 23)
    assert "№ 826" in edition.act.kk
    assert "№ 826" in edition.act.ru
    assert "No. 826" in edition.act.en
    for norm in edition.norms:
        assert norm.source.en == "p. 2(1)"
        assert all(norm.text)
        assert len(set(norm.text)) == 3
    assert set(phrases.MASLIKHAT) == set(MaslikhatPart)


# Day | edition in force on it: both edges of each edition, the leap day, the change of zone.
DAYS = [
    ("2022-03-03", "2022-03-03"),
    ("2022-12-31", "2022-03-03"),
    ("2023-11-20", "2022-03-03"),
    ("2023-12-31", "2022-03-03"),
    ("2024-01-01", "2023-11-20"),
    ("2024-02-29", "2023-11-20"),
    ("2024-03-01", "2023-11-20"),
    ("2030-06-15", "2023-11-20"),
]


@pytest.mark.parametrize(("day", "edition_id"), DAYS)
def test_the_edition_on_a_day(day, edition_id):
    assert edition_on(date.fromisoformat(day)).id == edition_id


# Year | the edition that judges its calendar: that of 1 January; 2022: that of 3 March.
YEARS = [(2022, "2022-03-03"), (2023, "2022-03-03"), (2024, "2023-11-20"), (2027, "2023-11-20")]


@pytest.mark.parametrize(("year", "edition_id"), YEARS)
def test_the_edition_of_a_year(year, edition_id):
    assert edition_of_year(year).id == edition_id


@given(st.dates(min_value=date(2022, 3, 3)))
def test_every_day_since_the_decree_has_exactly_one_edition(day):
    begun = [edition for edition in EDITIONS if edition.in_force_from <= day]

    assert edition_on(day) == begun[-1]


def test_an_edition_that_begins_within_a_year_judges_the_next_one():
    later = replace(edition_of_year(2026), id="2026-07-01", in_force_from=date(2026, 7, 1))
    editions = Editions([*EDITIONS, later])

    assert [editions.of_year(year).id for year in (2026, 2027)] == ["2023-11-20", "2026-07-01"]
    assert editions.on(date(2026, 7, 1)) == later


def test_given_a_day_before_the_decree_then_the_error_tells_what_to_do():
    with pytest.raises(NoEdition) as refusal:
        edition_on(date(2021, 5, 1))

    assert str(refusal.value) == (
        "2021-05-01 is before the decree; the first edition is in force from 2022-03-03."
    )


def test_given_a_year_before_the_decree_then_the_error_names_the_year():
    with pytest.raises(NoEdition) as refusal:
        edition_of_year(2021)

    assert str(refusal.value) == (
        "2021 is before the decree; the first edition is in force from 2022-03-03."
    )


def test_given_an_unknown_name_then_the_error_lists_the_known_ones():
    with pytest.raises(NoEdition) as refusal:
        EDITIONS.get("2030-01-01")

    assert str(refusal.value) == (
        "There is no edition '2030-01-01'; the known ones are 2022-03-03, 2023-11-20."
    )


def test_a_new_edition_is_a_new_file_and_nothing_else():
    everything = discover(real, acts_of_2016)

    assert [edition.id for edition in everything] == ["2016-02-05", "2022-03-03", "2023-11-20"]
    assert everything.on(date(2022, 3, 2)).id == "2016-02-05"
    assert everything.on(date(2022, 3, 3)).id == "2022-03-03"
    assert everything.of_year(2016).id == "2016-02-05"
    assert everything.of_year(2021).id == "2016-02-05"
    assert everything.of_year(2022).id == "2022-03-03"
    assert [edition.id for edition in EDITIONS] == ["2022-03-03", "2023-11-20"]


@pytest.mark.parametrize("change", [{"id": "2030"}, {"in_force_from": date(2030, 1, 1)}])
def test_two_editions_of_one_name_or_one_day_are_refused(change):
    first = next(iter(EDITIONS))

    with pytest.raises(ValueError, match="Two editions have the same"):
        Editions([first, replace(first, **change)])


def test_a_register_without_editions_says_so():
    with pytest.raises(NoEdition, match="no edition is known"):
        Editions([]).of_year(2026)


@pytest.mark.parametrize("months", [(0, 1), (2, 1), (1, 4)])
def test_a_norm_that_narrows_its_period_wrongly_is_refused(months):
    norm = next(iter(EDITIONS)).norm("N5")

    with pytest.raises(ValueError, match="do not fit into a quarter"):
        replace(norm, months=months)


def test_a_norm_asks_for_one_meeting_at_least():
    with pytest.raises(ValueError, match="at least one meeting"):
        replace(next(iter(EDITIONS)).norm("N1"), at_least=0)


def test_places_of_one_reading_answer_under_any():
    norm = next(iter(EDITIONS)).norm("N1")

    assert {norm.places_by(reading) for reading in Reading} == {
        Places.of(Level.DISTRICT, Level.OBLAST_CITY)
    }


# Approved on (local day) | year | late: «до 15 января» ends as the 15th begins [house].
APPROVALS = [
    ("2026-12-28", 2027, False),
    ("2027-01-14", 2027, False),
    ("2027-01-15", 2027, True),
    ("2027-03-29", 2027, True),
]


@pytest.mark.parametrize(("day", "year", "late"), APPROVALS)
def test_a_calendar_approved_on_the_fifteenth_is_late(day, year, late):
    assert edition_of_year(year).is_late(date.fromisoformat(day), year) is late
