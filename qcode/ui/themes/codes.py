"""The codes that can be gathered into themes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDrag, QFontMetricsF, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from qcode.ids import CodeId
from qcode.queries.codebook.tree import CodeRow
from qcode.queries.themes.outline import ThemeRow
from qcode.ui import theme
from qcode.ui.icons import swatch
from qcode.ui.table import Column, RowTable
from qcode.ui.theme import SPACE
from qcode.ui.themes import carrying


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A code with how many passages it has, each counted once, and in how many themes it is gathered.

    While nobody counted yet, `passages` is None.
    """

    code: CodeRow
    place: int
    themes: int
    passages: int | None = None

    @property
    def id(self) -> CodeId:
        """The code's id."""
        return self.code.id


def code_lines(
    codes: Sequence[CodeRow], themes: Sequence[ThemeRow], counts: Mapping[str, int] | None
) -> list[CodeLine]:
    """The codebook in its order, without the codes that are no longer used and have no passages."""
    gathered = Counter(code for row in themes for code, _name in row.codes)
    known = counts or {}
    kept = (row for row in codes if row.offered or row.id in known)
    return [
        CodeLine(row, place, gathered[row.id], None if counts is None else known.get(row.id, 0))
        for place, row in enumerate(kept)
    ]


def with_those_below(chosen: Sequence[CodeRow], codes: Sequence[CodeRow]) -> list[CodeId]:
    """The codes that are meant: a category stands for the codes below it."""
    meant = {row.id for row in chosen}
    out = []
    for row in codes:  # parents come first
        if row.parent in meant:
            meant.add(row.id)
        if row.id in meant and row.kind == "codable":
            out.append(row.id)
    return out


COLUMNS: tuple[Column[CodeLine], ...] = (
    Column(
        "Code",
        lambda row: row.place,
        lambda row: row.code.name,
        tip=lambda row: "\n".join(part for part in (" › ".join(row.code.path), row.code.brief) if part),
        icon=lambda row: swatch(row.code.colour, dark=theme.current().is_dark) if row.code.kind == "codable" else None,
        struck=lambda row: not row.code.offered,
        stretch=True,
    ),
    Column("Passages", lambda row: row.passages, lambda row: _number(row.passages), "right"),
    Column("Themes", lambda row: row.themes, lambda row: _number(row.themes), "right"),
)


def _number(count: int | None) -> str:
    return f"{count:,}" if count else ""


class _CodesTable(RowTable):
    """The codes; they can be dragged onto a theme."""

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Carry the selected codes."""
        chosen = [row.id for row in self.selected_rows()]
        if chosen:
            drag = QDrag(self)
            drag.setMimeData(carrying.pack("codes", chosen))
            drag.exec(Qt.DropAction.CopyAction)


class _Find(QLineEdit):
    """A field that narrows a table; ↓ goes into the table."""

    def __init__(self, table: RowTable) -> None:
        super().__init__()
        self._table = table
        self.setPlaceholderText("Find a code")
        self.setAccessibleName("Find a code")
        self.setClearButtonEnabled(True)
        self.textChanged.connect(table.filter)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """↓ and Enter go into the table, Esc shows all codes again."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            rows = self._table.shown_rows()
            if rows and self._table.current_row() is None:
                self._table.select_row(rows[0].id)
            self._table.setFocus()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class CodesPane(QFrame):
    """Codes to find, to read and to gather. `gatherAsked` and `chosen` carry ids of codes, categories resolved."""

    gatherAsked = Signal(list)
    chosen = Signal(list, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "page")
        self._codes: Sequence[CodeRow] = ()
        self.table = _CodesTable(COLUMNS)
        self.search = _Find(self.table)
        self.gather = QPushButton("Add to theme")
        self.table.rowActivated.connect(self._on_gather)
        self.table.selectionModel().selectionChanged.connect(self._on_selected)
        self.gather.clicked.connect(self._on_gather)
        self._lay_out()

    # Properties

    @property
    def selected(self) -> list[CodeId]:
        """The codes that are selected, with those below a category."""
        return with_those_below([row.code for row in self.table.selected_rows()], self._codes)

    # Methods

    def show_codes(
        self, codes: Sequence[CodeRow], themes: Sequence[ThemeRow], counts: Mapping[str, int] | None, said: str
    ) -> None:
        """Show this codebook, with how many passages were counted and what was; selection and scroll stay."""
        self._codes = codes
        self.table.set_rows(code_lines(codes, themes, counts))
        self.table.setAccessibleDescription(said)
        self.table.horizontalHeader().setToolTip(said)

    def show_theme(self, name: str | None) -> None:
        """Say which theme codes would be added to."""
        self.gather.setToolTip(f"Add the selected codes to “{name}” (Enter)" if name else "Choose a theme first.")
        self.gather.setEnabled(name is not None and bool(self.selected))

    # Private slots

    def _on_gather(self) -> None:
        if self.selected:
            self.gatherAsked.emit(self.selected)

    def _on_selected(self) -> None:
        rows = self.table.selected_rows()
        names = ", ".join(row.code.name for row in rows[:2])
        self.chosen.emit(self.selected, names if len(rows) < 3 else f"{len(rows)} codes")

    # Internal

    def _lay_out(self) -> None:
        self.table.setAccessibleName("Codes")
        self.table.setDragEnabled(True)
        self.table.setIconSize(QSize(2 * SPACE, 2 * SPACE))
        metrics = QFontMetricsF(theme.font("small"))
        for number in (1, 2):
            self.table.setColumnWidth(number, round(metrics.horizontalAdvance(COLUMNS[number].title)) + 3 * SPACE)
        top = QHBoxLayout()
        top.setSpacing(SPACE)
        top.addWidget(self.search, 1)
        top.addWidget(self.gather)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, SPACE, SPACE, 0)
        column.setSpacing(SPACE)
        column.addLayout(top)
        column.addWidget(self.table, 1)
