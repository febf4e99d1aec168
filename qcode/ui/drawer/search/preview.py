"""What would be coded, to be looked through before it is: every hit has a tick that can be taken away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListView, QPushButton, QVBoxLayout, QWidget

from qcode.operations.passages import Passage
from qcode.ui.drawer.acts import counted
from qcode.ui.drawer.search.hits import HitLine
from qcode.ui.theme import SPACE, label


class HitPreview(QWidget):
    """A list to tick; `accepted` carries the passages that are ticked."""

    accepted = Signal(list)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: Sequence[HitLine] = ()
        self._name = ""
        self._heading = label("", "heading")
        self._model = QStandardItemModel(self)
        self.list = QListView(self)
        self.list.setModel(self._model)
        self.list.setAccessibleName("Hits to be coded")
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setUniformItemSizes(True)
        self.code, self.all, self.back = (
            QPushButton("", self),
            QPushButton("Tick none", self),
            QPushButton("Back", self),
        )
        self.code.setProperty("kind", "primary")
        self.code.clicked.connect(self.accept)
        self.all.clicked.connect(self.turn_all)
        self.back.clicked.connect(self.left)
        self._model.itemChanged.connect(lambda _item: self._tell())
        self._lay_out()

    # Properties

    @property
    def ticked(self) -> list[HitLine]:
        """The hits that are to be coded."""
        return [line for row, line in enumerate(self._lines) if self._item(row).checkState() == Qt.CheckState.Checked]

    # Methods

    def show_lines(self, lines: Sequence[HitLine], name: str) -> None:
        """Show what a code would be put on, all of it ticked."""
        self._lines, self._name = lines, name
        self._model.blockSignals(True)  # noqa: FBT003
        self._model.clear()
        for line in lines:
            self._model.appendRow(_item(line))
        self._model.blockSignals(False)  # noqa: FBT003
        self._model.layoutChanged.emit()
        self.list.setCurrentIndex(self._model.index(0, 0))
        self._tell()

    def accept(self) -> None:
        """Code what is ticked."""
        chosen = self.ticked
        if chosen:
            self.accepted.emit([Passage(line.hit.place.document, line.hit.start, line.hit.end) for line in chosen])

    def turn_all(self) -> None:
        """Tick all, or none if all are ticked."""
        state = Qt.CheckState.Unchecked if len(self.ticked) == len(self._lines) else Qt.CheckState.Checked
        self._model.blockSignals(True)  # noqa: FBT003
        for row in range(len(self._lines)):
            self._item(row).setCheckState(state)
        self._model.blockSignals(False)  # noqa: FBT003
        self.list.viewport().update()
        self._tell()

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back, Enter codes; Space ticks."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accept()
        else:
            super().keyPressEvent(event)

    # Internal

    def _item(self, row: int) -> QStandardItem:
        return self._model.item(row)

    def _tell(self) -> None:
        number = len(self.ticked)
        self._heading.setText(f"Code with “{self._name}”")
        self.code.setText(f"Code {counted(number, 'hit')}")
        self.code.setEnabled(number > 0)
        self.all.setText("Tick none" if number == len(self._lines) else "Tick all")

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(2 * SPACE, 0, 2 * SPACE, SPACE)
        top.setSpacing(2 * SPACE)
        top.addWidget(self._heading)
        top.addWidget(label("Space ticks · Enter codes · Esc goes back", "small", "quiet"))
        top.addStretch(1)
        for button in (self.all, self.back, self.code):
            top.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.list, 1)


def _item(line: HitLine) -> QStandardItem:
    who = f", {line.hit.speaker}" if line.hit.speaker else ""
    item = QStandardItem(f"{line.hit.name}{who}: … {line.left}[{line.keyword}]{line.right} …")
    item.setCheckable(True)
    item.setCheckState(Qt.CheckState.Checked)
    return item
