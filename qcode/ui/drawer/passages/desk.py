"""Working on the passages that are marked: it asks for what a deed needs, beside the list and never in its way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QObject, QRect, Qt
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from qcode.ids import ThemeId
from qcode.operations.lookup import TextTooLongError
from qcode.queries.codebook.tree import codebook
from qcode.queries.codings import PassageRow
from qcode.queries.quotes.rows import quote_rows
from qcode.queries.themes.outline import themes
from qcode.ui.bridge import StudyBridge
from qcode.ui.code.codings_here import CommentField
from qcode.ui.code.colours import text_colours
from qcode.ui.code_palette import CodeChoice, CodePalette, Pick
from qcode.ui.drawer.acts import counted
from qcode.ui.drawer.chooser import Choice, Chooser
from qcode.ui.drawer.passages.changing import NONE_MARKED, Changing
from qcode.ui.drawer.passages.table import PassageTable
from qcode.ui.theme import SPACE, label

_NO_THEMES = "There is no theme yet. Add one in the Themes room, and shortlist its quotes here."
_HINT = "Enter supports the theme · Shift+Enter dissents from it · Esc leave"


class PassageDesk(QObject):
    """What is asked and done; the panel only shows."""

    def __init__(self, bridge: StudyBridge, table: PassageTable, panel: QWidget) -> None:
        super().__init__(panel)
        self._bridge = bridge
        self._table = table
        self._panel = panel
        self._changing = Changing(bridge)
        self._palette: CodePalette | None = None
        self._chooser: Chooser | None = None
        self._asked_for: list[PassageRow] = []
        self._commented: list[PassageRow] = []
        self.comment = CommentField(panel)
        self.comment_pane = QWidget(panel)
        self._comment_title = label("", "small", "quiet")
        self._comment_title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.button = QPushButton("Change", panel)
        self.button.setMenu(QMenu(self.button))
        self.button.setAccessibleName("Change the marked passages")
        self._lay_out()
        self.comment.kept.connect(self._on_comment)
        self.comment.left.connect(self._on_comment_left)
        self.comment.tooLong.connect(lambda: bridge.refused.emit(str(TextTooLongError("comment"))))

    # Properties

    @property
    def palette(self) -> CodePalette | None:
        """The palette in which another code is chosen, once it was needed."""
        return self._palette

    @property
    def chooser(self) -> Chooser | None:
        """The panel in which a theme is chosen, once it was needed."""
        return self._chooser

    # Methods

    def marked(self) -> list[PassageRow]:
        """The passages that are marked; says so if there are none."""
        rows = self._table.selected_rows()
        if not rows:
            self._bridge.refused.emit(NONE_MARKED)
        return rows

    def remove(self) -> None:
        """Take the marked codings away."""
        self._changing.remove(self._table.selected_rows())

    def doubt(self) -> None:
        """Mark the marked codings unsure, or sure."""
        self._changing.doubt(self._table.selected_rows())

    def illustrate(self) -> None:
        """Mark the marked codings illustrative, or not."""
        self._changing.illustrate(self._table.selected_rows())

    def negate(self) -> None:
        """Mark the marked codings as negative cases, or not."""
        self._changing.negate(self._table.selected_rows())

    def confirm(self) -> None:
        """Let marked codings that a search made count like those made by hand."""
        self._changing.confirm(self._table.selected_rows())

    def confirm_definition(self) -> None:
        """Say that the marked codings are right under the definitions of today."""
        self._changing.confirm_definition(self._table.selected_rows())

    def confirm_words(self) -> None:
        """Say that the marked codings are right on the words as they were corrected."""
        self._changing.confirm_words(self._table.selected_rows())

    def recode(self, typed: str = "") -> None:
        """Ask for the code that the marked passages get instead."""
        rows = self._table.selected_rows()
        if self._changing.own(rows):
            self._asked_for = rows
            host = self._panel.window()
            codes = [row for row in codebook(self._bridge.study) if row.codable]
            choices = [CodeChoice(row.id, row.path, row.colour, row.brief, row.near_miss) for row in codes]
            self._open_palette().ask(choices, anchor=self._anchor(host), typed=typed)

    def begin_comment(self) -> None:
        """Open the field for a comment on the marked codings."""
        mine = self._changing.own(self._table.selected_rows())
        if not mine:
            return
        self._commented = mine
        said = {row.coding.comment for row in mine}
        self.comment.show_comment(said.pop() if len(said) == 1 else "")
        one = f"Comment on {mine[0].coding.name}" if len(mine) == 1 else f"Comment on {counted(len(mine), 'coding')}"
        self._comment_title.setText(f"{one}: Enter keeps, Esc leaves")
        self.comment.setAccessibleName(one)
        self.comment_pane.show()
        self.comment.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def split(self, row: PassageRow, place: int | None) -> None:
        """Cut a passage in two at a place of its transcript."""
        self._changing.split(row, place)

    def begin_quote(self) -> None:
        """Ask for the theme that the marked passages become quotes of."""
        rows = self.marked()
        listed = themes(self._bridge.study)
        if not listed and rows:
            self._bridge.refused.emit(_NO_THEMES)
        elif rows:
            known = Counter(row.theme for row in quote_rows(self._bridge.study))
            choices = [Choice(row.id, row.name, counted(known[row.id], "quote"), row.depth) for row in listed]
            what = "Shortlist the passage as a quote of" if len(rows) == 1 else f"Shortlist {len(rows)} passages for"
            self._open_chooser().ask(what, choices, lambda choice, other: self._quote(rows, choice, other), _HINT)

    def update_theme(self) -> None:
        """Take the colours of the theme."""
        if self._palette is not None:
            self._palette.set_colours(text_colours())

    # Private slots

    def _on_picked(self, pick: Pick) -> None:
        self._changing.recode(self._asked_for, pick)
        if pick.stay and self._palette is not None:
            self._palette.cancel()

    def _on_comment(self, words: str) -> None:
        rows, self._commented = self._commented, []
        if rows:
            self._changing.comment(rows, words)
        self.comment_pane.hide()

    def _on_comment_left(self) -> None:
        self._commented = []
        self.comment_pane.hide()
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    # Internal

    def _quote(self, rows: Sequence[PassageRow], choice: Choice, other: bool) -> None:
        stance = "dissents" if other else "supports"
        self._changing.quote(rows, ThemeId(choice.id), choice.name, stance)

    def _open_palette(self) -> CodePalette:
        if self._palette is None:
            self._palette = CodePalette(self._panel.window(), text_colours())
            self._palette.picked.connect(self._on_picked)
            self._bridge.refused.connect(self._palette.refuse)
        return self._palette

    def _open_chooser(self) -> Chooser:
        if self._chooser is None:
            self._chooser = Chooser(self._panel.window())
        return self._chooser

    def _anchor(self, host: QWidget) -> QRect:
        place = self._table.visualRect(self._table.currentIndex())
        return QRect(self._table.viewport().mapTo(host, place.topLeft()), place.size())

    def _lay_out(self) -> None:
        column = QVBoxLayout(self.comment_pane)
        column.setContentsMargins(2 * SPACE, SPACE // 2, 2 * SPACE, SPACE)
        column.setSpacing(SPACE // 2)
        column.addWidget(self._comment_title)
        column.addWidget(self.comment)
        self.comment_pane.hide()
