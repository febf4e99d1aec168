"""A field for text of several lines that takes no more than it can keep: refused before it is laid out."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

# What stands for the end of a line and of a paragraph in Qt's text.
_BREAKS = str.maketrans({"\u2029": "\n", "\u2028": "\n"})


class LimitedField(QPlainTextEdit):
    """Tells when what was pasted, dropped or typed would be too long, and stays as it was."""

    tooLong = Signal()

    def __init__(self, longest: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._longest = longest

    # Methods

    def raw(self) -> str:
        """What stands in the field, as it was typed or pasted."""
        return self.document().toRawText().translate(_BREAKS)

    # Events

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Refuse what would be too long, before it is laid out."""
        if len(source.text()) > self._room():
            self.tooLong.emit()
        else:
            super().insertFromMimeData(source)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Refuse a letter more than there is room for."""
        if event.text().isprintable() and event.text() and self._room() <= 0 and not self.isReadOnly():
            self.tooLong.emit()
        else:
            super().keyPressEvent(event)

    # Internal

    def _room(self) -> int:
        """How many characters more the field can take; Qt counts one for the end of the text."""
        cursor = self.textCursor()
        marked = cursor.selectionEnd() - cursor.selectionStart()
        return self._longest + 1 - self.document().characterCount() + marked
