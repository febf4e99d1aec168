"""The history in the drawer: own steps are taken back from the list, filtered and paged, and lead to their places."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from qcode.operations import codebook
from qcode.queries.codings import Looking, codings
from qcode.queries.history import history
from qcode.ui.drawer import history as panel_module


@pytest.fixture
def panel(window, qtbot):
    """The history panel of the real window, with everything known."""
    window.view.drawer.show_panel("history")
    panel = window.view.drawer.history
    qtbot.waitUntil(lambda: not panel.thinking)
    return panel


def mark(panel, label, *, mine=True):
    """Mark the latest step with a label."""
    row = next(row for row in panel.table.shown_rows() if row.step.label == label and row.step.mine == mine)
    assert panel.table.select_row(row.id)
    return row


def test_enter_takes_back_an_own_step_from_the_middle(panel, window, small_study, qtbot):
    row = mark(panel, "Apply Trusted person")
    assert row.state == "can be taken back"
    panel.table.setFocus()
    QTest.keyClick(panel.table, Qt.Key.Key_Return)
    names = {each.name for each in codings(small_study.study, Looking(coders=[small_study.ana]))}
    assert "Trusted person" not in names
    qtbot.waitUntil(lambda: not panel.thinking)
    assert panel.table.current_row().id == row.id
    assert panel.table.current_row().state == "taken back"
    assert not panel.button.isEnabled()
    assert window.commands.action("edit.redo").text() == "Redo Apply Trusted person"
    window.redo()
    names = {each.name for each in codings(small_study.study, Looking(coders=[small_study.ana]))}
    assert "Trusted person" in names


def test_a_step_that_later_work_stands_on_says_so_and_stays(panel, window, small_study):
    row = mark(panel, "Add code Wear")
    assert row.state == "stays"
    assert "later work by" in row.reason
    assert not panel.button.isEnabled()
    before = len(history(small_study.study))
    panel.table.setFocus()
    QTest.keyClick(panel.table, Qt.Key.Key_Return)
    assert len(history(small_study.study)) == before
    assert row.reason in window.messages.sentence


def test_colleagues_steps_and_the_beginning_cannot_be_taken_back(panel):
    mark(panel, "Apply Wear", mine=False)
    assert not panel.button.isEnabled()
    assert panel._next.text() == "Only Bo Ek can take this back."
    row = mark(panel, "Create the study")
    assert row.state == "stays"
    assert "as far back as undo goes" in panel._next.text()


def test_one_sees_mine_one_kind_of_thing_and_one_document(panel, small_study, qtbot):
    for box, choice, said in (
        (panel.whose, 1, lambda row: row.step.mine),
        (panel.thing, panel.thing.findText("Codes"), lambda row: row.step.label.startswith("Add code")),
    ):
        box.setCurrentIndex(choice)
        box.activated.emit(choice)
        assert panel.table.shown_rows()
        assert all(said(row) for row in panel.table.shown_rows())
    for box in (panel.whose, panel.thing):
        box.setCurrentIndex(0)
        box.activated.emit(0)
    assert len(panel.table.shown_rows()) == len(history(small_study.study))
    panel.document.setCurrentIndex(panel.document.findText("FG-1"))
    panel.document.activated.emit(panel.document.currentIndex())
    labels = [row.step.label for row in panel.table.shown_rows()]
    assert labels == ["Apply Wear", "Apply Wear", "Apply Wear", "Import FG-1"]
    qtbot.waitUntil(lambda: not panel.thinking)


def test_earlier_steps_are_read_page_by_page(panel, small_study, qtbot, monkeypatch):
    monkeypatch.setattr(panel_module, "PAGE", 4)
    panel._on_chosen()
    whole = [row.id for row in history(small_study.study)]
    assert [row.id for row in panel.steps] == whole[:4]
    panel.earlier.click()
    assert len(panel.steps) == 8
    assert [row.id for row in panel.steps] == whole[:8]
    while not panel.earlier.isHidden():
        panel.show_earlier()
    assert [row.id for row in panel.steps] == whole
    kept = panel.table.shown_rows()[10].id
    panel.table.select_row(kept)
    codebook.add_code(small_study.study, name="New")
    assert panel.table.current_row().id == kept
    qtbot.waitUntil(lambda: not panel.thinking)


def test_a_step_leads_to_its_place(panel, window, small_study):
    mark(panel, "Apply Trusted person")
    panel.table.setFocus()
    QTest.keyClick(panel.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    room = window.current_room
    span = room.view.selected_range()
    assert room.desk.words(span) == "She had been through it herself."


def test_undo_names_what_it_would_take_back_in_the_menu(window, small_study):
    assert window.commands.action("edit.undo").text() == "Undo Apply Wear"
    window.undo()
    assert window.commands.action("edit.redo").text() == "Redo Apply Wear"
