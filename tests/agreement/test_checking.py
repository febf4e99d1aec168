"""Reference cases computed again, quantity by quantity, and cases that make no sense."""

from __future__ import annotations

import json

import pytest
from agreement_material import CASES

from qcode.agreement.checking import (
    Case,
    NotCasesError,
    NotSupportedError,
    UnreadableCaseError,
    checks,
    compute,
    read_cases,
)
from qcode.agreement.continuum import OverlappingUnitsError

SAMPLED = {"gamma", "gamma_seeded", "gamma_cat"}
QUANTITIES = [
    pytest.param(entry, name, value, tolerance, id=f"{entry['id']}-{name}-{tolerance:g}")
    for entry in CASES
    for values, tolerance in (("expected", entry["tolerance"]), ("exact", 1e-9))
    for name, value in entry[values].items()
    for tolerance in ([tolerance.get(name, 1e-9)] if isinstance(tolerance, dict) else [tolerance])
    if name not in SAMPLED
]


def case(entry):
    return read_cases(json.dumps(entry), "cases.json")[0]


def spans(*documents, **more):
    rows = [
        {
            "id": f"d{number}",
            "length": length,
            "coders": {
                coder: None if own is None else [{"start": start, "end": end, "code": code} for start, end, code in own]
                for coder, own in coders.items()
            },
        }
        for number, (length, coders) in enumerate(documents, 1)
    ]
    return Case("x", "spans", "", {"documents": rows} | more, {}, {})


@pytest.mark.parametrize(("entry", "name", "value", "tolerance"), QUANTITIES)
def test_a_published_quantity_is_computed(entry, name, value, tolerance):
    computed = compute(case(entry), name)
    assert computed == (pytest.approx(value, abs=tolerance, rel=0) if isinstance(value, float) else value)


def test_what_rests_on_random_samples_is_not_guessed():
    sampled = [entry for entry in CASES if SAMPLED & entry["expected"].keys()]
    assert sampled
    for entry in sampled:
        verdicts = {one.quantity: one.verdict for one in checks([case(entry)])}
        assert {verdicts[name] for name in SAMPLED & entry["expected"].keys()} == {"not supported"}


def test_a_wrong_expectation_is_off_and_a_right_one_within():
    entry = CASES[0] | {"expected": {"krippendorff_alpha_nominal": 0.5, "percent_agreement": 0.75}}
    assert [one.verdict for one in checks([case(entry)])] == ["off", "within"]


def test_what_is_not_defined_equals_nothing_but_null():
    data = {"units": [[1, 1], [1, 1]], "level": "nominal"}
    expected = {"krippendorff_alpha_nominal": 1.0, "cohen_kappa": None}
    entry = {"id": "x", "kind": "units-matrix", "data": data, "expected": expected}
    assert [one.verdict for one in checks([case(entry)])] == ["off", "within"]


@pytest.mark.parametrize(
    ("kind", "data", "name"),
    [
        ("units-matrix", {"units": [[1, 2]]}, "no such thing"),
        ("units-matrix", {"units": [[1, 2]]}, "pabak[x]"),
        ("units-matrix", {"units": [[1, 2, 1]]}, "cohen_kappa"),
        ("units-matrix", {"units": [[1, 2], [3, 3]]}, "pabak"),
        ("units-matrix", {"units": [[["a"], ["b"]]], "value_type": "set"}, "cohen_kappa"),
        ("spans", {"documents": []}, "no such thing"),
        ("spans", {"documents": []}, "unit_alpha"),
        ("pictures", {}, "percent_agreement"),
    ],
)
def test_what_is_not_known_or_not_defined_of_such_data_is_said_to_be_so(kind, data, name):
    with pytest.raises(NotSupportedError):
        compute(Case("x", kind, "", data, {}, {}), name)


@pytest.mark.parametrize(
    ("kind", "data", "name"),
    [
        ("units-matrix", {}, "percent_agreement"),
        ("units-matrix", {"units": [[1, [2]]]}, "percent_agreement"),
        ("units-matrix", {"units": [[1, 10**400]]}, "percent_agreement"),
        ("units-matrix", {"units": [[1e200, -1e200], [1, 2]]}, "krippendorff_alpha_interval"),
        ("units-matrix", {"values": [1], "values_by_units": [[10**9]]}, "percent_agreement"),
        ("units-matrix", {"values": [1, 2], "values_by_units": [[1, 1], [1]]}, "percent_agreement"),
        ("units-matrix", {"tables_yes_yes__yes_no__no_yes__no_no": [[1, 2, 3]]}, "pooled_kappa"),
        ("units-matrix", {"units": [["ab"]], "value_type": "set"}, "mvalpha"),
        ("units-matrix", {"units": 3}, "percent_agreement"),
        ("units-matrix", {"units": [[1, 2], 3]}, "percent_agreement"),
        ("units-matrix", {"units": [["a", "b"]]}, "krippendorff_alpha_interval"),
        ("units-matrix", {"units": [[{}, {}]]}, "percent_agreement"),
        ("spans", {}, "u_alpha"),
        ("spans", {"documents": [{"length": 2.5, "coders": {}}]}, "u_alpha"),
        ("spans", {"documents": [{"length": True, "coders": {}}]}, "u_alpha"),
        ("spans", {"documents": [{"length": 9, "coders": [[]]}]}, "u_alpha"),
        ("spans", {"documents": [{"length": 9, "coders": {"c": 3}}]}, "u_alpha"),
        ("spans", {"documents": [{"id": "d", "length": "x", "coders": {}}]}, "u_alpha"),
        ("spans", {"documents": [{"id": "d", "length": 9, "coders": {"c": [{"start": 1}]}}]}, "u_alpha"),
    ],
)
def test_data_that_make_no_sense_are_refused(kind, data, name):
    with pytest.raises(UnreadableCaseError) as error:
        compute(Case("x", kind, "", data, {}, {}), name)
    assert "Error" not in str(error.value)
    entry = {"id": "x", "kind": kind, "data": data, "expected": {name: 0.5}}
    assert [one.verdict for one in checks([case(entry)])] == ["refused"]


@pytest.mark.parametrize("span", [(-1, 4, "a"), (4, 4, "a"), (6, 5, "a"), (5, 11, "a")])
def test_a_span_outside_its_document_is_refused(span):
    with pytest.raises(UnreadableCaseError, match="does not lie in its document"):
        compute(spans((10, {"c1": [span], "c2": []})), "u_alpha")


def test_overlapping_codes_of_one_coder_are_refused_by_name():
    with pytest.raises(OverlappingUnitsError, match=r"c1 marked 0–5 with “a” and 3–8 with “b” in d1"):
        compute(spans((10, {"c1": [(0, 5, "a"), (3, 8, "b")], "c2": []})), "cu_alpha")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "empty"),
        ('["\\ud800"]', "half a character"),
        ("[3]", "entry 1 is not a case"),
        ('[{"id": "k"}]', "case k has no “data”"),
        ('[{"id": "k", "data": {}}]', "case k has no “expected”"),
        ('[{"id": "k", "data": {}, "expected": {}, "tolerance": "wide"}]', "tolerance of case k is no number"),
        ('[{"id": "k", "data": {}, "expected": {}, "tolerance": Infinity}]', "tolerance of case k is no number"),
        ('[{"id": "k", "data": {}, "expected": {}, "tolerance": -1}]', "tolerance of case k is no number"),
    ],
)
def test_a_file_that_holds_no_cases_is_refused(text, why):
    with pytest.raises(NotCasesError, match=why):
        read_cases(text, "cases.json")
