"""What cannot be compared: each reason is a sentence that names coders and documents, and the study stays as it is."""

from __future__ import annotations

import json
import shutil

import pytest
from opened_again import open_again
from small import FIRST, small_study, transcript
from test_commands import refused, run

from qcode.operations import assignments, collecting, corrections, documents, rounds, settling, team
from qcode.queries.agreement.figures import study_agreement
from qcode.queries.agreement.refusals import (
    NobodyHandedInError,
    NoSharedDocumentsError,
    OneCoderError,
    OneNamedError,
    StillBlindError,
    TextsApartError,
)
from qcode.queries.agreement.report import agreement_report
from qcode.queries.collecting.conflicts import troubles
from qcode.reports.agreement import methods
from qcode.study import Study


@pytest.fixture
def made(tmp_path):
    made = small_study(tmp_path / "small.qcode")
    yield made
    made.study.close()


def hand_in(made, coder, *places):
    made.study.act_as(coder)
    chosen = [made.documents[place] for place in places]
    assignments.hand_in_round(made.study, round_id=made.round, documents=chosen)
    made.study.act_as(made.lead)


def refusal(made, kind, **asked):
    """The sentence, which the command line says too; nothing was written."""
    before = made.study.path.read_bytes()
    with pytest.raises(kind) as error:
        study_agreement(made.study, **asked)
    words = [word for name in asked.get("people", ()) for word in ("--coders", name)]
    assert str(error.value) in refused("agreement", made.study.path, *words)
    assert made.study.path.read_bytes() == before
    return str(error.value)


def test_nobody_has_handed_in(made):
    assert refusal(made, NobodyHandedInError) == (
        "No agreement yet in “Round 1”: nobody has handed in a document. Ana Lima and Bo Ek have not handed in FG-1 "
        "and INT-1. Each coder does so with “Hand in…” in the menu Study."
    )


def test_one_coder_has_handed_in_and_those_who_have_not_are_named(made):
    hand_in(made, made.other, 0, 1)
    assert refusal(made, OneCoderError) == (
        "No agreement yet in “Round 1”: only Bo Ek has handed in (FG-1 and INT-1), and agreement is between two. "
        "Ana Lima has not handed in FG-1 and INT-1."
    )


def test_a_study_with_one_coder_has_nobody_to_agree_with(tmp_path):
    with Study.create(tmp_path / "alone.qcode", title="Alone", coder="Ana Lima") as study:
        document = documents.import_document(study, documents.Incoming("INT-1", transcript(FIRST)))
        round_id = rounds.add_round(study, name="Main", everyone=True)
        assignments.hand_in_round(study, round_id=round_id, documents=[document])
        with pytest.raises(
            OneCoderError, match=r"only Ana Lima has handed in \(INT-1.*is the only coder of this study"
        ):
            study_agreement(study)


def test_no_document_is_shared_and_it_is_told_who_has_which(made):
    hand_in(made, made.lead, 0)
    hand_in(made, made.other, 1)
    assert refusal(made, NoSharedDocumentsError) == (
        "No agreement yet in “Round 1”: no document was handed in by two coders. Ana Lima handed in INT-1; Bo Ek "
        "handed in FG-1. Ana Lima has not handed in FG-1; Bo Ek has not handed in INT-1."
    )


def test_one_coder_is_named_for_a_comparison(made):
    hand_in(made, made.lead, 0)
    hand_in(made, made.other, 0)
    assert "only Bo Ek was named" in refusal(made, OneNamedError, people=["bo ek", "Bo Ek"])


def test_what_is_not_handed_in_is_left_out_by_name_and_refused_if_nothing_remains(made):
    third = team.add_coder(made.study, name="Cy Ng")
    for coder in (made.lead, made.other):
        hand_in(made, coder, 0)
    said = "Left out, not handed in yet: Ana Lima FG-1; Bo Ek FG-1; Cy Ng FG-1 and INT-1."
    assert said in methods(agreement_report(made.study, study_agreement(made.study)))
    assert said in run("agreement", made.study.path).stdout.replace("\n", " ")
    made.study.act_as(made.lead)
    open_again(made.study, made.round, made.other, [made.documents[0]])
    hand_in(made, third, 1)
    assert "Bo Ek has not handed in FG-1 and INT-1" in refusal(made, NoSharedDocumentsError)


def test_a_text_corrected_on_two_sides_is_not_compared_until_it_is_settled(made, tmp_path):
    for coder in (made.lead, made.other):
        hand_in(made, coder, 0, 1)
    shutil.copy(made.study.path, tmp_path / "there.qcode")
    with Study.open(tmp_path / "there.qcode") as other:
        other.act_as(made.other)
        corrections.correct_turn(other, made.documents[0], turn=2, text="Afraid of what, then?")
    corrections.correct_turn(made.study, made.documents[0], turn=2, text="Afraid of whom?")
    collecting.merge(made.study, tmp_path / "there.qcode")
    made.study.act_as(made.lead)

    found = study_agreement(made.study)
    assert (found.documents, found.apart) == (("FG-1",), ("INT-1",))
    said = "as it was corrected on two sides: INT-1."
    assert said in methods(agreement_report(made.study, found)).__str__()
    assert said in run("agreement", made.study.path).stdout.replace("\n", " ")
    assert json.loads(run("agreement", made.study.path, "--json").stdout)["two_texts"] == ["INT-1"]

    open_again(made.study, made.round, made.other, [made.documents[1]])
    assert "the text of INT-1 was corrected on two sides" in refusal(made, TextsApartError)

    (row,) = troubles(made.study, words=False)
    settling.settle(made.study, row.trouble, side=0)
    assert study_agreement(made.study).documents == ("INT-1",)


def test_who_went_on_after_colleagues_work_could_be_seen_is_named_and_counted(made):
    made.round = rounds.add_round(made.study, name="Blind", everyone=True, blind=True)
    made.apply("Of the letter.", "Fear")
    hand_in(made, made.lead, 0)
    assert "only Ana Lima has handed in (INT-1)" in refusal(made, OneCoderError)
    made.study.act_as(made.other)
    made.apply("I was afraid.", "Fear")
    hand_in(made, made.other, 0)
    open_again(made.study, made.round, made.other, [made.documents[0]])
    hand_in(made, made.other, 0)
    found = study_agreement(made.study)
    assert (found.documents, found.seen_others) == (("INT-1",), (("INT-1", "Bo Ek"),))
    said = "Counted, though gone on with after colleagues’ codings could be seen: Bo Ek INT-1."
    assert said in methods(agreement_report(made.study, found))
    assert said in run("agreement", made.study.path).stdout.replace("\n", " ")
    told = json.loads(run("agreement", made.study.path, "--json").stdout)
    assert told["seen_others"] == [{"document": "INT-1", "coder": "Bo Ek"}]


def test_in_a_blind_round_ones_own_hand_in_is_asked_for_and_the_documents_are_named(made):
    made.round = rounds.add_round(made.study, name="Blind", everyone=True, blind=True)
    for coder in (made.other, team.add_coder(made.study, name="Cy Ng")):
        hand_in(made, coder, 0)
    made.study.act_as(made.lead)
    with pytest.raises(StillBlindError, match="you have not handed in INT-1 yourself"):
        study_agreement(made.study)
