from __future__ import annotations

import docx
import pytest
from small import transcript
from typer.testing import CliRunner
from written_up import write_up

from qcode.cli.commands import app
from qcode.operations import codebook, documents, themes
from qcode.study import Study


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    made = write_up(tmp_path_factory.mktemp("study") / "pump.qcode")
    themes.add_theme(made.study, name="Nothing yet")
    made.study.close()
    return made.study.path


def run(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


def test_parts_are_left_out_and_an_empty_theme_is_said_to_be_empty(study, tmp_path):
    path = tmp_path / "themes.docx"
    done = run("themes", study, "-o", path, "--without", "codebook", "--without", "agreement")
    assert done.exit_code == 0, done.output
    words = [paragraph.text for paragraph in docx.Document(path).paragraphs]
    assert any(text.endswith("Nothing yet") for text in words)
    assert "No quotes have been picked for this theme yet." in words
    assert "Agreement between coders" not in words
    assert not any("Appendix" in text for text in words)


def test_what_cannot_be_written_is_refused_before_anything_is(study, tmp_path):
    for words, told in (
        (("themes", study, "-o", "themes.pdf"), "does not end in .docx"),
        (("themes", study, "-o", "themes.md", "--template", "house.docx"), "A template is for Word"),
        (("themes", study, "-o", "themes.docx", "--template", tmp_path / "none.docx"), "There is no file"),
        (("themes", study, "-o", "themes.docx", "--round", "Twelfth"), "Twelfth"),
        (("codebook", "export", study, "codebook.odt"), "does not end in .csv"),
        (("codebook", "export", study, tmp_path / "none" / "codebook.docx"), "does not exist"),
    ):
        done = run(*words)
        assert done.exit_code == 1, words
        assert told in done.stderr, (words, done.stderr)
    assert run("themes", study, "-o", "themes.docx", "--without", "everything").exit_code == 2


def test_an_audit_pack_is_made_once(study, tmp_path):
    assert run("audit", study, "-o", tmp_path / "pack").exit_code == 0
    assert "not empty" in run("audit", study, "-o", tmp_path / "pack").stderr


def test_a_report_of_nothing_is_refused_and_one_of_each_is_counted_as_one(tmp_path):
    path, out = tmp_path / "bare.qcode", tmp_path / "out.docx"
    Study.create(path, title="Bare", coder="Ana").close()
    for words, told in (
        (("themes", path, "-o", out), "There are no themes yet"),
        (("framework", path, "-o", out), "A framework needs a participant and a theme"),
        (("framework", path, "--by", "document", "-o", out), "A framework needs a document and a theme"),
    ):
        done = run(*words)
        assert (done.exit_code, out.exists()) == (1, False)
        assert told in done.stderr
    with Study.open(path) as opened:
        codebook.add_code(opened, name="Alone")
        themes.add_theme(opened, name="Alone")
        documents.import_document(opened, documents.Incoming("T1", transcript([("P", "participant", "Yes.")])))
    assert run("codebook", "export", path, out).stdout == f"1 code saved as {out}.\n"
    written = run("framework", path, "--by", "document", "-o", out).stdout
    assert written == f"0 summaries of 1 document by 1 theme saved as {out}.\n"
