"""Each stretch is counted once: how codings of one text become one."""

from __future__ import annotations

import counted
from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.analysis.corpus import Mark, said_of, united, word_starts

CASES = counted.texts("D", 0).flatmap(lambda text: st.tuples(st.just(text.text), counted.marks(text)))


def covered(text, marks):
    """The characters under each code, and by whom, without white space at the edges of what was marked."""
    found = {}
    for mark in marks:
        inside = [place for place in range(mark.start, mark.end) if text[mark.start : mark.end].strip()]
        kept = [place for place in inside if text[mark.start : place + 1].strip() and text[place : mark.end].strip()]
        for place in kept:
            found.setdefault((mark.code, place), set()).update(mark.coders)
    return found


def joins(between):
    """What between two passages does not keep them apart: punctuation and white space within a turn."""
    return not any(letter.isalnum() or letter in "_\n" or ord(letter) > 0xFFFF for letter in between)


@given(CASES)
@settings(max_examples=60)
def test_no_stretch_is_counted_twice_and_none_is_lost(case):
    text, marks = case
    found, told = united(text, marks), covered(text, marks)
    at = {}
    for mark in found:
        for place in range(mark.start, mark.end):
            assert (mark.code, place) not in at, "twice"
            at[mark.code, place] = mark
    assert told.keys() <= at.keys(), "lost"
    gaps = {(mark.code, mark.start, mark.end): "" for mark in found}
    for (code, place), mark in sorted(at.items(), key=lambda item: item[0]):
        if (code, place) in told:
            assert told[code, place] <= set(mark.coders)
            gaps[code, mark.start, mark.end] = ""
        else:
            gaps[code, mark.start, mark.end] += text[place]
            assert joins(text[place]), "a word that nobody marked"
    for one, other in ((one, other) for one in found for other in found if one.code == other.code):
        assert one is other or one.end <= other.start or other.end <= one.start
        if one.end <= other.start:
            assert not joins(text[one.end : other.start]), "they touch"


@given(CASES, st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_the_order_of_codings_and_a_second_time_change_nothing(case, chance):
    text, marks = case
    found = united(text, marks)
    mixed = [*marks]
    chance.shuffle(mixed)
    places = [mark[:4] for mark in found]
    assert [mark[:4] for mark in united(text, mixed)] == places
    assert united(text, found) == found
    assert places == sorted(places, key=lambda mark: (mark[1], mark[2], mark[3]))


def test_what_codings_say_stays_with_their_stretch():
    text = "I rang them. They came.\nNobody spoke."
    marks = [
        Mark("D", 0, 12, "c", ("A",), codings=("1",), negative=True),
        Mark("D", 13, 24, "c", ("B",), settled=True, codings=("2",), illustrative=True),
        Mark("D", 24, 30, "c", ("A",), settled=True, codings=("3",)),
        Mark("D", 23, 24, "c", ("A",), settled=True, codings=("4",)),
    ]
    first, second = united(text, marks)
    assert first == Mark("D", 0, 23, "c", ("A", "B"), codings=("1", "2"), illustrative=True, negative=True)
    assert second == marks[2]


@given(st.text(st.sampled_from("ab é😀 \u00a0\u2003\n\t\x85"), max_size=40))
def test_words_are_counted_as_documents_are(text):
    starts = word_starts(text)
    assert len(starts) == len(text.split())
    begun = [at for at in range(len(text)) if not text[at].isspace() and (at == 0 or text[at - 1].isspace())]
    assert list(starts) == begun


def test_of_many_names_the_first_are_said():
    assert said_of(["a", "b"]) == "a, b"
    assert said_of("abcdefg") == "a, b, c, d, e and 2 more"
