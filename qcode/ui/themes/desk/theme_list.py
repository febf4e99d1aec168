"""The themes with how many quotes each has chosen and shortlisted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Signal
from PySide6.QtWidgets import QWidget

from qcode.ids import ThemeId
from qcode.queries.themes.outline import ThemeRow, printed_titles
from qcode.ui.themes.lines import numbers
from qcode.ui.wrapped_list import Said, WrappedList

type Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """A theme in the order of the report, with its number there."""

    id: ThemeId
    depth: int
    number: str
    name: str
    chosen: int
    shortlisted: int

    @property
    def counted(self) -> str:
        """How many quotes it has."""
        found = ((self.chosen, "chosen"), (self.shortlisted, "shortlisted"))
        return " · ".join(f"{count} {what}" for count, what in found if count) or "no quotes"


def theme_lines(rows: Sequence[ThemeRow], statuses: Iterable[tuple[ThemeId, str]]) -> list[ThemeLine]:
    """The themes; `statuses` has the theme and the status of each quote."""
    counts, titles = Counter(statuses), printed_titles(rows)
    return [
        ThemeLine(row.id, row.depth, number, titles[row.id], counts[row.id, "chosen"], counts[row.id, "shortlisted"])
        for row, number in zip(rows, numbers(rows), strict=True)
    ]


def _said(line: ThemeLine) -> Said:
    inset = "\u2003" * line.depth
    return Said(f"{inset}{line.number} {line.name}", f"{inset}{line.counted}")


class ThemeList(WrappedList):
    """The themes to choose from."""

    themeChosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_said, lambda line: line.id, parent)
        self._chosen: ThemeId | None = None
        self.setAccessibleName("Themes")

    # Properties

    @property
    def line(self) -> ThemeLine | None:
        """The theme with the cursor."""
        return self.row

    # Methods

    def choose(self, theme: ThemeId) -> None:
        """Put the cursor on a theme."""
        place = next((number for number, line in enumerate(self.rows) if line.id == theme), None)
        if place is not None:
            self.setCurrentIndex(self.model().index(place, 0))

    def set_rows(self, rows: Sequence[ThemeLine]) -> None:
        """Show these themes, and tell if another one is chosen now."""
        super().set_rows(rows)
        self._tell()

    # Events

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell when another theme has the cursor."""
        super().currentChanged(current, previous)
        if current.isValid():
            self._tell()

    # Internal

    def _tell(self) -> None:
        chosen = self.line.id if self.line is not None else None
        if chosen != self._chosen:
            self._chosen = chosen
            self.themeChosen.emit()
