"""Codings cut and joined, and codings that are alike."""

from __future__ import annotations

import pytest
import small
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qcode.models import Coding
from qcode.operations import assignments, codebook, coding, corrections, merging
from qcode.operations.codebook import Definition
from qcode.operations.extents import CutOutsideError
from qcode.operations.rounds import add_round
from qcode.queries.codings import Looking, codings_of, passages
from qcode.queries.history import history
from qcode.queries.integrity import check

TEXT = small.transcript(small.FIRST).text
LETTER = "Of the letter. Three letters and you are out."


@pytest.fixture
def made(tmp_path):
    study = small.small_study(tmp_path / "small.qcode")
    yield study
    study.study.close()


def fields(made, key):
    with made.study.read() as session:
        row = session.get_one(Coding, key)
        return {column.name: getattr(row, column.name) for column in Coding.__table__.columns if column.name != "head"}


def mine(made, document=0):
    return [row for row in codings_of(made.study, made.documents[document]) if row.mine]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.integers(0, len(TEXT) - 2), length=st.integers(2, 90), at=st.floats(0, 1))
def test_to_split_and_then_to_join_changes_nothing(made, start, length, at):
    end = min(len(TEXT), start + length)
    if not TEXT[start:end].strip():
        return
    passage = coding.Passage(made.documents[0], start, end)
    ids = coding.apply_codes(
        made.study, passage=passage, codes=[made.codes["Wear"]], round_id=made.round, comment="why", certainty="unsure"
    )
    if not ids:
        return
    before = fields(made, ids[0])
    place = before["start"] + round(at * (before["end"] - before["start"]))
    try:
        second = coding.split_coding(made.study, ids[0], at=place)
    except CutOutsideError:
        ahead, behind = TEXT[before["start"] : place], TEXT[place : before["end"]]
        assert not (any(map(str.isalnum, ahead)) and any(map(str.isalnum, behind)))
        coding.remove_codings(made.study, ids)
        return
    parts = [fields(made, ids[0]), fields(made, second)]
    words = [TEXT[part["start"] : part["end"]] for part in parts]
    assert "".join("".join(words).split()) == "".join(TEXT[before["start"] : before["end"]].split())
    assert all(part["comment"] == "why" and part["certainty"] == "unsure" for part in parts)
    assert coding.join_codings(made.study, [ids[0], second]) == ids[0]
    assert fields(made, ids[0]) == before
    assert not fields(made, second)["alive"]
    coding.remove_codings(made.study, ids)


def test_what_was_joined_says_what_any_of_them_said(made):
    (first,) = made.apply("Of the letter.", "Fear", comment="one")
    (second,) = made.apply("Three letters and you are out.", "Fear", comment="two", certainty="unsure")
    (third,) = made.apply("letters and you", "Fear")
    coding.flag_codings(made.study, [third], illustrative=True)
    coding.weigh_codings(made.study, [third], weight=40)
    coding.join_codings(made.study, [second, first, third])
    row = next(row for row in passages(made.study, Looking(ids=[second])))
    assert (row.text, row.coding.comment) == (LETTER, "two\none")
    assert (row.coding.unsure, row.coding.illustrative, row.coding.negative_case) == (True, True, False)
    assert row.coding.weight == 40
    assert {coding.id for coding in mine(made)} == {made.codings[0], made.codings[1], second}


def test_a_joined_coding_is_older_if_one_of_them_is(made):
    (first,) = made.apply("Of the letter.", "Fear")
    codebook.define_code(made.study, made.codes["Fear"], definition=Definition(brief="Sharper."))
    (second,) = made.apply("Three letters and you are out.", "Fear")
    coding.join_codings(made.study, [second, first])
    assert [row.older for row in mine(made) if row.id == second] == [True]


def test_a_coding_of_an_older_text_is_split_where_it_is_now(made):
    (one,) = made.apply(LETTER, "Fear")
    corrections.correct_turn(made.study, made.documents[0], turn=0, text="And what happened that night, then?")
    now = passages(made.study, Looking(ids=[one]))[0].coding
    second = coding.split_coding(made.study, one, at=now.start + len("Of the letter."))
    rows = passages(made.study, Looking(ids=[one, second]))
    assert [row.text for row in rows] == ["Of the letter.", "Three letters and you are out."]
    corrections.correct_turn(made.study, made.documents[0], turn=0, text="What happened?")
    coding.join_codings(made.study, [one, second])
    assert [row.text for row in passages(made.study, Looking(ids=[one]))] == [LETTER]
    assert check(made.study).problems == ()


