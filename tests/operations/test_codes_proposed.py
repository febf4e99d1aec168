"""Codes that coders make while blind are proposals, and nobody reads texts through them too early."""

from __future__ import annotations

import pytest
from small import small_study
from sqlalchemy import select

from qcode.exchange.code_entries import CodeEntry
from qcode.models import Code
from qcode.operations import code_lists, codebook, coding, collecting, memos, merging
from qcode.operations.assignments import assign, hand_in_round
from qcode.operations.lookup import GoneError, NameTakenError
from qcode.operations.rounds import add_round
from qcode.operations.team import add_coder
from qcode.queries.codebook.tree import code_entries
from qcode.queries.codebook.tree import codebook as rows_of
from qcode.queries.codebook.versions import codebook_at
from qcode.queries.codings import code_paths
from qcode.queries.collecting.collected import preview
from qcode.queries.history import history
from qcode.queries.memos import memos as memos_of
from qcode.queries.search.searching import Query, search
from qcode.study import Study


@pytest.fixture
def small(tmp_path):
    made = small_study(tmp_path / "small.qcode")
    made.third = add_coder(made.study, name="Cy Ruiz")
    made.blind = add_round(made.study, name="Blind", blind=True)
    assign(made.study, round_id=made.blind, documents=made.documents, coders=[made.lead, made.other, made.third])
    yield made
    made.study.close()


def statuses(study):
    with study.read() as session:
        return {row.name: row.status for row in session.scalars(select(Code).where(Code.alive))}


def names(study):
    return [row.name for row in rows_of(study)]


def code(small, made, words="I was afraid."):
    passage = small.passage(words)
    return coding.apply_codes(small.study, passage=passage, codes=[made], round_id=small.blind)


def test_a_coder_who_codes_blind_proposes_and_the_lead_adds(small):
    codebook.add_code(small.study, name="By the lead")
    small.study.act_as(small.other)
    codebook.add_code(small.study, name="By a coder")
    assert statuses(small.study)["By the lead"] == "active"
    assert statuses(small.study)["By a coder"] == "proposed"


def test_a_coder_to_whom_nothing_is_veiled_adds_codes_as_ever(small):
    small.study.act_as(small.other)
    hand_in_round(small.study, round_id=small.blind)
    codebook.add_code(small.study, name="Afterwards")
    assert statuses(small.study)["Afterwards"] == "active"


def test_whatever_makes_codes_makes_proposals(small):
    small.study.act_as(small.other)
    merging.split_code(small.study, small.codes["Fear"], names=["Of the letter"])
    codebook.import_codebook(small.study, [CodeEntry(("Imported",)), CodeEntry(("Imported", "Below"))])
    added = code_lists.Decision(CodeEntry(("Listed",)), "add")
    code_lists.merge_codebook(small.study, [added])
    found = statuses(small.study)
    assert {found[name] for name in ("Of the letter", "Imported", "Below", "Listed")} == {"proposed"}


def test_in_a_file_that_was_handed_out_every_new_code_is_a_proposal(small, tmp_path):
    free = add_coder(small.study, name="Not Blind")
    collecting.hand_out(small.study, free, tmp_path / "free.qcode")
    with Study.open(tmp_path / "free.qcode") as study:
        codebook.add_code(study, name="From outside")
        assert statuses(study)["From outside"] == "proposed"


def test_its_coder_codes_with_a_proposal_and_exports_it_as_one(small):
    small.study.act_as(small.other)
    made = codebook.add_code(small.study, name="Dread")
    assert code(small, made)
    row = next(row for row in rows_of(small.study) if row.id == made)
    assert row.codable
    assert row.status == "proposed"
    assert next(entry for entry in code_entries(small.study) if entry.name == "Dread").status == "proposed"


def test_colleagues_who_are_blind_read_of_a_proposal_nowhere(small):
    small.study.act_as(small.other)
    made = codebook.add_code(small.study, name="Dread", definition=codebook.Definition(brief="Dreading letters"))
    memos.write_memo(small.study, title="On dread", text="Of letters.", about=[memos.Target("code", made)])
    code(small, made)
    for who in (small.third, small.lead):
        small.study.act_as(who)
        assert "Dread" not in names(small.study)
        assert made not in code_paths(small.study)
        assert all(entry.name != "Dread" for entry in code_entries(small.study))
        assert all(row.name != "Dread" for row in codebook_at(small.study, None).codes)
        assert all("Dread" not in row.label for row in history(small.study))
        assert all(row.title != "On dread" for row in memos_of(small.study))
        assert not search(small.study, Query("Dreading", kinds=["definition"])).hits
        with pytest.raises(GoneError):
            code(small, made)


def test_a_name_that_a_hidden_proposal_bears_is_not_taken(small):
    small.study.act_as(small.other)
    codebook.add_code(small.study, name="Dread")
    with pytest.raises(NameTakenError):
        codebook.add_code(small.study, name="dread")
    small.study.act_as(small.third)
    codebook.check_new_code(small.study, name="Dread")
    codebook.add_code(small.study, name="Dread")
    assert names(small.study).count("Dread") == 1


def test_who_has_handed_in_sees_a_proposal(small):
    small.study.act_as(small.other)
    codebook.add_code(small.study, name="Dread")
    small.study.act_as(small.third)
    hand_in_round(small.study, round_id=small.blind)
    assert "Dread" in names(small.study)


def test_a_proposal_with_a_coding_that_may_be_seen_may_be_seen(small):
    small.study.act_as(small.other)
    made = codebook.add_code(small.study, name="Dread")
    passage = small.passage("I was afraid.")
    coding.apply_codes(small.study, passage=passage, codes=[made], round_id=small.round)
    small.study.act_as(small.third)
    assert "Dread" in names(small.study)


def test_a_proposal_is_neither_retired_nor_used_again(small):
    small.study.act_as(small.other)
    made = codebook.add_code(small.study, name="Dread")
    with pytest.raises(codebook.OnlyProposedError):
        codebook.retire_code(small.study, made)
    with pytest.raises(codebook.OnlyProposedError):
        codebook.retire_code(small.study, made, retired=False)


def test_a_preview_keeps_what_a_colleague_proposed_from_a_lead_who_codes_blind_too(small, tmp_path):
    path = tmp_path / "bo.qcode"
    collecting.hand_out(small.study, small.other, path)
    with Study.open(path) as study:
        made = codebook.add_code(study, name="Dread")
        passage = small.passage("I was afraid.")
        coding.apply_codes(study, passage=passage, codes=[made], round_id=small.blind)
    seen = preview(small.study, path, handed_in=True)
    assert seen.sealed
    assert "Dread" not in repr(seen)
    hand_in_round(small.study, round_id=small.blind)
    assert [one.name for one in preview(small.study, path, handed_in=True).proposed] == ["Dread"]
