"""How the lines of the outline look, and how they are edited in place."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QStyleOptionViewItem, QWidget

from qcode.operations.lookup import LineTooLongError, NameTooLongError
from qcode.ui import theme
from qcode.ui.limited import LimitedField
from qcode.ui.theme import SPACE, Scale
from qcode.ui.themes.chips import ChipBox, chip_boxes, paint_chip
from qcode.ui.themes.lines import Line, counts, marks
from qcode.ui.themes.outline_model import LINE, OutlineModel
from qcode.ui.themes.writing import WrappingField, WritingDelegate
from qcode.ui.wrapped import Words, floor_of, paint_ground, words

type Index = QModelIndex | QPersistentModelIndex

_STEP = 3 * SPACE
_LEFT = 4 * SPACE
_RIGHT = 2 * SPACE
_BAR = 2 * SPACE
_DEMIBOLD = QFont.Weight.DemiBold.value
_ABOVE = {"concept": 6, "codes": 4, "quote": 6, "none": 4, "draft": SPACE}
_BELOW = {"theme": SPACE, "concept": 4, "codes": 6, "quote": 6, "none": SPACE, "draft": SPACE}


class OutlineDelegate(WritingDelegate):
    """Paints themes as headings, concepts and codes below them, and quotes as a reader will see them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.chip = -1

    # Methods

    def chips(self, line: Line, place: QRectF) -> list[ChipBox]:
        """Where the codes of a line stand."""
        left = _left(line) + place.left()
        names = [chip.name for chip in line.codes]
        return chip_boxes(names, left, place.top() + _ABOVE["codes"], place.right() - _RIGHT - left)

    def fold_mark(self, line: Line, place: QRectF) -> QRectF:
        """Where a click folds or unfolds a theme."""
        return QRectF(place.left() + line.depth * _STEP, place.top(), _LEFT, place.height())

    # Events

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As wide as the outline, as high as the words need."""
        width = option.widget.property("lineWidth") or option.rect.width()
        return QSize(width, self._height(index.data(LINE), width))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one line."""
        line: Line = index.data(LINE)
        place = QRectF(option.rect)
        painter.save()
        paint_ground(painter, option, index)
        match line.kind:
            case "theme":
                self._paint_theme(painter, line, place)
            case "codes" if line.codes:
                chosen = self.chip if option.state & option.state.State_Selected else -1
                for number, (chip, box) in enumerate(zip(line.codes, self.chips(line, place), strict=True)):
                    paint_chip(painter, box, chip.name, chip.colour, current=number == chosen)
            case "quote":
                self._paint_quote(painter, line, place, floor_of(option))
            case _:
                top = place.top() + _ABOVE[line.kind]
                colour = theme.current().quiet
                words_of = _plain(line, place.width())
                words_of.paint(painter, QPointF(place.left() + _left(line), top), colour, floor_of(option))
        painter.restore()

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A field of one line for names and attributions; for a concept a field that wraps."""
        line: Line = index.data(LINE)
        if line.kind == "concept":
            self.editor = WrappingField(self, parent, "Central concept")
            return self.editor
        too_long = LineTooLongError("attribution") if line.kind == "quote" else NameTooLongError("theme")
        names = {"quote": "Attribution of this quote", "draft": line.hint}
        field = self.line(parent, names.get(line.kind, "Name of the theme"), too_long)
        field.setPlaceholderText(line.source if line.kind == "quote" else line.hint)
        return field

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Fill in what stands there now."""
        text = index.data(Qt.ItemDataRole.EditRole)
        if isinstance(editor, QPlainTextEdit):
            editor.setPlainText(text)
            editor.selectAll()
        elif isinstance(editor, QLineEdit):
            editor.setText(text)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand on what was written."""
        text = editor.raw() if isinstance(editor, LimitedField) else cast("QLineEdit", editor).text()
        cast("OutlineModel", model).setData(index, text, Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Put the field where the words are."""
        line: Line = index.data(LINE)
        place = option.rect.adjusted(int(_left(line)) - SPACE, 1, -SPACE, -1)
        least = 9 * SPACE if line.kind == "concept" else editor.sizeHint().height()
        bottom = place.bottom()
        place.setHeight(max(least, place.height() if line.kind == "concept" else least))
        if line.kind == "quote":
            place.moveBottom(bottom)
        editor.setGeometry(place)

    # Internal

    def _height(self, line: Line, width: float) -> int:
        below = _BELOW[line.kind]
        if line.kind == "theme":
            return round(_above_theme(line) + _title(line, width).height + below)
        if line.kind == "codes" and line.codes:
            return round(self.chips(line, QRectF(0, 0, width, 0))[-1].box.bottom() + below)
        if line.kind == "quote":
            said, source = _quote(line, width)
            return round(_ABOVE["quote"] + said.height + 2 + source.height + below)
        height = 4 * SPACE if line.kind == "draft" else _plain(line, width).height
        return round(_ABOVE[line.kind] + height + below)

    def _paint_theme(self, painter: QPainter, line: Line, place: QRectF) -> None:
        shown = theme.current()
        top = place.top() + _above_theme(line)
        title = _title(line, place.width())
        title.paint(painter, QPointF(place.left() + _left(line), top), shown.text)
        _paint_fold(painter, QPointF(place.left() + _left(line) - 2 * SPACE, top + 1.2 * SPACE), folded=line.folded)
        count = ", ".join(counts(line))
        painter.setFont(theme.font("small"))
        painter.setPen(QColor(shown.quiet))
        side = QRectF(place.left(), top, place.width() - _RIGHT, title.height)
        painter.drawText(side, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, count)

    def _paint_quote(self, painter: QPainter, line: Line, place: QRectF, floor: float) -> None:
        shown = theme.current()
        said, source = _quote(line, place.width())
        left, top = place.left() + _left(line) + _BAR, place.top() + _ABOVE["quote"]
        if top + said.height / said.layout.lineCount() > floor:
            return
        pen = QPen(QColor(shown.warning if line.dissents else shown.edge), 2)
        pen.setStyle(Qt.PenStyle.DashLine if line.dissents else Qt.PenStyle.SolidLine)
        painter.setPen(pen)
        bar = left - _BAR + 2
        painter.drawLine(QPointF(bar, top + 2), QPointF(bar, min(top + said.height + source.height, floor)))
        ink = shown.warning if line.dissents else shown.quiet
        said.paint(painter, QPointF(left, top), shown.text, floor)
        source.paint(painter, QPointF(left, top + said.height + 2), ink, floor)


