"""The table of both texts: read line by line, with a bar where two cells are linked."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from math import ceil

from PySide6.QtCore import QItemSelectionModel, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPen,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from qcode.queries.transcripts.alignment import SideBySide
from qcode.text.aligned import Language
from qcode.ui import theme
from qcode.ui.theme import SPACE
from qcode.ui.transcripts.aligning.lines import LANGUAGES, NO_COUNTERPART, Index, Lines
from qcode.ui.utf16 import displayable
from qcode.ui.wrapped import paint_ground

_GUTTER = 6 * SPACE
_PAD = 2 * SPACE
_BAR = 10
_MOST_ROWS = 9
_RAGGED = 1.12
_MEASURED = 400
_FEW = QAbstractItemView.SelectionMode.ExtendedSelection


class AlignedSheet(QTableView):
    """Cells of both languages; arrows go through them, Shift and Ctrl choose several."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = Lines(self)
        self.marked: tuple[Language, range] | None = None
        self._fitted = (0, 0.0)
        self.setModel(self.lines)
        self.setItemDelegate(_Cell(self))
        self.setAccessibleName("Original and translation")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(_FEW)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(SPACE)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    # Methods

    def show_lines(self, shown: SideBySide | None) -> None:
        """Show other lines; the cursor stays at its turn, and what was in sight stays where it was."""
        here, column = self.at_cursor(), max(self.currentIndex().column(), 0)
        offset = self.rowViewportPosition(self.currentIndex().row()) if here else 0
        self.lines.take(shown)
        self._fitted = (0, 0.0)
        self._fit()
        place = self.lines.place_of(*here) if here else None
        if place is not None:
            self.put_cursor(self.lines.index(place.row(), column))
            self.verticalScrollBar().setValue(self.rowViewportPosition(place.row()) + self.verticalOffset() - offset)
        elif self.lines.lines:
            self.put_cursor(self.lines.index(0, 1))

    def at_cursor(self) -> tuple[Language, int] | None:
        """The first turn at the cursor: of its cell or, where that is empty, of the one beside it."""
        index = self.currentIndex()
        for column in (index.column(), 1 - index.column()) if index.isValid() else ():
            turns = self.lines.turns(self.lines.index(index.row(), column))
            if turns:
                return LANGUAGES[column], turns[0]
        return None

    def from_cursor(self) -> tuple[Language, int] | None:
        """The first turn of the cursor's language that stands at the cursor, or below it."""
        index = self.currentIndex()
        for row in range(index.row(), self.lines.rowCount()) if index.isValid() else ():
            turns = self.lines.turns(self.lines.index(row, index.column()))
            if turns:
                return LANGUAGES[index.column()], turns[0]
        return None

    def chosen(self, language: Language) -> list[int]:
        """The turns of a language in the chosen cells."""
        column = LANGUAGES.index(language)
        cells = [index for index in self.selectionModel().selectedIndexes() if index.column() == column]
        return sorted(turn for cell in cells for turn in self.lines.turns(cell))

    def go_to(self, language: Language, turn: int) -> None:
        """Put the cursor on the cell with a turn."""
        place = self.lines.place_of(language, turn)
        if place is not None:
            self.put_cursor(place)
            self.scrollTo(place)

    def put_cursor(self, index: Index) -> None:
        """Choose one cell and nothing else."""
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def step_to_gap(self, by: int) -> bool:
        """Go to the next line without a counterpart (1), or the one before (-1), around the end; False if none is."""
        count, begin = len(self.lines.lines), self.currentIndex().row()
        for step in range(1, count + 1):
            row = (begin + by * step) % count
            if not self.lines.lines[row].linked:
                column = int(not self.lines.turns(self.lines.index(row, 0)))
                self.put_cursor(self.lines.index(row, column))
                self.scrollTo(self.currentIndex())
                return True
        return False

    def mark(self, marked: tuple[Language, range] | None) -> None:
        """Outline turns that wait for others to be linked with; nothing for None."""
        self.marked = marked
        self.viewport().update()

    # Events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give each line the height that its words need."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters are left to actions, and search nothing."""
        if event.text().strip():
            event.ignore()
        else:
            super().keyPressEvent(event)

    # Internal

    def _fit(self) -> None:
        """How high each line is: measured or, where there are many, estimated from how long its words are."""
        metrics = QFontMetricsF(theme.font("body"))
        fitted = self.viewport().width(), metrics.height()
        if fitted == self._fitted or not self.lines.lines:
            return
        self._fitted = fitted
        width = max(self.columnWidth(0) - _GUTTER - 2 * _PAD, 1)
        few = self.lines.rowCount() <= _MEASURED
        needed = partial(_measured, self.lines, width) if few else _estimated(self.lines, metrics, width)
        header = self.verticalHeader()
        for row in range(self.lines.rowCount()):
            rows = max(needed(row, column) for column in (0, 1))
            height = round(min(max(rows, 1), _MOST_ROWS) * metrics.height() + _PAD)
            if header.sectionSize(row) != height:
                header.resizeSection(row, height)


