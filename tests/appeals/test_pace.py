"""The expected time follows today's talks, never an earlier hour than one's own."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from appeals.pace import LATEST, Pause, expected, minutes_a_talk

TEN = datetime(2026, 11, 26, 5, tzinfo=UTC)  # 10:00 in Almaty


def at(hour: int, minute: int = 0) -> datetime:
    return TEN + timedelta(hours=hour - 10, minutes=minute)


def minutes(*lengths: int) -> list[timedelta]:
    return [timedelta(minutes=length) for length in lengths]


def test_before_the_first_talk_is_over_the_planned_length_is_the_pace():
    assert minutes_a_talk(15, []) == 15


def test_the_pace_is_the_mean_of_the_talks_and_of_one_planned_length():
    assert minutes_a_talk(15, minutes(25, 20)) == 20


def test_only_the_last_talks_count():
    talks = minutes(*[60] * 5, *[10] * LATEST)

    assert minutes_a_talk(10, talks) == 10


def test_given_a_slow_table_then_each_waits_for_those_in_front():
    turns = expected([at(10), at(10, 15), at(11)], now=at(10, 20), pace=20, since=at(10, 5))

    assert turns == [at(10, 25), at(10, 45), at(11, 5)]


def test_given_a_fast_table_then_nobody_is_expected_before_his_hour():
    turns = expected([at(10, 15), at(10, 30)], now=at(10, 2), pace=5, since=at(10))

    assert turns == [at(10, 15), at(10, 30)]


def test_a_talk_longer_than_the_pace_is_over_any_moment():
    assert expected([at(10)], now=at(10, 50), pace=15, since=at(10)) == [at(10, 50)]


def test_nobody_is_expected_in_a_break():
    lunch = Pause(at(13), at(14))

    turns = expected([at(12, 50), at(14)], now=at(12, 55), pace=10, pauses=[lunch])

    assert turns == [at(12, 55), at(14)]
    assert expected([at(12, 30)], now=at(13, 10), pace=10, pauses=[lunch]) == [at(14)]


hours = st.lists(st.integers(0, 480), max_size=12).map(
    lambda found: [TEN + timedelta(minutes=one) for one in sorted(found)]
)


@given(hours, st.integers(0, 480), st.floats(1, 60), st.none() | st.integers(0, 60))
def test_the_order_is_kept_and_nobody_comes_before_now_or_his_hour(queue, passed, pace, running):
    now = TEN + timedelta(minutes=passed)
    since = None if running is None else now - timedelta(minutes=running)

    turns = expected(queue, now=now, pace=pace, since=since)

    assert all(turn >= max(now, hour) for turn, hour in zip(turns, queue, strict=True))
    assert all(
        later - earlier >= timedelta(minutes=pace) - timedelta(seconds=1)
        for earlier, later in pairwise(turns)
    )
