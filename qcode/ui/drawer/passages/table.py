"""The table of passages, in which a typed letter begins to look for another code."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from qcode.ui.table import RowTable

_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class PassageTable(RowTable):
    """Passages, one line each; letters are not searched for in the table, they are the beginning of a code."""

    typed = Signal(str)

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A letter or digit is told; everything else is the table's."""
        if event.text().isalnum() and not event.modifiers() & _COMMANDS and self.selected_rows():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)
