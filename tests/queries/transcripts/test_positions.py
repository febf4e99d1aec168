"""Corrections carry everybody's codings and quotes, or list them for a second look."""

from __future__ import annotations

import pytest
import small
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qcode.operations import assignments, coding, corrections, quotes
from qcode.queries.agreement.figures import study_agreement
from qcode.queries.codings import Looking, codings, codings_of, passages
from qcode.queries.integrity import check
from qcode.queries.themes.outline import themes as list_themes
from qcode.queries.transcripts.documents import document_text

ANSWER = "I rang them. 😀 They came at once, four of them. I was afraid."


@pytest.fixture
def made(tmp_path):
    study = small.small_study(tmp_path / "small.qcode")
    yield study
    study.study.close()


def shown(made):
    return {row.text: row.coding.altered for row in passages(made.study, Looking(documents=made.documents[:1]))}


def correct(made, text, turn=1):
    return corrections.correct_turn(made.study, made.documents[0], turn=turn, text=text)


def test_codings_move_with_the_words_around_them(made):
    correct(made, "Well, yes. " + ANSWER)
    assert shown(made) == {
        "I rang them.": False,
        "I rang them. 😀 They came at once": False,
        "I was afraid.": False,
    }
    assert check(made.study).problems == ()


def test_a_passage_whose_words_changed_is_listed_for_a_second_look(made):
    correct(made, ANSWER.replace("afraid", "so afraid"))
    assert shown(made)["I was so afraid."]
    assert not shown(made)["I rang them."]
    altered = passages(made.study, Looking(altered=True))
    assert [row.text for row in altered] == ["I was so afraid."]


def test_two_corrections_follow_each_other_and_undo_goes_back(made):
    correct(made, "Well. " + ANSWER)
    correct(made, "What was it, that night?", turn=0)
    assert "I was afraid." in shown(made)
    made.study.undo()
    made.study.undo()
    rows = {row.start for row in codings_of(made.study, made.documents[0])}
    assert rows == {made.passage("I rang them.").start, made.passage("I was afraid.").start}


def test_a_coding_made_after_a_correction_stands_when_the_correction_is_older(made):
    correct(made, "Well. " + ANSWER)
    text = document_text(made.study, made.documents[0]).text
    start = text.index("four of them")
    passage = coding.Passage(made.documents[0], start, start + len("four of them"))
    coding.apply_codes(made.study, passage=passage, codes=[made.codes["Fear"]], round_id=made.round)
    assert not shown(made)["four of them"]


def test_sentences_that_were_not_edited_keep_their_units(made):
    before = document_text(made.study, made.documents[0])
    correct(made, "Well, I rang them. They came.")
    after = document_text(made.study, made.documents[0])
    assert [before.text[s:e] for s, e in before.units][-4:] == [after.text[s:e] for s, e in after.units][-4:]
    assert [after.text[turn.start : turn.end] for turn in after.turns][1] == "Well, I rang them. They came."
    assert "Well, I rang them." in {after.text[s:e] for s, e in after.units}


def test_quotes_come_along_and_say_when_their_words_changed(made):
    quotes.pick_quote(made.study, made.theme, passage=made.passage("I was afraid."))
    correct(made, "Well. " + ANSWER)
    quote = list_themes(made.study)[0].quotes[0]
    assert (quote.text, quote.stale) == ("I was afraid.", False)
    correct(made, "Well. " + ANSWER.replace("afraid", "scared"))
    quote = list_themes(made.study)[0].quotes[0]
    assert (quote.text, quote.stale) == ("I was scared.", True)


def test_agreement_counts_codings_where_they_are_now(made):
    for coder in (made.lead, made.other):
        made.study.act_as(coder)
        assignments.hand_in_round(made.study, round_id=made.round, documents=[made.documents[0]])
    before = study_agreement(made.study, unit="character")
    correct(made, "What happened, what happened that night, and was it long ago?", turn=0)
    after = study_agreement(made.study, unit="character")
    assert [row.positive_agreement for row in after.codes] == [row.positive_agreement for row in before.codes]


def test_a_wrong_speaker_is_corrected_and_codings_stay(made):
    corrections.correct_speaker(made.study, made.documents[0], turns=[1], label="Sister")
    text = document_text(made.study, made.documents[0])
    assert [turn.speaker for turn in text.turns] == ["I", "Sister", "I", "P"]
    assert len(codings_of(made.study, made.documents[0])) == 3


def test_the_same_words_make_no_revision(made):
    first = document_text(made.study, made.documents[0]).revision
    assert correct(made, ANSWER) == first
    assert document_text(made.study, made.documents[0]).revision == first


@pytest.mark.parametrize(
    ("turn", "text", "error"),
    [
        (1, " \n ", corrections.TurnEmptyError),
        (1, "x" * 200_001, corrections.TurnTooLongError),
        (9, "x", corrections.NoSuchTurnError),
        (-1, "x", corrections.NoSuchTurnError),
    ],
)
def test_what_cannot_be_a_turn_is_refused(made, turn, text, error):
    before = document_text(made.study, made.documents[0])
    with pytest.raises(error):
        correct(made, text, turn=turn)
    assert document_text(made.study, made.documents[0]) == before


WORDS = st.lists(st.sampled_from(["I", "rang", "them.", "😀", "afraid.", "no", "They came."]), min_size=1, max_size=9)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.tuples(st.integers(0, 3), WORDS), max_size=4))
def test_nothing_is_lost_whatever_is_corrected(made, texts):
    count = len(codings(made.study, Looking()))
    for turn, words in texts:
        correct(made, " ".join(words), turn=turn)
    text = document_text(made.study, made.documents[0])
    rows = codings_of(made.study, made.documents[0])
    assert len(codings(made.study, Looking())) == count
    assert all(0 <= row.start <= row.end <= len(text.text) for row in rows)
    assert "\n".join(text.text[turn.start : turn.end] for turn in text.turns) == text.text
    assert check(made.study).problems == ()
