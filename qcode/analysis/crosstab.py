"""Tables that count codes or themes by document, by group or by what is recorded: of whom, how many, out of how many.

What is counted is said: participants who speak in a passage, their turns, their words, or passages.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from math import isfinite
from typing import TYPE_CHECKING, Final, Literal, get_args

from qcode.analysis.corpus import Cell, Mark
from qcode.errors import QcodeError
from qcode.text.typed import shown_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from qcode.analysis.corpus import Corpus, Piece, Recorded, Text, Turn

type Count = Literal["participants", "turns", "words", "passages"]
type Rows = Literal["codes", "themes"]

COUNTS: Final[tuple[Count, ...]] = get_args(Count.__value__)
ALL: Final = "*"
"""The key of the column, and the row, that stands for all of them."""
NOT_RECORDED: Final = ""
"""The key of the column for whom nothing is recorded."""


_OWN: Final = frozenset({"role", "site", "mode"})
"""What every study can record as a text; free text that it records itself divides nothing."""
_FEW_NUMBERS: Final = 5
"""More different numbers than these are divided at the middle one of them."""


class UnknownDivisionError(QcodeError):
    """Nothing of that name divides a study."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(f"“{name}” does not divide this study. Use one of: {', '.join(known)}.")


class OneLevelError(QcodeError):
    """What is to divide a study says the same of all."""

    def __init__(self, name: str, level: str) -> None:
        super().__init__(
            f"“{name}” says “{level}” of everybody, so there is nothing to set side by side. Choose what differs."
            if level
            else f"Nothing is recorded as “{name}” yet. Record it in the Transcripts room, or choose something else."
        )


class NothingToCountError(QcodeError):
    """There is no theme, or no code, to count."""

    def __init__(self, rows: Rows) -> None:
        super().__init__(
            "There are no themes yet. Make some in the Themes room, or count codes."
            if rows == "themes"
            else "The codebook is empty. Add codes, then count."
        )


@dataclass(frozen=True, slots=True)
class RowHeading:
    """A code or theme; `path` holds the names from the root down, `codes` are what is counted in its row."""

    key: str
    name: str
    path: tuple[str, ...]
    colour: int | None
    codes: frozenset[str]

    @property
    def depth(self) -> int:
        """How many stand above it."""
        return len(self.path) - 1


@dataclass(frozen=True, slots=True)
class ColumnHeading:
    """A document, group or level, with how many participants, turns, words or passages there are in it: `of`."""

    key: str
    name: str
    of: int


@dataclass(frozen=True)
class Crosstab:
    """A table of counts: `cells` by row and column; the last column, with key `ALL`, has all texts together.

    `below` is the row under the table: what is counted in any of its rows, which is not the sum where passages
    overlap. `people` has for each column who is counted there, if participants are. `note` says what the numbers are,
    `said` what was counted at all.
    """

    count: Count
    rows_are: Rows
    by: str
    rows: tuple[RowHeading, ...]
    columns: tuple[ColumnHeading, ...]
    cells: tuple[tuple[Cell, ...], ...]
    below: tuple[Cell, ...]
    note: str
    said: str
    people: Mapping[str, frozenset[str]] = field(default_factory=dict, repr=False)

    def cell(self, row: str, column: str) -> Cell:
        """The cell of a row and a column, by their keys."""
        at = next(number for number, one in enumerate(self.columns) if one.key == column)
        if row == ALL:
            return self.below[at]
        return self.cells[next(number for number, one in enumerate(self.rows) if one.key == row)][at]

    def share(self, cell: Cell) -> float | None:
        """A count as a share of its column, from 0 to 1; None of nothing."""
        of = next(one.of for one in self.columns if one.key == cell.column)
        return cell.count / of if of else None


def divisions(corpus: Corpus) -> tuple[str, ...]:
    """What a table can be divided by: "document", "group", and the names of what is recorded."""
    named = [one.name for one in corpus.attributes if len(one.levels) > 1 and (one.kind != "text" or one.key in _OWN)]
    return ("document", "group", *dict.fromkeys(named))


def crosstab(corpus: Corpus, by: str = "document", *, rows: Rows = "codes", count: Count = "participants") -> Crosstab:
    """Codes or themes by document, by group, or by something recorded about participants or documents.

    A category counts with the codes below it, a theme with the themes below it. A participant's group is the one that
    is recorded, or else the document's.

    Raises:
        UnknownDivisionError: `by` is nothing of the study.
        OneLevelError: it says the same of all.
        NothingToCountError: there are no rows.
    """
    division = _division(corpus, by)
    headings = tuple(_rows(corpus, rows))
    if not headings:
        raise NothingToCountError(rows)
    counting = _Counting(corpus, division, headings, count)
    columns = counting.columns()
    return Crosstab(
        count,
        rows,
        division.name,
        headings,
        columns,
        tuple(tuple(counting.cell(row.key, column.key) for column in columns) for row in headings),
        tuple(counting.cell(ALL, column.key) for column in columns),
        _note(count, rows, counting),
        corpus.said,
        {key: frozenset(one) for key, one in counting.people.items()},
    )


