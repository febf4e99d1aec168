"""The palette of commands, the panel of keys, and the register behind them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from qcode.ui.commands import Commands
from qcode.ui.keys.keyed import plain

PALETTE = (Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)


def open_palette(qtbot, shell):
    qtbot.keyClick(QApplication.focusWidget(), *PALETTE)
    return shell.palette_panel


def test_a_few_letters_and_enter_run_a_command_and_the_focus_goes_back(shell, qtbot):
    room = shell.current_room
    room.right.setFocus()
    panel = open_palette(qtbot, shell)
    assert QApplication.focusWidget() is panel.line
    qtbot.keyClicks(panel.line, "do what")
    assert panel.found()[0] == "Do what one does in Code"
    qtbot.keyClick(panel.line, Qt.Key.Key_Return)
    assert room.acted == 1
    assert panel.isHidden()
    assert QApplication.focusWidget() is room.right


def test_arrow_keys_mark_another_command(shell, qtbot):
    panel = open_palette(qtbot, shell)
    qtbot.keyClicks(panel.line, "theme")
    place = panel.found().index("Dark")
    for _step in range(place):
        qtbot.keyClick(panel.line, Qt.Key.Key_Down)
    qtbot.keyClick(panel.line, Qt.Key.Key_Return)
    from qcode.ui import theme

    assert theme.current().is_dark


def test_every_command_that_can_be_done_stands_in_the_palette_with_its_key(shell, qtbot):
    panel = open_palette(qtbot, shell)
    wanted = [plain(command.action.text()) for command in shell.commands if command.action.isEnabled()]
    assert panel.found() == ["Do what one does in Code", *wanted]
    keys = {offer.name: offer.key for offer in panel._known}
    assert keys["Search"] == "Ctrl+Shift+F"
    assert "Redo" not in panel.found()


def test_escape_or_another_focus_closes_it_and_runs_nothing(shell, qtbot):
    room = shell.current_room
    room.left.setFocus()
    panel = open_palette(qtbot, shell)
    qtbot.keyClick(panel.line, Qt.Key.Key_Escape)
    assert panel.isHidden()
    assert QApplication.focusWidget() is room.left
    open_palette(qtbot, shell)
    qtbot.mouseClick(room.right, Qt.MouseButton.LeftButton)
    assert panel.isHidden()
    assert QApplication.focusWidget() is room.right
    assert room.acted == 0


def test_nothing_found_runs_nothing(shell, qtbot):
    panel = open_palette(qtbot, shell)
    qtbot.keyClicks(panel.line, "xyzzy")
    assert panel.found() == []
    qtbot.keyClick(panel.line, Qt.Key.Key_Return)
    assert panel.isVisible()


def test_f1_shows_the_keys_of_the_room_first(shell, qtbot):
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F1)
    rows = shell.keys_panel.rows()
    assert (rows[0].keys, rows[0].part) == ("Ctrl+Shift+D", "Code")
    assert {"F6", "Ctrl+PgDown", "F1", "Ctrl+Shift+P"} <= {row.keys for row in rows}
    qtbot.keyClicks(QApplication.focusWidget(), "next pane")
    assert [row.keys for row in shell.keys_panel.rows()] == ["F6"]


def test_without_a_study_only_what_makes_sense_is_offered(bare, qtbot):
    bare.show_commands()
    assert "New study…" in bare.palette_panel.found()
    assert "Code" not in bare.palette_panel.found()
    assert "Close the study" not in bare.palette_panel.found()


def test_an_id_or_a_key_that_is_taken_is_a_mistake(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    commands = Commands(window)
    commands.add("a", "One", list, part="Edit", keys="Ctrl+1")
    with pytest.raises(ValueError, match="a"):
        commands.add("a", "Another", list, part="Edit")
    with pytest.raises(ValueError, match="b"):
        commands.add("b", "Another", list, part="Edit", keys="Ctrl+1")


def test_no_key_is_punctuation_or_needs_ctrl_with_alt_and_none_is_taken_twice(shell):
    seen = {}
    for command in shell.commands:
        for key in command.keys:
            assert "Ctrl+Alt" not in key
            if not command.id.startswith("zoom."):
                strokes = key.split(", ")
                assert all(stroke.split("+")[-1].isalnum() for stroke in strokes), key
            assert seen.setdefault(key, command.id) == command.id
    reserved = {"Ctrl+Shift+U", "Ctrl+Shift+E", "Ctrl+M", "Ctrl+H", "Ctrl+Shift+Q"}
    assert not reserved & seen.keys()


def test_names_lose_the_mark_of_their_menu_letter_but_no_real_ampersand():
    assert plain("&New study…") == "New study…"
    assert plain("Undo Rename code Wear && tear") == "Undo Rename code Wear & tear"
