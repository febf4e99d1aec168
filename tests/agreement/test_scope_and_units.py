"""Parts, exclusions and units of every kind, against the same thing spelled out by hand; draws of documents."""

from __future__ import annotations

from dataclasses import replace

import krippendorff
import numpy as np
import pytest
from agreement_material import CODES, characters, documents, spelled_out
from hypothesis import assume, given
from hypothesis import strategies as st

from qcode.agreement import DocumentCodings, agreement
from qcode.agreement.coincidences import alpha, distances
from qcode.agreement.jackknife import FEWEST_DOCUMENTS
from qcode.agreement.table import measure

RANGES = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12)), max_size=3)


def inside(ranges, length):
    return [(start, min(start + size, length)) for start, size in ranges if start < length]


@st.composite
def scoped(draw):
    """Random studies in which some text is excluded and some coders were given parts."""
    out = []
    for each in draw(documents(least=1, most=4)):
        parts = {coder: inside(draw(RANGES), each.length) for coder in sorted(each.coders) if draw(st.booleans())}
        out.append(replace(each, parts=parts, excluded=inside(draw(RANGES), each.length)))
    return out


def in_scope(document, coder, code):
    """By character: marked or not, NaN where the coder was not asked."""
    values = np.array(characters(document, coder, code), dtype=float)
    asked = np.zeros(document.length, dtype=bool)
    for start, end in document.parts.get(coder, [(0, document.length)]):
        asked[start:end] = True
    for start, end in document.excluded:
        asked[start:end] = False
    values[~asked] = np.nan
    return values


def expected_alpha(data):
    data = data[:, (~np.isnan(data)).sum(axis=0) >= 2]
    if data.size == 0 or len(np.unique(data[~np.isnan(data)])) < 2:
        return None
    return krippendorff.alpha(data, level_of_measurement="nominal")


@given(study=scoped())
def test_characters_outside_ones_part_are_missing_and_excluded_ones_count_for_nobody(study):
    table = agreement(study, CODES, unit="character")
    for row in table.codes:
        expected = expected_alpha(spelled_out(study, row.code, values=in_scope))
        assert row.alpha == (None if expected is None else pytest.approx(expected, abs=1e-9))


@given(study=documents(least=1, most=4))
def test_a_part_that_is_the_whole_document_changes_nothing(study):
    whole = [replace(each, parts={coder: [(0, each.length)] for coder in each.coders}) for each in study]
    for unit in ("character", "sentence", "token", "merged", "document"):
        assert agreement(whole, CODES, unit=unit) == agreement(study, CODES, unit=unit)


@given(study=documents(least=1, most=4))
def test_a_token_is_marked_where_any_of_its_characters_is(study):
    def tokens(document, coder, code):
        marked = characters(document, coder, code)
        return [int(any(marked[start:end])) for start, end in document.units]

    for row in agreement(study, CODES, unit="token").codes:
        data = spelled_out(study, row.code, values=tokens)
        expected = expected_alpha(data) if data.size else None
        assert row.alpha == (None if expected is None else pytest.approx(expected, abs=1e-9))


@given(study=documents(least=1, most=5))
def test_a_document_is_marked_where_a_code_was_used_in_it(study):
    def used(document, coder, code):
        return [int(any(characters(document, coder, code)))]

    for row in agreement(study, CODES, unit="document").codes:
        expected = expected_alpha(spelled_out(study, row.code, values=used))
        assert row.alpha == (None if expected is None else pytest.approx(expected, abs=1e-9))


