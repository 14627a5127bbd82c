"""Who owes whom: the five norms, twins, readings, partial years, lives, exclusions."""

from datetime import date

import pytest

from meetings.rules import (
    EDITIONS,
    BrokenTerritory,
    NoEdition,
    Severity,
    Territory,
    UnknownUnit,
    edition_by_id,
    edition_of_year,
    obligations,
)
from tests.meetings.rules.values import a_city, a_unit, an_oblast, firsts, pairs

FIRST, AMENDED = edition_by_id("2022-03-03"), edition_by_id("2023-11-20")

QUARTERS = ["2026-01-01", "2026-04-01", "2026-07-01", "2026-10-01"]
HALVES = ["2026-01-01", "2026-07-01"]
YEAR = ["2026-01-01"]

# One okrug with two villages and a place, a village and a settlement with administrations of
# their own, a city with its administration and one without: the second levels of one district.
DISTRICT = [
    *an_oblast(),
    a_unit("okrug", "okrug", "district"),
    a_unit("okrug village 1", "village", "okrug"),
    a_unit("okrug village 2", "village", "okrug"),
    a_unit("siding", "place", "okrug village 1"),
    a_unit("village adm", "village_admin", "district"),
    a_unit("its village", "village", "village adm", body="village adm"),
    a_unit("settlement adm", "settlement_admin", "district"),
    a_unit("its settlement", "settlement", "settlement adm", body="settlement adm"),
    a_unit("its hamlet", "village", "settlement adm"),
    a_unit("city adm", "district_city_admin", "district"),
    a_unit("its city", "district_city", "city adm", body="city adm"),
    a_unit("city village", "village", "city adm"),
    a_unit("lone city", "district_city", "district"),
]
# A city of oblast significance with everything that may lie in one.
CITY = [
    *an_oblast(districts=(), cities=("city",)),
    a_unit("two-row adm", "city_district_admin", "city"),
    a_unit("two-row", "city_district", "two-row adm", body="two-row adm"),
    a_unit("one-row", "city_district", "city"),
    a_unit("quarter", "microdistrict", "city proper"),
    a_unit("city okrug", "okrug", "city"),
    a_unit("okrug village", "village", "city okrug"),
    a_unit("city settlement adm", "settlement_admin", "city"),
    a_unit("city settlement", "settlement", "city settlement adm", body="city settlement adm"),
    a_unit("suburb", "village", "city"),
]

# Norm | territory | windows: edition of 2022 | windows: from 2024 | (host, target) in their order
NORMS = [
    (
        "N1",
        an_oblast(districts=("B", "A"), cities=("C",)),
        HALVES,
        YEAR,
        [("oblast", "A"), ("oblast", "B"), ("oblast", "C")],
    ),
    (
        "N2",
        a_city(districts=("Y", "X")),
        QUARTERS,
        YEAR,
        [("Almaty", "X"), ("Almaty", "Y")],
    ),
    (
        "N3",
        DISTRICT,
        QUARTERS,
        HALVES,
        [
            ("district", "city adm"),
            ("district", "lone city"),
            ("district", "okrug"),
            ("district", "settlement adm"),
            ("district", "village adm"),
        ],
    ),
    (
        "N4",
        DISTRICT,
        QUARTERS,
        HALVES,
        [
            ("city adm", "city village"),
            ("okrug", "okrug village 1"),
            ("okrug", "okrug village 2"),
        ],
    ),
    (
        "N4",
        CITY,
        QUARTERS,
        HALVES,
        [
            ("city", "okrug village"),
            ("city", "quarter"),
            ("city", "city settlement"),
            ("city", "suburb"),
            ("city", "one-row"),
            ("city", "two-row adm"),
            ("city okrug", "okrug village"),
        ],
    ),
    (
        "N5",
        DISTRICT,
        QUARTERS,
        QUARTERS,
        [("settlement adm", "settlement adm"), ("village adm", "village adm")],
    ),
    (
        "N5",
        CITY,
        QUARTERS,
        QUARTERS,
        [
            ("city settlement adm", "city settlement adm"),
            ("one-row", "one-row"),
            ("two-row adm", "two-row adm"),
        ],
    ),
]


@pytest.mark.parametrize(("norm_id", "units", "first", "amended", "owed"), NORMS)
def test_each_norm_binds_these_akims_to_these_places(norm_id, units, first, amended, owed):
    for edition, windows in ((FIRST, first), (AMENDED, amended)):
        duties = obligations(edition, units, 2026)

        assert sorted(pairs(duties, norm_id)) == sorted(owed)
        for _, target in owed:
            own = [duty for duty in duties if duty.norm.id == norm_id and duty.target == target]
            assert {str(duty.window.first) for duty in own} == set(windows)
            assert len(own) == len(windows) * len({duty.host for duty in own})


