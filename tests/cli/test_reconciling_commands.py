"""Where coders differ is listed, what they agree on is written down, and what was decided is told, without a window."""

from __future__ import annotations

import csv
import io
import json

import docx
import judged
import pytest
import small
from test_commands import refused, run

from qcode.operations import assignments, reconciling, rounds, team
from qcode.queries.disagreements.cases import Cases
from qcode.study import Study


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory):
    """A study whose two coders disagree about two passages more than they did before, and handed everything in."""
    made = small.small_study(tmp_path_factory.mktemp("settled") / "small.qcode")
    with made.study:
        judged.disagree(made)
    return made


@pytest.fixture
def path(handed_in, tmp_path):
    copy = tmp_path / "small.qcode"
    copy.write_bytes(handed_in.study.path.read_bytes())
    return copy


def as_json(*command):
    return json.loads(run(*command, "--json").stdout)


def test_disagreements_are_listed_and_written_as_an_agenda(path, tmp_path):
    told = run("disagreements", path).stdout
    assert "INT-1 119–169  Fear  one code, different extents" in told
    assert "INT-1 88–103  Calling / Wear  different codes" in told
    listed = as_json("disagreements", path)
    assert listed["open"] == len(listed["cases"]) == told.count("INT-1 ") + told.count("FG-1 ")
    (case,) = [one for one in listed["cases"] if one["start"] == 119]
    assert (case["text"], case["kind"], case["codes"]) == (judged.LONG, "boundary", [["Scene", "Fear"]])
    assert [(lane["coder"], len(lane["codings"])) for lane in case["coders"]] == [("Ana Lima", 1), ("Bo Ek", 1)]
    different = as_json("disagreements", path, "--kind", "different code", "--round", "round 1")
    assert [one["kind"] for one in different["cases"]] == ["different code"]
    agenda = tmp_path / "agenda.docx"
    run("disagreements", path, "-o", agenda)
    words = "\n".join(one.text for one in docx.Document(agenda).paragraphs)
    assert judged.LONG in words
    assert "Ana Lima" not in words, "on paper as on the screen, names wait for the decision"


def test_what_is_unanimous_is_written_down_once_and_stands_in_the_consensus_either_way(path):
    before = as_json("consensus", path)
    assert [(one["code"], one["decision"]) for one in before["codings"]] == [(["Wear"], None)]
    for now in ("1 now.", "0 now, 1 before."):
        told = run("reconcile", path, "--accept-unanimous").stdout
        assert told == f"Unanimous codings in Round 1 that were written down as decided: {now}\n"
    (coding,) = as_json("consensus", path)["codings"]
    assert coding["decision"]["outcome"] == "unanimous"
    assert coding | {"decision": None} == before["codings"][0]
    assert "Say what to do" in refused("reconcile", path)


def test_decisions_are_told_with_their_reasons_and_written_as_minutes_and_as_a_table(path, handed_in, tmp_path):
    with Study.open(path) as study:
        (case,) = [row for row in Cases.of(study).rows if row.start == 119]
        how = {"reason": "boundary rule", "note": "The shorter.", "present": [handed_in.lead, handed_in.other]}
        key = reconciling.decide(study, case, outcome="accept", coder=handed_in.other, **how)
        reconciling.say(study, key, coder=handed_in.lead, stance="dissents", note="She said go.")
    assert (
        "INT-1 119–169  Fear  accept  boundary rule · The shorter. · dissent: Ana Lima" in run("decisions", path).stdout
    )
    (told,) = as_json("decisions", path)["decisions"]
    assert told["kept"] == [{"code": ["Scene", "Fear"], "start": 119, "end": 149}]
    assert told["stances"] == [{"coder": "Ana Lima", "stance": "dissents", "note": "She said go."}]
    run("decisions", path, "-o", tmp_path / "minutes.docx")
    words = [one.text for one in docx.Document(tmp_path / "minutes.docx").paragraphs]
    assert "1. INT-1: as Bo Ek has it" in words
    assert f"Bo Ek: Fear on “{judged.SHORT}”" in words
    assert "Afterwards: Ana Lima dissents (“She said go.”)" in words
    run("decisions", path, "-o", tmp_path / "table.csv")
    (row,) = csv.DictReader(io.StringIO((tmp_path / "table.csv").read_text("utf-8-sig"), newline=""))
    assert (row["outcome"], row["reason"], row["dissents"]) == ("accept", "boundary rule", "Ana Lima (She said go.)")
    assert "does not end in .docx or .xlsx" in refused("decisions", path, "-o", tmp_path / "minutes.odt")


def test_nothing_is_settled_before_the_hand_in_by_others_than_the_lead_or_without_a_consensus(path, handed_in):
    assert "There is no round “Trial”. The rounds are: Round 1" in refused("disagreements", path, "--round", "Trial")
    with Study.open(path) as study:
        later = rounds.add_round(study, name="Later")
        coders = [handed_in.lead, handed_in.other]
        assignments.assign(study, round_id=later, documents=handed_in.documents[:1], coders=coders)
    told = refused("disagreements", path, "--round", "Later")
    assert "Nothing can be settled in “Later” yet" in told
    assert "Not handed in: INT-1 by Ana Lima, INT-1 by Bo Ek." in told
    with Study.open(path) as study:
        team.describe_study(study, approach="reflexive")
    for command in (("consensus",), ("decisions",), ("disagreements",), ("reconcile", "--accept-unanimous")):
        assert "“qcode readings” shows what each coder marked" in refused(command[0], path, *command[1:])
