"""Writing in place in the views of the themes: one field at a time, kept by Enter and left by Esc."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QStyledItemDelegate, QWidget

from qcode.errors import QcodeError
from qcode.operations.lookup import LONGEST_NAME, LONGEST_TEXT
from qcode.ui.limited import LimitedField
from qcode.ui.limited_line import LimitedLine

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class WritingDelegate(QStyledItemDelegate):
    """Paints a view in which one writes; tells when the field closes, and when a text has no room in it."""

    editingEnded = Signal()
    tooLong = Signal()
    refused = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.editor: QWidget | None = None
        self.closeEditor.connect(lambda *_why: self.editingEnded.emit())

    # Methods

    def line(self, parent: QWidget, name: str, too_long: QcodeError) -> LimitedLine:
        """A field of one line; more than it takes is refused in this sentence."""
        field = LimitedLine(LONGEST_NAME, parent)
        field.setAccessibleName(name)
        field.tooLong.connect(lambda: self.refused.emit(str(too_long)))
        self.editor = field
        return field

    def write_again(self, words: str) -> None:
        """Have words in the field that was just opened: they were refused, and can be mended."""
        if isinstance(self.editor, LimitedLine):
            self.editor.setText(words)
        elif isinstance(self.editor, WrappingField):
            self.editor.setPlainText(words)
            self.editor.moveCursor(QTextCursor.MoveOperation.End)

    def keep_writing(self) -> None:
        """Keep what is half written, and close its field."""
        if self.editor is not None:
            self.commitData.emit(self.editor)
            self.closeEditor.emit(self.editor)


class WrappingField(LimitedField):
    """A field that wraps: Enter keeps what is written, with Shift it begins a line if the text may have several."""

    def __init__(self, delegate: WritingDelegate, parent: QWidget, name: str, *, lines: bool = False) -> None:
        super().__init__(LONGEST_TEXT, parent)
        self._delegate, self._lines = delegate, lines
        self.setProperty("kind", "field")
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        self.tooLong.connect(delegate.tooLong)

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter ends the writing."""
        line = self._lines and event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.key() in _ENTER and not line:
            self._delegate.commitData.emit(self)
            self._delegate.closeEditor.emit(self)
        else:
            super().keyPressEvent(event)
