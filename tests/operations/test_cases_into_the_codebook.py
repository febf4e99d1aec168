"""What a case leads to in the codebook keeps its reason and its link, and older codings are looked at again."""

from __future__ import annotations

import judged
import pytest
from going_out import blind_study, handed_out
from small import FIRST, small_study, transcript

from qcode.models import Code, CodeVersion, Decision
from qcode.operations import assignments, case_codebook, case_refusals, codebook, coding, reconciling
from qcode.operations.leading import LeadOnlyError
from qcode.queries.codebook.tree import definition
from qcode.queries.disagreements.cases import Cases
from qcode.queries.history import history
from qcode.queries.rounds.regions import regions_of
from qcode.queries.team import rounds
from qcode.study import Study


@pytest.fixture
def made(tmp_path):
    found = small_study(tmp_path / "small.qcode")
    with found.study:
        yield found


def led_to(study):
    """What came of the one decision there is, and its outcome."""
    with study.read() as session:
        (row,) = session.query(Decision).where(Decision.alive).all()
        return row.led_to, row.verdict["outcome"]


def test_what_a_case_changes_in_the_codebook_is_linked_to_it_and_an_open_case_stays_open(made):
    boundary, different, _alike = judged.disagree(made)
    fear = made.codes["Fear"]
    sharper = codebook.Definition(brief="Said in words.")
    version = case_codebook.sharpen(made.study, boundary, code=fear, definition=sharper, reason=" Worry is not it. ")
    assert led_to(made.study) == ([["code_version", version]], "later")
    with made.study.read() as session:
        assert session.get_one(CodeVersion, version).reason == "Worry is not it."
    with pytest.raises(case_codebook.SameDefinitionError, match="“Fear” reads like that already"):
        case_codebook.sharpen(made.study, boundary, code=fear, definition=sharper)
    decided = judged.case_of(made, judged.LONG, "boundary", "Fear")
    key = reconciling.decide(made.study, decided, outcome="union")
    known = judged.case_of(made, judged.LONG, "boundary", "Fear", decision=key)
    example = case_codebook.add_example(made.study, known, code=fear)
    assert led_to(made.study) == ([["code_version", version], ["code_version", example]], "union")
    assert definition(made.study, fear).typical_example == judged.LONG
    with pytest.raises(case_codebook.KnownExampleError, match="“Fear” already"):
        case_codebook.add_example(made.study, known, code=fear)
    names = ["Dread", "Worry"]
    split = case_codebook.split_from(made.study, known, fear, names=names, reason="Two things.")
    assert [["code", one] for one in split] == led_to(made.study)[0][-2:]
    codes = [made.codes["Calling"]]
    case_codebook.merge_from(made.study, known, codes, into=made.codes["Wear"], reason="One thing.")
    with made.study.read() as session:
        row = session.get_one(Code, made.codes["Calling"])
        assert (row.merged_into_id, row.answer) == (made.codes["Wear"], "One thing.")
    assert led_to(made.study)[0][-1] == ["code", made.codes["Calling"]]
    before = Cases.of(made.study, made.round)
    codebook.rename_code(made.study, made.codes["Calling"], name="Ringing")
    after = Cases.of(made.study, made.round, before=before)
    assert after.decisions[0].led_to[-1].startswith("“Ringing” was merged into"), "what was read before is told anew"
    with pytest.raises(case_refusals.CaseGoneError):
        case_codebook.add_example(made.study, different, code=fear)
    made.study.act_as(made.other)
    with pytest.raises(LeadOnlyError, match="Ana Lima"):
        case_codebook.sharpen(made.study, known, code=fear, definition=codebook.Definition())


def test_what_was_coded_under_an_older_definition_becomes_a_round_of_the_turns_around_it(made):
    fear = made.codes["Fear"]
    codebook.define_code(made.study, fear, definition=codebook.Definition(brief="Sharper."))
    with pytest.raises(case_codebook.NothingToRecheckError, match="handed in"):
        case_codebook.recheck_round(made.study, fear)
    judged.hand_in(made)
    key = case_codebook.recheck_round(made.study, fear)
    (row,) = [one for one in rounds(made.study) if one.id == key]
    assert (row.name, row.purpose, row.blind) == ("Check Fear again", "recheck", True)
    turn = transcript(FIRST).turns[1]  # the one older coding of Fear is in the second turn
    for coder in (made.lead, made.other):
        (part,) = regions_of(made.study, made.documents[0], key, coder).parts
        assert (part.start, part.end) == (turn.start, turn.end)
    assert not regions_of(made.study, made.documents[1], key).parts
    again = case_codebook.recheck_round(made.study, fear, blind=False)
    assert [one.name for one in rounds(made.study) if one.id == again] == ["Check Fear again 2"]
    made.study.act_as(made.other)
    with pytest.raises(LeadOnlyError, match="Ana Lima"):
        case_codebook.recheck_round(made.study, fear)


def test_who_codes_the_text_blind_is_given_the_sharper_definition_and_nothing_of_the_case(tmp_path):
    with blind_study(tmp_path / "lead.qcode") as made:
        for coder, words in ((made.other, judged.SHORT), (made.lead, judged.LONG)):
            made.study.act_as(coder)
            passage, codes = made.passage(words), [made.codes["Fear"]]
            coding.apply_codes(made.study, passage=passage, codes=codes, round_id=made.blind)
            assignments.hand_in_round(made.study, round_id=made.blind)
        (case,) = Cases.of(made.study, made.blind).queue().rows
        sharper = codebook.Definition(brief="Said in words.")
        case_codebook.sharpen(made.study, case, code=made.codes["Fear"], definition=sharper, reason="It was vague.")
        (case,) = Cases.of(made.study, made.blind).queue().rows
        assert case.decision.led_to == ("“Fear” was defined anew, version 2: It was vague.",)
        path = handed_out(made, coder=made.third)
        with Study.open(path) as theirs:
            assert definition(theirs, made.codes["Fear"]).brief == "Said in words."
            with theirs.read() as session:
                assert session.query(Decision).all() == []
        raw = path.read_bytes()
        for told in (case.decision.id, *(mark.coding for mark in case.marks)):
            assert told.encode() not in raw
        with Study.open(path) as theirs:
            assert [row.place for row in history(theirs) if row.label == "Define code Fear"] == [None]
