"""The index of ranges, held against a look at all of them."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.text.overlaps import Overlaps


@dataclass(frozen=True)
class Span:
    start: int
    end: int


spans = st.lists(st.builds(Span, st.integers(0, 30), st.integers(0, 30)), max_size=15)


@given(spans, st.integers(0, 30), st.integers(0, 30))
def test_touching_finds_every_range_that_shares_a_character(found, start, end):
    index = Overlaps(found)
    expected = [span for span in found if max(start, span.start) < min(end, span.end)]
    assert sorted(index.touching(start, end), key=repr) == sorted(expected, key=repr)


@given(spans, st.integers(-1, 31))
def test_at_finds_every_range_that_holds_a_position(found, position):
    expected = [span for span in found if span.start <= position < span.end]
    assert sorted(Overlaps(found).at(position), key=repr) == sorted(expected, key=repr)
    assert len(Overlaps(found)) == len(found)


@given(spans, spans, spans)
def test_changed_ranges_are_found_as_if_they_had_always_been_there(kept, gone, come):
    for few in (True, False):
        index = Overlaps(kept + gone)
        many = [] if few else [Span(40, 41)] * 120
        index.change(gone, come + many)
        known = [span for span in kept if few or span not in gone] + come
        found = [span for span in index.touching(0, 31) if span.start < 40]
        assert sorted(found, key=repr) == sorted((span for span in known if span.start < span.end), key=repr)


def test_a_range_that_is_not_in_cannot_be_taken_out():
    with pytest.raises(ValueError, match="not in list"):
        Overlaps([Span(0, 3)]).change([Span(1, 2)], [])
