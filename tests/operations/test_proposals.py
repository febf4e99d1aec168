"""Proposals are shown to the lead in groups, and adopted, merged or declined."""

from __future__ import annotations

import pytest
from small import small_study
from sqlalchemy import select

from qcode.exchange.codebook import read_codebook, write_codebook
from qcode.models import Code
from qcode.operations import codebook, coding, collecting, proposals
from qcode.operations.assignments import assign, hand_in_round
from qcode.operations.leading import LeadOnlyError
from qcode.operations.lookup import NameTakenError
from qcode.operations.merging import NoTargetError
from qcode.operations.rounds import add_round
from qcode.operations.team import add_coder
from qcode.queries.agreement.figures import study_agreement
from qcode.queries.codebook.proposals import proposals as groups_of
from qcode.queries.codebook.proposals import sealed_proposals
from qcode.queries.codebook.tree import code_entries
from qcode.queries.codebook.tree import codebook as rows_of
from qcode.queries.codings import Looking, codings
from qcode.study import Study


@pytest.fixture
def small(tmp_path):
    """Bo and Cy were each handed out a file of a blind round, proposed codes there and handed in."""
    made = small_study(tmp_path / "small.qcode")
    made.third = add_coder(made.study, name="Cy Ruiz")
    made.blind = add_round(made.study, name="Blind", blind=True)
    assign(made.study, round_id=made.blind, documents=made.documents, coders=[made.other, made.third])
    made.proposed = {}
    for coder, names in ((made.other, ("Dread of letters", "Uniform")), (made.third, ("Letter dreads",))):
        path = tmp_path / f"{coder}.qcode"
        collecting.hand_out(made.study, coder, path)
        with Study.open(path) as study:
            for number, name in enumerate(names):
                definition = codebook.Definition(brief=f"About {name}")
                made.proposed[name] = codebook.add_code(study, name=name, definition=definition)
                passage = made.passage(("Of the letter.", "I was afraid.")[number])
                coding.apply_codes(study, passage=passage, codes=[made.proposed[name]], round_id=made.blind)
            hand_in_round(study, round_id=made.blind)
        collecting.hand_in(made.study, path)
    yield made
    made.study.close()


def status(small, name):
    with small.study.read() as session:
        row = session.scalars(select(Code).where(Code.id == small.proposed[name])).one()
        return row.status, row.answer


def shown(small, name):
    return [row.name for row in codings(small.study, Looking(rounds=[small.blind])) if row.made_with == name]


def test_what_looks_alike_stands_together_with_its_passages_and_makers(small):
    first, second = groups_of(small.study)
    assert {(one.name, one.by) for one in first} == {("Dread of letters", "Bo Ek"), ("Letter dreads", "Cy Ruiz")}
    assert [one.name for one in second] == ["Uniform"]
    assert {row.text for one in first for row in one.passages} == {"Of the letter."}
    assert first[0].definition == f"About {first[0].name}"
    assert first[1].reasons == ("similar names", "similar definitions", "the same passages")


def test_a_code_of_the_codebook_that_looks_alike_is_named(small):
    there = codebook.add_code(small.study, name="Uniforms")
    group = next(group for group in groups_of(small.study) if group[0].name == "Uniform")
    found = [(like.id, like.path, like.reasons) for like in group[0].like]
    assert found[0] == (there, ("Uniforms",), ("similar names",))
    assert found[1] == (small.codes["Fear"], ("Scene", "Fear"), ("the same passages",))


def test_a_proposal_is_adopted_under_another_name_and_parent_in_one_step(small):
    adopted = proposals.adopt(
        small.study, [small.proposed["Uniform"]], into=small.codes["Scene"], name=" Boots ", answer="Good."
    )
    row = next(row for row in rows_of(small.study) if row.id == adopted)
    assert (row.path, row.status, row.answer) == (("Scene", "Boots"), "active", "Good.")
    assert all(group[0].id != adopted for group in groups_of(small.study))
    small.study.undo()
    assert status(small, "Uniform") == ("proposed", "")
    assert next(row for row in rows_of(small.study) if row.id == adopted).path == ("Uniform",)
    small.study.redo()
    assert status(small, "Uniform") == ("active", "Good.")


def test_of_a_group_one_is_kept_and_the_others_codings_are_shown_under_it(small):
    kept, other = small.proposed["Letter dreads"], small.proposed["Dread of letters"]
    proposals.adopt(small.study, [kept, other])
    assert shown(small, other) == ["Letter dreads"]
    assert status(small, "Dread of letters")[0] == "merged"
    small.study.undo()
    assert shown(small, other) == ["Dread of letters"]
    assert len(groups_of(small.study)[0]) == 2


def test_proposals_are_merged_into_a_code_that_there_is(small):
    both = [small.proposed["Letter dreads"], small.proposed["Dread of letters"]]
    proposals.merge_into(small.study, both, into=small.codes["Fear"])
    assert [shown(small, one) for one in both] == [["Fear"], ["Fear"]]
    assert [group[0].name for group in groups_of(small.study)] == ["Uniform"]
    small.study.undo()
    assert len(groups_of(small.study)) == 2


