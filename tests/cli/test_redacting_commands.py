"""`qcode deid redact`, as a person types it."""

from __future__ import annotations

import shutil

import pytest
import small
from test_commands import refused, run

from qcode.cli.redacting import Going, NoReplacementError, goings
from qcode.queries.transcripts.documents import document_text
from qcode.study import Study


@pytest.fixture
def made(tmp_path):
    made = small.small_study(tmp_path / "small.qcode")
    made.study.close()
    return made


def listed(tmp_path, text):
    path = tmp_path / "names.list"
    path.write_text(text, encoding="utf-8")
    return path


def test_names_of_a_list_go_and_the_traces_are_counted(made, tmp_path):
    names = listed(tmp_path, "sister = [relative]\nletter; letters = [paper]\n\nMarisol\n")
    done = run("deid", "redact", made.study.path, "--names", names)
    assert done.exit_code == 0
    assert "0 traces are left." in done.stdout
    with Study.open(made.study.path) as study:
        text = document_text(study, made.documents[0]).text
    assert "Of the [paper]. Three [paper] and you are out. My [relative] said: go." in text
    assert run("check", made.study.path).exit_code == 0


def test_copies_are_named_or_redacted_too(made, tmp_path):
    backup = made.study.path.with_name("small backup.qcode")
    shutil.copy(made.study.path, backup)
    names = listed(tmp_path, "sister = [relative]\n")
    first = run("deid", "redact", made.study.path, "--names", names)
    assert first.exit_code == 1
    assert backup.name in first.stdout
    assert run("deid", "redact", made.study.path, "--names", names, "--copies").exit_code == 0
    assert b"sister" not in backup.read_bytes()


def test_a_line_that_says_nothing_and_an_empty_list_are_refused(made, tmp_path):
    before = made.study.path.read_bytes()
    assert "Line 2 of the list" in refused(
        "deid", "redact", made.study.path, "--names", listed(tmp_path, "sister\nletter =\n")
    )
    assert "lists no names" in refused("deid", "redact", made.study.path, "--names", listed(tmp_path, "\n"))
    assert "holds the words" in refused(
        "deid", "redact", made.study.path, "--names", listed(tmp_path, "sister = my sister")
    )
    assert made.study.path.read_bytes() == before


def test_lines_are_read_with_spellings_and_what_stands_instead():
    assert goings("Ines; Ines  Alvarez = [sister]\nTomasz\n") == [
        Going(("Ines", "Ines Alvarez"), "[sister]"),
        Going(("Tomasz",), "[name]"),
    ]
    with pytest.raises(NoReplacementError, match="Line 1"):
        goings("= [name]")