# Rows and columns --------------------------------------------------------------------------------------------------


def _rows(corpus: Corpus, rows: Rows) -> Iterator[RowHeading]:
    if rows == "themes":
        for theme in corpus.themes:
            yield RowHeading(theme.id, theme.name, theme.path, None, frozenset(theme.codes))
        return
    used = {mark.code for mark in corpus.all_marks()}
    for code in corpus.codes:
        meant = corpus.meant(code.id)
        if code.status in ("active", "proposed") or meant & used:
            yield RowHeading(code.id, code.name, code.path, code.colour, meant)


@dataclass(frozen=True, slots=True)
class _Division:
    """What divides a table into columns: its name, the keys and names of the columns, and where a turn belongs.

    A turn belongs to None where the division says nothing of it: nobody recorded speaks in it.
    """

    name: str
    columns: tuple[tuple[str, str], ...]
    column: Callable[[Text, Turn], str | None]
    of_documents: bool = False


def _division(corpus: Corpus, by: str) -> _Division:
    wanted = by.strip().casefold()
    if wanted == "document":
        named = tuple((one.document, one.name) for one in corpus.texts)
        return _Division("document", named, lambda text, _turn: text.document, of_documents=True)
    if wanted == "group":
        return _by_group(corpus)
    for one in corpus.attributes:
        if by == one.key or wanted == one.name.casefold():
            return _by_attribute(corpus, one)
    raise UnknownDivisionError(by, divisions(corpus))


def _by_group(corpus: Corpus) -> _Division:
    groups = {one.id: one.group for one in corpus.people}

    def group(text: Text, turn: Turn) -> str:
        return groups.get(turn.participant, "") or text.group if turn.participant else text.group

    return _levels(corpus, "group", sorted({*groups.values(), *(one.group for one in corpus.texts)}), group)


def _by_attribute(corpus: Corpus, recorded: Recorded) -> _Division:
    key, (levels, banded) = recorded.key, _bands(recorded)
    if recorded.subject == "document":
        return _levels(corpus, recorded.name, levels, lambda text, _turn: banded(text.attributes.get(key, "")))
    typed = {one.id: banded(one.attributes.get(key, "")) for one in corpus.people}
    return _levels(corpus, recorded.name, levels, lambda _text, turn: typed.get(turn.participant))


