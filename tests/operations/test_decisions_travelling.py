"""Decisions in files: nobody gets one before their own hand-in, and what qcode does not write is refused."""

from __future__ import annotations

import shutil
import sqlite3

import pytest
from going_out import blind_study, handed_out

from qcode.models import Assent, Decision, storage
from qcode.models.reconciling import assent_id, verdict_print
from qcode.operations import assignments, case_codebook, collecting, corrections, reconciling, rounds
from qcode.operations.case_refusals import BlindExampleError
from qcode.queries.collecting.conflicts import troubles
from qcode.queries.disagreements.cases import decision_rows, disagreements, round_to_reconcile
from qcode.queries.disagreements.consensus import became_of_mine
from qcode.queries.integrity import check
from qcode.queries.transcripts.documents import document_text
from qcode.study import Study

WORDS = "Three letters and you are out."
DOOR = "Nobody ever thanks you at the door."
NOTE, STANCE = "Zanzibar is what they meant.", "A quagmire."


@pytest.fixture(scope="module")
def decided(tmp_path_factory):
    """The blind study, in which Ana and Cy handed in, and one case of each document is decided."""
    with blind_study(tmp_path_factory.mktemp("decided") / "lead.qcode") as made:
        made.round = made.blind
        for coder, names in {made.lead: ("Fear", "Wear"), made.third: ("Calling", "Wear")}.items():
            made.study.act_as(coder)
            made.apply(WORDS, names[0])
            made.apply(DOOR if coder == made.lead else "ever thanks you", names[1], document=1)
            assignments.hand_in_round(made.study, round_id=made.blind)
        made.study.act_as(made.lead)
        made.decisions = [
            reconciling.decide(made.study, row, outcome="none", note=NOTE, present=[made.third])
            for row in disagreements(made.study, order="document").rows
        ]
        for key in made.decisions:
            reconciling.say(made.study, key, coder=made.third, stance="dissents", note=STANCE)
        yield made


def found_in(path, words):
    body = path.read_bytes()
    return [word for word in words if word.encode() in body]


def test_a_coder_gets_decisions_about_what_they_handed_in_and_no_other(decided):
    made, (first, second) = decided, decided.decisions
    evidence = [mark.coding for row in decision_rows(made.study) for mark in row.evidence]
    secret = [first, second, NOTE, STANCE, *evidence]
    assert found_in(made.study.path, secret) == secret
    case = disagreements(made.study, state="decided", order="document").rows[0]
    with pytest.raises(BlindExampleError, match="“INT-1” is still coded blind by Bo Ek"):
        case_codebook.add_example(made.study, case, code=case.codes[0])
    path = handed_out(made)
    assert found_in(path, secret) == []
    with Study.open(path) as theirs:
        assert decision_rows(theirs) == ()
        assert check(theirs).problems == ()
    made.study.act_as(made.other)
    made.apply(WORDS, "Fear")
    assignments.hand_in_round(made.study, round_id=made.blind, documents=made.documents[:1])
    made.study.act_as(made.lead)
    rounds.add_round(made.study, name="Later")
    path = handed_out(made, "again.qcode")
    assert found_in(path, secret[:4]) == [first, NOTE, STANCE]
    with Study.open(path) as theirs:
        assert round_to_reconcile(theirs).id == made.blind
        (row,) = decision_rows(theirs)
        assert (row.id, row.note, row.stances[0].note, row.kept) == (first, NOTE, STANCE, ())
        assert [(one.what, one.coder) for one in row.changes] == [("added", made.other)]
        mine = became_of_mine(theirs, made.blind, made.other)
        assert [(one.code_name, one.became, one.note) for one in mine] == [("Fear", "not kept", NOTE)]
        assert check(theirs).problems == ()
        reconciling.say(theirs, first, coder=made.other, stance="accepts")
    assert collecting.hand_in(made.study, path).steps == 1
    found = {row.id: [one.stance for one in row.stances] for row in decision_rows(made.study)}
    assert found == {first: ["accepts", "dissents"], second: ["dissents"]}


