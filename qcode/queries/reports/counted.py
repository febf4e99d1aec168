"""Counts of codes and themes as tables that a report can print, with what was counted under them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from qcode import __version__
from qcode.analysis.association import Association, Associations, Effect, associations
from qcode.analysis.cooccurrence import Cooccurrence
from qcode.analysis.corpus import Cell
from qcode.analysis.crosstab import ALL, Crosstab
from qcode.analysis.suppression import hidden_beside, hidden_cells
from qcode.errors import QcodeError
from qcode.queries.approach import tests_what_was_coded
from qcode.queries.reports.participants import rounded
from qcode.queries.reports.theme_sections import REPORT_LANGUAGE
from qcode.queries.team import study_card
from qcode.reports.participants import SMALL_MARK
from qcode.reports.table_values import HIDDEN_MARK, Printed, TableReport, TableValue
from qcode.reports.values import StudyFacts
from qcode.study import Study

_DASH = "–"
_PERCENT = 100


class NoTestsInThisApproachError(QcodeError):
    """Tests are asked for in a study whose approach has none."""

    def __init__(self, approach: str) -> None:
        super().__init__(
            f"This study's approach is {approach}: there, passages are read, and groups are not tested against each "
            "other. The table without tests is yours to have."
        )


def facts_of(study: Study, *, made_on: date | None = None) -> StudyFacts:
    """What stands on the first page of tables."""
    card = study_card(study)
    return StudyFacts(card.title, card.question, software_version=__version__, date=made_on, language=REPORT_LANGUAGE)


def tests_of(study: Study, table: Crosstab) -> Associations:
    """The tests of a table of participants.

    Raises NoTestsInThisApproachError, and what `associations` raises.
    """
    if not tests_what_was_coded(approach := study_card(study).approach):
        raise NoTestsInThisApproachError(approach)
    return associations(table)


@dataclass(frozen=True, slots=True)
class Small:
    """What is done about counts of fewer than k participants in a table, since they may tell who somebody is.

    They are marked; or `hidden`, by the keys of row and column, with all that would give them away.
    """

    k: int = 0
    hidden: frozenset[tuple[str, str]] | None = None

    @property
    def said(self) -> str:
        """What the mark means."""
        if self.hidden is None:
            return (
                f"{SMALL_MARK} Fewer than {self.k} participants: join columns or leave the figure out before printing."
            )
        return (
            f"{HIDDEN_MARK} Not shown: fewer than {self.k} participants, or a figure from which such a one could be "
            "computed. Rows of which a figure is not shown have no test."
        )

    def hides(self, row: str, column: str | None = None) -> bool:
        """Whether a cell is hidden, or any in a row."""
        places = self.hidden or ()
        return any(place[0] == row for place in places) if column is None else (row, column) in places

    def told(self, cell: Cell, words: str) -> str:
        """The words of a cell with their mark, or the mark in their place."""
        if self.hides(cell.row, cell.column):
            return HIDDEN_MARK
        return f"{words}{SMALL_MARK}" if self.hidden is None and 0 < cell.count < self.k else words

    def marks(self, table: Crosstab) -> bool:
        """Whether any cell of a table has a mark."""
        cells = (cell for row in (*table.cells, table.below) for cell in row)
        return any(self.told(cell, "") for cell in cells)


def small_in(table: Crosstab, k: int, *, hide: bool = False) -> Small:
    """What is done about small counts: they are marked where participants are counted by anything but documents.

    Raises NotHiddenInSuchCountsError where they are to be hidden in another table.
    """
    if hide:
        return Small(k, hidden_cells(table, k))
    return Small(k if table.count == "participants" and table.by != "document" else 0)


def small_beside(tables: Sequence[Crosstab], k: int) -> tuple[Small, ...]:
    """What is hidden in each of several tables that are read beside each other; marked where that cannot be."""
    try:
        return tuple(Small(k, cells) for cells in hidden_beside(tables, k)) if tables else ()
    except QcodeError:
        return tuple(small_in(table, k) for table in tables)


def crosstab_report(
    table: Crosstab,
    tests: Associations | None = None,
    *,
    k: int = 0,
    small: Small | None = None,
    titles: Mapping[str, str] | None = None,
) -> TableReport:
    """A table of counts as it is printed, with its tests if they are given.

    Counts of fewer than `k` participants are marked, or what `small` says is done about them. `titles` are what rows
    are called in print, by their keys; without them, their names.
    """
    known = titles or {}
    small = small or small_in(table, k)
    what = "Codes" if table.rows_are == "codes" else "Themes"
    by_key = {one.key: one for one in tests.rows if not small.hides(one.key)} if tests is not None else {}
    blank: tuple[TableValue, ...] = ("",) * len(_tested(None)) if tests is not None else ()
    rows: list[tuple[TableValue, ...]] = [
        (
            Printed(known.get(row.key, row.name), depth=row.depth, strong=row.heading),
            *(printed_count(table, cell, small) for cell in cells),
            *(_tested(by_key[row.key]) if row.key in by_key else blank),
        )
        for row, cells in zip(table.rows, table.cells, strict=True)
    ]
    last: tuple[TableValue, ...] = (
        Printed("Any of them", strong=True),
        *(printed_count(table, cell, small) for cell in table.below),
        *blank,
    )
    headings = [what[:-1], *(f"{one.name} ({one.of:,})" for one in table.columns)]
    headings += ["Test", "p", "p (Holm)", "Effect (95 %)"] if tests is not None else []
    notes = [table.note, table.said, *(tests.notes if tests is not None else ())]
    if small.marks(table):
        notes.append(small.said)
    title = f"{what} by {table.by}: {table.count}"
    sheet = f"{what} by {table.by}"[:31]
    widths = (22, *[15] * len(table.columns), 13 if _with_chi_square(tests) else 9, 9, 10, 23) if tests else ()
    return TableReport(title, "\n".join(notes), tuple(headings), (*rows, last), widths, sheet=sheet)


def _with_chi_square(tests: Associations) -> bool:
    return any(row.test == "chi-square" for row in tests.rows)


def printed_count(table: Crosstab, cell: Cell, small: Small) -> Printed:
    """A count with its share of the column, which single documents do not need; a small one is marked or hidden."""
    share = table.share(cell)
    bare = table.by == "document" and cell.column != ALL
    percent = "" if share is None or bare else f" ({rounded(_PERCENT * share, 0)} %)"
    value = None if small.hides(cell.row, cell.column) else cell.count
    return Printed(small.told(cell, f"{cell.count:,}{percent}"), value, strong=cell.row == ALL)


def _tested(row: Association | None) -> tuple[TableValue, ...]:
    if row is None or row.p is None:
        return _DASH, None, None, _DASH
    test: str = row.test
    if row.test == "chi-square" and row.chi_square is not None:
        test = f"χ²({row.chi_square.df}) = {rounded(row.chi_square.statistic, 2)}"
    shown = printed_effect("OR", row.odds) if row.odds.value is not None else printed_effect("V", row.v)
    return test, printed_p(row.p), printed_p(row.adjusted), shown


def printed_p(value: float | None) -> Printed | None:
    """A p value as papers print it."""
    if value is None:
        return None
    return Printed("< .001" if value < 0.001 else rounded(value, 3).removeprefix("0"), value)


def printed_effect(name: str, effect: Effect) -> str:
    """An effect with its interval."""
    if effect.value is None:
        return _DASH
    value, low, high = (
        "∞" if one == float("inf") else rounded(one, 2) for one in (effect.value, effect.low or 0.0, effect.high or 0.0)
    )
    return f"{name} {value} [{low}, {high}]"


# Codes that stand together -----------------------------------------------------------------------------------------

_WAYS = {"overlap": "on the same words", "turn": "in the same turn", "document": "in the same document"}


def cooccurrence_reports(found: Cooccurrence, *, least: int = 1) -> tuple[TableReport, TableReport]:
    """The pairs of codes that stand together at least so often, and the table of all codes by all codes."""
    title = f"Codes {_WAYS[found.by]}"
    note = f"{found.note}\n{found.said}"
    names = {one.id: one.name for one in found.codes}
    pairs = tuple(
        (names[one.first], names[one.second], one.count, Printed(rounded(one.jaccard, 2), round(one.jaccard, 6)))
        for one in found.pairs(least=least)
    )
    listed = TableReport(f"{title}: pairs", note, ("Code", "With code", "Together", "Jaccard"), pairs, sheet="Pairs")
    counts = found.counts.tolist()
    lines = tuple((one.name, *_line(counts[place], place)) for place, one in enumerate(found.codes))
    headings = ("Code", *(one.name for one in found.codes))
    own = "On the diagonal stands how often each code is there itself."
    return listed, TableReport(title, f"{own}\n{note}", headings, lines, sheet="Codes by codes")


def _line(counts: Sequence[int], place: int) -> Iterator[TableValue]:
    for at, count in enumerate(counts):
        yield Printed(str(count), count, strong=True) if at == place else count
