"""Two clocks read from marks, in whatever order they came."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.clocks import (
    CORRECTIONS,
    MOST_DELAY,
    Mark,
    Moment,
    is_too_long,
    moment_of,
    read,
)
from meetings.enums import MarkKind

START = datetime(2027, 4, 14, 10, 0, tzinfo=UTC)
NOW = START + timedelta(hours=3)


def after(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def mark(kind: str, minutes: float, value: int = 0) -> Mark:
    return Mark(kind, after(minutes), value)


WHOLE = [
    mark("report_start", 0), mark("report_pause", 5), mark("report_start", 7),
    mark("questions_start", 17), mark("questions_pause", 40), mark("questions_start", 45),
    mark("end", 60),
]  # fmt: skip

CASES = [  # marks, minutes after the start -> report, questions, running
    ([], 10, (0, 0, "")),
    ([mark("report_start", 0)], 4, (4, 0, "report")),
    ([mark("report_start", 0), mark("report_start", 2)], 4, (4, 0, "report")),
    ([mark("report_start", 0), mark("report_pause", 3)], 60, (3, 0, "")),
    ([mark("report_pause", 3)], 60, (0, 0, "")),
    ([mark("report_start", 0), mark("questions_pause", 3)], 5, (5, 0, "report")),
    ([mark("report_start", 0), mark("questions_start", 3)], 9, (3, 6, "questions")),
    (WHOLE, 90, (15, 38, "")),
    ([*WHOLE, mark("report_start", 61)], 90, (15, 38, "")),
    ([*WHOLE, mark("reopen", 62), mark("questions_start", 63)], 70, (15, 45, "questions")),
    ([*WHOLE, mark("report_minutes", 70, 12)], 90, (12, 38, "")),
    ([mark("report_start", 0), mark("report_minutes", 10, 8)], 12, (10, 0, "report")),
    ([mark("report_start", 0), mark("questions_minutes", 10, 8)], 12, (12, 8, "report")),
    # The note of the pause came last: the connection was away.
    ([mark("report_start", 0), mark("questions_start", 20), mark("report_pause", 10)], 30,
     (10, 10, "questions")),
    ([mark("end", 60), mark("report_start", 0)], 90, (60, 0, "")),
]  # fmt: skip


@pytest.mark.parametrize(("marks", "minutes", "said"), CASES)
def test_the_clocks_follow_the_marks(marks, minutes, said):
    reading = read(marks, after(minutes))

    assert (reading.report / 60, reading.questions / 60, reading.running) == said


def test_a_reading_says_when_it_began_and_ended_and_who_came():
    reading = read([*WHOLE, mark("people", 20, 70), mark("people", 30, 74)], NOW)

    assert (reading.began_at, reading.ended_at, reading.people) == (START, after(60), 74)
    assert (reading.is_over, reading.share) == (True, 28)


def test_marks_that_change_nothing_are_named():
    marks = [mark("report_start", 0), mark("report_start", 1), mark("questions_pause", 2),
             mark("end", 3), mark("end", 4), mark("questions_start", 5)]  # fmt: skip

    assert read(marks, NOW).idle == (1, 2, 4, 5)


LIMITS = [  # report, questions, over, planned minutes -> too long at 25 %
    (10, 0, False, None, False),  # nobody knows how long it will last
    (10, 30, False, None, False),
    (11, 30, False, None, True),
    (15, 0, False, 60, False),
    (16, 0, False, 60, True),
    (16, 60, False, 60, False),  # it lasts longer than planned
    (16, 20, False, 60, True),
    (16, 20, True, 60, True),
    (10, 31, True, 30, False),
    (10, 0, True, None, True),
    (0, 0, True, None, False),
]


@pytest.mark.parametrize(("report", "questions", "over", "planned", "said"), LIMITS)
def test_the_report_has_a_quarter_of_the_time(report, questions, over, planned, said):
    marks = [mark("report_minutes", 0, report), mark("questions_minutes", 0, questions)]
    reading = read([*marks, mark("end", 1)] if over else marks, NOW)

    assert is_too_long(reading, 25, timedelta(minutes=planned) if planned else None) is said


MOMENTS = [  # noted, sent (the device's minutes), received (the site's), note before -> at, skew
    (None, None, 10, None, (10, 0, False)),
    (5, 5, 5, None, (5, 0, False)),
    (5, 25, 25, None, (5, 0, False)),  # twenty minutes without a connection
    (65, 85, 25, None, (5, 60, False)),  # an hour fast
    (-55, -35, 25, None, (5, -60, False)),  # an hour slow
    (30, 25, 25, None, (25, 0, True)),  # the clock went back between noting and sending
    (5, 25, 25, 8, (5, 0, True)),  # it went back since the note before
    (5, 25, 25, 4, (5, 0, False)),
]


@pytest.mark.parametrize(("noted", "sent", "received", "before", "said"), MOMENTS)
def test_a_note_is_placed_on_the_clock_of_the_site(noted, sent, received, before, said):
    def moment(minutes):
        return None if minutes is None else after(minutes)

    at, skew, doubtful = said
    assert moment_of(
        moment(noted), moment(sent), after(received), earlier=moment(before)
    ) == Moment(after(at), timedelta(minutes=skew), doubtful)


def test_what_was_noted_weeks_ago_is_doubtful():
    noted = START - MOST_DELAY - timedelta(seconds=1)

    assert moment_of(noted, START, START).is_doubtful


# Whatever happens ------------------------------------------------------------------------------

marks = st.lists(
    st.builds(
        mark, st.sampled_from(MarkKind.values), st.integers(0, 120),
        st.integers(0, 90),
    ),
    max_size=20,
)  # fmt: skip


@given(marks, st.randoms())
def test_the_order_in_which_marks_come_does_not_matter(given_marks, random):
    # Two things at one moment have an order of their own: it is kept.
    single = list({one.at: one for one in given_marks}.values())
    shuffled = random.sample(single, len(single))

    assert read(single, NOW)._replace(idle=()) == read(shuffled, NOW)._replace(idle=())


@given(marks)
def test_a_mark_told_twice_changes_no_clock(given_marks):
    twice = [one for one in given_marks for _time in range(2)]
    single = list({one.at: one for one in given_marks}.values())
    doubled = [one for one in single for _time in range(2)]

    assert read(doubled, NOW)._replace(idle=()) == read(single, NOW)._replace(idle=())
    assert len(read(twice, NOW).idle) <= len(twice)


@given(marks, st.integers(0, 300), st.integers(0, 300))
def test_clocks_never_run_back_and_never_faster_than_time(given_marks, one, other):
    first, later = sorted((one, other))
    past = [each for each in given_marks if each.at <= after(first)]
    before, behind = read(past, after(first)), read(past, after(later))

    assert 0 <= before.report <= behind.report
    assert 0 <= before.questions <= behind.questions
    assert behind.total - before.total <= (later - first) * 60
    assert (behind.total == before.total) or before.running


@given(marks)
def test_without_corrections_no_more_is_counted_than_time_has_passed(given_marks):
    kept = [one for one in given_marks if one.kind not in CORRECTIONS]
    reading = read(kept, NOW)

    began = reading.began_at or NOW
    assert reading.total <= (NOW - began).total_seconds()
    assert (reading.share is None) == (reading.total == 0)
    assert reading.share is None or 0 <= reading.share <= 100


@given(marks)
def test_after_the_end_nothing_runs(given_marks):
    reading = read(given_marks, NOW)

    assert not (reading.is_over and reading.running)
    assert reading.running == "" or reading.since is not None
