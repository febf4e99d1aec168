"""What must hold in every real room of the real window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget

from qcode.operations import assignments
from qcode.operations.rounds import add_round
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
def test_what_is_reached_and_done_there_has_a_name_and_a_key_of_its_own(window, key):
    QAccessible.setActive(True)
    room = window.show_room(key)
    own = [widget for widget in reachable(window) if not widget.objectName().startswith("qt_")]
    nameless = [f"{type(widget).__name__} in {type(widget.parent()).__name__}" for widget in own if not name_of(widget)]
    assert nameless == []
    taken = {sequence: command.id for command in window.commands for sequence in command.keys}
    for action in room.room_actions():
        for sequence in {shortcut.toString() for shortcut in action.shortcuts()} - {""}:
            assert sequence not in taken, (sequence, action.text(), taken[sequence])
            if action.shortcutContext() is Qt.ShortcutContext.WindowShortcut:
                taken[sequence] = action.text()
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


def test_only_one_choice_of_a_round_is_seen_in_the_agree_room(window, small_study):
    add_round(small_study.study, name="Re-check", everyone=True)
    assert window.view.header.round_chooser.isVisible()
    room = window.show_room("agree")
    assert room.strip.rounds.isVisible()
    assert not window.view.header.round_chooser.isVisible()


def test_in_a_window_of_1024_the_documents_give_way_to_the_text(window, qtbot):
    room = window.show_room("code")
    window.resize(1024, 700)
    qtbot.waitUntil(lambda: not room.documents.isVisible())
    assert room.view.viewport().width() > 44 * room.view.rows.letter
    window.resize(1280, 800)
    qtbot.waitUntil(room.documents.isVisible)


def test_in_a_window_of_1024_all_figures_of_agreement_are_in_sight(window, qtbot, small_study):
    study = small_study.study
    for coder in (small_study.bo, small_study.ana):
        study.act_as(coder)
        assignments.hand_in_round(study, round_id=small_study.round, documents=[small_study.documents["FG-1"]])
    window.resize(1024, 700)
    room = window.show_room("agree")
    qtbot.waitUntil(lambda: room.found is not None and not room.computing, timeout=10_000)
    codes = room.tables.codes
    last = len(codes.columns) - 1
    qtbot.waitUntil(lambda: not codes.horizontalScrollBar().isVisible())
    assert codes.columnViewportPosition(last) + codes.columnWidth(last) <= codes.viewport().width()
    assert codes.columnWidth(last) >= 10 * theme.SPACE
    before = codes.columnWidth(0)
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: codes.columnWidth(0) > before)
    assert room.tables.overall.columnWidth(0) == codes.columnWidth(0)


def test_a_refusal_goes_when_the_caret_moves_or_another_document_or_panel_is_shown(window, qtbot):
    room = window.current_room
    shown = room.desk.document
    another = next(row.id for row in room.desk.documents if row.id != shown)
    moves = (
        lambda: qtbot.keyClick(room.view, Qt.Key.Key_Right),
        lambda: room.open_document(another),
        lambda: window.view.show_panel("search"),
    )
    for move in moves:
        room.view.setFocus()
        qtbot.wait(100)  # what the last move began, such as the counts after the first paint, comes to its end
        window.bridge.refused.emit("Nothing is selected.")
        qtbot.wait(1)
        assert window.messages.sentence == "Nothing is selected."
        move()
        assert window.messages.sentence == ""


def test_a_refusal_stays_when_the_program_does_something_by_itself(window, qtbot):
    window.bridge.refused.emit("Nothing is selected.")
    qtbot.wait(1)
    window.view.drawer.restore()
    assert window.messages.sentence == "Nothing is selected."


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1024, 700)])
def test_the_documents_fit_their_table_with_whole_names_and_without_a_scroll_bar(window, qtbot, width, height):
    window.resize(width, height)
    table = window.show_room("transcripts").documents.table
    qtbot.waitUntil(lambda: table.horizontalScrollBar().maximum() == 0)
    shown = [column.title for number, column in enumerate(table.columns) if not table.isColumnHidden(number)]
    assert {"Name", "Kind", "Your codings", "Your work", "De-identified"} <= set(shown)
    assert table.columnWidth(0) >= 18 * theme.SPACE
    assert table.columnViewportPosition(0) == 0
