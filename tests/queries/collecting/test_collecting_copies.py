"""What a merge would bring, said before it is done."""

from __future__ import annotations

import shutil

import pytest
import small
from sqlalchemy import select

from qcode.models import Code, Coding, Round
from qcode.operations import codebook, coding, collecting, memos
from qcode.queries.collecting.collected import conflicts, preview
from qcode.study import Study


@pytest.fixture
def two(tmp_path):
    made = small.small_study(tmp_path / "here.qcode")
    shutil.copy(made.study.path, tmp_path / "there.qcode")
    with made.study, Study.open(tmp_path / "there.qcode") as other:
        other.act_as(made.other)
        yield made, other


def apply(made, study, words, name):
    passage = made.passage(words)
    return coding.apply_codes(study, passage=passage, codes=[made.codes[name]], round_id=made.round)[0]


def test_a_preview_names_each_passage_with_its_words_and_writes_nothing(two):
    made, other = two
    row = apply(made, other, "Of the letter.", "Fear")
    before = made.study.path.read_bytes()
    seen = preview(made.study, other.path)
    assert made.study.path.read_bytes() == before
    (found,) = seen.arrivals
    assert (found.kind, found.row, found.deed, found.name, found.who) == ("coding", row, "new", "Fear", "Bo Ek")
    assert (found.document_name, found.words) == ("INT-1", "Of the letter.")
    assert found.before.endswith("Afraid of what?\n")
    assert found.after.startswith(" Three letters")
    assert seen.counts() == {("coding", "new"): 1}
    assert (seen.steps, seen.conflicts, seen.redacts, seen.sealed) == (1, (), False, False)


def test_a_preview_tells_what_would_be_changed_and_deleted_and_what_is_proposed(two):
    made, other = two
    codebook.rename_code(other, made.codes["Wear"], name="Weariness")
    rain = codebook.add_code(other, name="Rain")
    with other.transact("As if made while blind") as session:
        session.get_one(Code, rain).status = "proposed"
    coding.remove_codings(other, made.codings[3:])
    seen = preview(made.study, other.path)
    assert [(one.name, one.fields) for one in seen.arrivals if one.deed == "changed"] == [("Weariness", ("name",))]
    assert [one.row for one in seen.arrivals if one.deed == "deleted"] == made.codings[3:]
    assert [one.name for one in seen.proposed] == ["Rain"]


def test_what_was_done_and_undone_there_is_no_arrival(two):
    made, other = two
    apply(made, other, "Of the letter.", "Fear")
    other.undo()
    assert preview(made.study, other.path).arrivals == ()


def test_a_preview_shows_conflicts_which_the_study_has_after_the_merge(two):
    made, other = two
    codebook.rename_code(made.study, made.codes["Wear"], name="Toil")
    codebook.rename_code(other, made.codes["Wear"], name="Weariness")
    seen = preview(made.study, other.path).conflicts
    assert [(one.kind, one.field, {(side.who, side.value) for side in one.sides}) for one in seen] == [
        ("code", "name", {("Ana Lima", "Toil"), ("Bo Ek", "Weariness")})
    ]
    assert conflicts(made.study) == []
    collecting.merge(made.study, other.path)
    assert tuple(conflicts(made.study)) == seen
    codebook.rename_code(made.study, made.codes["Wear"], name="Settled")
    assert conflicts(made.study) == []


def test_after_the_merge_a_preview_is_empty(two):
    made, other = two
    apply(made, other, "Of the letter.", "Fear")
    collecting.merge(made.study, other.path)
    seen = preview(made.study, other.path)
    assert (seen.steps, seen.arrivals) == (0, ())


def test_a_blind_coder_is_told_of_colleagues_work_neither_words_nor_counts(two):
    made, other = two
    with made.study.transact("Blind") as session:
        session.scalars(select(Round)).one().blind = True
    apply(made, other, "Of the letter.", "Fear")
    memos.write_memo(other, text="Something about fear.")
    seen = preview(made.study, other.path)
    assert seen.sealed
    assert (seen.steps, seen.arrivals) == (0, ())


def test_a_forged_change_of_a_colleagues_coding_is_refused(two):
    made, other = two
    with other.transact("Forge") as session:
        session.scalars(select(Coding).where(Coding.coder_id == made.lead)).first().comment = "mine"
    from qcode.models.copies import NotTheirsError

    with pytest.raises(NotTheirsError):
        preview(made.study, other.path)
    with pytest.raises(NotTheirsError):
        collecting.merge(made.study, other.path)
