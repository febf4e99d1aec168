"""What a page of the analysis shows: the sentence of what is counted, a table, a plot, and the passages behind each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from qcode.reports.plot_values import Item, Key, Number, Plot
from qcode.reports.table_values import Printed, TableReport, TableValue
from qcode.ui.themes.behind import Behind


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of figures: what it is called, and what it says when one asks; `words` stand to the left.

    `stretch` takes what room is left; what stands `before` something stands to the right, next to it.
    """

    name: str
    about: str = ""
    words: bool = False
    width: int = 0
    stretch: bool = False
    before: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: its id, its name, how deep it lies, the slot of its colour, and its figures.

    A `strong` one stands for others, such as a heading for the codes below it: nobody shall add it to them.
    """

    id: str
    name: str
    cells: tuple[Number, ...]
    keys: tuple[Key, ...] = ()
    depth: int = 0
    colour: int | None = None
    tip: str = ""
    strong: bool = False

    def key(self, column: int) -> Key:
        """What a figure stands for; the name of the row, before the first, for the row itself."""
        return self.keys[column] if 0 <= column < len(self.keys) else (self.id,)


@dataclass(frozen=True)
class Answer:
    """What came out of one question. `said` is the sentence of what is counted, `note` what is to be known besides.

    `marks` says what the marks of its figures mean, below the table and below a plot that is saved.
    """

    said: str
    first: str
    headings: tuple[Heading, ...]
    lines: tuple[Line, ...]
    plot: Plot | None
    behind: Callable[[Key], Behind | None]
    title: str
    note: str = ""
    summary: str = ""
    report: TableReport | None = None
    marks: str = ""

    def table(self) -> TableReport:
        """The table as a report prints it, which may have another one of its own."""
        return self.report or TableReport(
            self.title,
            "\n".join(one for one in (self.note, self.said) if one),
            (self.first, *(heading.name for heading in self.headings)),
            tuple(_row(line) for line in self.lines),
            summary=self.summary or self.title,
        )


def number(count: int | None, text: str | None = None) -> Number:
    """A count as a cell shows it: nothing for none, so that what is there is seen."""
    shown = text if text is not None else "" if not count else f"{count:,}"
    return Number(None if count is None else float(count), shown)


def items(named: Iterable[tuple[str, str, int | None]]) -> tuple[Item, ...]:
    """Ids, names and slots as a plot wants them; what has no slot of its own gets the next."""
    return tuple(Item(key, name, place if slot is None else slot) for place, (key, name, slot) in enumerate(named))


def _row(line: Line) -> tuple[TableValue, ...]:
    return (Printed(line.name, depth=line.depth, strong=line.strong), *(_cell(cell) for cell in line.cells))


def _cell(cell: Number) -> TableValue:
    if cell.value is None:
        return cell.text or None
    bare = int(cell.value) if cell.value == int(cell.value) else cell.value
    return bare if not cell.text or cell.text == f"{bare:,}" else Printed(cell.text, bare)


def worded(text: str) -> Number:
    """A cell that holds words."""
    return Number(None, text)


def counted(number: int, noun: str) -> str:
    """A number with its noun, such as “1 passage”."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
