from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.text.canonical import normalise

ODD = "\r\n\x0b\x0c\x85\u2028\u2029\u00a0\u202f\u2007\ufeff\u00ad\u200b\u2060\u202a\u202e\u200c\u200d"
TEXTS = st.text(alphabet=st.one_of(st.sampled_from(ODD), st.characters(codec="utf-8")), max_size=60)


@given(TEXTS)
def test_normalising_twice_changes_nothing_more(text):
    once, _ = normalise(text)
    assert normalise(once) == (once, ())


@given(TEXTS, st.data())
def test_every_part_of_a_canonical_text_is_canonical(text, data):
    once, _ = normalise(text)
    start = data.draw(st.integers(0, len(once)))
    part = once[start : data.draw(st.integers(start, len(once)))]
    assert normalise(part) == (part, ())


@given(TEXTS)
def test_notes_are_empty_exactly_when_nothing_changed(text):
    once, notes = normalise(text)
    assert bool(notes) == (once != text)
    assert unicodedata.is_normalized("NFC", once)


@pytest.mark.parametrize("end", ["\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_each_kind_of_line_end_becomes_one_newline(end):
    assert normalise(f"a{end}é") == ("a\né", (("line ends made newlines", 1),))
    assert normalise(f"a{end}b")[0] == "a\nb"


def test_what_joins_emoji_and_persian_stays():
    text = "👩\u200d👧 می\u200cروم"
    assert normalise(text) == (text, ())


def test_quotes_dashes_and_runs_of_spaces_stay():
    text = "“a”  –  b — it’s   [ ok ]\t'x'"
    assert normalise(text) == (text, ())


def test_what_was_changed_is_counted_by_rule():
    text, notes = normalise("\ufeffcafe\u0301\u00a0x\u00ad\u200by\r\nz\u202a\u202e")
    assert text == "café xy\nz"
    assert notes == (
        ("line ends made newlines", 1),
        ("no-break spaces made spaces", 1),
        ("invisible characters removed", 5),
        ("texts composed (NFC)", 1),
    )
