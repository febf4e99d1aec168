"""Terms are found where they stand, whatever the text is written in."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from word_by_word import EXPRESSIONS, TEXTS, brute_force

from qcode.analysis.finding import Finder
from qcode.analysis.search_terms import parse, with_forms
from qcode.text.words import Shape, shape

TEXT = (
    "My sister, naïve — the SÍSTER of Señora Peña😀🙏🏽 said: “don’t”. ❤️ 👩‍👧 電話する l’eau; "
    "co-operate, cafe\u0301s, Straße, 3.5 שָׁלוֹם עולם."
)


def found_in(text, query):
    return [text[start:end] for start, end in Finder(parse(query)).find(text, shape(text))]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("sister", ["sister", "SÍSTER"]),
        ('"my sister"', ["My sister"]),
        ("siste", []),
        ("siste*", ["sister", "SÍSTER"]),
        ("senora", ["Señora"]),
        ("SEÑORA", ["Señora"]),
        ('"señora pena"', ["Señora Peña"]),
        ("don't", ["don’t"]),
        ("dont", []),
        ("eau", ["eau"]),
        ("😀", ["😀"]),
        ('"pena 😀 🙏"', ["Peña😀🙏🏽"]),
        ('"pena said"', []),
        ("❤", ["❤️"]),
        ("👧", ["👩‍👧"]),
        ("話", ["話"]),
        ("電話", ["電話"]),
        ("cafés", ["cafe\u0301s"]),
        ("cafe*", ["cafe\u0301s"]),
        ("strasse", ["Straße"]),
        ("stras*", ["Straße"]),
        ("3.5", ["3.5"]),
        ("שלום", ["שָׁלוֹם"]),
        ('"שלום עולם"', ["שָׁלוֹם עולם"]),
        ("sister señora", ["sister", "SÍSTER", "Señora"]),
        ("sister zebra", []),
        ("sister OR zebra", ["sister", "SÍSTER"]),
        ("sister NOT zebra", ["sister", "SÍSTER"]),
        ("sister NOT straße", []),
        ('"my sister" OR sister', ["My sister", "SÍSTER"]),
    ],
)
def test_terms_are_found_in_a_text_with_everything_in_it(query, expected):
    assert found_in(TEXT, query) == expected


def test_what_overlaps_is_one_and_what_touches_is_two():
    assert found_in("ha ha ha hi", '"ha ha" OR "ha hi"') == ["ha ha", "ha hi"]
    assert found_in("電話話", '"電話" OR "話話"') == ["電話話"]
    assert found_in("😀😀", "😀") == ["😀", "😀"]


def test_other_forms_may_stand_in_any_place_of_a_phrase():
    forms = {"go": {"go", "went", "goes"}, "home": {"home", "homes"}}
    widened = with_forms(parse('"go home"'), lambda word: forms.get(word, {word}))
    text = "We went home. He goes to homes, go — home!"
    assert [text[a:b] for a, b in Finder(widened).find(text, Shape.PLAIN)] == ["went home", "go — home"]


@settings(max_examples=200, deadline=None)
@given(EXPRESSIONS, TEXTS)
def test_patterns_find_what_walking_over_the_words_finds(expression, text):
    assert Finder(expression).find(text, shape(text)) == brute_force(expression, text)


@settings(max_examples=200, deadline=None)
@given(EXPRESSIONS, TEXTS)
def test_a_text_may_be_read_in_a_slower_way_than_its_shape_allows(expression, text):
    ways = [Finder(expression).find(text, way) for way in range(shape(text) + 1)]
    assert all(way == ways[0] for way in ways)
