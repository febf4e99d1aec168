"""What an empty place shows: a sentence, and the button that does what the sentence says."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from qcode.ui.theme import SPACE, label

_WIDEST = 60 * SPACE


class EmptyState(QWidget):
    """One calm sentence in the middle, with at most one button below it, and perhaps a quieter one beside that."""

    pressed = Signal()
    alsoPressed = Signal()

    def __init__(
        self, sentence: str, button: str | None = None, parent: QWidget | None = None, *, also: str | None = None
    ) -> None:
        super().__init__(parent)
        self._sentence = label(sentence, tone="quiet")
        self._sentence.setWordWrap(True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sentence.setMaximumWidth(_WIDEST)
        self._button = QPushButton(button or "", self)
        self._button.setVisible(button is not None)
        self._button.clicked.connect(self.pressed)
        self._also = QPushButton(also or "", self)
        self._also.setProperty("kind", "quiet")
        self._also.setVisible(also is not None)
        self._also.clicked.connect(self.alsoPressed)
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

    @property
    def also(self) -> QPushButton:
        """The quieter button, hidden if there is no second thing to do."""
        return self._also

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
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addStretch(1)
        buttons.addWidget(self._button)
        buttons.addWidget(self._also)
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addStretch(3)
