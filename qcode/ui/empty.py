"""What an empty place shows: a sentence, and the button that does what the sentence says."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from qcode.ui.theme import SPACE, label

_WIDEST = 60 * SPACE


class EmptyState(QWidget):
    """One calm sentence in the middle, with at most one button below it."""

    pressed = Signal()

    def __init__(self, sentence: str, button: str | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sentence = label(sentence, tone="quiet")
        self._sentence.setWordWrap(True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sentence.setMaximumWidth(_WIDEST)
        self._button = QPushButton(button or "", self)
        self._button.setVisible(button is not None)
        self._button.clicked.connect(self.pressed)
        self._lay_out()
        self.say(sentence)

    # Properties

    @property
    def sentence(self) -> str:
        """What is shown."""
        return self._sentence.text()

    @property
    def button(self) -> QPushButton:
        """The button, hidden if there is nothing to press."""
        return self._button

    # Methods

    def say(self, sentence: str) -> None:
        """Show another sentence."""
        self._sentence.setText(sentence)
        self.setAccessibleName(sentence)
        self._button.setAccessibleDescription(sentence)

    # Internal

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 3 * SPACE)
        column.setSpacing(2 * SPACE)
        column.addStretch(2)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self._sentence, 1000)
        middle.addStretch(1)
        column.addLayout(middle)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
