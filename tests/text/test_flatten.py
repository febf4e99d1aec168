"""Flat stretches and their differences, held against a look at every single position."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from qcode.text.flatten import diff, flatten

LENGTH = 40
edges = st.tuples(st.integers(0, LENGTH), st.integers(0, LENGTH))
many = st.lists(edges, max_size=12).map(lambda pairs: [(start, end, key) for key, (start, end) in enumerate(pairs)])


def active_at(ranges, position):
    held = [item for item in ranges if item[0] <= position < item[1]]
    return tuple(key for start, end, key in sorted(held, key=lambda item: (item[0] - item[1], item[0])))


def spread(stretches):
    return {position: active for start, end, active in stretches for position in range(start, end)}


@given(many)
def test_every_position_knows_its_ranges_longest_first(ranges):
    expected = {position: active_at(ranges, position) for position in range(LENGTH)}
    assert spread(flatten(ranges)) == {position: active for position, active in expected.items() if active}


@given(many)
def test_stretches_are_sorted_apart_and_as_long_as_can_be(ranges):
    stretches = flatten(ranges)
    assert all(start < end and active for start, end, active in stretches)
    for left, right in pairwise(stretches):
        assert left.end < right.start or (left.end == right.start and left.active != right.active)


@given(many, edges)
def test_a_window_tells_the_same_as_the_whole(ranges, window):
    whole = spread(flatten(ranges))
    inside = {position: active for position, active in whole.items() if window[0] <= position < window[1]}
    assert spread(flatten(ranges, within=window)) == inside


@given(many, many)
def test_a_difference_is_exactly_where_positions_differ(old, new):
    changed = diff(flatten(old), flatten(new))
    different = [position for position in range(LENGTH) if active_at(old, position) != active_at(new, position)]
    assert [position for start, end in changed for position in range(start, end)] == different
    assert all(left[1] < right[0] for left, right in pairwise(changed))


@given(many)
def test_nothing_differs_from_itself(ranges):
    assert diff(flatten(ranges), flatten(ranges)) == []


def test_keys_need_no_order_and_equal_lengths_stand_as_given():
    first, second, third = object(), object(), object()
    stretches = flatten([(0, 5, first), (2, 4, second), (0, 5, third)])
    assert [active for _, _, active in stretches] == [
        (first, third),
        (first, third, second),
        (first, third),
    ]


def test_the_same_key_that_goes_on_in_another_range_is_one_stretch():
    assert flatten([(0, 3, "trust"), (3, 6, "trust")]) == [(0, 6, ("trust",))]


def test_two_thousand_ranges_need_steps_not_squares():
    few = _events_of(200)
    many_more = _events_of(2000)
    assert len(many_more) <= 11 * len(few)


def _events_of(count):
    return flatten([(3 * index, 3 * index + 10, index) for index in range(count)])
