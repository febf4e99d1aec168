"""The Documents tab, worked through its widgets."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox
from room_material import names, popups, press

from qcode.operations import assignments
from qcode.operations import documents as deeds
from qcode.operations.rounds import add_round
from qcode.queries.team import rounds
from qcode.queries.transcripts.documents import documents, participants
from qcode.study import Place


def row(room, name):
    return next(row for row in documents(room.bridge.study, round_id=room.bridge.round_id) if row.name == name)


def choose(room, name):
    assert room.documents.table.select_row(row(room, name).id)
    room.documents.table.setFocus()


def cells(room):
    table = room.documents.table
    return [[column.shown(shown) for column in table.columns] for shown in table.shown_rows()]


def speaker(room, label):
    return next(shown for shown in room.documents.details.speakers.shown_rows() if shown.label == label)


def pick(room, label, column, words, monkeypatch):
    """Choose words from the list in a cell of the speakers."""
    popups(monkeypatch)
    table = room.documents.details.speakers
    assert table.edit_cell(speaker(room, label).id, column)
    box = next(child for child in table.viewport().findChildren(QComboBox) if child.isVisible())
    place = box.findText(words)
    assert place >= 0, [box.itemText(number) for number in range(box.count())]
    box.setCurrentIndex(place)
    box.activated.emit(place)


def test_the_table_says_what_the_queries_say(full_room, small_study):
    assignments.hand_in_round(small_study.study, round_id=small_study.round, documents=[small_study.documents["FG-1"]])
    assert cells(full_room) == [
        ["INT-1", "interview", "Residents", "English", "46", "2", "3", "open", "not checked", ""],
        ["FG-1", "focus group", "Responders", "English", "38", "3", "2", "handed in", "not checked", ""],
    ]


def test_what_is_not_asked_of_the_coder_is_a_dash_and_explained(full_room, small_study):
    recheck = add_round(small_study.study, name="Recheck")
    assignments.assign(
        small_study.study, round_id=recheck, documents=[small_study.documents["FG-1"]], coders=[small_study.ana]
    )
    full_room.bridge.code_in(rounds(small_study.study)[-1])
    assert [line[7] for line in cells(full_room)] == ["–", "open"]
    model = full_room.documents.table.model()
    assert model.index(0, 7).data(Qt.ItemDataRole.ToolTipRole) == "<qt>INT-1: not assigned in this round</qt>"


def test_the_text_of_the_chosen_document_is_shown_with_its_turns(full_room, small_study):
    choose(full_room, "FG-1")
    preview = full_room.documents.preview
    assert preview.title == "FG-1"
    assert preview.facts == "3 turns · 38 words"
    assert preview.pane.page.text == small_study.texts["FG-1"]
    assert [turn.speaker for turn in preview.pane.page.turns] == ["M", "Dee", "Lou"]
    assert preview.pane.isReadOnly()


def test_a_narrow_text_has_room_for_the_names_of_its_speakers(full_room):
    pane = full_room.documents.preview.pane
    assert pane.width() < 420
    assert pane.viewportMargins().left() > 100
    assert pane.viewportMargins().left() + pane.viewport().width() <= pane.width()


def test_enter_and_double_click_open_the_document_where_it_is_coded(full_room, small_study, qtbot):
    places = []
    full_room.requestPlace.connect(places.append)
    choose(full_room, "FG-1")
    table = full_room.documents.table
    press(table, Qt.Key.Key_Return)
    spot = table.visualRect(table.model().index(0, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    ids = small_study.documents
    assert places == [Place(ids["FG-1"], 0, 0), Place(ids["INT-1"], 0, 0)]


def test_f2_renames(full_room, small_study):
    choose(full_room, "FG-1")
    press(full_room.documents.table, Qt.Key.Key_F2)
    name = full_room.documents.details.name
    assert QApplication.focusWidget() is name
    QTest.keyClicks(name, "FG-7")
    press(name, Qt.Key.Key_Return)
    assert names(small_study.study) == ["INT-1", "FG-7"]
    full_room.bridge.undo()
    assert names(small_study.study) == ["INT-1", "FG-1"]
    assert name.text() == "FG-1"


def test_a_name_that_is_taken_is_refused_and_the_old_one_shown_again(full_room, small_study):
    choose(full_room, "FG-1")
    full_room.documents.rename()
    name = full_room.documents.details.name
    QTest.keyClicks(name, "INT-1")
    press(name, Qt.Key.Key_Return)
    assert names(small_study.study) == ["INT-1", "FG-1"]
    assert name.text() == "FG-1"
    assert len(full_room.told) == 1
    assert "“INT-1”" in full_room.told[0]


def test_what_is_typed_stays_when_the_study_changes_meanwhile(full_room, small_study):
    choose(full_room, "FG-1")
    full_room.documents.rename()
    name = full_room.documents.details.name
    QTest.keyClicks(name, "FG-")
    small_study.apply("INT-1", "And afterwards?", "Fear")
    assert name.text() == "FG-"


def test_kind_and_group_are_written_when_they_are_left(full_room, small_study):
    choose(full_room, "FG-1")
    details = full_room.documents.details
    details.kind.setFocus()
    while details.kind.currentData() != "field notes":
        press(details.kind, Qt.Key.Key_Down)
    details.group.setFocus()
    details.group.selectAll()
    QTest.keyClicks(details.group, "Neighbours")
    press(details.group, Qt.Key.Key_Tab)
    found = row(full_room, "FG-1")
    assert (found.kind, found.group) == ("field notes", "Neighbours")


def test_leaving_the_fields_as_they_are_writes_nothing(full_room):
    choose(full_room, "FG-1")
    seen = []
    full_room.bridge.changed.connect(seen.append)
    details = full_room.documents.details
    for field in (details.name, details.kind, details.group, full_room.documents.table):
        field.setFocus()
    assert seen == []


def test_delete_removes_and_undo_brings_back_with_codings(full_room, small_study):
    choose(full_room, "INT-1")
    press(full_room.documents.table, Qt.Key.Key_Delete)
    assert names(small_study.study) == ["FG-1"]
    assert full_room.told == ["“INT-1” removed. Undo brings it back."]
    full_room.bridge.undo()
    assert names(small_study.study) == ["INT-1", "FG-1"]
    assert row(full_room, "INT-1").mine == 3


def test_removing_everything_ends_in_the_empty_state(full_room):
    full_room.documents.table.selectAll()
    full_room.documents.remove()
    assert full_room.documents.currentWidget() is full_room.documents.empty
    assert full_room.told == ["2 documents removed. Undo brings them back."]
    assert not full_room.documents.remove_action.isEnabled()


def test_a_speaker_is_given_a_role_and_a_participant(full_room, small_study, qtbot, monkeypatch):
    colleen = deeds.add_participant(small_study.study, pseudonym="Colleen", role="nurse", group="Responders")
    choose(full_room, "FG-1")
    pick(full_room, "Dee", 1, "Other", monkeypatch)
    qtbot.waitUntil(lambda: speaker(full_room, "Dee").role == "other")
    pick(full_room, "Dee", 2, "Colleen (nurse, Responders)", monkeypatch)
    qtbot.waitUntil(lambda: speaker(full_room, "Dee").participant == colleen)
    assert speaker(full_room, "Dee").role == "other"
    assert [turn.speaker for turn in full_room.documents.preview.pane.page.turns] == ["M", "Colleen", "Lou"]
    pick(full_room, "Dee", 2, "not said", monkeypatch)
    qtbot.waitUntil(lambda: speaker(full_room, "Dee").participant is None)
    full_room.bridge.undo()
    assert speaker(full_room, "Dee").pseudonym == "Colleen"


def test_a_speaker_becomes_a_new_participant(full_room, small_study, qtbot, monkeypatch):
    choose(full_room, "FG-1")
    pick(full_room, "Lou", 2, "New participant “Lou”", monkeypatch)
    qtbot.waitUntil(lambda: speaker(full_room, "Lou").pseudonym == "Lou")
    assert [(who.pseudonym, who.group) for who in participants(small_study.study)] == [("Lou", "Responders")]


def test_the_filter_narrows_and_never_shows_the_empty_state(full_room):
    field = full_room.documents.filter
    field.setFocus()
    QTest.keyClicks(field, "focus")
    assert [shown.name for shown in full_room.documents.table.shown_rows()] == ["FG-1"]
    QTest.keyClicks(field, " nothing of the kind")
    full_room.refresh()
    assert full_room.documents.table.shown_rows() == []
    assert full_room.documents.currentWidget() is full_room.documents.library


def test_rows_are_copied_with_tabs(full_room):
    choose(full_room, "FG-1")
    press(full_room.documents.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().split("\t")[:3] == ["FG-1", "focus group", "Responders"]


def test_going_to_a_place_chooses_its_document_and_scrolls_to_it(full_room, small_study):
    full_room.tabs.setCurrentIndex(2)
    full_room.documents.filter.setText("focus")
    place = small_study.passage("INT-1", "That made all the difference.").place
    full_room.go_to(place)
    assert full_room.tab == "Documents"
    assert full_room.documents.current.name == "INT-1"
    top, bottom = full_room.documents.preview.pane.rows_between(place.start, place.end)
    assert top >= 0
    assert bottom <= full_room.documents.preview.pane.viewport().height()


def test_the_actions_name_what_can_be_done_on_the_tab_that_is_seen(full_room):
    def offered():
        return {action.text() for action in full_room.room_actions() if action.isEnabled()}

    assert {"Import transcripts…", "Rename the document", "Remove from the study"} <= offered()
    assert "Import this file" not in offered()
    full_room.tabs.setCurrentIndex(1)
    assert "Rename the document" not in offered()
    assert "Remove participant" in offered()


def test_a_hidden_room_is_brought_up_to_date_when_it_is_shown(full_room, small_study):
    full_room.hide()
    deeds.rename_document(small_study.study, small_study.documents["FG-1"], name="FG-9")
    assert cells(full_room)[1][0] == "FG-1"
    full_room.show()
    assert cells(full_room)[1][0] == "FG-9"


def test_another_coder_sees_their_own_codings_and_work(full_room, small_study):
    full_room.bridge.act_as(small_study.bo)
    assert [line[6] for line in cells(full_room)] == ["2", "1"]


def test_a_click_on_a_choice_that_is_current_opens_it(full_room, qtbot, monkeypatch):
    opened = popups(monkeypatch)
    choose(full_room, "FG-1")
    table = full_room.documents.details.speakers
    spot = table.visualRect(table.model().index(1, 1)).center() - QPoint(20, 0)
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    qtbot.waitUntil(lambda: len(opened) == 1)
