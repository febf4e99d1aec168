"""Copies of a study are found by what they hold, and redacted like the study, or left alone with a sentence."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import small

from qcode.models.mentions import TextPlace
from qcode.operations import documents
from qcode.operations.redaction import redact
from qcode.operations.redaction_copies import copies_of, redact_copies
from qcode.queries.codings import Looking, passages
from qcode.queries.integrity import check
from qcode.queries.transcripts.documents import document_text
from qcode.queries.transcripts.redaction import mentions
from qcode.study import Study


@pytest.fixture
def made(tmp_path):
    made = small.small_study(tmp_path / "small.qcode")
    yield made
    made.study.close()


def copy_as(made, name):
    path = made.study.path.with_name(name)
    shutil.copy(made.study.path, path)
    return path


def test_copies_are_the_files_that_hold_the_same_study_whatever_they_are_called(made, tmp_path):
    backup = copy_as(made, "small.qcode.bak")
    (tmp_path / "small backups").mkdir()
    older = Path(shutil.copy(made.study.path, tmp_path / "small backups" / "monday.qcode"))
    copy_as(made, "other.qcode")
    (tmp_path / "small.txt").write_text("sister", encoding="utf-8")
    (tmp_path / "small cut.qcode").write_bytes(made.study.path.read_bytes()[:3000])
    Study.create(tmp_path / "small 2.qcode", title="Another", coder="Ana Lima").close()
    assert set(copies_of(made.study)) == {backup, older}


def test_a_copy_is_redacted_with_its_past_and_its_codings_stay(made):
    backup = copy_as(made, "small backup.qcode")
    assert b"sister" in backup.read_bytes()
    [done] = redact_copies(made.study, [backup], forms=["sister"], replacement="[relative]")
    assert done.refusal == ""
    assert b"sister" not in backup.read_bytes()
    with Study.open(backup) as copy:
        assert check(copy).problems == ()
        assert "I was afraid." in {row.text for row in passages(copy, Looking())}
        assert "My [relative] said: go." in document_text(copy, made.documents[0]).text
    assert b"sister" in made.study.path.read_bytes()


def test_what_is_left_out_in_the_study_is_left_out_in_a_copy(made):
    more = documents.Incoming("INT-2", small.transcript([("P", "participant", "A sister. My sister.")]))
    document = documents.import_document(made.study, more)
    backup = copy_as(made, "small backup.qcode")
    places = [one.place for one in mentions(made.study, ["sister"]).places if isinstance(one.place, TextPlace)]
    spared = [place for place in places if place.document == document][:1]
    redact(made.study, forms=["sister"], replacement="[relative]", left_out=spared)
    redact_copies(made.study, [backup], forms=["sister"], replacement="[relative]", left_out=spared)
    with Study.open(backup) as copy:
        assert document_text(copy, document).text == "A sister. My [relative]."
        assert document_text(made.study, document).text == "A sister. My [relative]."


def test_a_copy_that_holds_none_of_the_words_or_cannot_be_opened_stays_as_it_is(made, tmp_path):
    backup, cut = copy_as(made, "small backup.qcode"), tmp_path / "small cut.qcode"
    cut.write_bytes(backup.read_bytes()[:3000])
    before = backup.read_bytes(), cut.read_bytes()
    fine, refused = redact_copies(made.study, [backup, cut], forms=["Marisol"], replacement="[name]")
    assert fine.refusal == ""
    assert refused.refusal.endswith(".")
    assert (backup.read_bytes(), cut.read_bytes()) == before
