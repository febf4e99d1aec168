"""Handing in: a lock, a barrier to undo, and the lead's way to open it again."""

from __future__ import annotations

import shutil
from contextlib import suppress
from functools import partial

import pytest
import small
from opened_again import open_again
from sqlalchemy import select
from test_every_operation import EXAMPLES

from qcode.errors import QcodeError
from qcode.models import Assignment, Coding
from qcode.models.taking_back import BehindBarrierError, CannotUndoError
from qcode.operations import assignments, codebook, coding, collecting, documents, rounds
from qcode.operations.leading import LeadOnlyError
from qcode.queries.codings import Looking, codings
from qcode.queries.history import history
from qcode.queries.integrity import check
from qcode.queries.rounds.assignments import assignment_grid
from qcode.study import NothingToUndoError, Study


@pytest.fixture
def made(tmp_path):
    study = small.small_study(tmp_path / "small.qcode")
    yield study
    assert check(study.study).problems == ()
    study.study.close()


@pytest.fixture
def blind(made):
    """The small study in a blind round, in which both have coded the same document, and nobody has handed in."""
    rounds.change_round(made.study, made.round, blind=True)
    return made


def states(made):
    grid = assignment_grid(made.study, made.round)
    return [[grid.state(document, coder) for coder in (made.lead, made.other)] for document in made.documents]


def work(study):
    """All columns of all codings."""
    with study.read() as session:
        return {row["id"]: row for row in map(dict, session.execute(select(Coding.__table__)).mappings())}


def assignment(made, coder, document=0):
    with made.study.read() as session:
        key = assignments.assignment_id(made.round, made.documents[document], coder)
        return session.get_one(Assignment, key)


# Done -------------------------------------------------------------------------------------------------------------


def test_being_done_is_a_tick_that_changes_nothing_else_and_is_undone(made):
    before = work(made.study)
    assignments.set_done(made.study, document=made.documents[0], round_id=made.round, done=True)
    assert states(made) == [["done", "open"], ["open", "open"]]
    made.study.undo()
    assert states(made) == [["open", "open"], ["open", "open"]]
    made.study.redo()
    assert made.apply("Of the letter.", "Fear")
    assert states(made)[0][0] == "done"
    assert before.items() <= work(made.study).items()


def test_in_a_blind_round_being_done_shows_nothing_of_colleagues(blind):
    own = {row.coder for row in codings(blind.study, Looking())}
    assignments.set_done(blind.study, document=blind.documents[0], round_id=blind.round, done=True)
    assert {row.coder for row in codings(blind.study, Looking())} == own == {"AL"}
    assignments.hand_in_round(blind.study, round_id=blind.round)
    assert {row.coder for row in codings(blind.study, Looking())} == {"AL", "BE"}


def test_what_is_handed_in_is_not_merely_done(made):
    assignments.hand_in_round(made.study, round_id=made.round)
    for done in (True, False):
        with pytest.raises(assignments.HandedInError, match="INT-1"):
            assignments.set_done(made.study, document=made.documents[0], round_id=made.round, done=done)
    assert states(made) == [["handed in", "open"], ["handed in", "open"]]


# Handing in -------------------------------------------------------------------------------------------------------


def test_a_round_is_handed_in_as_one_step_and_only_ones_own(made):
    steps = []
    made.study.subscribe(steps.append)
    assert assignments.hand_in_round(made.study, round_id=made.round) == assignments.HandedIn(2, 3, 4)
    assert [step.label for step in steps] == ["Hand in {round}"]
    assert states(made) == [["handed in", "open"], ["handed in", "open"]]
    assert set(assignment(made, made.lead).seen_codes) == set(made.codes.values())


def test_some_documents_are_handed_in_and_the_rest_later(made):
    first = assignments.hand_in_round(made.study, round_id=made.round, documents=made.documents[:1])
    assert (first.documents, first.codings) == (1, 2)
    made.apply("He wears it well.", "Wear", document=1)
    rest = assignments.hand_in_round(made.study, round_id=made.round, documents=[*made.documents, made.documents[0]])
    assert (rest.documents, rest.codings) == (1, 2)
    assert next(iter(history(made.study))).label == "Hand in documents in Round 1"


def test_nothing_is_handed_in_twice_or_without_being_assigned(made):
    assignments.hand_in_round(made.study, round_id=made.round)
    with pytest.raises(assignments.NothingToHandInError, match="Round 1"):
        assignments.hand_in_round(made.study, round_id=made.round)
    second = rounds.add_round(made.study, name="Main")
    with pytest.raises(assignments.NothingAssignedError, match="Main"):
        assignments.hand_in_round(made.study, round_id=second)
    with pytest.raises(assignments.NotAssignedError):
        assignments.hand_in_round(made.study, round_id=second, documents=made.documents)


