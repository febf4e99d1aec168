"""Where a quote is used: a paper and a section of it on each chip, which goes when it is pressed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from qcode.queries.quotes.rows import QuoteUseRow
from qcode.ui.flow import FlowLayout
from qcode.ui.theme import label


class UsesLine(QWidget):
    """The uses of a quote, and the button that adds one."""

    removeAsked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = label("Used in", "small", "quiet")
        self.add = QPushButton("Add a use…")
        self.add.setProperty("kind", "slim")
        self.chips: list[QToolButton] = []
        self.attribution = QPushButton("Attribution…")
        self.attribution.setProperty("kind", "slim")
        self.attribution.setToolTip("How all quotes are attributed, and what is kept back")
        self._flow = FlowLayout(self)
        for part in (self.title, self.add, self.attribution):
            self._flow.addWidget(part)

    # Methods

    def show_uses(self, uses: Sequence[QuoteUseRow]) -> None:
        """Show these; a chip that had the focus and is gone leaves it to the button."""
        focused = any(chip.hasFocus() for chip in self.chips)
        for chip in self.chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        for button in (self.add, self.attribution):
            self._flow.removeWidget(button)
        self.chips = [self._chip(use) for use in uses]
        for part in (*self.chips, self.add, self.attribution):
            self._flow.addWidget(part)
        if focused:
            (self.chips[0] if self.chips else self.add).setFocus(Qt.FocusReason.OtherFocusReason)

    # Internal

    def _chip(self, use: QuoteUseRow) -> QToolButton:
        chip = _Chip(self)
        words = told(use)
        chip.setText(f"{words} ✕")
        chip.setProperty("kind", "chip")
        chip.setToolTip("No longer used there (Enter or Delete)")
        chip.setAccessibleName(f"Used in {words}. Enter takes this away.")
        chip.clicked.connect(lambda: self.removeAsked.emit(use.id))
        return chip


class _Chip(QToolButton):
    """A chip that goes with Enter, Delete or a click."""

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Delete do what a click does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.click()
        else:
            super().keyPressEvent(event)


def told(use: QuoteUseRow) -> str:
    """A paper, and its section if one was named."""
    return f"{use.paper}, {use.section}" if use.section else use.paper
