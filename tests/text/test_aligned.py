"""Two texts side by side, by the numbers of their turns."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.text.aligned import Pair, held, lines, linked, settled, shifted, unlinked

ONE_TO_ONE = [Pair((turn, turn + 1), (turn, turn + 1)) for turn in range(4)]


@st.composite
def aligned(draw):
    """Links in order that share no turn, and how many turns there are on either side."""
    out, at, there = [], 0, 0
    for gap, other_gap, size, other_size in draw(
        st.lists(st.tuples(*[st.integers(0, 2)] * 2, *[st.integers(1, 3)] * 2), max_size=6)
    ):
        at, there = at + gap, there + other_gap
        out.append(Pair((at, at + size), (there, there + other_size)))
        at, there = at + size, there + other_size
    return out, at + draw(st.integers(0, 2)), there + draw(st.integers(0, 2))


def turns_of(ranges):
    return [turn for start, end in ranges for turn in range(start, end)]


@given(aligned())
def test_the_lines_hold_every_turn_once_and_in_order(found):
    links, originals, translations = found
    shown = lines(links, originals, translations)
    assert turns_of(line.original for line in shown) == list(range(originals))
    assert turns_of(line.translation for line in shown) == list(range(translations))
    assert [line for line in shown if line.linked] == links


def test_turns_without_a_counterpart_stand_alone_those_of_the_original_first():
    shown = lines([Pair((2, 3), (1, 2))], 3, 2)
    assert shown == [Pair((0, 1), (0, 0)), Pair((1, 2), (0, 0)), Pair((2, 2), (0, 1)), Pair((2, 3), (1, 2))]


@given(aligned(), st.data())
def test_a_link_by_hand_stands_and_what_is_left_shares_no_turn_and_crosses_nothing(found, data):
    links, originals, translations = found
    if not originals or not translations:
        return
    first, there = data.draw(st.integers(0, originals - 1)), data.draw(st.integers(0, translations - 1))
    original = (first, data.draw(st.integers(first + 1, originals)))
    translation = (there, data.draw(st.integers(there + 1, translations)))
    after = linked(links, original, translation)
    assert Pair(original, translation) in after
    assert settled(after) == after
    for one in links:
        apart = one.original[1] <= original[0] and one.translation[1] <= translation[0]
        if apart or (one.original[0] >= original[1] and one.translation[0] >= translation[1]):
            assert one in after


def test_of_a_link_that_is_cut_what_lies_on_both_sides_of_the_cut_stays():
    assert linked([Pair((0, 4), (0, 4))], (1, 2), (1, 2)) == [
        Pair((0, 1), (0, 1)),
        Pair((1, 2), (1, 2)),
        Pair((2, 4), (2, 4)),
    ]
    assert linked([Pair((0, 2), (0, 1))], (1, 2), (1, 2)) == [Pair((0, 1), (0, 1)), Pair((1, 2), (1, 2))]


def test_links_that_would_cross_go():
    assert linked(ONE_TO_ONE, (0, 1), (3, 4)) == [Pair((0, 1), (3, 4))]


def test_unlinking_takes_the_links_of_these_turns_and_no_others():
    assert unlinked(ONE_TO_ONE, (1, 2), (0, 0)) == [ONE_TO_ONE[0], *ONE_TO_ONE[2:]]
    assert unlinked(ONE_TO_ONE, (0, 0), (2, 4)) == ONE_TO_ONE[:2]
    assert unlinked(ONE_TO_ONE, (0, 0), (0, 0)) == ONE_TO_ONE


def test_the_rest_goes_down_by_a_line():
    assert shifted(ONE_TO_ONE, 4, 4, "translation", 1, 1) == [
        Pair((0, 1), (0, 1)),
        Pair((2, 3), (1, 2)),
        Pair((3, 4), (2, 3)),
    ]


def test_the_rest_goes_up_and_joins_the_line_above():
    assert shifted(ONE_TO_ONE, 4, 4, "original", 2, -1) == [
        Pair((0, 1), (0, 1)),
        Pair((1, 3), (1, 2)),
        Pair((3, 4), (2, 3)),
    ]
    assert shifted(ONE_TO_ONE, 4, 4, "original", 0, -1) == ONE_TO_ONE


@given(aligned(), st.data())
def test_up_undoes_down(found, data):
    links, originals, translations = found
    if not translations:
        return
    turn = data.draw(st.integers(0, translations - 1))
    down = shifted(links, originals, translations, "translation", turn, 1)
    # The line may stand elsewhere once links went: what is linked on the way comes back where lines are as they were.
    if lines(down, originals, translations) == _geometry(links, originals, translations, turn):
        assert shifted(down, originals, translations, "translation", turn, -1) == links


def _geometry(links, originals, translations, turn):
    """The lines after a move down, as they are laid out before single turns find their order."""
    left = [line.original for line in lines(links, originals, translations)]
    right = [line.translation for line in lines(links, originals, translations)]
    line = next(number for number, cell in enumerate(right) if cell[0] <= turn < cell[1])
    right.insert(line, (right[line][0], right[line][0]))
    return [Pair(*cells) for cells in zip([*left, (originals, originals)], right, strict=True)]


def test_links_of_two_copies_are_settled():
    crossing = Pair((0, 1), (9, 10))
    assert settled([crossing, *ONE_TO_ONE[1:]]) == ONE_TO_ONE[1:]
    assert settled([Pair((0, 1), (0, 1)), Pair((0, 2), (0, 1))]) == [Pair((0, 2), (0, 1))]
    assert settled([]) == []


@given(st.lists(st.tuples(*[st.integers(0, 12)] * 2, *[st.integers(1, 4)] * 2), max_size=12))
def test_settled_links_are_in_order_and_share_nothing_whatever_came(rows):
    links = [Pair((one, one + size), (other, other + length)) for one, other, size, length in rows]
    after = settled(links)
    for one, other in pairwise(after):
        assert one.original[1] <= other.original[0]
        assert one.translation[1] <= other.translation[0]
    assert bool(after) == bool(links)
    assert settled(after) == after


TURNS = [(0, 10), (11, 20), (21, 24)]


@pytest.mark.parametrize(
    ("places", "numbers"),
    [
        ([(0, 10), (11, 20)], [(0, 1), (1, 2)]),
        ([(0, 13), (11, 20)], [(0, 1), (1, 2)]),
        ([(0, 20), (0, 20)], [(0, 2), (0, 2)]),
        ([(12, 14)], [(1, 2)]),
        ([(10, 11)], [None]),
        ([(30, 30)], [None]),
        ([(0, 24)], [(0, 3)]),
    ],
)
def test_a_turn_goes_to_the_place_that_covers_most_of_it(places, numbers):
    assert held(TURNS, places) == numbers
