"""What lies beside the grid of a round: a title, a way back, and a place for what it asks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from qcode.ids import CoderId, DocumentId
from qcode.queries.rounds.progress import RoundProgress
from qcode.ui.bridge import StudyBridge
from qcode.ui.panel_parts import head, scrolled, take_key
from qcode.ui.theme import SPACE, label

type Cell = tuple[DocumentId, CoderId]


class TeamPanel(QFrame):
    """A panel about the round that is shown. Esc and the cross go back to the coders and rounds."""

    left = Signal()

    title: ClassVar[str] = ""

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.progress: RoundProgress | None = None
        self.setProperty("surface", "page")
        self.setAccessibleName(self.title)
        inside = QFrame()
        inside.setProperty("surface", "page")
        self.body = QVBoxLayout(inside)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(SPACE)
        self._inside = scrolled(inside)
        self.foot = QVBoxLayout()
        self.foot.setSpacing(SPACE)
        self._lay_out_frame()

    # For panels to write

    def begin(self, cells: Sequence[Cell]) -> None:
        """Begin anew with the chosen cells of the grid, the one with the cursor first."""

    def show_progress(self, progress: RoundProgress) -> None:
        """Show a round, or what became of it; what is half chosen stays."""
        self.progress = progress

    def entry(self) -> QWidget:
        """Where the keyboard begins."""
        return self

    # Methods

    def leave(self) -> None:
        """Go back to the coders and rounds."""
        self.left.emit()

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back; no key goes on to what lies around."""
        take_key(event, self.leave)

    # Internal

    def _lay_out_frame(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        column.setSpacing(SPACE)
        column.addLayout(head(label(self.title, "heading"), "Back to coders and rounds", self.leave))
        column.addWidget(self._inside, 1)
        column.addLayout(self.foot)


def button(words: str, kind: str = "", name: str = "") -> QPushButton:
    """A button of a kind that the style sheet knows; `name` is what it is called where its words say too little."""
    made = QPushButton(words)
    made.setAccessibleName(name or words.replace("…", ""))
    if kind:
        made.setProperty("kind", kind)
    return made


def spin(name: str, least: int, most: int, value: int) -> QSpinBox:
    """A whole number to choose."""
    box = QSpinBox()
    box.setRange(least, most)
    box.setValue(value)
    box.setAccessibleName(name)
    box.setAlignment(Qt.AlignmentFlag.AlignRight)
    return box


def offer(box: QComboBox, choices: Iterable[tuple[object, str]]) -> None:
    """Offer (value, words) pairs; the value that was chosen stays chosen while it is there."""
    before = box.currentData()
    wanted = list(choices)
    box.blockSignals(True)  # noqa: FBT003
    if [(box.itemData(place), box.itemText(place)) for place in range(box.count())] != wanted:
        box.clear()
        for value, words in wanted:
            box.addItem(words, value)
    place = box.findData(before)
    box.setCurrentIndex(place if place >= 0 else 0 if wanted else -1)
    box.blockSignals(False)  # noqa: FBT003
