"""The Participants tab, worked through its widgets."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from room_material import press

from qcode.operations import documents as deeds
from qcode.queries.transcripts.documents import document_text, participants


@pytest.fixture
def tab(full_room):
    full_room.tabs.setCurrentWidget(full_room.participants)
    return full_room.participants


def known(tab):
    return [(who.pseudonym, who.role, who.group) for who in participants(tab.bridge.study)]


def type_in(table, column, words):
    """Type words into a cell of the current row and press Enter."""
    table.setCurrentIndex(table.model().index(table.currentIndex().row(), column))
    press(table, Qt.Key.Key_Return)
    editors = [child for child in table.viewport().findChildren(QLineEdit) if child.isVisible()]
    editor = editors[-1]
    editor.selectAll()
    QTest.keyClicks(editor, words)
    press(editor, Qt.Key.Key_Return)


def test_an_empty_tab_says_what_participants_are_for_and_its_button_begins(tab, qtbot):
    assert tab.empty.isVisible()
    assert tab.empty.sentence.startswith("No participants yet: ")
    qtbot.mouseClick(tab.empty.button, Qt.MouseButton.LeftButton)
    assert QApplication.focusWidget() is tab.pseudonym
    assert not tab.add_button.isEnabled()


def test_participants_are_typed_one_after_another(tab):
    tab.start_adding()
    QTest.keyClicks(tab.pseudonym, "Colleen")
    press(tab.pseudonym, Qt.Key.Key_Tab)
    QTest.keyClicks(QApplication.focusWidget(), "medic")
    press(QApplication.focusWidget(), Qt.Key.Key_Tab)
    QTest.keyClicks(QApplication.focusWidget(), "Responders")
    press(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert QApplication.focusWidget() is tab.pseudonym
    QTest.keyClicks(tab.pseudonym, "Shay")
    press(tab.pseudonym, Qt.Key.Key_Return)
    assert known(tab) == [("Colleen", "medic", "Responders"), ("Shay", "medic", "Responders")]
    assert tab.table.isVisible()
    tab.bridge.undo()
    tab.bridge.undo()
    assert tab.empty.isVisible()


def test_cells_are_edited_where_they_stand(tab, qtbot):
    deeds.add_participant(tab.bridge.study, pseudonym="Colleen")
    tab.table.select_row(participants(tab.bridge.study)[0].id)
    tab.table.setFocus()
    for column, words in enumerate(("Shay", "nurse", "Residents")):
        type_in(tab.table, column, words)
        qtbot.waitUntil(lambda words=words: words in known(tab)[0])
    assert known(tab) == [("Shay", "nurse", "Residents")]
    tab.bridge.undo()
    assert known(tab) == [("Shay", "nurse", "")]


def test_a_pseudonym_that_is_taken_is_refused(tab, qtbot):
    for pseudonym in ("Colleen", "Shay"):
        deeds.add_participant(tab.bridge.study, pseudonym=pseudonym)
    said = []
    tab.bridge.refused.connect(said.append)
    tab.table.select_row(participants(tab.bridge.study)[1].id)
    tab.table.setFocus()
    type_in(tab.table, 0, "Colleen")
    qtbot.waitUntil(lambda: len(said) == 1)
    assert [who for who, _role, _group in known(tab)] == ["Colleen", "Shay"]
    assert [row.name for row in tab.table.shown_rows()] == ["Colleen", "Shay"]


def test_where_somebody_speaks_is_listed_with_the_label(tab, small_study):
    study = small_study.study
    who = deeds.add_participant(study, pseudonym="Colleen")
    for document, label in (("INT-1", "P"), ("FG-1", "Dee")):
        found = deeds.speaker_named(study, small_study.documents[document], label)
        deeds.describe_speaker(study, found, role="participant", participant=who)
    (row,) = tab.table.shown_rows()
    places = next(column for column in tab.table.columns if column.title == "Speaks in")
    assert places.shown(row) == "INT-1 (as P), FG-1 (as Dee)"


def test_removing_somebody_gives_their_speakers_the_labels_back(tab, small_study):
    study = small_study.study
    who = deeds.add_participant(study, pseudonym="Colleen")
    found = deeds.speaker_named(study, small_study.documents["FG-1"], "Dee")
    deeds.describe_speaker(study, found, role="participant", participant=who)
    tab.table.select_row(who)
    tab.table.setFocus()
    press(tab.table, Qt.Key.Key_Delete)
    assert known(tab) == []
    speakers = document_text(study, small_study.documents["FG-1"]).speakers
    assert [(row.label, row.pseudonym) for row in speakers] == [("Dee", ""), ("Lou", ""), ("M", "")]
    tab.bridge.undo()
    assert document_text(study, small_study.documents["FG-1"]).speakers[0].pseudonym == "Colleen"
