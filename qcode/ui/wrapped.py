"""Text that wraps: measured and painted the same way, and the ground under it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import inf

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem

from qcode.ui import theme
from qcode.ui.theme import Scale

_LEADING = 1.3


@dataclass(frozen=True, slots=True)
class Words:
    """A wrapped text: how high its lines are together, and where each of them is, for those that are painted."""

    text: str
    width: int
    font: str
    height: float

    @property
    def layout(self) -> QTextLayout:
        """Its lines."""
        return _laid_out(self.text, self.width, self.font)[0]

    def paint(self, painter: QPainter, place: QPointF, colour: str, floor: float = inf) -> None:
        """Draw the text with its top left corner at a place, and of its lines only those that end above the floor."""
        painter.setPen(QColor(colour))
        if place.y() + self.height <= floor:
            self.layout.draw(painter, place)
            return
        for number in range(self.layout.lineCount()):
            line = self.layout.lineAt(number)
            if place.y() + line.y() + line.height() > floor:
                return
            line.draw(painter, place)


def keep_lines_whole(view: QAbstractItemView) -> None:
    """Let a view whose delegate asks for `floor_of` draw anew what scrolling brings up: Qt would move halves along."""
    view.verticalScrollBar().valueChanged.connect(lambda _value: view.viewport().update())


def floor_of(option: QStyleOptionViewItem) -> float:
    """The lower edge of what is seen of the view that an item is in: no line is to be cut by it."""
    view = option.widget
    return view.viewport().height() if isinstance(view, QAbstractItemView) else inf


def words(text: str, width: float, scale: Scale = "body", *, weight: int = 0, italic: bool = False) -> Words:
    """A text wrapped to a width, in a step of the type scale; line breaks in it are kept."""
    font = theme.font(scale)
    if weight:
        font.setWeight(QFont.Weight(weight))
    font.setItalic(italic)
    key = text, int(width), font.toString()
    return Words(*key, _height(*key))


@lru_cache(maxsize=100_000)
def _height(text: str, width: int, font_key: str) -> float:
    """Kept for many more texts than are laid out: a list asks all of its items for their heights, again and again."""
    return _laid_out(text, width, font_key)[1]


@lru_cache(maxsize=2048)
def _laid_out(text: str, width: int, font_key: str) -> tuple[QTextLayout, float]:
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
    return layout, height


def paint_ground(painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
    """Draw what lies under every item: plain, hovered or selected, strongly and with a bar where the focus is."""
    shown = theme.current()
    selected = bool(option.state & QStyle.StateFlag.State_Selected)
    focused = option.widget is not None and option.widget.hasFocus()
    if selected:
        painter.fillRect(option.rect, QColor(shown.selected if focused else shown.hover))
    elif option.state & QStyle.StateFlag.State_MouseOver and index.flags() & Qt.ItemFlag.ItemIsSelectable:
        painter.fillRect(option.rect, QColor(shown.hover))
    if selected and focused:
        painter.fillRect(option.rect.left(), option.rect.top(), 3, option.rect.height(), QColor(shown.focus))
