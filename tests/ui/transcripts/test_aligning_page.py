"""Aligning a translation with its original in the Transcripts room, by keys, compared with what queries say."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from room_material import popups

from qcode.operations import alignment, corrections, documents
from qcode.queries.transcripts.alignment import side_by_side, translated
from qcode.text.aligned import Pair
from qcode.transcripts import Transcript, Turn
from qcode.ui import work
from qcode.ui.transcripts.room import TranscriptsRoom

SPANISH = (
    ("I", "¿Qué pasó esa noche? Tómese su tiempo."),
    ("P", "Los llamé. Vinieron enseguida. 😀 Oí primero las botas, y tuve miedo de lo que vendría después."),
    ("I", "¿Y después?"),
    ("P", "Dos días después alguien tocó."),
    ("P", "Ella misma había pasado por eso. Eso cambió todo."),
)
ALIGNED = [((0, 1), (0, 1)), ((1, 2), (1, 2)), ((2, 3), (2, 3)), ((3, 5), (3, 4))]


def transcript(talk):
    turns, start = [], 0
    for number, (who, words) in enumerate(talk):
        role = "interviewer" if who == "I" else "participant"
        turns.append(Turn(number, who, role, None, None, start, start + len(words), frozenset()))
        start += len(words) + 1
    return Transcript("\n".join(words for _who, words in talk), tuple(turns), ())


@pytest.fixture
def spanish(small_study):
    incoming = documents.Incoming("INT-1 es", transcript(SPANISH), language="es")
    return documents.import_document(small_study.study, incoming)


@pytest.fixture
def room(qtbot, bridge, small_study, spanish):
    room = TranscriptsRoom(bridge)
    qtbot.addWidget(room)
    room.resize(1180, 700)
    room.show()
    qtbot.waitExposed(room)
    room.activateWindow()
    return room


@pytest.fixture
def english(small_study):
    return small_study.documents["INT-1"]


@pytest.fixture
def aligned(small_study, spanish, english, room):
    alignment.set_original(small_study.study, english, original=spanish)
    alignment.align_turns(small_study.study, english)
    open_sides(room, english)
    return room.documents.aligning


def open_sides(room, document):
    room.documents.show_document(document)
    room.documents.align_action.trigger()
    assert room.documents.currentWidget() is room.documents.aligning


def pairs(bridge, document):
    return [tuple(line) for line in side_by_side(bridge.study, document).lines]


def links(bridge, document):
    return [pair for pair in pairs(bridge, document) if Pair(*pair).linked]


def choose(room, words):
    box = room.documents.details.original.box
    box.setCurrentIndex(box.findText(words))
    box.activated.emit(box.currentIndex())


def press(qtbot, page, key, modifier=Qt.KeyboardModifier.NoModifier):
    page.sheet.setFocus()
    qtbot.keyClick(page.sheet, key, modifier)


def test_what_a_document_translates_is_chosen_beside_its_kind(room, bridge, english, spanish):
    room.documents.show_document(english)
    button = room.documents.details.original.button
    assert not button.isEnabled()
    choose(room, "INT-1 es")
    assert translated(bridge.study, english).original == (spanish, "INT-1 es")
    assert button.isEnabled()
    bridge.undo()
    assert room.documents.details.original.box.currentText() == "nothing"
    assert not button.isEnabled()


def test_the_choice_is_reached_by_a_key_and_passing_over_documents_chooses_none(
    qtbot, room, bridge, english, monkeypatch
):
    opened, steps = popups(monkeypatch), []
    bridge.study.subscribe(steps.append)
    room.documents.show_document(english)
    room.documents.table.setFocus()
    qtbot.keyClick(room.documents.table, Qt.Key.Key_T, Qt.KeyboardModifier.ShiftModifier)
    box = room.documents.details.original.box
    assert box.hasFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_F):
        qtbot.keyClick(box, key)
    assert opened == [box] * 3
    assert steps == []
    assert box.currentText() == "nothing"


def test_a_chain_is_refused_with_a_sentence_and_the_choice_goes_back(room, bridge, english, spanish, small_study):
    refused = []
    bridge.refused.connect(refused.append)
    alignment.set_original(bridge.study, english, original=spanish)
    room.documents.show_document(small_study.documents["FG-1"])
    choose(room, "INT-1")
    assert refused == ["“INT-1” is a translation itself, of “INT-1 es”. Choose “INT-1 es” as the original."]
    assert room.documents.details.original.box.currentText() == "nothing"


def test_different_numbers_of_speakers_are_said(room, bridge, english):
    said = []
    bridge.informed.connect(said.append)
    room.documents.show_document(english)
    choose(room, "FG-1")
    assert len(said) == 1
    assert "2 people speak" in said[0]


def test_without_an_original_it_is_said_where_to_choose_one(room, bridge, english):
    refused = []
    bridge.refused.connect(refused.append)
    room.documents.show_document(english)
    room.documents.align_action.trigger()
    assert refused == [str(alignment.NoTranslationError("INT-1"))]
    assert room.documents.currentWidget() is room.documents.library


def test_turns_are_aligned_by_a_button_in_a_worker_and_looked_at(qtbot, room, bridge, english, spanish):
    alignment.set_original(bridge.study, english, original=spanish)
    open_sides(room, spanish)
    page = room.documents.aligning
    assert page.empty.isVisible()
    assert page.empty.button.hasFocus()
    qtbot.keyClick(page.empty.button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not work.is_busy() and page.sheet.isVisible())
    assert pairs(bridge, english) == ALIGNED
    assert page.sheet.lines.rowCount() == 4
    assert page.facts == "4 links"
    assert page.sheet.hasFocus()
    assert page.sheet.lines.data(page.sheet.lines.index(3, 0)).startswith("P: Dos días después alguien tocó.\nP: Ella")


def test_unlink_and_link_by_keys_and_undo(qtbot, aligned, bridge, english):
    sheet = aligned.sheet
    sheet.go_to("translation", 2)
    press(qtbot, aligned, Qt.Key.Key_U)
    assert links(bridge, english) == [*ALIGNED[:2], ALIGNED[3]]
    assert sheet.at_cursor() == ("translation", 2)
    press(qtbot, aligned, Qt.Key.Key_L)
    assert aligned.told.startswith("1 turn of the translation is marked")
    sheet.go_to("original", 2)
    press(qtbot, aligned, Qt.Key.Key_L)
    assert links(bridge, english) == ALIGNED
    assert sheet.marked is None
    bridge.undo()
    bridge.undo()
    assert links(bridge, english) == ALIGNED
    assert [sheet.lines.lines[row].linked for row in range(4)] == [True] * 4


def test_several_lines_are_joined(qtbot, aligned, bridge, english):
    sheet = aligned.sheet
    sheet.go_to("translation", 1)
    press(qtbot, aligned, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press(qtbot, aligned, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    press(qtbot, aligned, Qt.Key.Key_L)
    assert links(bridge, english) == [ALIGNED[0], ((1, 3), (1, 3)), ALIGNED[3]]


def test_the_rest_is_shifted_down_and_up(qtbot, aligned, bridge, english):
    alt, sheet = Qt.KeyboardModifier.AltModifier, aligned.sheet
    sheet.go_to("translation", 1)
    press(qtbot, aligned, Qt.Key.Key_Down, alt)
    assert links(bridge, english) == [ALIGNED[0], ((2, 3), (1, 2)), ((3, 5), (2, 3))]
    assert sheet.at_cursor() == ("translation", 1)
    press(qtbot, aligned, Qt.Key.Key_Up, alt)
    assert links(bridge, english)[:3] == ALIGNED[:3]
    bridge.undo()
    bridge.undo()
    assert links(bridge, english) == ALIGNED


def test_an_empty_cell_is_closed_by_what_stands_below_it(qtbot, aligned, bridge, english):
    sheet = aligned.sheet
    alignment.shift_turns(bridge.study, english, language="translation", turn=1, by=1)
    sheet.put_cursor(sheet.lines.index(1, 1))
    assert not sheet.lines.turns(sheet.currentIndex())
    press(qtbot, aligned, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert links(bridge, english)[:3] == ALIGNED[:3]
    assert sheet.at_cursor() == ("translation", 1)


def test_an_alignment_of_a_text_that_was_corrected_meanwhile_is_refused(qtbot, room, bridge, english, spanish):
    refused = []
    bridge.refused.connect(refused.append)
    alignment.set_original(bridge.study, english, original=spanish)
    open_sides(room, english)
    page = room.documents.aligning
    page.align()
    corrections.correct_turn(bridge.study, spanish, turn=0, text="¿Y esa noche?")
    qtbot.waitUntil(lambda: not work.is_busy())
    assert refused == [str(corrections.TextChangedError("INT-1 es"))]
    assert links(bridge, english) == []
    page.align()
    qtbot.waitUntil(lambda: not work.is_busy())
    assert links(bridge, english) == ALIGNED


def test_the_first_line_cannot_go_up(qtbot, aligned, bridge, english):
    refused = []
    bridge.refused.connect(refused.append)
    aligned.sheet.go_to("original", 0)
    press(qtbot, aligned, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert refused == [str(alignment.CannotShiftError())]
    assert links(bridge, english) == ALIGNED


def test_gaps_are_gone_to_and_told_when_there_are_none(qtbot, aligned, bridge, english):
    said = []
    bridge.informed.connect(said.append)
    press(qtbot, aligned, Qt.Key.Key_F3)
    assert said == ["Every turn has a counterpart."]
    alignment.unlink_turns(bridge.study, english, original=[2])
    press(qtbot, aligned, Qt.Key.Key_F3)
    assert aligned.sheet.at_cursor() == ("original", 2)
    press(qtbot, aligned, Qt.Key.Key_F3)
    assert aligned.sheet.at_cursor() == ("translation", 2)
    press(qtbot, aligned, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert aligned.sheet.at_cursor() == ("original", 2)


def test_escape_forgets_the_mark_and_then_goes_back(qtbot, room, aligned):
    aligned.sheet.go_to("original", 1)
    press(qtbot, aligned, Qt.Key.Key_L)
    assert aligned.sheet.marked is not None
    press(qtbot, aligned, Qt.Key.Key_Escape)
    assert aligned.sheet.marked is None
    press(qtbot, aligned, Qt.Key.Key_Escape)
    assert room.documents.currentWidget() is room.documents.library
    assert room.documents.table.hasFocus()


def test_all_links_are_taken_away_and_come_back(aligned, bridge, english):
    aligned.take_away()
    assert links(bridge, english) == []
    assert aligned.empty.isVisible()
    bridge.undo()
    assert links(bridge, english) == ALIGNED
    assert aligned.sheet.isVisible()


def test_an_original_that_goes_closes_the_page(room, aligned, bridge, spanish):
    documents.remove_document(bridge.study, spanish)
    assert room.documents.currentWidget() is room.documents.library
    assert aligned.shown is None


def test_cells_are_told_with_their_place(aligned, bridge, english):
    alignment.unlink_turns(bridge.study, english, original=[2])
    lines = aligned.sheet.lines
    role = Qt.ItemDataRole.AccessibleTextRole
    assert lines.data(lines.index(2, 0), role) == "I: ¿Y después? (original, line 3 of 5, no counterpart)"
    assert lines.data(lines.index(2, 1), role) == "nothing (translation, line 3 of 5, no counterpart)"
    assert lines.headerData(0, Qt.Orientation.Horizontal) == "Original: INT-1 es"


def test_keys_of_the_page_work_on_the_page_alone(room, aligned, english):
    assert all(action.isEnabled() for action in aligned.page_actions)
    aligned.leave()
    assert not any(action.isEnabled() for action in aligned.page_actions)
    assert {action.objectName() for action in aligned.page_actions} <= {
        action.objectName() for action in room.room_actions()
    }


def test_the_turn_at_the_cursor_stays_where_it_was_on_the_screen(qtbot, room, bridge, small_study):
    talk = [
        ("P", f"This is turn number {number} of a very long interview. " * (1 + number % 4)) for number in range(500)
    ]
    first, second = (
        documents.import_document(bridge.study, documents.Incoming(name, transcript(talk))) for name in ("A", "B")
    )
    alignment.set_original(bridge.study, second, original=first)
    alignment.align_turns(bridge.study, second)
    open_sides(room, second)
    sheet = room.documents.aligning.sheet
    sheet.go_to("translation", 300)
    before = sheet.visualRect(sheet.currentIndex()).top()
    assert sheet.verticalScrollBar().value() > 0
    press(qtbot, room.documents.aligning, Qt.Key.Key_U)
    assert sheet.visualRect(sheet.currentIndex()).top() == before
    assert sheet.at_cursor() == ("translation", 300)
