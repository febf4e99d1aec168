"""The table of an answer, whose columns change with what is asked; each figure leads to its passages."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qcode.ui import theme
from qcode.ui.icons import swatch
from qcode.ui.table import Column, RowTable
from qcode.ui.theme import SPACE
from qcode.ui.themes.analysis.answers import Answer, Heading, Line

_NAME = 18 * SPACE
_LONGEST_NAME = 36 * SPACE
_FIGURE = 10 * SPACE
_WIDEST = 30 * SPACE
_LOOKED_AT = 100
_DEEPER = "· "


class AnswerTable(QWidget):
    """Holds a table, and another one when the columns change. `opened` tells the key of a figure."""

    opened = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._headings: tuple[str, tuple[Heading, ...]] = ("", ())
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.table = self._made("", ())

    # Methods

    def show_answer(self, answer: Answer) -> None:
        """Show the lines of an answer; cursor, selection and scroll stay where the columns do."""
        headings = (answer.first, answer.headings)
        if headings != self._headings:
            self._change(*headings, answer.lines)
        self.table.set_rows(answer.lines)
        if answer.lines and self.table.current_row() is None:
            self.table.select_row(answer.lines[0].id)

    def open(self) -> bool:
        """Ask for the passages behind the figure with the cursor; says whether there is one."""
        line: Line | None = self.table.current_row()
        if line is None:
            return False
        self.opened.emit(line.key(self.table.currentIndex().column() - 1))
        return True

    # Internal

    def _change(self, first: str, headings: tuple[Heading, ...], lines: Sequence[Line]) -> None:
        had_focus = self.table.hasFocus()
        before, self._headings = self.table, (first, headings)
        self.table = self._made(first, headings, lines)
        before.hide()
        before.deleteLater()
        if had_focus:
            self.table.setFocus()

    def _made(self, first: str, headings: Sequence[Heading], lines: Sequence[Line] = ()) -> RowTable:
        table = RowTable(_columns(first, headings, lines[:_LOOKED_AT]), self)
        table.setAccessibleName(self._name)
        table.setIconSize(QSize(2 * SPACE, 2 * SPACE))
        table.horizontalHeader().setStretchLastSection(bool(headings) and headings[-1].words)
        table.rowActivated.connect(lambda _row: self.open())
        self._column.addWidget(table)
        self.setFocusProxy(table)
        return table


def _columns(first: str, headings: Sequence[Heading], lines: Sequence[Line]) -> list[Column[Line]]:
    named: Column[Line] = Column(
        first,
        lambda line: line.name,
        lambda line: _DEEPER * line.depth + line.name,
        tip=lambda line: line.tip or line.name,
        icon=lambda line: None if line.colour is None else swatch(line.colour, dark=theme.current().is_dark),
        strong=lambda line: line.strong,
        width=_wide([line.name for line in lines], _NAME, _LONGEST_NAME),
    )
    return [named, *(_figures(place, heading, lines) for place, heading in enumerate(headings))]


def _figures(place: int, heading: Heading, lines: Sequence[Line]) -> Column[Line]:
    return Column(
        heading.name,
        partial(_value, place=place),
        partial(_text, place=place),
        align="left" if heading.words and not heading.before else "right",
        about=heading.about,
        tip=partial(_text, place=place) if heading.words else None,
        strong=lambda line: line.strong,
        width=heading.width or _wide([heading.name, *(line.cells[place].text for line in lines)], _FIGURE, _WIDEST),
        stretch=heading.stretch,
    )


def _wide(words: Sequence[str], least: int, most: int) -> int:
    """As wide as the widest of some words, within bounds."""
    metrics = QFontMetrics(theme.font())
    return min(max(max(map(metrics.horizontalAdvance, words), default=0) + 5 * SPACE, least), most)


def _value(line: Line, place: int) -> object:
    cell = line.cells[place]
    return cell.text if cell.value is None and cell.text else cell.value


def _text(line: Line, place: int) -> str:
    return line.cells[place].text
