"""The Team tab, worked through its widgets: coders, rounds, and who codes what."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from room_material import popups, press

from qcode.operations import assignments, coding, regions, team
from qcode.operations.codebook import add_code
from qcode.operations.rounds import change_round
from qcode.queries.rounds.assignments import assignment_grid
from qcode.queries.team import coders, rounds
from qcode.queries.transcripts.documents import document_text
from qcode.ui.keys import make_action

NOT = "– not assigned"


def shown(tab):
    model = tab.grid.model()
    names = [model.headerData(line, Qt.Orientation.Vertical) for line in range(model.rowCount())]
    return [
        [name, *(model.index(line, column).data() for column in range(model.columnCount()))]
        for line, name in enumerate(names)
    ]


def heads(tab):
    model = tab.grid.model()
    return [model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())]


def select(tab, *cells):
    selection = tab.grid.selectionModel()
    selection.clear()
    for line, column in cells:
        selection.select(tab.grid.model().index(line, column), QItemSelectionModel.SelectionFlag.Select)
    tab.grid.setFocus()


def edit(table, key, column, words):
    """Type into a cell of a table and keep it."""
    assert table.edit_cell(key, column)
    editor = next(child for child in table.viewport().findChildren(QLineEdit) if child.isVisible())
    editor.selectAll()
    QTest.keyClicks(editor, words)
    press(editor, Qt.Key.Key_Return)


def test_the_round_of_everyone_tells_how_far_each_is_and_has_nothing_to_assign(tab, small_study):
    assignments.hand_in_round(small_study.study, round_id=small_study.round, documents=[small_study.documents["INT-1"]])
    assert [line[:2] for line in shown(tab)] == [
        ["INT-1", "✓ handed in · 3 codings"],
        ["FG-1", "○ open · 84 % · 2 codings"],
    ]
    assert heads(tab) == ["Ana Lima\n1 of 2 handed in", "Bo Ek\n0 of 2 handed in"]
    assert not tab.view.assign_button.isVisible()
    assert "nothing to assign" in tab.view.said.text()


def test_a_coder_is_added_by_keys(tab):
    tab.coders.name.setFocus()
    QTest.keyClicks(tab.coders.name, "Cy Ng")
    press(tab.coders.name, Qt.Key.Key_Return)
    assert [(row.name, row.initials) for row in coders(tab.bridge.study)] == [
        ("Ana Lima", "AL"),
        ("Bo Ek", "BE"),
        ("Cy Ng", "CN"),
    ]
    assert tab.grid.model().columnCount() == 3
    assert tab.coders.name.text() == ""
    assert QApplication.focusWidget() is tab.coders.name


def test_a_coder_without_a_name_is_refused_with_a_sentence(tab, full_room):
    tab.coders.initials.setFocus()
    press(tab.coders.initials, Qt.Key.Key_Return)
    assert full_room.told == ["A coder needs a name."]


def test_a_coder_is_renamed_in_the_table(tab, qtbot, small_study):
    edit(tab.coders.table, small_study.bo, 0, "Bo Ekman")
    qtbot.waitUntil(lambda: "Bo Ekman" in [row.name for row in coders(tab.bridge.study)])
    assert heads(tab)[1].startswith("Bo Ekman")


def test_the_lead_makes_a_colleague_lead_too_and_the_last_one_stays(tab, qtbot, small_study, full_room, monkeypatch):
    popups(monkeypatch)

    def choose(coder, role):
        assert tab.coders.table.edit_cell(coder, 2)
        box = next(child for child in tab.coders.table.viewport().findChildren(QComboBox) if child.isVisible())
        box.setCurrentIndex(box.findData(role))
        box.activated.emit(box.currentIndex())

    def roles():
        return {row.id: row.role for row in coders(tab.bridge.study)}

    choose(small_study.ana, "coder")
    qtbot.waitUntil(lambda: bool(full_room.told))
    assert "only one who leads" in full_room.told[0]
    assert roles()[small_study.ana] == "lead"
    choose(small_study.bo, "lead")
    qtbot.waitUntil(lambda: roles()[small_study.bo] == "lead")


def test_a_round_is_added_and_made_blind_and_documents_are_assigned_in_it(tab, small_study, qtbot):
    tab.rounds.name.setFocus()
    QTest.keyClicks(tab.rounds.name, "Recheck")
    press(tab.rounds.name, Qt.Key.Key_Return)
    made = rounds(tab.bridge.study)[-1]
    assert (made.name, tab.round_id, tab.top.round_box.currentText()) == ("Recheck", made.id, "Recheck")
    tab.rounds.blind.setFocus()
    press(tab.rounds.blind, Qt.Key.Key_Space)
    tab.rounds.purpose.setCurrentIndex(tab.rounds.purpose.findData("recheck"))
    tab.rounds.purpose.activated.emit(tab.rounds.purpose.currentIndex())
    made = rounds(tab.bridge.study)[-1]
    assert (made.purpose, made.blind, made.everyone) == ("recheck", True, False)
    assert tab.top.traits.text() == "re-check, blind"
    assert shown(tab) == [["INT-1", NOT, NOT], ["FG-1", NOT, NOT]]
    assert not tab.view.assign_button.isEnabled()
    select(tab, (0, 0), (0, 1), (1, 1))
    assert tab.view.assign_button.text() == "Assign 3"
    qtbot.mouseClick(tab.view.assign_button, Qt.MouseButton.LeftButton)
    assert shown(tab) == [["INT-1", "○ open", "○ open · sealed"], ["FG-1", NOT, "○ open"]]
    grid = assignment_grid(tab.bridge.study, made.id)
    assert grid.state(small_study.documents["FG-1"], small_study.ana) == "not assigned"
    assert grid.state(small_study.documents["FG-1"], small_study.bo) == "open"
    tab.bridge.undo()
    assert shown(tab) == [["INT-1", NOT, NOT], ["FG-1", NOT, NOT]]


def test_a_coder_in_a_blind_round_sees_states_and_no_counts_of_colleagues(tab, small_study):
    change_round(small_study.study, small_study.round, blind=True)
    assert shown(tab)[0] == ["INT-1", "○ open · 88 % · 3 codings", "○ open · sealed"]
    assignments.hand_in_round(small_study.study, round_id=small_study.round)
    assert shown(tab)[0][2].endswith("2 codings")


def test_a_blind_round_is_opened_by_the_lead_alone(tab, small_study, full_room):
    change_round(small_study.study, small_study.round, blind=True)
    tab.bridge.act_as(small_study.bo)
    full_room.mark_stale()
    tab.rounds.blind.setFocus()
    press(tab.rounds.blind, Qt.Key.Key_Space)
    assert "Only whoever leads the study" in full_room.told[0]
    assert tab.rounds.blind.isChecked()
    assert rounds(small_study.study)[0].blind


def test_a_round_is_renamed_and_removed_and_undo_brings_it_back(tab, recheck, qtbot, full_room):
    edit(tab.rounds.table, recheck, 0, "Second look")
    qtbot.waitUntil(lambda: tab.top.round_box.currentText() == "Second look")
    qtbot.mouseClick(tab.rounds.remove_button, Qt.MouseButton.LeftButton)
    assert [row.name for row in rounds(tab.bridge.study)] == ["Round 1"]
    assert full_room.told == ["“Second look” removed. Undo brings it back."]
    tab.bridge.undo()
    assert [row.name for row in rounds(tab.bridge.study)] == ["Round 1", "Second look"]


def test_a_round_with_codings_stays(tab, small_study, full_room):
    tab.show_round(small_study.round)
    tab.rounds.table.setFocus()
    press(tab.rounds.table, Qt.Key.Key_Delete)
    assert "stays" in full_room.told[0]
    assert len(rounds(tab.bridge.study)) == 1


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_a_rectangle_of_cells_is_assigned_by_keys_at_one_stroke(tab, recheck, key):
    tab.grid.setFocus()
    press(tab.grid, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    press(tab.grid, key)
    assert {cell for line in shown(tab) for cell in line[1:]} == {"○ open"}
    tab.bridge.undo()
    assert {cell for line in shown(tab) for cell in line[1:]} == {NOT}


def test_delete_takes_back_what_is_assigned_at_one_stroke(tab, recheck, small_study, full_room):
    assignments.assign(
        small_study.study,
        round_id=recheck,
        documents=list(small_study.documents.values()),
        coders=[small_study.ana, small_study.bo],
    )
    select(tab, (0, 0), (1, 1))
    press(tab.grid, Qt.Key.Key_Delete)
    assert shown(tab) == [["INT-1", NOT, "○ open"], ["FG-1", "○ open", NOT]]
    assert full_room.told == []
    tab.bridge.undo()
    assert {cell for line in shown(tab) for cell in line[1:]} == {"○ open"}


def test_what_is_handed_in_is_not_taken_back_and_nothing_else_with_it(tab, recheck, small_study, full_room):
    study = small_study.study
    assignments.assign(
        study, round_id=recheck, documents=list(small_study.documents.values()), coders=[small_study.ana]
    )
    assignments.hand_in_round(study, round_id=recheck, documents=[small_study.documents["FG-1"]])
    select(tab, (0, 0), (1, 0))
    press(tab.grid, Qt.Key.Key_Delete)
    assert "Open it again first" in full_room.told[0]
    assert [line[1] for line in shown(tab)] == ["○ open", "✓ handed in"]


def test_my_own_work_is_done_and_not_done_after_all(tab, small_study, qtbot):
    select(tab, (0, 0))
    qtbot.mouseClick(tab.view.done_button, Qt.MouseButton.LeftButton)
    assert shown(tab)[0][1] == "◐ done · 3 codings"
    assert heads(tab)[0] == "Ana Lima\n0 of 2 handed in, 1 done"
    assert tab.view.done_button.text() == "Not done"
    qtbot.mouseClick(tab.view.done_button, Qt.MouseButton.LeftButton)
    assert shown(tab)[0][1] == "○ open · 88 % · 3 codings"
    select(tab, (0, 1))
    assert not tab.view.done_button.isVisible()


def test_what_a_cell_has_beside_its_state_is_told_below_the_grid(tab, small_study):
    study, document = small_study.study, small_study.documents["INT-1"]
    text = document_text(study, document)
    turn = text.turns[1]
    regions.assign_parts(
        study,
        round_id=small_study.round,
        coder=small_study.bo,
        document=document,
        ranges=[(turn.start, turn.end)],
        revision=text.revision,
    )
    assignments.hand_in_round(study, round_id=small_study.round, documents=[document])
    assignments.reopen(
        study, round_id=small_study.round, coder=small_study.ana, documents=[document], reason="One code was missing"
    )
    select(tab, (0, 1))
    assert tab.view.said.text().startswith("Bo Ek · INT-1: codes 1 part, ")
    assert shown(tab)[0][2].endswith("in part")
    select(tab, (0, 0))
    assert tab.view.said.text() == "Ana Lima · INT-1. Opened again: One code was missing."


def test_the_selection_and_the_cursor_stay_with_their_cells_when_the_study_changes(tab, recheck, small_study):
    tab.grid.choose((small_study.documents["FG-1"], small_study.bo))
    team.add_coder(small_study.study, name="Aki Aalto")
    assert tab.grid.chosen == [(small_study.documents["FG-1"], small_study.bo)]
    assert tab.grid.currentIndex().column() == 2


def test_another_round_is_chosen_in_the_table_of_rounds_or_above_the_grid(tab, recheck, small_study):
    tab.rounds.table.select_row(small_study.round)
    assert tab.top.round_box.currentData() == tab.round_id == small_study.round
    tab.top.round_box.setCurrentIndex(tab.top.round_box.findData(recheck))
    tab.top.round_box.activated.emit(tab.top.round_box.currentIndex())
    assert tab.round_id == recheck
    assert tab.rounds.table.current_row().id == recheck
    assert shown(tab)[0] == ["INT-1", NOT, NOT]


def test_a_round_that_is_undone_gives_way_to_another(tab, recheck, small_study):
    tab.bridge.undo()
    assert tab.round_id == small_study.round
    assert shown(tab)[0][0] == "INT-1"


def test_the_grid_is_read_aloud_and_copied_in_words(tab, recheck):
    cell = tab.grid.model().index(1, 1)
    assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == "FG-1, Bo Ek: not assigned"
    tab.grid.setFocus()
    press(tab.grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    words = "not assigned\tnot assigned"
    assert QGuiApplication.clipboard().text() == f"\tAna Lima\tBo Ek\nINT-1\t{words}\nFG-1\t{words}"


def test_the_commands_of_the_room_reach_the_fields_of_the_team(full_room):
    by_name = {action.text(): action for action in full_room.room_actions()}
    by_name["Add a round"].trigger()
    assert full_room.tab == "Team"
    assert QApplication.focusWidget() is full_room.team.rounds.name


def test_what_is_done_in_the_tab_is_offered_only_while_it_is_seen(full_room):
    actions = {action.objectName(): action for action in full_room.room_actions()}
    assert not actions["team.draw"].isEnabled()
    full_room.tabs.setCurrentWidget(full_room.team)
    assert actions["team.draw"].isEnabled()
    assert actions["team.assign"].isEnabled()


def test_codings_stay_when_their_document_is_taken_back_and_that_is_told(tab, recheck, small_study, full_room, qtbot):
    study = small_study.study
    assignments.assign(study, round_id=recheck, documents=[small_study.documents["FG-1"]], coders=[small_study.ana])
    coding.apply_codes(
        study,
        passage=small_study.passage("FG-1", "Tired, mostly."),
        codes=[small_study.codes["Wear"]],
        round_id=recheck,
    )
    select(tab, (1, 0))
    qtbot.mouseClick(tab.view.unassign_button, Qt.MouseButton.LeftButton)
    assert full_room.told == ["1 coding made there stays. Undo assigns it again."]
    assert QApplication.focusWidget() is tab.grid


def test_what_other_parts_of_the_window_do_is_offered_when_it_is_there(tab, full_room):
    assert not any(part.isVisible() for part in tab.top.buttons.values())
    done = []
    made = make_action(full_room, "Collect…", lambda: done.append("collect"), key="team.collect")
    full_room.tabs.setCurrentWidget(full_room.documents)
    full_room.tabs.setCurrentWidget(tab)
    assert [key for key, part in tab.top.buttons.items() if part.isVisible()] == ["team.collect"]
    tab.top.buttons["team.collect"].click()
    assert done == ["collect"]
    assert made.objectName() == "team.collect"


def test_how_many_decisions_wait_stands_on_the_buttons(tab, small_study, qtbot):
    study = small_study.study
    change_round(study, small_study.round, blind=True)
    study.act_as(small_study.bo)
    add_code(study, name="Waiting at home")
    assignments.hand_in_round(study, round_id=small_study.round)
    study.act_as(small_study.ana)
    assignments.hand_in_round(study, round_id=small_study.round)
    qtbot.waitUntil(lambda: tab.top.buttons["team.proposals"].text() == "Proposals (1)")
    assert tab.top.buttons["team.conflicts"].text() == "Conflicts"
