"""Quiet lines that name keys follow the keys a person chose."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from qcode.ui.keys import keymap
from qcode.ui.keys.choosing import KeyChoice
from qcode.ui.keys.hints import KeyHint, keys_in_words
from qcode.ui.transcripts.aligning.page import AligningPage
from qcode.ui.transcripts.guide.proposals import ProposalsPage


@pytest.fixture
def give(window, settings):
    """Gives keys to what has an id."""
    choice = KeyChoice(window, settings)

    def given(key, *keys):
        choice.hold(keymap.chosen() | {key: keys})

    return given


@pytest.fixture
def room(window, small_study):
    room = window.show_room("code")
    room.open_document(small_study.documents["INT-1"])
    room.view.setFocus()
    return room


def put_caret(room, words):
    start = room.desk.text.text.index(words)
    room.view.select(start, start)


def press(key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)
    QApplication.processEvents()


def test_the_mode_that_moves_edges_names_and_takes_the_keys_of_today(room, give):
    put_caret(room, "boots first")
    said = []
    room.edges.told.connect(said.append)
    room.move_edges()
    assert "Tab other edge" in said[-1]
    assert "Esc leave" in said[-1]
    give("edges.other", "Ctrl+Space")
    give("edges.leave")
    press(Qt.Key.Key_Tab)
    assert room.edges.edges.moving == "end"
    assert "Ctrl+Space other edge" in said[-1]
    assert "leave" not in said[-1]
    press(Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert room.edges.edges.moving == "start"
    before = room.edges.edges.start
    press(Qt.Key.Key_Right)
    assert room.edges.edges.start > before
    room.edges.leave()


def test_keys_for_edges_are_refused_in_words_while_none_move(room):
    refused = []
    room.bridge.refused.connect(refused.append)
    next(action for action in room.edges.keys.key_actions if action.key == "edges.keep").trigger()
    assert refused[0].startswith("No edges are being moved.")


def test_the_correction_editor_names_the_keys_that_keep_and_leave(room, give):
    put_caret(room, "I called them")
    room.editing.correcting.begin()
    editor = room.editing.correcting.editor
    hint = editor.findChild(KeyHint)
    assert hint.text() == "Ctrl+Return keep · Esc leave"
    give("code.keep-correction", "F12")
    assert hint.text() == "F12 keep · Esc leave"
    assert editor.keep.toolTip() == "Keep the correction (F12)"
    QTest.keyClicks(editor.field, "So. ")
    press(Qt.Key.Key_Escape)
    assert "F12 keeps it, Esc once more leaves it out" in editor.told
    give("code.keep-correction")
    assert hint.text() == "Esc leave"
    press(Qt.Key.Key_Escape)


def test_the_redaction_panel_names_its_key(room, give):
    put_caret(room, "boots first")
    hint = room.editing.redacting.panel.findChild(KeyHint)
    assert "Ctrl+Return redacts" in hint.text()
    give("redact.keep", "F12")
    assert "F12 redacts" in hint.text()
    assert "Ctrl+Return" not in hint.text()


def test_the_alignment_and_the_proposals_name_their_keys(window, bridge, give):
    page = AligningPage(bridge, window)
    assert "L links what is chosen on both sides" in page.told
    give("transcripts.align-link", "K")
    assert "K links" in page.told
    proposals = ProposalsPage(bridge, window)
    give("transcripts.guide-leave-out", "F12")
    assert keys_in_words(proposals._pieces()).endswith("Enter shows the place · F12 leaves it out")
