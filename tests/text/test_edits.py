from __future__ import annotations

import random
import time
from unittest import mock

from hypothesis import given
from hypothesis import strategies as st

from qcode.text import comparing
from qcode.text.edits import Edit, OffsetMap, edits_between, through

TEXTS = st.lists(st.sampled_from(["I", "rang", "them", " ", ",", "😀", "é", "\n", "at once", "  "]), max_size=25).map(
    "".join
)


def apply(before, after, edits):
    """Write the text after from the text before and the edits, taking new words from the text after."""
    out, old, new = "", 0, 0
    for start, end, length in edits:
        out += before[old:start]
        new += start - old
        out += after[new : new + length]
        old, new = end, new + length
    return out + before[old:]


@given(TEXTS, TEXTS)
def test_the_edits_turn_one_text_into_the_other(before, after):
    assert apply(before, after, edits_between(before, after)) == after


@given(TEXTS, TEXTS, st.data())
def test_a_range_keeps_every_character_that_was_not_edited(before, after, data):
    edits = edits_between(before, after)
    start = data.draw(st.integers(0, len(before)))
    end = data.draw(st.integers(start, len(before)))
    placed = OffsetMap(edits).place(start, end)
    assert 0 <= placed.start <= placed.end <= len(after)
    kept = [p for p in range(start, end) if not any(edit.start <= p < edit.end for edit in edits)]
    for position in kept:
        moved = OffsetMap(edits).place(position, position + 1)
        assert after[moved.start : moved.end] == before[position]
        assert placed.start <= moved.start
        assert moved.end <= placed.end
    if not placed.altered:
        assert after[placed.start : placed.end] == before[start:end]


@given(TEXTS, TEXTS, st.data())
def test_going_back_never_gives_less_than_was_there(before, after, data):
    forward = OffsetMap(edits_between(before, after))
    start = data.draw(st.integers(0, len(before)))
    end = data.draw(st.integers(start, len(before)))
    there = forward.place(start, end)
    back = forward.inverse().place(there.start, there.end)
    if not there.altered and start < end:
        assert (back.start, back.end) == (start, end)
    elif there.start < there.end:
        assert back.start <= start or not before[start : back.start].strip() or there.altered


@given(TEXTS)
def test_no_edit_moves_nothing(text):
    assert edits_between(text, text) == []
    assert OffsetMap([]).place(0, len(text)) == (0, len(text), False)


def test_an_edge_inside_an_edit_snaps_outward():
    before, after = "one two three", "one twenty-two three"
    edits = [Edit(4, 7, 10)]
    assert OffsetMap(edits).place(5, 13) == (4, 20, True)
    assert OffsetMap(edits).place(0, 6) == (0, 14, True)
    assert after[slice(*OffsetMap(edits).place(5, 6)[:2])] == "twenty-two"
    assert before[4:7] == "two"


def test_what_is_inserted_at_an_edge_stays_outside():
    inserted = OffsetMap([Edit(4, 4, 6)])
    assert inserted.place(4, 8) == (10, 14, False)
    assert inserted.place(0, 4) == (0, 4, False)
    assert inserted.place(0, 8) == (0, 14, True)


def test_a_passage_that_was_deleted_is_empty_and_altered():
    assert OffsetMap([Edit(4, 8, 0)]).place(5, 7) == (4, 4, True)


def test_maps_follow_each_other():
    first, second = OffsetMap([Edit(0, 0, 3)]), OffsetMap([Edit(0, 3, 0)])
    assert through([first, second], 2, 5) == (2, 5, False)
    assert through([first, first.inverse()], 2, 5) == (2, 5, False)


@given(TEXTS, TEXTS)
def test_long_texts_are_held_together_by_words_that_occur_once(before, after):
    with mock.patch.object(comparing, "_COMPARABLE", 6):
        assert apply(before, after, edits_between(before, after)) == after


def test_a_turn_of_two_hundred_thousand_characters_is_compared_at_once():
    many = random.Random(3)
    words = [f"w{number}" for number in range(30_000)]
    mixed = many.sample(words, len(words))
    begun = time.perf_counter()
    for after in (
        mixed,
        [many.choice("abc") for _word in words],
        [*words[:9], "new", *words[12:20_000], *words[20_001:]],
    ):
        edits_between(" ".join(words), " ".join(after))
    assert time.perf_counter() - begun < 5
    changed = edits_between(" ".join(words), " ".join([*words[:9], "new", *words[12:20_000], *words[20_001:]]))
    assert len(changed) <= 4
    assert sum(edit.end - edit.start for edit in changed) < 30
