"""Choosing a slot of the palette for a code."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QGridLayout, QWidget

from qcode.operations.codebook import SLOTS
from qcode.ui import theme
from qcode.ui.code.colours import SWATCH, code_colour, paint_focus
from qcode.ui.text.strokes import paint_swatch
from qcode.ui.theme import SPACE

_IN_ROW = 6
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -_IN_ROW,
    Qt.Key.Key_Down: _IN_ROW,
}


class _Slot(QAbstractButton):
    """One slot, as it looks in texts and lists."""

    def __init__(self, slot: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.slot = slot
        self.setCheckable(True)
        self.tell_name()

    # Methods

    def tell_name(self) -> None:
        """Say the slot's name and pattern, which tell it apart without its colour."""
        colour = code_colour(self.slot)
        self.setToolTip(f"{colour.name}, {colour.pattern}")
        self.setAccessibleName(f"Colour {colour.name}, {colour.pattern}")

    # Events

    def sizeHint(self) -> QSize:
        """A swatch with room for the ring around it."""
        return QSize(4 * SPACE, 3 * SPACE + 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the swatch, a frame around the chosen one, and the ring of the keyboard."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(0, 0, SWATCH + 4, SWATCH + 2)
        box.moveCenter(QRectF(self.rect()).center())
        paint_swatch(painter, box, code_colour(self.slot))
        if self.isChecked():
            painter.setPen(QPen(QColor(theme.current().text), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-3, -3, 3, 3), 4, 4)
        if self.hasFocus():
            paint_focus(painter, self.rect())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to the neighbours, up and down too."""
        choice = self.parentWidget()
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None and isinstance(choice, ColourChoice):
            choice.go(self.slot + step)
        else:
            super().keyPressEvent(event)


class ColourChoice(QWidget):
    """The twelve slots in two rows; one is chosen."""

    slotChosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Colour of the code")
        self._group = QButtonGroup(self)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        for slot in range(SLOTS):
            button = _Slot(slot, self)
            self._group.addButton(button, slot)
            grid.addWidget(button, slot // _IN_ROW, slot % _IN_ROW)
        grid.setColumnStretch(_IN_ROW, 1)
        self._group.idClicked.connect(self.slotChosen)

    # Properties

    @property
    def slot(self) -> int:
        """The chosen slot."""
        return self._group.checkedId()

    # Methods

    def choose(self, slot: int) -> None:
        """Mark a slot without telling anybody."""
        self._group.button(slot % SLOTS).setChecked(True)

    def go(self, slot: int) -> None:
        """Choose a slot as a person does, with the focus on it; beyond the ends nothing happens."""
        if 0 <= slot < SLOTS:
            button = self._group.button(slot)
            button.setFocus(Qt.FocusReason.OtherFocusReason)
            button.click()

    def update_theme(self) -> None:
        """Take the colours of the theme."""
        for button in self._group.buttons():
            if isinstance(button, _Slot):
                button.tell_name()
                button.update()
