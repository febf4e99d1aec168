"""Tables that count codes or themes by document, by group or by what is recorded: of whom, how many, out of how many.

What is counted is said: participants who speak in a passage, their turns, their words, or passages.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from math import isfinite
from typing import TYPE_CHECKING, Final, Literal, get_args

from qcode.analysis.corpus import Cell, Mark
from qcode.errors import QcodeError
from qcode.text.typed import shown_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from qcode.analysis.corpus import Corpus, Recorded, Text, Turn
    from qcode.analysis.grid import Numbers

    type Flags = NDArray[np.bool_]

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
    counting = _Counting(corpus, division, count)
    cells = [counting.row(row.key, row.codes) for row in headings]
    below = counting.row(ALL, frozenset[str]().union(*(row.codes for row in headings)))
    named = [*division.columns, (ALL, "All")]
    columns = [ColumnHeading(key, name, of) for (key, name), of in zip(named, counting.of(below), strict=True)]
    shown = [place for place, one in enumerate(columns) if one.of or one.key != NOT_RECORDED]
    return Crosstab(
        count,
        rows,
        division.name,
        headings,
        tuple(columns[place] for place in shown),
        tuple(tuple(row[place] for place in shown) for row in cells),
        tuple(below[place] for place in shown),
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
    """Counts row by row; `people` has who is heard in each column, `unheard` how many turns are in none."""

    def __init__(self, corpus: Corpus, division: _Division, count: Count) -> None:
        import numpy as np

        self._np, self._corpus, self._grid, self._count = np, corpus, corpus.grid, count
        column = {key: place for place, (key, _name) in enumerate(division.columns)} | {None: -1}
        turns = [(column.get(division.column(text, turn), -1), turn) for text, turn in corpus.grid.turns]
        self._column = np.array([place for place, _turn in turns], np.int64)
        self._keys = [key for key, _name in division.columns]
        self._documents = column if division.of_documents else None
        self.unheard = sum(place < 0 for place, _turn in turns)
        self.people: dict[str, set[str]] = {key: set() for key in (*self._keys, ALL)}
        for place, turn in turns:
            if turn.participant:
                self.people[ALL].add(turn.participant)
                if place >= 0:
                    self.people[self._keys[place]].add(turn.participant)
        self._words = np.array([turn.words for _place, turn in turns], np.int64)

    def row(self, key: str, codes: Iterable[str]) -> tuple[Cell, ...]:
        """The cells of some codes, that of all texts last."""
        grid, np = self._grid, self._np
        wanted = np.zeros(len(self._corpus.codes), bool)
        wanted[[self._corpus.rank[code] for code in codes]] = True
        taken = np.flatnonzero(wanted[grid.code])
        if self._count == "participants":
            taken = taken[grid.who[taken] >= 0]
        marks = self._marks(taken, wanted)
        counts = [len(one) for one in marks] if self._count == "passages" else self._counts(taken)
        keys = (*self._keys, ALL)
        return tuple(Cell(key, *one) for one in zip(keys, counts, marks, strict=True))

    def of(self, below: Sequence[Cell]) -> list[int]:
        """What there is in each column: participants, turns or words, or the passages of any row."""
        if self._count == "passages":
            return [cell.count for cell in below]
        if self._count == "participants":
            return [len(one) for one in self.people.values()]
        weights = self._words if self._count == "words" else self._np.ones_like(self._words)
        return self._sums(self._column, weights)

    def _counts(self, taken: Numbers) -> list[int]:
        """How many participants, turns or words there are in these pieces, by column and together."""
        grid, np = self._grid, self._np
        if self._count == "turns":
            turns = np.unique(grid.turn[taken])
            return self._sums(self._column[turns], np.ones_like(turns))
        if self._count == "words":
            return self._sums(self._column[grid.turn[taken]], self._new_words(taken))
        column, who = self._column[grid.turn[taken]], grid.who[taken]
        pairs = np.unique(column * len(grid.people) + who) // max(1, len(grid.people))
        return [*self._sums(pairs, np.ones_like(pairs))[:-1], len(np.unique(who))]

    def _sums(self, column: Numbers, weights: Numbers) -> list[int]:
        np, inside = self._np, column >= 0
        sums = np.zeros(len(self._keys), np.int64)
        np.add.at(sums, column[inside], weights[inside])
        return [*sums.tolist(), int(weights.sum())]

    def _new_words(self, taken: Numbers) -> Numbers:
        """How many words each of these pieces has that no earlier one has: each word counts once."""
        np, grid = self._np, self._grid
        order = np.argsort(grid.first[taken], kind="stable")
        first, last = grid.first[taken][order], grid.last[taken][order]
        reach = np.concatenate(([0], np.maximum.accumulate(last)[:-1])) if len(last) else last
        new: Numbers = np.empty_like(first)
        new[order] = np.maximum(0, last - np.maximum(first, reach))
        return new

    def _marks(self, taken: Numbers, wanted: Flags) -> list[tuple[Mark, ...]]:
        """The marks of these pieces by column, and all together; passages nobody is heard in, if these count."""
        np, grid = self._np, self._grid
        many = max(1, len(grid.marks))
        column, mark = self._column[grid.turn[taken]], grid.mark[taken]
        every = [mark]
        pairs = [(column * many + mark)[column >= 0]]
        if self._count == "passages":
            silent = [one for one in grid.silent.tolist() if wanted[self._corpus.rank[grid.marks[one].code]]]
            every.append(np.array(silent, np.int64))
            if self._documents is not None:
                at = [self._documents[grid.marks[one].document] * many + one for one in silent]
                pairs.append(np.array(at, np.int64))
        found = np.unique(np.concatenate(pairs))
        edges = np.searchsorted(found, np.arange(len(self._keys) + 1) * many).tolist()
        numbers = (found % many).tolist()
        apart = [numbers[start:end] for start, end in pairwise(edges)]
        together = np.unique(np.concatenate(every)).tolist()
        return [tuple([grid.marks[one] for one in own]) for own in (*apart, together)]


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
