"""How the cells of the framework look, and how a summary is written in one."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QPlainTextEdit, QStyleOptionViewItem, QWidget

from qcode.queries.themes.framework import FrameworkCell
from qcode.ui import theme
from qcode.ui.limited import LimitedField
from qcode.ui.theme import SPACE
from qcode.ui.themes.framework.rows import CELL, Index, told
from qcode.ui.themes.writing import WrappingField, WritingDelegate
from qcode.ui.wrapped import Words, floor_of, paint_ground, words

_PAD = SPACE
_MOST = 19 * SPACE
_LEAST_FIELD = 13 * SPACE
TO_SUMMARISE = "To summarise"


class CellDelegate(WritingDelegate):
    """Paints a summary, as much of it as there is room for, with how many passages there are below it."""

    # Events

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the summary needs, up to a limit."""
        cell: FrameworkCell = index.data(CELL)
        width = option.rect.width()
        height = _said(cell, width).height + _below(cell, width).height + 2 * _PAD + 4
        return QSize(width, int(min(max(height, 6 * SPACE), _MOST)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        cell: FrameworkCell = index.data(CELL)
        place, shown = QRectF(option.rect), theme.current()
        painter.save()
        paint_ground(painter, option, index)
        painter.setPen(QPen(QColor(shown.border), 1))
        painter.drawLine(place.bottomLeft(), place.bottomRight())
        painter.drawLine(place.topRight(), place.bottomRight())
        painter.setClipRect(place)
        below, floor = _below(cell, place.width()), floor_of(option)
        foot = place.bottom() - _PAD - below.height + 3
        if cell.words:
            self._paint_summary(painter, cell, place, min(foot, floor))
        elif cell.passages:
            _said(cell, place.width()).paint(painter, place.topLeft() + QPointF(_PAD, _PAD), shown.quiet, floor)
        below.paint(painter, QPointF(place.left() + _PAD, foot), shown.quiet, floor)
        painter.restore()

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index) -> QWidget:
        """A field that wraps: Enter keeps, Shift+Enter begins a line, Esc leaves."""
        field = WrappingField(self, parent, "Summary", lines=True)
        field.setPlaceholderText("What is said to this theme?")
        self.editor = field
        return field

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Fill in what stands there now."""
        if isinstance(editor, QPlainTextEdit) and not editor.toPlainText():
            editor.setPlainText(index.data(Qt.ItemDataRole.EditRole))
            editor.moveCursor(editor.textCursor().MoveOperation.End)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand on what was written."""
        if isinstance(editor, LimitedField):
            model.setData(index, editor.raw(), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        """Lie over the cell, and below it where the cell is low, within what is seen."""
        place = option.rect.adjusted(1, 1, -1, -1)
        place.setHeight(max(place.height(), _LEAST_FIELD))
        around = editor.parentWidget()
        if around is not None and place.bottom() > around.height():
            place.moveBottom(max(around.height(), place.height()))
        editor.setGeometry(place)

    # Internal

    def _paint_summary(self, painter: QPainter, cell: FrameworkCell, place: QRectF, foot: float) -> None:
        """As many whole lines as fit, and dots where there are more."""
        said = _said(cell, place.width())
        lines = max(said.layout.lineCount(), 1)
        each = said.height / lines
        fitting = min(lines, int((foot - place.top() - _PAD) / each))
        painter.save()
        painter.setClipRect(QRectF(place.left(), place.top(), place.width(), _PAD + fitting * each + 1))
        said.paint(painter, place.topLeft() + QPointF(_PAD, _PAD), theme.current().text)
        painter.restore()
        if fitting < lines:
            painter.setPen(QColor(theme.current().text))
            painter.drawText(QPointF(place.right() - 2 * SPACE, place.top() + _PAD + fitting * each - 6), "…")


def _said(cell: FrameworkCell, width: float) -> Words:
    if cell.words:
        return words(cell.words, width - 2 * _PAD)
    return words(TO_SUMMARISE if cell.passages else "", width - 2 * _PAD, italic=True)


def _below(cell: FrameworkCell, width: float) -> Words:
    stale = " · words changed since" if any(link.stale for link in cell.links) else ""
    said = f"{told(cell)}{stale}" if cell.passages or cell.links else ""
    return words(said, width - 2 * _PAD, "small")