def test_recoding_onto_a_place_that_has_the_code_leaves_one(made):
    (fear,) = made.apply("Of the letter.", "Fear", comment="one")
    (wear,) = made.apply("Of the letter.", "Wear", comment="two")
    coding.recode(made.study, [fear], code=made.codes["Wear"])
    (row,) = [row for row in mine(made) if row.code == made.codes["Wear"]]
    assert (row.id, row.comment) == (fear, "one\ntwo")
    made.study.undo()
    assert {row.id for row in mine(made)} >= {fear, wear}


def test_what_is_done_to_one_of_several_alike_is_done_to_all(made):
    (fear,) = made.apply("Of the letter.", "Fear", comment="one")
    (calling,) = made.apply("Of the letter.", "Calling", comment="two")
    merging.merge_codes(made.study, [made.codes["Calling"]], into=made.codes["Fear"])
    coding.comment_coding(made.study, fear, comment="both")
    assert [row.comment for row in mine(made) if row.start == made.passage(LETTER).start] == ["both"]
    coding.move_coding(made.study, fear, start=made.passage(LETTER).start, end=made.passage(LETTER).end)
    assert fields(made, calling)["end"] == fields(made, fear)["end"] == made.passage(LETTER).end
    assert fields(made, calling)["code_id"] == made.codes["Calling"]
    second = coding.split_coding(made.study, fear, at=made.passage("Three").start)
    assert len([row for row in mine(made) if row.start >= made.passage(LETTER).start]) == 2
    coding.remove_codings(made.study, [fear, second])
    assert not [row for row in mine(made) if row.start >= made.passage(LETTER).start]


def test_a_passage_with_a_merged_code_has_the_code_it_stands_for(made):
    merging.merge_codes(made.study, [made.codes["Calling"]], into=made.codes["Fear"])
    assert made.apply("I rang them.", "Fear") == []


def test_confirming_makes_codings_as_new_as_the_definition(made):
    codebook.define_code(made.study, made.codes["Fear"], definition=Definition(brief="Sharper."))
    merging.merge_codes(made.study, [made.codes["Calling"]], into=made.codes["Fear"])
    assert [row.older for row in mine(made)] == [True, True]
    coding.confirm_definition(made.study, [row.id for row in mine(made)])
    assert [row.older for row in mine(made)] == [False, False]
    assert fields(made, made.codings[0])["code_id"] == made.codes["Calling"]


def test_what_is_done_to_codings_of_several_rounds_is_undone_together(made):
    made.round = add_round(made.study, name="Second", everyone=True)
    (second,) = made.apply("Of the letter.", "Fear")
    both = [made.codings[0], second]
    before = {key: fields(made, key) for key in both}
    coding.recode(made.study, both, code=made.codes["Wear"])
    assert {fields(made, key)["code_id"] for key in both} == {made.codes["Wear"]}
    made.study.undo()
    assert {key: fields(made, key) for key in both} == before
    made.study.redo()
    assert {fields(made, key)["code_id"] for key in both} == {made.codes["Wear"]}


def test_one_coding_that_cannot_be_changed_leaves_those_of_other_rounds_alone(made):
    made.round = add_round(made.study, name="Second", everyone=True)
    (second,) = made.apply("Of the letter.", "Fear")
    assignments.hand_in_round(made.study, round_id=made.round, documents=[made.documents[0]])
    steps = len(history(made.study))
    with pytest.raises(coding.SomeHandedInError, match=r"^1 of the 2 chosen codings is in .* nothing was changed\."):
        coding.remove_codings(made.study, [made.codings[0], second])
    assert len(history(made.study)) == steps
    assert fields(made, made.codings[0])["alive"]


def test_history_says_which_flag_was_set_and_which_taken_away(made):
    one = made.codings[:1]
    coding.flag_codings(made.study, one, illustrative=True)
    coding.flag_codings(made.study, one, illustrative=False)
    coding.flag_codings(made.study, made.codings[:2], negative_case=True)
    said = [row.label for row in history(made.study)][:3]
    assert [label.split(" as ")[1] for label in said] == ["a negative case", "illustrative", "illustrative"]
    assert [label.split()[0] for label in said] == ["Mark", "No", "Mark"]
