"""Tables that count codes or themes by document, by group or by what is recorded: of whom, how many, out of how many.

What is counted is said: participants who speak in a passage, their turns, their words, or passages.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal, get_args

from qcode.analysis.corpus import Cell, Mark
from qcode.analysis.divisions import (
    NOT_RECORDED,
    Division,
    OneLevelError,
    UnknownDivisionError,
    division_of,
    divisions,
)
from qcode.errors import QcodeError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from qcode.analysis.corpus import Corpus
    from qcode.analysis.grid import Numbers

    type Flags = NDArray[np.bool_]

__all__ = [
    "ALL",
    "COUNTS",
    "NOT_RECORDED",
    "ColumnHeading",
    "Count",
    "Crosstab",
    "NothingToCountError",
    "OneLevelError",
    "RowHeading",
    "Rows",
    "UnknownDivisionError",
    "crosstab",
    "divisions",
]

type Count = Literal["participants", "turns", "words", "passages"]
type Rows = Literal["codes", "themes"]

COUNTS: Final[tuple[Count, ...]] = get_args(Count.__value__)
ALL: Final = "*"
"""The key of the column, and the row, that stands for all of them."""


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
    """A code or theme; `path` holds the names from the root down, `codes` are what is counted in its row.

    A `heading` is a category, whose row counts again what stands in the rows below it.
    """

    key: str
    name: str
    path: tuple[str, ...]
    colour: int | None
    codes: frozenset[str]
    heading: bool = False

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
        of = self._of[cell.column]
        return cell.count / of if of else None

    @cached_property
    def _of(self) -> Mapping[str, int]:
        return {one.key: one.of for one in self.columns}


def crosstab(corpus: Corpus, by: str = "document", *, rows: Rows = "codes", count: Count = "participants") -> Crosstab:
    """Codes or themes by document, by group, or by something recorded about participants or documents.

    A category counts with the codes below it, a theme with the themes below it. A participant's group is the one that
    is recorded, or else the document's.

    Raises:
        UnknownDivisionError: `by` is nothing of the study.
        OneLevelError: it says the same of all.
        NothingToCountError: there are no rows.
    """
    division = division_of(corpus, by)
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
        _note(count, rows, headings, counting),
        corpus.said,
        counting.people,
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
            yield RowHeading(code.id, code.name, code.path, code.colour, meant, code.kind == "category")


# Counting ----------------------------------------------------------------------------------------------------------


class _Counting:
    """Counts row by row; `people` has who is heard in each column, `unheard` how many turns are in none."""

    def __init__(self, corpus: Corpus, division: Division, count: Count) -> None:
        import numpy as np

        self._np, self._corpus, self._grid, self._count = np, corpus, corpus.grid, count
        self._keys = [key for key, _name in division.columns]
        self._documents = {key: place for place, key in enumerate(self._keys)} if division.of_documents else None
        self._column = self._columns(division)
        self.unheard = int((self._column < 0).sum())
        self.people = self._heard()

    def _columns(self, division: Division) -> Numbers:
        """The number of each turn's column, -1 where it is in none."""
        np, grid = self._np, self._grid
        places: dict[str | None, int] = {key: place for place, key in enumerate(self._keys)}
        many = len(grid.people) + 1
        pairs, back = np.unique(grid.text_of * many + grid.who_of + 1, return_inverse=True)
        voices = ((self._corpus.texts[pair // many], pair % many - 1) for pair in pairs.tolist())
        found = [division.column(text, grid.people[who] if who >= 0 else "") for text, who in voices]
        columns: Numbers = np.array([places.get(key, -1) for key in found], np.int64)[back]
        return columns

    def _heard(self) -> dict[str, frozenset[str]]:
        """Who speaks in each column, and in all texts."""
        grid, np = self._grid, self._np
        found = {}
        for place, key in enumerate((*self._keys, ALL)):
            inside = grid.who_of if key == ALL else grid.who_of[self._column == place]
            found[key] = frozenset(grid.people[who] for who in np.unique(inside).tolist() if who >= 0)
        return found

    def row(self, key: str, codes: Iterable[str]) -> tuple[Cell, ...]:
        """The cells of some codes, that of all texts last."""
        grid, np = self._grid, self._np
        wanted = np.zeros(len(self._corpus.codes), bool)
        wanted[[self._corpus.rank[code] for code in codes]] = True
        taken = np.flatnonzero(wanted[grid.code])
        if self._count == "participants":
            taken = taken[grid.who[taken] >= 0]
        marks = self._marks(taken, wanted)
        counts = (
            [len({mark[:3] for mark in one}) for one in marks] if self._count == "passages" else self._counts(taken)
        )
        keys = (*self._keys, ALL)
        return tuple(Cell(key, *one) for one in zip(keys, counts, marks, strict=True))

    def of(self, below: Sequence[Cell]) -> list[int]:
        """What there is in each column: participants, turns or words, or the passages of any row."""
        if self._count == "passages":
            return [cell.count for cell in below]
        if self._count == "participants":
            return [len(one) for one in self.people.values()]
        words = self._grid.words_of
        weights = words if self._count == "words" else self._np.ones_like(words)
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


def _stretches(marks: Iterable[Mark]) -> int:
    """How many stretches of a text these are: one under two codes of a row is one passage of it."""
    return len({mark[:3] for mark in marks})


# What is said ------------------------------------------------------------------------------------------------------


_WHAT: Final[Mapping[Count, str]] = {
    "participants": "Numbers are participants who speak in a passage of the {row}, each once, of all participants who "
    "speak in the column. Interviewers are not counted.",
    "turns": "Numbers are turns that a passage of the {row} touches, of all turns in the column; where nobody speaks, "
    "paragraphs. Interviewers’ turns are not counted.",
    "words": "Numbers are words in passages of the {row}, each once, of all words in the column. Interviewers’ words "
    "are not counted.",
    "passages": "Numbers are passages of the {row}, each once whichever of its codes it has, of all passages in the "
    "column. A passage stands in each column that somebody who speaks in it belongs to.",
}


def _note(count: Count, rows: Rows, headings: Sequence[RowHeading], counting: _Counting) -> str:
    said = [_WHAT[count].format(row="code" if rows == "codes" else "theme")]
    if rows == "themes":
        said.append("A theme counts with the themes below it.")
    elif any(row.heading for row in headings):
        said.append("A category counts with the codes below it.")
    if counting.unheard and count != "participants":
        turns = "1 turn" if counting.unheard == 1 else f"{counting.unheard} turns"
        said.append(f"{turns} of nobody who is recorded count under All only.")
    return " ".join(said)
