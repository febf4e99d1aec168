"""Readings side by side, as a person types it; and no figures where reading is the instrument."""

from __future__ import annotations

import json

import pytest
import small
from test_commands import refused, run

from qcode.operations import assignments, team

FIGURES = ("alpha", "kappa", "coefficient", "consensus", "error", "%", "saturat")


@pytest.fixture(params=["reflexive", "Grounded theory"])
def path(tmp_path, request):
    made = small.small_study(tmp_path / "small.qcode")
    team.describe_study(made.study, approach=request.param)
    for coder in (made.other, made.lead):
        made.study.act_as(coder)
        assignments.hand_in_round(made.study, round_id=made.round)
    made.study.close()
    return made.study.path


def test_figures_are_refused_and_readings_are_shown_without_any(path):
    assert "agreement is not measured. “qcode readings” shows" in refused("agreement", path)
    assert "agreement is not measured" in refused("agreement", path, "-o", path.with_suffix(".docx"))
    assert not path.with_suffix(".docx").exists()
    shown = run("readings", path).stdout
    assert shown == "INT-1: I was afraid.\n    Ana Lima: Fear (of what?)\n    Bo Ek: –\n"
    assert [word for word in FIGURES if word in run("readings", path, "--all").stdout.casefold()] == []
    assert "no round “Nine”" in refused("readings", path, "--round", "Nine")


def test_json_holds_what_each_coder_marked(path):
    found = json.loads(run("readings", path, "--all", "--json").stdout)
    assert (found["round"], found["coders"], found["withheld"]) == ("Round 1", ["Ana Lima", "Bo Ek"], [])
    assert [(one["text"], one["differs"]) for one in found["passages"]] == [
        ("I rang them. 😀 They came at once", False),
        ("I was afraid.", True),
    ]
    assert found["passages"][1]["marked"] == {
        "Ana Lima": [{"code": "Fear", "comment": "of what?", "unsure": True}],
        "Bo Ek": [],
    }
