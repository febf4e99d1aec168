"""What a search found is coded in one step, marked so, and counts only when somebody confirms it."""

from __future__ import annotations

import pytest
import small
from opened_again import open_again

from qcode.operations import assignments, coding, corrections, documents
from qcode.operations.codebook import add_code
from qcode.operations.merging import merge_codes
from qcode.operations.passages import NothingSelectedError, OutsideTextError, Passage
from qcode.queries.agreement.figures import study_agreement
from qcode.queries.codings import Looking, codings
from qcode.queries.history import history
from qcode.queries.search.searching import Query, search


@pytest.fixture
def made(tmp_path):
    study = small.small_study(tmp_path / "small.qcode")
    yield study
    study.study.close()


def found(made, words):
    return [Passage(hit.place.document, hit.start, hit.end) for hit in search(made.study, Query(words)).hits]


def code_all(made, words, name="Fear"):
    return coding.code_hits(made.study, passages=found(made, words), code=made.codes[name], round_id=made.round)


def shown(made, **looking):
    return [(row.name, row.start, row.end, row.by_search) for row in codings(made.study, Looking(**looking))]


def hand_in(made):
    for coder in (made.lead, made.other):
        made.study.act_as(coder)
        assignments.hand_in_round(made.study, round_id=made.round, documents=[made.documents[0]])
    made.study.act_as(made.lead)


def test_all_hits_are_coded_in_one_step_that_undo_takes_back(made):
    before, steps = shown(made), []
    made.study.subscribe(steps.append)
    ids = code_all(made, "letter* OR afraid OR wears")
    assert len(ids) == 5
    assert [step.origin for step in steps] == ["done"]
    assert steps[0].documents == set(made.documents)
    assert history(made.study)[0].label == "Code 5 hits with Fear"
    rows = {row.id: row for row in codings(made.study, Looking())}
    assert all(rows[coding_id].by_search and rows[coding_id].mine for coding_id in ids)
    assert [row.by_search for row in rows.values()].count(True) == 5
    made.study.undo()
    assert shown(made) == before


def test_what_is_coded_so_already_is_not_coded_twice(made):
    assert len(code_all(made, "letter*")) == 2
    assert code_all(made, "letter*") == []
    assert len(code_all(made, "letter* OR afraid")) == 2
    twice = found(made, "wears") * 2
    assert len(coding.code_hits(made.study, passages=twice, code=made.codes["Wear"], round_id=made.round)) == 1


def test_a_place_counts_as_coded_after_a_correction_and_under_a_merged_code(made):
    code_all(made, "sister")
    corrections.correct_turn(made.study, made.documents[0], turn=1, text="Rang them. I was afraid. Four of them came.")
    assert code_all(made, "sister") == []
    joined = add_code(made.study, name="Dread")
    merge_codes(made.study, [made.codes["Fear"]], into=joined)
    again = coding.code_hits(made.study, passages=found(made, "sister"), code=joined, round_id=made.round)
    assert again == []


def test_spaces_are_passed_over_and_what_lies_outside_is_refused(made):
    body = small.transcript(small.FIRST).text
    spaces = [Passage(made.documents[0], body.index(" "), body.index(" ") + 1), Passage(made.documents[0], 3, 3)]
    (one,) = coding.code_hits(
        made.study, passages=[*spaces, *found(made, "sister")], code=made.codes["Fear"], round_id=made.round
    )
    assert shown(made, ids=[one])[0][3]
    beyond = [Passage(made.documents[0], 5, len(body) + 1)]
    with pytest.raises(OutsideTextError):
        coding.code_hits(made.study, passages=beyond, code=made.codes["Fear"], round_id=made.round)
    with pytest.raises(NothingSelectedError):
        coding.code_hits(made.study, passages=[], code=made.codes["Fear"], round_id=made.round)


def test_nothing_is_coded_where_one_of_the_documents_is_handed_in_or_the_code_is_none(made):
    before = shown(made)
    assignments.hand_in_round(made.study, round_id=made.round, documents=[made.documents[1]])
    with pytest.raises(coding.HandedInError, match="FG-1"):
        code_all(made, "letter* OR wears")
    with pytest.raises(coding.NotCodableError):
        code_all(made, "letter*", "Scene")
    assert shown(made) == before


def test_confirming_makes_a_coding_count_like_one_made_by_hand(made):
    first, second = code_all(made, "letter*")
    assert len(shown(made, by_search=True)) == 2
    coding.confirm_codings(made.study, [first])
    assert [row.id for row in codings(made.study, Looking(by_search=True))] == [second]
    assert len(shown(made, by_search=False)) == 5
    assert history(made.study)[0].label == "Confirm Fear where a search put it"
    made.study.undo()
    assert len(shown(made, by_search=True)) == 2
    made.study.act_as(made.other)
    with pytest.raises(coding.NotYoursError):
        coding.confirm_codings(made.study, [first])


def test_applying_the_code_by_hand_to_the_same_passage_confirms_it(made):
    (one,) = code_all(made, "sister")
    assert made.apply("sister", "Fear") == []
    assert [row.id for row in codings(made.study, Looking(by_search=False)) if row.id == one] == [one]
    made.study.undo()
    assert [row.id for row in codings(made.study, Looking(by_search=True))] == [one]


def test_a_part_cut_off_stays_unconfirmed_and_what_is_joined_with_work_by_hand_is_confirmed(made):
    (one,) = code_all(made, '"three letters"')
    part = coding.split_coding(made.study, one, at=made.passage("Three letters").start + len("Three "))
    assert {row.id for row in codings(made.study, Looking(by_search=True))} == {one, part}
    (by_hand,) = made.apply("and you are out", "Fear")
    coding.join_codings(made.study, [part, by_hand])
    assert {row.id for row in codings(made.study, Looking(by_search=True))} == {one}


def test_agreement_leaves_out_what_nobody_confirmed(made):
    before = {row.code: row for row in figures(made)}
    for coder in (made.lead, made.other):
        made.study.act_as(coder)
        ids = code_all(made, "sister")
        if coder == made.other:
            coding.confirm_codings(made.study, ids)
    made.study.act_as(made.lead)
    unconfirmed = {row.code: row for row in figures(made)}
    assert unconfirmed["Scene", "Fear"].prevalence > before["Scene", "Fear"].prevalence
    assert unconfirmed["Scene", "Fear"].percent_agreement < 1
    coding.confirm_codings(made.study, [row.id for row in codings(made.study, Looking(by_search=True))])
    confirmed = {row.code: row for row in figures(made)}
    assert confirmed["Scene", "Fear"].percent_agreement > unconfirmed["Scene", "Fear"].percent_agreement


def figures(made):
    """The agreement as it would be if both coders handed the first document in now."""
    hand_in(made)
    found = study_agreement(made.study).codes
    for coder in (made.lead, made.other):
        made.study.act_as(coder)
        open_again(made.study, made.round, coder, made.documents[:1])
    made.study.act_as(made.lead)
    return found


def test_a_thousand_hits_are_coded_in_a_moment_and_undone(made):
    turns = tuple(("P", "participant", f"Word number {number}, a word.") for number in range(500))
    documents.import_document(made.study, documents.Incoming("Long", small.transcript(turns)))
    assert len(code_all(made, "word")) == 1000
    made.study.undo()
    assert shown(made, by_search=True) == []
