"""Agenda and minutes are made of what one may see, with pseudonyms, and with letters until a case is decided."""

from __future__ import annotations

import pytest
from going_out import blind_study

from qcode.operations import assignments, codebook, coding, documents, participants, reconciling
from qcode.operations.case_codebook import sharpen
from qcode.queries.disagreements.cases import Cases
from qcode.queries.disagreements.papers import agenda_of, minutes_of
from qcode.queries.reports.audit import audit_opening, audit_parts


@pytest.fixture
def made(tmp_path):
    """A blind round of which two of three coders handed in a passage over two turns with other extents."""
    with blind_study(tmp_path / "lead.qcode") as found:
        speaker = documents.speaker_named(found.study, found.documents[0], "P")
        who = documents.add_participant(found.study, pseudonym="Colleen", role="tenant")
        participants.assign_speakers(found.study, {speaker: who})
        short, long = found.passage("Of the letter."), found.passage("Afraid of what?\nOf the letter.")
        for coder, passage in ((found.other, short), (found.lead, long)):
            found.study.act_as(coder)
            how = {"certainty": "unsure", "comment": "or dread?"} if coder == found.lead else {}
            codes = [found.codes["Fear"]]
            coding.apply_codes(found.study, passage=passage, codes=codes, round_id=found.blind, **how)
            assignments.hand_in_round(found.study, round_id=found.blind)
        yield found


def test_an_agenda_says_who_speaks_and_hides_who_coded(made):
    rows = Cases.of(made.study, made.blind).queue().rows
    agenda = agenda_of(made.study, rows)
    (case,) = agenda.cases
    assert (agenda.round, case.codes, case.kind) == ("Blind", ("Fear",), "one code, different extents")
    assert case.extract.attribution == "Colleen"  # nobody else is a tenant
    assert case.extract.lines == (("Interviewer", "Afraid of what?"), ("Colleen", "Of the letter."))
    assert (case.extract.before, case.extract.after) == ("", " Three letters and you are out. My sister said: go.")
    assert {side.coder for side in case.sides} == {"Coder A", "Coder B"}
    (whole,) = [side.marks[0] for side in case.sides if not side.marks[0].text]
    assert (whole.unsure, whole.comment) == (True, "or dread?")
    assert [row.path for row in agenda.codes] == [("Scene", "Fear")]
    named = agenda_of(made.study, rows, named=True)
    assert [side.coder for side in named.cases[0].sides] == ["Ana Lima", "Bo Ek"]
    reconciling.decide(made.study, rows[0], outcome="meeting", note="Listen again.")
    (put_off,) = agenda_of(made.study, Cases.of(made.study, made.blind).queue().rows).cases
    assert put_off.asked == "for the meeting, by Ana Lima: Listen again."


def test_the_audit_pack_has_minutes_of_a_round_once_something_is_settled(made):
    def minutes():
        return [part.name for part in audit_parts(made.study) if part.name.startswith("decisions-")]

    (row,) = Cases.of(made.study, made.blind).queue().rows
    reconciling.decide(made.study, row, outcome="meeting", note="Listen again.")
    assert minutes() == []
    (row,) = Cases.of(made.study, made.blind).queue().rows
    reconciling.decide(made.study, row, outcome="none", reason="genuine ambiguity")
    assert len(minutes()) == 1


def test_the_audit_pack_says_that_what_was_removed_is_counted(made):
    counted = "with 2 documents and 6 codings, counting what was removed."
    assert counted in audit_opening(made.study)[1]
    documents.remove_document(made.study, made.documents[0])
    assert counted in audit_opening(made.study)[1]


def test_minutes_tell_what_was_decided_and_whoever_codes_blind_is_told_nothing(made):
    (row,) = Cases.of(made.study, made.blind).queue().rows
    sharper = codebook.Definition(brief="Said in words.")
    sharpen(made.study, row, code=made.codes["Fear"], definition=sharper, reason="It was vague.")
    (row,) = Cases.of(made.study, made.blind).queue().rows
    key = reconciling.decide(made.study, row, outcome="none", reason="genuine ambiguity", present=[made.other])
    reconciling.say(made.study, key, coder=made.other, stance="dissents", note="I hear fear.")
    minutes = minutes_of(made.study, made.blind)
    (one,) = minutes.decisions
    assert (minutes.round, minutes.open, minutes.unanimous) == ("Blind", 0, 0)
    assert (one.outcome, one.told, one.kept, one.reason) == ("none", "nothing is kept", (), "genuine ambiguity")
    assert (one.by, one.present, one.on is not None) == ("Ana Lima", ("Bo Ek",), True)
    assert [(voice.coder, voice.stance, voice.note) for voice in one.dissent] == [("Bo Ek", "dissents", "I hear fear.")]
    assert one.led_to == ("“Fear” was defined anew, version 2: It was vague.",)
    assert [(side.coder, [mark.text for mark in side.marks]) for side in one.sides] == [
        ("Ana Lima", [""]),
        ("Bo Ek", ["Of the letter."]),
    ]
    made.study.act_as(made.third)
    assert minutes_of(made.study, made.blind).decisions == ()
    assert agenda_of(made.study, Cases.of(made.study, made.blind).queue(state="all").rows).cases == ()


def test_what_changed_since_is_said_in_the_minutes(made):
    (row,) = Cases.of(made.study, made.blind).queue().rows
    reconciling.decide(made.study, row, outcome="union")
    assert not minutes_of(made.study, made.blind).decisions[0].changed
    where = {"round_id": made.blind, "coder": made.other, "documents": made.documents}
    assignments.reopen(made.study, **where, reason="Look again.")
    made.study.act_as(made.other)
    (mark,) = [mark for mark in row.marks if mark.coder == made.other]
    coding.move_coding(made.study, mark.coding, start=mark.start, end=mark.end + len(" Three letters"))
    assignments.hand_in_round(made.study, round_id=made.blind)
    made.study.act_as(made.lead)
    assert minutes_of(made.study, made.blind).decisions[0].changed
