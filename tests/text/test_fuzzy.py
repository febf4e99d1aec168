"""Names found from a few letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.text.fuzzy import fold, ranked, score

NAMES = ["Trust in staff", "Distrust", "Cost of travel", "Travel time", "Family tells", "Café talk", "Trust"]


def found(query):
    return [NAMES[index] for index in ranked(query, NAMES)]


def test_a_name_is_found_by_letters_in_their_order():
    assert score("cot", "Cost of travel") is not None
    assert score("toc", "Cost") is None


def test_the_same_name_comes_first_then_names_that_begin_so():
    assert found("trust")[:3] == ["Trust", "Trust in staff", "Distrust"]


def test_initials_beat_letters_in_the_middle_of_words():
    assert found("tt")[0] == "Travel time"
    assert found("ct")[0] == "Café talk"


def test_case_and_accents_do_not_matter():
    assert found("CAFE")[0] == "Café talk"
    assert found("café")[0] == "Café talk"


def test_a_space_typed_between_words_is_no_letter():
    assert found("trust st")[0] == "Trust in staff"


def test_an_empty_query_keeps_every_name_shortest_first():
    assert sorted(found("")) == sorted(NAMES)


@pytest.mark.parametrize("query", ["x", "zzz", "trustt"])
def test_letters_that_are_missing_find_nothing(query):
    assert score(query, "Trust") is None


@given(st.text(max_size=6), st.lists(st.text(max_size=8), max_size=6))
def test_a_name_is_found_exactly_when_the_letters_are_a_subsequence(query, names):
    def holds(name):
        letters = iter(fold(name))
        return all(letter in letters for letter in fold(query).replace(" ", ""))

    assert sorted(ranked(query, names)) == [index for index, name in enumerate(names) if holds(name)]


@given(st.permutations(range(len(NAMES))))
def test_the_ranking_does_not_depend_on_chance(order):
    assert ranked("tr", NAMES, among=order) == ranked("tr", NAMES)
