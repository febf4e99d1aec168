"""What coders agree and differ about: each kind of case by example, and laws that hold for whatever they mark."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.reconciliation import (
    DocumentMarks,
    Judged,
    Mark,
    cases_of,
    changes,
    compare,
    intersection_of,
    is_as_judged,
    union_of,
    words_of,
)

TEXT = "one two three, four five. six (seven) eight nine ten"
WORD = {number: match.span() for number, match in enumerate(re.finditer(r"\w+", TEXT), start=1)}


def place(words):
    """The characters of such words as "2-4"."""
    first, _, last = words.partition("-")
    return WORD[int(first)][0], WORD[int(last or first)][1]


def document(*lines, coders="ABC", **rest):
    """A document out of lines such as "A trust 1-3, fear 5"."""
    marks = []
    for line in lines:
        coder, _, coded = line.partition(" ")
        for each in filter(None, coded.split(", ")):
            code, words = each.split(" ")
            start, end = place(words)
            marks.append(Mark(f"{coder}{len(marks)}", coder, code, start, end))
    return DocumentMarks("d", TEXT, frozenset(coders), marks, **rest)


def told(found):
    """The cases as (kind, codes, first and last word), in order."""
    numbers = {edge: number for number, span in WORD.items() for edge in span}
    return [(case.kind, " ".join(case.codes), numbers[case.start], numbers[case.end]) for case in found]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["A trust 1-3", "B trust 1-3"], [("unanimous", "trust", 1, 3)]),
        (["A trust 1-3", "B trust 2-4"], [("boundary", "trust", 1, 4)]),
        (["A trust 1-3", "B"], [("overlooked", "trust", 1, 3)]),
        (["A trust 1-3", "B fear 6"], [("overlooked", "trust", 1, 3), ("overlooked", "fear", 6, 6)]),
        (["A trust 1-3, fear 1-3", "B fear 1-3"], [("unanimous", "fear", 1, 3), ("extra code", "trust", 1, 3)]),
        (["A trust 1-3", "B fear 1-2"], [("different code", "fear trust", 1, 3)]),
        # Less than half of the shorter passage: two cases.
        (["A trust 1-4", "B fear 4-8"], [("overlooked", "trust", 1, 4), ("overlooked", "fear", 4, 8)]),
        # One coder's two passages in the other's one.
        (["A trust 1-2, trust 4-5", "B trust 1-5"], [("boundary", "trust", 1, 5)]),
        # The same text, cut otherwise.
        (["A trust 1-2, trust 3-5", "B trust 1-5"], [("unanimous", "trust", 1, 5)]),
        # Two against one with a code of their own each.
        (["A trust 1-4", "B fear 1-2, hope 3-4"], [("different code", "fear hope trust", 1, 4)]),
    ],
)
def test_two_coders_agree_or_differ_in_one_way(lines, expected):
    assert told(cases_of([document(*lines, coders="AB")])) == expected


def test_of_three_coders_one_who_has_nothing_there_overlooked_it():
    (case,) = cases_of([document("A trust 1-3", "B trust 1-4", "C fear 9")])[:1]
    assert (case.kind, case.asked, case.words) == ("overlooked", ("A", "B", "C"), 4)


def test_passages_that_overlap_like_tiles_are_not_one_case():
    found = cases_of([document("A trust 1-4, trust 5-8", "B fear 3-6, fear 7-10", coders="AB")])
    assert told(found) == [("different code", "fear trust", 1, 6), ("different code", "fear trust", 5, 10)]


@pytest.mark.parametrize("other", ["one two three,", "one two three", "one two three, f", "ne two three,"])
def test_a_comma_a_space_or_half_a_word_is_no_difference(other):
    start = TEXT.index(other)
    marks = [Mark("a", "A", "trust", *place("1-3")), Mark("b", "B", "trust", start, start + len(other))]
    (case,) = cases_of([DocumentMarks("d", TEXT, frozenset("AB"), marks)])
    assert (case.kind, case.words) == ("unanimous", 0)
    assert case.agreed == (("trust", min(mark.start for mark in marks), max(mark.end for mark in marks)),)


def test_punctuation_and_signs_can_be_passages():
    text = "Well … 👍 日本語"
    places = [(5, 6), (7, 8), (9, 10)]
    marks = [Mark(f"{coder}{at}", coder, "c", *at) for coder in "AB" for at in places]
    found = cases_of([DocumentMarks("d", text, frozenset("AB"), marks)])
    assert [(case.kind, case.start, case.end) for case in found] == [("unanimous", *at) for at in places]
    marks = [Mark("a", "A", "c", 0, 1), Mark("b", "B", "c", 0, 2)]
    (case,) = cases_of([DocumentMarks("d", "…… well", frozenset("AB"), marks)])
    assert (case.kind, case.agreed) == ("unanimous", (("c", 0, 2),))


def test_who_was_not_given_a_text_or_did_not_know_a_code_is_not_asked():
    parts = {"B": [place("4-10")], "C": [place("6-10")]}
    found = compare(document("A trust 1-5", "B trust 4-5", "C", parts=parts))
    assert told(found.cases) == [("unanimous", "trust", 1, 5)]
    assert found.cases[0].asked == ("A", "B")
    found = compare(document("A trust 1-3", "B trust 1-3", "C", unseen=frozenset({("C", "trust")})))
    assert told(found.cases) == [("unanimous", "trust", 1, 3)]
    found = compare(document("A trust 1-3", "B fear 1-3", coders="AB", unseen=frozenset({("B", "trust")})))
    assert told(found.cases) == [("extra code", "fear", 1, 3)]
    assert [mark.coding for mark in found.alone] == ["A0"]


def test_what_is_excluded_makes_no_difference_and_colleagues_who_did_not_hand_in_do_not_count():
    found = compare(document("A trust 1-4", "B trust 1-3, fear 4", excluded=[place("4")], coders="AB"))
    assert told(found.cases) == [("unanimous", "trust", 1, 4)]
    assert compare(document("A trust 1-4", "B trust 1-3", coders="A")).cases == ()


def test_what_all_marked_alike_stands_inside_a_case_too():
    (case,) = cases_of([document("A trust 1-3, trust 2-5", "B trust 1-3", coders="AB")])
    assert case.kind == "boundary"
    assert case.agreed == (("trust", *place("1-3")),)


# Laws ---------------------------------------------------------------------------------------------------------------

EDGES = st.integers(0, len(TEXT) - 1)
MARKS = st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from(["t", "f", "h"]), EDGES, EDGES), max_size=9)


@st.composite
def coded(draw, *, alike=False):
    """What three coders may have marked; `alike` gives each of them some passages that all of them marked."""
    drawn = [(coder, code, min(a, b), max(a, b) + 1) for coder, code, a, b in draw(MARKS)]
    same = draw(st.lists(st.tuples(st.sampled_from(["t", "f"]), EDGES, EDGES), max_size=2)) if alike else []
    drawn += [(coder, code, min(a, b), max(a, b) + 1) for code, a, b in same for coder in "ABC"]
    marks = [Mark(f"{number}", *each) for number, each in enumerate(drawn) if TEXT[each[2] : each[3]].strip()]
    return DocumentMarks("d", TEXT, frozenset("ABC"), marks)


def characters(places):
    return {each for start, end in places for each in range(start, end)}


@given(coded())
def test_each_mark_is_in_one_case(found):
    kept = compare(found)
    assert sorted([mark for case in kept.cases for mark in case.marks] + list(kept.alone)) == sorted(found.marks)


@given(coded(alike=True))
def test_what_all_marked_alike_stands_unchanged(found):
    agreed = {kept for case in cases_of([found]) for kept in case.agreed}
    by_place = {}
    for mark in found.marks:
        by_place.setdefault((mark.code, *mark.place), set()).add(mark.coder)
    assert {one for one, coders in by_place.items() if coders == set("ABC")} <= agreed


@given(coded(alike=True))
def test_what_is_agreed_was_marked_and_has_all_that_all_marked(found):
    for case in cases_of([found]):
        for code in case.codes:
            own = {c: characters(m.place for m in case.marks if (m.coder, m.code) == (c, code)) for c in case.asked}
            agreed = characters((start, end) for each, start, end in case.agreed if each == code)
            assert agreed <= set().union(*own.values())
            if case.kind == "unanimous":
                assert agreed >= set.intersection(*own.values())


@given(coded())
def test_a_union_invents_nothing_and_an_intersection_drops_nothing(found):
    for case in cases_of([found]):
        for code in case.codes:
            own = {mark.coder: set() for mark in case.marks if mark.code == code}
            for mark in case.marks:
                if mark.code == code:
                    own[mark.coder] |= characters([mark.place])
            assert characters(union_of(case, code)) == set.union(*own.values())
            assert characters(intersection_of(case, code)) == set.intersection(*own.values())


@given(coded(), st.randoms(use_true_random=False), st.permutations("ABC"))
def test_neither_order_nor_names_make_cases(found, chance, names):
    called = dict(zip("ABC", names, strict=True))
    marks = [Mark(mark.coding, called[mark.coder], mark.code, *mark.place) for mark in found.marks]
    chance.shuffle(marks)
    other = cases_of([DocumentMarks("d", found.text, found.coders, marks)])
    before = [(c.kind, c.codes, c.start, c.end, c.words, {m.coding for m in c.marks}) for c in cases_of([found])]
    assert [(c.kind, c.codes, c.start, c.end, c.words, {m.coding for m in c.marks}) for c in other] == before


@given(coded())
def test_a_case_is_unanimous_where_no_two_differ_by_a_word(found):
    for case in cases_of([found]):
        assert (case.kind == "unanimous") == (not case.words)


FEW_MARKS = st.lists(
    st.builds(
        lambda number, coder, code, start, length: Mark(f"{number}", coder, code, start, start + length),
        st.integers(0, 3),
        st.sampled_from("AB"),
        st.sampled_from(["trust", "fear"]),
        st.integers(0, 12),
        st.integers(1, 9),
    ),
    max_size=3,
)


@given(FEW_MARKS, FEW_MARKS, st.booleans())
def test_where_marks_are_as_they_were_judged_nothing_changed_whatever_else_stands_in_the_document(judged, now, same):
    now = [mark._replace(coding=f"{mark.coding} again") for mark in judged] if same else now
    ruler = compare(document("A", coders="AB")).ruler
    decision = Judged("d", "", 0, 21, ("trust",), tuple(judged))
    standing = {words_of(mark, ruler) for mark in now}
    assert is_as_judged(decision, now) or not same
    assert not (is_as_judged(decision, now) and changes(decision, now, standing, ruler))
