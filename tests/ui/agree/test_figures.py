from __future__ import annotations

import pytest

from qcode.agreement import Flag, explain
from qcode.ui.agree.figures import FigureRow, few_documents, phrase, reasons, sentences
from qcode.ui.agree.plot import Axis, axis_of


def row(**changes) -> FigureRow:
    known = {
        "id": "a",
        "path": ("Trust", "Felt judged"),
        "colour": 1,
        "place": 0,
        "alpha": 0.512,
        "low": -0.026,
        "high": 0.714,
        "below_667": 0.93,
        "below_800": 0.9999,
        "prevalence": 0.039,
        "positive_agreement": 0.53,
        "percent_agreement": 0.961,
        "n": 1162,
        "documents": 8,
        "notes": (),
    }
    return FigureRow(**(known | changes))


def test_an_interval_has_two_decimals_and_a_true_minus():
    assert row().interval == "−0.03 to 0.71"
    assert row(low=None).interval == "–"


def test_that_documents_are_few_is_no_phrase_of_a_line():
    few = explain(Flag("few_documents", count=8))
    never = explain(Flag("coder_never_used", coders=("Bo",)))
    assert few_documents(row(notes=(few,)))
    assert phrase(row(notes=(few, never))) == "Never used by Bo"
    assert few in sentences(row(notes=(few,)), "sentence")


@pytest.mark.parametrize(
    ("flag", "words"),
    [
        (Flag("insufficient_variation"), "Too rare to judge"),
        (Flag("too_few_documents", count=8), "Too few documents for an interval"),
        (Flag("no_disagreement", count=8), "No disagreement"),
        (Flag("no_shared_document", coders=("Bo",)), "Not judged by two coders"),
        (Flag("disagreement_in_one_document", documents=("INT-1",)), "No interval: all disagreement lies in INT-1"),
    ],
)
def test_a_note_is_said_in_a_few_words(flag, words):
    assert phrase(row(notes=(explain(flag),))) == words


def test_two_notes_read_as_one_line():
    notes = explain(Flag("insufficient_variation")), explain(Flag("coder_never_used", coders=("Bo",)))
    assert phrase(row(notes=notes)) == "Too rare to judge; never used by Bo"


def test_probabilities_near_the_ends_are_not_overstated():
    words = " ".join(sentences(row(below_667=0.001), "sentence"))
    assert "below 0.667 is less than 1\u00a0%" in words
    assert "below 0.800 more than 99\u00a0%" in words


def test_percent_agreement_is_said_with_prevalence_only():
    assert "96.1 %" in " ".join(sentences(row(), "sentence"))
    assert "96.1 %" not in " ".join(sentences(row(prevalence=None), "sentence"))


def test_one_unit_in_one_document_is_not_plural():
    assert "Judged: 1 character in 1 document," in " ".join(sentences(row(n=1, documents=1), "character"))


def test_a_missing_alpha_always_has_a_reason():
    assert reasons("no_variation", ()) == ("No variation: nothing to be reliable about.",)
    assert reasons("no_pairable_units", ()) == ("No text was judged by two coders.",)
    assert reasons("no_pairable_units", ("No text was judged by two coders (coders: Bo).",)) == (
        "No text was judged by two coders (coders: Bo).",
    )


def test_the_axis_starts_at_zero_unless_values_are_negative():
    assert axis_of([row(low=0.2)]) == Axis(0.0)
    assert axis_of([row(low=-0.23)]) == Axis(-0.3)
    assert axis_of([row(low=-4.0)]) == Axis(-0.5)
    assert axis_of([row(alpha=None, low=None)]) == Axis(0.0)


def test_values_stand_on_the_axis_in_proportion():
    axis = Axis(-0.5)
    assert axis.place(-0.5, 10, 150) == 10
    assert axis.place(0.25, 10, 150) == 85
    assert axis.place(1.0, 10, 150) == 160
    assert axis.place(-3.0, 10, 150) == 10
