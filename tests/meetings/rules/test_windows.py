"""Windows: every edge by name, whole years by property, the local day around both zones."""

from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.rules.types import Period
from meetings.rules.windows import Window, local_day, windows

# Period | months of it that count | the windows of 2024, a leap year
EDGES = [
    (Period.YEAR, None, [("2024-01-01", "2024-12-31")]),
    (Period.HALF_YEAR, None, [("2024-01-01", "2024-06-30"), ("2024-07-01", "2024-12-31")]),
    (
        Period.QUARTER,
        None,
        [("2024-01-01", "2024-03-31"), ("2024-04-01", "2024-06-30"),
         ("2024-07-01", "2024-09-30"), ("2024-10-01", "2024-12-31")],
    ),
    (Period.YEAR, (1, 3), [("2024-01-01", "2024-03-31")]),
    (Period.HALF_YEAR, (1, 3), [("2024-01-01", "2024-03-31"), ("2024-07-01", "2024-09-30")]),
    (
        Period.QUARTER,
        (1, 1),
        [("2024-01-01", "2024-01-31"), ("2024-04-01", "2024-04-30"),
         ("2024-07-01", "2024-07-31"), ("2024-10-01", "2024-10-31")],
    ),
    (Period.YEAR, (2, 2), [("2024-02-01", "2024-02-29")]),
]  # fmt: skip


@pytest.mark.parametrize(("per", "months", "edges"), EDGES)
def test_the_windows_of_a_year_have_these_edges(per, months, edges):
    assert [(str(first), str(last)) for first, last in windows(per, 2024, months)] == edges


def test_february_of_a_common_year_ends_on_the_28th():
    assert windows(Period.MONTH, 2023)[1] == Window(date(2023, 2, 1), date(2023, 2, 28))


@given(st.sampled_from(Period), st.integers(min_value=2022, max_value=2100))
def test_windows_partition_the_year(per, year):
    parts = windows(per, year)

    assert (parts[0].first, parts[-1].last) == (date(year, 1, 1), date(year, 12, 31))
    for before, after in pairwise(parts):
        assert after.first - before.last == timedelta(days=1)


@given(st.dates(min_value=date(2022, 1, 1), max_value=date(2100, 12, 31)), st.sampled_from(Period))
def test_every_day_is_in_exactly_one_window(day, per):
    assert sum(day in window for window in windows(per, day.year)) == 1


def test_a_window_holds_its_edges_and_nothing_beside_them():
    window = windows(Period.QUARTER, 2024)[0]

    assert [
        day in window
        for day in (date(2023, 12, 31), date(2024, 1, 1), date(2024, 2, 29), date(2024, 3, 31),
                    date(2024, 4, 1))
    ] == [False, True, True, True, False]  # fmt: skip
    assert "2024-02-29" not in window


# Moment in UTC | the day in Kazakhstan: +6 until 2024-02-29, +5 from 2024-03-01. The clocks went
# back at midnight, so the last hour of 29 February came twice.
MOMENTS = [
    ("2022-03-31T17:59:59", "2022-03-31"),
    ("2022-03-31T18:00:00", "2022-04-01"),
    ("2024-02-28T18:00:00", "2024-02-29"),
    ("2024-02-29T17:59:59", "2024-02-29"),
    ("2024-02-29T18:30:00", "2024-02-29"),
    ("2024-02-29T19:00:00", "2024-03-01"),
    ("2024-06-30T18:59:59", "2024-06-30"),
    ("2024-06-30T19:00:00", "2024-07-01"),
    ("2027-01-14T18:59:59", "2027-01-14"),
    ("2027-01-14T19:00:00", "2027-01-15"),
]


@pytest.mark.parametrize(("moment", "day"), MOMENTS)
def test_the_local_day_of_a_moment(moment, day):
    assert str(local_day(datetime.fromisoformat(moment).replace(tzinfo=UTC))) == day


def test_the_zone_a_moment_is_written_in_does_not_matter():
    tokyo = timezone(timedelta(hours=9))

    assert local_day(datetime(2027, 1, 15, 3, 59, tzinfo=tokyo)) == date(2027, 1, 14)


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="has no zone"):
        local_day(datetime(2027, 1, 15))
