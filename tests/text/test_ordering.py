from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.text.ordering import between, sequence


@given(st.lists(st.integers(0, 10_000), max_size=60))
def test_there_is_always_room_between_two_neighbours(places):
    keys: list[str] = []
    for place in places:
        index = place % (len(keys) + 1)
        before = keys[index - 1] if index else None
        after = keys[index] if index < len(keys) else None
        keys.insert(index, between(before, after))
        assert keys == sorted(keys)
        assert len(set(keys)) == len(keys)
        assert not any(key.endswith("0") for key in keys)


@given(st.integers(0, 3000), st.lists(st.integers(0, 100), max_size=20))
def test_a_sequence_is_ordered_and_follows_the_key_before_it(count, nudges):
    after = None
    for _ in nudges:
        after = between(after, None)
    keys = sequence(count, after)
    assert keys == sorted(set(keys))
    assert len(keys) == count
    assert after is None or all(key > after for key in keys)


def test_keys_out_of_order_are_a_programming_error():
    with pytest.raises(ValueError, match="out of order"):
        between("k", "k")
