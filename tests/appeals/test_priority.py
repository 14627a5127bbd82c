"""The priority of a problem: three things that count alike."""

import pytest

from appeals.enums import Risk
from appeals.priority import MOST, priority

CASES = [  # people, years, risk: points of each
    (0, 0, Risk.NONE, (0, 0, 0)),
    (1, 1, Risk.COMFORT, (0, 0, 1)),
    (2, 1, Risk.NONE, (1, 0, 0)),
    (5, 2, Risk.WORSE, (2, 2, 2)),
    (20, 3, Risk.DANGER, (3, 4, 4)),
    (1000, 9, Risk.DANGER, (4, 4, 4)),
]


@pytest.mark.parametrize(("people", "years", "risk", "points"), CASES)
def test_people_years_and_risk_each_give_up_to_four_points(people, years, risk, points):
    found = priority(people, years, risk)

    assert (found.voices, found.years, found.risk) == points
    assert found.points == sum(points) <= MOST
