"""`qcode import --replace`, as a person types it."""

from __future__ import annotations

import pytest
import small
from test_commands import refused, run

from qcode.operations import redaction
from qcode.queries.codings import Looking, passages
from qcode.queries.transcripts.documents import document_text
from qcode.study import Study

FIXED = """I: What happened that night?
P: I rang them. 😀 They came at once, five of them. I was afraid.
I: Afraid of what?
P: Of the letter.
"""


@pytest.fixture
def made(tmp_path):
    made = small.small_study(tmp_path / "small.qcode")
    made.apply("four of them", "Fear")
    made.apply("Three letters and you are out.", "Wear")
    made.study.close()
    return made


@pytest.fixture
def fixed(tmp_path):
    path = tmp_path / "corrected.txt"
    path.write_text(FIXED, encoding="utf-8")
    return path


def text_of(made):
    with Study.open(made.study.path) as study:
        return document_text(study, made.documents[0]).text


def test_looking_tells_what_would_change_and_writes_nothing(made, fixed):
    before = made.study.path.read_bytes()
    done = run("import", made.study.path, fixed, "--replace", "int-1", "--look")
    assert done.exit_code == 0
    assert "Turns: 2 changed; 2 stay as before." in done.stdout
    assert "3 codings keep their words; 1 coding has changed words inside" in done.stdout
    assert "· coding Fear, Ana Lima: “four of them” → “five of them”" in done.stdout
    assert "· coding Wear, Ana Lima: “Three letters and you are out.” → no words left" in done.stdout
    assert done.stdout.rstrip().endswith("Nothing was written.")
    assert made.study.path.read_bytes() == before


def test_the_text_is_replaced_and_codings_come_along(made, fixed):
    assert run("import", made.study.path, fixed, "--replace", "INT-1").exit_code == 0
    assert "five of them" in text_of(made)
    with Study.open(made.study.path) as study:
        rows = passages(study, Looking(documents=[made.documents[0]], layer=None))
        assert sorted(row.text for row in rows) == [
            "",
            "I rang them.",
            "I rang them. 😀 They came at once",
            "I was afraid.",
            "five of them",
        ]
    assert run("check", made.study.path).exit_code == 0


def test_what_cannot_be_replaced_is_one_sentence(made, fixed, tmp_path):
    study = made.study.path
    assert "no document named “INT-9”" in refused("import", study, fixed, "--replace", "INT-9")
    assert "Give one file" in refused("import", study, fixed, fixed, "--replace", "INT-1")
    assert "--replace" in refused("import", study, fixed, "--look")
    same = tmp_path / "same.txt"
    same.write_text("\n".join(f"{who}: {said}" for who, _role, said in small.FIRST), encoding="utf-8")
    assert "says just what this file says" in refused("import", study, same, "--replace", "INT-1")


def test_a_file_for_a_redacted_document_is_warned_of(made, fixed):
    with Study.open(made.study.path) as study:
        redaction.redact(study, forms=["sister"], replacement="[relative]")
    assert "Names were taken out" in run("import", made.study.path, fixed, "--replace", "INT-1", "--look").stdout
