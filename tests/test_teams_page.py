"""docs/teams.md is true: its commands run as printed, and say what it says they do."""

from __future__ import annotations

import shlex

import pytest
from told_pages import HOUSE, as_said, beside_the_sample, commands
from typer.testing import CliRunner

from qcode.cli.commands import app
from qcode.operations import assignments, codebook, coding
from qcode.operations.passages import Passage
from qcode.queries.agreement.figures import study_agreement
from qcode.queries.codebook.proposals import proposals
from qcode.queries.codebook.tree import codebook as codes_of
from qcode.queries.codings import codings_of
from qcode.queries.team import rounds
from qcode.queries.transcripts.documents import document_text, documents
from qcode.study import Study

PAGE = HOUSE / "docs" / "teams.md"
DONE = {
    "ignacio": (
        ("INT-2", "No place", "I was tenth eleven mornings."),
        ("INT-2", "Dogs", "the dog"),
        ("INT-5", "Torn roles", "It goes down as community relations."),
    ),
    "saoirse": (("INT-1", "Felt judged", "My mother says"),),
}


@pytest.fixture
def here(tmp_path, monkeypatch):
    return beside_the_sample(tmp_path, monkeypatch)


def test_the_page_does_what_it_says(here):
    seen = 0
    for command, told in commands(PAGE):
        words = shlex.split(command)
        if len(words) == 1:
            code_and_hand_in(here / words[0])
            continue
        done = CliRunner().invoke(app, words)
        assert done.exit_code == 0, (command, done.output)
        assert as_said(told).fullmatch(done.stdout), (command, done.stdout)
        seen += 1
    assert seen > 12
    look_at(here / "larkmoor.qcode")


def passage(study, name, words):
    document = next(row.id for row in documents(study) if row.name == name)
    start = document_text(study, document).text.find(words)
    assert start >= 0
    return Passage(document, start, start + len(words))


def code_and_hand_in(path):
    """What the coders do in the window; each codes the document that was drawn for both as well."""
    with Study.open(path) as study:
        known = {row.name: row.id for row in codes_of(study)}
        main = next(row.id for row in rounds(study) if row.name == "Main")
        if path.stem == "ignacio":
            known["Dogs"] = codebook.add_code(study, name="Dogs")
        for name, code, words in DONE[path.stem]:
            coding.apply_codes(study, passage=passage(study, name, words), codes=[known[code]], round_id=main)
        assignments.hand_in_round(study, round_id=main)


def look_at(path):
    """What the lead finds: each coding once, the proposal, and a document with two coders."""
    with Study.open(path) as study:
        found = [coding for row in documents(study) for coding in codings_of(study, row.id)]
        assert len(found) == sum(map(len, DONE.values()))
        assert [code.name for group in proposals(study) for code in group] == ["Dogs"]
        assert len(study_agreement(study, round_name="Main").documents) >= 1
