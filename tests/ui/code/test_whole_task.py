"""A whole task in the real window by keys alone, other scripts, and what a screen reader is told."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLineEdit, QPlainTextEdit

from qcode.operations.codebook import delete_code
from qcode.queries.codings import codings_of
from qcode.queries.history import undo_labels
from qcode.study import Study
from qcode.ui.bridge import StudyBridge
from qcode.ui.code import reading


def press(*keys):
    """Press keys where the focus is."""
    for key in keys:
        *names, last = key.split("+")
        modifiers = Qt.KeyboardModifier.NoModifier
        for name in names:
            modifiers |= getattr(Qt.KeyboardModifier, {"Ctrl": "ControlModifier", "Shift": "ShiftModifier"}[name])
        QTest.keyClick(QApplication.focusWidget(), getattr(Qt.Key, f"Key_{last}"), modifiers)
        QApplication.processEvents()


def write(text):
    """Type letters where the focus is."""
    for letter in text:
        QTest.keyClicks(QApplication.focusWidget(), letter)
        QApplication.processEvents()


def coded(small, room):
    """The acting coder's codings of the open document as (code, words, comment, unsure)."""
    text = room.desk.text
    rows = [row for row in codings_of(small.study, text.id) if row.mine]
    return {(row.name, text.text[row.start : row.end], row.comment, row.unsure) for row in rows}


def test_a_whole_task_in_the_real_window_by_keys_alone(window, small_study):
    room = window.current_room
    assert room.key == "code"
    steps = 0
    while QApplication.focusWidget() is not room.documents.list:  # find the documents
        press("F6")
        steps += 1
        assert steps < 12
    press("Home")
    while room.documents.list.current_key != small_study.documents["INT-1"]:
        press("Down")
    press("Return")  # open
    assert QApplication.focusWidget() is room.view
    assert room.transcript.title == "INT-1"
    before = coded(small_study, room)

    press("Ctrl+Home")
    while "somebody knocked" not in room.desk.words(room.view.selected_range() or (0, 0)):  # find the sentence
        press("Down" if room.view.selecting_by_units() else "Space")
    write("peer")  # code it, with a comment, in doubt
    press("Escape")
    write("trusted")
    press("Tab")
    write("not yet sure")
    press("Ctrl+U", "Return")
    first = ("Trusted person", "Two days later somebody knocked.", "not yet sure", True)
    assert coded(small_study, room) - before == {first}

    press("Space")  # overlap it with a code on the whole turn
    write("wear")
    press("Return")
    second = ("Wear", ANSWER, "", False)
    assert coded(small_study, room) - before == {first, second}
    assert QApplication.focusWidget() is room.view

    press("Delete")  # of what is here, remove the first one again
    assert room.changing.chooser.isVisible()
    names = [line.name for line in room.changing.chooser.list.lines]
    press("Home", *["Down"] * names.index("Trusted person"))
    while room.changing.chooser.list.lines[room.changing.chooser.list.currentIndex().row()].notes != (
        "unsure",
        "not yet sure",
    ):
        press("Down")
    press("Return")
    assert coded(small_study, room) - before == {second}

    assert undo_labels(small_study.study).undo == "Remove Trusted person"
    press("Ctrl+Z")
    assert coded(small_study, room) - before == {first, second}
    press("Ctrl+Z", "Ctrl+Z")
    assert coded(small_study, room) == before
    press("Ctrl+Shift+Z", "Ctrl+Shift+Z")
    assert coded(small_study, room) - before == {first, second}
    assert QApplication.focusWidget() is room.view


ANSWER = "Two days later somebody knocked. She had been through it herself. That made all the difference."

OTHER_SCRIPTS = (
    "I waited. 👩‍👩‍👧 They rang 🚌🚌 twice, and then went.",
    "cafe\u0301 after café, e\u0301 and n\u0303 apart.",
    "She said שלום עליכם to them, and مرحبا بكم too.",
    "One line\u2028and another in one turn, and\u00a0a hard space.",
)


