"""Terms are found where they stand, whatever the text is written in."""

from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.analysis.finding import Finder
from qcode.analysis.search_terms import Either, Every, Term, parse, with_forms
from qcode.text.words import Traced, is_even, whole, words

TEXT = (
    "My sister, naïve — the SÍSTER of Señora Peña😀🙏🏽 said: “don’t”. ❤️ 👩‍👧 電話する l’eau; "
    "co-operate, cafe\u0301s, Straße, 3.5 שָׁלוֹם עולם."
)


def found_in(text, query):
    return [text[start:end] for start, end in Finder(parse(query)).find(text, even=is_even(text))]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("sister", ["sister", "SÍSTER"]),
        ('"my sister"', ["My sister"]),
        ("sist", []),
        ("sist*", ["sister", "SÍSTER"]),
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
    assert [text[a:b] for a, b in Finder(widened).find(text, even=True)] == ["went home", "go — home"]


# The same, told plainly: the words of a text in a row -----------------------------------------------------------


def tokens(text):
    """Every word of a text with its range, one character after another."""
    traced, out, at = Traced(text), [], 0
    for word in traced.text.split():
        at = traced.text.index(word, at)
        out.append((word, traced.back(at, at + len(word))))
        at += len(word)
    return out


def stands(term, listed, at):
    for number, place in enumerate(term.places):
        word = listed[at + number][0]
        is_prefix = term.prefix and number == len(term.places) - 1
        if not any(word.startswith(one) if is_prefix else word == one for one in place):
            return False
    return True


def occurrences(term, listed):
    out, at = [], 0
    while at + len(term.places) <= len(listed):
        if stands(term, listed, at):
            out.append((listed[at][1][0], listed[at + len(term.places) - 1][1][1]))
            at += len(term.places)
        else:
            at += 1
    return out


def ranges(expression, listed):
    if isinstance(expression, Term):
        return occurrences(expression, listed)
    each = [ranges(part, listed) for part in expression.parts]
    held = isinstance(expression, Either) or (
        all(each) and not any(ranges(part, listed) for part in expression.without)
    )
    return list(chain(*each)) if held else []


def brute_force(expression, text):
    out = []
    for start, end in sorted(whole(text, *span) for span in ranges(expression, tokens(text))):
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out


WORDS = (
    "ha",
    "HÁ",
    "hat",
    "año",
    "ano",
    "straße",
    "電",
    "話",
    "😀",
    "👩\u200d👧",
    "❤️",
    "cafe\u0301",
    "हिन्दी",
    "לֹא",
    "3",
    "_",
)
GAPS = ("", " ", ", ", "’", "-", "\n", " — ")
TEXTS = st.lists(st.sampled_from(WORDS) | st.sampled_from(GAPS), max_size=14).map("".join)
TERMS = st.builds(
    lambda found, prefix: Term(tuple((word,) for word in found), prefix),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join).map(words).filter(bool),
    st.booleans(),
)
EXPRESSIONS = st.recursive(
    TERMS,
    lambda part: (
        st.builds(lambda parts, without: Every(tuple(parts), tuple(without)),
                  st.lists(part, min_size=1, max_size=3), st.lists(part, max_size=1))
        | st.builds(lambda parts: Either(tuple(parts)), st.lists(part, min_size=1, max_size=3))
    ),
    max_leaves=4,
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(EXPRESSIONS, TEXTS)
def test_patterns_find_what_walking_over_the_words_finds(expression, text):
    assert Finder(expression).find(text, even=is_even(text)) == brute_force(expression, text)


@settings(max_examples=200, deadline=None)
@given(EXPRESSIONS, TEXTS.filter(is_even))
def test_an_even_text_may_be_read_either_way(expression, text):
    assert Finder(expression).find(text, even=True) == Finder(expression).find(text, even=False)
