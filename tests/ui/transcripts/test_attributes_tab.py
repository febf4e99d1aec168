"""Attributes, sites and tables from files, worked through the widgets of the room."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from room_material import press

from qcode.operations import documents as deeds
from qcode.operations.attributes import add_attribute
from qcode.queries.people.attributes import attributes, sheet, sites
from qcode.queries.transcripts.documents import participants

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def tab(full_room):
    """The tab with two participants, of whom area and age are asked."""
    study = full_room.bridge.study
    for pseudonym, group in (("Colleen", "Residents"), ("Royce", "Responders")):
        deeds.add_participant(study, pseudonym=pseudonym, group=group)
    add_attribute(study, subject="participant", name="Area", kind="category", levels=["Mill Row", "Upriver"])
    add_attribute(study, subject="participant", name="Age", kind="number")
    full_room.tabs.setCurrentWidget(full_room.participants)
    full_room.participants.table.setFocus()
    return full_room.participants


def place(tab, name, title):
    """Where a cell stands."""
    line = [row.name for row in tab.table.shown_rows()].index(name)
    column = [column.title for column in tab.table.columns].index(title)
    return tab.table.model().index(line, column)


def choose(tab, *cells):
    """Choose cells, the last of which gets the cursor."""
    wanted = QItemSelection()
    for cell in cells:
        index = place(tab, *cell)
        wanted.select(index, index)
    tab.table.setCurrentIndex(place(tab, *cells[-1]))
    tab.table.selectionModel().select(wanted, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def recorded(tab, subject="participant"):
    found = sheet(tab.bridge.study, subject)
    titles = {column.key: column.title for column in found.columns}
    return {row.name: {titles[key]: cell.text for key, cell in row.cells.items() if cell.text} for row in found.rows}


def paste(tab, text):
    QApplication.clipboard().setText(text)
    press(tab.table, Qt.Key.Key_V, CTRL)


def test_a_value_is_typed_into_its_cell_and_refused_where_it_has_no_meaning(tab, qtbot):
    choose(tab, ("Colleen", "Age"))
    QTest.keyClicks(tab.table, "4")
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    QTest.keyClicks(editor, "1,5")
    press(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: recorded(tab)["Colleen"].get("Age") == "41.5")
    tab._write_later(tab.table.block_to_clear())
    qtbot.waitUntil(lambda: "Age" not in recorded(tab)["Colleen"])
    QTest.keyClicks(tab.table, "x")
    press(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: any("is no number" in sentence for sentence in tab.window().told))
    assert "Age" not in recorded(tab)["Colleen"]


def test_a_block_is_pasted_in_one_step_and_undone_at_one_stroke(tab):
    choose(tab, ("Colleen", "Area"))
    paste(tab, "mill row\t41\nUpriver\tunknown\n")
    assert recorded(tab)["Colleen"] == {"Group": "Residents", "Area": "Mill Row", "Age": "41"}
    assert recorded(tab)["Royce"] == {"Group": "Responders", "Area": "Upriver", "Age": "unknown"}
    tab.bridge.undo()
    assert recorded(tab)["Royce"] == {"Group": "Responders"}


def test_a_block_with_a_cell_that_has_no_meaning_changes_nothing_and_says_why(tab):
    choose(tab, ("Colleen", "Area"))
    paste(tab, "Mill Row\t41\nNowhere\t20")
    assert "Area" not in recorded(tab)["Colleen"]
    assert tab.window().told[-1].startswith("Royce, Area: “Nowhere” is no level.")


def test_rows_beyond_the_table_are_new_participants_where_their_names_are_pasted(tab):
    choose(tab, ("Royce", "Pseudonym"))
    paste(tab, "Royce\tdeputy\nShay\tsurvivor")
    assert recorded(tab)["Shay"] == {"Role": "survivor"}
    choose(tab, ("Royce", "Age"))
    paste(tab, "1\n2\n3\n4")
    assert "Paste it with the names" in tab.window().told[-1]
    choose(tab, ("Colleen", "Age"))
    paste(tab, "1\t2")
    assert "beyond the table" in tab.window().told[-1]
    assert "Age" not in recorded(tab)["Colleen"]


def test_one_value_fills_all_chosen_cells_and_delete_clears_them(tab):
    choose(tab, ("Colleen", "Age"), ("Royce", "Age"))
    paste(tab, "40")
    assert [row["Age"] for row in recorded(tab).values()] == ["40", "40"]
    press(tab.table, Qt.Key.Key_Delete)
    assert [row.get("Age") for row in recorded(tab).values()] == [None, None]
    assert len(participants(tab.bridge.study)) == 2


def test_filling_down_repeats_the_uppermost_cell(tab):
    choose(tab, ("Colleen", "Area"))
    paste(tab, "Upriver")
    choose(tab, ("Colleen", "Area"), ("Royce", "Area"))
    press(tab.table, Qt.Key.Key_D, CTRL)
    assert recorded(tab)["Royce"]["Area"] == "Upriver"
    assert {place(tab, *cell).row() for cell in (("Colleen", "Area"), ("Royce", "Area"))} == {
        index.row() for index in tab.table.selectedIndexes()
    }


def test_chosen_cells_are_copied_as_spreadsheets_do(tab):
    choose(tab, ("Colleen", "Group"), ("Royce", "Group"), ("Royce", "Pseudonym"))
    tab.table.copy()
    assert QApplication.clipboard().text() == "\t\tResidents\nRoyce\t\tResponders"


def test_a_table_is_looked_at_before_it_is_written(tab, qtbot, tmp_path, monkeypatch):
    path = tmp_path / "people.csv"
    path.write_text("Pseudonym,Area,Age,Since\nColleen,Larkmoor,41,3/4/2024\nShay,Upriver,x,\n", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_asked: (str(path), ""))
    before = recorded(tab)
    qtbot.mouseClick(tab.import_button, Qt.MouseButton.LeftButton)
    page = tab.importing
    qtbot.waitUntil(lambda: page.plan is not None)
    assert recorded(tab) == before
    assert page.summary.text() == "2 rows · 1 new · 2 cells new · 3 cells refused"
    assert page.import_button.text() == "Import the rest"
    page.dates.setCurrentIndex(1)
    page.dates.activated.emit(1)
    qtbot.mouseClick(page.add_levels, Qt.MouseButton.LeftButton)
    assert [column.title for column in page.table.columns] == ["Row", "Who", "Area", "Age", "Since (new)"]
    qtbot.mouseClick(page.only_refused, Qt.MouseButton.LeftButton)
    assert [row.name for row in page.table.shown_rows()] == ["Shay"]
    qtbot.mouseClick(page.import_button, Qt.MouseButton.LeftButton)
    assert recorded(tab)["Colleen"] == {"Group": "Residents", "Area": "Larkmoor", "Age": "41", "Since": "2024-04-03"}
    assert recorded(tab)["Shay"] == {"Area": "Upriver"}
    assert tab.currentWidget() is tab.page
    tab.bridge.undo()
    assert recorded(tab) == before


def test_a_table_that_cannot_be_read_or_is_cancelled_changes_nothing(tab, qtbot, tmp_path):
    before = recorded(tab)
    tab.import_table(tmp_path / "missing.csv")
    qtbot.waitUntil(lambda: any("There is no file" in sentence for sentence in tab.window().told))
    assert tab.currentWidget() is tab.page
    path = tmp_path / "people.csv"
    path.write_text("Pseudonym,Age\nShay,20\n", encoding="utf-8")
    tab.import_table(path)
    qtbot.waitUntil(lambda: tab.importing.plan is not None)
    qtbot.mouseClick(tab.importing.cancel_button, Qt.MouseButton.LeftButton)
    assert recorded(tab) == before
    assert tab.currentWidget() is tab.page


def test_attributes_and_levels_are_added_and_ordered_in_the_panel(tab, qtbot):
    qtbot.mouseClick(tab.attributes_button, Qt.MouseButton.LeftButton)
    panel = tab.attributes
    assert QApplication.focusWidget() is panel.name
    QTest.keyClicks(panel.name, "Gender")
    press(panel.name, Qt.Key.Key_Return)
    for level in ("woman", "man"):
        QTest.keyClicks(panel.level, level)
        press(panel.level, Qt.Key.Key_Return)
    assert [item.name for item in panel.current.levels] == ["woman", "man"]
    panel.levels.setCurrentRow(1)
    panel.levels.setFocus()
    press(panel.levels, Qt.Key.Key_Up, ALT)
    qtbot.waitUntil(lambda: [item.name for item in panel.current.levels] == ["man", "woman"])
    panel.table.setFocus()
    press(panel.table, Qt.Key.Key_Up, ALT)
    assert [row.name for row in attributes(tab.bridge.study)] == ["Area", "Gender", "Age"]
    assert "Gender" in [column.title for column in tab.table.columns]
    press(panel.table, Qt.Key.Key_Delete)
    assert [row.name for row in attributes(tab.bridge.study)] == ["Area", "Age"]


def test_a_level_is_dragged_renamed_and_kept_while_it_is_recorded(tab, qtbot):
    panel = tab.attributes
    panel.table.select_row(attributes(tab.bridge.study)[0].id)
    # What dragging does to the list: Qt moves the row, and the list hears of it.
    assert panel.levels.model().moveRow(QModelIndex(), 1, QModelIndex(), 0)
    qtbot.waitUntil(lambda: [item.name for item in attributes(tab.bridge.study)[0].levels] == ["Upriver", "Mill Row"])
    panel.levels.item(0).setText("Up the river")
    qtbot.waitUntil(lambda: attributes(tab.bridge.study)[0].levels[0].name == "Up the river")
    choose(tab, ("Colleen", "Area"))
    paste(tab, "up the river")
    panel.levels.setCurrentRow(0)
    panel.remove_level()
    assert "can't be removed: one value is recorded" in tab.window().told[-1]
    assert panel.levels.count() == 2


def test_sites_are_added_described_and_removed(full_room, qtbot):
    full_room.tabs.setCurrentWidget(full_room.sites)
    tab = full_room.sites
    assert tab.empty.isVisible()
    qtbot.mouseClick(tab.empty.button, Qt.MouseButton.LeftButton)
    QTest.keyClicks(tab.lines[0], "Mill Row")
    QTest.keyClicks(tab.lines[1], "community")
    press(tab.lines[1], Qt.Key.Key_Return)
    assert [(row.name, row.kind) for row in sites(tab.bridge.study)] == [("Mill Row", "community")]
    tab.table.setFocus()
    choose(tab, ("Mill Row", "Kind"))
    paste(tab, "agency")
    assert recorded(tab, "site") == {"Mill Row": {"Kind": "agency"}}
    choose(tab, ("Mill Row", "Site"))
    press(tab.table, Qt.Key.Key_Delete)
    assert sites(tab.bridge.study) == []


def test_speakers_become_participants_at_one_press(full_room, qtbot):
    full_room.tabs.setCurrentWidget(full_room.participants)
    tab = full_room.participants
    assert tab.speakers_button.isVisible()
    qtbot.mouseClick(tab.speakers_button, Qt.MouseButton.LeftButton)
    assert {row.pseudonym for row in participants(tab.bridge.study)} == {"P (INT-1)", "Dee", "Lou"}
    assert not tab.speakers_button.isVisible()
    tab.bridge.undo()
    assert participants(tab.bridge.study) == []


def test_the_table_for_a_paper_is_saved(tab, tmp_path, monkeypatch, qtbot):
    path = tmp_path / "t.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(path), ""))
    choose(tab, ("Colleen", "Age"))
    paste(tab, "40")
    qtbot.mouseClick(tab.paper_button, Qt.MouseButton.LeftButton)
    assert "Median (range)" in path.read_text(encoding="utf-8-sig")
    assert tab.window().told[-1] == "Saved as t.csv."


def test_what_is_recorded_about_documents_is_a_table_of_its_own(full_room, qtbot):
    full_room.tabs.setCurrentWidget(full_room.documents)
    qtbot.mouseClick(full_room.documents.recorded_button, Qt.MouseButton.LeftButton)
    tab = full_room.documents.recorded
    assert QApplication.focusWidget() is tab.table
    choose(tab, ("INT-1", "Mode"))
    paste(tab, "recorded\tBo Ek\nnotes")
    assert recorded(tab, "document")["INT-1"] == {"Group": "Residents", "Mode": "recorded", "Checked by": "Bo Ek"}
    assert full_room.documents.currentWidget() is tab
    choose(tab, ("INT-1", "Mode"))
    press(tab.table, Qt.Key.Key_Down, ALT)
    assert [row.name for row in sheet(tab.bridge.study, "document").rows] == ["FG-1", "INT-1"]
    assert tab.table.current_row().name == "INT-1"
    qtbot.mouseClick(tab.back_button, Qt.MouseButton.LeftButton)
    assert full_room.documents.currentWidget() is full_room.documents.library
    assert [row.name for row in full_room.documents.table.shown_rows()] == ["FG-1", "INT-1"]
