"""What a screen reader would have no name for."""

from __future__ import annotations

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QLabel, QLineEdit, QWidget


def nameless(whole):
    """What takes the focus inside without a name or a role for a screen reader."""
    found = []
    for widget in whole.findChildren(QWidget):
        if not widget.focusPolicy() or not widget.isVisibleTo(whole) or _is_inner(widget):
            continue
        told = QAccessible.queryAccessibleInterface(widget)
        if not told.text(QAccessible.Text.Name) or told.role() == QAccessible.Role.NoRole:
            found.append((type(widget).__name__, widget.objectName(), type(widget.parent()).__name__))
    return found


def _is_inner(widget):
    """The line inside a box that can be typed in speaks with the box; words that are empty now say nothing."""
    if isinstance(widget, QLabel):
        return not widget.text()
    return isinstance(widget, QLineEdit) and isinstance(widget.parent(), QComboBox | QAbstractSpinBox)
