"""Two wordings of a code side by side; what went is struck through, what came is underlined, so colour is no cue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from qcode.text.word_differences import Stretch, word_differences
from qcode.ui import theme
from qcode.ui.panel_parts import scrolled
from qcode.ui.theme import SPACE, label


@dataclass(frozen=True, slots=True)
class Compared:
    """One thing that is compared: its name and both wordings."""

    title: str
    before: str
    after: str

    @property
    def differs(self) -> bool:
        """Whether the wordings differ."""
        return self.before != self.after


class ComparisonView(QWidget):
    """Pairs of wordings in two columns, each pair below its name; pairs without words are left out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._titles: tuple[str, str] = ("", "")
        self._pairs: tuple[Compared, ...] = ()
        self._page = QFrame()
        self._page.setProperty("surface", "page")
        self._grid = QGridLayout(self._page)
        self._grid.setContentsMargins(0, 0, SPACE, 0)
        self._grid.setHorizontalSpacing(2 * SPACE)
        self._grid.setVerticalSpacing(SPACE // 2)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scrolled(self._page))

    # Properties

    @property
    def pairs(self) -> Sequence[Compared]:
        """What is compared."""
        return self._pairs

    # Methods

    def show_pairs(self, titles: tuple[str, str], pairs: Iterable[Compared]) -> None:
        """Compare these wordings; `titles` stand above the columns."""
        shown = tuple(pair for pair in pairs if pair.before or pair.after)
        if (titles, shown) != (self._titles, self._pairs):
            self._titles, self._pairs = titles, shown
            self._fill()

    def update_theme(self) -> None:
        """Take the colours of the theme."""
        self._fill()

    # Internal

    def _fill(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if not self._pairs:
            return
        for column, title in enumerate(self._titles):
            self._grid.addWidget(label(title, "small", "quiet"), 0, column)
        for number, pair in enumerate(self._pairs):
            self._add(2 * number + 1, pair)
        self._grid.setRowStretch(self._grid.rowCount(), 1)

    def _add(self, row: int, pair: Compared) -> None:
        name = label(pair.title if pair.differs else f"{pair.title} (the same)", "small", "quiet")
        name.setContentsMargins(0, SPACE, 0, 0)
        self._grid.addWidget(name, row, 0, 1, 2)
        stretches = word_differences(pair.before, pair.after)
        for column, (left_out, words) in enumerate((("new", pair.before), ("gone", pair.after))):
            shown = QLabel(_html([part for part in stretches if part.fate != left_out]))
            shown.setTextFormat(Qt.TextFormat.RichText)
            shown.setWordWrap(True)
            shown.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            shown.setAccessibleName(f"{pair.title}, {self._titles[column]}: {words or 'nothing'}")
            self._grid.addWidget(shown, row + 1, column)


def _html(stretches: Iterable[Stretch]) -> str:
    inks = theme.current()
    styles = {
        "same": f"color:{inks.text}",
        "gone": f"color:{inks.danger}; text-decoration:line-through",
        "new": f"color:{inks.accent}; text-decoration:underline; font-weight:600",
    }
    parts = (
        f'<span style="{styles[part.fate]}">{escape(part.text)}</span>'.replace("\n", "<br>") for part in stretches
    )
    return "".join(parts) or f'<span style="color:{inks.quiet}">–</span>'
