"""What of a text may be coded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.text.codable import Codable, apart, gaps, without
from qcode.text.ranges import trim, union

TEXT = "Tell me.\nI rang them. They came.\nAnd then?\nThree letters. I was out."
FIRST, SECOND = (9, 32), (43, 68)
places = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(lambda pair: (min(pair), max(pair)))
passages = places.map(lambda place: trim(TEXT, *place)).filter(bool)


def at(words):
    """Where words stand."""
    return TEXT.index(words), TEXT.index(words) + len(words)


def test_the_whole_text_can_be_coded_where_nothing_is_said():
    assert Codable(TEXT).codable(0, len(TEXT))


def test_a_passage_must_lie_within_an_assigned_part():
    own = Codable(TEXT, parts=(FIRST,))
    assert own.codable(*at("They came."))
    assert own.hindrance(*at("And then?")) == "not a part"
    assert own.hindrance(*at("They came.\nAnd")) == "not a part"


def test_who_has_no_part_left_can_code_nothing():
    assert Codable(TEXT, parts=()).hindrance(*FIRST) == "not a part"


def test_parts_that_meet_are_one_whatever_space_is_between():
    both = Codable(TEXT, parts=((0, 8), FIRST))
    assert both.codable(*at("me.\nI rang"))


def test_what_is_excluded_as_a_whole_cannot_be_coded_and_what_reaches_out_of_it_can():
    free = Codable(TEXT, excluded=((0, 8), (33, 42)))
    assert free.hindrance(*at("And then?")) == "excluded"
    assert free.codable(*at("came.\nAnd then?"))


def test_in_a_text_that_was_cut_segments_alone_can_be_coded():
    cut = Codable(TEXT, segments=(FIRST, SECOND))
    assert cut.codable(*SECOND)
    assert cut.codable(42, 68)
    assert cut.hindrance(*at("They came.")) == "no segment"


def test_a_selection_stands_for_the_segments_that_it_touches():
    cut = Codable(TEXT, segments=(FIRST, SECOND))
    assert cut.snapped(*at("came.\nAnd then?\nThree")) == [FIRST, SECOND]
    assert cut.snapped(12, 12) == [FIRST]
    assert cut.snapped(*at("And then?")) == []
    assert cut.hindrance_of_snapping(*at("And then?")) == "no segment"
    assert cut.hindrance_of_snapping(*at("came")) is None


def test_a_segment_that_is_no_part_or_excluded_is_not_handed_out():
    mine = Codable(TEXT, parts=(FIRST,), segments=(FIRST, SECOND))
    assert mine.own_segments == (FIRST,)
    assert mine.hindrance_of_snapping(*at("letters")) == "not a part"
    free = Codable(TEXT, excluded=(SECOND,), segments=(FIRST, SECOND))
    assert free.own_segments == (FIRST,)
    assert free.hindrance_of_snapping(*at("letters")) == "excluded"


def test_what_is_out_of_play_is_what_is_no_part_and_what_is_excluded():
    free = Codable(TEXT, parts=(FIRST, SECOND), excluded=(at("I rang them."),))
    assert free.out_of_play == ((0, 21), (33, 42))


@given(st.lists(places, max_size=6), passages)
def test_what_touches_no_word_out_of_play_can_be_coded_and_what_touches_no_other_cannot(parts, passage):
    free = Codable(TEXT, parts=tuple(parts))
    outside = [place for place in range(*passage) if any(start <= place < end for start, end in free.out_of_play)]
    visible = {place for place in outside if not TEXT[place].isspace()}
    assert free.codable(*passage) == (not visible)


@given(st.lists(places, max_size=6), places)
def test_gaps_and_ranges_fill_a_stretch_and_never_overlap(ranges, place):
    united = union(ranges)
    held = {at for start, end in united for at in range(start, end)}
    assert [at for gap in gaps(united, *place) for at in range(*gap)] == [at for at in range(*place) if at not in held]


@given(st.lists(places, max_size=6), places)
def test_what_remains_without_ranges_has_words_and_none_of_theirs(ranges, place):
    held = {at for start, end in ranges for at in range(start, end)}
    for start, end in without(place, ranges, TEXT):
        assert not held & set(range(start, end))
        assert trim(TEXT, start, end) == (start, end)
        assert any(map(str.isalnum, TEXT[start:end]))


@given(st.lists(places, max_size=8))
def test_ranges_that_overlap_are_told_apart_in_order(ranges):
    told = list(apart(ranges, TEXT))
    past = 0
    for index, (start, end) in told:
        assert past <= start < end
        assert ranges[index][0] <= start <= end <= ranges[index][1]
        past = end
    covered = {at for _index, place in told for at in range(*place)}
    assert {at for place in ranges for at in range(*place) if not TEXT[at].isspace()} <= covered


def test_nothing_but_spaces_is_no_passage_that_could_be_excluded():
    assert Codable(TEXT).codable(5, 5)
    assert Codable(TEXT, excluded=(FIRST,), segments=(SECOND,)).codable(8, 9)


@pytest.mark.parametrize("selection", [(0, 0), (68, 68), (32, 33)])
def test_a_selection_between_segments_touches_none(selection):
    assert Codable(TEXT, segments=(FIRST, SECOND)).snapped(*selection) == []
