"""Ctrl+Z while a line of text has the focus: the line's own undo first, and the study's when the line has none."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget


class UndoInLines(QObject):
    """Qt gives undo to a line of text even where there is nothing to undo, and then the key does nothing at all."""

    # Methods

    def watch(self, widget: QWidget) -> None:
        """Look after a widget that has the focus now."""
        if isinstance(widget, QLineEdit):
            widget.installEventFilter(self)

    # Events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the window have the key that the line has no use for."""
        useless = (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and isinstance(watched, QLineEdit)
            and _has_no_use(watched, event)
        )
        if useless:
            event.ignore()
        return useless


def _has_no_use(line: QLineEdit, event: QKeyEvent) -> bool:
    if event.matches(QKeySequence.StandardKey.Undo):
        return not line.isUndoAvailable()
    return event.matches(QKeySequence.StandardKey.Redo) and not line.isRedoAvailable()