def _left(line: Line) -> float:
    return _LEFT + line.depth * _STEP


def _above_theme(line: Line) -> int:
    return SPACE + 4 if line.depth == 0 else SPACE


def _title(line: Line, width: float) -> Words:
    count = QFontMetricsF(theme.font("small")).horizontalAdvance(", ".join(counts(line)))
    room = width - _left(line) - _RIGHT - count - SPACE
    scale: Scale = "heading" if line.depth == 0 else "body"
    return words(f"{line.number}  {line.text}", room, scale, weight=_DEMIBOLD)


def _plain(line: Line, width: float) -> Words:
    room = width - _left(line) - _RIGHT
    if line.kind == "concept":
        return words(line.text or line.hint, room, italic=True)
    return words(line.hint, room, "small")


def _quote(line: Line, width: float) -> tuple[Words, Words]:
    room = width - _left(line) - _RIGHT - _BAR
    told = marks(line.quote) if line.quote else []
    return words(line.text, room), words(" · ".join([*told, line.source]), room, "small")


def _paint_fold(painter: QPainter, middle: QPointF, *, folded: bool) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(theme.current().quiet), 1.4))
    painter.translate(middle)
    painter.rotate(0 if folded else 90)
    painter.drawPolyline([QPointF(-2, -4), QPointF(2, 0), QPointF(-2, 4)])
    painter.restore()
