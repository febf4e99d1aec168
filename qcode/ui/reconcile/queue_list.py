"""The list of cases: two lines each, painted when they are seen, so that thousands cost nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QObject,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from qcode.queries.disagreements.cases import CaseRow
from qcode.ui import theme
from qcode.ui.code.colours import SWATCH, code_colour
from qcode.ui.reconcile.drafts import OUTCOMES
from qcode.ui.row_list import Index, RowList
from qcode.ui.text.strokes import paint_swatch
from qcode.ui.theme import SPACE
from qcode.ui.utf16 import displayable
from qcode.ui.wrapped import paint_ground

_ROLE = Qt.ItemDataRole
_MOST_SWATCHES = 3
_LONGEST = 300


def codes_in_words(row: CaseRow) -> str:
    """The codes of a case."""
    return ", ".join(row.code_names)


def state_of(row: CaseRow) -> str:
    """How far a case is: what was decided, or why it is open though somebody looked at it."""
    if row.decision is None:
        return ""
    said = OUTCOMES[row.decision.outcome].lower()
    if row.stale:
        return f"{said}, but the codings changed since"
    return said


class _Rows(RowList):
    """The cases, and what each says."""

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """A case, to paint, to read and to hear."""
        if not index.isValid():
            return None
        row: CaseRow = self.rows[index.row()]
        if role == _ROLE.UserRole:
            return row
        if role in (_ROLE.DisplayRole, _ROLE.AccessibleTextRole):
            return f"{codes_in_words(row)}: {below(row)}"
        return as_tip(row) if role == _ROLE.ToolTipRole else None


def as_tip(row: CaseRow) -> str:
    """A case with its words, as a tool tip; what people wrote is hostile."""
    words = displayable(row.text if len(row.text) <= _LONGEST else f"{row.text[:_LONGEST]}…")
    lines = (codes_in_words(row), below(row), f"“{words}”" if words else "")
    return "".join(f"<p>{escape(line)}</p>" for line in lines if line)


def below(row: CaseRow) -> str:
    """The second line of a case: what kind it is, where it is, and how far."""
    unsure = "unsure" if row.unsure else ""
    return " · ".join(part for part in (state_of(row), row.kind, row.document_name, unsure) if part)


class _Painter(QStyledItemDelegate):
    """Paints a case: its codes with their swatches, and a quiet line below."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.slots: Mapping[str, int] = {}

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """The same for all."""
        return QSize(10 * SPACE, _height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one case."""
        row: CaseRow = index.data(_ROLE.UserRole)
        painter.save()
        paint_ground(painter, option, index)
        shown, body, small = theme.current(), theme.font("body"), theme.font("small")
        place = option.rect.adjusted(round(1.5 * SPACE), SPACE - 2, -SPACE, -SPACE + 2)
        metrics = QFontMetrics(body)
        left = self._paint_swatches(painter, row, place.left(), place.top() + (metrics.height() - SWATCH) / 2)
        painter.setFont(body)
        painter.setPen(QColor(shown.text))
        name = metrics.elidedText(codes_in_words(row), Qt.TextElideMode.ElideRight, place.right() - left)
        painter.drawText(left, place.top() + metrics.ascent(), name)
        metrics, top = QFontMetrics(small), place.top() + metrics.height() + 2
        painter.setFont(small)
        painter.setPen(QColor(shown.warning if row.stale else shown.quiet))
        words = metrics.elidedText(below(row), Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place.left(), top + metrics.ascent(), words)
        painter.restore()

    def _paint_swatches(self, painter: QPainter, row: CaseRow, left: int, top: float) -> int:
        for code in row.codes[:_MOST_SWATCHES]:
            paint_swatch(painter, QRectF(left, top, SWATCH, SWATCH), code_colour(self.slots.get(code, 0)))
            left += SWATCH + SPACE // 2
        return left + SPACE // 4


def _height() -> int:
    """How high two lines are, one of them small."""
    return QFontMetrics(theme.font("body")).height() + QFontMetrics(theme.font("small")).height() + 2 * SPACE


class QueueList(QTableView):
    """Cases to go through; the case with the cursor is told by `caseChanged`.

    A table of one column: a list would ask for every row each time that one goes.
    """

    caseChanged = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows, self._painter = _Rows(self), _Painter(self)
        self._taking = self._from_top = False
        self.setModel(self._rows)
        self.setItemDelegate(self._painter)
        self._set_up()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setAccessibleName("Cases")
        self._fit_to_type()

    # Properties

    @property
    def rows(self) -> Sequence[CaseRow]:
        """The cases in the order they are shown."""
        return self._rows.rows

    @property
    def case(self) -> CaseRow | None:
        """The case with the cursor."""
        index = self.currentIndex()
        return self.rows[index.row()] if index.isValid() and index.row() < len(self.rows) else None

    @property
    def place(self) -> int:
        """Where in the list the cursor is, from 0; -1 without one."""
        return self.currentIndex().row()

    # Methods

    def set_rows(self, rows: Sequence[CaseRow], slots: Mapping[str, int], chosen: str | None = None) -> None:
        """Show these cases. The cursor goes to the chosen one, else stays on its case, else on what stands there now.

        What is shown of the case is told in any case: it may say other things than before.
        """
        before, place, down = self.case, self.place, self.verticalScrollBar().value()
        place, down, self._from_top = (0, 0, False) if self._from_top else (place, down, False)
        self._painter.slots = slots
        self._taking = True
        self._rows.take(rows)
        self._taking = False
        wanted = chosen or (before.id if before else None)
        found = next((number for number, row in enumerate(rows) if row.id == wanted), None)
        if rows:
            self.verticalScrollBar().setValue(down)
            self.choose(found if found is not None else min(max(place, 0), len(rows) - 1))
        self.caseChanged.emit(self.case)

    def forget_place(self) -> None:
        """Begin at the top next time, unless the case with the cursor is listed again."""
        self._from_top = True

    def choose(self, place: int) -> None:
        """Put the cursor on a case by its place."""
        self._taking = True
        index = self._rows.index(place)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self._taking = False

    def step(self, by: int) -> bool:
        """Go to the next case, or with -1 to the one before; says whether there is one."""
        place = self.place + by
        if not 0 <= place < len(self.rows):
            return False
        self.setCurrentIndex(self._rows.index(place))
        return True

    # Events

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which case has the cursor now."""
        super().currentChanged(current, previous)
        if not self._taking:
            self.caseChanged.emit(self.case)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go through the cases, Home and End to the ends; letters are left to actions, and search nothing."""
        if event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and self.rows:
            self.setCurrentIndex(self._rows.index(0 if event.key() == Qt.Key.Key_Home else len(self.rows) - 1))
        elif event.text().strip() or event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the case with the cursor in sight."""
        super().resizeEvent(event)
        self.scrollTo(self.currentIndex())

    def changeEvent(self, event: QEvent) -> None:
        """Grow and shrink with the type."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_to_type()

    # Internal

    def _set_up(self) -> None:
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(SPACE)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)

    def _fit_to_type(self) -> None:
        self.verticalHeader().setDefaultSectionSize(_height())
