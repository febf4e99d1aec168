"""The passages of the chosen codes, to read and to pick quotes from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from qcode.ids import DocumentId
from qcode.study import Place
from qcode.ui.theme import SPACE, label
from qcode.ui.themes import carrying
from qcode.ui.themes.passage_lines import PassageLine
from qcode.ui.wrapped_list import Said, WrappedList


def _said(line: PassageLine) -> Said:
    below = f"Quoted · {line.source}" if line.quoted else line.source
    return Said(line.text, below, f"…{line.before}[{line.text}]{line.after}…")


class PassageList(WrappedList):
    """Passages to read; the one with the cursor can be picked, or dragged to a theme."""

    picked = Signal(object, str)
    placeAsked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_said, lambda line: line.key, parent)
        self.setAccessibleName("Passages")
        self.setDragEnabled(True)

    # Properties

    @property
    def line(self) -> PassageLine | None:
        """The passage with the cursor."""
        return self.row

    # Methods

    def pick(self, stance: str) -> None:
        """Pick the passage with the cursor."""
        if self.line is not None:
            self.picked.emit(self.line, stance)

    def open_place(self) -> None:
        """Ask for the place of the passage with the cursor."""
        if self.line is not None:
            self.placeAsked.emit(Place(DocumentId(self.line.document), self.line.start, self.line.end))

    # Events

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Carry a passage to a theme."""
        if self.line is not None:
            drag = QDrag(self)
            drag.setMimeData(carrying.pack("passage", [str(part) for part in self.line.key]))
            drag.exec(Qt.DropAction.CopyAction)


class PassagesPane(QFrame):
    """The passages with their heading and the two ways to pick one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "page")
        self.heading = label("Passages", "small", "quiet")
        self.list = PassageList()
        self.pick, self.dissent = QPushButton("Pick as quote"), QPushButton("Pick as dissenting")
        self.pick.setToolTip("Enter")
        self.dissent.setToolTip("D")
        self.pick.clicked.connect(lambda: self.list.pick("supports"))
        self.dissent.clicked.connect(lambda: self.list.pick("dissents"))
        self._lay_out()
        self.show_passages([], "")

    # Methods

    def show_passages(self, lines: Sequence[PassageLine], names: str, *, counting: bool = False) -> None:
        """Show the passages of these codes; while one counts, they are on their way."""
        count = "1 passage" if len(lines) == 1 else f"{len(lines):,} passages"
        count = "counting…" if counting else count
        self.heading.setText(f"{names}: {count}" if names else "Choose a code to read its passages.")
        self.list.set_rows(lines)
        for button in (self.pick, self.dissent):
            button.setEnabled(bool(lines))

    # Internal

    def _lay_out(self) -> None:
        self.heading.setWordWrap(True)
        self.heading.setContentsMargins(SPACE + 4, 0, SPACE + 4, 0)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(SPACE, 0, SPACE, SPACE)
        buttons.setSpacing(SPACE)
        for button in (self.pick, self.dissent):
            button.setProperty("kind", "quiet")
            buttons.addWidget(button)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(self.heading)
        column.addWidget(self.list, 1)
        column.addLayout(buttons)
