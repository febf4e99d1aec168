from __future__ import annotations

import random
import time
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.text import comparing
from qcode.text.comparing import differing
from qcode.text.edits import OffsetMap, edits_between

WORDS = st.lists(st.sampled_from(["a", "b", "c", "d", "e", "f", "g", "h"]), max_size=40)


def rewritten(old, new):
    """The words after, put together from the words before and what the stretches say became of them."""
    out, past = [], 0
    for stretch in differing(old, new):
        assert stretch.old_start >= past
        assert stretch.old_start < stretch.old_end or stretch.new_start < stretch.new_end
        out += [*old[past : stretch.old_start], *new[stretch.new_start : stretch.new_end]]
        past = stretch.old_end
    return out + old[past:]


@given(WORDS, WORDS, st.integers(1, 60), st.integers(0, 200))
def test_the_stretches_turn_one_list_into_the_other_however_little_is_compared(old, new, most, altogether):
    with mock.patch.object(comparing, "_COMPARABLE", most), mock.patch.object(comparing, "_ALTOGETHER", altogether):
        assert rewritten(old, new) == new


@given(WORDS)
def test_what_is_the_same_has_no_stretches(words):
    assert differing(words, list(words)) == []


def interview(words):
    """A text of these words with a line for every forty."""
    return "".join(word + ("\n" if number % 40 == 39 else " ") for number, word in enumerate(words))


def corrected(chance, words, vocabulary, share):
    """The words with a share of them changed, left out or added to; also which of them stand untouched."""
    out, kept = [], []
    for word in words:
        fate = chance.random() / share
        if fate >= 1:
            kept.append(True)
            out.append(word)
            continue
        kept.append(False)
        out += [[chance.choice(vocabulary)], [], [word, chance.choice(vocabulary)]][int(fate * 3)]
    return out, kept


@pytest.mark.parametrize("share", [0.01, 0.05, 0.2])
def test_words_of_a_long_interview_that_were_left_alone_stay_where_they_are(share):
    chance = random.Random(7)
    vocabulary = [f"w{number}" for number in range(6_000)]
    words = chance.choices(vocabulary, [1 / (number + 1) for number in range(6_000)], k=30_000)
    new, kept = corrected(chance, words, vocabulary, share)
    begun = time.process_time()
    edits = edits_between(interview(words), interview(new))
    assert time.process_time() - begun < 4
    places, start, touched = OffsetMap(edits), 0, 0
    for word, stays in zip(words, kept, strict=True):
        touched += stays and places.place(start, start + len(word)).altered
        start += len(word) + 1
    assert touched < sum(kept) * 0.01


def test_two_long_texts_that_have_nothing_to_hold_on_to_are_compared_at_once():
    chance = random.Random(3)
    begun = time.process_time()
    for before, after in (
        (chance.choices("abc", k=60_000), chance.choices("abc", k=60_000)),
        (["a", "b"] * 30_000, ["b", "a"] * 30_000),
        (["a"] * 60_000, ["b"] * 60_000),
        ([str(number) for number in range(60_000)], [str(number) for number in reversed(range(60_000))]),
    ):
        differing(before, after)
    assert time.process_time() - begun < 8
