"""What must hold in every real room of the real window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget

from qcode.ui import theme
from qcode.ui.rooms import ROOMS

every_room = pytest.mark.parametrize("key", [room.key for room in ROOMS])


def name_of(widget):
    face = QAccessible.queryAccessibleInterface(widget)
    return face.text(QAccessible.Text.Name).strip() if face else ""


def reachable(window):
    """The widgets that Tab can reach now."""
    found = [child for child in window.findChildren(QWidget) if child.isVisible() and child.isEnabled()]
    return [child for child in found if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.focusProxy() is None]


@every_room
def test_whatever_the_keyboard_reaches_has_a_name_for_those_who_listen(window, key):
    QAccessible.setActive(True)
    window.show_room(key)
    own = [widget for widget in reachable(window) if not widget.objectName().startswith("qt_")]
    nameless = [f"{type(widget).__name__} in {type(widget.parent()).__name__}" for widget in own if not name_of(widget)]
    assert nameless == []


@every_room
def test_its_keys_collide_neither_with_each_other_nor_with_the_windows(window, key):
    room = window.show_room(key)
    taken = {sequence: command.id for command in window.commands for sequence in command.keys}
    for action in room.room_actions():
        for sequence in {shortcut.toString() for shortcut in action.shortcuts()} - {""}:
            assert sequence not in taken, (sequence, action.text(), taken[sequence])
            if action.shortcutContext() is Qt.ShortcutContext.WindowShortcut:
                taken[sequence] = action.text()


@every_room
def test_what_one_can_do_there_has_a_name_in_the_palette(window, key):
    room = window.show_room(key)
    window.show_commands()
    enabled = [action for action in room.room_actions() if action.isEnabled() and action.isVisible()]
    assert all(action.text().strip() for action in room.room_actions())
    assert len(window.palette_panel.found()) >= len(enabled)


@every_room
def test_the_keyboard_gets_in_and_with_f6_out_again(window, qtbot, key):
    room = window.show_room(key)
    inside = QApplication.focusWidget()
    assert inside is not None
    assert inside is room or room.isAncestorOf(inside)
    seen = []
    for _pane in range(12):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
        seen.append(QApplication.focusWidget())
    for part in (window.view.rail, window.view.drawer, window.view.header):
        assert any(part.isAncestorOf(widget) for widget in seen)
    assert any(room is widget or room.isAncestorOf(widget) for widget in seen)


@every_room
def test_it_can_be_shown_dark_and_large_and_small(window, qtbot, key):
    room = window.show_room(key)
    window.choose_theme("dark")
    dark = room.grab().toImage().pixelColor(room.width() // 2, room.height() - 3)
    assert dark.lightnessF() < 0.4
    window.choose_theme("light")
    light = room.grab().toImage().pixelColor(room.width() // 2, room.height() - 3)
    assert light.lightnessF() > 0.6
    for zoom in (2.0, 0.8, 1.0):
        window.set_zoom(zoom)
        room.grab()
    window.resize(window.minimumSize())
    QApplication.processEvents()
    assert room.isVisible()
    assert theme.zoom() == 1.0
