"""The panels beside the grid of a round: parts, excluded ranges, segments, and work that is opened again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QWidget
from room_material import press

from qcode.operations import assignments, coding
from qcode.operations.rounds import add_round
from qcode.operations.segments import cut_segments
from qcode.queries.rounds.assignments import assignment_grid
from qcode.queries.rounds.regions import regions_of
from qcode.queries.transcripts.documents import document_text

NAME = QAccessible.Text.Name
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def cut(tab, small_study):
    """A round that hands out segments, on view."""
    made = add_round(small_study.study, name="Pieces", segmented=True)
    tab.show_round(made)
    return made


def opened(tab, key, cell):
    """The panel, opened from the grid by its action with a cell chosen."""
    tab.grid.choose(cell)
    tab.grid.setFocus()
    next(action for action in tab.team_actions if action.objectName() == f"team.{key}").trigger()
    assert tab.panel is tab.panels[key]
    return tab.panel


def turn_places(small, name):
    text = document_text(small.study, small.documents[name])
    return [(turn.start, turn.end) for turn in text.turns]


def places(rows):
    return [(row.start, row.end) for row in rows]


def tick_by_keys(table, first, last):
    """Choose turns with Shift and the arrows, and tick them with Space."""
    table.setFocus()
    table.select_row(first)
    for _step in range(last - first):
        press(table, Qt.Key.Key_Down, SHIFT)
    press(table, Qt.Key.Key_Space)


def test_esc_goes_back_to_the_coders_and_the_focus_to_the_grid(tab, recheck, small_study):
    panel = opened(tab, "parts", (small_study.documents["INT-1"], small_study.bo))
    assert QApplication.focusWidget() is panel.turns
    press(panel.turns, Qt.Key.Key_Escape)
    assert tab.panel is None
    assert QApplication.focusWidget() is tab.grid


def test_parts_are_ticked_by_keys_and_assigned_and_the_whole_document_again(tab, recheck, small_study, qtbot):
    study, document = small_study.study, small_study.documents["INT-1"]
    turns = turn_places(small_study, "INT-1")
    panel = opened(tab, "parts", (document, small_study.bo))
    assert (panel.document.currentText(), panel.coder.currentText()) == ("INT-1", "Bo Ek")
    assert not panel.assign_button.isEnabled()
    tick_by_keys(panel.turns, 0, 1)
    tick_by_keys(panel.turns, 3, 3)
    assert panel.said.text().startswith("3 turns in 2 ranges: ")
    qtbot.mouseClick(panel.assign_button, Qt.MouseButton.LeftButton)
    parts = [(turns[0][0], turns[1][1]), turns[3]]
    assert places(regions_of(study, document, recheck, small_study.bo).parts) == parts
    assert panel.turns.ticked == {0, 1, 3}
    assert assignment_grid(study, recheck).state(document, small_study.bo) == "open"
    qtbot.mouseClick(panel.whole_button, Qt.MouseButton.LeftButton)
    assert regions_of(study, document, recheck, small_study.bo).parts == ()
    assert panel.turns.ticked == frozenset()
    tab.bridge.undo()
    assert panel.turns.ticked == {0, 1, 3}


def test_ticks_that_are_not_assigned_yet_stay_while_something_else_changes(tab, recheck, small_study):
    panel = opened(tab, "parts", (small_study.documents["INT-1"], small_study.bo))
    tick_by_keys(panel.turns, 1, 2)
    assignments.assign(
        small_study.study, round_id=recheck, documents=[small_study.documents["FG-1"]], coders=[small_study.ana]
    )
    assert panel.turns.ticked == {1, 2}


def test_the_parts_of_somebody_who_has_handed_in_stay(tab, small_study, full_room, qtbot):
    document = small_study.documents["INT-1"]
    assignments.hand_in_round(small_study.study, round_id=small_study.round, documents=[document])
    panel = opened(tab, "parts", (document, small_study.ana))
    tick_by_keys(panel.turns, 0, 0)
    qtbot.mouseClick(panel.assign_button, Qt.MouseButton.LeftButton)
    assert len(full_room.told) == 1
    assert regions_of(small_study.study, document, small_study.round).parts == ()


def test_what_is_often_excluded_is_ticked_and_excluded_in_every_round(tab, recheck, small_study, qtbot):
    study, document = small_study.study, small_study.documents["INT-1"]
    turns = turn_places(small_study, "INT-1")
    panel = opened(tab, "exclude", (document, small_study.ana))
    offers = {one.text(): one for one in panel.offers.findChildren(type(panel.keep_button)) if one.isVisible()}
    qtbot.mouseClick(offers["Turns of interviewers"], Qt.MouseButton.LeftButton)
    assert panel.turns.ticked == {0, 2}
    qtbot.mouseClick(panel.keep_button, Qt.MouseButton.LeftButton)
    found = regions_of(study, document, small_study.round).excluded
    assert places(found) == [turns[0], turns[2]]
    assert {row.round for row in found} == {None}


def test_a_range_that_is_not_ticked_any_more_can_be_coded_again_at_one_stroke(tab, recheck, small_study, qtbot):
    study, document = small_study.study, small_study.documents["INT-1"]
    turns = turn_places(small_study, "INT-1")
    panel = opened(tab, "exclude", (document, small_study.ana))
    panel.scope.setCurrentIndex(panel.scope.findData("round"))
    panel.scope.activated.emit(1)
    tick_by_keys(panel.turns, 0, 2)
    qtbot.mouseClick(panel.keep_button, Qt.MouseButton.LeftButton)
    assert places(regions_of(study, document, recheck).excluded) == [(turns[0][0], turns[2][1])]
    assert regions_of(study, document, small_study.round).excluded == ()
    tick_by_keys(panel.turns, 1, 1)
    assert panel.turns.ticked == {0, 2}
    qtbot.mouseClick(panel.keep_button, Qt.MouseButton.LeftButton)
    assert places(regions_of(study, document, recheck).excluded) == [turns[0], turns[2]]
    tab.bridge.undo()
    assert places(regions_of(study, document, recheck).excluded) == [(turns[0][0], turns[2][1])]
    tick_by_keys(panel.turns, 0, 2)
    qtbot.mouseClick(panel.keep_button, Qt.MouseButton.LeftButton)
    assert regions_of(study, document, recheck).excluded == ()


def test_a_round_is_cut_into_segments_turn_by_turn(tab, recheck, small_study, full_room, qtbot):
    study, document = small_study.study, small_study.documents["INT-1"]
    panel = opened(tab, "segments", (document, small_study.ana))
    assert QApplication.focusWidget() is panel.hand_out_button
    press(panel.hand_out_button, Qt.Key.Key_Space)
    assert panel.inside.isVisible()
    panel.which.setCurrentIndex(panel.which.findData("all"))
    qtbot.mouseClick(panel.cut_button, Qt.MouseButton.LeftButton)
    assert "7 segments in 2 documents" in full_room.told[-1]
    assert places(regions_of(study, document, recheck).segments) == turn_places(small_study, "INT-1")
    assert panel.table.shown_rows()[0].words == "What happened that night? Take your time."
    assert panel.count.text() == "4 segments in “INT-1”."


def test_segments_are_joined_and_split_where_the_cursor_is(tab, cut, small_study, qtbot):
    study, document = small_study.study, small_study.documents["INT-1"]
    cut_segments(study, round_id=cut, documents=[document], by="turn")
    panel = opened(tab, "segments", (document, small_study.ana))
    first, second = panel.table.shown_rows()[:2]
    panel.table.select_row(first.id)
    panel.table.setFocus()
    press(panel.table, Qt.Key.Key_Down, SHIFT)
    qtbot.mouseClick(panel.join_button, Qt.MouseButton.LeftButton)
    assert places(regions_of(study, document, cut).segments)[0] == (first.start, second.end)
    panel.table.select_row(first.id)
    words = panel.table.current_row().words
    assert panel.words.toPlainText() == words
    at = words.index("I heard")
    cursor = panel.words.textCursor()
    cursor.setPosition(at + 1)  # the face before it counts twice in Qt
    panel.words.setTextCursor(cursor)
    qtbot.mouseClick(panel.split_button, Qt.MouseButton.LeftButton)
    found = places(regions_of(study, document, cut).segments)[:2]
    text = document_text(study, document).text
    assert [text[start:end].split()[0] for start, end in found] == ["What", "I"]
    assert found[1][0] == first.start + at


def test_the_cursor_in_the_words_of_a_segment_goes_by_keys(tab, cut, small_study):
    document = small_study.documents["INT-1"]
    cut_segments(small_study.study, round_id=cut, documents=[document], by="turn")
    panel = opened(tab, "segments", (document, small_study.ana))
    panel.table.select_row(panel.table.shown_rows()[1].id)
    panel.words.setFocus()
    press(panel.words, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert panel.words.textCursor().position() > 0
    QTest.keyClicks(panel.words, "x")
    assert "x" not in panel.words.toPlainText()[:3]
    panel.words.moveCursor(QTextCursor.MoveOperation.Start)


def test_segments_that_are_coded_stay(tab, cut, small_study, full_room, qtbot):
    study, document = small_study.study, small_study.documents["INT-1"]
    cut_segments(study, round_id=cut, documents=[document], by="turn")
    assignments.assign(study, round_id=cut, documents=[document], coders=[small_study.ana])
    before = places(regions_of(study, document, cut).segments)
    coding.apply_codes(
        study, passage=small_study.passage("INT-1", "And afterwards?"), codes=[small_study.codes["Fear"]], round_id=cut
    )
    panel = opened(tab, "segments", (document, small_study.ana))
    panel.by.setCurrentIndex(panel.by.findData("sentences"))
    panel.by.activated.emit(panel.by.currentIndex())
    assert panel.sentences.isVisible()
    qtbot.mouseClick(panel.cut_button, Qt.MouseButton.LeftButton)
    assert len(full_room.told) == 1
    assert places(regions_of(study, document, cut).segments) == before


def test_work_is_opened_again_for_a_reason_and_not_without(tab, small_study, full_room, qtbot):
    study, document = small_study.study, small_study.documents["INT-1"]
    study.act_as(small_study.bo)
    assignments.hand_in_round(study, round_id=small_study.round)
    study.act_as(small_study.ana)
    tab.grid.choose((document, small_study.bo))
    qtbot.mouseClick(tab.view.panel_buttons["reopen"], Qt.MouseButton.LeftButton)
    panel = tab.panel
    assert [row[1] for row in panel.table.selected_rows()] == ["INT-1"]
    assert QApplication.focusWidget() is panel.reason
    press(panel.reason, Qt.Key.Key_Return)
    assert full_room.told[0].startswith("Say why")
    QTest.keyClicks(panel.reason, "One turn was left out")
    press(panel.reason, Qt.Key.Key_Return)
    assert full_room.told[1] == "1 document open again for Bo Ek."
    grid = assignment_grid(study, small_study.round)
    assert grid.state(document, small_study.bo) == "open"
    assert grid.state(small_study.documents["FG-1"], small_study.bo) == "handed in"
    assert [row[1] for row in panel.table.shown_rows()] == ["FG-1"]


def test_a_coder_who_does_not_lead_opens_nothing_again(tab, small_study, full_room):
    study, document = small_study.study, small_study.documents["INT-1"]
    assignments.hand_in_round(study, round_id=small_study.round)
    study.act_as(small_study.bo)
    panel = opened(tab, "reopen", (document, small_study.ana))
    QTest.keyClicks(panel.reason, "Please")
    press(panel.reason, Qt.Key.Key_Return)
    assert "Only whoever leads the study" in full_room.told[0]
    assert assignment_grid(study, small_study.round).state(document, small_study.ana) == "handed in"
    assert panel.reason.text() == "Please"


def test_a_panel_about_a_round_that_goes_away_follows_to_the_next(tab, recheck, small_study):
    panel = opened(tab, "parts", (small_study.documents["INT-1"], small_study.bo))
    tab.bridge.undo()
    assert tab.round_id == small_study.round
    assert panel.progress.round.id == small_study.round


def test_everything_in_the_panels_that_takes_the_focus_has_a_name(tab, cut, small_study):
    cut_segments(small_study.study, round_id=cut, documents=[small_study.documents["INT-1"]], by="turn")
    for key in tab.panels:
        tab.show_panel(key)
        panel = tab.panel
        inside = [one for one in panel.findChildren(QWidget) if one.focusPolicy() and one.isVisibleTo(panel)]
        told = [one for one in inside if not isinstance(one.parent(), QAbstractSpinBox)]
        assert [type(one) for one in told if not QAccessible.queryAccessibleInterface(one).text(NAME)] == []
        assert len(told) > 3


def test_a_panel_gives_way_to_another_and_the_actions_say_which_keys_they_have(tab, recheck):
    keys = {action.objectName(): action.shortcut().toString() for action in tab.team_actions}
    assert keys["team.draw"] == "Ctrl+L, R"
    assert "Ctrl+L, R" in tab.view.panel_buttons["draw"].toolTip()
    tab.grid.setFocus()
    press(tab.grid, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    press(tab.grid, Qt.Key.Key_R)
    assert tab.panel is tab.panels["draw"]
    press(QApplication.focusWidget(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    press(QApplication.focusWidget(), Qt.Key.Key_C)
    assert tab.panel is tab.panels["segments"]


def test_from_the_key_of_the_tab_the_keys_of_its_panels_hold(full_room, recheck):
    next(action for action in full_room.room_actions() if action.objectName() == "transcripts.team").trigger()
    tab = full_room.team
    assert QApplication.focusWidget() is tab.grid
    press(tab.grid, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    press(tab.grid, Qt.Key.Key_R)
    assert tab.panel is tab.panels["draw"]