def clusters_of(document, code, coders):
    """The merged segments of a document, and the gaps between them, character by character."""
    spans = sorted(span for coder in coders for span in merged(document, coder, code))
    found = []
    for start, end in spans:
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    edges = [0, *(edge for each in found for edge in each), document.length]
    gaps = [(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if start < end]
    return found, gaps


def merged(document, coder, code):
    values = [0, *characters(document, coder, code), 0]
    opens = [at for at in range(len(values) - 1) if (values[at], values[at + 1]) == (0, 1)]
    closes = [at for at in range(len(values) - 1) if (values[at], values[at + 1]) == (1, 0)]
    return list(zip(opens, closes, strict=True))


@given(study=documents(least=1, most=4))
def test_merged_segments_and_the_gaps_between_them_are_the_units(study):
    for row in agreement(study, CODES, unit="merged").codes:
        columns = []
        for each in study:
            there = [coder for coder in sorted(each.coders) if (coder, row.code) not in each.unseen]
            found, gaps = clusters_of(each, row.code, there)
            if len(there) < 2:
                continue
            for start, end in found:
                columns.append([int(any(characters(each, coder, row.code)[start:end])) for coder in there])
            columns += [[0] * len(there)] * len(gaps)
        assert row.n == len(columns)
        width = max(map(len, columns), default=0)
        data = np.array([[*column, *[np.nan] * (width - len(column))] for column in columns], dtype=float).T
        expected = expected_alpha(data) if columns else None
        assert row.alpha == (None if expected is None else pytest.approx(expected, abs=1e-9))


def test_a_unit_that_straddles_the_end_of_a_part_counts_where_its_middle_lies():
    study = [
        DocumentCodings(
            "d",
            30,
            [(0, 10), (10, 20), (20, 30)],
            frozenset({"ann", "bo"}),
            {("ann", "a"): [(0, 10)], ("bo", "a"): [(0, 10), (20, 30)]},
            parts={"ann": [(0, 16)]},
        )
    ]
    row = agreement(study, ["a"], unit="sentence").codes[0]
    assert (row.n, row.alpha) == (2, 1.0)


# Draws ------------------------------------------------------------------------------------------------------------


@given(study=documents(least=1, most=7), seed=st.integers(0, 99))
def test_draws_are_those_of_documents_repeated_by_hand(study, seed):
    measured = measure(study, CODES, unit="character")
    found = measured.replicates(times=100, seed=seed)
    counts = measured.counts()
    shared = np.flatnonzero(counts.shared.any(axis=0))
    assume(len(shared))
    weights = np.random.default_rng(seed).multinomial(len(shared), np.full(len(shared), 1 / len(shared)), 100)
    for number in (0, 57, 99):
        drawn = [
            replace(study[place], document=f"{place} {again}")
            for place, times in zip(shared, weights[number], strict=True)
            for again in range(times)
        ]
        table = agreement(drawn, CODES, unit="character")
        again = [row.alpha for row in table.codes] + [table.overall.alpha]
        assert [None if np.isnan(value) else value for value in found.alphas[number]] == [
            None if value is None else pytest.approx(value, abs=1e-9) for value in again
        ]


@given(study=documents(least=1, most=7))
def test_an_interval_of_draws_holds_most_of_them_and_needs_five_documents(study):
    measured = measure(study, CODES, unit="character")
    found = measured.replicates(times=200, seed=3)
    enough = np.append(measured.counts().shared.sum(axis=1), measured.counts().shared.any(axis=0).sum())
    for column, documents_there in enumerate(enough):
        if documents_there < FEWEST_DOCUMENTS:
            assert np.isnan(found.low[column])
            continue
        alphas = found.alphas[:, column]
        alphas = alphas[~np.isnan(alphas)]
        assert found.undefined[column] == 200 - len(alphas)
        if len(alphas):
            assert found.low[column] == pytest.approx(np.percentile(alphas, 2.5))
            assert found.high[column] == pytest.approx(np.percentile(alphas, 97.5))
        below = ((found.alphas[:, column] < 0.667) | np.isnan(found.alphas[:, column])).mean()
        assert found.below_667[column] == pytest.approx(below)


def test_few_draws_are_refused():
    study = [DocumentCodings("d", 5, (), frozenset({"ann", "bo"}), {})]
    with pytest.raises(ValueError, match="100"):
        measure(study, ["a"], unit="character").replicates(times=99, seed=1)


@given(study=scoped())
def test_the_ratings_of_a_code_have_the_alpha_of_the_table(study):
    for unit in ("character", "sentence", "document"):
        measured = measure(study, CODES, unit=unit)
        for row in measured.table().codes:
            ratings = measured.ratings(row.code)
            found = alpha(ratings, distances(ratings, "nominal"))
            assert found.status == row.status
            assert row.alpha == (None if np.isnan(found.value) else pytest.approx(found.value, abs=1e-9))
            assert ratings.weight[ratings.pairable].sum() == row.n
