"""What only the lead may do is refused from a file, whoever wrote in it past the program; what people do arrives."""

from __future__ import annotations

import opened_again
import pytest
from going_out import blind_study, handed_out
from sqlalchemy import select

from qcode.models import Assignment, Code, Coder, Round
from qcode.models.copies import LeadsAloneError
from qcode.models.journal import Step
from qcode.operations import assignments, codebook, collecting, rounds, team
from qcode.queries.collecting.collected import preview
from qcode.queries.integrity import check
from qcode.study import Study


@pytest.fixture
def made(tmp_path):
    with blind_study(tmp_path / "lead.qcode") as found:
        yield found


def set_all(kind, values, **where):
    """What gives the rows of a kind other values, past every operation."""

    def deed(session):
        for row in session.scalars(select(kind).filter_by(**where)).all():
            for name, value in values.items():
                setattr(row, name, value)

    return deed


def add_hand_in(made, coder):
    """What hands in somebody else's work, whose assignment is not in the file."""
    key = assignments.assignment_id(made.blind, made.documents[0], coder)
    place = {"round_id": made.blind, "document_id": made.documents[0], "coder_id": coder}
    return lambda session: session.add(Assignment(id=key, **place, state="handed in"))


FORGED = {
    "to lead": lambda made: set_all(Coder, {"role": "lead"}, id=made.other),
    "that the lead leads no more": lambda made: set_all(Coder, {"role": "coder"}, id=made.lead),
    "a second lead": lambda made: lambda session: session.add(Coder(name="Me too", initials="M", role="lead")),
    "a colleague away": lambda made: set_all(Coder, {"alive": False}, id=made.third),
    "a blind round open": lambda made: set_all(Round, {"blind": False}, id=made.blind),
    "a round away": lambda made: set_all(Round, {"alive": False}, id=made.blind),
    "an assignment away": lambda made: set_all(Assignment, {"alive": False}, round_id=made.blind),
    "an assignment somebody else's": lambda made: set_all(Assignment, {"coder_id": made.third}, round_id=made.blind),
    "a state there is not": lambda made: set_all(Assignment, {"state": "nearly"}, round_id=made.blind),
    "a reason": lambda made: set_all(Assignment, {"reason": "I may"}, round_id=made.blind),
    "the lead's work handed in": lambda made: add_hand_in(made, made.lead),
    "a colleague's work handed in": lambda made: add_hand_in(made, made.third),
}


def forge(path, deed, barrier):
    with Study.open(path) as theirs, theirs.transact("Forge", barrier=barrier) as session:
        deed(session)


def refused(made, path, way):
    before = made.study.path.read_bytes()
    with pytest.raises(LeadsAloneError, match="Bo Ek"):
        preview(made.study, path, handed_in=way is collecting.hand_in)
    with pytest.raises(LeadsAloneError, match="Bo Ek"):
        way(made.study, path)
    assert made.study.path.read_bytes() == before


@pytest.mark.parametrize("barrier", [False, True], ids=["step", "barrier"])
@pytest.mark.parametrize("name", FORGED)
def test_a_coders_file_does_not_make(made, name, barrier):
    path = handed_out(made)
    forge(path, FORGED[name](made), barrier)
    refused(made, path, collecting.hand_in)
    refused(made, path, collecting.merge)


def test_a_coder_does_not_open_what_they_handed_in(made):
    path = handed_out(made)
    with Study.open(path) as theirs:
        assignments.hand_in_round(theirs, round_id=made.blind)
    collecting.hand_in(made.study, path)
    forge(path, set_all(Assignment, {"state": "open"}, round_id=made.blind), barrier=False)
    refused(made, path, collecting.hand_in)


def test_a_hand_in_is_not_undone_by_a_step_that_says_it_takes_it_back(made):
    path = handed_out(made)
    with Study.open(path) as theirs:
        assignments.hand_in_round(theirs, round_id=made.blind)
        with theirs.read() as session:
            hand_in = session.scalar(select(Step.id).order_by(Step.lamport.desc()).limit(1))
        with theirs._step("Forge", {}, undoes=hand_in) as session:
            set_all(Assignment, {"state": "open"}, round_id=made.blind)(session)
    refused(made, path, collecting.hand_in)


def test_a_coder_does_not_adopt_their_own_proposal(made):
    path = handed_out(made)
    with Study.open(path) as theirs:
        code = codebook.add_code(theirs, name="Dogs")
    collecting.hand_in(made.study, path)
    forge(path, set_all(Code, {"status": "active"}, id=code), barrier=False)
    refused(made, path, collecting.hand_in)


def test_what_coders_do_themselves_arrives_also_when_they_take_it_back(made):
    path = handed_out(made)
    with Study.open(path) as theirs:
        team.add_coder(theirs, name="Di Gray")
        theirs.undo()
        made_round = rounds.add_round(theirs, name="Trial", blind=True)
        rounds.change_round(theirs, made_round, name="Trial run", everyone=True)
        theirs.undo()
        theirs.redo()
        rounds.change_round(theirs, made.round, blind=True)
        theirs.undo()
        codebook.add_code(theirs, name="Dogs")
        theirs.undo()
        for done in (True, False):
            assignments.set_done(theirs, document=made.documents[0], round_id=made.blind, done=done)
        assignments.hand_in_round(theirs, round_id=made.blind)
    assert collecting.hand_in(made.study, path).steps
    assert check(made.study).problems == ()


def test_what_the_lead_does_in_another_copy_arrives_with_a_coder_who_leads_since(made, tmp_path):
    path = tmp_path / "laptop.qcode"
    path.write_bytes(made.study.path.read_bytes())
    with Study.open(path) as laptop:
        laptop.act_as(made.lead)
        team.set_role(laptop, made.other, role="lead")
        laptop.act_as(made.other)
        assignments.hand_in_round(laptop, round_id=made.blind)
        opened_again.open_again(laptop, made.blind, made.other, made.documents)
        laptop.act_as(made.other)
        rounds.change_round(laptop, made.blind, blind=False)
        team.set_role(laptop, made.lead, role="coder")
    assert collecting.merge(made.study, path).steps
    with made.study.read() as session:
        assert not session.get_one(Round, made.blind).blind
        assert [row.id for row in session.scalars(select(Coder).where(Coder.role == "lead"))] == [made.other]
