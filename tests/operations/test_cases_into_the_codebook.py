"""What a case leads to in the codebook keeps its reason and its link, and older codings are looked at again."""

from __future__ import annotations

import judged
import pytest
from small import FIRST, small_study, transcript

from qcode.models import Code, CodeVersion, Decision
from qcode.operations import case_codebook, case_refusals, codebook, reconciling
from qcode.operations.leading import LeadOnlyError
from qcode.queries.codebook import definition
from qcode.queries.regions import regions_of
from qcode.queries.team import rounds


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
