"""A region that bound itself to the stricter edition of 2022: its word beside the law's."""

from dataclasses import replace

import pytest

from meetings.rules import Severity, check_calendar, edition_by_id, tally
from tests.meetings.rules.values import a_meeting, a_unit, an_oblast

FIRST, AMENDED = edition_by_id("2022-03-03"), edition_by_id("2023-11-20")
OBLAST = an_oblast()
VILLAGE = [*an_oblast(), a_unit("adm", "village_admin", "district")]


def _figures(findings):
    return [(str(f.window.first), f.missing, str(f.severity)) for f in findings]


# Days planned | the law: once in 2026 | the region's own word: once in each half of it
PLANS = [
    ([], 1, (1, 1)),
    (["2026-02-02"], 0, (0, 1)),
    (["2026-12-31"], 0, (1, 0)),
    (["2026-02-02", "2026-07-01"], 0, (0, 0)),
]


@pytest.mark.parametrize(("days", "law", "own"), PLANS)
def test_the_own_norm_stands_beside_the_law_and_is_no_breach(days, law, own):
    meetings = [a_meeting("oblast", "district", day) for day in days]

    findings = check_calendar(AMENDED, OBLAST, meetings, 2026, own_edition=FIRST)

    assert _figures(findings) == [
        ("2026-01-01", law, "breach"),
        ("2026-01-01", own[0], "own_norm"),
        ("2026-07-01", own[1], "own_norm"),
    ]
    assert [f.edition for f in findings] == [AMENDED, FIRST, FIRST]


def test_where_the_law_only_advises_the_same_the_own_norm_takes_its_place():
    findings = check_calendar(AMENDED, VILLAGE, [], 2026, own_edition=FIRST, hosts=["adm"])

    assert _figures(findings) == [
        (f"2026-{month}-01", 1, "own_norm") for month in ("01", "04", "07", "10")
    ]


def test_what_the_law_demands_alike_stays_the_laws():
    twin = replace(AMENDED, id="twin")

    findings = check_calendar(AMENDED, VILLAGE, [], 2026, own_edition=twin)

    assert findings == check_calendar(AMENDED, VILLAGE, [], 2026)


def test_an_own_norm_that_asks_for_more_meetings_in_the_same_window_stands_beside_the_law():
    more = replace(AMENDED, id="more", norms=(replace(AMENDED.norm("N1"), at_least=3),))
    meetings = [a_meeting("oblast", "district", "2026-02-02")]

    findings = check_calendar(AMENDED, OBLAST, meetings, 2026, own_edition=more)

    assert [(f.required, f.missing, f.severity) for f in findings] == [
        (1, 0, Severity.BREACH),
        (3, 2, Severity.OWN_NORM),
    ]


def test_the_edition_of_the_year_is_no_own_norm():
    assert check_calendar(FIRST, VILLAGE, [], 2023, own_edition=FIRST) == check_calendar(
        FIRST, VILLAGE, [], 2023
    )


def test_the_law_is_added_up_apart_from_the_own_norm():
    findings = check_calendar(AMENDED, OBLAST, [], 2026, own_edition=FIRST)

    law = tally(f for f in findings if f.severity is not Severity.OWN_NORM)
    own = tally(f for f in findings if f.severity is Severity.OWN_NORM)
    assert (law.required, own.required) == (1, 2)
