"""Importing through the real panel, with real files."""

from __future__ import annotations

import warnings
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLineEdit
from room_material import (
    CAPTIONS,
    COLONS,
    GROUP,
    SPELLINGS,
    choose_in,
    names,
    panel,
    popups,
    press,
    settle,
    steps,
    talk,
    wait_for_import,
)

from qcode.queries.transcripts.documents import document_text, documents
from qcode.ui import theme

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def study(room):
    return room.bridge.study


def column(room, title):
    table = panel(room).found.labels.table
    return next(number for number, column in enumerate(table.columns) if column.title == title)


def state_of(room, name):
    row = next(row for row in panel(room).gathering.arrivals if row.path.name == name)
    return row.summary


def drop(room, *paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    actions, buttons = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    with warnings.catch_warnings():  # PySide calls the only constructor there is deprecated
        warnings.simplefilter("ignore", DeprecationWarning)
        enter = QDragEnterEvent(QPoint(50, 50), actions, data, buttons, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(room, enter)
    if not enter.isAccepted():
        return False
    event = QDropEvent(QPointF(50, 50), actions, data, buttons, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(room, event)
    return event.isAccepted()


def editor_of(table, kind):
    return next(child for child in table.viewport().findChildren(kind) if child.isVisible())


def test_an_empty_study_says_what_to_do_and_its_button_asks_for_files(room, qtbot, monkeypatch, word):
    asked = []
    path = word("INT-1.docx")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *given: (asked.append(given), ([str(path)], ""))[1])
    assert room.documents.currentWidget() is room.documents.empty
    assert room.documents.empty.sentence.startswith("No transcripts yet: ")
    qtbot.mouseClick(room.documents.empty.button, Qt.MouseButton.LeftButton)
    settle(qtbot, room)
    assert len(asked) == 1
    assert [arrival.path for arrival in panel(room).gathering.arrivals] == [path]


def test_a_word_file_is_shown_before_it_is_written_and_imported_as_it_was_shown(room, qtbot, word):
    before = steps(study(room))
    room.import_files([word("INT-1.docx", before=["Interview ID: INT-1", "Length: 40 minutes"])])
    settle(qtbot, room)
    shown = panel(room)
    assert steps(study(room)) == before
    assert shown.about.name.text() == "INT-1"
    assert "Word document" in shown.found.words
    assert [(row.key, row.value, row.kept) for row in shown.found.beside.shown_rows()] == [
        ("Interview ID", "INT-1", False),
        ("Length", "40 minutes", True),
    ]
    assert shown.preview.facts == "6 turns · 26 words · 2 speakers"
    assert [(row.label, row.role) for row in shown.found.labels.table.shown_rows()] == [
        ("I", "interviewer"),
        ("P", "participant"),
    ]
    qtbot.mouseClick(shown.import_button, Qt.MouseButton.LeftButton)
    wait_for_import(qtbot, room)
    assert names(study(room)) == ["INT-1"]
    assert talk(study(room), "INT-1")[1] == ("P", "With a knock. I did not open.")
    assert room.documents.currentWidget() is room.documents.library
    assert room.documents.current.name == "INT-1"
    assert room.told == ["1 transcript imported."]
    found = document_text(study(room), documents(study(room))[0].id)
    assert len(found.units) > len(found.turns)


def test_unticking_a_label_makes_its_talk_part_of_the_turn_before(room, qtbot, text):
    room.import_files([text("bus.txt")])
    settle(qtbot, room)
    shown = panel(room)
    assert shown.preview.facts.startswith("4 turns")
    choose_in(room, "Bus")
    press(shown.found.labels.table, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: shown.preview.facts.startswith("5 turns"))
    choose_in(room, "Yvonne")
    press(shown.found.labels.table, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: shown.preview.facts.endswith("2 speakers"))
    shown.import_current()
    wait_for_import(qtbot, room)
    assert talk(study(room), "bus") == [
        ("Moderator", "Tell me about the bus.\nYvonne: It came late."),
        ("Bus", "that is a joke, right?"),
        ("Moderator", "And then?\nYvonne: Then nothing came."),
    ]


def test_the_preview_stays_where_it_was_scrolled_to_when_a_tick_changes(room, qtbot, text):
    room.import_files([text("long.txt", COLONS * 40)])
    settle(qtbot, room)
    bar = panel(room).preview.pane.verticalScrollBar()
    bar.setValue(60)
    facts = panel(room).preview.facts
    choose_in(room, "Bus")
    press(panel(room).found.labels.table, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: panel(room).preview.facts != facts)
    assert bar.value() == 60


def test_a_label_is_renamed_and_given_a_role_by_keys(room, qtbot, monkeypatch, word):
    opened = popups(monkeypatch)
    room.import_files([word("INT-1.docx")])
    settle(qtbot, room)
    table = panel(room).found.labels.table
    table.edit_cell("P", column(room, "Name"))
    name = editor_of(table, QComboBox).lineEdit()
    assert name.text() == "P"
    QTest.keyClicks(name, "Shay")
    press(name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Shay" in {choice.name for choice in panel(room).found.labels.labels})
    table.edit_cell("P", column(room, "Role"))
    role = editor_of(table, QComboBox)
    qtbot.waitUntil(lambda: opened == [role])
    press(role, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: "other" in {choice.role for choice in panel(room).found.labels.labels})
    panel(room).import_current()
    wait_for_import(qtbot, room)
    document = documents(study(room))[0]
    speakers = document_text(study(room), document.id).speakers
    assert {(row.label, row.role) for row in speakers} == {("I", "interviewer"), ("Shay", "other")}


def test_other_spellings_are_merged_at_a_press(room, qtbot, text):
    room.import_files([text("spellings.txt", SPELLINGS)])
    settle(qtbot, room)
    shown = panel(room)
    button = shown.found.labels._merge_proposed
    assert button.text() == "Merge 2 other spellings"
    assert shown.preview.facts.endswith("4 speakers")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shown.preview.facts.endswith("2 speakers"))
    assert not button.isVisible()
    shown.import_current()
    wait_for_import(qtbot, room)
    assert len({speaker for speaker, _words in talk(study(room), "spellings")}) == 2


def test_selected_labels_are_merged_into_the_one_that_speaks_most(room, qtbot, word):
    room.import_files([word("FG.docx", GROUP)])
    settle(qtbot, room)
    shown = panel(room)
    assert shown.about.kind.currentData() == "focus group"
    choose_in(room, "Sam")
    shown.found.labels.table.selectAll()
    shown.found.labels.merge_selected()
    qtbot.waitUntil(lambda: shown.preview.facts.endswith("1 speaker"))


def test_one_speaker_has_one_role_however_its_labels_are_spelt(room, qtbot, text):
    room.import_files([text("spellings.txt", SPELLINGS)])
    settle(qtbot, room)
    labels = panel(room).found.labels
    labels.merge_proposed()
    chosen = next(choice for choice in labels.labels if choice.label == "P3")
    labels._give_role(chosen, "other")
    assert {choice.role for choice in labels.labels if choice.name == chosen.name} == {"other"}


def test_cancelling_leaves_the_journal_as_it_was(room, qtbot, word, text):
    before = steps(study(room)), study(room).path.read_bytes()
    room.import_files([word("INT-1.docx"), text("bus.txt")])
    settle(qtbot, room)
    choose_in(room, "P")
    press(panel(room).found.labels.table, Qt.Key.Key_Space)
    qtbot.mouseClick(panel(room).cancel_button, Qt.MouseButton.LeftButton)
    assert (steps(study(room)), study(room).path.read_bytes()) == before
    assert room.documents.currentWidget() is room.documents.empty
    assert room.documents.empty.button.hasFocus()
    assert room.told == []


def test_cancelling_while_an_import_is_prepared_writes_nothing(room, qtbot, word):
    room.import_files([word("INT-1.docx")])
    settle(qtbot, room)
    before = steps(study(room))
    panel(room).import_current()
    assert panel(room).gathering.is_writing
    panel(room).cancel()
    qtbot.wait(100)
    assert steps(study(room)) == before


def test_what_cannot_be_read_is_refused_with_its_sentence_and_stops_nothing(room, qtbot, word, tmp_path):
    damaged, empty, folder = tmp_path / "damaged.docx", tmp_path / "empty.txt", tmp_path / "folder"
    damaged.write_bytes(word("whole.docx").read_bytes()[:400])
    empty.touch()
    folder.mkdir()
    pdf = tmp_path / "renamed.docx"
    pdf.write_bytes(b"%PDF-1.7\n")
    assert drop(room, damaged, empty, folder, pdf, word("INT-1.docx"))
    settle(qtbot, room)
    assert "damaged" in state_of(room, "damaged.docx")
    assert "is empty" in state_of(room, "empty.txt")
    assert "is a folder" in state_of(room, "folder")
    assert "is a PDF" in state_of(room, "renamed.docx")
    shown = panel(room)
    assert shown.refusal.isVisible()
    assert shown.refusal.sentence == state_of(room, "damaged.docx").removeprefix("Refused: ")
    assert not shown.import_button.isEnabled()
    qtbot.mouseClick(shown.import_all_button, Qt.MouseButton.LeftButton)
    wait_for_import(qtbot, room)
    assert names(study(room)) == ["INT-1"]
    assert shown.isVisible()
    assert shown.cancel_button.text() == "Close"
    qtbot.mouseClick(shown.cancel_button, Qt.MouseButton.LeftButton)
    assert room.told == ["1 transcript imported."]
    assert room.documents.currentWidget() is room.documents.library


def test_two_files_of_one_name_get_two_names(room, qtbot, word):
    room.import_files([word("a/INT-1.docx"), word("b/INT-1.docx", GROUP)])
    settle(qtbot, room)
    panel(room).import_all()
    wait_for_import(qtbot, room)
    assert names(study(room)) == ["INT-1", "INT-1 (2)"]


def test_a_name_that_is_taken_is_refused_and_the_others_are_imported(full_room, qtbot, word, text):
    room = full_room
    room.import_files([word("new.docx"), text("bus.txt")])
    settle(qtbot, room)
    name = panel(room).about.name
    name.setFocus()
    name.selectAll()
    QTest.keyClicks(name, "int-1")
    panel(room).import_all()
    wait_for_import(qtbot, room)
    assert names(study(room)) == ["INT-1", "FG-1", "bus"]
    assert "There is a document named “int-1”" in panel(room).found.words
    name.selectAll()
    QTest.keyClicks(name, "INT-2")
    panel(room).import_current()
    wait_for_import(qtbot, room)
    assert names(study(room)) == ["INT-1", "FG-1", "bus", "INT-2"]
    assert not panel(room).is_open


def test_a_file_that_is_in_the_study_already_is_said_to_be(room, qtbot, word):
    path = word("INT-1.docx")
    room.import_files([path])
    settle(qtbot, room)
    panel(room).import_current()
    wait_for_import(qtbot, room)
    room.import_files([path])
    settle(qtbot, room)
    today = datetime.now(UTC).date().isoformat()
    said = f"This very file is in the study already, as “INT-1”, imported on {today}."
    assert said in panel(room).found.words
    assert state_of(room, "INT-1.docx") == "Left out: in the study already"
    assert not panel(room).import_all_button.isEnabled()
    assert panel(room).import_button.isEnabled()
    panel(room).cancel()


def test_several_files_are_one_step_that_undo_takes_back(room, qtbot, word, text):
    room.import_files([word("INT-1.docx"), text("bus.txt"), text("call.vtt", CAPTIONS)])
    settle(qtbot, room)
    panel(room).import_all()
    wait_for_import(qtbot, room)
    assert names(study(room)) == ["INT-1", "bus", "call"]
    turns = document_text(study(room), documents(study(room))[2].id).turns
    assert [(turn.speaker, turn.start_ms) for turn in turns][:2] == [("Morgan Lee", 1_000), ("Ash", 8_000)]
    room.bridge.undo()
    assert names(study(room)) == []
    assert room.documents.currentWidget() is room.documents.empty
    room.bridge.redo()
    assert names(study(room)) == ["INT-1", "bus", "call"]
    assert room.documents.currentWidget() is room.documents.library


def test_a_guessed_encoding_can_be_changed_and_keeps_what_was_said_of_labels(room, qtbot, text):
    words = "I: What did it cost at the café?\nP: It was £40 — “no more”.\nI: Really?\nP: Yes.\n"
    room.import_files([text("price.txt", words, encoding="windows-1252")])
    settle(qtbot, room)
    shown = panel(room)
    tabs, encodings = shown.found.tabs, shown.found.encodings.table
    assert tabs.isTabVisible(tabs.indexOf(shown.found.encodings))
    assert "a guess" in shown.found.words
    samples = {row.encoding: row.sample for row in encodings.shown_rows()}
    assert "£40" in samples["windows-1252"]
    assert "“no more”" not in samples["macroman"]
    choose_in(room, "P")
    press(shown.found.labels.table, Qt.Key.Key_Space)
    tabs.setCurrentWidget(shown.found.encodings)
    assert encodings.select_row("macroman")
    encodings.setFocus()
    press(encodings, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: shown.current.state == "ready" and "café" not in shown.current.transcript.text)
    assert [choice.accepted for choice in shown.found.labels.labels if choice.label == "P"] == [False]
    assert [row.encoding for row in encodings.shown_rows()] == list(samples)
    shown.found.encodingChosen.emit("utf-8")
    qtbot.waitUntil(lambda: "utf-8" in shown.found.words)
    assert shown.current.state == "ready"
    assert "café" not in shown.current.transcript.text
    assert encodings.select_row("windows-1252")
    press(encodings, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: shown.current.reading is not None and "café" in shown.current.transcript.text)
    settle(qtbot, room)
    shown.import_current()
    wait_for_import(qtbot, room)
    assert "café" in talk(study(room), "price")[0][1]
    assert documents(study(room))[0].provenance["encoding"] == "cp1252"


def test_a_certain_encoding_offers_no_switch(room, qtbot, text):
    room.import_files([text("bus.txt")])
    settle(qtbot, room)
    tabs = panel(room).found.tabs
    assert not tabs.isTabVisible(tabs.indexOf(panel(room).found.encodings))


def test_kind_group_and_language_are_imported(room, qtbot, word):
    room.import_files([word("INT-1.docx")])
    settle(qtbot, room)
    about = panel(room).about
    for box, value in ((about.kind, "field notes"), (about.language, "es")):
        box.setFocus()
        press(box, Qt.Key.Key_Home)
        while box.currentData() != value:
            press(box, Qt.Key.Key_Down)
    about.group.setFocus()
    QTest.keyClicks(about.group, " Residents ")
    panel(room).import_current()
    wait_for_import(qtbot, room)
    row = documents(study(room))[0]
    assert (row.kind, row.language, row.group) == ("field notes", "es", "Residents")


def test_a_skipped_file_is_left_out(room, qtbot, word, text):
    room.import_files([word("INT-1.docx"), text("bus.txt")])
    settle(qtbot, room)
    panel(room).files.setFocus()
    press(panel(room).files, Qt.Key.Key_Delete)
    settle(qtbot, room)
    assert panel(room).current.path.name == "bus.txt"
    qtbot.mouseClick(panel(room).import_button, Qt.MouseButton.LeftButton)
    wait_for_import(qtbot, room)
    assert names(study(room)) == ["bus"]


def test_importing_one_goes_on_to_the_next(room, qtbot, word, text):
    room.import_files([word("INT-1.docx"), text("bus.txt")])
    settle(qtbot, room)
    panel(room).import_current()
    wait_for_import(qtbot, room)
    settle(qtbot, room)
    assert panel(room).current.path.name == "bus.txt"
    assert state_of(room, "INT-1.docx") == "Imported"
    panel(room).import_current()
    wait_for_import(qtbot, room)
    assert names(study(room)) == ["INT-1", "bus"]
    assert not panel(room).is_open


def test_an_import_by_keys_alone(room, qtbot, monkeypatch, text):
    path = text("bus.txt")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_given: ([str(path)], ""))
    press(room, Qt.Key.Key_I, CTRL)
    settle(qtbot, room)
    shown = panel(room)
    assert QApplication.focusWidget() is shown.files
    press(shown.files, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is shown.about.name
    visited = []
    while QApplication.focusWidget() is not shown.found.labels.table:
        visited.append(QApplication.focusWidget())
        assert len(visited) < 12
        press(visited[-1], Qt.Key.Key_Tab)
    assert visited[:4] == [shown.about.name, shown.about.kind, shown.about.group, shown.about.language]
    press(shown.found.labels.table, Qt.Key.Key_Down)
    press(shown.found.labels.table, Qt.Key.Key_Down)
    assert shown.found.labels.table.current_row().label == "Bus"
    press(shown.found.labels.table, Qt.Key.Key_Space)
    press(shown.found.labels.table, Qt.Key.Key_Return, CTRL)
    wait_for_import(qtbot, room)
    assert ("Bus", "that is a joke, right?") in talk(study(room), "bus")
    assert QApplication.focusWidget() is room.documents.table


def test_every_file_is_imported_by_keys(room, qtbot, word, text):
    room.import_files([word("INT-1.docx"), text("bus.txt")])
    settle(qtbot, room)
    press(panel(room).files, Qt.Key.Key_Return, CTRL | SHIFT)
    wait_for_import(qtbot, room)
    assert names(study(room)) == ["INT-1", "bus"]


def test_a_name_that_is_being_typed_is_imported_as_typed(room, qtbot, word):
    room.import_files([word("INT-1.docx")])
    settle(qtbot, room)
    table = panel(room).found.labels.table
    table.edit_cell("P", column(room, "Name"))
    name = editor_of(table, QComboBox).lineEdit()
    QTest.keyClicks(name, "Shay")
    press(name, Qt.Key.Key_Return, CTRL)
    wait_for_import(qtbot, room)
    assert talk(study(room), "INT-1")[1][0] == "Shay"


def test_a_study_alone_is_left_to_the_window_and_text_is_no_file(room, tmp_path):
    assert not drop(room, tmp_path / "other.qcode")
    assert not drop(room)
    assert not panel(room).is_open


def test_files_dropped_on_a_field_become_files_and_not_its_text(room, qtbot, word):
    room.import_files([word("INT-1.docx")])
    settle(qtbot, room)
    assert not any(line.acceptDrops() for line in panel(room).findChildren(QLineEdit))


def test_everything_in_the_panel_has_a_name_for_those_who_listen(room, qtbot, word):
    room.import_files([word("INT-1.docx")])
    settle(qtbot, room)
    shown = panel(room)
    named = [
        shown.files,
        shown.about.name,
        shown.about.kind,
        shown.about.group,
        shown.about.language,
        shown.encoding,
        shown.found.tabs,
        shown.found.warnings,
        shown.found.columns.table,
        shown.found.columns.header,
        shown.found.columns.sheet,
        shown.found.encodings.table,
        shown.found.lines,
        shown.found.rules,
        shown.found.beside,
        shown.found.no_answers,
        shown.found.labels.table,
        shown.preview.pane,
    ]
    assert all(widget.accessibleName() for widget in named)
    assert all(button.text() for button in (shown.cancel_button, shown.import_button))


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_preview_takes_the_colours_of_the_theme(room, name):
    theme.choose(name)
    room.update_theme()
    assert panel(room).preview.pane.colours.background == theme.current().background
    review = panel(room).naming.page
    theme.choose("dark" if name == "light" else "light")
    room.update_theme()
    assert review.talk.pane.colours.background == theme.current().background
