"""The published and exactly derived reference cases, each computed by the function that the program uses."""

from __future__ import annotations

import re

import pytest
from agreement_material import CASES, case, documents_of_spans, documents_of_units

from qcode.agreement import agreement, unit_values

SPAN_FIGURES = {
    "char_alpha": "alpha",
    "char_percent_agreement": "percent_agreement",
    "char_positive_agreement": "positive_agreement",
    "char_status": "status",
}
EXACT = 1e-9


def close(value, tolerance):
    return value if value is None or isinstance(value, str) else pytest.approx(value, abs=tolerance, rel=0)


def expectations(entry):
    """(name, value, tolerance) of everything a case expects, its printed values and its full-precision ones."""
    yield from ((name, value, entry["tolerance"]) for name, value in entry["expected"].items())
    yield from ((name, value, EXACT) for name, value in entry["exact"].items())


def span_cases():
    return list(_span_cases())


def _span_cases():
    for entry in CASES:
        for name, value, tolerance in expectations(entry):
            found = re.fullmatch(r"(\w+)\[(.+)\]", name)
            if entry["kind"] == "spans" and found and found[1] in SPAN_FIGURES:
                yield pytest.param(
                    entry, found[2], SPAN_FIGURES[found[1]], value, tolerance, id=f"{entry['id']}-{name}"
                )


@pytest.mark.parametrize(("entry", "code", "figure", "value", "tolerance"), span_cases())
def test_characters_reproduce_the_reference(entry, code, figure, value, tolerance):
    table = agreement(documents_of_spans(entry["data"]), [code], unit="character")
    assert getattr(table.codes[0], figure) == close(value, tolerance)


def matrix(data):
    """The units of a case; of a table of how often each value was given, one unit's values in any order."""
    if "units" in data:
        return data["units"]
    return [
        [value for value, times in zip(data["values"], counts, strict=True) for _ in range(times)]
        for counts in zip(*data["values_by_units"], strict=True)
    ]


def unit_cases(*names):
    return list(_unit_cases(names))


def _unit_cases(names):
    for entry in CASES:
        for name, value, tolerance in expectations(entry):
            if entry["kind"] == "units-matrix" and name in names:
                yield pytest.param(entry, value, tolerance, id=f"{entry['id']}-{name}-{tolerance}")


def categories(units):
    return sorted({str(value) for unit in units for value in unit if value is not None})


@pytest.mark.parametrize(("entry", "value", "tolerance"), unit_cases("krippendorff_alpha_nominal"))
def test_micro_alpha_of_exclusive_codes_is_the_nominal_alpha_of_their_set(entry, value, tolerance):
    """Each pair of unequal values differs in exactly two of the codes, in the observed and the expected sum alike."""
    units = matrix(entry["data"])
    overall = agreement(documents_of_units(units), categories(units), unit="character").overall
    assert overall.alpha == close(value, tolerance)
    assert (overall.status == "ok") == (value is not None)


@pytest.mark.parametrize(("entry", "value", "tolerance"), unit_cases("percent_agreement"))
def test_percent_agreement_is_the_mean_over_pairs(entry, value, tolerance):
    units = matrix(entry["data"])
    overall = agreement(documents_of_units(units), categories(units), unit="character").overall
    differing = (1 - overall.percent_agreement) * len(categories(units)) / 2
    assert 1 - differing == close(value, tolerance)


@pytest.mark.parametrize(("entry", "value", "tolerance"), unit_cases("status_alpha_nominal"))
def test_an_undefined_alpha_says_why(entry, value, tolerance):
    units = matrix(entry["data"])
    assert agreement(documents_of_units(units), categories(units), unit="sentence").overall.status == value


@pytest.mark.parametrize(("entry", "value", "tolerance"), unit_cases("positive_agreement"))
def test_positive_agreement_of_a_binary_matrix(entry, value, tolerance):
    table = agreement(documents_of_units(matrix(entry["data"])), ["1"], unit="sentence")
    assert table.codes[0].positive_agreement == close(value, tolerance)


@pytest.mark.parametrize("case_id", ["S-PROJECT-1", "S-PROJECT-2", "S-PROJECT-3"])
def test_spans_project_to_units_by_the_half_rule(case_id):
    expected = case(case_id)["expected"]
    document = documents_of_spans(case(case_id)["data"])[0]
    assert list(unit_values(document, "c1", "x")) == expected["unit_values[c1]"]
    assert list(unit_values(document, "c2", "x")) == expected["unit_values[c2]"]
    table = agreement([document], ["x"], unit="sentence")
    assert table.codes[0].alpha == close(expected["unit_alpha"], EXACT)
    assert table.codes[0].n == len(document.units)


def test_the_jackknife_reproduces_the_reference_interval():
    entry = case("CI-JACK-6DOCS")
    figures = agreement(documents_of_spans(entry["data"]), ["x"], unit="character").codes[0]
    computed = {
        "jackknife_se_log": figures.se_log,
        "ci_low": figures.low,
        "ci_high": figures.high,
        "p_below_0.667": figures.below_667,
        "p_below_0.800": figures.below_800,
    }
    assert computed == {name: close(entry["expected"][name], EXACT) for name in computed}
    assert figures.documents == 6


def test_every_kind_of_reference_is_among_those_tried():
    assert len(span_cases()) > 40
    assert len(unit_cases("krippendorff_alpha_nominal")) > 30
