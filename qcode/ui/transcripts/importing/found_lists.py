"""The lists of what was found in a file: columns, encodings, lines left over, rules, entries beside the talk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qcode.transcripts import Column as TableColumn
from qcode.transcripts import EncodingChoice, Reading, Unmatched
from qcode.transcripts.beside import identifies
from qcode.transcripts.columns import OPTION
from qcode.transcripts.survey import ANSWER_OPTION
from qcode.transcripts.tables import HEADER_OPTION, NO_HEADER
from qcode.transcripts.xlsx import SHEET_OPTION
from qcode.ui import theme
from qcode.ui.table import Column, RowTable
from qcode.ui.theme import SPACE
from qcode.ui.transcripts.fields import Choices, Field, FieldTable
from qcode.ui.transcripts.importing.arrivals import Arrival
from qcode.ui.transcripts.parts import choice_box
from qcode.ui.transcripts.words import USES, encoding_word, use_word

_TALK_OR_NOT = (("text", use_word("text")), ("ignore", use_word("ignore")))
_HEADER_ROWS = 12
_BEFORE = 8


class ColumnList(QWidget):
    """The columns of a table, or the tiers of an annotation, and what each is used as; sheet and header of a table."""

    optionChosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = FieldTable(self._columns(), self)
        self.table.setAccessibleName("Columns found in the file")
        rows = [(str(row), f"Row {row}") for row in range(1, _HEADER_ROWS + 1)]
        self.header = choice_box([("", "As found"), (NO_HEADER, "None"), *rows], "Row with the headers")
        self.sheet = choice_box([], "Sheet")
        self._choices: Choices = ()
        self._of_sheet = theme.label("Sheet", tone="quiet")
        self._of_header = theme.label("Headers", tone="quiet")
        self._lay_out()
        self.header.activated.connect(lambda _place: self.optionChosen.emit(HEADER_OPTION, self.header.currentData()))
        self.sheet.activated.connect(lambda _place: self.optionChosen.emit(SHEET_OPTION, self.sheet.currentData()))

    # Methods

    def show_columns(self, reading: Reading | None) -> None:
        """Show the columns of a file as they are used now."""
        columns = reading.columns if reading else ()
        in_tiers = bool(reading and reading.layout and reading.layout.unit == "annotations")
        self._choices = _TALK_OR_NOT if in_tiers else tuple(USES.items())
        self.table.set_rows(columns, key=lambda column: column.name)
        for part in (self._of_header, self.header):
            part.setVisible(bool(columns) and not in_tiers)
        self.header.setCurrentIndex(
            max(0, self.header.findData(reading.options.get(HEADER_OPTION, "")) if reading else 0)
        )
        self._show_sheets(reading.sheets if reading else ())

    # Internal

    def _show_sheets(self, sheets: tuple[str, ...]) -> None:
        listed = {self.sheet.itemData(place) for place in range(self.sheet.count())}
        if listed != set(sheets):
            self.sheet.clear()
            for name in sorted(sheets):
                self.sheet.addItem(name, name)
        self.sheet.setCurrentIndex(self.sheet.findData(sheets[0]) if sheets else -1)
        for part in (self._of_sheet, self.sheet):
            part.setVisible(len(sheets) > 1)

    def _columns(self) -> list[Column[TableColumn]]:
        def unused(column: TableColumn) -> bool:
            return column.use == "ignore"

        def use(column: TableColumn, chosen: Any) -> None:
            self.optionChosen.emit(f"{OPTION}{column.name}", chosen)

        return [
            Field("Column", lambda row: row.name, tip=lambda row: row.name, stretch=True, width=160, quiet=unused),
            Field(
                "Used as",
                lambda row: row.use,
                lambda row: use_word(row.use),
                width=156,
                choices=lambda _row: self._choices,
                write=use,
                quiet=unused,
            ),
            Field(
                "Filled in", lambda row: row.answered, lambda row: f"{row.answered:,}", "right", width=72, quiet=unused
            ),
            Field("Example", lambda row: row.sample, tip=lambda row: row.sample, stretch=True, quiet=unused),
        ]

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        for part in (self._of_sheet, self.sheet, self._of_header, self.header):
            head.addWidget(part)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE // 2, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addLayout(head)
        column.addWidget(self.table, 1)


class EncodingList(QWidget):
    """The encodings a file may be in, each with a line as it reads then: the right one is seen at a glance."""

    encodingChosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._taken = ""
        help_ = theme.label(
            "One of these lines reads right. Space or a double click takes its encoding.", "small", "quiet"
        )
        self.table = FieldTable(self._columns(), self)
        self.table.setAccessibleName("Encodings the file may be in")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE // 2, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addWidget(help_)
        column.addWidget(self.table, 1)
        self.table.rowActivated.connect(lambda row: self._take(row, None))

    # Methods

    def show_encodings(self, arrival: Arrival | None) -> None:
        """Show the encodings that are in question for a file, the one that is taken ticked."""
        self._taken = encoding_word(arrival.reading.encoding or "") if arrival and arrival.reading else ""
        self.table.set_rows(arrival.encodings if arrival else (), key=lambda row: row.encoding)

    # Internal

    def _columns(self) -> list[Column[EncodingChoice]]:
        return [
            Field(
                "Encoding",
                lambda row: row.encoding,
                lambda row: encoding_word(row.encoding),
                width=268,
                ticked=lambda row: encoding_word(row.encoding) == self._taken,
                write=self._take,
            ),
            Field("A line of the file", lambda row: row.sample, _near, tip=lambda row: row.sample, stretch=True),
        ]

    def _take(self, row: EncodingChoice, _on: object) -> None:
        if encoding_word(row.encoding) != self._taken:
            self.encodingChosen.emit(row.encoding)


def _near(row: EncodingChoice) -> str:
    """The line from shortly before its first letter by which encodings differ, so that it is seen in narrow lists."""
    place = next((place for place, sign in enumerate(row.sample) if not sign.isascii() and sign != "…"), 0)
    start = max(0, row.sample.rfind(" ", 0, max(0, place - _BEFORE)) + 1)
    return ("…" if start else "") + row.sample[start:]


@dataclass(frozen=True, slots=True)
class Entry:
    """What a file says beside the talk, and whether it goes into the study."""

    key: str
    value: str
    kept: bool


class BesideList(FieldTable):
    """What a file says beside the talk; what is ticked goes into the study."""

    keptChanged = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            [
                Field(
                    "Keep",
                    lambda row: row.key,
                    width=200,
                    ticked=lambda row: row.kept,
                    quiet=_is_left,
                    write=lambda row, keep: self.keptChanged.emit(row.key, keep),
                    tip=_why,
                ),
                Field("Says", lambda row: row.value, tip=lambda row: row.value, stretch=True, quiet=_is_left),
            ],
            parent,
        )
        self.setAccessibleName("What the file says beside the talk")

    # Methods

    def show_beside(self, arrival: Arrival | None) -> None:
        """Show the entries of a file."""
        kept = arrival.kept if arrival else {}
        rows = [Entry(key, value, key in kept) for key, value in arrival.metadata.items()] if arrival else []
        self.set_rows(rows, key=lambda row: row.key)


def _is_left(row: Entry) -> bool:
    return not row.kept


def _why(row: Entry) -> str:
    return (
        "This may tell who somebody is, and is left out unless you tick it." if identifies(row.key, row.value) else ""
    )


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """A text that was taken as no answer, how often, and whether it is one all the same."""

    text: str
    count: int | None
    kept: bool


class NoAnswerList(FieldTable):
    """Texts such as "N/A" that were taken as no answer; those ticked are answers."""

    optionChosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            [
                Field(
                    "An answer all the same",
                    lambda row: row.text,
                    stretch=True,
                    ticked=lambda row: row.kept,
                    write=lambda row, keep: self.optionChosen.emit(
                        f"{ANSWER_OPTION}{row.text}", "keep" if keep else ""
                    ),
                ),
                Column("Cells", lambda row: row.count, align="right", width=72),
            ],
            parent,
        )
        self.setAccessibleName("Cells taken as no answer")

    # Methods

    def show_no_answers(self, reading: Reading | None) -> None:
        """Show them, those that were made answers first."""
        options = reading.options.items() if reading else ()
        kept = [key.removeprefix(ANSWER_OPTION) for key, value in options if key.startswith(ANSWER_OPTION) and value]
        rows = [NoAnswer(text, None, kept=True) for text in kept]
        rows += [NoAnswer(text, number, kept=False) for text, number in (reading.no_answers if reading else ())]
        self.set_rows(rows, key=lambda row: row.text)


class LeftLines(RowTable):
    """Lines that the layout does not explain, by number; Enter shows where they went."""

    def __init__(self, parent: QWidget | None = None) -> None:
        number = Column[Unmatched]("Line", lambda row: row.line_no, lambda row: f"{row.line_no:,}", "right", width=72)
        words = Column[Unmatched]("Words", lambda row: row.text, tip=lambda row: row.text, stretch=True)
        super().__init__([number, words], parent)
        self.setAccessibleName("Lines that matched nothing")

    # Methods

    def show_lines(self, reading: Reading | None) -> None:
        """Show the lines of a file that matched nothing."""
        rows = reading.unmatched if reading else ()
        self.set_rows(rows, key=lambda row: (row.line_no, row.text))


class RuleList(RowTable):
    """Every rule that fired while a file was read, with how often."""

    def __init__(self, parent: QWidget | None = None) -> None:
        rule = Column[tuple[str, int]]("What was done", lambda row: row[0], tip=lambda row: row[0], stretch=True)
        super().__init__(
            [rule, Column("Times", lambda row: row[1], lambda row: f"{row[1]:,}", "right", width=72)], parent
        )
        self.setAccessibleName("Rules that fired")

    # Methods

    def show_rules(self, arrival: Arrival | None) -> None:
        """Show the rules of a file."""
        told = (arrival.transcript or arrival.reading) if arrival else None
        self.set_rows(told.rules if told else (), key=lambda row: row[0])


def place_of_line(reading: Reading, line: Unmatched, text: str) -> tuple[int, int] | None:
    """Where a line of the file stands in the text that was made of it; None where it was left out.

    Of several places that say the same, the one is taken that lies nearest to how much text stands before it.
    """
    before = sum(len(block.text) for block in reading.blocks if (block.line_no or 0) < line.line_no)
    whole = sum(len(block.text) for block in reading.blocks) or 1
    expected, words = before * len(text) / whole, line.text.strip()
    best: int | None = None
    place = text.find(words) if words else -1
    while place >= 0:
        if best is None or abs(place - expected) < abs(best - expected):
            best = place
        place = text.find(words, place + 1)
    return None if best is None else (best, best + len(words))
