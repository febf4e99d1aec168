"""From a theme to a chosen, edited, attributed quote that is used in a paper, in the real window, by keys alone."""

from __future__ import annotations

import pytest
from by_keys import focus, press, tab_to, write
from PySide6.QtGui import QGuiApplication

from qcode.operations.passages import Passage
from qcode.operations.quotes import pick_quote
from qcode.queries.quotes.rows import quote_rows
from qcode.queries.themes.outline import themes
from qcode.queries.transcripts.documents import document_text, documents
from qcode.text.quotation import stands_in, unedited


@pytest.fixture
def window(window_on_sample):
    """The real window on the sample study."""
    return window_on_sample


def at_the_desk(qtbot, window):
    """Go to the desk by keys; it is told when it has looked for candidates."""
    window.show_room("themes")
    press("Ctrl+L", "Q")
    desk = window.current_room.shown
    qtbot.waitUntil(lambda: not desk.computing)
    assert focus() is desk.lists.list
    return desk


def test_a_passage_becomes_the_quote_of_a_paper_by_keys_alone(window, qtbot):
    desk = at_the_desk(qtbot, window)
    study = window.bridge.study
    before = {row.id for row in quote_rows(study)}
    second = themes(study)[1]
    tab_to(desk.themes, "Shift+Tab")
    press("Down")
    qtbot.waitUntil(lambda: not desk.computing)
    assert desk.theme == second.id
    press("Return")
    assert focus() is desk.lists.list
    while desk.lists.row.quote is not None or " says " in desk.lists.row.text:
        press("Down")
    press("S", "Return")
    assert focus() is desk.pane.words
    (made,) = (row for row in quote_rows(study) if row.id not in before)
    assert (made.theme, made.status) == (second.id, "shortlisted")

    press("Ctrl+Right", "Ctrl+Shift+Right", "X")
    press("Ctrl+Right", "Ctrl+Right", "Ctrl+Right", "R")
    write("the officers")
    press("Return")
    press("Ctrl+Up", "Ctrl+Up", "C")
    press("U")
    write("Larkmoor paper")
    press("Return")
    write("Results")
    press("Return")
    assert focus() is desk.pane.words

    row = next(one for one in quote_rows(study) if one.id == made.id)
    assert (row.status, len(row.edits)) == ("chosen", 2)
    assert [(use.paper, use.section) for use in row.uses] == [("Larkmoor paper", "Results")]
    assert {"interviewer", "participant"} <= {part.role for part in row.utterances}
    qtbot.waitUntil(lambda: not desk.computing)
    shown = desk.pane.printed.shown
    said = "\n".join(words for _who, words in shown.columns[0].lines)
    assert "[the officers]" in said
    assert "…" in said
    assert unedited(said)
    assert stands_in(said, row.text)
    assert desk.pane.behind.text() == f"({shown.attribution})"
    press("Escape", "Ctrl+C")
    assert QGuiApplication.clipboard().text().endswith(f"({shown.attribution})" if shown.attribution else said)
    for _deed in range(7):
        press("Ctrl+Z")
    assert {one.id for one in quote_rows(study)} == before


def test_translations_stand_beside_originals_notes_are_no_speech_and_flags_are_told(window, qtbot):
    desk = at_the_desk(qtbot, window)
    study = window.bridge.study
    spanish = next(row for row in quote_rows(study) if row.language == "es" and row.other is not None)
    desk.show_quote(spanish.id)
    press("Return", "L")
    while quote_of(study, spanish.id).language_shown != "both":
        press("L")
    original, translation = desk.pane.printed.shown.columns
    assert ("es" in original.title, "en" in translation.title) == (True, True)
    press("O", "T")
    whole = quote_of(study, spanish.id).other
    assert (spanish.other.narrowed, whole.narrowed) == (True, False)
    assert spanish.other.text in whole.text
    press("Ctrl+Shift+Right", "Ctrl+Shift+Right", "Q")
    narrowed = quote_of(study, spanish.id).other
    assert narrowed.narrowed
    assert narrowed.text == desk.pane.printed.shown.columns[1].lines[0][1]
    assert len(narrowed.text) < len(whole.text)
    press("X")
    assert window.messages.sentence.startswith("Edits are made in the language")
    press("T")
    assert quote_of(study, spanish.id).other.text == whole.text
    press("Ctrl+Up")
    assert "Press O to go back to it" in window.messages.sentence
    press("O")
    assert desk.pane.words.quote == (spanish.start, spanish.end)
    press("Ctrl+Up")
    assert quote_of(study, spanish.id).start < spanish.start
    window.undo()
    assert desk.pane.words.quote == (spanish.start, spanish.end)
    # Notes are no speech, and what could tell of somebody is flagged.
    note = next(row for row in quote_rows(study) if row.document_name.startswith("FN-"))
    desk.show_quote(note.id)
    assert desk.pane.behind.text() == f"(Field notes, {note.document_name})"
    assert all(not who for who, _words in desk.pane.printed.shown.columns[0].lines)
    document = next(row for row in documents(study) if row.name == "INT-2")
    turns = document_text(study, document.id).turns
    long = pick_quote(study, note.theme, passage=Passage(document.id, turns[2].start, turns[12].end))
    desk.show_quote(long)
    qtbot.waitUntil(lambda: "Nobody else in the study says" in desk.pane.flags.text(), timeout=20_000)
    assert len(desk.pane.printed.shown.columns[0].lines) > 5
    assert "is not reviewed for identifiers" in desk.pane.flags.text()


def quote_of(study, quote):
    return next(row for row in quote_rows(study) if row.id == quote)