def test_the_reading_of_settlements_adds_each_village_and_settlement_once():
    duties = obligations(AMENDED, DISTRICT, 2026, reading="settlements")

    assert {target for _, target in pairs(duties, "N3")} == {
        "okrug", "okrug village 1", "okrug village 2", "village adm", "settlement adm",
        "its hamlet", "city adm", "city village", "lone city",
    }  # fmt: skip
    assert pairs(duties, "N4") == pairs(obligations(AMENDED, DISTRICT, 2026), "N4")


def test_an_unknown_reading_is_refused():
    with pytest.raises(ValueError, match="villages"):
        obligations(AMENDED, DISTRICT, 2026, reading="villages")


def test_only_the_outer_row_of_a_body_owes():
    hosts = {duty.host for duty in obligations(FIRST, DISTRICT + CITY[1:], 2026)}

    assert hosts == {
        "oblast", "district", "okrug", "village adm", "settlement adm", "city adm",
        "city", "two-row adm", "one-row", "city okrug", "city settlement adm",
    }  # fmt: skip


def test_an_okrug_in_a_city_is_a_target_only_when_staff_attached_it():
    attached = [unit._replace(attached=unit.key == "city okrug") for unit in CITY]

    assert ("city", "city okrug") not in pairs(obligations(FIRST, CITY, 2026), "N4")
    assert ("city", "city okrug") in pairs(obligations(FIRST, attached, 2026), "N4")


def test_attaching_makes_a_target_only_of_the_levels_a_norm_allows():
    attached = [unit._replace(attached=True) for unit in CITY]

    more = set(pairs(obligations(FIRST, attached, 2026), "N4"))

    assert more - set(pairs(obligations(FIRST, CITY, 2026), "N4")) == {("city", "city okrug")}


def test_an_akim_owes_no_visit_to_the_twin_row_of_his_own_body():
    units = [*an_oblast(), a_unit("okrug", "okrug", "district")]
    units.append(a_unit("its settlement", "settlement", "okrug", body="okrug"))

    assert pairs(obligations(FIRST, units, 2026), "N4") == []


def test_a_village_with_an_akim_of_its_own_owes_and_is_owed():
    units = [*an_oblast(), a_unit("own akim", "village", "district", has_post=True)]

    duties = obligations(AMENDED, units, 2026)

    assert pairs(duties, "N3") == [("district", "own akim")]
    assert pairs(duties, "N5") == [("own akim", "own akim")]


def test_a_unit_whose_post_was_taken_away_owes_nothing_and_is_no_body():
    units = [unit._replace(has_post=False) if unit.key == "okrug" else unit for unit in DISTRICT]

    duties = obligations(AMENDED, units, 2026)

    assert ("district", "okrug") not in pairs(duties, "N3")
    assert "okrug" not in {duty.host for duty in duties}


def test_n5_from_2024_is_advice_and_all_else_the_law():
    severities = {
        (edition.id, duty.norm.id): duty.severity
        for edition in EDITIONS
        for units in (DISTRICT, CITY, a_city(districts=("X",)))
        for duty in obligations(edition, units, 2026)
    }

    assert severities == {
        (edition.id, f"N{n}"): Severity.ADVICE
        if (edition.id, n) == ("2023-11-20", 5)
        else Severity.BREACH
        for edition in EDITIONS
        for n in range(1, 6)
    }


def test_in_2022_duties_start_with_the_windows_that_lie_whole_in_force():
    duties = obligations(edition_of_year(2022), DISTRICT, 2022)

    assert firsts(duties, "N1") == ["2022-07-01"]
    assert firsts(duties, "N3", "okrug") == ["2022-04-01", "2022-07-01", "2022-10-01"]
    assert firsts(duties, "N5", "village adm") == ["2022-04-01", "2022-07-01", "2022-10-01"]


# A life from | to | quarters in which an okrug is owed a visit, 2026, edition of 2022
LIVES = [
    (None, None, [1, 2, 3, 4]),
    ("2025-06-01", None, [1, 2, 3, 4]),
    ("2026-01-01", None, [1, 2, 3, 4]),
    ("2026-01-02", None, [2, 3, 4]),
    ("2026-04-01", None, [2, 3, 4]),
    (None, "2026-09-29", [1, 2]),
    (None, "2026-09-30", [1, 2, 3]),
    ("2026-04-01", "2026-06-30", [2]),
    ("2026-04-02", "2026-06-30", []),
    (None, "2025-12-31", []),
    ("2027-01-01", None, []),
]


def _quarters(duties, host, target):
    return [
        (duty.window.first.month + 2) // 3
        for duty in duties
        if (duty.host, duty.target) == (host, target)
    ]


