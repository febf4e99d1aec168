"""The table of codes, and the line of all codes that stands below it whatever the table is sorted by."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QVBoxLayout, QWidget

from qcode.reports.printed_tables import figure, share
from qcode.ui import theme
from qcode.ui.agree.figures import FigureRow, phrase
from qcode.ui.agree.plot import MARKS, IntervalDelegate, axis_of
from qcode.ui.icons import swatch
from qcode.ui.table import Column, RowTable
from qcode.ui.theme import SPACE

_INTERVAL = 2
_NARROW = tuple(SPACE * steps for steps in (19, 7, 24, 9, 11, 11, 18))
_NOTES = 18 * SPACE


def _tip(row: FigureRow) -> str:
    return "\n".join((*row.means, *row.notes))


COLUMNS: tuple[Column[FigureRow], ...] = (
    Column(
        "Code",
        lambda row: row.place,
        lambda row: row.name,
        tip=lambda row: " > ".join(row.path),
        icon=lambda row: None if row.colour is None else swatch(row.colour, dark=theme.current().is_dark),
        width=25 * SPACE,
    ),
    Column("α", lambda row: row.alpha, lambda row: figure(row.alpha), "right", tip=_tip, width=8 * SPACE),
    Column("95 % interval", lambda row: row.low, lambda row: row.interval, tip=_tip, width=34 * SPACE),
    Column(
        "Units",
        lambda row: row.n,
        lambda row: f"{row.n:,}",
        "right",
        tip=lambda _row: "How many units at least two coders judged.",
        width=10 * SPACE,
    ),
    Column("Documents", lambda row: row.documents, align="right", width=11 * SPACE),
    Column(
        "Prevalence",
        lambda row: row.prevalence,
        lambda row: share(row.prevalence),
        "right",
        tip=lambda _row: "The share of all judgements in which the code was applied.",
        width=12 * SPACE,
    ),
    Column(
        "Positive agreement",
        lambda row: row.positive_agreement,
        lambda row: figure(row.positive_agreement),
        "right",
        tip=lambda _row: "Agreement on applications of the code alone.",
        width=18 * SPACE,
    ),
    Column("Notes", phrase, tip=_tip, stretch=True),
)


class FigureTables(QFrame):
    """Two tables that look as one: codes, which can be sorted, and below a rule the line of all codes."""

    rowActivated = Signal(object)
    currentChanged = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "page")
        self.codes, self.overall = RowTable(COLUMNS, self), RowTable(COLUMNS, self)
        self.codes.setAccessibleName("Agreement by code")
        self.overall.setAccessibleName("Agreement over all codes")
        self._delegates = [IntervalDelegate(table) for table in (self.codes, self.overall)]
        for table, delegate in zip((self.codes, self.overall), self._delegates, strict=True):
            table.setItemDelegateForColumn(_INTERVAL, delegate)
            table.setIconSize(QSize(2 * SPACE, 2 * SPACE))
            table.rowActivated.connect(self.rowActivated)
            table.installEventFilter(self)
        self._is_narrow = False
        self.codes.currentRowChanged.connect(self._on_current)
        self.codes.horizontalHeader().sectionResized.connect(self._on_resized)
        self._lay_out()

    # Methods

    def show_rows(self, rows: Sequence[FigureRow], overall: FigureRow) -> None:
        """Show these lines, their plots over one axis."""
        axis = axis_of((*rows, overall))
        for delegate in self._delegates:
            delegate.axis = axis
        self.codes.set_rows(rows)
        self.overall.set_rows([overall])
        self.overall.setFixedHeight(self.overall.rowHeight(0) + 2)
        if self.codes.current_row() is None and rows:
            self.codes.select_row(rows[0].id)
        self._on_resized()

    def current(self) -> FigureRow | None:
        """The line with the cursor: all codes while their line has the focus."""
        table = self.overall if self.overall.hasFocus() else self.codes
        row: FigureRow | None = table.current_row()
        return row

    # Events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, let every column give up some before the last ones are out of sight."""
        super().resizeEvent(event)
        wide = [column.width or 0 for column in COLUMNS[:-1]]
        narrow = event.size().width() < (sum(wide) + _NOTES) * theme.zoom()
        if narrow != self._is_narrow:
            self._is_narrow = narrow
            for place, width in enumerate(_NARROW if narrow else wide):
                self.codes.setColumnWidth(place, round(width * theme.zoom()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show one cursor, in the table that has the focus."""
        if event.type() is QEvent.Type.FocusIn:
            here, other = (self.codes, self.overall) if watched is self.codes else (self.overall, self.codes)
            other.clearSelection()
            row = here.current_row() or next(iter(here.shown_rows()), None)
            if row is not None and not here.selected_rows():
                here.select_row(row.id)
            self.currentChanged.emit(row)
        return super().eventFilter(watched, event)

    # Private slots

    def _on_current(self, row: FigureRow | None) -> None:
        if not self.overall.hasFocus():
            self.currentChanged.emit(row)

    def _on_resized(self) -> None:
        for column in range(len(COLUMNS) - 1):
            self.overall.setColumnWidth(column, self.codes.columnWidth(column))

    # Internal

    def _lay_out(self) -> None:
        self.overall.setFont(_strong())
        self.overall.horizontalHeader().hide()
        self.overall.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.overall.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.overall.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.codes.horizontalScrollBar().valueChanged.connect(self.overall.horizontalScrollBar().setValue)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, 0, SPACE, SPACE)
        column.setSpacing(0)
        column.addWidget(self.codes, 1)
        column.addWidget(_Rule())
        column.addWidget(self.overall)


class _Rule(QWidget):
    """A line between the codes and what they come to."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(theme.current().edge))


def _strong() -> QFont:
    font = theme.font()
    font.setWeight(QFont.Weight.DemiBold)
    return font


LEGEND = "The faint lines stand at {} and {}.".format(*(f"{mark:.3f}" for mark in MARKS))