def _measured(lines: Lines, width: float, row: int, column: int) -> int:
    """How many rows the words of a cell take."""
    font = theme.font("body").toString()
    talk = lines.talk(lines.index(row, column))
    return sum(_rows(displayable(words), int(width), font) for _who, words in talk)


@lru_cache(maxsize=4 * _MEASURED)
def _rows(words: str, width: int, font_key: str) -> int:
    font = QFont()
    font.fromString(font_key)
    layout = _layout(words, font)
    layout.beginLayout()
    rows = 0
    while rows < _MOST_ROWS and (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        rows += 1
    layout.endLayout()
    return rows


def _estimated(lines: Lines, metrics: QFontMetricsF, width: float) -> Callable[[int, int], int]:
    """About how many rows the words of a cell take, by the width of a character in either language."""
    letters = [_letter(lines, metrics, column) / width for column in (0, 1)]

    def rows(row: int, column: int) -> int:
        return sum(ceil(size * letters[column]) or 1 for size in lines.sizes(row, column))

    return rows


def _letter(lines: Lines, metrics: QFontMetricsF, column: int) -> float:
    """How wide a character is on average, lines being ragged."""
    if lines.shown is None:
        return metrics.averageCharWidth()
    sample = displayable(lines.shown.text(LANGUAGES[column]).text[:2_000]).replace("\n", " ")
    return _RAGGED * metrics.horizontalAdvance(sample) / max(len(sample), 1)


class _Cell(QStyledItemDelegate):
    """Paints a cell: who speaks, what they say, and a bar towards the other language where it is linked."""

    def __init__(self, sheet: AlignedSheet) -> None:
        super().__init__(sheet)
        self._sheet = sheet

    # Methods

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        lines, shown = self._sheet.lines, theme.current()
        painter.save()
        paint_ground(painter, option, index)
        painter.setClipRect(option.rect)
        if lines.turns(index):
            self._talk(painter, option.rect, index)
        else:
            painter.setFont(theme.font("small"))
            painter.setPen(QColor(shown.quiet))
            painter.drawText(option.rect, Qt.AlignmentFlag.AlignCenter, f"({NO_COUNTERPART})")
        self._bar(painter, option.rect, index)
        painter.setPen(QColor(shown.border))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        self._rings(painter, option.rect, index)
        painter.restore()

    # Internal

    def _talk(self, painter: QPainter, rect: QRect, index: Index) -> None:
        shown, high = theme.current(), QFontMetricsF(theme.font("body")).height()
        top, bottom = rect.top() + _PAD / 2, rect.bottom() - _PAD / 2 + 1
        for who, words in self._sheet.lines.talk(index):
            if top + high > bottom + 1:
                return
            painter.setFont(theme.font("small"))
            painter.setPen(QColor(shown.quiet))
            label = painter.fontMetrics().elidedText(displayable(who), Qt.TextElideMode.ElideRight, _GUTTER - SPACE)
            painter.drawText(QRectF(rect.left() + _PAD, top, _GUTTER - SPACE, high), _LABEL, label)
            painter.setFont(theme.font("body"))
            painter.setPen(QColor(shown.text))
            place = QRectF(rect.left() + _PAD + _GUTTER, top, rect.width() - _GUTTER - 2 * _PAD, bottom - top)
            top += _write(painter, place, displayable(words))

    def _bar(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Half of a bar between both cells of a line; the other cell draws the other half."""
        if self._sheet.lines.lines[index.row()].linked:
            left = rect.right() - _BAR + 1 if index.column() == 0 else rect.left()
            middle = rect.top() + round(_PAD / 2 + QFontMetricsF(theme.font("body")).height() / 2)
            painter.fillRect(left, middle - 1, _BAR, 2, QColor(theme.current().accent))

    def _rings(self, painter: QPainter, rect: QRect, index: Index) -> None:
        shown, marked, turns = theme.current(), self._sheet.marked, self._sheet.lines.turns(index)
        inside = rect.adjusted(1, 1, -2, -2)
        if marked is not None and marked[0] == LANGUAGES[index.column()] and turns and turns[0] in marked[1]:
            painter.setPen(QPen(QColor(shown.accent), 2, Qt.PenStyle.DashLine))
            painter.drawRect(inside)
        if index == self._sheet.currentIndex() and self._sheet.hasFocus():
            painter.setPen(QPen(QColor(shown.focus), shown.ring))
            painter.drawRect(inside)


_LABEL = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def _write(painter: QPainter, place: QRectF, words: str) -> float:
    """Write what fits, wrapped, with dots where words are left out; says how high it is."""
    layout = _layout(words, painter.font())
    height, high = 0.0, painter.fontMetrics().height()
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(place.width())
        line.setPosition(QPointF(0, height))
        height += high
        if height + high > place.height() + 1:
            break
    rest = layout.createLine().isValid()
    layout.endLayout()
    count = round(height / high)
    for number in range(count):
        layout.lineAt(number).draw(painter, place.topLeft())
    if rest:
        corner = QRectF(place.right(), place.top() + (count - 1) * high, _PAD, high)
        painter.drawText(corner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, "…")
    return height


def _layout(words: str, font: QFont) -> QTextLayout:
    layout = QTextLayout(words.replace("\n", "\u2028"), font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    return layout
