"""Ranges that are written as numbers and read when they are looked at."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.text.written_ranges import WrittenRanges, written

RANGES = st.lists(st.tuples(st.integers(0, 10**7), st.integers(0, 10**7)))


@given(RANGES)
def test_what_was_written_is_read_again(ranges: list[tuple[int, int]]) -> None:
    read = WrittenRanges(written(ranges))
    assert list(read) == ranges
    assert len(read) == len(ranges)
    assert read == tuple(ranges)
    assert tuple(ranges) == read
    assert hash(read) == hash(tuple(ranges))
    assert read[1:] == tuple(ranges[1:])
    assert list(read.positions) == [position for span in ranges for position in span]


@given(RANGES, RANGES)
def test_two_are_equal_if_their_ranges_are(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> None:
    assert (WrittenRanges(written(one)) == WrittenRanges(written(other))) == (one == other)


def test_half_a_range_is_refused_when_it_is_read() -> None:
    with pytest.raises(ValueError, match="no end"):
        len(WrittenRanges("[1,2,3]"))
