"""Boundaries, domains and sets of codes of a small study, with the passages behind each number."""

from __future__ import annotations

import pytest
from opened_again import open_again

from qcode.agreement.continuum import Unitized, unitizing_alpha
from qcode.operations import assignments, code_sets, coding
from qcode.queries.agreement.boundaries import (
    behind_segment,
    behind_segments,
    boundaries_by_line,
    boundary_rows,
    segment_rows,
    whole_boundaries,
)
from qcode.queries.agreement.domains import behind_domain, domain_figures
from qcode.queries.agreement.figures import study_agreement
from qcode.queries.agreement.sets import set_figures
from qcode.queries.codings import passages


def add(made, initial, document, words, code):
    """One more coding that is handed in."""
    coder = made.coders[initial]
    open_again(made.study, made.round, coder, [made.documents[document]])
    made.study.act_as(coder)
    passage = made.passage(document, words)
    coding.apply_codes(made.study, passage=passage, codes=[made.codes[code]], round_id=made.round)
    assignments.hand_in_round(made.study, round_id=made.round)


def words(made, looking):
    return sorted((row.coding.coder_name, row.text) for row in passages(made.study, looking))


def test_the_boundaries_of_a_line_are_those_of_its_segments_and_open_them(made):
    add(made, "C", "Plot 1", "is how I learned it.", "Being shown")  # Asta and Bo have one word more
    found = study_agreement(made.study)
    line = made.codes["Being shown"]
    whole, *pairs = boundary_rows(found, line)
    assert [row.coders for row in pairs] == [("Asta Lind", "Bo Ek"), ("Asta Lind", "Cem Usta"), ("Bo Ek", "Cem Usta")]
    both, with_cem = pairs[0], pairs[1]
    assert (both.alpha, both.exact, both.half, both.matched, both.unmatched) == (1, 1, 1, 3, 0)
    assert (with_cem.exact, with_cem.half) == (pytest.approx(2 / 5), pytest.approx(4 / 5))
    assert (with_cem.matched, with_cem.only_first, with_cem.only_second) == (2, 1, 0)
    assert whole.half == pytest.approx((1 + 4 / 5 + 4 / 5) / 3)
    assert (whole.matched, whole.unmatched, whole.pair) == (7, 2, None)
    of_line = unitizing_alpha(
        [
            Unitized(
                each.document, each.length, {c: [(*s, "x") for s in each.spans.get((c, line), ())] for c in each.coders}
            )
            for each in found.measured.documents
        ]
    )
    assert whole.alpha == pytest.approx(of_line.binary)
    assert whole.low < whole.alpha < whole.high
    assert next(row for row in whole_boundaries(found) if row.line == line) == whole
    assert next(row for row in boundaries_by_line(found) if row.whole.line == line).pairs == tuple(pairs)
    alone = behind_segments(made.study, found, line, [with_cem.pair], ("first",))
    assert words(made, alone) == [("Asta Lind", "He did hold the gate very well.")]
    assert behind_segments(made.study, found, line, [with_cem.pair], ("second",)).ids == []
    rows = segment_rows(made.study, found, line)
    assert [(row.marked_by, row.turn, row.document_name) for row in rows[:2]] == [
        (("Asta Lind",), 4, "Shed talk"),
        (("Bo Ek",), 4, "Shed talk"),
    ]
    near = rows[2]
    assert (near.names, near.words, near.turn) == (("Asta Lind", "Cem Usta"), "That is how I learned it.", 5)
    assert near.share == pytest.approx(20 / 25)
    assert words(made, behind_segment(made.study, found, line, near)) == [
        ("Asta Lind", "That is how I learned it."),
        ("Cem Usta", "is how I learned it."),
    ]


def test_an_exclusive_set_is_a_domain_until_one_coder_lets_two_of_its_codes_meet(made):
    study, codes = made.study, made.codes
    held = [codes[name] for name in ("Counting water", "Letting it slide", "Gates and doors")]
    domain = code_sets.add_set(study, name="Stances", codes=held)
    assert domain_figures(study, study_agreement(study)) == []
    code_sets.make_exclusive(study, domain, exclusive=True)
    found = study_agreement(study)
    (figures,) = domain_figures(study, found)
    whole, *values = figures.rows
    assert (figures.refusal, figures.documents, len(figures.pairs)) == ("", 6, 3)
    assert whole.coding == 1  # nobody puts two codes on one text here
    assert 0 < whole.binary < whole.alpha < 1
    assert 0 < whole.coverage < 0.5
    assert [(row.name, row.coding) for row in values] == [
        ("Counting water", 1), ("Letting it slide", 1), ("Gates and doors", 1),
    ]  # fmt: skip
    branches = study_agreement(study, with_descendants=True)
    assert domain_figures(study, branches) == [figures]

    add(made, "B", "Plot 3", "It is not a gift, it is a remark.", "Letting it slide")  # Asta and Cem count water here
    (figures,) = domain_figures(study, study_agreement(study))
    assert 0 < figures.rows[0].coding < 1
    assert figures.rows[0].pooled is not None
    (pair,) = [pair for pair in figures.pairs if pair.names == ("Asta Lind", "Cem Usta")]
    assert pair.coding == 1

    add(made, "B", "Plot 3", "is a remark.", "Counting water")
    found = study_agreement(study)
    (figures,) = domain_figures(study, found)
    start = made.passage("Plot 3", "It is not a gift, it is a remark.").start
    end = made.passage("Plot 3", "is a remark.").end
    assert figures.refusal == (
        "The codes of “Stances” exclude each other, but Bo Ek marked overlapping text in Plot 3 with “Letting it "
        f"slide” (turn 3, characters {start}–{end}) and with “Counting water” (turn 3, characters {end - 12}–{end}). "
        "Take one of the two codes off, or untick “Exclusive” of the set."
    )
    assert figures.rows[0].coding is None
    assert words(made, behind_domain(study, found, figures)) == [
        ("Bo Ek", "It is not a gift, it is a remark."),
        ("Bo Ek", "is a remark."),
    ]

    code_sets.take_from_set(study, domain, codes=held[1:])
    assert domain_figures(study, found)[0].refusal.startswith("“Stances” has fewer than two codes.")


def test_sets_of_codes_are_values_on_all_text_and_on_coded_text(made):
    found = study_agreement(made.study)
    (figures,) = set_figures(made.study, found)
    rows = {row.measure: row for row in figures.rows}
    assert (figures.units, figures.documents, figures.missing) == (found.overall.n, 6, ())
    assert 0 < figures.coded_units < figures.units
    # Nobody put two codes on one sentence, so that every distance says the same, and exact sets are plain alpha.
    assert rows["jaccard"].alpha == pytest.approx(rows["exact_set"].alpha) == pytest.approx(rows["masi"].alpha)
    assert rows["exact_set"].conditional < rows["exact_set"].alpha
    assert rows["mvalpha"].low < rows["mvalpha"].alpha < rows["mvalpha"].high
    assert set_figures(made.study, study_agreement(made.study, unit="merged")) == [figures]
    by_token = set_figures(made.study, study_agreement(made.study, unit="token"))
    assert (by_token[0], by_token[1].unit) == (figures, "token")
    assert set_figures(made.study, study_agreement(made.study, codes=["Being shown"])) == []
