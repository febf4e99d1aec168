"""Agreement where not everybody was asked to code everything: parts, excluded ranges and segments."""

from __future__ import annotations

import pytest
import small

from qcode.operations import assignments, regions, rounds, segments
from qcode.queries.agreement.figures import study_agreement
from qcode.queries.transcripts.documents import document_text

# The sentences of the first document: three of the interviewer and the participant's first turn, then three more.
SAID = "Of the letter. Three letters and you are out. My sister said: go."
ASKED = "What happened that night?"


@pytest.fixture
def made(tmp_path):
    made = small.small_study(tmp_path / "small.qcode")
    made.round = rounds.add_round(made.study, name="Main", everyone=True)
    yield made
    made.study.close()


def code_and_hand_in(made, *coded):
    """Let both coders code these words, each given as (who, words), and hand in the first document."""
    for coder in (made.lead, made.other):
        made.study.act_as(coder)
        for who, words in coded:
            if who == coder:
                made.apply(words, "Fear")
        assignments.hand_in_round(made.study, round_id=made.round, documents=made.documents[:1])
    made.study.act_as(made.lead)


def fear(made):
    found = study_agreement(made.study, round_name="Main")
    return next(row for row in found.codes if row.code[-1] == "Fear")


def place(made, words):
    passage = made.passage(words)
    return {
        "document": passage.document,
        "ranges": [(passage.start, passage.end)],
        "revision": document_text(made.study, passage.document).revision,
    }


def units(made):
    return len(document_text(made.study, made.documents[0]).units)


def test_everything_counts_where_everybody_was_given_everything(made):
    code_and_hand_in(made, (made.lead, "Of the letter."), (made.other, "Of the letter."))
    assert fear(made).n == units(made)
    assert fear(made).alpha == 1.0


def test_what_a_coder_was_not_given_was_not_passed_over_by_them(made):
    regions.assign_parts(made.study, round_id=made.round, coder=made.other, **place(made, SAID))
    code_and_hand_in(made, (made.lead, "Of the letter."), (made.lead, "I was afraid."), (made.other, "Of the letter."))
    assert fear(made).n == 3
    assert fear(made).alpha == 1.0


def test_what_is_excluded_counts_for_nobody(made):
    made.study.act_as(made.other)
    made.apply(ASKED, "Fear")
    made.study.act_as(made.lead)
    regions.exclude(made.study, **place(made, ASKED))
    code_and_hand_in(made, (made.lead, "Of the letter."), (made.other, "Of the letter."))
    assert fear(made).n == units(made) - 1
    assert fear(made).alpha == 1.0


def test_what_was_not_cut_into_segments_counts_for_nobody(made):
    made.round = rounds.add_round(made.study, name="Cut", everyone=True, segmented=True)
    words = ("I was afraid.", "Of the letter.", "My sister said: go.")
    ranges = [place(made, one)["ranges"][0] for one in words]
    segments.put_segments(made.study, round_id=made.round, **place(made, SAID) | {"ranges": ranges})
    code_and_hand_in(made, (made.lead, "letter"), (made.other, "letter"), (made.other, "sister"))
    found = study_agreement(made.study, round_name="Cut")
    row = next(row for row in found.codes if row.code[-1] == "Fear")
    assert row.n == 3
    # Three units, marked 1 and 1, 0 and 1, 0 and 0: one disagreement of three, 3 of 6 values marked.
    assert row.alpha == pytest.approx(1 - 5 * 2 / (2 * 3 * 3))