def _bands(recorded: Recorded) -> tuple[Sequence[str], Callable[[str], str]]:
    """The columns of an attribute: its levels, years of dates, and many numbers divided at their median."""
    if recorded.kind == "date":
        return tuple(dict.fromkeys(map(_year, recorded.levels))), _year
    numbers = {level: float(level) for level in recorded.levels if _is_number(level)}
    if recorded.kind != "number" or len(numbers) <= _FEW_NUMBERS:
        return recorded.levels, str
    middle = sorted(numbers.values())[(len(numbers) - 1) // 2]
    low, high = f"up to {shown_number(middle)}", f"over {shown_number(middle)}"
    bands = {level: low if number <= middle else high for level, number in numbers.items()}
    rest = [level for level in recorded.levels if level not in numbers]
    return (low, high, *rest), lambda text: bands.get(text, text)


def _year(date: str) -> str:
    return date[:4] if date[:4].isdecimal() else date


def _is_number(text: str) -> bool:
    try:
        return isfinite(float(text))
    except ValueError:
        return False


def _levels(corpus: Corpus, name: str, levels: Iterable[str], column: Callable[[Text, Turn], str | None]) -> _Division:
    """The levels that are said of somebody who is heard, in order, those of whom none is recorded last."""
    heard = {column(text, turn) for text in corpus.texts for turn in text.turns if turn.counted} - {None}
    named = [(level, level) for level in levels if level in heard and level != NOT_RECORDED]
    if len(heard) < 2:
        raise OneLevelError(name, named[0][1] if named else "")
    rest = [(NOT_RECORDED, "Not recorded")] if NOT_RECORDED in heard else []
    return _Division(name, (*named, *rest), column)


# Counting ----------------------------------------------------------------------------------------------------------


class _Counting:
    """Goes once over the passages and counts them under each row and column."""

    def __init__(self, corpus: Corpus, division: _Division, rows: Sequence[RowHeading], count: Count) -> None:
        self._corpus, self._division, self._count = corpus, division, count
        self._rows_of = defaultdict[str, list[str]](list)
        for row in rows:
            for code in row.codes:
                self._rows_of[code].append(row.key)
        self._marks = defaultdict[tuple[str, str], list[Mark]](list)
        self._things = defaultdict[tuple[str, str], set[object]](set)
        self._words = defaultdict[tuple[str, str], int](int)
        self.people = defaultdict[str, set[str]](set)
        self.unheard = 0
        self._of = self._denominators()
        self._gather()

    def columns(self) -> tuple[ColumnHeading, ...]:
        """The columns with what there is in them, and the one of all."""
        named = (*self._division.columns, (ALL, "All"))
        return tuple(ColumnHeading(key, name, self._of.get(key, 0)) for key, name in named)

    def cell(self, row: str, column: str) -> Cell:
        """One cell."""
        key = row, column
        marks = tuple(self._marks.get(key, ()))
        counts = {"passages": len(marks), "words": self._words.get(key, 0)}
        return Cell(row, column, counts.get(self._count, len(self._things.get(key, ()))), marks)

    def _denominators(self) -> dict[str, int]:
        """How many participants, turns or words there are in each column; passages are counted as they come."""
        turns, words = defaultdict[str, int](int), defaultdict[str, int](int)
        for text in self._corpus.texts:
            for turn in text.turns:
                if not turn.counted:
                    continue
                column = self._division.column(text, turn)
                self.unheard += column is None
                for key in (ALL,) if column is None else (column, ALL):
                    turns[key] += 1
                    words[key] += turn.words
                    if turn.participant:
                        self.people[key].add(turn.participant)
        if self._count == "participants":
            return {key: len(one) for key, one in self.people.items()}
        return dict(turns if self._count == "turns" else words if self._count == "words" else {})

    def _gather(self) -> None:
        reach: dict[tuple[str, str], int] = {}
        for piece in self._corpus.pieces:
            if rows := self._rows_of.get(piece.mark.code):
                self._add(piece, (*rows, ALL), reach)
        if self._count == "passages":
            self._add_unheard()
            self._of = {column: len(marks) for (row, column), marks in self._marks.items() if row == ALL}

    def _add(self, piece: Piece, rows: Iterable[str], reach: dict[tuple[str, str], int]) -> None:
        """One piece under its rows; of words that several codes of a row lie on each counts once."""
        column, who = self._division.column(piece.text, piece.turn), piece.turn.participant
        if self._count == "participants" and not who:
            return
        columns = (ALL,) if column is None else (column, ALL)
        thing = who if self._count == "participants" else (piece.text.document, piece.number)
        words = 0
        for row in rows:
            if self._count == "words":
                words = self._new_words(piece, row, reach)
            for one in columns:
                key = row, one
                marks = self._marks[key]
                if not marks or marks[-1] is not piece.mark:
                    marks.append(piece.mark)
                self._words[key] += words
                self._things[key].add(thing)

    def _new_words(self, piece: Piece, row: str, reach: dict[tuple[str, str], int]) -> int:
        """How many words of a piece no earlier passage of the row has."""
        place = row, piece.text.document
        first = max(piece.start, reach.get(place, 0))
        if first >= piece.end:
            return 0
        reach[place] = piece.end
        return piece.text.words_in(first, piece.end)

    def _add_unheard(self) -> None:
        """Passages in which nobody is heard who is counted, such as questions: they stand in their documents."""
        counted = {id(piece.mark) for piece in self._corpus.pieces}
        for text in self._corpus.texts:
            columns = (text.document, ALL) if self._division.of_documents else (ALL,)
            for mark in self._corpus.marks[text.document]:
                if id(mark) not in counted and mark.code in self._rows_of:
                    for row in (*self._rows_of[mark.code], ALL):
                        for one in columns:
                            self._marks[row, one].append(mark)


# What is said ------------------------------------------------------------------------------------------------------

_WHAT: Final[Mapping[Count, str]] = {
    "participants": "Numbers are participants who speak in a passage of the {row}, each once, of all participants who "
    "speak in the column. Interviewers are not counted.",
    "turns": "Numbers are turns that a passage of the {row} touches, of all turns in the column; where nobody speaks, "
    "paragraphs. Interviewers' turns are not counted.",
    "words": "Numbers are words in passages of the {row}, each once, of all words in the column. Interviewers' words "
    "are not counted.",
    "passages": "Numbers are passages of the {row}, of all passages in the column. A passage stands in each column "
    "that somebody who speaks in it belongs to.",
}


def _note(count: Count, rows: Rows, counting: _Counting) -> str:
    said = [_WHAT[count].format(row="code" if rows == "codes" else "theme")]
    if rows == "themes":
        said.append("A theme counts with the themes below it.")
    if counting.unheard and count != "participants":
        turns = "1 turn" if counting.unheard == 1 else f"{counting.unheard} turns"
        said.append(f"{turns} of nobody who is recorded count under All only.")
    return " ".join(said)
