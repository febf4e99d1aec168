"""Original and translation: said, aligned, corrected by hand, and kept through what happens to the texts."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
import small

from qcode.errors import QcodeError
from qcode.operations import alignment, corrections, documents, redaction, reimport
from qcode.operations.passages import Passage
from qcode.queries.history import history
from qcode.queries.integrity import check
from qcode.queries.transcripts.alignment import (
    counterparts,
    differing_voices,
    other_languages,
    side_by_side,
    translated,
    translation_pairs,
)
from qcode.queries.transcripts.documents import document_text
from qcode.study import Study
from qcode.text.aligned import Pair

SPANISH = (
    ("I", "interviewer", "¿Qué pasó esa noche?"),
    ("P", "participant", "Los llamé. Vinieron enseguida, eran cuatro. Tuve miedo."),
    ("I", "interviewer", "¿Miedo de qué?"),
    ("P", "participant", "De la carta."),
    ("P", "participant", "Tres cartas y te echan. Mi hermana me dijo: vete."),
)
ALIGNED = [((0, 1), (0, 1)), ((1, 2), (1, 2)), ((2, 3), (2, 3)), ((3, 5), (3, 4))]


class Made:
    """A Spanish interview, its translation (the first document of the small study), and the study."""

    def __init__(self, found):
        self.small, self.study = found, found.study
        self.english = found.documents[0]
        self.spanish = self.bring("INT-1 es", SPANISH)

    def bring(self, name, turns):
        return documents.import_document(self.study, documents.Incoming(name, small.transcript(turns)))

    def pairs(self):
        return [tuple(line) for line in side_by_side(self.study, self.english).lines]

    def links(self):
        return [pair for pair in self.pairs() if Pair(*pair).linked]

    def said(self, words):
        text = document_text(self.study, self.english).text
        start = text.index(words)
        return counterparts(self.study, self.english, start, start + len(words))


@pytest.fixture
def made(tmp_path):
    found = small.small_study(tmp_path / "small.qcode")
    yield Made(found)
    found.study.close()


@pytest.fixture
def aligned(made):
    alignment.set_original(made.study, made.english, original=made.spanish)
    assert alignment.align_turns(made.study, made.english) == 4
    return made


def test_a_translation_is_aligned_with_its_original(aligned):
    assert aligned.pairs() == ALIGNED
    assert translated(aligned.study, aligned.english).links == 4
    assert translated(aligned.study, aligned.english).original == (aligned.spanish, "INT-1 es")
    assert translated(aligned.study, aligned.spanish).translations == ((aligned.english, "INT-1"),)
    assert translation_pairs(aligned.study) == [(aligned.english, aligned.spanish)]
    assert check(aligned.study).problems == ()


def test_what_the_original_says_is_found_from_a_passage_and_the_other_way_round(aligned):
    (found,) = aligned.said("Three letters and you are out.")
    assert (found.name, found.language) == ("INT-1 es", "original")
    assert found.words == "De la carta.\nTres cartas y te echan. Mi hermana me dijo: vete."
    assert [turn.speaker for turn in found.turns] == ["P", "P"]
    (back,) = counterparts(aligned.study, aligned.spanish, found.start, found.start)
    assert (back.name, back.language) == ("INT-1", "translation")
    assert back.words.startswith("Of the letter.")


def test_a_passage_over_two_turns_has_both_counterparts(aligned):
    text = document_text(aligned.study, aligned.english).text
    (found,) = counterparts(aligned.study, aligned.english, text.index("I was afraid."), text.index("Afraid of") + 4)
    assert found.words == "Los llamé. Vinieron enseguida, eran cuatro. Tuve miedo.\n¿Miedo de qué?"


def test_the_edge_between_two_turns_belongs_to_the_one_that_ends_there(aligned):
    (other,) = other_languages(aligned.study, aligned.english)
    edge = document_text(aligned.study, aligned.english).turns[0].end
    assert other.at(edge, edge).words == "¿Qué pasó esa noche?"
    assert other.at(edge + 1, edge + 1).words.startswith("Los llamé.")
    assert other.at(10**9, 10**9).turns == ()


def test_a_document_that_was_not_translated_has_no_other_language(made):
    assert other_languages(made.study, made.english) == []
    assert side_by_side(made.study, made.english) is None
    assert counterparts(made.study, made.english, 0, 5) == []


def test_turns_are_linked_unlinked_and_shifted_by_hand_and_undo_takes_each_back(aligned):
    study, english = aligned.study, aligned.english
    alignment.unlink_turns(study, english, translation=[3])
    assert aligned.pairs() == [*ALIGNED[:3], ((3, 4), (3, 3)), ((4, 5), (3, 3)), ((5, 5), (3, 4))]
    alignment.link_turns(study, english, translation=[3], original=[4])
    assert aligned.links() == [*ALIGNED[:3], ((4, 5), (3, 4))]
    alignment.shift_turns(study, english, language="translation", turn=1, by=1)
    assert aligned.pairs() == [
        ALIGNED[0],
        ((1, 2), (1, 1)),
        ((2, 3), (1, 2)),
        ((3, 4), (2, 3)),
        ((4, 5), (3, 3)),
        ((5, 5), (3, 4)),
    ]
    alignment.shift_turns(study, english, language="original", turn=2, by=-1)
    assert aligned.links() == [ALIGNED[0], ((3, 4), (1, 2)), ((4, 5), (2, 3))]
    for _ in range(4):
        study.undo()
    assert aligned.pairs() == ALIGNED
    assert check(study).problems == ()


def test_what_was_linked_and_taken_away_can_be_linked_again(aligned):
    alignment.unlink_turns(aligned.study, aligned.english, original=[1])
    alignment.link_turns(aligned.study, aligned.english, translation=[1], original=[1])
    assert aligned.pairs() == ALIGNED
    assert check(aligned.study).problems == ()


def test_links_made_by_hand_stay_when_it_is_aligned_again(aligned):
    alignment.link_turns(aligned.study, aligned.english, translation=[2], original=[2, 3])
    alignment.align_turns(aligned.study, aligned.english)
    assert aligned.links() == [*ALIGNED[:2], ((2, 4), (2, 3)), ((4, 5), (3, 4))]


def test_links_go_with_corrections(aligned):
    text = "They said. De la carta, la carta, siempre la carta."
    corrections.correct_turn(aligned.study, aligned.spanish, turn=3, text=text)
    corrections.correct_turn(aligned.study, aligned.english, turn=1, text="I called them, and was afraid.")
    corrections.correct_turn(aligned.study, aligned.english, turn=2, text="Of what were you afraid?")
    assert aligned.pairs() == ALIGNED
    assert aligned.said("you are out.")[0].words.startswith(text)
    assert check(aligned.study).problems == ()


def test_links_go_with_redactions(aligned):
    redaction.redact(aligned.study, forms=["Mi hermana", "My sister"], replacement="[a relative]")
    assert aligned.pairs() == ALIGNED
    assert aligned.said("[a relative] said")[0].turns[1].words == "Tres cartas y te echan. [a relative] me dijo: vete."
    assert check(aligned.study).problems == ()


def test_what_was_said_of_translations_is_in_the_history_with_names_of_today(aligned):
    documents.rename_document(aligned.study, aligned.spanish, name="Noche")
    labels = [row.label for row in history(aligned.study)]
    assert "Align INT-1 with its original" in labels
    assert "Say that INT-1 translates Noche" in labels


def test_a_document_is_no_translation_of_itself(made):
    with pytest.raises(alignment.OwnTranslationError, match="itself"):
        alignment.set_original(made.study, made.english, original=made.english)


def test_a_translation_has_no_translations_and_is_of_no_translation(made):
    third = made.bring("INT-1 fr", SPANISH)
    alignment.set_original(made.study, made.english, original=made.spanish)
    with pytest.raises(alignment.TranslationOfTranslationError, match="of “INT-1 es”"):
        alignment.set_original(made.study, third, original=made.english)
    with pytest.raises(alignment.HasTranslationsError, match="original of “INT-1”"):
        alignment.set_original(made.study, made.spanish, original=third)
    alignment.set_original(made.study, third, original=made.spanish)
    assert [name for _row, name in translated(made.study, made.spanish).translations] == ["INT-1", "INT-1 fr"]


def test_an_aligned_translation_keeps_its_original_until_the_links_are_gone(aligned):
    for original in (None, aligned.small.documents[1]):
        with pytest.raises(alignment.AlignedAlreadyError, match="in 4 places"):
            alignment.set_original(aligned.study, aligned.english, original=original)
    assert alignment.unalign(aligned.study, aligned.english) == 4
    alignment.set_original(aligned.study, aligned.english, original=None)
    with pytest.raises(alignment.NotLinkedError):
        alignment.unalign(aligned.study, aligned.english)
    aligned.study.undo()
    aligned.study.undo()
    assert aligned.pairs() == ALIGNED


def test_an_original_that_was_removed_is_none_and_another_can_be_chosen(aligned):
    documents.remove_document(aligned.study, aligned.spanish)
    assert side_by_side(aligned.study, aligned.english) is None
    assert other_languages(aligned.study, aligned.english) == []
    with pytest.raises(QcodeError, match="no longer in the study"):
        alignment.align_turns(aligned.study, aligned.english)
    alignment.set_original(aligned.study, aligned.english, original=aligned.small.documents[1])
    assert side_by_side(aligned.study, aligned.english).linked == 0


def test_where_as_many_do_not_speak_it_is_said(made):
    assert differing_voices(made.study, made.english, made.spanish) == ""
    said = differing_voices(made.study, made.english, made.small.documents[1])
    assert said.startswith("In “INT-1” 2 people speak, in “FG-1” 3:")


def test_what_cannot_be_aligned_is_refused_with_a_sentence(made):
    with pytest.raises(alignment.NoTranslationError, match="Nobody said what “INT-1”"):
        alignment.align_turns(made.study, made.english)
    alignment.set_original(made.study, made.english, original=made.spanish)
    with pytest.raises(alignment.NothingToLinkError):
        alignment.link_turns(made.study, made.english, translation=[1], original=[])
    with pytest.raises(alignment.NotLinkedError):
        alignment.unlink_turns(made.study, made.english, translation=[1])
    with pytest.raises(alignment.CannotShiftError):
        alignment.shift_turns(made.study, made.english, language="original", turn=0, by=-1)
    with pytest.raises(corrections.TextChangedError):
        alignment.link_turns(made.study, made.english, translation=[99], original=[0])


def test_links_worked_out_ahead_are_refused_once_a_text_is_another(made):
    alignment.set_original(made.study, made.english, original=made.spanish)
    ahead = alignment.prepare(made.study, made.english)
    corrections.correct_turn(made.study, made.spanish, turn=0, text="¿Y esa noche?")
    with pytest.raises(corrections.TextChangedError, match="INT-1 es"):
        alignment.align_turns(made.study, made.english, links=ahead.links(), texts=ahead.texts)


def test_one_turn_beside_five_hundred(made):
    long = made.bring("Long", [("P", "participant", f"Word {number}.") for number in range(500)])
    short = made.bring("Short", [("P", "participant", "All of it.")])
    alignment.set_original(made.study, short, original=long)
    assert alignment.align_turns(made.study, short) == 1
    (found,) = counterparts(made.study, short, 0, 3)
    assert len(found.turns) == 500
    alignment.shift_turns(made.study, short, language="original", turn=3, by=1)
    assert side_by_side(made.study, short).linked == 0


def test_undo_in_the_place_of_what_was_linked(aligned):
    steps = []
    aligned.study.subscribe(steps.append)
    alignment.unlink_turns(aligned.study, aligned.english, translation=[2])
    turn = document_text(aligned.study, aligned.english).turns[2]
    assert (steps[0].place.document, steps[0].place.start, steps[0].place.end) == (
        aligned.english,
        turn.start,
        turn.end,
    )
    assert steps[0].concerns("turn_link")
    assert aligned.english in steps[0].documents


def test_links_go_into_a_text_that_took_the_place_of_the_old_one(aligned):
    turns = [("I", "interviewer", "Good evening."), *small.FIRST[:2], *small.FIRST[2:]]
    incoming = documents.Incoming(
        "INT-1", small.transcript([*turns[:2], (*turns[2][:2], "I rang. They came."), *turns[3:]])
    )
    reimport.replace_text(aligned.study, aligned.english, incoming)
    moved = [(original, (start + 1, end + 1)) for original, (start, end) in ALIGNED]
    assert aligned.links() == moved
    assert check(aligned.study).problems == ()
    aligned.study.undo()
    assert aligned.pairs() == ALIGNED


def test_a_redaction_of_a_passage_maps_links_too(aligned):
    text = document_text(aligned.study, aligned.english).text
    start = text.index("Of the letter.")
    redaction.redact_here(aligned.study, Passage(aligned.english, start, start + 14), replacement="[letter]")
    assert aligned.pairs() == ALIGNED


@pytest.mark.parametrize(("column", "name"), [("end", "INT-1"), ("original_end", "INT-1 es")])
def test_a_link_that_lies_outside_its_text_is_found(aligned, column, name):
    path = aligned.study.path
    aligned.study.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f'UPDATE turn_link SET "{column}" = 1000000')
        connection.commit()
    with Study.open(path) as study:
        assert f"A turn link lies outside the text of “{name}”." in check(study).problems


def voices(made, *talks):
    """The numbers of the voices of an original and of its translation, turn by turn."""
    original, translation = (made.bring(name, talk) for name, talk in zip(("O", "T"), talks, strict=True))
    alignment.set_original(made.study, translation, original=original)
    prepared = alignment.prepare(made.study, translation)
    return [piece.voice for piece in prepared.original], [piece.voice for piece in prepared.translation]


def test_voices_are_known_by_their_label_and_the_only_ones_left_by_their_role(made):
    spanish = [("Entrevistadora", "interviewer", "¿Y?"), ("ANA", "participant", "Sí."), (None, "event", "[pausa]")]
    english = [("Interviewer", "interviewer", "And?"), ("Ana", "participant", "Yes."), (None, "event", "[pause]")]
    here, there = voices(made, spanish, english)
    assert here == there
    assert len(set(here)) == 3


def test_voices_that_nobody_can_tell_apart_are_unknown(made):
    spanish = [("A", "participant", "Uno."), ("B", "participant", "Dos.")]
    english = [("X", "participant", "One."), ("Y", "participant", "Two.")]
    here, there = voices(made, spanish, english)
    assert 0 not in here
    assert there == [0, 0]


def test_voices_are_known_by_their_participant_whatever_their_labels(made):
    spanish = [("A", "participant", "Uno."), ("B", "participant", "Dos.")]
    english = [("B", "participant", "One."), ("A", "participant", "Two.")]
    original, translation = made.bring("O", spanish), made.bring("T", english)
    alignment.set_original(made.study, translation, original=original)
    people = {name: documents.add_participant(made.study, pseudonym=name) for name in ("Inés", "Toño")}
    for document, labels in ((original, "AB"), (translation, "BA")):
        for label, who in zip(labels, people.values(), strict=True):
            speaker = documents.speaker_named(made.study, document, label)
            documents.describe_speaker(made.study, speaker, role="participant", participant=who)
    prepared = alignment.prepare(made.study, translation)
    assert [piece.voice for piece in prepared.original] == [piece.voice for piece in prepared.translation]
