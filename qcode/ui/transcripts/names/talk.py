"""The talk in which strings stand, with a mark under each; what was missed is selected here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from qcode.deidentification.strings import Hit
from qcode.deidentification.widening import whole_words
from qcode.text.values import Coding, Turn
from qcode.ui import theme
from qcode.ui.text.pane import ReadingPane
from qcode.ui.text.tips import About
from qcode.ui.theme import SPACE
from qcode.ui.transcripts.names.arriving import Arriving

_COLOURS = {"waiting": 1, "replace": 2, "here": 2, "keep": 11, "later": 0}


class _Pane(ReadingPane):
    """A reading pane without stripes beside the text."""

    # Internal

    def _arrange(self) -> None:
        super()._arrange()
        self._stripes.hide()


class Talk(QFrame):
    """One transcript at a time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "page")
        self._title = theme.label("", "small", "quiet")
        self.pane = _Pane(self)
        self.pane.setAccessibleName("The talk, in which what was missed can be selected")
        self.pane.about = lambda coding: About(who=coding.comment)
        self._shown: Arriving | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE // 2, 0, 0)
        column.setSpacing(SPACE // 2)
        self._title.setContentsMargins(SPACE, 0, SPACE, 0)
        column.addWidget(self._title)
        column.addWidget(self.pane, 1)
        self.update_theme()

    # Properties

    @property
    def shown(self) -> Arriving | None:
        """The transcript that is shown."""
        return self._shown

    @property
    def selected(self) -> tuple[int, int] | None:
        """The whole words that are selected, as code points of the talk."""
        cursor, positions = self.pane.textCursor(), self.pane.page.positions
        start, end = positions.from_qt(cursor.selectionStart()), positions.from_qt(cursor.selectionEnd(), after=True)
        return whole_words(self.pane.page.text, start, end) if cursor.hasSelection() else None

    # Methods

    def show_talk(self, arriving: Arriving | None) -> None:
        """Show a transcript from its beginning, unless it is shown already."""
        if arriving is self._shown:
            return
        self._shown = arriving
        turns: Sequence[Turn] = ()
        if arriving is not None:
            turns = [Turn(t.start, t.end, t.speaker, t.role, t.start_ms) for t in arriving.transcript.turns]
        self._title.setText(arriving.title if arriving is not None else "")
        self.pane.show_document(arriving.transcript.text if arriving is not None else "", turns)

    def show_marks(self, marks: Iterable[tuple[Hit, str, str, str]]) -> None:
        """Mark places: each with its state, the string, and what was answered, in words."""
        self.pane.set_codings(
            Coding(f"{hit.start}-{hit.end}", state, words, _COLOURS[state], hit.start, hit.end, comment=answer)
            for hit, state, words, answer in marks
        )

    def show_place(self, place: tuple[int, int] | None) -> None:
        """Frame a place and bring it into sight."""
        self.pane.set_preview(place)
        if place is not None and not self._is_whole_in_sight(*place):
            self.pane.scroll_to(place[0])

    def update_theme(self) -> None:
        """Take the colours of the theme."""
        self.pane.set_colours(theme.text_colours())

    # Internal

    def _is_whole_in_sight(self, start: int, end: int) -> bool:
        seen = self.pane.range_rect(start, end)
        return seen.height() >= self.pane.rows.pitch - 1 and seen.bottom() < self.pane.viewport().height() - 1
