"""docs/reconciliation.md is true: its commands run as printed, and what the window does in between is done here."""

from __future__ import annotations

import csv
import json
import shlex

import pytest
from docx import Document
from told_pages import HOUSE, as_said, beside_the_sample, commands
from typer.testing import CliRunner

from qcode.cli.commands import app
from qcode.operations import assignments, coding
from qcode.operations.case_codebook import add_example
from qcode.operations.passages import Passage
from qcode.operations.reconciling import decide, decide_alike, rule_cases, say
from qcode.queries.codebook.tree import codebook
from qcode.queries.disagreements.cases import disagreements
from qcode.queries.team import coders, rounds
from qcode.queries.transcripts.documents import documents
from qcode.study import Study

PAGE = HOUSE / "docs" / "reconciliation.md"


@pytest.fixture
def here(tmp_path, monkeypatch):
    return beside_the_sample(tmp_path, monkeypatch)


def test_the_page_does_what_it_says(here):
    in_the_window = [code_and_hand_in, settle]
    for command, told in commands(PAGE):
        words = shlex.split(command)
        if len(words) == 1:
            with Study.open(here / words[0]) as study:
                in_the_window.pop(0)(study)
            continue
        done = CliRunner().invoke(app, words)
        assert done.exit_code == 0, (command, done.output)
        assert as_said(told).fullmatch(done.stdout), (command, done.stdout)
    assert in_the_window == []
    look_at(here)


def code_and_hand_in(study):
    """The pilot of the sample, each coder for themself."""
    known = {row.name: row.id for row in codebook(study)}
    (document,) = documents(study)
    pilot = next(row.id for row in rounds(study) if row.name == "Pilot")
    with (HOUSE / "sample_transcripts" / "codings.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if (row["round"], row["document"]) == ("Pilot", "INT-3")]
    for coder in reversed(coders(study)):
        study.act_as(coder.id)
        places = [(row, Passage(document.id, int(row["start"]), int(row["end"]))) for row in rows]
        own = [(row, place) for row, place in places if row["coder"] == coder.initials]
        made = [
            coding.Mark(place, known[row["code"]], coder.id, row["certainty"], row["comment"]) for row, place in own
        ]
        coding.add_codings(study, round_id=pilot, marks=made)
        assignments.hand_in_round(study, round_id=pilot)
    study.act_as(next(row.id for row in coders(study) if row.role == "lead"))


def settle(study):
    """A rule for many, and one case by itself that finds its way into the codebook."""
    people = {row.initials: row.id for row in coders(study)}
    rows = disagreements(study).rows
    decide_alike(study, rule_cases(rows, words=10), outcome="union", reason="boundary rule", present=people.values())
    case = next(row for row in rows if row.code_names == ("Trusted person", "Shared experience"))
    decision = decide(
        study,
        case,
        outcome="accept",
        coder=people["DW"],
        reason="definition unclear",
        note="She is believed because she has been there.",
        present=people.values(),
    )
    for initials, stance in (("DW", "persuaded"), ("IB", "persuaded"), ("SK", "dissents")):
        say(study, decision, coder=people[initials], stance=stance)
    decided = next(row for row in disagreements(study, state="decided").rows if row.id == case.id)
    add_example(study, decided, code=case.codes[1], which="typical")


def look_at(folder):
    """The minutes and the table hold the decision, its reason and who dissents."""
    said = "\n".join(part.text for part in Document(folder / "decisions.docx").paragraphs)
    assert "She is believed because she has been there." in said
    with (folder / "decisions.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = [row for row in csv.DictReader(file) if row["dissents"]]
    assert (row["reason"], row["dissents"]) == ("definition unclear", "Saoirse Kelleher")
    done = CliRunner().invoke(app, ["consensus", "larkmoor.qcode", "--json"])
    found = json.loads(done.stdout)
    assert found["decided"] + found["open"] == len(disagreements_of(folder))
    assert any(one["decision"] is not None for one in found["codings"])


def disagreements_of(folder):
    with Study.open(folder / "larkmoor.qcode") as study:
        return disagreements(study, state="all").rows
