"""Generous lines and space between turns, in a document that Qt still lays out only where it is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QTextDocument, QTextOption
from PySide6.QtWidgets import QPlainTextDocumentLayout

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QTextBlock, QTextLayout, QTextLine

PADDING = 16
LINES_ROOM = 6
_SAMPLE = "the quiet questions people answer slowly, when somebody has time to wait and to listen. "


def small_font(font: QFont, factor: float = 0.8, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The reading font at a part of its size, for what stands beside the text."""
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() * factor)
    small.setWeight(weight)
    return small


@dataclass(frozen=True, slots=True)
class RowMetrics:
    """Whole pixels that every row of text keeps, whatever fonts its letters come from.

    A row is `pitch` high and its letters stand on a line `rise` below its top. The tint reaches from `tint_top` to
    `tint_bottom`; underlines follow from there.
    """

    pitch: int
    rise: int
    tint_top: int
    tint_bottom: int
    turn_gap: int
    letter: float

    @classmethod
    def of(cls, font: QFont) -> RowMetrics:
        """Rows for a reading font: about 1.5 times its own height, with room for three lines below the tint."""
        metrics = QFontMetricsF(font)
        tint = round(metrics.height() + 1)
        pitch = max(round(metrics.height() * 1.48), tint + LINES_ROOM + 1)
        tint_bottom = pitch - max(LINES_ROOM, (pitch - tint) // 2)
        return cls(
            pitch=pitch,
            rise=round(tint_bottom - metrics.descent()),
            tint_top=tint_bottom - tint,
            tint_bottom=tint_bottom,
            turn_gap=round(pitch * 0.5),
            letter=metrics.horizontalAdvance(_SAMPLE) / len(_SAMPLE),
        )


class ReadingLayout(QPlainTextDocumentLayout):
    """Lays lines out on even rows and keeps a gap below the last paragraph of each turn."""

    def __init__(self, document: QTextDocument, turn_ends_in: Callable[[int], bool]) -> None:
        super().__init__(document)
        self.rows = RowMetrics.of(document.defaultFont())
        self._turn_ends_in = turn_ends_in

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        """The place that a paragraph takes, its gap included; lines that Qt has just made are moved to their rows."""
        rect = super().blockBoundingRect(block)
        layout = block.layout()
        if layout is None or not layout.lineCount():
            return rect
        last = layout.lineAt(layout.lineCount() - 1)
        if layout.lineAt(0).y() == 0:
            _stand_on_rows(layout, self.rows)
        height = float(row_top(last, self.rows.rise) + self.rows.pitch)
        if self._turn_ends_in(block.blockNumber()):
            height += self.rows.turn_gap
        rect.setHeight(height + PADDING * (not block.next().isValid()))
        return rect


def document_of(parent: QObject, text: str, font: QFont, turn_ends_in: Callable[[int], bool]) -> QTextDocument:
    """A document to show, laid out paragraph by paragraph when each is first seen."""
    document = QTextDocument(parent)
    document.setUndoRedoEnabled(False)
    document.setDocumentMargin(PADDING)
    document.setDefaultFont(font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    document.setDefaultTextOption(option)
    document.setDocumentLayout(ReadingLayout(document, turn_ends_in))
    document.setPlainText(text)
    return document


def row_number(document: QTextDocument, block: QTextBlock, unit: int, above: int) -> int:
    """Counted from the first of all rows, the row of a unit of a paragraph, or so many above it as far as there are."""
    layout = document.documentLayout()
    layout.blockBoundingRect(block)
    row = block.layout().lineForTextPosition(unit).lineNumber()
    for _ in range(above):
        if row == 0 and not block.previous().isValid():
            break
        if row == 0:
            block = block.previous()
            layout.blockBoundingRect(block)
            row = block.lineCount()
        row -= 1
    return block.firstLineNumber() + row


def row_top(line: QTextLine, rise: int) -> int:
    """Where the row of a line begins, in whole pixels from the top of its paragraph."""
    return round(line.y() + line.ascent()) - rise


def _stand_on_rows(layout: QTextLayout, rows: RowMetrics) -> None:
    """Move each line so that its letters stand on the next row; a line of taller letters keeps clear of the one above.

    Qt scrolls to the bottom of a line, so each bottom is put on a whole pixel: then scrolling moves by whole pixels
    too. No line stays at y = 0, where Qt puts the first: that tells lines that were moved from lines that were not.
    """
    top = bottom_above = 0.0
    for index in range(layout.lineCount()):
        line = layout.lineAt(index)
        y = max(top + rows.rise - line.ascent(), bottom_above, 1.0)
        position, height = line.position(), line.naturalTextRect().height()
        position.setY(round(y + height) - height)
        line.setPosition(position)
        top = row_top(line, rows.rise) + rows.pitch
        bottom_above = position.y() + height
