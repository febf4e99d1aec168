"""Files go out, are noted, come back, and a merge is taken back by whoever may."""

from __future__ import annotations

import shutil

import pytest
import small
from going_out import handed_out

from qcode.models.storage import StudyExistsError
from qcode.operations import assignments, codebook, coding, collecting, memos, redaction, redaction_copies
from qcode.operations.collecting import HandedOutHandsOutError
from qcode.operations.leading import LeadOnlyError
from qcode.queries.codings import codings_of
from qcode.queries.collecting.collected import is_copy_of, preview
from qcode.queries.collecting.hand_outs import hand_out_choices, hand_out_file, hand_outs, handed_out_to, still_out
from qcode.queries.collecting.merges import merges
from qcode.queries.integrity import check
from qcode.queries.team import coders
from qcode.study import Study


@pytest.fixture
def made(tmp_path):
    found = small.small_study(tmp_path / "lead.qcode")
    with found.study:
        yield found


def code_letter(made, study, name="Fear"):
    passage = made.passage("Of the letter.")
    return coding.apply_codes(study, passage=passage, codes=[made.codes[name]], round_id=made.round)[0]


def test_a_file_that_goes_out_is_noted_and_noted_again_when_it_comes_back(made):
    path = handed_out(made)
    (out,) = hand_outs(made.study)
    assert (out.name, out.file, out.collected_at) == ("Bo Ek", "bo.qcode", None)
    assert still_out(made.study) == [out]
    with Study.open(path) as study:
        code_letter(made, study)
    preview(made.study, path, handed_in=None)
    assert still_out(made.study) == [out]
    collecting.collect(made.study, path)
    assert still_out(made.study) == []
    assert hand_outs(made.study)[0].collected_at is not None


def test_a_file_that_was_renamed_and_holds_nothing_new_counts_as_collected(made):
    path = handed_out(made)
    other = path.rename(path.with_name("other name.qcode"))
    assert collecting.collect(made.study, other).receipt is None
    assert still_out(made.study) == []


def test_a_note_of_a_file_that_could_not_be_made_is_not_kept(made):
    handed_out(made)
    with pytest.raises(StudyExistsError):
        handed_out(made)
    assert len(hand_outs(made.study)) == 1


def test_a_file_that_cannot_be_noted_does_not_stay(made, monkeypatch):
    from qcode.models.storage import StudyBusyError

    def busy(*_given, **_more):
        raise StudyBusyError

    monkeypatch.setattr(collecting, "note_hand_out", busy)
    path = made.study.path.with_name("bo.qcode")
    with pytest.raises(StudyBusyError):
        collecting.hand_out(made.study, made.other, path)
    assert not path.exists()


def test_only_the_lead_hands_out_and_never_from_a_file_that_was_handed_out(made):
    path = handed_out(made)
    made.study.act_as(made.other)
    with pytest.raises(LeadOnlyError):
        handed_out(made, "again.qcode")
    with Study.open(path) as study:
        with pytest.raises(LeadOnlyError):
            collecting.hand_out(study, made.lead, path.with_name("ana.qcode"))
        study.act_as(made.lead)
        with pytest.raises(HandedOutHandsOutError):
            collecting.hand_out(study, made.other, path.with_name("ana.qcode"))
    assert not path.with_name("ana.qcode").exists()


def test_a_file_knows_whose_it_is(made):
    assert handed_out_to(made.study) is None
    with Study.open(handed_out(made)) as study:
        assert handed_out_to(study).id == made.other
        assert hand_outs(study) == []


def test_those_with_work_left_come_first_and_whoever_asks_is_not_offered(made):
    from qcode.operations import team

    team.add_coder(made.study, name="Abe")
    made.study.act_as(made.other)
    assignments.hand_in_round(made.study, round_id=made.round, documents=made.documents[:1])
    made.study.act_as(made.lead)
    assert [(row.coder.name, row.waiting, row.documents) for row in hand_out_choices(made.study)] == [
        ("Abe", 2, 2),
        ("Bo Ek", 1, 2),
    ]
    made.study.act_as(made.other)
    assignments.hand_in_round(made.study, round_id=made.round)
    made.study.act_as(made.lead)
    assert [(row.coder.name, row.waiting) for row in hand_out_choices(made.study)] == [("Abe", 2), ("Bo Ek", 0)]


