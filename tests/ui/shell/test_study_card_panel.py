"""What a study says of itself, in the real window: title, question and approach, and what another approach changes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from qcode.operations.team import APPROACHES
from qcode.queries.approach import TOLD, what_changes
from qcode.queries.history import undo_labels
from qcode.queries.team import study_card

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


def press(key, modifiers=NONE):
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)
    QApplication.processEvents()


@pytest.fixture
def panel(qtbot, window, small_study):
    """The panel, opened by its two strokes from a text."""
    room = window.show_room("code")
    room.open_document(small_study.documents["INT-1"])
    room.view.setFocus()
    qtbot.waitUntil(room.view.hasFocus)
    press(Qt.Key.Key_O, CTRL | SHIFT)
    press(Qt.Key.Key_S, SHIFT)
    assert window.view.study_card.isVisible()
    return window.view.study_card


@pytest.fixture
def told(window):
    said = {"refused": [], "informed": []}
    window.bridge.refused.connect(said["refused"].append)
    window.bridge.informed.connect(said["informed"].append)
    return said


def test_every_approach_is_offered_with_what_it_asks():
    assert tuple(TOLD) == APPROACHES


def test_another_approach_says_what_it_changes_is_kept_by_keys_and_taken_back(window, panel, told):
    assert panel.approaches["codebook"].hasFocus()
    assert panel.approach == "codebook"
    for _ in range(3):
        press(Qt.Key.Key_Down)
    assert panel.approach == "reflexive"
    assert panel.changes.text() == what_changes("codebook", "reflexive")
    assert "no longer shown" in panel.changes.text()
    press(Qt.Key.Key_Return, CTRL)
    assert panel.isHidden()
    assert study_card(window.bridge.study).approach == "reflexive"
    assert told["informed"] == [f"The approach is reflexive. {what_changes('codebook', 'reflexive')}"]
    agree = window.show_room("agree")
    assert agree.pages.currentWidget() is agree.reading
    assert undo_labels(window.bridge.study).undo == "Change the approach to reflexive"
    window.undo()
    assert study_card(window.bridge.study).approach == "codebook"


def test_title_and_question_are_written_and_a_refusal_leaves_the_panel(window, panel, told):
    panel.title_line.setText("  ")
    panel.question.setPlainText("What does the knock change?")
    panel.keep()
    assert panel.isVisible()
    assert told["refused"] == ["A study needs a name."]
    panel.title_line.setText("Knocks")
    panel.keep()
    card = study_card(window.bridge.study)
    assert (card.title, card.question, card.approach) == ("Knocks", "What does the knock change?", "codebook")
    assert window.windowTitle().startswith("Knocks")


def test_nothing_changed_is_no_step(window, panel):
    before = undo_labels(window.bridge.study)
    press(Qt.Key.Key_Return, CTRL)
    assert panel.isHidden()
    assert undo_labels(window.bridge.study) == before
