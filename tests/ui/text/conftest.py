"""A transcript in the real view, and hands to work it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from qcode.text.values import Coding, Turn
from qcode.ui.text.view import TranscriptView

TALK = (
    ("I", "interviewer", "What happened then? 😀"),
    ("Ana", "participant", "I waited. Nobody came. 🚌🚌 So I walked home, cafe\u0301 after café, and nobody asked."),
    ("I", "interviewer", "And later?"),
    ("I", "interviewer", "Take your time."),
    ("Ana", "participant", "Later they rang. I said: שלום עליכם to them.\nThey laughed."),
    (None, "event", "[door]"),
    ("Ana", "participant", "That was all."),
)


class Hands:
    """Works a view as a person does, in terms of the words of its text."""

    def __init__(self, view, text, turns):
        self.view, self.text, self.turns = view, text, turns

    def span(self, words, nth=0):
        """The range of some words."""
        start = -1
        for _ in range(nth + 1):
            start = self.text.index(words, start + 1)
        return start, start + len(words)

    def coding(self, key, words, **attributes):
        """A coding of some words; its code is named as its id unless said otherwise."""
        start, end = self.span(words)
        given = {"code": key, "name": key.title(), "colour": 0, "coder": "AK"} | attributes
        return Coding(id=key, start=start, end=end, **given)

    def put_caret(self, words, nth=0):
        """Put the caret ahead of some words."""
        start, _ = self.span(words, nth)
        self.view.select(start, start)

    def press(self, *keys, shift=False, ctrl=False):
        """Press keys one after the other."""
        modifiers = Qt.KeyboardModifier.NoModifier
        if shift:
            modifiers |= Qt.KeyboardModifier.ShiftModifier
        if ctrl:
            modifiers |= Qt.KeyboardModifier.ControlModifier
        for key in keys:
            QTest.keyClick(self.view, key, modifiers)

    def place(self, position):
        """The point of the viewport ahead of the character at a position, in the middle of its row."""
        view = self.view
        for paragraph in view.paragraphs_in_sight():
            if paragraph.start <= position <= paragraph.end:
                x = view._sheet.caret_box(paragraph, position, 2).left()
                y = view._sheet.row_of(paragraph, position) + view.rows.pitch / 2
                return QPoint(round(x), round(y))
        raise LookupError(position)

    def drag(self, start, end):
        """Select with the mouse from one position to another."""
        viewport, button = self.view.viewport(), Qt.MouseButton.LeftButton
        QTest.mousePress(viewport, button, pos=self.place(start))
        QTest.mouseMove(viewport, self.place((start + end) // 2))
        QTest.mouseMove(viewport, self.place(end))
        QTest.mouseRelease(viewport, button, pos=self.place(end))

    def selected(self):
        """The words that are selected."""
        found = self.view.selected_range()
        return None if found is None else self.text[slice(*found)]

    def picture(self):
        """What the viewport shows."""
        return self.view.viewport().grab().toImage()

    def colours_of(self, words):
        """The names of all colours that are seen in the box around some words."""
        start, end = self.span(words)
        rows, picture = self.view.rows, self.picture()
        ratio = picture.devicePixelRatio()
        first, last = self.place(start), self.place(end)
        top = first.y() - rows.pitch // 2
        points = [(x, y) for x in range(first.x() + 1, last.x()) for y in range(top, top + rows.pitch)]
        return {picture.pixelColor(int(x * ratio), int(y * ratio)).name() for x, y in points}


@pytest.fixture
def talk():
    """The text of a short interview and its turns."""
    text, turns = "", []
    for number, (who, role, words) in enumerate(TALK):
        start = len(text) + (number > 0)
        text += "\n" * (number > 0) + words
        turns.append(Turn(start, start + len(words), who, role, number * 15_000))
    return text, tuple(turns)


@pytest.fixture
def show(qtbot):
    """Show a text in a visible view that has the focus."""

    def shown(text, turns=(), width=1000, height=600):
        view = TranscriptView()
        qtbot.addWidget(view)
        view.resize(width, height)
        view.show_document(text, turns)
        with qtbot.waitExposed(view):
            view.show()
        view.activateWindow()
        view.setFocus()
        return Hands(view, text, turns)

    return shown


@pytest.fixture
def hands(show, talk):
    """The short interview on show, with its sentences as units."""
    from qcode.nlp import sentences

    hands = show(*talk)
    hands.view.set_units(sentences(hands.text))
    return hands