def test_a_document_that_comes_later_is_open_in_a_round_for_everyone(made):
    assignments.hand_in_round(made.study, round_id=made.round)
    made.documents.append(
        documents.import_document(made.study, documents.Incoming("FG-2", small.transcript(small.SECOND)))
    )
    assert states(made)[2] == ["open", "open"]
    assert assignments.hand_in_round(made.study, round_id=made.round).documents == 1


def test_the_lead_adds_nothing_to_what_a_colleague_handed_in(made):
    open_marks = [coding.Mark(made.passage("Of the letter."), made.codes["Fear"], made.other)]
    coding.add_codings(made.study, round_id=made.round, marks=open_marks)
    made.study.act_as(made.other)
    assignments.hand_in_round(made.study, round_id=made.round)
    made.study.act_as(made.lead)
    before = work(made.study)
    with pytest.raises(assignments.HandedInError):
        coding.add_codings(made.study, round_id=made.round, marks=open_marks)
    with pytest.raises(BehindBarrierError, match="“Hand in Round 1” came after it"):
        made.study.undo()
    assert work(made.study) == before


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_no_operation_and_no_undo_of_one_changes_a_coding_that_is_handed_in(made, name):
    deed = EXAMPLES[name](made)
    for coder in (made.other, made.lead):
        made.study.act_as(coder)
        with suppress(assignments.NothingToHandInError):
            assignments.hand_in_round(made.study, round_id=made.round)
    before = work(made.study)
    for one in (deed, made.study.undo, made.study.redo, made.study.undo):
        with suppress(QcodeError):
            one()
        after = work(made.study)
        assert {row: after[row] for row in before} == before


# Undo -------------------------------------------------------------------------------------------------------------


def test_undo_does_not_go_past_a_hand_in_and_says_so(made):
    apply_step = next(row.id for row in history(made.study) if row.label == "Apply Wear")
    assignments.hand_in_round(made.study, round_id=made.round)
    hand_in = next(iter(history(made.study))).id
    with pytest.raises(NothingToUndoError, match="since “Hand in Round 1”: what is handed in stays"):
        made.study.undo()
    with pytest.raises(BehindBarrierError, match="“Apply Wear” can't be undone: “Hand in Round 1” came after it"):
        made.study.undo_step(apply_step)
    with pytest.raises(BehindBarrierError, match="“Hand in Round 1” can't be undone: it is as far back as undo goes"):
        made.study.undo_step(hand_in)
    refused = made.study.why_not_undo([apply_step, hand_in])
    assert [type(refused[step]) for step in (apply_step, hand_in)] == [BehindBarrierError] * 2


def test_undo_stays_on_this_side_of_a_hand_in_after_the_lead_opened_it_again(made):
    assignments.hand_in_round(made.study, round_id=made.round)
    open_again(made.study, made.round, made.lead, made.documents)
    made.study.undo()  # the lead's own reopening
    assert states(made)[0][0] == "handed in"
    made.study.redo()
    made.apply("Of the letter.", "Fear")
    made.study.undo()
    made.study.undo()
    with pytest.raises(NothingToUndoError, match="Hand in Round 1"):
        made.study.undo()


def test_what_was_done_in_another_copy_is_not_undone_once_its_document_was_handed_in_here(made, tmp_path):
    shutil.copy(made.study.path, tmp_path / "there.qcode")
    assignments.hand_in_round(made.study, round_id=made.round)
    with Study.open(tmp_path / "there.qcode") as other:
        other.act_as(made.lead)
        for words in ("Of the letter.", "Afraid of what?", "My sister said: go."):
            passage = made.passage(words)
            coding.apply_codes(other, passage=passage, codes=[made.codes["Fear"]], round_id=made.round)
        collecting.merge(made.study, other.path)
    before = work(made.study)
    with pytest.raises(BehindBarrierError, match="“Hand in Round 1”"):
        made.study.undo()
    arrived = made.study.next_undo()
    assert [type(why) for why in made.study.why_not_undo([arrived]).values()] == [BehindBarrierError]
    assert work(made.study) == before