@pytest.mark.parametrize(("since", "until", "quarters"), LIVES)
@pytest.mark.parametrize(
    "who", ["host unit", "host post", "target unit"], ids=lambda who: who.replace(" ", "-")
)
def test_duties_run_only_in_windows_lived_through_whole(since, until, quarters, who):
    life = [day and date.fromisoformat(day) for day in (since, until)]
    what = dict(zip(("post_from", "post_to") if who == "host post" else
                    ("valid_from", "valid_to"), life, strict=True))  # fmt: skip
    marked = "okrug" if who == "target unit" else "district"
    units = [unit._replace(**what) if unit.key == marked else unit for unit in DISTRICT]

    duties = obligations(FIRST, units, 2026)

    assert _quarters(duties, "district", "okrug") == quarters


def test_a_yearly_duty_needs_the_whole_year():
    units = an_oblast(districts=("old", "new"))
    units[-1] = units[-1]._replace(valid_from=date(2026, 2, 1))

    assert pairs(obligations(AMENDED, units, 2026), "N1") == [("oblast", "old")]
    assert pairs(obligations(AMENDED, units, 2027), "N1") == [("oblast", "new"), ("oblast", "old")]


@pytest.mark.parametrize("row", ["city", "city proper"])
def test_an_excluded_unit_and_all_within_it_owe_nothing_and_are_owed_nothing(row):
    units = [unit._replace(excluded=unit.key == row) for unit in CITY]

    assert list(obligations(FIRST, units, 2026)) == []


def test_an_excluded_village_leaves_its_neighbours_alone():
    units = [unit._replace(excluded=unit.key == "okrug village 1") for unit in DISTRICT]

    assert pairs(obligations(FIRST, units, 2026), "N4") == [
        ("city adm", "city village"),
        ("okrug", "okrug village 2"),
    ]


def test_the_duties_of_one_akim_are_those_among_all():
    everything = obligations(FIRST, DISTRICT, 2026)
    alone = obligations(FIRST, DISTRICT, 2026, hosts={"okrug"})

    assert alone.obligations == everything.owed_by("okrug").obligations
    assert {duty.host for duty in alone} == {"okrug"}
    assert len(alone) == 8


def test_either_row_of_a_body_names_it():
    duties = obligations(FIRST, CITY, 2026)

    assert duties.owed_by("two-row").obligations == duties.owed_by("two-row adm").obligations
    assert obligations(FIRST, CITY, 2026, hosts=["two-row"]).obligations == (
        duties.owed_by("two-row adm").obligations
    )
    assert duties.owed_to("city settlement").obligations == (
        duties.owed_to("city settlement adm").obligations
    )
    assert duties.owed_to("nobody").obligations == ()


def test_what_is_owed_to_a_village_comes_from_every_akim_above_it():
    owed = obligations(AMENDED, CITY, 2026).owed_to("okrug village")

    assert pairs(owed, "N4") == [("city", "okrug village"), ("city okrug", "okrug village")]


def test_a_year_before_the_edition_is_refused():
    with pytest.raises(NoEdition) as refusal:
        obligations(AMENDED, DISTRICT, 2023)

    assert str(refusal.value) == ("2023 is before this edition; it is in force from 2024-01-01.")


def test_an_unknown_akim_is_refused():
    with pytest.raises(UnknownUnit):
        obligations(AMENDED, DISTRICT, 2026, hosts=["nobody"])


def test_a_key_given_twice_is_refused():
    with pytest.raises(BrokenTerritory, match="'oblast' is given twice"):
        Territory([*DISTRICT, DISTRICT[0]])


def test_parents_in_a_circle_are_refused():
    with pytest.raises(BrokenTerritory, match="circle"):
        Territory([a_unit("a", "okrug", "b"), a_unit("b", "okrug", "a")])


def test_a_territory_knows_what_lies_within_what():
    territory = Territory(CITY)

    assert [unit.key for unit in territory.within("city okrug")] == ["okrug village"]
    assert territory.is_within("okrug village", "city")
    assert territory.is_within("quarter", "city")
    assert territory.is_within("city", "city proper")  # two rows of one body
    assert not territory.is_within("suburb", "city okrug")
    assert not territory.is_within("city", "city okrug")


def test_a_place_is_known_but_never_a_target():
    territory = Territory(DISTRICT)

    assert territory.body("siding") == "siding"
    assert "siding" not in {unit.key for unit in territory}
    assert territory.is_within("siding", "okrug")


def test_a_unit_below_a_place_is_not_lost():
    units = [*DISTRICT, a_unit("new quarter", "village", "siding")]

    assert ("okrug", "new quarter") in pairs(obligations(FIRST, units, 2026), "N4")
