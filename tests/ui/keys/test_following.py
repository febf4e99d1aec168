"""What may follow a first stroke is told in the real window, for where the focus is, and goes again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from qcode.ui import theme
from qcode.ui.keys import keymap

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def press(key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)
    QApplication.processEvents()


@pytest.fixture
def room(window):
    window.current_room.view.setFocus()
    return window.current_room


def test_what_may_follow_is_told_and_goes_when_it_follows(window, room, qtbot):
    press(Qt.Key.Key_L, CTRL)
    assert window.following.told == ""
    qtbot.waitUntil(lambda: window.following.told.startswith("Ctrl+L … A "))
    assert "U Walk through: Uncoded turns" in window.following.told
    assert "Shift+F Go to the question of the guide before" in window.following.told
    assert "Open the team" not in window.following.told
    press(Qt.Key.Key_U)
    assert room.showing.walker.walk.kind == "uncoded"
    assert window.following.told == ""


def test_esc_leaves_and_letters_are_letters_again(window, room, qtbot):
    room.view.grow_selection()
    chosen = room.view.selected_range()
    press(Qt.Key.Key_L, CTRL)
    qtbot.waitUntil(lambda: window.following.told != "")
    press(Qt.Key.Key_Escape)
    assert window.following.told == ""
    assert room.view.selected_range() == chosen
    press(Qt.Key.Key_U)
    assert room.palette_panel.isVisible()
    press(Qt.Key.Key_Escape)


def test_whoever_knows_the_second_stroke_sees_nothing(window, room, qtbot):
    press(Qt.Key.Key_O, CTRL | SHIFT)
    press(Qt.Key.Key_D)
    assert theme.choice() == "dark"
    qtbot.wait(400)
    assert window.following.told == ""


def test_what_was_chosen_is_told_by_its_chosen_key(window, room, qtbot):
    keymap.take({"walk.unsure": ("Ctrl+K, Z",)})
    window.keys_chooser.choice.hold(keymap.chosen())
    press(Qt.Key.Key_K, CTRL)
    qtbot.waitUntil(lambda: window.following.told == "Ctrl+K … Z Walk through: Unsure codings")
    press(Qt.Key.Key_Escape)
    assert window.following.told == ""


def test_where_nothing_may_follow_nothing_is_told(window, qtbot):
    window.show_room("report")
    press(Qt.Key.Key_C, CTRL | SHIFT)
    qtbot.wait(400)
    assert window.following.told == ""
