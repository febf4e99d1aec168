"""The list of distinct strings: what stands there, how often, and what was answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from qcode.deidentification.strings import Listed
from qcode.ui.table import Column, RowTable
from qcode.ui.theme import SPACE
from qcode.ui.transcripts.names.words import category_word


class StringTable(RowTable):
    """Strings of all that arrives; `answer` says in words what was answered about one."""

    def __init__(self, answer: Callable[[Listed], str], parent: QWidget | None = None) -> None:
        super().__init__(_columns(answer), parent)
        self.setAccessibleName("Strings that may identify someone")

    # Methods

    def show_strings(self, rows: Sequence[Listed]) -> None:
        """List these strings."""
        self.set_rows(rows, key=lambda row: row.key)

    def selected(self) -> list[Listed]:
        """The strings that are marked; the one with the cursor where none is."""
        current = self.current_row()
        return self.selected_rows() or ([current] if current else [])

    def step_to(self, wanted: Callable[[Listed], bool]) -> bool:
        """Go to the next string that is wanted, from the top again after the last; says whether there is one."""
        rows, line = self.shown_rows(), self.currentIndex().row()
        for row in [*rows[line + 1 :], *rows[: line + 1]]:
            if wanted(row):
                return self.select_row(row.key)
        return False


def _columns(answer: Callable[[Listed], str]) -> list[Column[Listed]]:
    return [
        Column("String", lambda row: row.text, stretch=True, width=16 * SPACE, tip=_found_by),
        Column("Kind", lambda row: category_word(row.category), width=14 * SPACE, yields=2),
        Column("Places", lambda row: len(row.hits), align="right", width=8 * SPACE),
        Column("Files", lambda row: row.documents, align="right", width=7 * SPACE, yields=1),
        Column("Answer", answer, width=16 * SPACE),
    ]


def _found_by(row: Listed) -> str:
    return f"{row.text}\nFound by: {', '.join(row.by)}"
