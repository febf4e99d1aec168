from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.text.ranges import overlap, trim, union

LENGTH = 30
ranges = st.tuples(st.integers(0, LENGTH), st.integers(0, LENGTH)).map(lambda pair: (min(pair), max(pair)))
texts = st.text(alphabet=st.sampled_from("ab \n\t\u00a0\u2028\u3000😀é"), max_size=LENGTH)


def covered(spans):
    return {place for start, end in spans for place in range(start, end)}


@given(st.lists(ranges, max_size=12))
def test_a_union_covers_the_same_characters_in_ranges_that_do_not_touch(spans):
    united = union(spans)
    assert covered(united) == covered(spans)
    assert all(start < end for start, end in united)
    assert all(left[1] < right[0] for left, right in pairwise(united))


@given(st.lists(ranges, max_size=12))
def test_uniting_twice_changes_nothing_and_order_does_not_matter(spans):
    assert union(union(spans)) == union(spans) == union(reversed(spans))


@given(ranges, ranges)
def test_overlap_counts_shared_characters(first, second):
    assert overlap(first, second) == overlap(second, first) == len(covered([first]) & covered([second]))


@given(texts, st.data())
def test_trimming_drops_exactly_the_whitespace_at_both_ends(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    kept = trim(text, start, end)
    if kept is None:
        assert text[start:end].strip() == ""
    else:
        assert start <= kept[0] < kept[1] <= end
        assert text[kept[0] : kept[1]] == text[start:end].strip() != ""


def test_trimming_counts_code_points_beyond_the_basic_plane():
    assert trim("a 😀😀 b", 1, 5) == (2, 4)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2), (0, 4)])
def test_a_range_outside_the_text_cannot_be_trimmed(start, end):
    with pytest.raises(ValueError, match="does not lie inside"):
        trim("abc", start, end)
