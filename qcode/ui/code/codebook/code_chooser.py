"""Choosing one code of the codebook by a few letters of its name."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from qcode.ids import CodeId
from qcode.queries.codebook.tree import CodeRow
from qcode.text.fuzzy import score
from qcode.ui.code.lines import Line, LineList
from qcode.ui.theme import SPACE

_GOING = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class CodeChooser(QWidget):
    """A line to type in above the codes that are found, the best first; arrows go through them, Enter chooses."""

    codeChosen = Signal(str)
    currentChanged = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[CodeRow] = ()
        self.line = QLineEdit(self)
        self.line.setPlaceholderText(name)
        self.line.setAccessibleName(name)
        self.line.setClearButtonEnabled(True)
        self.list = LineList(f"Codes found: {name}", self)
        self.line.installEventFilter(self)
        self.line.textChanged.connect(self._show)
        self.list.lineActivated.connect(self.codeChosen)
        self.list.currentKeyChanged.connect(self.currentChanged)
        self.setFocusProxy(self.line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addWidget(self.line)
        column.addWidget(self.list, 1)

    # Properties

    @property
    def current(self) -> CodeRow | None:
        """The code with the cursor."""
        return next((row for row in self._rows if row.id == self.list.current_key), None)

    # Methods

    def offer(self, rows: Sequence[CodeRow], *, apart_from: Collection[str] = (), codable: bool = True) -> None:
        """Offer these codes, without some; `codable` leaves out what can't be put on passages."""
        self._rows = [row for row in rows if row.id not in apart_from and (row.codable or not codable)]
        self._show()

    def set_current(self, code: CodeId) -> bool:
        """Put the cursor on a code; says whether it is offered."""
        return self.list.set_current(code)

    # Events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the line, arrows go through the list and Enter chooses."""
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _GOING:
                self.list.keyPressEvent(event)
                return True
            if event.key() in _ENTER and self.list.current_key:
                self.codeChosen.emit(self.list.current_key)
                return True
        return super().eventFilter(watched, event)

    # Private slots

    def _show(self) -> None:
        typed = self.line.text()
        found = [(score(typed, row.name), place, row) for place, row in enumerate(self._rows)]
        best = sorted((-points, place, row) for points, place, row in found if points is not None)
        self.list.set_lines([_line(row) for _points, _place, row in best])
        if best and (typed or self.list.current_key is None):
            self.list.set_current(best[0][2].id)


def _line(row: CodeRow) -> Line:
    above = " › ".join(row.path[:-1])
    return Line(row.id, row.name, right=above, slot=None if row.kind == "category" else row.colour)
