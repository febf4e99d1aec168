"""Two wordings, word by word."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from qcode.text.word_differences import Stretch, word_differences

WORDS = st.text(st.sampled_from("ab .,\nÉ"), max_size=40)


@given(WORDS, WORDS)
def test_both_wordings_can_be_read_from_their_differences(before, after):
    found = word_differences(before, after)
    assert "".join(part.text for part in found if part.fate != "new") == before
    assert "".join(part.text for part in found if part.fate != "gone") == after


@given(WORDS)
def test_the_same_wording_differs_in_nothing(text):
    assert all(part.fate == "same" for part in word_differences(text, text))


def test_whole_words_are_told_and_not_letters():
    assert word_differences("Afraid of the police.", "Afraid of any help.") == [
        Stretch("same", "Afraid of "),
        Stretch("gone", "the police"),
        Stretch("new", "any help"),
        Stretch("same", "."),
    ]


def test_long_texts_do_not_keep_anybody_waiting():
    before, after = "one two " * 25_000, "two three " * 25_000
    begun = time.perf_counter()
    found = word_differences(before, after)
    assert time.perf_counter() - begun < 1
    assert [part.fate for part in found] == ["gone", "new"]
