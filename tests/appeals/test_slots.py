"""Slots cut from a pattern: never two at once, never in a break, the share as it was asked."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appeals.slots import (
    LONGEST,
    MOST_SLOTS,
    MOST_TABLES,
    SHORTEST,
    BadPattern,
    Cut,
    Pattern,
    Span,
    cut,
    hour_of,
    minute_of,
)

DAY = 24 * 60 - 1


@st.composite
def patterns(draw) -> Pattern:
    """Patterns that are in order; their slots may be too many, or none."""
    begins = draw(st.integers(0, DAY - 1))
    ends = draw(st.integers(begins + 1, DAY))
    edges = sorted(draw(st.lists(st.integers(begins, ends), max_size=8, unique=True)))
    breaks = [
        Span(hour_of(first), hour_of(last))
        for first, last in zip(edges[::2], edges[1::2], strict=False)
    ]
    return Pattern(
        hour_of(begins), hour_of(ends), draw(st.integers(SHORTEST, LONGEST)), tuple(breaks),
        draw(st.integers(0, 100)), draw(st.integers(1, MOST_TABLES)),
    )  # fmt: skip


def cut_of(pattern: Pattern) -> list[Cut]:
    try:
        return cut(pattern)
    except BadPattern as bad:
        if bad.code not in ("none", "many"):
            raise
        return []


@given(patterns())
def test_no_slot_of_a_table_overlaps_another_or_a_break_or_leaves_the_hours(pattern):
    slots = cut_of(pattern)

    for table in range(1, pattern.tables + 1):
        mine = [slot for slot in slots if slot.table == table]
        ends = [minute_of(slot.ends) for slot in mine]
        begins = [minute_of(slot.begins) for slot in mine]
        assert all(end <= begin for end, begin in zip(ends, begins[1:], strict=False))
        assert {end - begin for begin, end in zip(begins, ends, strict=True)} <= {pattern.minutes}
        for slot in mine:
            assert pattern.begins <= slot.begins < slot.ends <= pattern.ends
            assert not any(
                slot.begins < pause.ends and pause.begins < slot.ends for pause in pattern.breaks
            )


@given(patterns())
def test_the_share_of_walk_ins_is_within_a_slot_of_what_was_asked_from_every_beginning(pattern):
    slots = cut_of(pattern)

    left = 0
    for number, slot in enumerate(slots, 1):
        left += slot.is_walk_in
        assert abs(left - number * pattern.walk_in_share / 100) <= 0.5


@given(patterns())
def test_no_time_is_lost_that_a_slot_would_fill(pattern):
    """Between two slots, a slot and a break, or before the end there is never room for one more."""
    first = [slot for slot in cut_of(pattern) if slot.table == 1]
    taken = sorted(
        [(minute_of(slot.begins), minute_of(slot.ends)) for slot in first]
        + [(minute_of(pause.begins), minute_of(pause.ends)) for pause in pattern.breaks]
        + [(minute_of(pattern.ends),) * 2]
    )
    if not first:
        return
    at = minute_of(pattern.begins)
    for begins, ends in taken:
        assert begins - at < pattern.minutes
        at = max(at, ends)


@given(patterns())
def test_every_table_has_the_same_hours(pattern):
    slots = cut_of(pattern)

    hours = {
        table: [(slot.begins, slot.ends) for slot in slots if slot.table == table]
        for table in range(1, pattern.tables + 1)
    }
    assert all(one == hours[1] for one in hours.values())


def test_given_a_lunch_break_then_the_slots_go_round_it():
    pattern = Pattern(
        time(11), time(14, 30), 30, (Span(time(12, 45), time(13, 30)),), walk_in_share=25
    )

    assert cut(pattern) == [
        Cut(1, time(11), time(11, 30), False),
        Cut(1, time(11, 30), time(12), True),
        Cut(1, time(12), time(12, 30), False),
        Cut(1, time(13, 30), time(14), False),
        Cut(1, time(14), time(14, 30), False),
    ]


LUNCH = Span(time(13), time(14))
BAD = [
    (Pattern(time(10), time(10), 15), "order"),
    (Pattern(time(15), time(10), 15), "order"),
    (Pattern(time(10), time(15), 2), "length"),
    (Pattern(time(10), time(15), 241), "length"),
    (Pattern(time(10), time(15), 15, walk_in_share=101), "share"),
    (Pattern(time(10), time(15), 15, walk_in_share=-1), "share"),
    (Pattern(time(10), time(15), 15, tables=0), "tables"),
    (Pattern(time(10), time(15), 15, tables=13), "tables"),
    (Pattern(time(10), time(13, 30), 15, (LUNCH,)), "break_outside"),
    (Pattern(time(13, 30), time(15), 15, (LUNCH,)), "break_order"),
    (Pattern(time(10), time(15), 15, (LUNCH, LUNCH)), "break_order"),
    (Pattern(time(10), time(15), 15, (Span(time(14), time(13)),)), "break_order"),
    (Pattern(time(10), time(18), 15, tuple(
        Span(time(10 + n), time(10 + n, 5)) for n in range(7))), "breaks"),
    (Pattern(time(10), time(10, 20), 30), "none"),
    (Pattern(time(8), time(20), 5, tables=12), "many"),
]  # fmt: skip


@pytest.mark.parametrize(("pattern", "code"), BAD)
def test_a_pattern_that_makes_no_sense_is_refused_with_a_code(pattern, code):
    with pytest.raises(BadPattern) as refused:
        cut(pattern)

    assert refused.value.code == code


def test_the_most_slots_there_may_be_are_cut():
    slots = cut(Pattern(time(8), time(18), 10, tables=10))

    assert len(slots) == MOST_SLOTS