@pytest.mark.parametrize(
    "words",
    [
        "👩‍👩‍👧 They rang 🚌🚌",
        "🚌 twice, and then went.",
        "cafe\u0301 after café, e\u0301",
        "שלום עליכם to",
        "مرحبا",
        "line\u2028and another in one turn, and\u00a0a",
        "went.\ncafe\u0301",
    ],
)
def test_what_is_stored_is_what_was_selected(hands, words):
    hands.read("Scripts", *OTHER_SCRIPTS)
    text = hands.room.desk.text.text
    hands.view.setFocus()
    start = text.index(words)
    hands.view.select(start, start)
    while hands.view.caret() < start + len(words):
        hands.press("Shift+Right")
    assert hands.selected() == words
    hands.type("wear")
    hands.press("Return")
    row = hands.row("Wear")
    assert (row.start, row.end) == (start, start + len(words))
    assert hands.codings() == [("Wear", words)]


def test_a_sentence_with_emoji_grows_and_its_edges_move_by_whole_characters(hands):
    hands.read("Scripts", *OTHER_SCRIPTS)
    hands.put_caret("👩")
    hands.press("Space")
    assert hands.selected() == "👩‍👩‍👧 They rang 🚌🚌 twice, and then went."
    hands.type("wear")
    hands.press("Return", "F2", "Tab", "Shift+Right", "Shift+Right")
    assert hands.selected() == "They rang 🚌🚌 twice, and then went."
    hands.press("Return")
    assert hands.codings() == [("Wear", "They rang 🚌🚌 twice, and then went.")]


def test_applying_reads_only_what_it_touched(hands, monkeypatch):
    for name in ("codings_of", "codebook", "documents", "document_text"):
        monkeypatch.setattr(reading, name, lambda *_given, **_named: pytest.fail("everything was read again"))
    hands.mark("somebody knocked")
    hands.type("wear")
    hands.press("Return")
    hands.press("Delete")
    hands.room.bridge.undo()
    assert ("Wear", "somebody knocked") in hands.codings()
    assert "Wear" in {row.name for row in hands.view.codings_in_sight()}


def test_everything_that_takes_the_focus_has_a_name(hands):
    room = hands.room
    room.edit_definition(hands.small.codes["Fear"])
    room.view.setFocus()
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, QAbstractItemView)
    inputs = [
        widget
        for kind in kinds
        for widget in room.findChildren(kind)
        if widget.focusPolicy() and widget.isVisibleTo(room)
    ]
    nameless = []
    for widget in inputs:
        interface = QAccessible.queryAccessibleInterface(widget)
        if not interface.text(QAccessible.Text.Name) and widget.objectName() != "qt_spinbox_lineedit":
            nameless.append(widget)
    assert nameless == []


def test_a_screen_reader_hears_codes_codings_and_documents(hands):
    room = hands.room
    hands.put_caret("She had been through")
    here = room.here.list.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert here == "Trusted person, you"
    code = room.codebook.model.index_of(hands.small.codes["Fear"]).data(Qt.ItemDataRole.AccessibleTextRole)
    assert code == "Fear of consequences, 1 codings of yours, 2 of everyone"
    document = room.documents.list.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert document == "INT-1, 3, Residents"
    assert QAccessible.queryAccessibleInterface(room.view).text(QAccessible.Text.Name) == "Transcript INT-1"


def test_every_action_has_a_name_and_no_two_in_one_place_share_a_key(hands):
    actions = hands.room.room_actions()
    assert all(action.text() for action in actions)
    assert len({action.text() for action in actions}) == len(actions)
    taken = [(action.parent(), key.toString()) for action in actions for key in action.shortcuts()]
    assert len(set(taken)) == len(taken)
    assert "" not in {key for _owner, key in taken}


def test_an_empty_study_says_what_to_do_first(qtbot, tmp_path, make_hands):
    bridge = StudyBridge(Study.create(tmp_path / "empty.qcode", title="Empty", coder="Ana Lima"))
    hands = make_hands(bridge, None)
    assert hands.room.empty.isVisible()
    with qtbot.waitSignal(hands.room.requestRoom) as asked:
        hands.room.empty.button.click()
    assert asked.args == ["transcripts"]
    bridge.close()
    bridge.deleteLater()


def test_an_empty_codebook_offers_to_add_a_code(hands):
    for code in ("Trust", "Call", "Wear"):
        delete_code(hands.study, hands.small.codes[code])
    panel = hands.room.codebook
    assert panel.empty.isVisible()
    panel.empty.button.click()
    hands.press("Escape")
    assert panel.empty.isVisible()
    panel.empty.button.click()
    hands.type("First")
    hands.press("Return")
    assert [row.name for row in hands.room.desk.codes] == ["First"]
    assert panel.tree.isVisible()
