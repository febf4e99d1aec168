"""The table of codes above the details of one; where there is little room, as above an open drawer, one of them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QSplitter, QWidget

from qcode.ui.agree.details import Details
from qcode.ui.agree.tables import FigureTables

_ROWS = 6
"""How many codes one sees at least beside the details."""


class FigurePanes(QSplitter):
    """Holds the tables and the details. Too low for both, it shows the tables, unless one works in the details."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.tables, self.details = FigureTables(self), Details(self)
        self.setStretchFactor(0, 1)
        self.setSizes([440, 240])
        self.setChildrenCollapsible(False)
        self._in_details = False
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)

    # Methods

    def show_details(self) -> None:
        """Let the details be seen, whatever room there is."""
        self._in_details = True
        self._arrange()

    # Events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the room there is."""
        super().resizeEvent(event)
        self._arrange()

    # Private slots

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Know where one works; what opens beside, such as the drawer, changes nothing about it."""
        if now is not None and self.isAncestorOf(now):
            self._in_details = self.details.isAncestorOf(now)

    # Internal

    def _arrange(self) -> None:
        below = self.details.minimumSizeHint().height()
        wanted = self._height_of_rows()
        both = self.height() >= wanted + below + self.handleWidth()
        self.details.setVisible(both or self._in_details)
        if both and self.tables.height() < wanted:
            self.setSizes([wanted, self.height() - wanted])

    def _height_of_rows(self) -> int:
        codes = self.tables.codes
        line = codes.verticalHeader().defaultSectionSize()
        return codes.horizontalHeader().height() + _ROWS * line + self.tables.overall.height()
