"""A transcript to read, not to code: turns with their speakers and times."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from qcode.text.values import Turn
from qcode.ui import theme
from qcode.ui.text.pane import ReadingPane
from qcode.ui.theme import SPACE


class _Pane(ReadingPane):
    """A reading pane for text without codings."""

    # Internal

    def _arrange(self) -> None:
        """Give the speakers the room of the stripes, of which there are none here."""
        super()._arrange()
        margins, height = self.viewportMargins(), self.height()
        names, _names_and_times = self._speakers.widths()
        shift = max(0, min(margins.right(), names - margins.left()))
        left, right = margins.left() + shift, margins.right() - shift
        self.setViewportMargins(left, 0, right, 0)
        self._speakers.setGeometry(0, 0, left, height)
        self._stripes.setGeometry(self._stripes.x() + shift, 0, right, height)


class Preview(QFrame):
    """A line of facts above a text; the same text shown again stays where it was scrolled to."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = theme.label(title, "heading")
        self._facts = theme.label("", "small", "quiet")
        self.pane = _Pane(self)
        self.pane.setAccessibleName(title)
        self._shown: tuple[object, str, Sequence[Turn]] = (None, "", ())
        self._lay_out()
        self.update_theme()

    # Properties

    @property
    def facts(self) -> str:
        """What stands above the text."""
        return self._facts.text()

    @property
    def title(self) -> str:
        """The heading."""
        return self._title.text()

    # Methods

    def show_text(self, key: object, text: str, turns: Sequence[Turn], facts: str) -> None:
        """Show a text; another `key` means another text, which is shown from its beginning."""
        self._facts.setText(facts)
        if self._shown == (key, text, turns):
            return
        place = self.pane.verticalScrollBar().value() if self._shown[0] == key else 0
        self._shown = key, text, turns
        self.pane.show_document(text, turns)
        self.pane.verticalScrollBar().setValue(place)

    def show_place(self, start: int, end: int) -> None:
        """Bring a place of the text into sight, and mark it until another is shown."""
        self.pane.scroll_to(start)
        self.pane.set_preview((start, end))

    def set_title(self, title: str) -> None:
        """Write another heading."""
        self._title.setText(title)
        self.pane.setAccessibleName(title)

    def clear(self) -> None:
        """Show nothing."""
        self.show_text(None, "", (), "")

    def update_theme(self) -> None:
        """Take the colours of the theme."""
        self.pane.set_colours(theme.text_colours())

    # Internal

    def _lay_out(self) -> None:
        self.setProperty("surface", "page")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE, 0, 0)
        column.setSpacing(0)
        for words in (self._title, self._facts):
            words.setContentsMargins(2 * SPACE, 0, SPACE, 0)
            column.addWidget(words)
        column.addSpacing(SPACE // 2)
        column.addWidget(self.pane, 1)
