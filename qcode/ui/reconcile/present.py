"""Who is there while the team decides: a chip for each coder, chosen once for all cases that follow."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QToolButton, QWidget

from qcode.ids import CoderId
from qcode.queries.team import CoderRow
from qcode.ui.flow import FlowLayout


class Present(QWidget):
    """Chips with the coders' names; `changed` tells that somebody came or left."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: dict[CoderId, QToolButton] = {}
        self._flow = FlowLayout(self)
        self.setAccessibleName("Who is there")

    # Properties

    @property
    def there(self) -> tuple[CoderId, ...]:
        """Who is there."""
        return tuple(coder for coder, chip in self._chips.items() if chip.isChecked())

    @property
    def chips(self) -> Sequence[QToolButton]:
        """The chips in the order of the names."""
        return tuple(self._chips.values())

    # Methods

    def show_coders(self, rows: Sequence[CoderRow]) -> None:
        """Offer these coders; who was there stays there."""
        if [row.id for row in rows] == list(self._chips) and all(
            self._chips[row.id].text() == row.name for row in rows
        ):
            return
        there = set(self.there)
        for chip in self._chips.values():
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = {row.id: self._chip(row, checked=row.id in there) for row in rows}
        self.updateGeometry()

    def begin(self) -> None:
        """Put the keyboard on the first chip."""
        for chip in self.chips[:1]:
            chip.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # Internal

    def _chip(self, row: CoderRow, *, checked: bool) -> QToolButton:
        chip = QToolButton(self)
        chip.setText(row.name.replace("&", "&&"))
        chip.setProperty("kind", "chip")
        chip.setCheckable(True)
        chip.setChecked(checked)
        chip.setAccessibleName(f"{row.name} is there")
        chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        chip.clicked.connect(self.changed)
        self._flow.addWidget(chip)
        chip.show()
        return chip
