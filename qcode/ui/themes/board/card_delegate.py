"""How the cards of the board look, and how names and concepts are written in them."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QStyle, QStyleOptionViewItem, QWidget

from qcode.operations.lookup import NameTooLongError
from qcode.ui import theme
from qcode.ui.limited import LimitedField
from qcode.ui.theme import SPACE
from qcode.ui.themes.board.cards import Card
from qcode.ui.themes.chips import code_colour
from qcode.ui.themes.writing import WrappingField, WritingDelegate
from qcode.ui.wrapped import Words, floor_of, words

type Index = QModelIndex | QPersistentModelIndex

CARD = Qt.ItemDataRole.UserRole
LONGEST_SHOWN = 260
_PAD, _BETWEEN, _STEP = SPACE, SPACE // 2, SPACE + 4


class CardDelegate(WritingDelegate):
    """Paints cards; themes and their concepts are written in place."""

    kept = Signal(object, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.concept, self.written = False, ""

    # Events

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As wide as the column, as high as the card."""
        width = int(option.widget.property("lineWidth") or option.rect.width())
        text, below = _laid_out(index.data(CARD), width)
        return QSize(width, round(text.height + (below.height + 2 if below else 0) + 2 * _PAD + _BETWEEN))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one card."""
        card: Card = index.data(CARD)
        shown, place = theme.current(), QRectF(option.rect).adjusted(_left(card), 0, -2, -_BETWEEN)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = selected and option.widget.hasFocus()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if card.kind != "loose":
            ring = shown.focus if focused else shown.edge if selected else shown.border
            _paint_frame(painter, card, place, ring, selected=selected)
        text, below = _laid_out(card, option.rect.width())
        left = place.left() + _PAD + (6 if card.kind == "code" else 0)
        text.paint(painter, QPointF(left, place.top() + _PAD), shown.text, floor_of(option))
        if below:
            ink = shown.warning if card.speaks_against else shown.quiet
            below.paint(painter, QPointF(left, place.top() + _PAD + text.height + 2), ink, floor_of(option))
        painter.restore()

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A line for a name, a field that wraps for a concept."""
        if self.concept:
            field = WrappingField(self, parent, "Central concept")
            self.editor = field
            return field
        line = self.line(parent, "Name of the theme", NameTooLongError("theme"))
        line.setPlaceholderText(index.data(CARD).text if index.data(CARD).kind == "draft" else "")
        return line

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Fill in what stands there now."""
        card: Card = index.data(CARD)
        if isinstance(editor, QPlainTextEdit) and not editor.toPlainText():
            editor.setPlainText(self.written)
            editor.selectAll()
        elif isinstance(editor, QLineEdit) and not editor.text() and card.kind == "theme":
            editor.setText(card.name)
            editor.selectAll()

    def setModelData(self, editor: QWidget, _model: QAbstractItemModel, index: Index) -> None:
        """Hand on what was written."""
        if isinstance(editor, LimitedField):
            self.kept.emit(index.data(CARD), editor.raw())
        elif isinstance(editor, QLineEdit):
            self.kept.emit(index.data(CARD), editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Lie over the card."""
        place = option.rect.adjusted(_left(index.data(CARD)), 0, -2, -_BETWEEN)
        place.setHeight(max(place.height(), 11 * SPACE) if self.concept else editor.sizeHint().height())
        editor.setGeometry(place)


def _left(card: Card) -> int:
    own = 0 if card.kind in ("theme", "loose", "draft") else _STEP // 2
    return max(card.depth - 1, 0) * _STEP + own + (_STEP // 2 if card.depth else 0)


def _laid_out(card: Card, width: float) -> tuple[Words, Words | None]:
    room = width - _left(card) - 2 * _PAD - 4 - (6 if card.kind == "code" else 0)
    text = card.text if len(card.text) <= LONGEST_SHOWN else f"{card.text[: LONGEST_SHOWN - 2].rstrip()} …"
    bold = 600 if card.kind in ("theme", "loose") else 0
    italic = card.kind == "theme"
    head = words(text, room, weight=bold)
    return head, words(card.below, room, "small", italic=italic) if card.below else None


def _paint_frame(painter: QPainter, card: Card, place: QRectF, ring: str, *, selected: bool) -> None:
    """The card itself: dashed where it speaks against its theme, with the strong colour of a code at its left."""
    shown = theme.current()
    pen = QPen(QColor(ring), shown.ring if selected else 1)
    pen.setStyle(Qt.PenStyle.DashLine if card.speaks_against and not selected else Qt.PenStyle.SolidLine)
    painter.setPen(pen)
    painter.setBrush(QColor(shown.surface if card.kind == "theme" else shown.raised))
    painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), 6, 6)
    if card.kind == "code":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(code_colour(card.colour).stripe))
        painter.drawRoundedRect(QRectF(place.left() + 5, place.top() + 7, 4, place.height() - 14), 2, 2)
