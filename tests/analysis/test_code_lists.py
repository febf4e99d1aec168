"""Which code of theirs is probably which of ours."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.analysis.code_lists import SIMILAR, match_codes


@dataclass(frozen=True)
class Listed:
    path: tuple[str, ...]
    brief: str = ""


def codes(*names):
    return [Listed(tuple(name.split(" > "))) for name in names]


def proposed(ours, theirs):
    return [(match.likeness, match.ours and match.ours.path[-1]) for match in match_codes(ours, theirs)]


def test_names_are_the_same_whatever_their_case_accents_and_marks():
    assert proposed(codes("Café talk", "Self-care"), codes("CAFE  TALK", "self care!")) == [
        ("same", "Café talk"),
        ("same", "Self-care"),
    ]


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Support from family", "Family support"),
        ("Fear of eviction", "Fear of being evicted"),
        ("Calling", "Callings"),
        ("Wear", "Wear and tear"),
        ("No place to stay", "Place"),
    ],
)
def test_names_that_are_alike_are_similar(ours, theirs):
    (match,) = match_codes(codes(ours), codes(theirs))
    assert (match.likeness, match.ours.path) == ("similar", (ours,))
    assert SIMILAR <= match.score < 1


def test_names_that_have_nothing_in_common_are_new():
    assert proposed(codes("Fear", "Wear"), codes("Landlords")) == [("new", None)]
    assert proposed([], codes("Fear")) == [("new", None)]


def test_other_names_for_one_definition_are_similar():
    ours = [Listed(("Dread",), "Being afraid of what the letter says."), Listed(("Doors",), "Doors that stay shut.")]
    theirs = [Listed(("Anguish",), "being afraid of what a letter says")]
    assert proposed(ours, theirs) == [("similar", "Dread")]


def test_short_definitions_prove_nothing():
    assert proposed([Listed(("Dread",), "See above.")], [Listed(("Joy",), "See above.")]) == [("new", None)]


def test_of_several_of_one_name_the_one_on_the_same_path_is_meant():
    ours = codes("Home", "Home > Fear", "Work", "Work > Fear")
    matches = match_codes(ours, codes("Work > Fear", "Night > Work > Fear", "Fear"))
    assert [match.ours.path for match in matches] == [("Work", "Fear"), ("Work", "Fear"), ("Home", "Fear")]
    assert [match.likeness for match in matches] == ["same", "similar", "same"]
    assert matches[0].others[0] == (ours[1], 1.0)


NAMES = st.lists(st.text("abcd éÉ-", min_size=1, max_size=8).filter(str.strip), min_size=1, max_size=2).map(tuple)
LISTS = st.lists(st.builds(Listed, NAMES, st.text("ab ", max_size=12)), max_size=8)


@given(LISTS, LISTS)
def test_every_code_of_theirs_gets_one_proposal_in_their_order(ours, theirs):
    matches = match_codes(ours, theirs)
    assert [match.theirs for match in matches] == theirs
    assert matches == match_codes(ours, theirs)
    for match in matches:
        assert (match.ours is None) == (match.likeness == "new")
        assert match.ours is None or match.ours in ours
        assert match.score >= SIMILAR if match.ours else match.score < SIMILAR
        scores = [match.score, *(score for _code, score in match.others)]
        assert scores == sorted(scores, reverse=True)


@given(LISTS)
def test_a_list_is_the_same_as_itself(listed):
    for match in match_codes(listed, listed):
        assert match.likeness == "same"
        assert match.score == 1.0
