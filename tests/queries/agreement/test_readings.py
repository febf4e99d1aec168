"""Readings side by side: whose a passage was to read, what each marked, and nothing that a blind round keeps back."""

from __future__ import annotations

import pytest
import small

from qcode.operations import assignments, regions, rounds, team
from qcode.queries.agreement.readings import NothingToReadTogetherError, readings
from qcode.queries.transcripts.documents import document_text


@pytest.fixture
def made(tmp_path):
    made = small.small_study(tmp_path / "small.qcode")
    yield made
    made.study.close()


def told(found):
    """By the words: what each coder marked, and whether that differs."""
    return {
        row.text: ([None if own is None else [mark.code for mark in own] for own in row.marked], row.differs)
        for row in found.rows
    }


def test_overlapping_passages_are_one_and_documents_that_one_coder_marked_are_left_out(made):
    found = readings(made.study)
    assert [coder.name for coder in found.coders] == ["Ana Lima", "Bo Ek"]
    assert told(found) == {
        "I rang them. 😀 They came at once": ([["Calling"], ["Calling"]], False),
        "I was afraid.": ([["Fear"], []], True),
    }
    assert found.rows[1].marked[0][0].comment == "of what?"
    assert found.rows[1].marked[0][0].unsure
    assert set(found.rows[0].codings) == {made.codings[0], made.codings[3]}


def test_what_was_not_theirs_to_read_does_not_differ(made):
    made.round = rounds.add_round(made.study, name="Parts")
    document = made.documents[0]
    everybody = [made.lead, made.other, team.add_coder(made.study, name="Cy Ng")]
    assignments.assign(made.study, round_id=made.round, documents=[document], coders=everybody[:2])
    place = made.passage("Of the letter. Three letters and you are out.")
    revision = document_text(made.study, document).revision
    regions.assign_parts(
        made.study, round_id=made.round, coder=made.other, document=document, ranges=[(place.start, place.end)],
        revision=revision,
    )  # fmt: skip
    made.apply("I was afraid.", "Fear")
    made.apply("Three letters", "Wear")
    made.study.act_as(made.other)
    made.apply("Of the letter.", "Fear")
    assert told(readings(made.study, "parts")) == {
        "I was afraid.": ([["Fear"], None], False),
        "Of the letter.": ([[], ["Fear"]], True),
        "Three letters": ([["Wear"], []], True),
    }


def test_a_blind_round_keeps_colleagues_back_until_ones_own_is_handed_in(made):
    made.round = rounds.add_round(made.study, name="Blind", everyone=True, blind=True)
    for coder, words in ((made.other, "I was afraid."), (made.lead, "Of the letter.")):
        made.study.act_as(coder)
        made.apply(words, "Fear")
    found = readings(made.study, "Blind")
    assert (found.rows, found.withheld) == ((), ("FG-1", "INT-1"))
    assignments.hand_in_round(made.study, round_id=made.round, documents=[made.documents[0]])
    found = readings(made.study, "Blind")
    assert told(found) == {"I was afraid.": ([[], ["Fear"]], True), "Of the letter.": ([["Fear"], []], True)}
    assert found.withheld == ("FG-1",)


def test_a_round_that_is_not_there_is_refused_with_those_that_are(made):
    with pytest.raises(NothingToReadTogetherError, match=r"no round “Nine”\. The rounds are: Round 1"):
        readings(made.study, "Nine")
