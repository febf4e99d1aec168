from __future__ import annotations

import subprocess
import sys
from typing import get_args

import pytest
from agreement_material import case, documents_of_spans

from qcode.agreement import (
    DocumentCodings,
    Flag,
    FlagKind,
    NobodyFinishedError,
    UnknownUnitError,
    agreement,
    explain,
    explain_status,
    pairs,
)
from qcode.errors import QcodeError


def document(name, spans, *, length=100, coders=("ann", "bo"), units=((0, 50), (50, 100)), unseen=()):
    keyed = {(coder, "x"): list(own) for coder, own in spans.items()}
    return DocumentCodings(name, length, list(units), frozenset(coders), keyed, frozenset(unseen))


def agreed(name):
    return document(name, {"ann": [(10, 40)], "bo": [(10, 40)]})


def disputed(name, end=35):
    return document(name, {"ann": [(10, 40)], "bo": [(10, end)]})


def unmarked(name):
    return document(name, {})


def figures(study, unit="character"):
    return agreement(study, ["x"], unit=unit).codes[0]


def flags(study, unit="character"):
    return {flag.kind: flag for flag in figures(study, unit).flags}


def test_fewer_than_five_documents_give_a_point_without_an_interval():
    study = [disputed(f"d{number}", 30 + number) for number in range(4)]
    assert figures(study).alpha is not None
    assert (figures(study).low, figures(study).high) == (None, None)
    assert figures(study).flags == (Flag("too_few_documents", count=4),)


@pytest.mark.parametrize(("count", "expected"), [(5, True), (14, True), (15, False)])
def test_fewer_than_fifteen_documents_make_the_interval_approximate(count, expected):
    study = [disputed(f"d{number}", 25 + number) for number in range(count)]
    assert figures(study).low is not None
    assert ("few_documents" in flags(study)) is expected


def test_documents_that_all_show_the_same_have_an_interval_of_no_width():
    same = figures([disputed(f"d{number}") for number in range(6)])
    assert same.low == pytest.approx(same.alpha) == same.high
    assert same.below_800 in {0.0, 1.0} or same.se_log > 0


def test_perfect_agreement_has_no_interval_but_a_bound_for_what_was_not_met():
    found = figures([agreed(f"d{number}") for number in range(6)])
    assert (found.alpha, found.low, found.below_667) == (1.0, None, None)
    assert found.flags == (Flag("no_disagreement", count=6),)
    assert "6 documents" in explain(found.flags[0])
    assert "50 %" in explain(found.flags[0])
    assert "100 %" in explain(figures([agreed("d")]).flags[0])


def test_a_single_document_with_all_disagreement_leaves_no_interval_and_is_named():
    study = [disputed("d0"), *(agreed(f"d{number}") for number in range(1, 7))]
    assert figures(study).low is None
    assert flags(study)["disagreement_in_one_document"].documents == ("d0",)


def test_a_single_document_with_all_variation_leaves_no_interval_and_is_named():
    study = [disputed("d0"), *(unmarked(f"d{number}") for number in range(1, 7))]
    assert figures(study).alpha is not None
    assert figures(study).low is None
    assert flags(study)["variation_in_one_document"].documents == ("d0",)


@pytest.mark.parametrize("unit", ["sentence", "character"])
@pytest.mark.parametrize(("spans", "prevalence", "positive"), [({}, 0.0, None), (((0, 100),), 1.0, 1.0)])
def test_without_variation_there_is_no_alpha_and_no_zero_in_its_place(unit, spans, prevalence, positive):
    found = figures([document("d", {"ann": spans, "bo": spans})], unit)
    assert (found.alpha, found.status, found.flags) == (None, "no_variation", ())
    assert (found.prevalence, found.positive_agreement, found.percent_agreement) == (prevalence, positive, 1.0)
    assert "nothing to be reliable about" in explain_status(found.status)


def test_coders_without_a_shared_document_are_named():
    study = [document("d1", {"ann": [(0, 9)]}, coders=["ann"]), document("d2", {"bo": [(0, 9)]}, coders=["bo"])]
    table = agreement(study, ["x"], unit="character")
    for found in (*table.codes, table.overall):
        assert (found.alpha, found.status, found.n, found.documents) == (None, "no_pairable_units", 0, 0)
        assert found.flags == (Flag("no_shared_document", coders=("ann", "bo")),)
    assert (
        explain(table.overall.flags[0], {"ann": "Ann", "bo": "Bo"})
        == "No text was judged by two coders (coders: Ann, Bo)."
    )
    assert (table.overall.macro_alpha, table.overall.undefined) == (None, 1)


def test_one_deviating_value_gives_zero_and_a_warning_not_to_read_it():
    found = figures([document("d", {"ann": [(0, 50)]})], "sentence")
    assert found.alpha == pytest.approx(0)
    assert Flag("insufficient_variation") in found.flags


@pytest.mark.parametrize(("rare", "flagged"), [(4, True), (5, False)])
def test_variation_is_insufficient_below_five_values(rare, flagged):
    assert ("insufficient_variation" in flags([document("d", {"ann": [(0, rare)]})])) is flagged


