"""The headings of a document, in bold where its text is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qcode.text.ranges import Range
    from qcode.ui.text.pane import ReadingPane


def show_headings(pane: ReadingPane, headings: Iterable[Range]) -> None:
    """Write these ranges of the text that a pane shows in bold, until it shows another text."""
    cursor, positions = QTextCursor(pane.document()), pane.page.positions
    bold = QTextCharFormat()
    bold.setFontWeight(QFont.Weight.Bold)
    cursor.beginEditBlock()
    for start, end in headings:
        cursor.setPosition(positions.to_qt(start))
        cursor.setPosition(positions.to_qt(end), QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(bold)
    cursor.endEditBlock()
