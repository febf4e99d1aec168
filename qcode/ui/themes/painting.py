"""Text that wraps and chips that flow, measured and painted the same way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from qcode.ui import theme
from qcode.ui.palette import DARK, LIGHT, CodeColour
from qcode.ui.theme import SPACE, Scale

_LEADING = 1.3


@dataclass(frozen=True, slots=True)
class Words:
    """A wrapped text: where each of its lines is, and how high they are together."""

    layout: QTextLayout
    height: float

    def paint(self, painter: QPainter, place: QPointF, colour: str) -> None:
        """Draw the text with its top left corner at a place."""
        painter.setPen(QColor(colour))
        self.layout.draw(painter, place)


def words(text: str, width: float, scale: Scale = "body", *, weight: int = 0, italic: bool = False) -> Words:
    """A text wrapped to a width, in a step of the type scale; line breaks in it are kept."""
    font = theme.font(scale)
    if weight:
        font.setWeight(QFont.Weight(weight))
    font.setItalic(italic)
    return _laid_out(text, int(width), font.toString())


@lru_cache(maxsize=2048)
def _laid_out(text: str, width: int, font_key: str) -> Words:
    font = QFont()
    font.fromString(font_key)
    layout = QTextLayout(text.replace("\n", "\u2028"), font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setCacheEnabled(True)
    height = 0.0
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1))
        line.setPosition(QPointF(0, height))
        height += line.height() * _LEADING
    layout.endLayout()
    return Words(layout, height)


def code_colour(slot: int) -> CodeColour:
    """How a slot of the palette looks in the theme that is shown."""
    return (DARK if theme.current().is_dark else LIGHT).code(slot)


@dataclass(frozen=True, slots=True)
class ChipBox:
    """A chip's place, and in it the place of the cross that removes it."""

    box: QRectF
    cross: QRectF


def chip_boxes(names: Sequence[str], left: float, top: float, width: float) -> list[ChipBox]:
    """Where chips stand that flow from the left, a new row beginning where one would not fit."""
    metrics = QFontMetricsF(theme.font("small"))
    height = metrics.height() + SPACE
    x, y = left, top
    out = []
    for name in names:
        across = min(metrics.horizontalAdvance(name) + 5 * SPACE, width)
        if x > left and x + across > left + width:
            x, y = left, y + height + SPACE / 2
        cross = QRectF(x + across - 2.5 * SPACE, y, 2.5 * SPACE, height)
        out.append(ChipBox(QRectF(x, y, across, height), cross))
        x += across + SPACE * 0.75
    return out


def paint_chip(painter: QPainter, chip: ChipBox, name: str, slot: int, *, current: bool) -> None:
    """Draw a code's name on its tint, with its strong colour at the left and a cross at the right."""
    colour, shown = code_colour(slot), theme.current()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(shown.focus), 2) if current else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour.tint))
    painter.drawRoundedRect(chip.box.adjusted(1, 1, -1, -1), 5, 5)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour.stripe))
    painter.drawRoundedRect(QRectF(chip.box.left() + 6, chip.box.top() + 7, 4, chip.box.height() - 14), 2, 2)
    painter.setPen(QColor(shown.text))
    painter.setFont(theme.font("small"))
    inner = QRectF(chip.box.left() + 2 * SPACE, chip.box.top(), chip.box.width() - 4.5 * SPACE, chip.box.height())
    fitted = QFontMetricsF(painter.font()).elidedText(name, Qt.TextElideMode.ElideRight, inner.width() + 1)
    painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, fitted)
    painter.setPen(QPen(QColor(shown.quiet), 1.2))
    middle, reach = chip.cross.center(), 3.0
    painter.drawLine(middle + QPointF(-reach, -reach), middle + QPointF(reach, reach))
    painter.drawLine(middle + QPointF(-reach, reach), middle + QPointF(reach, -reach))
    painter.restore()


def paint_ground(painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
    """Draw what lies under every item: selected, hovered or plain, with a bar at the left where the focus is."""
    shown = theme.current()
    selected = bool(option.state & QStyle.StateFlag.State_Selected)
    if selected:
        painter.fillRect(option.rect, QColor(shown.selected))
    elif option.state & QStyle.StateFlag.State_MouseOver and index.flags() & Qt.ItemFlag.ItemIsSelectable:
        painter.fillRect(option.rect, QColor(shown.hover))
    if selected and option.widget is not None and option.widget.hasFocus():
        painter.fillRect(option.rect.left(), option.rect.top(), 3, option.rect.height(), QColor(shown.focus))