JUDGED = "$.judged"
UNSOUND = {
    "a range before the text": f"'{JUDGED}[1]', -4",
    "evidence that is none": f"'{JUDGED}[4]', json('[]')",
    "evidence of words": f"'{JUDGED}[4]', json('[\"abc\"]')",
    "evidence beyond the text": f"'{JUDGED}[4][0][4]', 1000000",
    "a verdict of its own": f"'{JUDGED}[5].outcome', 'maybe'",
    "a verdict that says more": f"'{JUDGED}[5].words', 'They said so.'",
    "what is kept beyond the text": f"'{JUDGED}[5].kept', json('[[\"c\", 0, 1000000]]')",
    "a reason of its own": "'$.reason', 'because'",
    "numbers for who was there": "'$.present', json('[4]')",
}


@pytest.fixture(scope="module")
def copy(decided, tmp_path_factory):
    """Another copy of the lead's, in which one case is decided anew, and a place to write to."""
    folder = tmp_path_factory.mktemp("copies")
    shutil.copy(decided.study.path, folder / "there.qcode")
    with Study.open(folder / "there.qcode") as there:
        there.act_as(decided.lead)
        row = disagreements(there, state="decided", order="document").rows[-1]
        reconciling.decide(there, row, outcome="meeting", reason="slip", present=[decided.lead, decided.third])
    return folder


@pytest.mark.parametrize("name", UNSOUND)
def test_refused_as_damaged_is(decided, copy, name):
    path = copy / "altered.qcode"
    shutil.copy(copy / "there.qcode", path)
    connection = sqlite3.connect(path)
    with connection:
        latest = "(SELECT id FROM step ORDER BY lamport DESC, id DESC LIMIT 1)"
        connection.execute(
            f"UPDATE change SET fields = json_set(fields, {UNSOUND[name]}) WHERE step_id = {latest} "
            "AND kind = 'decision'"
        )
    connection.close()
    before = decided.study.path.read_bytes()
    with pytest.raises(storage.DamagedStudyError):
        collecting.merge(decided.study, path)
    assert decided.study.path.read_bytes() == before


def test_a_stance_under_the_id_of_a_colleagues_is_refused_so_that_nobody_is_kept_from_saying_theirs(decided, tmp_path):
    shutil.copy(decided.study.path, tmp_path / "lead.qcode")
    with Study.open(tmp_path / "lead.qcode") as study:
        study.act_as(decided.lead)
        path = tmp_path / "cy.qcode"
        collecting.hand_out(study, decided.third, path)
        with Study.open(path) as theirs, theirs.transact("Dissent for another", args={}) as session:
            key = decided.decisions[0]
            taken = verdict_print(session.get_one(Decision, key).verdict)
            said = {"decision_id": key, "coder_id": decided.third, "stance": "dissents", "verdict": taken}
            session.add(Assent(id=assent_id(key, decided.lead), **said))
        with pytest.raises(storage.DamagedStudyError):
            collecting.hand_in(study, path)


def test_a_document_with_two_texts_has_no_cases_until_one_is_chosen_and_keeps_its_decisions(decided, tmp_path):
    for name, words in {"here": "Oh. ", "there": "Well. "}.items():
        shutil.copy(decided.study.path, tmp_path / f"{name}.qcode")
        with Study.open(tmp_path / f"{name}.qcode") as study:
            study.act_as(decided.lead)
            before = disagreements(study, state="all")
            text = document_text(study, decided.documents[0])
            said = text.text[text.turns[0].start : text.turns[0].end]
            corrections.correct_turn(study, decided.documents[0], turn=0, text=words + said)
    with Study.open(tmp_path / "here.qcode") as here:
        here.act_as(decided.lead)
        collecting.merge(here, tmp_path / "there.qcode")
        queue = disagreements(here, state="all")
        assert queue.unsettled == ("INT-1",)
        assert queue.rows == tuple(row for row in before.rows if row.document_name == "FG-1")
        assert {row.id for row in decision_rows(here)} == {*decided.decisions}


def test_where_two_decided_apart_is_no_trouble_of_who_has_not_handed_in(decided, copy, tmp_path):
    shutil.copy(decided.study.path, tmp_path / "here.qcode")
    with Study.open(tmp_path / "here.qcode") as here:
        here.act_as(decided.lead)
        row = disagreements(here, state="decided", order="document").rows[-1]
        reconciling.decide(here, row, outcome="later")
        collecting.merge(here, copy / "there.qcode")
        assert {one.trouble.table for one in troubles(here)} == {"decision"}
        here.act_as(decided.other)
        assert troubles(here) == []
