"""The Code room on the small study, and hands that work it by keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from qcode.operations import assignments, documents
from qcode.queries.codings import codings_of
from qcode.transcripts import Transcript, Turn
from qcode.ui import theme
from qcode.ui.code import CodeRoom

MODIFIERS = {
    "Ctrl": Qt.KeyboardModifier.ControlModifier,
    "Shift": Qt.KeyboardModifier.ShiftModifier,
    "Alt": Qt.KeyboardModifier.AltModifier,
}


def import_talk(study, name, talk):
    """Import a text in which two people take turns; answers with its id."""
    turns, start = [], 0
    for number, words in enumerate(talk):
        role = ("interviewer", "participant")[number % 2]
        turns.append(Turn(number, "IP"[number % 2], role, None, None, start, start + len(words), frozenset()))
        start += len(words) + 1
    return documents.import_document(study, documents.Incoming(name, Transcript("\n".join(talk), tuple(turns), ())))


class Hands:
    """Types and presses keys wherever the focus is, and looks at what the study says."""

    def __init__(self, room, small):
        self.room, self.small, self.study = room, small, room.bridge.study
        self.view = room.view
        self.refused, self.informed = [], []
        room.bridge.refused.connect(self.refused.append)
        room.bridge.informed.connect(self.informed.append)

    @property
    def focus(self):
        """The widget that has the focus."""
        return QApplication.focusWidget()

    def press(self, *keys):
        """Press keys such as "Space" or "Ctrl+Return" one after the other."""
        for key in keys:
            *names, last = key.split("+")
            modifiers = Qt.KeyboardModifier.NoModifier
            for name in names:
                modifiers |= MODIFIERS[name]
            QTest.keyClick(self.focus, getattr(Qt.Key, f"Key_{last}"), modifiers)
            settle()

    def type(self, text):
        """Type letters; each goes where the focus is then."""
        for letter in text:
            QTest.keyClicks(self.focus, letter)
            QApplication.processEvents()

    def open(self, document):
        """Show a document."""
        self.room.open_document(self.small.documents[document])
        QApplication.processEvents()

    def read(self, name, *talk):
        """Import a talk and show it."""
        self.small.documents[name] = import_talk(self.study, name, talk)
        self.open(name)

    def hand_in(self, document="INT-1"):
        """Hand a document in, as the panel does."""
        assignments.hand_in_round(self.study, round_id=self.small.round, documents=[self.small.documents[document]])

    def put_caret(self, words):
        """Put the caret ahead of some words of the text that is shown."""
        self.view.setFocus()
        start = self.room.desk.text.text.index(words)
        self.view.select(start, start)

    def mark(self, words):
        """Select words of the text that is shown."""
        self.view.setFocus()
        start = self.room.desk.text.text.index(words)
        self.view.select(start, start + len(words))

    def selected(self):
        """The words that are selected."""
        span = self.view.selected_range()
        return self.room.desk.words(span) if span else ""

    def codings(self, *, mine=True):
        """What the study holds for the document that is shown: code and words of each coding."""
        text = self.room.desk.text
        rows = codings_of(self.study, text.id)
        return sorted((row.name, text.text[row.start : row.end]) for row in rows if row.mine or not mine)

    def row(self, name, words=None):
        """The acting coder's coding with a code of this name, on these words if they are given."""
        text = self.room.desk.text
        rows = [row for row in codings_of(self.study, text.id) if row.mine and row.name == name]
        return next(row for row in rows if words is None or text.text[row.start : row.end] == words)


def settle():
    """Let happen what waits for the end of an event, as closing an editor and then using what was typed does."""
    for _turn in range(4):
        QApplication.processEvents()


@pytest.fixture
def make_hands(qtbot):
    """Shows a Code room on a bridge and gives hands to work it."""

    def make(bridge, small):
        theme.choose("light")
        room = CodeRoom(bridge)
        qtbot.addWidget(room)
        room.resize(1200, 700)
        room.show()
        room.activateWindow()
        qtbot.waitActive(room)
        return Hands(room, small)

    return make


@pytest.fixture
def hands(make_hands, bridge, small_study):
    """The room on the small study, INT-1 open, with the focus in the text."""
    made = make_hands(bridge, small_study)
    made.open("INT-1")
    return made
