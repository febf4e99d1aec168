"""Cases are decided by the lead, taken back exactly, refused with a sentence, and settled where two leads differ."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import replace

import judged
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small import small_study

from qcode.models import Assent, Decision
from qcode.models.copies import LeadsAloneError
from qcode.models.reconciling import assent_id
from qcode.models.settling import DecisionSettledByLeadError
from qcode.operations import (
    assignments,
    case_refusals,
    codebook,
    collecting,
    corrections,
    merging,
    reconciling,
    rounds,
    settling,
)
from qcode.operations.leading import LeadOnlyError
from qcode.operations.lookup import GoneError
from qcode.operations.passages import OutsideTextError
from qcode.queries.collecting.conflicts import troubles
from qcode.queries.disagreements.cases import decision_rows
from qcode.queries.history import history
from qcode.queries.integrity import check
from qcode.reconciliation import OUTCOMES, verdicts
from qcode.study import Study


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory):
    """The small study, of which both coders handed in everything, and its three cases."""
    made = small_study(tmp_path_factory.mktemp("decided") / "here.qcode")
    with made.study:
        yield made, judged.disagree(made)


@pytest.fixture
def copied(handed_in, tmp_path):
    """A copy of it for one test."""
    made, cases = handed_in
    shutil.copy(made.study.path, tmp_path / "here.qcode")
    with Study.open(tmp_path / "here.qcode") as study:
        study.act_as(made.lead)
        yield replace(made, study=study), cases


def stances(made):
    """How coders take the decisions that stand."""
    return [one.stance for row in decision_rows(made.study, made.round) for one in row.stances]


def decision(study, key):
    with study.read() as session:
        return session.get_one(Decision, key)


def test_a_decision_keeps_its_evidence_its_verdict_and_why(copied):
    made, (boundary, different, _alike) = copied
    fear, short = made.codes["Fear"], made.passage(judged.SHORT)
    before = judged.standing(made.study)
    key = reconciling.decide(
        made.study,
        boundary,
        outcome="accept",
        coder=made.other,
        reason="boundary rule",
        note=" Half is enough. ",
        present=[made.lead, made.other, made.lead],
    )
    row = decision(made.study, key)
    assert row.verdict == {"outcome": "accept", "coder": made.other, "kept": [[fear, short.start, short.end]]}
    assert [one[0] for one in row.evidence] == [mark.coding for mark in boundary.marks]
    assert (row.reason, row.note, row.present) == ("boundary rule", "Half is enough.", [made.lead, made.other])
    assert history(made.study)[0].label == "Decide Fear in INT-1: as Bo Ek has it"
    assert judged.standing(made.study).keys() - before.keys() == {key}, "no coding is written"
    reconciling.say(made.study, key, coder=made.other, stance="dissents", note="I hear two.")
    again = reconciling.decide(made.study, boundary, outcome="accept", coder=made.other, reason="slip")
    assert again == key
    assert stances(made) == ["dissents"], "the verdict is the same, and so is the stance"
    reconciling.decide(made.study, boundary, outcome="union")
    assert stances(made) == [], "another verdict is taken anew"
    made.study.undo()
    assert stances(made) == ["dissents"]
    reconciling.decide(made.study, different, outcome="other", code=made.codes["Fear"])
    assert history(made.study)[0].label == "Decide Calling / Wear in INT-1: another code"
    assert check(made.study).problems == ()


def test_many_are_decided_in_one_step_and_only_those_that_it_fits(copied):
    made, cases = copied
    assert [case.kind for case, _kept in reconciling.preview_alike(cases, "union")] == ["boundary"]
    assert reconciling.preview_alike(cases, "accept") == ()
    assert reconciling.rule_cases(cases, words=5) == (cases[0],)
    assert reconciling.rule_cases(cases, words=4) == ()
    assert len(reconciling.decide_alike(made.study, cases, outcome="none", reason="slip")) == 2
    assert history(made.study)[0].label == "Decide 2 cases: nothing"
    codebook.retire_code(made.study, made.codes["Wear"])
    assert reconciling.accept_unanimous(made.study, cases) == 1, "it was applied while it was in use"
    known = replace(cases[2], decision=judged.Known("known"))
    assert reconciling.accept_unanimous(made.study, [known]) == 0
    with pytest.raises(case_refusals.NothingDecidedError):
        reconciling.decide_alike(made.study, cases[1:], outcome="intersection")


DEEDS = st.lists(
    st.tuples(st.sampled_from(["alone", "alike", "unanimous", "say", "withdraw"]), st.sampled_from(OUTCOMES)),
    min_size=1,
    max_size=6,
)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=DEEDS)
def test_undo_of_any_decision_single_or_bulk_restores_exactly(copied, deeds):
    made, cases = copied
    first = reconciling.decide(made.study, cases[0], outcome="union", present=[made.other])
    past = []
    for deed, outcome in deeds:
        before = judged.standing(made.study)
        past += [before] if do(made, cases, first, deed, outcome) else []
    for state in reversed(past):
        made.study.undo()
        assert judged.standing(made.study) == state
    made.study.undo()


def do(made, cases, first, deed, outcome):
    """Do something about the cases, and say whether that made a step."""
    before = history(made.study, latest=1)[0].id
    try:
        if deed == "alone":
            given_by_hand = {"coder": made.other, "code": made.codes["Fear"], "kept": [(cases[1].codes[0], 90, 105)]}
            reconciling.decide(made.study, cases[1], outcome=outcome, **given_by_hand)
        elif deed == "alike":
            reconciling.decide_alike(made.study, cases, outcome=outcome, note="all")
        elif deed == "unanimous":
            reconciling.accept_unanimous(made.study, cases)
        elif deed == "say":
            reconciling.say(made.study, first, coder=made.other, stance="accepts", note=outcome)
        else:
            reconciling.withdraw(made.study, first)
    except (verdicts.OutcomeMisfitError, case_refusals.NothingDecidedError, case_refusals.NotThereError, GoneError):
        pass
    return history(made.study, latest=1)[0].id != before


@contextmanager
def refused(made, error, match):
    before = judged.standing(made.study)
    with pytest.raises(error, match=match):
        yield
    assert judged.standing(made.study) == before


def test_what_cannot_be_decided_is_refused_with_a_sentence_and_nothing_changes(copied):
    made, (boundary, different, alike) = copied
    fear, long = made.codes["Fear"], made.passage(judged.LONG)
    wrong = [
        (boundary, {"outcome": "all"}, verdicts.OutcomeMisfitError, "Only one code"),
        (different, {"outcome": "union"}, verdicts.OutcomeMisfitError, "No two coders put one code"),
        (alike, {"outcome": "none"}, verdicts.UnanimousCaseError, "stands as it is"),
        (boundary, {"outcome": "accept", "coder": "somebody"}, verdicts.LaneMissingError, "coders of this case"),
        (boundary, {"outcome": "range"}, verdicts.RangeMissingError, "Set the range"),
        (boundary, {"outcome": "range", "kept": [(fear, 0, 4)]}, verdicts.RangeElsewhereError, "none of the text"),
        (boundary, {"outcome": "range", "kept": [(fear, long.start, 9_999)]}, OutsideTextError, "outside “INT-1”"),
        (boundary, {"outcome": "other"}, verdicts.OtherCodeMissingError, "Choose the code"),
        (boundary, {"outcome": "majority"}, verdicts.UnknownOutcomeError, "Use one of: accept"),
        (boundary, {"outcome": "other", "code": made.codes["Scene"]}, case_refusals.NotToKeepError, "a category"),
        (boundary, {"outcome": "union", "reason": "tired"}, case_refusals.UnknownReasonError, "Use one of: definition"),
        (boundary, {"outcome": "union", "present": ["somebody"]}, GoneError, "coder is no longer"),
    ]
    for case, how, error, match in wrong:
        with refused(made, error, match):
            reconciling.decide(made.study, case, **how)
    gone = boundary.marks[0]._replace(start=boundary.marks[0].start + 1)
    with refused(made, case_refusals.CaseGoneError, "INT-1"):
        reconciling.decide(made.study, replace(boundary, marks=(gone, boundary.marks[1])), outcome="none")
    codebook.retire_code(made.study, fear)
    with refused(made, case_refusals.NotToKeepError, "“Fear” is no longer in use"):
        reconciling.decide(made.study, boundary, outcome="union")
    reconciling.decide(made.study, boundary, outcome="none")
    merging.merge_codes(made.study, [made.codes["Wear"]], into=made.codes["Calling"])
    with refused(made, case_refusals.CaseGoneError, "have changed"):
        reconciling.decide(made.study, different, outcome="all")


def test_only_the_lead_decides_and_everybody_speaks_for_themselves(copied):
    made, (boundary, *_others) = copied
    key = reconciling.decide(made.study, boundary, outcome="union", present=[made.lead])
    with refused(made, case_refusals.NotThereError, "Bo Ek was not there"):
        reconciling.say(made.study, key, coder=made.other, stance="accepts")
    with refused(made, case_refusals.UnknownStanceError, "persuaded, accepts, dissents"):
        reconciling.say(made.study, key, coder=made.lead, stance="shrugs")
    made.study.act_as(made.other)
    with refused(made, LeadOnlyError, "Ana Lima"):
        reconciling.decide(made.study, boundary, outcome="none")
    with refused(made, LeadOnlyError, "Ana Lima"):
        reconciling.withdraw(made.study, key)
    with refused(made, LeadOnlyError, "Ana Lima"):
        reconciling.say(made.study, key, coder=made.lead, stance="accepts")
    reconciling.say(made.study, key, coder=made.other, stance="persuaded")
    reconciling.say(made.study, key, coder=made.other, stance="")
    assert assent_id(key, made.other) not in judged.standing(made.study)
    made.study.act_as(made.lead)
    reconciling.decide(made.study, boundary, outcome="later")
    with refused(made, case_refusals.NothingDecidedError, "Nothing is decided"):
        reconciling.say(made.study, key, coder=made.lead, stance="accepts")


def test_nothing_is_decided_before_the_hand_in_while_sealed_or_on_two_texts(copied, tmp_path):
    made, (boundary, *_others) = copied
    shutil.copy(made.study.path, tmp_path / "there.qcode")
    where = {"round_id": made.round, "coder": made.other, "documents": made.documents[:1]}
    assignments.reopen(made.study, **where, reason="Page 2.")
    with refused(made, case_refusals.NotYetHandedInError, "Bo Ek has not handed in “INT-1”"):
        reconciling.decide(made.study, boundary, outcome="union")
    made.study.undo()
    assignments.reopen(made.study, round_id=made.round, coder=made.lead, documents=made.documents, reason="Mine.")
    rounds.change_round(made.study, made.round, blind=True)
    with refused(made, case_refusals.SealedCaseError, "sealed"):
        reconciling.decide(made.study, boundary, outcome="union")
    made.study.undo()
    made.study.undo()
    with Study.open(tmp_path / "there.qcode") as there:
        for study, word in ((made.study, "hem"), (there, "him")):
            corrections.correct_turn(study, made.documents[0], turn=1, text=f"I rang {word}. They came at once.")
    collecting.merge(made.study, tmp_path / "there.qcode")
    with refused(made, case_refusals.TwoTextsError, "“INT-1” was corrected in two copies"):
        reconciling.decide(made.study, boundary, outcome="union")


def test_two_leads_who_decide_the_same_case_apart_are_one_conflict_that_a_lead_settles(copied, tmp_path):
    made, (boundary, *_others) = copied
    shutil.copy(made.study.path, tmp_path / "there.qcode")
    here = reconciling.decide(made.study, boundary, outcome="union", reason="boundary rule", note="Wide.")
    with Study.open(tmp_path / "there.qcode") as there:
        assert reconciling.decide(there, boundary, outcome="none", reason="slip", present=[made.other]) == here
        reconciling.say(there, here, coder=made.other, stance="accepts")
        collecting.merge(made.study, there.path)
    (row,) = troubles(made.study)
    assert row.what == "Decision “Fear in INT-1”: what was decided"
    said = {side.says for side in row.sides}
    assert said == {f"union: Fear on “{judged.LONG}”", "nothing: nothing is kept"}
    made.study.act_as(made.other)
    with refused(made, DecisionSettledByLeadError, "the lead's"):
        settling.settle(made.study, row.trouble, side=0)
    made.study.act_as(made.lead)
    for number, side in enumerate(row.sides):
        settling.settle(made.study, row.trouble, side=number)
        found = decision(made.study, here)
        assert (found.reason, found.note) == (("slip", "") if "nothing" in side.says else ("boundary rule", "Wide."))
        assert troubles(made.study) == []
        assert stances(made) == ([] if "union" in side.says else ["accepts"]), "a stance goes with its verdict"
        made.study.undo()
    assert check(made.study).problems == ()


@pytest.mark.parametrize("what", ["a decision", "a verdict", "a stance of the lead's"])
def test_a_coders_file_decides_nothing(copied, tmp_path, what):
    made, (boundary, different, _alike) = copied
    key = reconciling.decide(made.study, boundary, outcome="union", present=[made.other])
    shutil.copy(made.study.path, tmp_path / "theirs.qcode")
    with Study.open(tmp_path / "theirs.qcode") as theirs:
        other = reconciling.decide(theirs, different, outcome="all")
        theirs.undo()
        theirs.act_as(made.other)
        reconciling.say(theirs, key, coder=made.other, stance="dissents", note="No.")
        collecting.merge(made.study, theirs.path)
        with theirs.transact("Forge") as session:
            if what == "a stance of the lead's":
                whose = {"decision_id": key, "coder_id": made.lead, "stance": "accepts", "verdict": ""}
                session.add(Assent(id=assent_id(key, made.lead), **whose))
            else:
                session.get_one(Decision, {"a decision": other, "a verdict": key}[what]).alive = what == "a decision"
    before = judged.standing(made.study)
    assert before[assent_id(key, made.other)]["stance"] == "dissents"
    with pytest.raises(LeadsAloneError, match="Bo Ek"):
        collecting.merge(made.study, tmp_path / "theirs.qcode")
    assert judged.standing(made.study) == before
