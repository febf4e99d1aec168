"""The Transcripts room in the real window, by the window's keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from room_material import names, panel, press, settle, wait_for_import

CTRL = Qt.KeyboardModifier.ControlModifier


def test_an_import_is_undone_and_done_again_by_the_keys_of_the_window(
    window, small_study, qtbot, monkeypatch, word, text
):
    paths = [str(word("INT-7.docx")), str(text("bus.txt"))]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_given: (paths, ""))
    press(window, Qt.Key.Key_1, CTRL)
    room = window.current_room
    assert room.key == "transcripts"
    panel(room).as_they_are.setChecked(True)
    room.documents.table.setFocus()
    press(QApplication.focusWidget(), Qt.Key.Key_I, CTRL)
    settle(qtbot, room)
    press(panel(room).files, Qt.Key.Key_Return, CTRL | Qt.KeyboardModifier.ShiftModifier)
    wait_for_import(qtbot, room)
    everything = ["INT-1", "FG-1", "INT-7", "bus"]
    assert names(small_study.study) == everything
    press(QApplication.focusWidget(), Qt.Key.Key_Z, CTRL)
    assert [row.name for row in room.documents.table.shown_rows()] == everything[:2]
    press(QApplication.focusWidget(), Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert [row.name for row in room.documents.table.shown_rows()] == everything


def test_enter_on_a_document_leads_to_the_code_room(window, small_study):
    room = window.show_room("transcripts")
    room.documents.table.select_row(small_study.documents["FG-1"])
    room.documents.table.setFocus()
    press(room.documents.table, Qt.Key.Key_Return)
    assert window.current_room.key == "code"


def test_a_removal_is_undone_without_leaving_the_room(window, small_study):
    room = window.show_room("transcripts")
    room.documents.table.select_row(small_study.documents["FG-1"])
    room.documents.table.setFocus()
    press(room.documents.table, Qt.Key.Key_Delete)
    assert names(small_study.study) == ["INT-1"]
    press(QApplication.focusWidget(), Qt.Key.Key_Z, CTRL)
    assert names(small_study.study) == ["INT-1", "FG-1"]
    assert window.current_room is room


def test_the_keyboard_stays_in_the_panel_while_files_are_imported(window, qtbot, word, text):
    room = window.show_room("transcripts")
    panel(room).as_they_are.setChecked(True)
    room.import_files([word("INT-7.docx"), text("bus.txt")])
    settle(qtbot, room)
    qtbot.mouseClick(panel(room).import_button, Qt.MouseButton.LeftButton)
    assert QApplication.focusWidget() is panel(room).files
    wait_for_import(qtbot, room)
    settle(qtbot, room)
    assert panel(room).current.path.name == "bus.txt"
    assert QApplication.focusWidget() is panel(room).files
    panel(room).found.labels.table.setFocus()
    press(panel(room).found.labels.table, Qt.Key.Key_Return, CTRL)
    assert QApplication.focusWidget() is panel(room).files
    wait_for_import(qtbot, room)
    assert QApplication.focusWidget() is room.documents.table
    press(QApplication.focusWidget(), Qt.Key.Key_2, CTRL)
    assert window.current_room.isAncestorOf(QApplication.focusWidget())
