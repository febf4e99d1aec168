"""How far everybody is in a round."""

from __future__ import annotations

import pytest
import small
from opened_again import open_again

from qcode.ids import RoundId, new_id
from qcode.models import Document, Region
from qcode.operations import assignments, coding, corrections, merging, rounds
from qcode.queries.rounds.progress import round_progress


@pytest.fixture
def made(tmp_path):
    study = small.small_study(tmp_path / "small.qcode")
    yield study
    study.study.close()


def cell(made, coder, document=0):
    return round_progress(made.study, made.round).cell(made.documents[document], coder)


def region(made, kind, start, end, **more):
    """Mark out a range of the first document, as the operations of regions do."""
    with made.study.transact("Mark out") as session:
        revision = session.get_one(Document, made.documents[0]).revision_id
        place = {"document_id": made.documents[0], "revision_id": revision, "start": start, "end": end}
        session.add(Region(kind=kind, round_id=made.round, **place, **more))


def test_each_cell_says_how_far_one_coder_is_with_one_document(made):
    length = len(small.transcript(small.FIRST).text)
    found = cell(made, made.lead)
    assert (found.state, found.codings) == ("open", 2)
    words = made.passage("I was afraid.")
    assert found.reached == pytest.approx(words.end / length)
    assert cell(made, made.other, 1) == type(found)("open", 0, 0.0)


def test_the_sums_count_what_was_given_is_done_and_is_handed_in(made):
    assignments.set_done(made.study, document=made.documents[0], round_id=made.round, done=True)
    assignments.hand_in_round(made.study, round_id=made.round, documents=made.documents[1:])
    found = round_progress(made.study, made.round)
    assert [(row.name, row.given, row.done, row.handed_in) for row in found.documents] == [
        ("INT-1", 2, 1, 0),
        ("FG-1", 2, 0, 1),
    ]
    assert [(row.coder.name, row.given, row.done, row.handed_in) for row in found.coders] == [
        ("Ana Lima", 2, 1, 1),
        ("Bo Ek", 2, 0, 0),
    ]


def test_what_is_not_assigned_is_not_given(made):
    made.round = rounds.add_round(made.study, name="Main")
    assignments.assign(made.study, round_id=made.round, documents=made.documents[:1], coders=[made.other])
    found = round_progress(made.study, made.round)
    assert [row.given for row in found.documents] == [1, 0]
    assert cell(made, made.lead).state == "not assigned"


def test_a_blind_round_keeps_counts_and_shares_of_colleagues_back_until_ones_own_is_handed_in(made):
    rounds.change_round(made.study, made.round, blind=True)
    assert (cell(made, made.other).codings, cell(made, made.other).reached) == (None, None)
    assert cell(made, made.lead).codings == 2
    assignments.set_done(made.study, document=made.documents[0], round_id=made.round, done=True)
    assert cell(made, made.other).codings is None
    assignments.hand_in_round(made.study, round_id=made.round, documents=made.documents[:1])
    assert cell(made, made.other).codings == 1
    assert cell(made, made.other, 1).codings is None


def test_why_work_is_open_again_is_for_its_coder_and_the_lead_while_a_round_is_blind(made):
    rounds.change_round(made.study, made.round, blind=True)
    for coder in (made.lead, made.other):
        made.study.act_as(coder)
        assignments.hand_in_round(made.study, round_id=made.round)
    for coder in (made.lead, made.other):
        open_again(made.study, made.round, coder, made.documents[:1], "You missed a page.")
    assert (cell(made, made.lead).reason, cell(made, made.lead).seen_others) == ("", False)
    assert (cell(made, made.other).reason, cell(made, made.other).seen_others) == ("You missed a page.", True)
    made.study.act_as(made.lead)
    assert cell(made, made.other).reason == "You missed a page."
    assert cell(made, made.other).codings is None


def test_codings_that_are_alike_count_once_and_are_where_the_text_is_now(made):
    made.apply("I rang them.", "Fear")
    assert cell(made, made.lead).codings == 3
    merging.merge_codes(made.study, [made.codes["Calling"]], into=made.codes["Fear"])
    assert cell(made, made.lead).codings == 2
    before = cell(made, made.lead).reached
    corrections.correct_turn(made.study, made.documents[0], turn=3, text="Of the letter.")
    assert cell(made, made.lead).reached > before
    coding.remove_codings(made.study, made.codings[:2])
    assert cell(made, made.lead).reached == 0.0


def test_parts_are_told_in_words_and_are_what_the_share_is_of(made):
    length = len(small.transcript(small.FIRST).text)
    region(made, "part", 0, 20, coder_id=made.lead)
    region(made, "part", length - 20, length, coder_id=made.lead)
    found = cell(made, made.lead)
    assert found.regions == f"2 parts, {round(4000 / length)} %"
    assert found.reached == 0.5
    assert cell(made, made.other).regions == ""


def test_what_is_excluded_and_cut_is_told_of_a_document(made):
    made.round = rounds.add_round(made.study, name="Main", segmented=True)
    region(made, "excluded", 0, 24)
    region(made, "segment", 25, 40)
    assert [row.regions for row in round_progress(made.study, made.round).documents] == [
        f"{round(2400 / len(small.transcript(small.FIRST).text))} % excluded, 1 segment",
        "0 segments",
    ]


def test_a_round_that_is_gone_has_no_progress(made):
    assert round_progress(made.study, RoundId(new_id())) is None
