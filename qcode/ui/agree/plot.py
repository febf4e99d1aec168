"""The interval plot in a cell: a dot for alpha, a whisker for its interval, two faint lines to compare with."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from qcode.ui import theme
from qcode.ui.agree.figures import FigureRow
from qcode.ui.table_rows import TableRows
from qcode.ui.theme import SPACE

MARKS = (0.667, 0.800)
_DOT = 3.5
_CAP = 3.0


@dataclass(frozen=True, slots=True)
class Axis:
    """What the plots of a table span: from `low` to 1, since alpha may fall below 0 but never rises above 1."""

    low: float = 0.0

    def place(self, value: float, left: float, width: float) -> float:
        """Where a value stands between `left` and `left + width`; what lies beyond the axis stands at its end."""
        share = (value - self.low) / (1.0 - self.low)
        return left + width * min(max(share, 0.0), 1.0)


def axis_of(rows: Iterable[FigureRow], lowest: float = -0.5) -> Axis:
    """An axis from 0, or from the tenth below the lowest value where values are negative, but not below `lowest`."""
    values = [value for row in rows for value in (row.alpha, row.low) if value is not None]
    least = min(values, default=0.0)
    return Axis(max(lowest, math.floor(least * 10) / 10) if least < 0 else 0.0)


class IntervalDelegate(QStyledItemDelegate):
    """Draws the interval of a row over a common axis, with the numbers after it."""

    axis = Axis()

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the cell's ground as every cell has it, then the plot, then the interval in numbers."""
        plain = QStyleOptionViewItem(option)
        self.initStyleOption(plain, index)
        words, plain.text = plain.text, ""
        style = plain.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, plain, painter, plain.widget)
        row: FigureRow = cast("TableRows", index.model()).shown[index.row()]
        place, numbers = _places(QRectF(option.rect))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_marks(painter, place)
        if row.alpha is not None:
            self._paint_figure(painter, place, row)
        painter.setPen(QColor(theme.current().quiet))
        painter.setFont(theme.font("small"))
        painter.drawText(numbers, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Room for a plot that can be read."""
        return QSize(36 * SPACE, super().sizeHint(option, index).height())

    def _paint_marks(self, painter: QPainter, place: QRectF) -> None:
        painter.setPen(QPen(QColor(theme.current().border), 1))
        for mark in MARKS:
            x = round(self.axis.place(mark, place.left(), place.width())) + 0.5
            painter.drawLine(QPointF(x, place.top()), QPointF(x, place.bottom()))

    def _paint_figure(self, painter: QPainter, place: QRectF, row: FigureRow) -> None:
        middle = place.center().y()
        ink = QColor(theme.current().text)
        if row.low is not None and row.high is not None:
            painter.setPen(QPen(ink, 1.4))
            left, right = (self.axis.place(value, place.left(), place.width()) for value in (row.low, row.high))
            painter.drawLine(QPointF(left, middle), QPointF(right, middle))
            if row.low >= self.axis.low:
                painter.drawLine(QPointF(left, middle - _CAP), QPointF(left, middle + _CAP))
            painter.drawLine(QPointF(right, middle - _CAP), QPointF(right, middle + _CAP))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawEllipse(QPointF(self.axis.place(row.alpha or 0.0, place.left(), place.width()), middle), _DOT, _DOT)


def _places(cell: QRectF) -> tuple[QRectF, QRectF]:
    """Where the plot and the numbers stand in a cell; the plot reaches the cell's top and bottom, so lines join up."""
    numbers = QFontMetrics(theme.font("small")).horizontalAdvance("−0.00 to 0.00") + SPACE
    plot = QRectF(cell.left() + SPACE, cell.top(), cell.width() - numbers - 3 * SPACE, cell.height())
    return plot, QRectF(plot.right() + SPACE, cell.top(), numbers + SPACE, cell.height())
