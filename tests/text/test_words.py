"""Words as a search compares them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.text.words import (
    Shape,
    Traced,
    accented,
    blocks_of,
    folded,
    mark_class,
    shape,
    sign_class,
    unspaced_class,
    variants,
    whole,
    words,
)

# All with a case, an accent or a mark, and some of the ideographs and tags that fill the rest.
EVERY_CHARACTER = [chr(code) for code in (*range(0xD800), *range(0xE000, 0x20000), *range(0x20000, 0xF0000, 97))]
BLOCKS = frozenset(ord(character) // 256 for character in EVERY_CHARACTER)
MIXED = st.text(st.sampled_from("abcSÉéñßﬁ’-_ 3😀🙏🏽❤️\u200d👩👧電話か\u0301\u05b9שلّहिด่ı\n"), max_size=30)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The café, THE Café!", ["the", "cafe", "the", "cafe"]),
        ("El niño habló", ["el", "nino", "hablo"]),
        ("Straße ﬁn", ["strasse", "fin"]),
        ("don't don’t co-op l’eau", ["don", "t", "don", "t", "co", "op", "l", "eau"]),
        ("cafe\u0301s q\u0303a", ["cafes", "qa"]),
        ("ok😀🙏🏽 ❤️", ["ok", "😀", "🙏", "❤"]),
        ("電話する", ["電", "話", "す", "る"]),
        ("שָׁלוֹם", ["שלום"]),
        ("عَرَبِيّ", ["عربي"]),
        ("हिन्दी", ["हिन्दी"]),
        ("a_b 3.5", ["a", "b", "3", "5"]),
        (" \n—…", []),
    ],
)
def test_words_are_compared_without_case_and_accents(text, expected):
    assert words(text) == expected


def test_what_is_folded_stays_as_it_is():
    for character in EVERY_CHARACTER:
        once = folded(character)
        assert folded(once).split() == once.split()


@given(MIXED)
def test_a_character_is_folded_by_itself(text):
    assert folded(text) == "".join(map(folded, text))


@given(MIXED)
def test_an_even_text_keeps_its_places_and_any_other_is_traced_back(text):
    traced = Traced(text)
    for found in re.finditer(r"[^ ]+", traced.text):
        start, end = traced.back(*found.span())
        assert words(text[start:end]) == [found[0]]
        assert end == len(text) or folded(text[end]) != ""
    if shape(text) >= Shape.EVEN:
        assert all(len(folded(character).strip() or " ") == 1 for character in text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Shape.PLAIN),
        ("Plain, “quoted” — 1…", Shape.PLAIN),
        ("Señora, “él” — ½", Shape.LATIN),
        ("Plain 😀🙏🏽 ❤️", Shape.EVEN),
        ("Москва", Shape.EVEN),
        ("電話", Shape.EVEN),
        ("हिन्दी", Shape.EVEN),
        ("Straße", Shape.TRACED),
        ("cafe\u0301", Shape.TRACED),
    ],
)
def test_a_text_is_searched_as_quickly_as_its_letters_allow(text, expected):
    assert shape(text) is expected


@given(MIXED)
def test_a_plain_text_in_small_letters_is_as_long_and_has_the_same_words(text):
    if shape(text) is Shape.PLAIN:
        assert len(text.lower()) == len(text)
        assert words(text.lower()) == words(text)


@given(MIXED)
def test_words_of_a_latin_text_are_what_stands_between_signs(text):
    if shape(text) >= Shape.LATIN:
        assert words(text) == [folded(word) for word in re.findall(r"[^\W_]+", text)]


def test_variants_are_exactly_the_characters_folded_into_a_letter():
    found = {}
    for character in EVERY_CHARACTER:
        base = folded(character)
        if character.isalnum() and len(base) == 1:
            found.setdefault(base, set()).add(character)
    known = variants(BLOCKS)
    for base, characters in found.items():
        assert set(known.get(base, base)) == characters


def test_the_classes_hold_what_stands_alone_and_marks_of_words():
    unspaced = re.compile(f"[{unspaced_class(BLOCKS)}]")
    marks, signs = re.compile(f"[{mark_class(BLOCKS)}]"), re.compile(f"[{sign_class(BLOCKS)}]")
    for character in EVERY_CHARACTER:
        base = folded(character)
        if character.isalnum():
            assert bool(unspaced.match(character)) == (base == f" {character} ")
            assert not signs.match(character)
        else:
            assert bool(signs.match(character)) == (base not in ("", " "))
            assert bool(marks.match(character)) == (base == character != " ")


@given(MIXED)
def test_what_is_to_be_known_of_a_text_is_in_its_blocks(text):
    blocks = blocks_of(text)
    known = variants(blocks)
    for character in text:
        base = folded(character)
        if character.isalnum() and len(base) == 1:
            assert character in known.get(base, base)
        elif base == f" {character} " and character.isalnum():
            assert re.match(f"[{unspaced_class(blocks)}]", character)
        elif not character.isalnum() and base not in ("", " "):
            assert re.match(f"[{sign_class(blocks)}]", character)


@pytest.mark.parametrize(
    ("text", "part", "expected"),
    [
        ("so 🙏🏽.", "🙏", "🙏🏽"),
        ("a ❤️ b", "❤", "❤️"),
        ("👩‍👧 here", "👩", "👩‍👧"),
        ("👩‍👧 here", "👧", "👩‍👧"),
        ("👩🏽‍👧🏽!", "👧", "👩🏽‍👧🏽"),
        ("plain", "lai", "lai"),
    ],
)
def test_an_emoji_is_not_cut(text, part, expected):
    start = text.index(part)
    left, right = whole(text, start, start + len(part))
    assert text[left:right] == expected


def test_words_with_accents_are_kept_as_they_are_written():
    assert accented("El Niño y la CANCIÓN, el año") == {"niño", "canción", "año"}
    assert accented("plain words") == set()
