"""Keys that were chosen hold, and are told, where a widget handles them itself or a button names them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from qcode.ui.keys import keyed_actions
from qcode.ui.keys.choosing import KeyChoice

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def give(window, settings):
    """Give an action other keys, by its id."""

    def give(key, *keys):
        window.change_keys()
        window.keys_chooser.close_panel()
        action = next(action for action in keyed_actions(window) if action.key == key)
        KeyChoice(window, settings).give(action, keys, as_well=False)

    return give


def opened(window):
    room = window.current_room
    palette = room.applying.palette
    palette.ask([], anchor=QRect(10, 10, 10, 10))
    said = " ".join(part.text() for part in palette.findChildren(QLabel))
    return palette, said


def test_the_palette_of_codes_follows_the_keys_of_the_text(window, give):
    palette, said = opened(window)
    assert "Ctrl+U unsure · Ctrl+D definition" in said
    palette.cancel()
    give("coding.unsure", "Ctrl+J")
    palette, said = opened(window)
    assert "Ctrl+J unsure · Ctrl+D definition" in said
    assert palette._unsure.accessibleDescription().endswith("Ctrl+J")
    QTest.keyClick(palette._query, Qt.Key.Key_J, CTRL)
    assert palette._unsure.isChecked()
    QTest.keyClick(palette._query, Qt.Key.Key_U, CTRL)
    assert palette._unsure.isChecked()
    palette.cancel()


def test_without_a_key_the_palette_names_none(window, give):
    give("coding.define")
    palette, said = opened(window)
    assert "definition" not in said
    palette.cancel()


def test_the_buttons_below_the_text_name_the_keys_of_today(window, give):
    foot = window.current_room.transcript.foot
    assert foot.walk.toolTip() == "Choose what to walk through (Ctrl+Shift+W)"
    assert foot.filter.toolTip() == "Show only some codings (Ctrl+Shift+K)"
    give("walk.choose", "F11")
    assert foot.walk.toolTip() == "Choose what to walk through (F11)"
    assert "F3" not in foot.walk.accessibleName()
