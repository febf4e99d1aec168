"""The passages of a cell of the framework, and which of them its summary rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from qcode.analysis.corpus import Corpus
from qcode.ids import DocumentId, SummaryPassageId
from qcode.queries.themes.framework import FrameworkCell, LinkRow
from qcode.study import Place
from qcode.ui.theme import SPACE, label
from qcode.ui.wrapped_list import Said, WrappedList

EMPTY = "Choose a cell to read its passages."


@dataclass(frozen=True, slots=True)
class CellPassage:
    """A stretch of a text that a cell is about; `link` where the summary rests on it, `stale` where it was edited."""

    document: str
    start: int
    end: int
    text: str
    source: str
    link: SummaryPassageId | None = None
    stale: bool = False

    @property
    def key(self) -> tuple[str, int, int]:
        """What the passage is known by."""
        return self.document, self.start, self.end

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(DocumentId(self.document), self.start, self.end)


def cell_passages(cell: FrameworkCell, counted: Corpus) -> list[CellPassage]:
    """What the summary rests on first, then the other passages in text order."""
    linked = {(link.document, link.start, link.end) for link in cell.links}
    out = [_linked(link, counted) for link in cell.links]
    return out + [one for one in _others(cell, counted) if one.key not in linked]


def _linked(link: LinkRow, counted: Corpus) -> CellPassage:
    where = link.document, link.start, link.end
    return CellPassage(*where, link.text, _source(counted, *where, link.document_name), link.id, link.stale)


def _others(cell: FrameworkCell, counted: Corpus) -> Iterator[CellPassage]:
    for mark in cell.passages:
        text = counted.text[mark.document]
        source = _source(counted, mark.document, mark.start, mark.end, text.name)
        yield CellPassage(mark.document, mark.start, mark.end, text.text[mark.start : mark.end], source)


def _source(counted: Corpus, document: str, start: int, end: int, name: str) -> str:
    """Who speaks there, and in which document."""
    text = counted.text.get(document)
    turns = [text.turns[number] for number in text.turns_in(start, end)] if text else []
    who = ", ".join(dict.fromkeys(turn.speaker for turn in turns if turn.speaker))
    return " · ".join(part for part in (who, name) if part)


def _said(row: CellPassage) -> Said:
    marks = ["Linked"] if row.link else []
    marks += ["The transcript has changed since"] if row.stale else []
    return Said(row.text, " · ".join([*marks, row.source]))


class CellPane(QFrame):
    """Passages to read beside the summary that is written of them; each can be linked to it."""

    linkAsked = Signal(object)
    placeAsked = Signal(object)
    drawerAsked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "page")
        self.heading, self.about = label("", "body"), label(EMPTY, "small", "quiet")
        self.list = WrappedList(_said, lambda row: row.key)
        self.link, self.drawer = QPushButton("Link"), QPushButton("In the drawer")
        self.link.clicked.connect(self.toggle)
        self.drawer.clicked.connect(self.drawerAsked)
        self.list.rowActivated.connect(lambda _row: self.toggle())
        self.list.selectionModel().currentChanged.connect(lambda *_both: self._tell())
        self._lay_out()
        self.show_cell("", "", [])

    # Methods

    def show_cell(self, name: str, about: str, rows: list[CellPassage]) -> None:
        """Show the passages of a cell."""
        self.heading.setText(name)
        self.heading.setVisible(bool(name))
        self.about.setText(about or EMPTY)
        self.list.set_rows(rows)
        self.drawer.setEnabled(bool(rows))
        self._tell()

    def toggle(self) -> None:
        """Link the passage with the cursor to the summary, or take the link away."""
        if self.list.row is not None:
            self.linkAsked.emit(self.list.row)

    def open_place(self) -> None:
        """Ask for the place of the passage with the cursor."""
        if self.list.row is not None:
            self.placeAsked.emit(self.list.row.place)

    # Internal

    def _tell(self) -> None:
        row = self.list.row
        self.link.setEnabled(row is not None)
        self.link.setText("Unlink" if row is not None and row.link else "Link to the summary")

    def _lay_out(self) -> None:
        self.list.setAccessibleName("Passages of the cell")
        for words in (self.heading, self.about):
            words.setWordWrap(True)
            words.setContentsMargins(SPACE + 4, 0, SPACE, 0)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(SPACE, 0, SPACE, SPACE)
        for button in (self.link, self.drawer):
            button.setProperty("kind", "quiet")
            buttons.addWidget(button)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addWidget(self.heading)
        column.addWidget(self.about)
        column.addWidget(self.list, 1)
        column.addLayout(buttons)
