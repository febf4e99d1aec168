"""The parts of the review of names and where they stand."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from qcode.deidentification.measured import measured_sentence
from qcode.deidentification.strings import Listed
from qcode.ui import theme
from qcode.ui.known_names import FOR_NAMES
from qcode.ui.theme import SPACE
from qcode.ui.transcripts.names.answering import AnswerPanel
from qcode.ui.transcripts.names.places import PlaceTable
from qcode.ui.transcripts.names.strings import StringTable
from qcode.ui.transcripts.names.talk import Talk
from qcode.ui.transcripts.names.words import SHOWN
from qcode.ui.transcripts.parts import choice_box, line_edit, rule


class ReviewParts(QWidget):
    """Strings on the left; at the right the question, the places of the string, and the talk."""

    def __init__(self, answer: Callable[[Listed], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.status = theme.label("")
        self.expectation = theme.label(measured_sentence(), "small", "quiet")
        self.warning = theme.label("", "small", "warning")
        self.hint = theme.label("", "small", "quiet")
        for words in (self.expectation, self.warning, self.hint):
            words.setWordWrap(True)
        self.model_box = QCheckBox("Ask the language model too")
        self.known_button = QPushButton("Names you know…")
        self.codes_button = QPushButton("Give speakers codes")
        self.finder = line_edit("Find a string", "Find")
        self.shown = choice_box(SHOWN, "Which strings are listed")
        self.strings = StringTable(answer, self)
        self.missed = line_edit("A string that was missed", "Add a string that was missed")
        for line in (self.finder, self.missed):
            line.setProperty(FOR_NAMES, True)  # noqa: FBT003  # Qt takes the value by place
        self.add_button = QPushButton("Add")
        self.add_button.setAccessibleName("Add the string that was missed")
        self.panel = AnswerPanel(self)
        self.places = PlaceTable(self)
        self.talk = Talk(self)
        self._lay_out()

    # Methods

    def update_theme(self) -> None:
        """Take the colours of the theme."""
        self.talk.update_theme()

    # Internal

    def _lay_out(self) -> None:
        across, down = QSplitter(Qt.Orientation.Horizontal), QSplitter(Qt.Orientation.Vertical)
        down.addWidget(self.places)
        down.addWidget(self.talk)
        down.setSizes([130, 400])
        self.places.setMinimumHeight(12 * SPACE)
        down.setStretchFactor(1, 1)
        right = QWidget()
        column = _column(right)
        column.addWidget(self.panel)
        column.addWidget(rule())
        column.addWidget(down, 1)
        across.addWidget(self._left())
        across.addWidget(right)
        across.setSizes([570, 630])
        across.setStretchFactor(1, 1)
        for split in (across, down):
            split.setChildrenCollapsible(False)
        whole = _column(self)
        whole.addWidget(self._head())
        whole.addWidget(rule())
        whole.addWidget(across, 1)

    def _head(self) -> QWidget:
        head = QWidget()
        column = _column(head, SPACE)
        column.setSpacing(SPACE // 2)
        for button in (self.known_button, self.codes_button):
            button.setProperty("kind", "quiet")
        self.status.setMinimumWidth(24 * SPACE)
        column.addLayout(_row(self.status, self.model_box, self.codes_button, self.known_button))
        for words in (self.warning, self.expectation):
            column.addWidget(words)
        return head

    def _left(self) -> QWidget:
        left = QWidget()
        left.setMinimumWidth(40 * SPACE)
        column = _column(left)
        for row in (_row(self.finder, self.shown), _row(self.missed, self.add_button)):
            row.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
            column.addLayout(row)
        column.insertWidget(1, self.strings, 1)
        self.hint.setContentsMargins(SPACE, 0, SPACE, SPACE)
        column.addWidget(self.hint)
        return left


def _column(widget: QWidget, margin: int = 0) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(2 * margin, margin, 2 * margin, margin)
    column.setSpacing(0)
    return column


def _row(first: QWidget, *others: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(SPACE)
    row.addWidget(first, 1)
    for other in others:
        row.addWidget(other)
    return row
