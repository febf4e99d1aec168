"""A field of one line that takes no more than it can keep: refused whole, never cut."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QLineEdit, QWidget


class LimitedLine(QLineEdit):
    """Tells when what was pasted, dropped or typed would be too long, and stays as it was."""

    tooLong = Signal()

    def __init__(self, longest: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # Qt cuts at its own limit and counts some characters twice: one more than fits must still get to the validator.
        self.setMaxLength(2 * (longest + 1))
        shortness = _Longest(longest, self)
        shortness.refused.connect(self.tooLong)
        self.setValidator(shortness)


class _Longest(QValidator):
    """Turns down a change that would make a text too long."""

    refused = Signal()

    def __init__(self, longest: int, parent: QObject) -> None:
        super().__init__(parent)
        self._longest = longest

    def validate(self, text: str, place: int) -> tuple[QValidator.State, str, int]:
        """Accept whatever is short enough."""
        if len(text) <= self._longest:
            return QValidator.State.Acceptable, text, place
        self.refused.emit()
        return QValidator.State.Invalid, text, place
