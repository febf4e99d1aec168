"""The letters of the tree of codes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics

from qcode.queries.codebook.tree import CodeRow
from qcode.ui import theme

_NAMES_KEPT = 1_000
_MARKED = "proposed", "declined"


class Lettering:
    """The fonts of the tree, and names as they fit into it: to make a font takes longer than to draw with it."""

    def __init__(self) -> None:
        self.small = theme.font("small")
        self._names: dict[tuple[bool, str], QFont] = {}
        self._elided: dict[tuple[str, bool, str, int], str] = {}

    def name(self, row: CodeRow, width: int) -> tuple[QFont, str]:
        """The font of a code's name, and as much of the name as there is room for."""
        look = row.kind == "category", row.status
        font = self._names.get(look)
        if font is None:
            font = self._names[look] = name_font(row)
        asked = row.name, *look, width
        words = self._elided.get(asked)
        if words is None:
            if len(self._elided) >= _NAMES_KEPT:
                self._elided.clear()
            words = QFontMetrics(font).elidedText(marked_name(row), Qt.TextElideMode.ElideRight, width)
            self._elided[asked] = words
        return font, words


def marked_name(row: CodeRow) -> str:
    """A code's name; that of a proposal says so."""
    return f"{row.name} · {row.status}" if row.status in _MARKED else row.name


def name_font(row: CodeRow) -> QFont:
    """Categories stand out, proposals lean, codes that are not in use are struck through."""
    font = theme.font("body")
    font.setWeight(QFont.Weight.DemiBold if row.kind == "category" else QFont.Weight.Normal)
    font.setItalic(row.status in _MARKED)
    font.setStrikeOut(not row.offered)
    return font
