from __future__ import annotations

from dataclasses import replace
from statistics import fmean

import krippendorff
import numpy as np
import pytest
from agreement_material import CODERS, CODES, characters, documents, sentences, spelled_out
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from qcode.agreement import CodeAgreement, DocumentCodings, NobodyFinishedError, agreement, pairs, unit_values

UNITS = pytest.mark.parametrize("unit", ["sentence", "character"])
SPELLED = pytest.mark.parametrize(("unit", "values"), [("sentence", sentences), ("character", characters)])


def alpha_of_matrix(values):
    """Krippendorff's alpha by the package of that name, None where it has nothing to say."""
    pairable = values[:, (~np.isnan(values)).sum(axis=0) >= 2]
    if len(np.unique(pairable[~np.isnan(pairable)])) < 2:
        return None
    return krippendorff.alpha(pairable, level_of_measurement="nominal", value_domain=[0.0, 1.0])


@SPELLED
@given(study=documents())
def test_the_sweep_equals_the_package_on_the_matrix_spelled_out(unit, values, study):
    for each in agreement(study, CODES, unit=unit).codes:
        expected = alpha_of_matrix(spelled_out(study, each.code, values=values))
        assert each.alpha == (expected if expected is None else pytest.approx(expected, abs=1e-9))


@SPELLED
@given(study=documents())
def test_companions_equal_their_definition_unit_by_unit(unit, values, study):
    for each in agreement(study, CODES, unit=unit).codes:
        matrix = spelled_out(study, each.code, values=values)
        given_by = (~np.isnan(matrix)).sum(axis=0)
        columns = [column[~np.isnan(column)] for column in matrix[:, given_by >= 2].T]
        assert each.n == len(columns)
        if not columns:
            assert each.prevalence is each.percent_agreement is each.positive_agreement is None
            continue
        ones = sum(column.sum() for column in columns)
        both = sum(column.sum() * (column.sum() - 1) / (len(column) - 1) for column in columns)
        assert each.prevalence == pytest.approx(ones / sum(len(column) for column in columns))
        assert each.positive_agreement == (pytest.approx(both / ones) if ones else None)
        assert each.percent_agreement == pytest.approx(fmean(agreeing_pairs(column) for column in columns))


def agreeing_pairs(column):
    return fmean(float(a == b) for place, a in enumerate(column) for b in column[place + 1 :])


@given(study=documents(most=3))
def test_unit_values_follow_the_rule_character_by_character(study):
    for document in study:
        for coder in document.coders:
            assert list(unit_values(document, coder, "a")) == sentences(document, coder, "a")


@given(study=documents(most=3))
def test_no_span_is_lost_on_the_way_to_units(study):
    for document in study:
        for (coder, code), spans in document.spans.items():
            if coder in document.coders and spans and document.units:
                assert any(unit_values(document, coder, code))


@UNITS
@given(study=documents(), random=st.randoms(use_true_random=False))
def test_the_order_of_documents_and_codes_does_not_matter(unit, study, random):
    table = agreement(study, CODES, unit=unit)
    shuffled = list(study)
    random.shuffle(shuffled)
    other = agreement(shuffled, CODES[::-1], unit=unit)
    assert [numbers(each) for each in other.codes[::-1]] == [approximately(each) for each in table.codes]
    assert numbers(other.overall) == approximately(table.overall)


@UNITS
@given(study=documents(), order=st.permutations(CODERS))
def test_who_is_who_does_not_matter(unit, study, order):
    name = dict(zip(CODERS, order, strict=True))
    renamed = [
        replace(
            each,
            coders=frozenset(name[coder] for coder in each.coders),
            spans={(name[coder], code): spans for (coder, code), spans in each.spans.items()},
            unseen=frozenset((name[coder], code) for coder, code in each.unseen),
        )
        for each in study
    ]
    table, other = agreement(study, CODES, unit=unit), agreement(renamed, CODES, unit=unit)
    assert [numbers(each) for each in other.codes] == [approximately(each) for each in table.codes]


@UNITS
@given(study=documents(), alone=documents(least=1, most=1))
def test_a_document_with_one_coder_changes_nothing(unit, study, alone):
    table = agreement(study, CODES, unit=unit)
    single = replace(alone[0], document="alone", coders=frozenset({"ann"}))
    other = agreement([*study, single], CODES, unit=unit)
    assert [numbers(each) for each in other.codes] == [approximately(each) for each in table.codes]
    assert numbers(other.overall) == approximately(table.overall)


@UNITS
@given(study=documents())
def test_identical_coders_agree_perfectly_or_never_vary(unit, study):
    same = [
        replace(
            each,
            spans={(coder, code): each.spans.get(("ann", code), []) for coder in CODERS for code in CODES},
            unseen=frozenset(),
        )
        for each in study
    ]
    for each in agreement(same, CODES, unit=unit).codes:
        assert each.alpha == (1.0 if each.status == "ok" else None)
        assert each.percent_agreement in {1.0, None}
        assert (each.low, each.high, each.below_667) == (None, None, None)