def test_the_leads_own_older_step_does_not_take_from_others_what_they_handed_in(made):
    second = rounds.add_round(made.study, name="Main")
    plan = {"round_id": second, "documents": made.documents[:1], "coders": [made.other]}
    assignments.assign(made.study, **plan)
    assignments.unassign(made.study, **plan)
    assignments.assign(made.study, **plan)
    again = made.study.next_undo()
    made.study.act_as(made.other)
    assignments.hand_in_round(made.study, round_id=second)
    made.study.act_as(made.lead)
    with pytest.raises(BehindBarrierError, match="“Hand in Main” came after it"):
        made.study.undo()
    assert isinstance(made.study.why_not_undo([again])[again], BehindBarrierError)
    assert assignment_grid(made.study, second).state(made.documents[0], made.other) == "handed in"


# Opening again ----------------------------------------------------------------------------------------------------


def test_the_lead_opens_again_for_a_reason_and_the_coder_goes_on(made):
    made.study.act_as(made.other)
    assignments.hand_in_round(made.study, round_id=made.round)
    made.study.act_as(made.lead)
    given = {"round_id": made.round, "coder": made.other}
    assignments.reopen(made.study, **given, documents=made.documents[:1], reason=" Page 2 is missing. ")
    assert states(made) == [["open", "open"], ["open", "handed in"]]
    assert assignment(made, made.other).reason == "Page 2 is missing."
    made.study.act_as(made.other)
    coding.comment_coding(made.study, made.codings[3], comment="again")
    assert assignments.hand_in_round(made.study, round_id=made.round).documents == 1
    assert assignment(made, made.other).reason == "Page 2 is missing."


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_nothing_is_opened_again_without_a_reason(made, reason):
    assignments.hand_in_round(made.study, round_id=made.round)
    with pytest.raises(assignments.NoReasonError):
        open_again(made.study, made.round, made.lead, made.documents, reason)


def test_only_the_lead_opens_again_and_only_what_was_handed_in(made):
    deed = partial(
        assignments.reopen, made.study, round_id=made.round, coder=made.other, documents=made.documents, reason="Why."
    )
    with pytest.raises(assignments.NotHandedInError, match="Bo Ek has not handed in “INT-1”"):
        deed()
    made.study.act_as(made.other)
    assignments.hand_in_round(made.study, round_id=made.round)
    with pytest.raises(LeadOnlyError, match="Ask Ana Lima"):
        deed()
    assert states(made) == [["open", "handed in"], ["open", "handed in"]]


def test_opening_again_is_not_undone_over_what_the_coder_did_since(made):
    made.study.act_as(made.other)
    assignments.hand_in_round(made.study, round_id=made.round)
    open_again(made.study, made.round, made.other, made.documents)
    coding.comment_coding(made.study, made.codings[3], comment="again")
    made.study.act_as(made.lead)
    with pytest.raises(CannotUndoError, match="Bo Ek"):
        made.study.undo()
    made.study.act_as(made.other)
    made.study.undo()
    made.study.act_as(made.lead)
    made.study.undo()
    assert states(made) == [["open", "handed in"], ["open", "handed in"]]


def test_in_a_blind_round_it_is_noted_that_colleagues_work_could_be_seen(blind):
    assignments.hand_in_round(blind.study, round_id=blind.round)
    open_again(blind.study, blind.round, blind.lead, blind.documents)
    assert [assignment(blind, blind.lead, number).seen_others for number in (0, 1)] == [True, False]
    blind.study.undo()
    assert not assignment(blind, blind.lead).seen_others


def test_in_an_open_round_there_is_nothing_to_note(made):
    assignments.hand_in_round(made.study, round_id=made.round)
    open_again(made.study, made.round, made.lead, made.documents)
    assert not assignment(made, made.lead).seen_others


def test_who_works_in_a_file_of_their_own_could_not_see_colleagues_work(blind, tmp_path):
    collecting.hand_out(blind.study, coder=blind.other, path=tmp_path / "bo.qcode")
    with Study.open(tmp_path / "bo.qcode") as theirs:
        assignments.hand_in_round(theirs, round_id=blind.round)
    collecting.hand_in(blind.study, tmp_path / "bo.qcode")
    open_again(blind.study, blind.round, blind.other, blind.documents[:1])
    assert not assignment(blind, blind.other).seen_others


def test_a_code_made_after_a_hand_in_counts_as_missing_until_it_is_handed_in_again(made):
    assignments.hand_in_round(made.study, round_id=made.round)
    later = codebook.add_code(made.study, name="Rain")
    assert later not in assignment(made, made.lead).seen_codes
    open_again(made.study, made.round, made.lead, made.documents)
    assert assignments.hand_in_round(made.study, round_id=made.round).codes == 5
    assert later in assignment(made, made.lead).seen_codes