def test_a_coder_who_never_used_a_code_that_others_used_is_named():
    study = [document("d", {"ann": [(0, 40)], "cy": [(0, 30)]}, coders=["ann", "bo", "cy"])]
    assert flags(study)["coder_never_used"].coders == ("bo",)
    assert explain(flags(study)["coder_never_used"], {"bo": "Bo"}) == "Never used by Bo."
    assert figures([document("d", {"ann": [(0, 40)]})]).positive_agreement == 0


@pytest.mark.parametrize("unseen", [(("bo", "x"),), ()])
def test_a_coder_who_had_not_seen_the_code_is_not_said_to_have_never_used_it(unseen):
    study = [document("d", {"ann": [(0, 40)], "cy": [(0, 30)]}, coders=["ann", "bo", "cy"], unseen=unseen)]
    assert ("coder_never_used" in flags(study)) is (not unseen)


def test_use_in_a_document_nobody_else_read_is_no_use_here():
    alone = document("d2", {"bo": [(0, 40)]}, coders=["bo"])
    assert flags([document("d1", {"ann": [(0, 40)]}), alone])["coder_never_used"].coders == ("bo",)


@pytest.mark.parametrize("kind", get_args(FlagKind.__value__))
def test_every_flag_is_a_sentence(kind):
    sentence = explain(Flag(kind, coders=("ann",), documents=("d",), count=1))
    assert sentence.endswith(".")
    assert "{" not in sentence


def test_pairs_form_a_matrix_over_the_documents_each_pair_shares():
    found = {(pair.first, pair.second): pair.overall for pair in pairs(
        documents_of_spans(case("S-MULTI-3C")["data"]), ["a", "b", "c"], unit="character"
    )}  # fmt: skip
    assert {names: overall.documents for names, overall in found.items()} == {
        ("c1", "c2"): 2, ("c1", "c3"): 2, ("c2", "c3"): 1,
    }  # fmt: skip
    assert found["c1", "c2"].alpha > found["c2", "c3"].alpha


def test_a_pair_that_shares_nothing_is_undefined():
    study = [agreed("d1"), document("d2", {}, coders=["bo", "cy"])]
    found = {(pair.first, pair.second): pair.overall for pair in pairs(study, ["x"], unit="character")}
    assert found["ann", "cy"].status == "no_pairable_units"
    assert found["ann", "cy"].flags[0].coders == ("ann", "cy")


def test_codes_keep_the_order_asked_for_and_a_code_nobody_used_is_there():
    table = agreement([disputed("d")], ["unused", "x"], unit="sentence")
    assert [(each.code, each.status) for each in table.codes] == [("unused", "no_variation"), ("x", "ok")]
    assert (table.coders, table.unit, table.overall.undefined) == (("ann", "bo"), "sentence", 1)


def test_a_document_without_text_or_units_adds_nothing():
    study = [disputed("d1"), document("empty", {}, length=0, units=()), document("blank", {}, units=())]
    assert figures(study, "sentence").documents == 1
    assert figures(study).documents == 2


def test_an_empty_codebook_has_no_agreement():
    assert agreement([disputed("d")], [], unit="character").overall.alpha is None


@pytest.mark.parametrize("unit", ["sentence", "character"])
@pytest.mark.parametrize("span", [(-1, 5), (90, 101), (5, 5), (9, 3), (100, 100)])
def test_a_span_outside_its_text_is_a_programmers_error(unit, span):
    with pytest.raises(ValueError, match="document d2 of 100"):
        agreement([agreed("d1"), document("d2", {"ann": [span]})], ["x"], unit=unit)


def test_a_document_or_a_code_that_comes_twice_is_a_programmers_error():
    with pytest.raises(ValueError, match="only once"):
        agreement([agreed("d"), agreed("d")], ["x"], unit="character")
    with pytest.raises(ValueError, match="only once"):
        agreement([agreed("d")], ["x", "x"], unit="character")


@pytest.mark.parametrize("units", [[(50, 100), (0, 50)], [(0, 60), (50, 100)], [(0, 101)], [(-1, 50)], [(7, 7)]])
def test_units_that_are_no_partition_are_a_programmers_error(units):
    with pytest.raises(ValueError, match="units must"):
        agreement([document("d", {}, units=units)], ["x"], unit="sentence")


def test_refusals_are_sentences():
    with pytest.raises(UnknownUnitError, match="no unit “word”"):
        agreement([agreed("d")], ["x"], unit="word")
    for measure in (agreement, pairs):
        with pytest.raises(NobodyFinishedError, match="Nobody has finished"):
            measure([], ["x"], unit="sentence")
    assert issubclass(UnknownUnitError, QcodeError)
    assert issubclass(NobodyFinishedError, QcodeError)


def test_scipy_waits_until_an_interval_is_asked_for():
    probe = "import sys, qcode.agreement; sys.exit(any(name.split('.')[0] == 'scipy' for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", probe], check=False).returncode == 0
