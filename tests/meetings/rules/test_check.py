"""Meetings against duties: what counts, where, how often; rows of Almaty and West Kazakhstan."""

from dataclasses import replace
from datetime import date

import pytest

from meetings.rules import (
    Counted,
    NoEdition,
    Severity,
    Tally,
    UnknownUnit,
    check,
    check_calendar,
    edition_by_id,
    edition_of_year,
    obligations,
    tally,
)
from meetings.rules.editions import discover
from tests.meetings.rules import acts_of_2016
from tests.meetings.rules.values import a_city, a_meeting, a_unit, an_oblast

FIRST, AMENDED = edition_by_id("2022-03-03"), edition_by_id("2023-11-20")

OBLAST = an_oblast()
CITY = a_city(districts=("quarter",))
DISTRICT = [*an_oblast(), a_unit("okrug", "okrug", "district")]
OKRUG = [*DISTRICT, a_unit("village", "village", "okrug")]
VILLAGE = [*an_oblast(), a_unit("adm", "village_admin", "district")]

# Decree 826, p. 2(1). Norm | territory | host, target | edition | planned days | missing by window
DAYS = [
    ("N1", OBLAST, "oblast", "district", FIRST, ["2023-02-10", "2023-09-01"], [0, 0]),
    ("N1", OBLAST, "oblast", "district", FIRST, ["2023-02-10", "2023-06-30"], [0, 1]),
    ("N1", OBLAST, "oblast", "district", FIRST, ["2023-01-01", "2023-07-01"], [0, 0]),
    ("N1", OBLAST, "oblast", "district", FIRST, ["2023-07-01", "2023-12-31"], [1, 0]),
    ("N1", OBLAST, "oblast", "district", FIRST, ["2022-12-31", "2024-01-01"], [1, 1]),
    ("N1", OBLAST, "oblast", "district", AMENDED, ["2026-06-30"], [0]),
    ("N1", OBLAST, "oblast", "district", AMENDED, ["2024-02-29"], [0]),
    ("N1", OBLAST, "oblast", "district", AMENDED, [], [1]),
    ("N2", CITY, "Almaty", "quarter", FIRST, ["2023-03-31", "2023-04-01"], [0, 0, 1, 1]),
    ("N2", CITY, "Almaty", "quarter", FIRST, ["2023-09-30", "2023-10-01"], [1, 1, 0, 0]),
    ("N2", CITY, "Almaty", "quarter", AMENDED, ["2024-12-31"], [0]),
    ("N3", DISTRICT, "district", "okrug", FIRST, ["2023-06-30", "2023-07-01"], [1, 0, 0, 1]),
    ("N3", DISTRICT, "district", "okrug", AMENDED, ["2024-06-30", "2024-07-01"], [0, 0]),
    ("N3", DISTRICT, "district", "okrug", AMENDED, ["2024-02-29", "2024-03-01"], [0, 1]),
    ("N4", OKRUG, "okrug", "village", FIRST, ["2023-01-01", "2023-12-31"], [0, 1, 1, 0]),
    ("N4", OKRUG, "okrug", "village", AMENDED, ["2024-01-01", "2024-12-31"], [0, 0]),
    ("N5", VILLAGE, "adm", "adm", FIRST, ["2023-03-31", "2023-12-31"], [0, 1, 1, 0]),
    ("N5", VILLAGE, "adm", "adm", AMENDED, ["2024-02-29", "2024-07-01"], [0, 1, 0, 1]),
]


@pytest.mark.parametrize(("norm", "units", "host", "target", "edition", "days", "missing"), DAYS)
def test_visits_are_counted_in_the_windows_of_the_edition(
    norm, units, host, target, edition, days, missing
):
    meetings = [a_meeting(host, target, day) for day in days]
    year = 2023 if edition is FIRST else 2024 if "2026-06-30" not in days else 2026

    findings = check_calendar(edition, units, meetings, year, hosts=[host])

    assert [f.missing for f in findings if f.norm.id == norm] == missing


