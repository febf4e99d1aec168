"""Where passages begin and end, codes that exclude each other, and several codes as one value."""

from __future__ import annotations

from dataclasses import replace
from math import isnan

import numpy as np
import pytest
from agreement_material import CODES, case, documents, documents_of_spans
from hypothesis import given, settings
from scipy.optimize import linear_sum_assignment

from qcode.agreement import DocumentCodings, measure
from qcode.agreement.boundaries import segment_pairs, segments_in, unitizing_by_code
from qcode.agreement.checking import NotSupportedError
from qcode.agreement.checking.spans import of_spans
from qcode.agreement.coincidences import alpha
from qcode.agreement.continuum import Unitized, unitizing_alpha
from qcode.agreement.domains import domain_alpha
from qcode.agreement.scope import blocks_of
from qcode.agreement.segments import f1, matched, overlaps
from qcode.agreement.sets import distance_table, multi_valued_alpha
from qcode.agreement.stretches import of_sets
from qcode.agreement.valued import MEASURES, set_alphas, valued_units


def same(one, other):
    return (isnan(one) and isnan(other)) or one == pytest.approx(other, abs=1e-9)


def knowing(study, code):
    return [
        replace(each, coders=each.coders - {coder for coder, what in each.unseen if what == code}) for each in study
    ]


def pieces(study, code):
    """Every stretch that counts as a text of its own, with the code's spans alone."""
    return [
        Unitized(
            each.document,
            end - start,
            {
                coder: [
                    (a - start, b - start, code) for a, b in segments_in(each.spans.get((coder, code), ()), start, end)
                ]
                for coder in coders
            },
        )
        for each in knowing(study, code)
        for start, end, coders in blocks_of(each)
    ]


