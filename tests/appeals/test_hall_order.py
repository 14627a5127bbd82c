"""The row in the hall: turns by the written rule, whatever comes and in whatever order."""

import random

from hypothesis import given
from hypothesis import strategies as st

from appeals.enums import HallSource
from appeals.hall_order import BY_SUPPORT, ROUND, Last, Waiting, in_turn

SENT, HAND, PHONE, PAPER = ROUND


def a_row(key, source, came, voices=0, person="", forward=None) -> Waiting:
    return Waiting(key, source, (came,), voices, person, forward)


def keys(waiting, last=None) -> list[int]:
    return [one.key for one in in_turn(waiting, last or Last())]


def test_the_ways_take_turns_and_support_decides_among_those_sent():
    rows = [
        a_row(1, SENT, 1, voices=2), a_row(2, SENT, 2, voices=9), a_row(3, HAND, 3),
        a_row(4, HAND, 4, voices=50), a_row(5, PHONE, 5), a_row(6, PHONE, 6, voices=1),
        a_row(7, PAPER, 7), a_row(8, SENT, 8, voices=2),
    ]  # fmt: skip

    assert keys(rows) == [2, 3, 6, 7, 1, 4, 5, 8]


def test_the_round_goes_on_after_the_one_called_last():
    rows = [a_row(1, SENT, 1), a_row(2, HAND, 2), a_row(3, PHONE, 3), a_row(4, PAPER, 4)]

    assert keys(rows, Last(HAND)) == [3, 4, 1, 2]
    assert keys(rows, Last(PAPER)) == [1, 2, 3, 4]
    assert keys(rows[:1], Last(SENT)) == [1]


def test_one_put_forward_by_hand_comes_first_and_the_round_goes_on_from_there():
    rows = [a_row(1, SENT, 1), a_row(2, HAND, 2), a_row(3, PAPER, 3, forward=2),
            a_row(4, PAPER, 4, forward=1)]  # fmt: skip

    assert keys(rows) == [4, 3, 1, 2]


def test_nobody_speaks_twice_in_a_row_while_somebody_else_waits():
    rows = [a_row(1, HAND, 1, person="a"), a_row(2, HAND, 2, person="b"),
            a_row(3, PHONE, 3, person="a"), a_row(4, PHONE, 4, person="a")]  # fmt: skip

    assert keys(rows, Last(SENT, "a")) == [2, 3, 1, 4]
    assert keys([rows[2]], Last(SENT, "a")) == [3]


@st.composite
def halls(draw):
    count = draw(st.integers(0, 14))
    rows = [
        a_row(
            key, draw(st.sampled_from(ROUND)), draw(st.integers(0, 9)), draw(st.integers(0, 3)),
            draw(st.sampled_from(["", "a", "b"])),
            draw(st.one_of(st.none(), st.none(), st.integers(0, 3))),
        )
        for key in range(count)
    ]  # fmt: skip
    last = Last(draw(st.sampled_from(["", *ROUND])), draw(st.sampled_from(["", "a"])))
    return rows, last


@given(halls(), st.randoms())
def test_everybody_has_one_place_whatever_order_they_are_given_in(hall, chance: random.Random):
    rows, last = hall
    shuffled = list(rows)
    chance.shuffle(shuffled)

    turns = in_turn(rows, last)

    assert sorted(one.key for one in turns) == [one.key for one in rows]
    assert in_turn(shuffled, last) == turns


@given(halls())
def test_the_turns_keep_each_sentence_of_the_rule(hall):
    rows, last = hall
    turns = in_turn(rows, last)
    by_hand = [one for one in turns if one.forward is not None]
    assert turns[: len(by_hand)] == by_hand
    assert [one.forward for one in by_hand] == sorted(one.forward for one in by_hand)

    before = Last(by_hand[-1].source, by_hand[-1].person) if by_hand else last
    for at in range(len(by_hand), len(turns)):
        now, rest = turns[at], turns[at:]
        others = [one for one in rest if not one.person or one.person != before.person]
        if others:
            assert now in others
        ways = {one.source for one in others or rest}
        start = ROUND.index(HallSource(before.source)) + 1 if before.source else 0
        first = next(way for way in ROUND[start:] + ROUND[:start] if way in ways)
        assert now.source == first
        rivals = [one for one in others or rest if one.source == now.source]
        if now.source in BY_SUPPORT:
            assert now.voices == max(one.voices for one in rivals)
            rivals = [one for one in rivals if one.voices == now.voices]
        assert now.came == min(one.came for one in rivals)
        before = Last(now.source, now.person)