# What the meeting is like | planned, held, missing of a duty that asks for one visiting meeting
KINDS = [
    ({}, (1, 0, 0)),
    ({"held": True}, (1, 1, 0)),
    ({"visiting": False}, (0, 0, 1)),
    ({"visiting": False, "held": True}, (0, 0, 1)),
    ({"cancelled": True}, (0, 0, 1)),
    ({"cancelled": True, "held": True}, (0, 0, 1)),
    ({"outside": True}, (0, 0, 1)),
    ({"outside": True, "held": True}, (0, 1, 1)),
    ({"outside": True, "held": True, "cancelled": True}, (0, 0, 1)),
]


@pytest.mark.parametrize(("kind", "figures"), KINDS)
def test_what_counts_as_planned_and_as_held(kind, figures):
    meetings = [a_meeting("oblast", "district", "2026-05-05", **kind)]

    [finding] = check_calendar(AMENDED, OBLAST, meetings, 2026, hosts=["oblast"])

    assert (finding.planned, finding.held, finding.missing) == figures
    assert finding.required == 1


@pytest.mark.parametrize(("kind", "figures"), KINDS)
def test_a_check_of_what_was_held_asks_for_held_meetings(kind, figures):
    meetings = [a_meeting("oblast", "district", "2026-05-05", **kind)]

    [finding] = check_calendar(
        AMENDED, OBLAST, meetings, 2026, hosts=["oblast"], counted=Counted.HELD
    )

    planned, held, _ = figures
    assert (finding.planned, finding.held, finding.missing) == (planned, held, 1 - held)


def test_n5_does_not_ask_for_a_visiting_meeting():
    meetings = [a_meeting("adm", "adm", "2026-02-02", visiting=False)]

    findings = check_calendar(AMENDED, VILLAGE, meetings, 2026, hosts=["adm"])

    assert [(f.missing, f.severity) for f in findings] == [
        (missing, Severity.ADVICE) for missing in (0, 1, 1, 1)
    ]


def test_a_moved_meeting_counts_on_its_new_day_only():
    planned, moved = (
        check_calendar(FIRST, OBLAST, [a_meeting("oblast", "district", day)], 2023)
        for day in ("2023-06-30", "2023-07-01")
    )

    assert [f.missing for f in planned] == [0, 1]
    assert [f.missing for f in moved] == [1, 0]


def test_a_meeting_without_a_day_counts_nowhere():
    [finding] = check_calendar(AMENDED, OBLAST, [a_meeting("oblast", "district", None)], 2026)

    assert (finding.planned, finding.missing) == (0, 1)


def test_a_joint_meeting_counts_for_each_of_its_targets_and_is_reported_as_joint():
    units = [*OKRUG, a_unit("village 2", "village", "okrug"), a_unit("3", "village", "okrug")]
    meetings = [a_meeting("okrug", ("village", "village 2"), "2026-02-02")]

    findings = check_calendar(AMENDED, units, meetings, 2026, hosts=["okrug"])

    assert [(f.target, f.planned, f.joint) for f in findings if f.window.first.month == 1] == [
        ("3", 0, 0),
        ("village", 1, 1),
        ("village 2", 1, 1),
    ]


def test_a_joint_meeting_may_come_as_one_row_for_each_target():
    units = [*OKRUG, a_unit("village 2", "village", "okrug")]
    whole = [a_meeting("okrug", ("village", "village 2"), "2026-02-02")]
    rows = [a_meeting("okrug", v, "2026-02-02", joint=True) for v in ("village", "village 2")]

    assert check_calendar(AMENDED, units, rows, 2026) == check_calendar(AMENDED, units, whole, 2026)


def test_a_joint_line_and_the_meeting_held_from_it_are_one_joint_meeting():
    units = an_oblast(districts=("a", "b"))
    line = a_meeting("oblast", ("a", "b"), "2026-02-02")
    held = line._replace(held=True, outside=True)

    findings = check_calendar(AMENDED, units, [line, held], 2026)

    assert [(f.planned, f.held, f.joint) for f in findings] == [(1, 1, 1), (1, 1, 1)]


