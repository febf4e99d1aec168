"""Word lists: what counts as a word, how often, and where."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.analysis.stop_words import stop_words
from qcode.analysis.word_list import Talk, Tally, spoken_words, tally, word_list

TALK = (
    Talk("a", "north", "The letter, the Letter! I don't know."),
    Talk("b", "south", "Año tras año: el ano. 😀 Don’t."),
    Talk("b", "north", "A letter’s end"),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Don't ’tis 'quoted' l’eau", ["don't", "tis", "quoted", "l'eau"]),
        ("Él habló: ¿SÍ o si?", ["él", "habló", "sí", "o", "si"]),
        ("Straße co-op 3.5 a_b", ["straße", "co", "op", "3", "5", "a", "b"]),
        ("cafe\u0301 שָׁלוֹם हिन्दी", ["cafe\u0301", "שָׁלוֹם", "हिन्दी"]),
        ("می\u200cخواهم", ["میخواهم"]),
        ("電話 ok", ["電", "話", "ok"]),
        ("😀 — …'", []),
    ],
)
def test_words_keep_their_accents_and_lose_their_capitals(text, expected):
    assert spoken_words(text) == expected


def test_words_are_counted_by_document_and_group():
    found = word_list(TALK)
    rows = {row.word: row for row in found.words}
    assert [row.word for row in found.words[:4]] == ["año", "don't", "letter", "the"]
    assert (rows["don't"].count, dict(rows["don't"].documents)) == (2, {"a": 1, "b": 1})
    assert (rows["letter"].count, dict(rows["letter"].groups)) == (2, {"north": 2})
    assert dict(rows["año"].documents) == {"b": 2}
    assert "ano" in rows
    assert (found.total, dict(found.sizes)) == (16, {"a": 7, "b": 9})
    assert dict(found.group_sizes) == {"north": 10, "south": 6}


def test_stop_words_and_short_words_are_left_out_of_the_list_but_not_of_the_sizes():
    found = word_list(TALK, stop_words=["the", "don't"], shortest=3)
    assert {row.word for row in found.words} == {"letter", "know", "año", "tras", "ano", "letter's", "end"}
    assert found.total == 16


def test_a_tally_tells_rates_and_those_without_a_hit():
    assert tally(["b", "b", "x"], {"a": 100, "b": 400}) == (Tally("a", 0, 100), Tally("b", 2, 400), Tally("x", 1, 0))
    assert [row.per_thousand for row in tally(["b", "b", "x"], {"a": 100, "b": 400})] == [0.0, 5.0, None]


def test_stop_words_of_english_and_spanish_hold_what_is_said_between_words():
    assert {"the", "mhm", "don't", "um"} <= stop_words("en-GB")
    assert {"el", "eh", "pues"} <= stop_words("es")
    assert "letter" not in stop_words("en")
    assert {"der", "und"} <= stop_words("de")
    assert stop_words("tlh") == frozenset()


SAID = st.builds(
    Talk, st.sampled_from("abc"), st.sampled_from(("x", "")), st.text(st.sampled_from("aé' ’ßB.\n"), max_size=20)
)


@given(st.lists(SAID))
def test_counts_add_up_however_they_are_split(talk):
    found = word_list(talk)
    plain = Counter(word for said in talk for word in spoken_words(said.text))
    assert {row.word: row.count for row in found.words} == dict(plain)
    assert all(sum(row.documents.values()) == sum(row.groups.values()) == row.count for row in found.words)
    assert sum(found.sizes.values()) == sum(found.group_sizes.values()) == found.total == plain.total()