@settings(max_examples=30)
@given(documents())
def test_unitizing_alpha_of_a_code_follows_from_sums_as_it_does_from_walking_the_continuum(study):
    cut = [replace(each, parts={"bo": [(0, each.length // 2)]}, excluded=[(0, 2)][: each.length > 2]) for each in study]
    for of in (study, cut):
        found = unitizing_by_code(of, CODES)
        for code in CODES:
            walked = unitizing_alpha(pieces(of, code))
            assert same(found[code].alpha, walked.alpha)
            assert same(found[code].alpha, walked.binary)


@settings(max_examples=25)
@given(documents())
def test_segments_that_overlap_in_a_chain_are_matched_as_all_together_would_be(study):
    for each in study:
        one, other = (segments_in(each.spans.get((coder, "a"), ()), 0, each.length) for coder in ("ann", "bo"))
        found, share = matched(one, other, least=0.5), overlaps(one, other)
        worth = np.where(share >= 0.5, 1 + share / 50, 0)
        assert sum(worth[pair] for pair in found.pairs) == pytest.approx(
            worth[linear_sum_assignment(worth, maximize=True)].sum()
        )
        assert len({row for row, _ in found.pairs}) == len({column for _, column in found.pairs}) == len(found.pairs)


def test_segments_are_compared_as_the_published_case_says():
    expected = case("S-IOU")["expected"]
    (pair,) = segment_pairs(documents_of_spans(case("S-IOU")["data"]), "x")
    assert (pair.exact, pair.half) == (
        pytest.approx(expected["span_f1_exact[x]"]),
        pytest.approx(expected["span_f1_iou50[x]"]),
    )
    data = case("S-IOU")["data"]
    assert of_spans(data, "span_f1_iou90", "x") == pytest.approx(expected["span_f1_iou90[x]"])
    assert of_spans(data, "span_f1_iou30", "x") == pytest.approx(6 / 7)
    with pytest.raises(NotSupportedError):
        of_spans(data, "span_f1_iou5", "x")
    assert pair.matched + pair.only_first + pair.only_second == len(pair.meetings)


def test_segments_are_cut_where_text_begins_that_does_not_count_and_touching_ones_stay_two():
    spans = {("ann", "a"): [(0, 10), (10, 20), (5, 8), (30, 40)], ("bo", "a"): [(0, 10), (12, 20), (50, 60)]}
    text = DocumentCodings("d", 100, (), frozenset({"ann", "bo", "cy"}), spans, parts={"bo": [(0, 55)], "cy": [(0, 3)]})
    (of_both,) = [pair for pair in segment_pairs([text], "a") if (pair.first, pair.second) == ("ann", "bo")]
    assert [(each.first, each.second, round(each.share, 2)) for each in of_both.meetings] == [
        ((0, 10), (0, 10), 1.0), ((10, 20), (12, 20), 0.8), ((30, 40), None, 0.0), (None, (50, 55), 0.0),
    ]  # fmt: skip
    assert (of_both.exact, of_both.half) == (pytest.approx(2 / 6), pytest.approx(4 / 6))
    assert of_both.share == pytest.approx(0.9)
    assert isnan(segment_pairs([replace(text, unseen=frozenset({("bo", "a")}))], "a")[0].exact)
    assert f1([([(0, 10)], [(0, 10)])], least=1) == 1


def test_a_domain_is_the_family_of_its_values_and_refused_where_one_coder_lets_two_meet():
    study = documents_of_spans(case("S-LINDANNA-README")["data"])
    values = {code: code for each in study for _coder, code in each.spans}
    expected = case("S-LINDANNA-README")["expected"]
    found = domain_alpha(study, values)
    assert found.pooled.coding == pytest.approx(expected["cu_alpha"])
    assert found.pooled.values["1"] == pytest.approx(expected["ku_alpha[1]"])
    defined = [pair.family.coding for pair in found.pairs if not isnan(pair.family.coding)]
    assert found.coding == pytest.approx(sum(defined) / len(defined))
    assert isnan(found.low)
    (coder, code), spans = next((key, spans) for key, spans in study[0].spans.items() if spans)
    meeting = {(coder, "other"): [(spans[0][0], spans[0][0] + 1)]}
    refused = domain_alpha([replace(study[0], spans=study[0].spans | meeting)], values | {"other": "other"})
    assert (refused.pooled, [(one.coder, {one.one[2], one.other[2]}) for one in refused.overlaps]) == (
        None,
        [(coder, {code, "other"})],
    )


@settings(max_examples=25)
@given(documents())
def test_alphas_of_sets_are_those_of_the_sets_spelled_out(study):
    known = []
    for each in study:
        there = frozenset(coder for coder in each.coders if not all((coder, code) in each.unseen for code in CODES))
        codes = [code for code in CODES if not any((coder, code) in each.unseen for coder in there)]
        units = {coder: [(*s, code) for code in codes for s in each.spans.get((coder, code), ())] for coder in there}
        known.append(Unitized(each.document, each.length, units))
    whole = valued_units(measure(study, CODES, unit="character"))
    for coded_only, units in ((False, whole), (True, whole.coded())):
        ratings, found = of_sets(known, coded_only=coded_only), set_alphas(units)
        for name in MEASURES:
            value = multi_valued_alpha(ratings) if name == "mvalpha" else alpha(ratings, distance_table(ratings, name))
            assert same(found.alphas[name].alpha, value.value)


def test_sets_have_an_interval_from_five_documents_on_and_name_what_somebody_did_not_know():
    (text,) = documents_of_spans(case("S-SETS-CHAR")["data"])[:1]
    study = [replace(text, document=f"d{number}", length=text.length + number) for number in range(5)]
    study[0] = replace(study[0], unseen=frozenset({(min(text.coders), min(code for _coder, code in text.spans))}))
    codes = sorted({code for _coder, code in text.spans})
    found = set_alphas(valued_units(measure(study, codes, unit="character")))
    assert found.missing == (("d0", codes[0]),)
    mvalpha = found.alphas["mvalpha"]
    assert mvalpha.low < mvalpha.alpha < mvalpha.high
    with pytest.raises(ValueError, match="merged"):
        valued_units(measure(study, codes, unit="merged"))