def test_two_rows_of_one_body_are_one_target_and_one_akim():
    units = [
        *an_oblast(districts=(), cities=("city",)),
        a_unit("adm", "settlement_admin", "city"),
        a_unit("settlement", "settlement", "adm", body="adm"),
    ]
    meetings = [
        a_meeting("oblast", "city proper", "2026-02-02"),
        a_meeting("city proper", ("settlement", "adm"), "2026-02-02"),
        a_meeting("settlement", "settlement", "2026-02-02", visiting=False),
    ]

    findings = check_calendar(AMENDED, units, meetings, 2026)

    assert [(f.norm.id, f.host, f.target, f.planned, f.joint) for f in findings if f.planned] == [
        ("N1", "oblast", "city", 1, 0),
        ("N4", "city", "settlement", 1, 0),
        ("N5", "adm", "adm", 1, 0),
    ]


def test_a_meeting_in_an_okrug_is_not_one_in_its_villages():
    meetings = [a_meeting("district", "okrug", "2026-02-02")]

    findings = check_calendar(AMENDED, OKRUG, meetings, 2026, reading="settlements")

    assert [(f.host, f.target) for f in findings if f.met] == [("district", "okrug")]


def test_the_meeting_of_another_akim_does_not_count():
    meetings = [a_meeting("district", "village", "2026-02-02")]

    findings = check_calendar(AMENDED, OKRUG, meetings, 2026, hosts=["okrug"])

    assert [f.planned for f in findings] == [0, 0]


def test_meetings_of_other_years_are_ignored_even_with_unknown_units():
    meetings = [a_meeting("oblast", "gone", "2025-12-31"), a_meeting("gone", "x", "2027-01-01")]

    assert tally(check_calendar(AMENDED, OBLAST, meetings, 2026)).planned == 0


@pytest.mark.parametrize(("host", "target"), [("nobody", "district"), ("oblast", "nobody")])
def test_a_meeting_that_names_an_unknown_unit_is_refused(host, target):
    with pytest.raises(UnknownUnit) as refusal:
        check_calendar(AMENDED, OBLAST, [a_meeting(host, target, "2026-02-02")], 2026)

    assert refusal.value.key == "nobody"
    assert str(refusal.value) == (
        "Unit 'nobody' is not among the units given; add it or mend the meeting."
    )


def test_a_year_without_an_edition_is_refused():
    with pytest.raises(NoEdition, match="2021 is before this edition"):
        check_calendar(FIRST, OBLAST, [], 2021)


def test_given_a_region_with_one_district_left_out_then_the_finding_names_it():
    units = an_oblast(districts=("visited", "left out"))
    plan = [a_meeting("oblast", "visited", "2026-04-15")]

    findings = check_calendar(edition_of_year(2026), units, plan, 2026)

    assert [f.target for f in findings if f.missing] == ["left out"]
    assert tally(findings) == Tally(required=2, planned=1, held=0, missing=1, duties=2, open=1)


def test_one_akim_after_an_edit_is_as_in_the_whole():
    duties = obligations(AMENDED, OKRUG, 2026)
    meetings = [
        a_meeting("okrug", "village", "2026-02-02"),
        a_meeting("district", "okrug", "2026-02-02"),
    ]

    everything = check(duties, meetings)

    assert check(duties.owed_by("okrug"), meetings[:1]) == [
        f for f in everything if f.host == "okrug"
    ]


def test_plain_rows_do_as_well_as_meetings():
    meeting = a_meeting("oblast", "district", "2026-02-02")
    duties = obligations(AMENDED, OBLAST, 2026)

    assert check(duties, [tuple(meeting)]) == check(duties, [meeting])


# Almaty, 2022, second quarter: the akim of the city in each of its districts (domain §6).
ALMATY = {
    "Бостандыкский": "2022-04-14",
    "Алатауский": "2022-04-28",
    "Ауэзовский": "2022-05-12",
    "Наурызбайский": "2022-05-19",
    "Жетысуский": "2022-05-26",
    "Медеуский": "2022-06-17",
    "Алмалинский": "2022-06-23",
    "Турксибский": "2022-06-30",
}


def _almaty(plan):
    units = a_city(districts=ALMATY)
    meetings = [a_meeting("Almaty", district, day) for district, day in plan.items()]
    findings = check_calendar(edition_of_year(2022), units, meetings, 2022, hosts=["Almaty"])
    second = [f for f in findings if f.window == (date(2022, 4, 1), date(2022, 6, 30))]
    return findings, second


