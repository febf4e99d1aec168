"""What speaks against a theme, to be read, gone to, and picked as a dissenting quote."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from qcode.ids import ThemeId
from qcode.study import Place
from qcode.ui.theme import SPACE, label
from qcode.ui.wrapped_list import Said, WrappedList

if TYPE_CHECKING:
    from qcode.queries.themes.negative_cases import NegativeCase

NO_THEME = "Choose a theme to see what speaks against it."
NONE = "Nothing speaks against this theme yet: no coding of it is marked as a negative case, and no quote dissents."


def said_of(case: NegativeCase) -> Said:
    """A case as a list shows it."""
    kind = "Dissenting quote" if case.quote else f"Negative case: {', '.join(case.codes)}"
    return Said(case.text, " · ".join(part for part in (kind, case.speaker, case.document_name) if part))


class NegativePane(QFrame):
    """The negative cases of the theme that is chosen."""

    placeAsked = Signal(object)
    quoteAsked = Signal(object)
    pickAsked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "page")
        self.heading, self.none = label("Negative cases", "heading"), label(NO_THEME, "small", "quiet")
        self.list = WrappedList(said_of, lambda case: case.key)
        self.list.rowActivated.connect(lambda _case: self.open())
        self._lay_out()
        self.show_cases(None, ())

    # Properties

    @property
    def case(self) -> NegativeCase | None:
        """The case with the cursor."""
        return self.list.row

    # Methods

    def show_cases(self, theme: ThemeId | None, cases: Sequence[NegativeCase]) -> None:
        """Show the cases of a theme."""
        own = [case for case in cases if case.theme == theme]
        self.heading.setText(f"Negative cases ({len(own)})" if own else "Negative cases")
        self.none.setText(NO_THEME if theme is None else NONE)
        self.none.setVisible(not own)
        self.list.setVisible(bool(own))
        self.list.set_rows(own)

    def open(self) -> None:
        """Go to the quote with the cursor in the outline; a coding is shown in its transcript."""
        if self.case is not None and self.case.quote is not None:
            self.quoteAsked.emit(self.case.quote)
        else:
            self.open_place()

    def open_place(self) -> None:
        """Ask for the place of the case with the cursor."""
        if self.case is not None:
            self.placeAsked.emit(Place(self.case.document, self.case.start, self.case.end))

    def pick(self) -> None:
        """Ask for the case with the cursor as a dissenting quote."""
        if self.case is not None and self.case.quote is None:
            self.pickAsked.emit(self.case)

    # Internal

    def _lay_out(self) -> None:
        self.list.setAccessibleName("Negative cases")
        self.none.setWordWrap(True)
        for words in (self.heading, self.none):
            words.setContentsMargins(2 * SPACE, 0, SPACE, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2 * SPACE, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(self.heading)
        column.addWidget(self.none)
        column.addWidget(self.list, 1)
        column.addStretch()
