"""What was redacted in one copy stands in none after they were merged, whichever came first."""

from __future__ import annotations

import shutil

import pytest
import small

from qcode.operations import codebook, coding, collecting, documents, memos, redaction
from qcode.operations.passages import Passage
from qcode.queries.codings import codings_of
from qcode.queries.collecting.collected import receipts
from qcode.queries.integrity import check
from qcode.study import Study

NAME = "Zebulon"
TURNS = (("I", "interviewer", "Who came?"), ("P", "participant", f"It was {NAME} who came. I was glad of it."))


@pytest.fixture
def two(tmp_path):
    """Two copies of a study in which a name stands in a text, a memo and a code."""
    made = small.small_study(tmp_path / "here.qcode")
    study = made.study
    incoming = documents.Incoming("INT-2", small.transcript(TURNS), kind="interview", group="Residents")
    made.documents.append(documents.import_document(study, incoming))
    memos.write_memo(study, text=f"# About {NAME}\n\nWho is it?")
    code = codebook.add_code(study, name=f"Calls {NAME}")
    codebook.rename_code(study, code, name="Calls somebody")
    shutil.copy(study.path, tmp_path / "there.qcode")
    with study, Study.open(tmp_path / "there.qcode") as other:
        yield made, other


def redact(study):
    redaction.redact(study, forms=[NAME], replacement="[name]")


def holds_name(*studies):
    return [study.path.name for study in studies if NAME.encode() in study.path.read_bytes()]


def test_a_redaction_that_arrives_erases_the_name_here(two):
    made, other = two
    redact(other)
    assert holds_name(made.study, other) == ["here.qcode"]
    assert collecting.merge(made.study, other.path).erased
    assert holds_name(made.study, other) == []
    assert check(made.study).problems == ()


def test_a_copy_from_before_a_redaction_brings_nothing_back_and_its_codings_are_mapped(two):
    made, other = two
    start = small.transcript(TURNS).text.index("I was glad")
    other.act_as(made.other)
    passage = Passage(made.documents[2], start, start + len("I was glad"))
    coding.apply_codes(other, passage=passage, codes=[made.codes["Fear"]], round_id=made.round)
    redact(made.study)
    merged = collecting.merge(made.study, other.path)
    assert merged.steps == 1
    assert not merged.erased
    assert holds_name(made.study) == []
    moved = len("[name]") - len(NAME)
    found = codings_of(made.study, made.documents[2])
    assert [(row.start, row.end) for row in found] == [(start + moved, start + moved + len("I was glad"))]
    assert check(made.study).problems == ()


def test_a_merge_that_brought_a_redaction_stays(two):
    made, other = two
    redact(other)
    collecting.merge(made.study, other.path)
    with pytest.raises(collecting.FinalMergeError):
        collecting.take_back(made.study, receipts(made.study)[0].id)


def test_a_third_copy_that_knows_the_redaction_only_takes_it_on_to_the_fourth(two, tmp_path):
    made, other = two
    shutil.copy(made.study.path, tmp_path / "third.qcode")
    redact(other)
    with Study.open(tmp_path / "third.qcode") as third:
        collecting.merge(third, other.path)
        collecting.merge(made.study, third.path)
        collecting.merge(third, made.study.path)
        assert holds_name(made.study, third, other) == []
        assert check(third).problems == ()
