"""What a screen reader is told of the text, its turns and its codings."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from qcode.operations.coding import doubt_codings, remove_codings
from qcode.ui.text import accessible
from qcode.ui.text.accessible import told_change, told_codings, told_turn

WORDS = "Two days later somebody knocked."


@pytest.fixture(autouse=True)
def a_reader_listens(qapp):
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


@pytest.fixture
def said(monkeypatch):
    sentences = []
    monkeypatch.setattr(accessible, "announce", lambda _speaker, sentence, **_how: sentences.append(sentence))
    return sentences


@pytest.fixture
def room(window, small_study):
    room = window.current_room
    room.open_document(small_study.documents["INT-1"])
    room.view.setFocus()
    return room


def interface(widget):
    return QAccessible.queryAccessibleInterface(widget)


def caret_at(room, words):
    at = room.desk.text.text.index(words)
    room.view.select(at, at)
    QApplication.processEvents()
    return at


def test_the_text_is_read_with_caret_and_selection_as_qt_counts(room, small_study):
    text = small_study.texts["INT-1"]
    told = interface(room.view)
    assert told.role() == QAccessible.Role.EditableText
    assert told.state().readOnly
    words = told.textInterface()
    shown = words.text(0, words.characterCount())
    assert shown.replace("\u2029", "\n") == text
    assert words.characterCount() == len(text.encode("utf-16-le")) // 2
    start = text.index("I heard the boots")
    room.view.select(start, start + 5)
    emoji_counts_twice = start + 1
    assert words.cursorPosition() == emoji_counts_twice + 5
    assert words.selectionCount() == 1
    assert words.text(emoji_counts_twice, emoji_counts_twice + 5) == "I hea"


def test_a_letter_has_a_place_across_the_line(room, small_study):
    """Across the line: for the height Qt counts every paragraph of a plain text from its own top."""
    at = caret_at(room, "somebody knocked")
    place = interface(room.view).textInterface().characterRect(room.view.page.positions.to_qt(at))
    drawn = room.view.viewport().mapToGlobal(room.view.cursorRect().center())
    assert abs(place.left() - drawn.x()) <= 4
    assert place.width() > 0
    assert place.height() > 0


def test_name_and_description_say_document_place_and_codings(room):
    caret_at(room, "She had been through")
    told = interface(room.view)
    assert told.text(QAccessible.Text.Name) == "Transcript INT-1"
    description = told.text(QAccessible.Text.Description)
    assert description.startswith("Turn 4 of 4: P, participant, 0:45. 1 coding here: Trusted person")
    caret_at(room, "Two days")
    assert interface(room.view).text(QAccessible.Text.Description).endswith("No codings here")


def test_another_turn_is_announced_once(room, said):
    caret_at(room, "And afterwards")
    caret_at(room, "afterwards")
    caret_at(room, "Two days")
    assert said == ["Turn 3 of 4: I, interviewer, 0:30", "Turn 4 of 4: P, participant, 0:45"]


def test_codings_are_announced_when_the_caret_comes_to_other_ones(room, said):
    caret_at(room, "Two days")
    said.clear()
    caret_at(room, "been through")
    assert said == ["1 coding here: Trusted person"]
    caret_at(room, "through it")
    assert len(said) == 1
    caret_at(room, "Two days")
    assert said[1:] == ["No codings here"]


def test_a_deed_is_announced_with_what_is_coded_now(room, window, small_study, said):
    at = caret_at(room, WORDS)
    room.view.select(at, at + len(WORDS))
    said.clear()
    QTest.keyClicks(room.view, "w")
    QTest.keyClicks(QApplication.focusWidget(), "ear")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert said == ["Wear applied; 1 coding here"]
    window.undo()
    assert said[1] == "Wear removed; no codings here"
    window.redo()
    assert "Wear applied; 1 coding here" in said[2:]


def test_what_changes_elsewhere_in_the_text_says_nothing(room, small_study, said):
    coding = next(row for row in room.view.codings_in_sight() if row.name.startswith("Calling") and row.mine)
    caret_at(room, "Two days")
    said.clear()
    room.bridge.attempt(lambda: remove_codings(small_study.study, [coding.id]))
    assert said == []


def test_what_a_coding_became_is_told(room, small_study, said):
    coding = next(row for row in room.view.codings_in_sight() if row.name == "Trusted person")
    caret_at(room, "She had been through")
    said.clear()
    room.bridge.attempt(lambda: doubt_codings(small_study.study, [coding.id], unsure=True))
    assert len(said) == 1
    assert said[0].startswith("1 coding here: Trusted person, ")
    assert said[0].endswith("unsure")


def test_the_stripes_are_summed_up(room):
    room.voice.describe_stripes()
    told = interface(room.view.stripe_margin)
    assert told.text(QAccessible.Text.Name) == "Code stripes"
    description = told.text(QAccessible.Text.Description)
    count = len(room.view.codings_in_sight())
    assert description.startswith(f"{count} codings in sight: ")
    assert "Calling for help" in description


def test_codes_say_their_counts_and_their_definition(room, small_study):
    index = room.codebook.model.index_of(small_study.codes["Fear"])
    assert "Fear of consequences" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert index.data(Qt.ItemDataRole.AccessibleDescriptionRole) == "Afraid of what help may bring."


def test_a_place_outside_of_turns_says_nothing_of_turns(room):
    assert told_turn(room.view.page, len(room.desk.text.text) + 99) == ""


def test_many_codings_are_not_all_read_out(room):
    coding = room.view.codings_in_sight()[0]
    told = told_codings([coding] * 20, "here")
    assert told.startswith("20 codings here: ")
    assert told.endswith("; and 8 more")
    assert told_codings([], "here") == "No codings here"


def test_changes_are_told_by_what_came_and_went():
    assert told_change({}, {"1": "Trust", "2": "Fear"}) == "Trust, Fear applied; 2 codings here"
    assert told_change({"1": "Trust"}, {"2": "Fear"}) == "Fear applied, Trust removed; 1 coding here"
    assert told_change({"1": "Trust"}, {"1": "Trust"}) == ""
