"""Reference cases computed again, as a person types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from test_commands import refused, run

CASES = Path(__file__).parents[1] / "cases" / "agreement.json"


def written(tmp_path, *entries):
    path = tmp_path / "cases.json"
    path.write_text(json.dumps(entries), encoding="utf-8")
    return path


def entry(expected, tolerance=1e-9):
    data = {"units": [["a", "a"], ["b", "b"], ["a", "b"], ["b", "b"]]}
    return {"id": "own", "kind": "units-matrix", "data": data, "expected": expected, "tolerance": tolerance}


def test_none_of_the_public_cases_fails():
    told = run("agreement-check", CASES)
    assert told.exit_code == 0
    assert "K2011-C  krippendorff_alpha_nominal: computed 0.7434211, expected 0.743 ± 0.00055: within" in told.stdout
    assert "off" not in {line.rpartition(": ")[2] for line in told.stdout.splitlines()}


def test_json_holds_each_quantity_with_what_was_expected_and_what_was_computed():
    found = json.loads(run("agreement-check", CASES, "--json").stdout)
    expected = sum(len(case["expected"]) for case in json.loads(CASES.read_text(encoding="utf-8")))
    assert len(found) == expected
    assert {one["verdict"] for one in found} == {"within", "not supported"}


def test_a_quantity_that_is_off_is_told_and_the_exit_code_is_1(tmp_path):
    told = run("agreement-check", written(tmp_path, entry({"percent_agreement": 0.5, "holsti": 0.75})))
    assert told.exit_code == 1
    assert "percent_agreement: computed 0.75, expected 0.5 ± 1e-09: off" in told.stdout
    assert "2 quantities: 1 off, 1 within." in told.stdout


def test_what_is_not_known_is_not_guessed_and_no_failure(tmp_path):
    told = run("agreement-check", written(tmp_path, entry({"bangdiwala_b": 0.5})))
    assert told.exit_code == 0
    assert "own  bangdiwala_b: not supported" in told.stdout


def test_data_that_make_no_sense_are_refused_and_the_others_go_on(tmp_path):
    broken = entry({"holsti": 0.75}) | {"data": {"units": 3}}
    told = run("agreement-check", written(tmp_path, broken, entry({"holsti": 0.75})))
    assert told.exit_code == 1
    assert "2 quantities: 1 refused, 1 within." in told.stdout


def test_what_is_expected_to_be_no_number_is_written_in_json_as_nothing(tmp_path):
    path = written(tmp_path, entry({"percent_agreement": float("nan"), "holsti": float("inf")}), entry({}))
    told = run("agreement-check", path, "--json")
    assert told.exit_code == 1
    found = json.loads(told.stdout, parse_constant=pytest.fail)
    assert [(one["expected"], one["verdict"]) for one in found] == [(None, "off"), (None, "refused")]
    assert "expect nothing" in run("agreement-check", written(tmp_path, entry({}))).stdout


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"{", b"[]", b"[1]"])
def test_a_file_that_holds_no_cases_is_refused(tmp_path, content):
    path = tmp_path / "cases.json"
    path.write_bytes(content)
    assert "cases.json" in refused("agreement-check", path)