@UNITS
@given(study=documents())
def test_overlapping_spans_of_one_coder_count_once(unit, study):
    table = agreement(study, CODES, unit=unit)
    cut = [
        replace(
            each,
            spans={
                key: [piece for start, end in spans for piece in [(start, end), (start, (start + end + 1) // 2)]]
                for key, spans in each.spans.items()
            },
        )
        for each in study
    ]
    assert agreement(cut, CODES, unit=unit) == table


@UNITS
@given(study=documents())
def test_overall_figures_are_the_sums_and_the_mean_of_the_codes(unit, study):
    table = agreement(study, CODES, unit=unit)
    defined = [each.alpha for each in table.codes if each.alpha is not None]
    assert table.overall.undefined == len(CODES) - len(defined)
    assert table.overall.macro_alpha == (pytest.approx(fmean(defined)) if defined else None)
    assert (table.overall.alpha is None) == (not defined)
    if len(defined) == 1 and all(each.prevalence in {0.0, 1.0, None} for each in table.codes if each.alpha is None):
        assert table.overall.alpha == pytest.approx(defined[0])


def rows(study, unit):
    """The figures of each code and of all together."""
    table = agreement(study, CODES, unit=unit)
    return [*table.codes, table.overall]


@UNITS
@given(study=documents(least=5, most=9))
def test_intervals_equal_a_jackknife_done_the_slow_way(unit, study):
    without = [rows([*study[:place], *study[place + 1 :]], unit) for place in range(len(study))]
    for row, each in enumerate(rows(study, unit)):
        codes = [each.code] if isinstance(each, CodeAgreement) else CODES
        kept = [left[row] for left, document in zip(without, study, strict=True) if pairable(document, codes, unit)]
        assert each.documents == len(kept)
        if each.documents < 5 or each.alpha in {None, 1.0} or any(left.alpha in {None, 1.0} for left in kept):
            assert (each.se_log, each.low, each.high, each.below_667, each.below_800) == (None,) * 5
            continue
        theta = np.log(1 - each.alpha)
        se = np.sqrt((len(kept) - 1) * np.var([np.log(1 - left.alpha) for left in kept]))
        assert each.se_log == pytest.approx(se, abs=1e-9)
        if se > 1e-6:
            student = stats.t(len(kept) - 1)
            edges = theta + student.ppf(0.975) * se * np.array([1, -1])
            assert (each.low, each.high) == pytest.approx(tuple(1 - np.exp(edges)), rel=1e-6)
            assert each.below_667 == pytest.approx(1 - student.cdf((np.log(1 - 0.667) - theta) / se), abs=1e-6)
            assert each.below_800 == pytest.approx(1 - student.cdf((np.log(1 - 0.8) - theta) / se), abs=1e-6)
            assert each.low <= each.alpha <= each.high


def pairable(document, codes, unit):
    coders = [[coder for coder in document.coders if (coder, code) not in document.unseen] for code in codes]
    return max(map(len, coders)) >= 2 and (unit == "character" or len(document.units) > 0)


@UNITS
@given(study=documents())
def test_a_pair_agrees_as_if_the_two_had_been_alone(unit, study):
    for pair in pairs(study, CODES, unit=unit):
        two = [replace(each, coders=each.coders & {pair.first, pair.second}) for each in study]
        assert numbers(pair.overall) == approximately(agreement(two, CODES, unit=unit).overall)


@UNITS
@given(study=documents())
def test_a_code_someone_had_not_seen_is_as_if_they_had_not_been_there(unit, study):
    blind = [replace(each, unseen=frozenset({("ann", "a")})) for each in study]
    absent = [replace(each, coders=each.coders - {"ann"}, unseen=frozenset()) for each in study]
    assume(any(each.coders for each in absent))
    first, second = (agreement(each, ["a"], unit=unit).codes[0] for each in (blind, absent))
    assert numbers(first) == approximately(second)


def test_an_unfinished_document_is_missing_and_an_empty_one_is_not():
    empty = [DocumentCodings("d", 10, [(0, 10)], frozenset({"ann", "bo"}), {("ann", "a"): [(0, 5)]})]
    missing = [replace(empty[0], coders=frozenset({"ann"}))]
    assert agreement(empty, ["a"], unit="character").codes[0].alpha == pytest.approx(1 - 19 * 5 / (5 * 15))
    assert agreement(missing, ["a"], unit="character").codes[0].status == "no_pairable_units"


def test_nobody_finished_is_refused_rather_than_measured():
    with pytest.raises(NobodyFinishedError, match="two coders"):
        agreement([DocumentCodings("d", 10, [], frozenset(), {})], ["a"], unit="character")


FIGURES = (
    "alpha", "low", "high", "below_667", "below_800", "prevalence", "positive_agreement", "percent_agreement", "n",
    "documents", "status",
)  # fmt: skip


def numbers(figures):
    return tuple(getattr(figures, name) for name in FIGURES)


class approximately:  # noqa: N801 - reads as a verb in the assertions
    """Equal to figures whose numbers differ only by the order of summation."""

    def __init__(self, figures):
        self.expected = numbers(figures)

    def __eq__(self, other):
        return len(other) == len(self.expected) and all(
            value == (pytest.approx(wanted, rel=1e-6, abs=1e-9) if isinstance(wanted, float) else wanted)
            for value, wanted in zip(other, self.expected, strict=True)
        )

    __hash__ = None

    def __repr__(self):
        return f"approximately({self.expected})"
