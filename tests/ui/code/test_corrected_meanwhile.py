"""A colleague's window corrects the text while one is in the middle of something here."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from qcode.operations import assignments
from qcode.operations.corrections import correct_turn
from qcode.operations.documents import remove_document
from qcode.queries.codebook.tree import codebook
from qcode.study import Study


def elsewhere(hands, deed):
    """Let another window do something to the study, and this one find it."""
    with Study.open(hands.study.path) as other:
        deed(other)
    hands.study.poll()
    QApplication.processEvents()


def correct_first_turn(study, document):
    """Make the first turn longer, so that all after it moves."""
    correct_turn(study, document, turn=0, text="What happened that night, in the end? Do take all of your time.")


def test_the_palette_codes_the_words_it_was_opened_on_after_a_correction_above_them(hands):
    hands.mark("I called them.")
    hands.type("wear")
    elsewhere(hands, lambda other: correct_first_turn(other, hands.small.documents["INT-1"]))
    hands.press("Return")
    assert ("Wear", "I called them.") in hands.codings()
    assert hands.refused == []


def test_several_codes_go_to_the_same_words_when_the_text_is_corrected_between_them(hands):
    hands.mark("I called them.")
    hands.type("wear")
    hands.press("Shift+Return")
    elsewhere(hands, lambda other: correct_first_turn(other, hands.small.documents["INT-1"]))
    hands.type("trusted")
    hands.press("Return")
    assert {("Wear", "I called them."), ("Trusted person", "I called them.")} <= set(hands.codings())


def test_the_palette_puts_nothing_into_another_document_when_its_own_is_gone(hands):
    hands.mark("I called them.")
    hands.type("wear")
    elsewhere(hands, lambda other: remove_document(other, hands.small.documents["INT-1"]))
    shown = hands.room.desk.document
    before = hands.codings()
    hands.press("Return")
    assert shown != hands.small.documents["INT-1"]
    assert hands.codings() == before


def test_a_coding_is_split_where_the_caret_went_with_its_words(hands):
    words = "I called them. They came at once."
    hands.mark(words)
    hands.type("wear")
    hands.press("Return")
    start = hands.room.desk.text.text.index(words)
    hands.view.select(start + 14, start + 14)
    hands.press("Ctrl+T")
    elsewhere(hands, lambda other: correct_first_turn(other, hands.small.documents["INT-1"]))
    hands.press("Return")
    split = {words for _name, words in hands.codings()} & {"I called them.", "They came at once."}
    assert split == {"I called them.", "They came at once."}


def test_a_new_code_is_not_kept_when_the_coding_may_not_have_it(hands):
    hands.mark("She had been through it herself.")
    hands.press("Ctrl+R")
    document, round_id = hands.small.documents["INT-1"], hands.small.round
    elsewhere(hands, lambda other: assignments.hand_in_round(other, round_id=round_id, documents=[document]))
    before = hands.codings()
    hands.type("Quite new")
    hands.press("Return")
    assert len(hands.refused) == 1
    assert "Quite new" not in [row.name for row in codebook(hands.study)]
    assert hands.codings() == before
