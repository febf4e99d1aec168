"""The passages behind a code, a number or a cell: to read, sort, filter and go to."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from qcode.queries.codings import Looking, PassageRow, passages
from qcode.study import Place
from qcode.ui.bridge import StudyBridge
from qcode.ui.drawer.panel import Panel
from qcode.ui.drawer.reader import AROUND, PassageReader
from qcode.ui.empty import EmptyState
from qcode.ui.icons import swatch
from qcode.ui.table import Column, RowTable
from qcode.ui.theme import SPACE, current, label

_NOTHING_ASKED = "Every code, cell and number can show its passages here. To begin, look at all of them."
_NOTHING_THERE = "There are no passages here that you may see now."


class PassagesPanel(Panel):
    """A table of passages, and beside it the one that is marked, in its context."""

    requestPlace = Signal(object)

    kinds = ("coding", "code", "document", "revision", "participant", "speaker", "assignment", "round", "coder")

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self._looking: Looking | None = None
        self._title = label("", "heading")
        self._count = label("", tone="quiet")
        self._filter = QLineEdit(self)
        self._filter.setPlaceholderText("Filter")
        self._filter.setAccessibleName("Filter the passages")
        self._filter.setClearButtonEnabled(True)
        self._table = RowTable(_columns(), self)
        self._table.setAccessibleName("Passages")
        self._reader = PassageReader(self)
        self._empty = EmptyState(_NOTHING_ASKED, "Show all passages")
        self._stack = QStackedWidget(self)
        self._lay_out()
        self._connect()

    # Properties

    @property
    def title(self) -> str:
        """What the passages are of."""
        return self._title.text()

    @property
    def table(self) -> RowTable:
        """The passages."""
        return self._table

    @property
    def filter_line(self) -> QLineEdit:
        """Narrows the passages to those with some words."""
        return self._filter

    @property
    def reader(self) -> PassageReader:
        """The passage that is marked."""
        return self._reader

    # Methods

    def look(self, title: str, looking: Looking) -> None:
        """Show the passages that are asked for."""
        self._title.setText(title)
        self._looking = looking
        self._filter.clear()
        self.mark_stale()

    def refresh(self) -> None:
        """Read the passages again."""
        if self._looking is None:
            self._show_empty(_NOTHING_ASKED)
            return
        rows = passages(self.bridge.study, self._looking, around=AROUND)
        self._table.set_rows(rows, key=lambda row: row.coding.id)
        if rows:
            self._stack.setCurrentIndex(1)
            if self._table.current_row() is None:
                self._table.select_row(rows[0].coding.id)
        else:
            self._show_empty(_NOTHING_THERE)
        self._reader.show_passage(self._table.current_row())
        self._tell_count()

    def entry(self) -> QWidget:
        """The table, or the button of the empty state."""
        return self._table if self._stack.currentIndex() else self._empty.button

    def update_theme(self) -> None:
        """Take the colours of the theme."""
        self._reader.update_theme()

    # Private slots

    def _on_typed(self, text: str) -> None:
        self._table.filter(text)
        self._tell_count()

    def _on_activated(self, row: PassageRow) -> None:
        self.requestPlace.emit(Place(row.coding.document, row.coding.start, row.coding.end))

    def _on_show_all(self) -> None:
        self.look("All passages", Looking())
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    # Internal

    def _show_empty(self, sentence: str) -> None:
        everything = self._looking == Looking()
        self._empty.say(sentence)
        self._empty.button.setVisible(not everything)
        self._stack.setCurrentIndex(0)

    def _tell_count(self) -> None:
        shown, narrowed = len(self._table.shown_rows()), bool(self._filter.text().strip())
        noun = "passage" if shown == 1 else "passages"
        self._count.setText(f"{shown} {noun} with these words" if narrowed else f"{shown} {noun}")

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(2 * SPACE, 0, 2 * SPACE, SPACE)
        top.setSpacing(2 * SPACE)
        top.addWidget(self._title)
        top.addWidget(self._count)
        top.addStretch(1)
        self._filter.setFixedWidth(28 * SPACE)
        top.addWidget(self._filter)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._table)
        splitter.addWidget(self._reader)
        splitter.setStretchFactor(0, 2)
        splitter.setStretchFactor(1, 1)
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(0, SPACE // 2, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(splitter, 1)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(full)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)

    def _connect(self) -> None:
        self._filter.textChanged.connect(self._on_typed)
        self._table.rowActivated.connect(self._on_activated)
        self._table.currentRowChanged.connect(self._reader.show_passage)
        self._empty.pressed.connect(self._on_show_all)


def _columns() -> tuple[Column[PassageRow], ...]:
    return (
        Column("Passage", lambda row: row.text.casefold(), lambda row: row.text, stretch=True),
        Column("Code", lambda row: row.coding.name, icon=_swatch, width=20 * SPACE),
        Column("Speaker", lambda row: row.speaker or None, width=12 * SPACE),
        Column("Group", lambda row: row.group or None, width=13 * SPACE),
        Column("Document", lambda row: row.document_name, width=11 * SPACE),
        Column("Coder", lambda row: row.coding.coder, width=8 * SPACE),
    )


def _swatch(row: PassageRow) -> QIcon:
    return swatch(row.coding.colour, dark=current().is_dark)
