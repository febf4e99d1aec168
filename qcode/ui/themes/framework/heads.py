"""The names beside and above the cells of the framework, wrapped so that nothing of them is cut off."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QWidget

from qcode.ui import theme
from qcode.ui.theme import SPACE
from qcode.ui.wrapped import Words, keep_lines_whole, words

_PAD = SPACE
_LETTERS_ACROSS = 22
_MEDIUM = 500


class Heads(QHeaderView):
    """Wrapped headings; below the first line of a row's heading the others are small and quiet."""

    def __init__(self, orientation: Qt.Orientation, parent: QWidget) -> None:
        super().__init__(orientation, parent)
        self.setSectionsClickable(False)
        keep_lines_whole(self)

    # Methods

    def fit(self) -> None:
        """Be as high as the highest heading of a column needs, or as wide as names usually are."""
        if self.orientation() == Qt.Orientation.Horizontal:
            heights = [self.sectionSizeFromContents(number).height() for number in range(self.count())]
            self.setFixedHeight(max(heights, default=4 * SPACE))
        else:
            across = QFontMetricsF(theme.font("body")).averageCharWidth()
            self.setFixedWidth(round(_LETTERS_ACROSS * across) + 2 * _PAD)

    # Events

    def sectionSizeFromContents(self, section: int) -> QSize:
        """As high as its words need in the width there is."""
        width = self._width(section)
        name, below = self._laid_out(section, width)
        return QSize(width, round(name.height + (below.height if below else 0) + 2 * _PAD))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw one heading."""
        shown, place = theme.current(), QRectF(rect)
        painter.save()
        painter.fillRect(rect, QColor(shown.background))
        painter.setPen(QPen(QColor(shown.border), 1))
        if self.orientation() == Qt.Orientation.Horizontal:
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        elif section:
            painter.drawLine(place.topLeft(), place.topRight())
        painter.setClipRect(rect)
        name, below = self._laid_out(section, rect.width())
        corner = place.topLeft() + QPointF(_PAD, _PAD)
        floor = self.viewport().height()
        name.paint(painter, corner, shown.text, floor)
        if below:
            below.paint(painter, corner + QPointF(0, name.height), shown.quiet, floor)
        painter.restore()

    # Internal

    def _width(self, section: int) -> int:
        return self.sectionSize(section) if self.orientation() == Qt.Orientation.Horizontal else self.width()

    def _laid_out(self, section: int, width: int) -> tuple[Words, Words | None]:
        said = self.model().headerData(section, self.orientation(), Qt.ItemDataRole.DisplayRole)
        name, _break, below = cast("str", said or "").partition("\n")
        room = width - 2 * _PAD
        return words(name, room, weight=_MEDIUM), words(below, room, "small") if below else None
