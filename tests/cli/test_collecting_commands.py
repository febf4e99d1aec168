"""Handing out, handing in and merging, as a person types it."""

from __future__ import annotations

import json
import shutil

import pytest
import small
from test_commands import refused, run

from qcode.operations import codebook, coding
from qcode.queries.codings import codings_of
from qcode.study import Study


@pytest.fixture
def made(tmp_path):
    made = small.small_study(tmp_path / "small.qcode")
    made.study.close()
    return made


def bos_work(made, path):
    with Study.open(path) as study:
        passage = made.passage("Of the letter.")
        coding.apply_codes(study, passage=passage, codes=[made.codes["Fear"]], round_id=made.round)
        codebook.add_code(study, name="Rain")


def test_a_file_goes_out_comes_back_after_a_preview_and_once_only(made, tmp_path):
    out = tmp_path / "bo.qcode"
    assert "is for Bo Ek" in run("handout", made.study.path, "--coder", "bo ek", "-o", out).stdout
    bos_work(made, out)
    before = made.study.path.read_bytes()
    looked = run("handin", made.study.path, out, "--preview").stdout
    assert "1 coding new" in looked
    assert "+ INT-1 · Fear · Bo Ek: “Of the letter.”" in looked
    assert "Proposed codes: Rain (Bo Ek)" in looked
    assert made.study.path.read_bytes() == before
    assert "Taken in" in run("handin", made.study.path, out).stdout
    assert "There is nothing new in it." in run("handin", made.study.path, out).stdout
    with Study.open(made.study.path) as study:
        assert len(codings_of(study, made.documents[0])) == 4
    assert run("check", made.study.path).exit_code == 0


def test_a_preview_in_json_holds_counts_passages_and_no_receipt(made, tmp_path):
    out = tmp_path / "bo.qcode"
    run("handout", made.study.path, "--coder", "Bo Ek", "-o", out)
    bos_work(made, out)
    told = json.loads(run("merge", made.study.path, out, "--preview", "--json").stdout)
    assert told["receipt"] is None
    assert {"kind": "coding", "deed": "new", "count": 1} in told["counts"]
    assert [one["words"] for one in told["arrivals"] if one["kind"] == "coding"] == ["Of the letter."]
    assert json.loads(run("merge", made.study.path, out, "--json").stdout)["receipt"] == 1


def test_conflicts_are_listed_with_both_sides(made, tmp_path):
    other = tmp_path / "other.qcode"
    shutil.copy(made.study.path, other)
    for path, name in ((made.study.path, "Toil"), (other, "Weariness")):
        with Study.open(path) as study:
            codebook.rename_code(study, made.codes["Wear"], name=name)
    assert run("conflicts", made.study.path).stdout == "0 conflicts.\n"
    assert "! code" in run("merge", made.study.path, other).stdout
    listed = run("conflicts", made.study.path).stdout
    assert "! Code “" in listed
    assert "”: name\n" in listed
    assert "Ana Lima" in listed
    assert listed.endswith("1 conflict.\n")
    (one,) = json.loads(run("conflicts", made.study.path, "--json").stdout)
    assert {side["value"] for side in one["sides"]} == {"Toil", "Weariness"}


def test_history_lists_the_steps_latest_first(made):
    lines = run("history", made.study.path).stdout.splitlines()
    assert "Create the study" in lines[-1]
    rows = json.loads(run("history", made.study.path, "--json").stdout)
    assert len(rows) == len(lines)


def test_what_cannot_be_is_refused_with_a_sentence(made, tmp_path):
    copy = tmp_path / "copy.qcode"
    shutil.copy(made.study.path, copy)
    assert "Its coders are: Ana Lima, Bo Ek" in refused("handout", made.study.path, "--coder", "Cy", "-o", copy)
    assert "exists already" in refused("handout", made.study.path, "--coder", "Bo Ek", "-o", copy)
    assert "merge it" in refused("handin", made.study.path, copy)
    assert "is the study that is open" in refused("merge", made.study.path, made.study.path)
    assert "There is no study" in refused("merge", made.study.path, tmp_path / "nothing.qcode")


def test_another_study_is_called_that_and_a_name_may_have_room_about_it(made, tmp_path):
    small.small_study(tmp_path / "another.qcode", another=True).study.close()
    assert "is another study" in refused("handin", made.study.path, tmp_path / "another.qcode")
    assert "is for Bo Ek" in run("handout", made.study.path, "--coder", " bo ek ", "-o", tmp_path / "bo.qcode").stdout