def test_a_file_is_named_after_study_and_coder_and_takes_no_name_that_is_there(made, tmp_path):
    bo = next(row for row in coders(made.study) if row.id == made.other)
    first = hand_out_file(made.study, bo, tmp_path)
    assert first.name == "lead – Bo Ek.qcode"
    first.touch()
    assert hand_out_file(made.study, bo, tmp_path).name == "lead – Bo Ek 2.qcode"


def test_a_name_that_no_disk_takes_is_made_fit(made, tmp_path):
    from qcode.operations.team import rename_coder

    rename_coder(made.study, made.other, name='Bo/Ek: "x"?', initials="BE")
    bo = next(row for row in coders(made.study) if row.id == made.other)
    path = hand_out_file(made.study, bo, tmp_path)
    assert path.parent == tmp_path
    collecting.hand_out(made.study, made.other, path)


def test_collecting_takes_a_file_as_what_it_is(made, tmp_path):
    path = handed_out(made)
    with Study.open(path) as study:
        study.act_as(made.lead)
        codebook.add_code(study, name="Rain")
    with pytest.raises(collecting.QcodeError, match="new work by Ana Lima"):
        collecting.collect(made.study, path)
    shutil.copy(made.study.path, tmp_path / "copy.qcode")
    with Study.open(tmp_path / "copy.qcode") as study:
        codebook.add_code(study, name="Snow")
    assert preview(made.study, tmp_path / "copy.qcode", handed_in=None).owner is None
    assert collecting.collect(made.study, tmp_path / "copy.qcode").steps == 1


def test_a_later_file_of_the_leads_brings_no_work_of_colleagues(made):
    path = handed_out(made)
    made.apply("Three letters and you are out.", "Fear")
    memos.write_memo(made.study, text="Zanzibar is in my mind.")
    codebook.add_code(made.study, name="Rain")
    later = handed_out(made, "later.qcode")
    with Study.open(path) as study:
        row = code_letter(made, study)
        seen = preview(study, later, handed_in=None)
        assert {one.kind for one in seen.arrivals} == {"code", "code_version"}
        collecting.collect(study, later)
        rows = [one.id for document in made.documents for one in codings_of(study, document)]
        assert sorted(rows) == sorted([row, *made.codings[3:]])
        assert check(study).problems == ()
    assert b"Zanzibar" not in path.read_bytes()


def test_the_lead_takes_a_merge_back_and_a_coder_does_not(made):
    path = handed_out(made)
    with Study.open(path) as study:
        code_letter(made, study)
    receipt = collecting.collect(made.study, path).receipt
    made.study.act_as(made.other)
    with pytest.raises(LeadOnlyError):
        collecting.take_back(made.study, receipt)
    made.study.act_as(made.lead)
    collecting.take_back(made.study, receipt)
    (row,) = merges(made.study)
    assert row.taken_back


def test_in_a_file_of_ones_own_one_takes_back_what_one_merged(made):
    path = handed_out(made)
    codebook.add_code(made.study, name="Rain")
    later = handed_out(made, "later.qcode")
    with Study.open(path) as study:
        receipt = collecting.collect(study, later).receipt
        collecting.take_back(study, receipt)
        assert check(study).problems == ()


def test_a_merge_is_told_with_who_file_and_counts(made):
    path = handed_out(made)
    with Study.open(path) as study:
        code_letter(made, study)
        codebook.add_code(study, name="Rain")
    assert merges(made.study) == []
    collecting.collect(made.study, path)
    (row,) = merges(made.study)
    assert (row.who, row.file, row.whose, row.steps) == ("Ana Lima", "bo.qcode", ("Bo Ek",), 2)
    assert row.made == {"coding": 1, "code": 1, "code_version": 1}
    assert (row.sealed, row.taken_back, row.final) == (False, False, False)


