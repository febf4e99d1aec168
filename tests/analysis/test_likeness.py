"""Which codes look alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.analysis.likeness import Described, Likeness, Likening

WORDS = st.text("abcdé ", max_size=12)
PLACES = st.dictionaries(
    st.sampled_from("xy"),
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 10)).map(lambda p: (p[0], p[0] + p[1])), max_size=4),
)
CODES = st.lists(st.tuples(WORDS, WORDS, PLACES), min_size=1, max_size=6)


def likening(*codes, language="en"):
    described = [Described(str(number), *code) for number, code in enumerate(codes)]
    return Likening(described, language)


def named(*names, language="en"):
    return likening(*((name, "", {}) for name in names), language=language)


@given(CODES)
def test_likeness_is_the_same_in_either_order_and_a_share(codes):
    found = likening(*codes)
    for one in range(len(codes)):
        for other in range(len(codes)):
            there, back = found.likeness(str(one), str(other)), found.likeness(str(other), str(one))
            assert there == back
            assert all(0 <= share <= 1 for share in there)


@given(CODES)
def test_a_code_is_like_itself(codes):
    assert likening(*codes).likeness("0", "0").alike


@given(CODES)
def test_groups_hold_each_code_once_and_do_not_hang_on_the_order(codes):
    keys = [str(number) for number in range(len(codes))]
    found = likening(*codes)
    groups = found.groups(keys)
    assert sorted(key for group in groups for key in group) == keys
    assert {frozenset(group) for group in groups} == {frozenset(group) for group in found.groups(keys[::-1])}
    for one in keys:
        for other in keys:
            if found.likeness(one, other).alike:
                assert any({one, other} <= set(group) for group in groups)


@given(CODES)
def test_the_nearest_are_those_that_are_alike_the_likest_first(codes):
    keys = [str(number) for number in range(len(codes))]
    found = likening(*codes)
    nearest = found.nearest("0", keys, most=len(keys))
    assert {key for key, _ in nearest} == {key for key in keys[1:] if found.likeness("0", key).alike}
    sums = [sum(share) for _, share in nearest]
    assert sums == sorted(sums, reverse=True)


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("Fear of letters", "Letter: fears", "en"),
        ("Mistrust of the police", "mistrusting police", "en"),
        ("Confianza", "Confianzas", "es"),
        ("Médicos", "medicos", "es"),
        ("Uniforn", "Uniform", "en"),
        ("THE the", "the", "en"),
    ],
)
def test_forms_case_accents_order_and_slips_keep_no_names_apart(one, other, language):
    assert named(one, other, language=language).likeness("0", "1").alike


def test_names_with_only_a_stop_word_in_common_are_not_alike():
    assert named("Fear of the letter", "Cost of the uniform").likeness("0", "1") == Likeness(0, 0, 0)


def test_definitions_that_say_much_the_same_are_alike():
    found = likening(
        ("Dread", "Being afraid that a letter from the town arrives", {}),
        ("Threat", "Afraid of letters which arrive from the town", {}),
    ).likeness("0", "1")
    assert found.alike
    assert found.reasons == ("similar definitions",)


def test_codes_on_the_same_words_are_alike_by_the_share_of_characters():
    # 10 characters and 20, of which 10 are the same: 2 * 10 / 30.
    found = likening(("Dread", "", {"x": [(0, 10)]}), ("Cost", "", {"x": [(0, 5), (5, 20)]})).likeness("0", "1")
    assert found == Likeness(0, 0, pytest.approx(2 / 3))
    assert found.alike


def test_places_in_other_documents_are_no_overlap():
    found = likening(("Dread", "", {"x": [(0, 10)]}), ("Cost", "", {"y": [(0, 10)]})).likeness("0", "1")
    assert not found.alike
