"""All that is said of one code, what other programs would print, and which codes stand for each other."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from agreement_material import CASES, CODES, case, characters, documents, documents_of_spans
from hypothesis import given
from hypothesis import strategies as st

from qcode.agreement import DocumentCodings
from qcode.agreement.card import card, drives
from qcode.agreement.confusion import confusion
from qcode.agreement.incumbents import SharedDocument, incumbents, shared_document
from qcode.agreement.ratings import Ratings
from qcode.agreement.table import measure
from qcode.agreement.two_by_two import TwoByTwo

PRINTED = [
    pytest.param(entry, name.split("[")[1][:-1], value, id=f"{entry['id']}-{name}")
    for entry in CASES
    for name, value in entry.get("incumbents", {}).items()
    if entry["id"] != "S-OWN-OVERLAP"
]


def shared(entry, code):
    found = documents_of_spans(entry["data"])
    first, second = sorted({coder for each in found for coder in each.coders})
    return [
        SharedDocument(each.length, each.spans.get((first, code), []), each.spans.get((second, code), []))
        for each in found
        if {first, second} <= each.coders
    ]


@pytest.mark.parametrize(("entry", "code", "value"), PRINTED)
def test_what_qualcoder_prints_is_what_it_printed(entry, code, value):
    assert incumbents(shared(entry, code), codes=30).qualcoder_kappa == pytest.approx(value, abs=1e-9)


def test_nvivos_own_example_gives_the_figures_of_its_manual():
    found = incumbents(shared(case("S-NVIVO-1000-SYM"), "x"), codes=30)
    assert found.nvivo_percent == pytest.approx(0.85)
    assert found.nvivo_kappa == pytest.approx(0.314286, abs=1e-6)
    assert found.atlas_holsti == pytest.approx(0.4)
    assert found.maxqda_segments == 0
    assert found.maxqda_kappa == pytest.approx((0 - 1 / 30) / (1 - 1 / 30))


def test_two_empty_documents_are_perfect_for_nvivo_and_nothing_for_the_others():
    found = incumbents([SharedDocument(100, [], [])], codes=30)
    assert (found.nvivo_kappa, found.nvivo_percent) == (1.0, 1.0)
    assert (found.maxqda_segments, found.qualcoder_kappa, found.atlas_holsti) == (None, None, None)


def test_text_that_was_not_asked_of_both_is_closed_up():
    coded = {("a", "x"): [(0, 30), (40, 60)], ("b", "x"): [(10, 50), (90, 95)]}
    whole = DocumentCodings("d", 100, (), frozenset("ab"), coded)
    part = replace(whole, parts={"a": [(0, 60)]}, excluded=[(20, 40)])
    assert shared_document(whole, ("a", "b"), "x") == SharedDocument(100, [(0, 30), (40, 60)], [(10, 50), (90, 95)])
    # 0–20 and 40–60 are left of the text; b marked 10–20 and 40–50 of it in one go, and 90–95 was not asked of a.
    assert shared_document(part, ("a", "b"), "x") == SharedDocument(40, [(0, 20), (20, 40)], [(10, 30)])
    found = incumbents([shared_document(part, ("a", "b"), "x")], codes=2)
    assert (found.nvivo_percent, found.atlas_percent) == (0.5, 0.5)
    assert found.nvivo_kappa == 0
    assert found.atlas_holsti == pytest.approx(2 * 20 / (40 + 20))
    assert (found.maxqda_segments, found.maxqda_kappa) == (0, -1)
    assert found.qualcoder_kappa == 0.5  # of 40 coded characters 20 are shared, and its chance is (1 · 0.5) · (0 · 0.5)
    nothing = shared_document(replace(part, excluded=[(0, 100)]), ("a", "b"), "x")
    assert nothing == SharedDocument(0, [], [])


def test_without_any_shared_document_nothing_is_printed():
    found = incumbents([], codes=30)
    assert {getattr(found, name) for name in type(found).__slots__} == {None}


# Cards ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["FC1990-A", "FC1990-B", "GWET2008-HAND", "E-ONE-NEVER"])
def test_a_card_holds_the_published_coefficients(name):
    entry = case(name)
    values = entry["expected"] | entry["exact"]
    ratings = Ratings.of(entry["data"]["units"])
    found = card(ratings, ("c1", "c2")).coefficients
    renamed = {"krippendorff_alpha": "krippendorff_alpha_nominal"}
    known = {key: values[renamed.get(key, key)] for key in found if renamed.get(key, key) in values and key != "holsti"}
    assert known
    for key, value in known.items():
        assert found[key] == (None if value is None else pytest.approx(value, abs=entry["tolerance"]))


@given(study=documents(least=1, most=4), unit=st.sampled_from(["sentence", "document", "character"]))
def test_a_cards_alpha_and_positive_agreement_are_those_of_the_table(study, unit):
    """The card's alpha of units is that of the package krippendorff, and the table's that of the run-length sweep."""
    measured = measure(study, CODES, unit=unit)
    for row in measured.table().codes:
        ratings, coders = measured.ratings(row.code), measured.layout.coders
        found = card(ratings, coders, of_units=unit != "character").coefficients
        for mine, theirs in (("krippendorff_alpha", row.alpha), ("percent_agreement", row.percent_agreement)):
            assert found[mine] == (None if theirs is None else pytest.approx(theirs, abs=1e-9))
        if row.positive_agreement is not None:
            assert found["positive_agreement"] == pytest.approx(row.positive_agreement, abs=1e-9)


@given(study=documents(least=1, most=4))
def test_the_cells_of_a_pair_are_the_characters_of_each_kind(study):
    measured = measure(study, CODES, unit="character")
    for code in CODES:
        for pair in card(measured.ratings(code), measured.layout.coders).pairs:
            cells = [0, 0, 0, 0]
            for each in study:
                if {pair.first, pair.second} <= {one for one in each.coders if (one, code) not in each.unseen}:
                    marked = zip(characters(each, pair.first, code), characters(each, pair.second, code), strict=True)
                    for one, other in marked:
                        cells[(1, 0)[one] * 2 + (1, 0)[other]] += 1
            assert (pair.cells.both, pair.cells.first, pair.cells.second, pair.cells.neither) == tuple(cells)


@pytest.mark.parametrize(
    ("cells", "cell"),
    [
        (TwoByTwo(40, 9, 6, 45), None),
        (TwoByTwo(90, 3, 3, 4), "both"),
        (TwoByTwo(4, 3, 3, 90), "neither"),
        (TwoByTwo(40, 20, 5, 35), "first"),
        (TwoByTwo(40, 5, 20, 35), "second"),
        (TwoByTwo(0, 0, 0, 0), None),
    ],
)
def test_the_cell_that_drives_kappa_is_named(cells, cell):
    assert drives(cells) == cell


# Confusion --------------------------------------------------------------------------------------------------------


def test_a_code_that_stands_for_another_is_counted_where_it_does():
    study = [
        DocumentCodings(
            "d",
            20,
            (),
            frozenset({"ann", "bo"}),
            {("ann", "a"): [(0, 10)], ("bo", "b"): [(4, 12)], ("bo", "a"): [(0, 2)]},
        )
    ]
    measured = measure(study, CODES, unit="character")
    found = confusion(measured.marks, measured.layout)
    assert found.swapped.tolist() == [[0, 6], [6, 0]]
    assert found.both.tolist() == [2, 0]
    assert found.alone.tolist() == [2, 2]


@given(study=documents(least=1, most=4))
def test_confusion_is_what_counting_character_by_character_finds(study):
    measured = measure(study, CODES, unit="character")
    found = confusion(measured.marks, measured.layout)
    swapped, both = np.zeros((2, 2)), np.zeros(2)
    for each in study:
        for first, second in combinations(sorted(each.coders), 2):
            seen = [all((coder, code) not in each.unseen for coder in (first, second)) for code in CODES]
            one, other = ([np.array(characters(each, coder, code)) for code in CODES] for coder in (first, second))
            for row in range(2):
                both[row] += seen[row] * (one[row] & other[row]).sum()
                column = 1 - row
                if seen[row] and seen[column]:
                    there = one[row] & ~other[row].astype(bool) & other[column] & ~one[column].astype(bool)
                    swapped[row, column] += there.sum()
                    swapped[column, row] += there.sum()
    assert found.both.tolist() == both.tolist()
    assert found.swapped.tolist() == swapped.tolist()
