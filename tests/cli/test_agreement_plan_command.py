"""The plan of an agreement check, as a person types it: saved, shown, and held against the figures."""

from __future__ import annotations

import json
import shutil

import pytest
from test_commands import refused, run
from written_up import write_up

from qcode.operations import team
from qcode.study import Study


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    made = write_up(tmp_path_factory.mktemp("planned") / "pump.qcode")
    made.study.close()
    return made.study.path


def told(*words):
    done = run(*words, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_a_plan_is_saved_changed_shown_and_compared(study):
    assert "Nothing is planned for “Main”" in run("agreement-plan", study).stdout
    assert "plan" not in told("agreement", study)
    assert "Nothing is planned for “Main”" in refused("agreement", study, "--as-planned")
    terms = ("--threshold", "0.6", "--share", "20%", "--by", "figure", "--codes", "being shown", "--codes")
    shown = run("agreement-plan", study, "--round", "main", *terms, "Letting it slide").stdout
    assert "codes           Being shown, Letting it slide" in shown
    assert "at least 20 % of the documents" in shown
    assert "A plan made afterwards is no plan: there were 28 codings and 18 hand-ins by then." in shown
    plan = told("agreement-plan", study, "--without-interviewers", "--bootstrap", "200", "--seed", "4")
    assert (plan["threshold"], plan["share"], plan["draws"], plan["seed"]) == (0.6, 0.2, 200, 4)
    assert [version["begun"] for version in plan["saved"]] == ["handed in", "handed in"]
    assert told("agreement-plan", study) == plan

    otherwise = told("agreement", study)["plan"]
    assert {row["id"] for row in otherwise["items"] if row["holds"] is False} == {"interviewers", "draws"}
    as_planned = told("agreement", study, "--as-planned")
    assert [row["code"][-1] for row in as_planned["codes"]] == ["Being shown", "Letting it slide"]
    assert as_planned["bootstrap"] == {"draws": 200, "seed": 4}
    assert [row["holds"] for row in as_planned["plan"]["threshold_by_code"]] == [True, False]
    assert "Below it: Letting it slide." in run("agreement", study, "--as-planned").stdout


def test_what_cannot_be_planned_is_refused_in_a_sentence(study):
    before = study.read_bytes()
    assert "between 0 and 1" in refused("agreement-plan", study, "--threshold", "2")
    assert "There is no code “Rain”" in refused("agreement-plan", study, "--codes", "Rain")
    assert "There is no set of codes “Rain”" in refused("agreement-plan", study, "--domains", "Rain")
    assert "no share of the documents" in refused("agreement-plan", study, "--share", "much")
    assert "hands out no segments" in refused("agreement-plan", study, "--unit", "segment")
    assert "There is no round “Rain”" in refused("agreement-plan", study, "--round", "Rain")
    assert "“Sharing” is a heading" in refused("agreement-plan", study, "--codes", "Sharing")
    assert study.read_bytes() == before


def test_where_reading_is_the_instrument_nothing_is_planned(study, tmp_path):
    reading = shutil.copy(study, tmp_path / "reading.qcode")
    with Study.open(reading) as opened:
        team.describe_study(opened, approach="grounded theory")
    assert "approach is grounded theory" in refused("agreement-plan", reading, "--threshold", "0.8")
