"""Rounds, who leads, and who is given what."""

from __future__ import annotations

import pytest
import small

from qcode.operations import assignments, coding, rounds, team
from qcode.operations.leading import LeadOnlyError
from qcode.operations.lookup import NameTakenError
from qcode.queries.codings import Looking, codings
from qcode.queries.integrity import check
from qcode.queries.rounds.assignments import assignment_grid
from qcode.queries.team import coders
from qcode.queries.team import rounds as list_rounds


@pytest.fixture
def made(tmp_path):
    study = small.small_study(tmp_path / "small.qcode")
    yield study
    assert check(study.study).problems == ()
    study.study.close()


def roles(made):
    return {row.name: row.role for row in coders(made.study)}


def state(made, round_id, coder, document=0):
    return assignment_grid(made.study, round_id).state(made.documents[document], coder)


def test_a_round_is_changed_in_one_step_and_undone(made):
    before = list_rounds(made.study)
    rounds.change_round(made.study, made.round, name="Pilot", purpose="pilot", blind=True)
    (row,) = list_rounds(made.study)
    assert (row.name, row.purpose, row.blind, row.everyone, row.segmented) == ("Pilot", "pilot", True, True, False)
    made.study.undo()
    assert list_rounds(made.study) == before


def test_a_round_keeps_its_name_apart_from_others_but_may_change_its_case(made):
    second = rounds.add_round(made.study, name="Main")
    with pytest.raises(NameTakenError):
        rounds.change_round(made.study, second, name="ROUND 1")
    rounds.change_round(made.study, second, name="MAIN")
    assert [row.name for row in list_rounds(made.study)] == ["Round 1", "MAIN"]


def test_a_purpose_that_nobody_knows_is_refused(made):
    with pytest.raises(rounds.UnknownPurposeError, match="pilot, main, recheck, practice"):
        rounds.add_round(made.study, name="Main", purpose="fun")
    with pytest.raises(rounds.UnknownPurposeError):
        rounds.change_round(made.study, made.round, purpose="")
    assert len(list_rounds(made.study)) == 1


def test_a_round_that_was_everyones_stays_with_those_who_coded_in_it(made):
    rounds.change_round(made.study, made.round, everyone=False)
    assert state(made, made.round, made.lead) == state(made, made.round, made.other) == "open"
    assert state(made, made.round, made.lead, 1) == "open"
    assert state(made, made.round, made.other, 1) == "not assigned"
    coding.remove_codings(made.study, made.codings[:1])


def test_only_the_lead_opens_a_blind_round_and_anybody_may_blind_an_open_one(made):
    made.study.act_as(made.other)
    rounds.change_round(made.study, made.round, blind=True)
    with pytest.raises(LeadOnlyError, match="Ask Ana Lima"):
        rounds.change_round(made.study, made.round, blind=False)
    assert list_rounds(made.study)[0].blind
    made.study.act_as(made.lead)
    rounds.change_round(made.study, made.round, blind=False)
    assert not list_rounds(made.study)[0].blind


def test_whether_a_round_is_segmented_is_settled_by_its_first_coding(made):
    with pytest.raises(rounds.SegmentsLateError, match="Round 1"):
        rounds.change_round(made.study, made.round, segmented=True)
    second = rounds.add_round(made.study, name="Main")
    rounds.change_round(made.study, second, segmented=True)
    assert list_rounds(made.study)[1].segmented


def test_a_round_with_codings_or_with_work_that_was_handed_in_stays(made):
    with pytest.raises(rounds.RoundInUseError):
        rounds.remove_round(made.study, made.round)
    second = rounds.add_round(made.study, name="Main", everyone=True)
    assignments.hand_in_round(made.study, round_id=second)
    with pytest.raises(rounds.RoundInUseError, match="Main"):
        rounds.remove_round(made.study, second)
    assert len(list_rounds(made.study)) == 2


def test_a_round_goes_with_its_assignments_and_comes_back_with_them(made):
    second = rounds.add_round(made.study, name="Main")
    assignments.assign(made.study, round_id=second, documents=made.documents, coders=[made.other])
    rounds.remove_round(made.study, second)
    assert assignment_grid(made.study, second) is None
    made.study.undo()
    assert state(made, second, made.other) == "open"


def test_a_coder_who_does_not_lead_removes_no_round(made):
    second = rounds.add_round(made.study, name="Main")
    made.study.act_as(made.other)
    with pytest.raises(LeadOnlyError):
        rounds.remove_round(made.study, second)


def test_taking_documents_back_keeps_the_codings_and_says_how_many(made):
    second = rounds.add_round(made.study, name="Main")
    plan = {"round_id": second, "documents": made.documents, "coders": [made.lead, made.other]}
    assignments.assign(made.study, **plan)
    made.round = second
    made.apply("Of the letter.", "Fear")
    before = len(codings(made.study, Looking()))
    assert assignments.unassign(made.study, **plan) == assignments.Unassigned(4, 1)
    assert len(codings(made.study, Looking())) == before
    assert state(made, second, made.lead) == "not assigned"
    made.study.undo()
    assert state(made, second, made.lead) == "open"


def test_in_a_blind_round_taking_back_does_not_tell_of_colleagues_codings(made):
    second = rounds.add_round(made.study, name="Main", blind=True)
    plan = {"round_id": second, "documents": made.documents[:1]}
    assignments.assign(made.study, **plan, coders=[made.lead, made.other])
    made.round = second
    made.study.act_as(made.other)
    made.apply("Of the letter.", "Fear")
    made.study.act_as(made.lead)
    assert assignments.unassign(made.study, **plan, coders=[made.other]).codings == 0


def test_what_is_handed_in_stays_assigned(made):
    second = rounds.add_round(made.study, name="Main")
    plan = {"round_id": second, "documents": made.documents, "coders": [made.lead]}
    assignments.assign(made.study, **plan)
    assignments.hand_in_round(made.study, round_id=second, documents=made.documents[:1])
    with pytest.raises(assignments.LockedAssignmentError, match=r"Ana Lima has handed in “INT-1”"):
        assignments.unassign(made.study, **plan)
    assert state(made, second, made.lead, 1) == "open"


def test_nobody_takes_a_document_back_but_the_lead(made):
    second = rounds.add_round(made.study, name="Main", blind=True)
    plan = {"round_id": second, "documents": made.documents, "coders": [made.other]}
    assignments.assign(made.study, **plan)
    made.study.act_as(made.other)
    with pytest.raises(LeadOnlyError):
        assignments.unassign(made.study, **plan)


def test_there_is_always_one_who_leads(made):
    with pytest.raises(team.LastLeadError, match="Ana Lima"):
        team.set_role(made.study, made.lead, role="coder")
    team.set_role(made.study, made.other, role="lead")
    team.set_role(made.study, made.lead, role="coder")
    assert roles(made) == {"Ana Lima": "coder", "Bo Ek": "lead"}
    with pytest.raises(LeadOnlyError, match="Ask Bo Ek"):
        team.set_role(made.study, made.lead, role="lead")


def test_only_the_lead_makes_others_lead(made):
    made.study.act_as(made.other)
    with pytest.raises(LeadOnlyError):
        team.set_role(made.study, made.other, role="lead")
    with pytest.raises(LeadOnlyError):
        team.add_coder(made.study, name="Cy Ng", role="lead")
    team.add_coder(made.study, name="Cy Ng")
    with pytest.raises(team.UnknownRoleError):
        team.add_coder(made.study, name="Di Oh", role="boss")
    assert roles(made) == {"Ana Lima": "lead", "Bo Ek": "coder", "Cy Ng": "coder"}
