"""The Team tab, worked through its widgets."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from room_material import press

from qcode.operations import assignments, team
from qcode.operations.rounds import add_round
from qcode.queries.assignments import assignment_grid
from qcode.queries.team import coders, rounds


@pytest.fixture
def tab(full_room):
    full_room.tabs.setCurrentWidget(full_room.team)
    return full_room.team


def shown(tab):
    model = tab.grid.model()
    lines = range(model.rowCount())
    return [[model.index(line, column).data() for column in range(model.columnCount())] for line in lines]


def select(tab, *cells):
    selection = tab.grid.selectionModel()
    selection.clear()
    for line, column in cells:
        selection.select(tab.grid.model().index(line, column), QItemSelectionModel.SelectionFlag.Select)
    tab.grid.setFocus()


def test_the_round_of_everyone_is_shown_and_has_nothing_to_assign(tab, small_study):
    assignments.hand_in_round(small_study.study, round_id=small_study.round, documents=[small_study.documents["INT-1"]])
    assert shown(tab) == [["INT-1", "✓ done", "○ open"], ["FG-1", "○ open", "○ open"]]
    assert not tab.assign_button.isVisible()
    assert "nothing to assign" in tab._said.text()


def test_a_coder_is_added_by_keys(tab):
    tab.coder_name.setFocus()
    QTest.keyClicks(tab.coder_name, "Cy Ng")
    press(tab.coder_name, Qt.Key.Key_Return)
    assert [(row.name, row.initials) for row in coders(tab.bridge.study)] == [
        ("Ana Lima", "AL"),
        ("Bo Ek", "BE"),
        ("Cy Ng", "CN"),
    ]
    assert tab.grid.model().columnCount() == 4
    assert tab.coder_name.text() == ""


def test_a_coder_without_a_name_is_refused_with_a_sentence(tab, full_room):
    tab.coder_initials.setFocus()
    press(tab.coder_initials, Qt.Key.Key_Return)
    assert full_room.told == ["A coder needs a name."]


def test_a_coder_is_renamed_in_the_table(tab, qtbot, small_study):
    tab.coders.select_row(small_study.bo)
    tab.coders.setFocus()
    press(tab.coders, Qt.Key.Key_F2)
    editor = next(child for child in tab.coders.viewport().findChildren(QLineEdit) if child.isVisible())
    editor.selectAll()
    QTest.keyClicks(editor, "Bo Ekman")
    press(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Bo Ekman" in [row.name for row in coders(tab.bridge.study)])
    assert tab.grid.model().headerData(2, Qt.Orientation.Horizontal) == "Bo Ekman"


def test_a_blind_round_is_added_and_documents_are_assigned_in_it(tab, small_study, qtbot):
    tab.round_name.setFocus()
    QTest.keyClicks(tab.round_name, "Recheck")
    tab.round_purpose.setCurrentIndex(tab.round_purpose.findData("recheck"))
    qtbot.mouseClick(tab.round_blind, Qt.MouseButton.LeftButton, pos=tab.round_blind.rect().center() / 4)
    tab.round_blind.setChecked(True)
    qtbot.mouseClick(tab.add_round_button, Qt.MouseButton.LeftButton)
    made = rounds(tab.bridge.study)[-1]
    assert (made.name, made.purpose, made.blind, made.everyone) == ("Recheck", "recheck", True, False)
    assert tab.round_id == made.id
    assert tab.round_box.currentText() == "Recheck"
    assert shown(tab) == [["INT-1", "– not assigned", "– not assigned"], ["FG-1", "– not assigned", "– not assigned"]]
    assert not tab.assign_button.isEnabled()
    select(tab, (0, 1), (0, 2), (1, 2))
    assert tab.assign_button.text() == "Assign 3"
    qtbot.mouseClick(tab.assign_button, Qt.MouseButton.LeftButton)
    assert shown(tab) == [["INT-1", "○ open", "○ open"], ["FG-1", "– not assigned", "○ open"]]
    grid = assignment_grid(tab.bridge.study, made.id)
    assert grid.state(small_study.documents["FG-1"], small_study.ana) == "not assigned"
    assert grid.state(small_study.documents["FG-1"], small_study.bo) == "open"


def test_a_rectangle_of_cells_is_one_step(tab, small_study):
    made = add_round(small_study.study, name="Recheck")
    tab.show_round(made)
    tab.grid.selectAll()
    tab.grid.setFocus()
    press(tab.grid, Qt.Key.Key_Return)
    assert {cell for line in shown(tab) for cell in line[1:]} == {"○ open"}
    tab.bridge.undo()
    assert {cell for line in shown(tab) for cell in line[1:]} == {"– not assigned"}


def test_what_is_assigned_already_stays_as_it_is(tab, small_study):
    made = add_round(small_study.study, name="Recheck")
    everything = {"documents": list(small_study.documents.values()), "coders": [small_study.ana]}
    assignments.assign(small_study.study, round_id=made, **everything)
    assignments.hand_in_round(small_study.study, round_id=made, documents=[small_study.documents["INT-1"]])
    tab.show_round(made)
    tab.grid.selectAll()
    tab.assign_selected()
    assert shown(tab) == [["INT-1", "✓ done", "○ open"], ["FG-1", "○ open", "○ open"]]


def test_the_selection_stays_with_its_cells_when_the_study_changes(tab, small_study):
    made = add_round(small_study.study, name="Recheck")
    tab.show_round(made)
    select(tab, (1, 2))
    team.add_coder(small_study.study, name="Aki Aalto")
    assert tab.grid.unassigned == [(small_study.documents["FG-1"], small_study.bo)]


def test_another_round_is_chosen_in_the_table_of_rounds(tab, small_study):
    made = add_round(small_study.study, name="Recheck")
    tab.rounds.select_row(made)
    assert tab.round_id == made
    assert tab.round_box.currentData() == made
    tab.rounds.select_row(small_study.round)
    assert tab.round_box.currentData() == small_study.round


def test_a_round_that_is_undone_gives_way_to_another(tab, small_study):
    tab.show_round(add_round(small_study.study, name="Recheck"))
    tab.bridge.undo()
    assert tab.round_id == small_study.round
    assert shown(tab)[0][0] == "INT-1"


def test_the_grid_is_read_aloud_and_copied_in_words(tab):
    cell = tab.grid.model().index(1, 2)
    assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == "FG-1, Bo Ek: open"
    tab.grid.setFocus()
    press(tab.grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "\tAna Lima\tBo Ek\nINT-1\topen\topen\nFG-1\topen\topen"


def test_handing_out_is_announced_without_being_offered(tab):
    assert "comes later" in tab._later.text()
    assert "#" not in tab._later.text()


def test_the_commands_of_the_room_reach_the_fields_of_the_team(full_room):
    by_name = {action.text(): action for action in full_room.room_actions()}
    by_name["Add a round"].trigger()
    assert full_room.tab == "Team"
    assert QApplication.focusWidget() is full_room.team.round_name