def test_almaty_2022_kept_eight_of_eight_in_the_second_quarter_and_owed_24_in_the_year():
    findings, second = _almaty(ALMATY)

    assert tally(findings) == Tally(24, 8, 0, missing=16, duties=24, open=16)
    assert tally(second) == Tally(8, 8, 0, missing=0, duties=8, open=0)
    assert {f.norm.id for f in findings} == {"N2"}


def test_almaty_2022_without_turksib_has_one_gap_in_the_quarter_and_it_is_named():
    plan = {district: day for district, day in ALMATY.items() if district != "Турксибский"}

    _, second = _almaty(plan)

    assert [f.target for f in second if f.missing] == ["Турксибский"]
    assert sum(f.met for f in second) == 7


# West Kazakhstan, 2016: report meetings of akims in their own territories (domain §6).
WEST_KAZAKHSTAN = {
    "область": "2016-02-24",
    "Жангалинский": "2016-02-01",
    "Букейординский": "2016-02-02",
    "Жанибекский": "2016-02-02",
    "Акжайыкский": "2016-02-03",
    "Казталовский": "2016-02-03",
    "Бурлинский": "2016-02-05",
    "Каратобинский": "2016-02-08",
    "Сырымский": "2016-02-08",
    "Таскалинский": "2016-02-10",
    "Зеленовский": "2016-02-10",
    "Теректинский": "2016-02-11",
    "Уральск": "2016-02-13",
}


def _act_of_2016():
    """The act, as if it had been in force all through its year: its first rows precede it."""
    [act] = discover(acts_of_2016)
    return act, replace(act, in_force_from=date(2016, 1, 1))


def test_west_kazakhstan_2016_under_the_act_of_2016():
    _, act = _act_of_2016()
    districts = [name for name in WEST_KAZAKHSTAN if name.endswith("ский")]
    units = [
        *an_oblast("область", districts=[*districts, "Чингирлауский"], cities=["Уральск"]),
        a_unit("округ", "okrug", "Теректинский"),
    ]
    plan = [
        a_meeting(unit, unit, day, visiting=False, held=True)
        for unit, day in WEST_KAZAKHSTAN.items()
    ]

    findings = check_calendar(act, units, plan, 2016)

    first = [f for f in findings if f.window.first == date(2016, 1, 1) and f.host != "округ"]
    assert [f.target for f in first if f.missing] == ["Чингирлауский"]
    assert tally(first) == Tally(14, 13, 13, missing=1, duties=14, open=1)
    assert {f.window for f in first} == {(date(2016, 1, 1), date(2016, 3, 31))}
    assert [str(f.window.last) for f in findings if f.host == "округ"] == [
        "2016-01-31", "2016-04-30", "2016-07-31", "2016-10-31",
    ]  # fmt: skip
    third = [f for f in findings if f.window.first == date(2016, 7, 1) and f.host != "округ"]
    assert [f.norm.id for f in third] == ["R2"] * 13


def test_in_its_first_year_the_act_of_2016_asks_only_for_what_it_lived_through_whole():
    act, _ = _act_of_2016()

    findings = check_calendar(act, an_oblast(), [], 2016)

    assert [(f.norm.id, f.host, str(f.window.first)) for f in findings] == [
        ("R2", "district", "2016-07-01")
    ]
    assert [f.norm.id for f in check_calendar(act, an_oblast(), [], 2017)] == ["R1", "R2", "R2"]


def test_a_report_outside_the_months_the_act_names_does_not_count():
    _, act = _act_of_2016()
    meetings = [
        a_meeting("oblast", "oblast", "2016-04-01"),
        a_meeting("district", "district", "2016-06-30"),
        a_meeting("district", "district", "2016-09-30"),
    ]

    findings = check_calendar(act, an_oblast(), meetings, 2016)

    assert [(f.host, str(f.window.last), f.missing) for f in findings] == [
        ("oblast", "2016-03-31", 1),
        ("district", "2016-03-31", 1),
        ("district", "2016-09-30", 0),
    ]