def test_of_a_blind_colleagues_work_a_merge_tells_no_counts(made):
    from sqlalchemy import select

    from qcode.models import Round

    with made.study.transact("Blind") as session:
        session.scalars(select(Round)).one().blind = True
    path = handed_out(made)
    with Study.open(path) as study:
        code_letter(made, study)
    collecting.collect(made.study, path)
    (row,) = merges(made.study)
    assert (row.whose, row.steps, row.made, row.sealed) == (("Bo Ek",), 0, {}, True)
    assignments.hand_in_round(made.study, round_id=made.round)
    assert (merges(made.study)[0].made, merges(made.study)[0].sealed) == ({"coding": 1}, False)


def test_the_same_coding_from_two_laptops_is_told_as_doubled(made):
    first, second = handed_out(made), handed_out(made, "second.qcode")
    for path in (first, second):
        with Study.open(path) as study:
            code_letter(made, study)
    assert preview(made.study, first, handed_in=None).doubled == 0
    collecting.collect(made.study, first)
    assert preview(made.study, second, handed_in=None).doubled == 1


def test_a_coding_under_a_code_that_was_merged_meanwhile_is_doubled_too(made):
    from qcode.operations import merging

    first, second = handed_out(made), handed_out(made, "second.qcode")
    for path, name in ((first, "Fear"), (second, "Calling")):
        with Study.open(path) as study:
            code_letter(made, study, name)
    collecting.collect(made.study, first)
    assert preview(made.study, second, handed_in=None).doubled == 0
    merging.merge_codes(made.study, [made.codes["Calling"]], into=made.codes["Fear"])
    assert preview(made.study, second, handed_in=None).doubled == 1


def test_work_that_comes_after_a_hand_in_is_told_as_locked(made):
    first, second = handed_out(made), handed_out(made, "second.qcode")
    with Study.open(first) as study:
        assignments.hand_in_round(study, round_id=made.round)
    with Study.open(second) as study:
        code_letter(made, study)
    assert preview(made.study, second, handed_in=None).locked == 0
    collecting.collect(made.study, first)
    assert preview(made.study, second, handed_in=None).locked == 1


def test_which_files_are_copies_of_this_study(made, tmp_path):
    with Study.create(tmp_path / "else.qcode", title="Else", coder="Ana Lima"):
        pass
    (tmp_path / "text.qcode").write_text("nothing")
    assert is_copy_of(made.study, handed_out(made))
    names = ("lead.qcode", "else.qcode", "text.qcode", "missing.qcode")
    assert [is_copy_of(made.study, tmp_path / name) for name in names] == [False] * 4


def test_a_handed_out_file_beside_the_study_can_be_collected_after_it_was_redacted_with_it(made):
    path = handed_out(made, "lead – Bo Ek.qcode")
    with Study.open(path) as study:
        code_letter(made, study)
    redaction.redact(made.study, forms=["sister"], replacement="[relative]")
    (done,) = redaction_copies.redact_copies(made.study, [path], forms=["sister"], replacement="[relative]")
    assert done.refusal == ""
    assert collecting.collect(made.study, path).receipt is not None
    assert check(made.study).problems == ()
    assert b"sister" not in made.study.path.read_bytes()


def test_a_redaction_names_the_files_that_are_still_out(made):
    from qcode.queries.collecting.hand_outs import said_of_those_out

    assert said_of_those_out(still_out(made.study)) == ""
    path = handed_out(made)
    told = said_of_those_out(still_out(made.study))
    assert told.startswith("1 file is still out and may hold the words: “bo.qcode” (Bo Ek).")
    collecting.collect(made.study, path)
    assert said_of_those_out(still_out(made.study)) == ""
