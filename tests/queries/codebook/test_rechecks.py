"""What deleting takes along, and what is left to look at after a code changed, as far as one may know."""

from __future__ import annotations

import pytest
import small

from qcode.operations import assignments, code_sets, codebook, coding, memos, merging
from qcode.operations.codebook import Definition
from qcode.operations.rounds import add_round
from qcode.queries.codebook.deletion import deletion_effect
from qcode.queries.codebook.rechecks import rechecks, split_off, waiting, walk
from qcode.queries.codebook.tree import codebook as list_codes
from qcode.queries.codebook.tree import definitions

LETTER = "Of the letter."


@pytest.fixture
def made(tmp_path):
    study = small.small_study(tmp_path / "small.qcode")
    yield study
    study.study.close()


def go_blind(made):
    """Begin a blind round of the first document in which both coders use “Fear” once."""
    made.round = add_round(made.study, name="Blind", blind=True)
    assignments.assign(made.study, round_id=made.round, documents=made.documents[:1], coders=[made.lead, made.other])
    made.study.act_as(made.other)
    made.theirs = made.apply(LETTER, "Fear")
    made.study.act_as(made.lead)
    made.apply(LETTER, "Fear")


def test_deleting_tells_of_whom_and_where_codings_would_go(made):
    merging.merge_codes(made.study, [made.codes["Wear"]], into=made.codes["Calling"])
    code_sets.add_set(made.study, name="Night", codes=[made.codes["Calling"]])
    memos.write_memo(made.study, title="On scenes", about=[memos.Target("code", made.codes["Scene"])])
    effect = deletion_effect(made.study, [made.codes["Scene"]])
    assert effect.codes == (("Scene",), ("Scene", "Calling"), ("Scene", "Fear"))
    assert effect.merged == ("Wear",)
    assert [(row.coder_name, row.document_name, row.count) for row in effect.affected] == [
        ("Ana Lima", "INT-1", 2),
        ("Bo Ek", "INT-1", 1),
        ("Ana Lima", "FG-1", 1),
    ]
    assert (effect.codings, effect.themes, effect.sets, effect.memos) == (4, ("Boots",), ("Night",), 1)
    assert not effect.may_be_more
    assert effect.sentence == (
        "“Scene” with 2 codes below has 4 codings by 2 coders in 2 documents. Undo brings everything back."
    )


def test_what_a_code_was_split_into_is_known_to_everybody_wherever_it_stands_now(made):
    fear, study = made.codes["Fear"], made.study
    one, two = merging.split_code(study, fear, names=["Dread", "Worry"])
    codebook.move_code(study, one, parent=None)
    study.act_as(made.other)
    assert set(split_off(study, fear)) == {one, two}
    assert split_off(study, made.codes["Wear"]) == []
    merging.merge_codes(study, [two], into=made.codes["Wear"])
    assert set(split_off(study, fear)) == {one, made.codes["Wear"]}
    codebook.delete_code(study, one)
    assert split_off(study, fear) == [made.codes["Wear"]]
    study.undo()
    study.undo()
    study.act_as(made.lead)
    study.undo()
    study.undo()
    assert split_off(study, fear) == []


def test_deleting_an_unused_code_says_so(made):
    unused = codebook.add_code(made.study, name="Unused")
    assert deletion_effect(made.study, [unused]).sentence == "“Unused” has no codings. Undo brings everything back."


def test_a_code_beside_one_of_the_same_first_names_is_not_taken_along(made):
    other = codebook.add_code(made.study, name="Scenery")
    assert deletion_effect(made.study, [made.codes["Scene"]]).codes[-1] == ("Scene", "Fear")
    assert deletion_effect(made.study, [other]).codes == (("Scenery",),)


def test_deleting_does_not_tell_what_colleagues_did_in_a_blind_round(made):
    go_blind(made)
    blind = deletion_effect(made.study, [made.codes["Fear"]])
    assert {row.coder_name for row in blind.affected} == {"Ana Lima"}
    assert (blind.codings, blind.may_be_more) == (2, True)
    made.study.act_as(made.other)
    coding.remove_codings(made.study, made.theirs)
    made.study.act_as(made.lead)
    assert deletion_effect(made.study, [made.codes["Fear"]]) == blind
    made.study.act_as(made.other)
    made.study.undo()
    made.study.act_as(made.lead)
    assignments.hand_in_round(made.study, round_id=made.round, documents=[made.documents[0]])
    assert deletion_effect(made.study, [made.codes["Fear"]]).codings == 3


def test_a_split_leaves_every_coding_to_be_looked_at(made):
    worry, dread = merging.split_code(made.study, made.codes["Calling"], names=["Ringing", "Shouting"])
    paths = [row.path for row in list_codes(made.study)]
    assert paths[1:4] == [("Scene", "Calling"), ("Scene", "Ringing"), ("Scene", "Shouting")]
    assert definitions(made.study, made.codes["Calling"])[0].reason == (
        "Split: “Ringing”, “Shouting” are codes of their own."
    )
    found = walk(made.study, made.codes["Calling"])
    assert [row.text for row in found.mine] == ["I rang them."]
    assert [row.coding.coder_name for row in found.others] == ["Bo Ek"]
    assert waiting(made.study) == 1
    assert [(row.path, row.mine, row.others) for row in rechecks(made.study)] == [
        (("Scene", "Calling"), 1, (("Bo Ek", 1),))
    ]
    assert worry != dread


@pytest.mark.parametrize("how", ["recoded", "confirmed"])
def test_a_passage_that_was_recoded_or_confirmed_is_dealt_with(made, how):
    (ringing,) = merging.split_code(made.study, made.codes["Calling"], names=["Ringing"])
    mine = [row.coding.id for row in walk(made.study, made.codes["Calling"]).mine]
    if how == "recoded":
        coding.recode(made.study, mine, code=ringing)
    else:
        coding.confirm_definition(made.study, mine)
    found = walk(made.study, made.codes["Calling"])
    assert found.mine == ()
    assert len(found.others) == 1
    assert [(row.mine, row.others) for row in rechecks(made.study)] == [(0, (("Bo Ek", 1),))]


def test_what_is_handed_in_waits_until_it_is_taken_back(made):
    codebook.define_code(made.study, made.codes["Fear"], definition=Definition(brief="Sharper."))
    assignments.hand_in_round(made.study, round_id=made.round, documents=[made.documents[0]])
    found = walk(made.study, made.codes["Fear"])
    assert (found.mine, [row.text for row in found.handed_in]) == ((), ["I was afraid."])
    assert [(row.mine, row.handed_in) for row in rechecks(made.study)] == [(0, 1)]
    assert waiting(made.study) == 0
    with pytest.raises(coding.HandedInError):
        coding.confirm_definition(made.study, [found.handed_in[0].coding.id])


def test_what_is_to_recheck_does_not_tell_what_colleagues_did_in_a_blind_round(made):
    go_blind(made)
    codebook.define_code(made.study, made.codes["Fear"], definition=Definition(brief="Sharper."))
    found = walk(made.study, made.codes["Fear"])
    assert (len(found.mine), found.others, found.may_be_more) == (2, (), True)
    assert [(row.mine, row.others) for row in rechecks(made.study)] == [(2, ())]
