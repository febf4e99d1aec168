"""What the passages are filtered by beside the lists: a row of chips, each of which is pressed to take it away."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from qcode.ui.flow import FlowLayout

_LONGEST = 48


class Chips(QWidget):
    """Pressed, or with Del, a chip goes; the focus stays in the row, or `emptied` says that none is left."""

    removed = Signal(object)
    emptied = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words: dict[Hashable, str] = {}
        self._buttons: list[QToolButton] = []
        self._row = FlowLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._row)
        self.hide()

    # Properties

    @property
    def words(self) -> list[str]:
        """What each chip says."""
        return list(self._words.values())

    @property
    def buttons(self) -> list[QToolButton]:
        """The chips in order."""
        return list(self._buttons)

    # Methods

    def show_chips(self, words: Mapping[Hashable, str]) -> None:
        """Show a chip for each thing, by what it is known by."""
        if words == self._words:
            return
        place = next((place for place, chip in enumerate(self._buttons) if chip.hasFocus()), None)
        self._words = dict(words)
        gone, self._buttons = self._buttons, [self._chip(key, said) for key, said in words.items()]
        self.setVisible(bool(words))
        for chip in self._buttons:
            chip.setVisible(True)  # Qt would do so in a moment, too late for the focus
        if place is not None and self._buttons:
            self._buttons[min(place, len(self._buttons) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)
        elif place is not None:
            self.emptied.emit()
        for chip in gone:
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()

    # Internal

    def _chip(self, key: Hashable, said: str) -> QToolButton:
        chip = _Chip(self)
        chip.setProperty("kind", "chip")
        chip.setText(f"{said if len(said) <= _LONGEST else said[: _LONGEST - 1] + '…'}  ×")
        chip.setToolTip(f"Take away: {said}")
        chip.setAccessibleName(f"Filtered by {said}. Take the filter away")
        chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        chip.clicked.connect(lambda: self.removed.emit(key))
        chip.ensurePolished()  # its size is asked for before it is painted
        self._row.addWidget(chip)
        return chip


class _Chip(QToolButton):
    """A button that Del presses too."""

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, Del and Backspace press it like Space."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)
