"""The field in which one says how strongly a code holds."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QSpinBox, QWidget

from qcode.operations.coding import HEAVIEST

_NONE = -1


class WeightField(QSpinBox):
    """A whole number from 0 to 100, or none: Enter or leaving keeps it, Esc leaves it as it was."""

    kept = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._saved = _NONE
        self.setRange(_NONE, HEAVIEST)
        self.setPrefix("weight ")
        self.setSpecialValueText("no weight")
        self.setKeyboardTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Weight of the coding, 0 to 100")
        self.setToolTip("How strongly the code holds, from 0 to 100; below 0 it has no weight")
        self.editingFinished.connect(self._keep)

    # Methods

    def show_weight(self, weight: int | None) -> None:
        """Show what is saved."""
        self._saved = _NONE if weight is None else weight
        with QSignalBlocker(self):
            self.setValue(self._saved)

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter keeps, Esc leaves, Del takes the weight away; everything else is Qt's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.interpretText()
            self._keep()
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.show_weight(None if self._saved == _NONE else self._saved)
            self.left.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.setValue(_NONE)
            self.selectAll()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls what is around; it never weighs by accident."""
        event.ignore()

    # Internal

    def _keep(self) -> None:
        if self.value() != self._saved:
            self._saved = self.value()
            self.kept.emit(None if self._saved == _NONE else self._saved)