def test_a_declined_proposal_keeps_its_codings_and_tells_why(small):
    code = small.proposed["Uniform"]
    proposals.decline(small.study, [code], answer="That is Wear.")
    row = next(row for row in rows_of(small.study) if row.id == code)
    assert (row.status, row.answer, row.codable) == ("declined", "That is Wear.", False)
    assert shown(small, code) == ["Uniform"]
    assert all(one.name != "Uniform" for group in groups_of(small.study) for one in group)
    with pytest.raises(coding.NotCodableError):
        coding.apply_codes(small.study, passage=small.passage("I was afraid."), codes=[code], round_id=small.round)
    small.study.undo()
    assert status(small, "Uniform") == ("proposed", "")


def test_a_declined_proposal_can_be_adopted_after_all(small):
    proposals.decline(small.study, [small.proposed["Uniform"]], answer="No.")
    proposals.adopt(small.study, [small.proposed["Uniform"]])
    assert status(small, "Uniform") == ("active", "")


def test_what_stands_above_a_proposal_is_adopted_with_it(small, tmp_path):
    path = tmp_path / "again.qcode"
    again = add_round(small.study, name="Again", blind=True)
    assign(small.study, round_id=again, documents=small.documents, coders=[small.other])
    collecting.hand_out(small.study, small.other, path)
    with Study.open(path) as study:
        above = codebook.add_code(study, name="Above", kind="category")
        below = codebook.add_code(study, name="Below", parent=above)
    collecting.hand_in(small.study, path)
    proposals.adopt(small.study, [below])
    found = {row.name: row.status for row in rows_of(small.study)}
    assert (found["Above"], found["Below"]) == ("active", "active")


def test_the_coder_reads_the_answer_after_the_next_hand_out(small, tmp_path):
    proposals.decline(small.study, [small.proposed["Uniform"]], answer="That is Wear.")
    path = tmp_path / "next.qcode"
    collecting.hand_out(small.study, small.other, path)
    with Study.open(path) as study:
        row = next(row for row in rows_of(study) if row.name == "Uniform")
        assert (row.status, row.answer) == ("declined", "That is Wear.")


def test_a_lead_who_codes_blind_too_is_told_that_there_are_proposals_and_no_more(small):
    assign(small.study, round_id=small.blind, documents=small.documents, coders=[small.lead])
    assert groups_of(small.study) == []
    assert sealed_proposals(small.study)
    with pytest.raises(proposals.SealedProposalError):
        proposals.adopt(small.study, [small.proposed["Uniform"]])
    hand_in_round(small.study, round_id=small.blind)
    assert len(groups_of(small.study)) == 2
    assert not sealed_proposals(small.study)


def before_and_after(small, refused, deed):
    before = [status(small, name) for name in small.proposed]
    steps = small.study.next_undo()
    with pytest.raises(refused):
        deed()
    assert [status(small, name) for name in small.proposed] == before
    assert small.study.next_undo() == steps


def test_only_the_lead_decides(small):
    small.study.act_as(small.third)
    code = [small.proposed["Uniform"]]
    before_and_after(small, LeadOnlyError, lambda: proposals.adopt(small.study, code))
    before_and_after(small, LeadOnlyError, lambda: proposals.decline(small.study, code, answer="No."))
    before_and_after(small, LeadOnlyError, lambda: proposals.merge_into(small.study, code, into=small.codes["Fear"]))


def test_refused_are_no_proposal_no_answer_names_that_are_taken_and_targets_that_will_not_do(small):
    study, code, fear = small.study, [small.proposed["Uniform"]], small.codes["Fear"]
    refused = (
        (proposals.NothingProposedError, lambda: proposals.adopt(study, [])),
        (proposals.NotProposedError, lambda: proposals.adopt(study, [fear])),
        (proposals.NotProposedError, lambda: proposals.decline(study, [*code, fear], answer="No.")),
        (proposals.AnswerMissingError, lambda: proposals.decline(study, code, answer=" \n")),
        (NameTakenError, lambda: proposals.adopt(study, code, name="fear", into=small.codes["Scene"])),
        (NameTakenError, lambda: proposals.adopt(study, code, name="Wear")),
        (NoTargetError, lambda: proposals.merge_into(study, code, into=small.proposed["Letter dreads"])),
        (NoTargetError, lambda: proposals.merge_into(study, code, into=small.codes["Scene"])),
    )
    for error, deed in refused:
        before_and_after(small, error, deed)


def test_only_what_was_adopted_is_compared_between_coders(small):
    def compared():
        return {row.code[-1] for row in study_agreement(small.study, round_name="Blind").codes}

    assert not {"Uniform", "Letter dreads"} & compared()
    proposals.decline(small.study, [small.proposed["Uniform"]], answer="That is Wear.")
    assert "Uniform" not in compared()
    proposals.adopt(small.study, [small.proposed["Letter dreads"], small.proposed["Dread of letters"]])
    assert "Letter dreads" in compared()


def test_a_file_of_the_codebook_says_what_is_proposed_and_what_was_declined(small, tmp_path):
    proposals.decline(small.study, [small.proposed["Uniform"]], answer="That is Wear.")
    for name in ("book.yaml", "book.csv"):
        write_codebook(code_entries(small.study), tmp_path / name)
        found = {entry.name: entry.status for entry in read_codebook(tmp_path / name)}
        assert (found["Uniform"], found["Letter dreads"], found["Wear"]) == ("declined", "proposed", "active")
