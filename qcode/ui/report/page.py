"""The preview: a page on a desk, to scroll and to copy from."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent, QTextOption
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from qcode.ui import theme
from qcode.ui.theme import SPACE

_WIDEST = 92 * SPACE
_MARGIN = 6 * SPACE
_DESK = 2 * SPACE


class Page(QTextBrowser):
    """A document that can only be read, on a page no wider than paper; what needs more room is scrolled sideways."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Preview of the report")
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrapMode(QTextOption.WrapMode.WordWrap)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.document().setDocumentMargin(0)
        self.viewport().setAutoFillBackground(False)

    # Methods

    def show_html(self, html: str) -> None:
        """Show another state of the document without moving it."""
        down, aside = self.verticalScrollBar().value(), self.horizontalScrollBar().value()
        self.setHtml(html)
        self._set_margins()
        self.verticalScrollBar().setValue(down)
        self.horizontalScrollBar().setValue(aside)

    # Events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the page in the middle."""
        super().resizeEvent(event)
        self._set_margins()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw desk and page under the words."""
        shown = theme.current()
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(shown.surface))
        painter.setPen(QColor(shown.border))
        painter.setBrush(QColor(shown.background))
        painter.drawRect(self._sheet())
        painter.end()
        super().paintEvent(event)

    # Internal

    def _aside(self) -> float:
        return max(float(_DESK), (self.viewport().width() - _WIDEST) / 2)

    def _sheet(self) -> QRectF:
        """Where the page lies, as far as it can be seen."""
        whole, seen = self.document().size(), self.viewport().size()
        left, top = self._aside() - self.horizontalScrollBar().value(), _DESK - self.verticalScrollBar().value()
        width = max(whole.width(), seen.width()) - 2 * self._aside()
        height = max(whole.height(), seen.height()) - 2 * _DESK
        return QRectF(left - 0.5, top - 0.5, width, height)

    def _set_margins(self) -> None:
        frame = self.document().rootFrame()
        made = frame.frameFormat()
        side = self._aside() + min(_MARGIN, self.viewport().width() / 16)
        if made.leftMargin() != side or made.topMargin() != _DESK + _MARGIN:
            made.setLeftMargin(side)
            made.setRightMargin(side)
            made.setTopMargin(_DESK + _MARGIN)
            made.setBottomMargin(_DESK + _MARGIN)
            frame.setFrameFormat(made)
