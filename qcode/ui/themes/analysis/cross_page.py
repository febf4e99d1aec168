"""Codes by document, codes by what is recorded, and themes by group: one kind of page with other choices."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import ClassVar, cast

from PySide6.QtWidgets import QCheckBox

from qcode.analysis.association import load
from qcode.analysis.corpus import Cell, Corpus
from qcode.analysis.crosstab import ALL, COUNTS, Count, Crosstab, Rows, crosstab, divisions
from qcode.errors import QcodeError
from qcode.queries.approach import tests_what_was_coded
from qcode.queries.reports.counted import Small, crosstab_report, small_in, tests_of
from qcode.queries.reports.participants import rounded
from qcode.queries.team import study_card
from qcode.queries.themes.outline import theme_titles
from qcode.reports.plot_values import Bars, Heat, Key, Number, Plot
from qcode.reports.table_values import TableReport
from qcode.study import Study
from qcode.ui import work
from qcode.ui.themes.analysis.answers import Answer, Heading, Line, items, number, worded
from qcode.ui.themes.analysis.group_tests import NO_TESTS, Tests, columns_of
from qcode.ui.themes.analysis.kept_corpus import CorpusReader
from qcode.ui.themes.analysis.page import AnalysisPage, Deed
from qcode.ui.themes.behind import Behind, behind_passages

_PLOTS = [("cells", "Cells"), ("shares", "Cells, in percent"), ("bars", "Bars, in percent")]
_MOST_BARS = 8
_HEADINGS = "Categories stand in bold: they are no sum of the codes below them, since each passage counts once."


class CrossPage(AnalysisPage):
    """Counts codes or themes under the columns of a division. It begins as its kind of table says."""

    rows: ClassVar[Rows] = "codes"
    by: ClassVar[str] = "document"
    by_choice: ClassVar[bool] = False
    first_count: ClassVar[Count] = "passages"
    _is_loading: ClassVar[bool] = False

    # What AnalysisPage asks for

    def make_controls(self) -> None:
        """What divides, what is counted, how it is drawn."""
        if self.by_choice:
            self.division = self.choice("Divided by", [(self.by, self.by.capitalize())])
        self.counts = self.choice("Counted", [(key, key.capitalize()) for key in COUNTS])
        self.counts.setCurrentIndex(COUNTS.index(self.first_count))
        self.drawn = self.choice("Drawn as", _PLOTS)
        self.empty_rows = QCheckBox(f"{self.rows.capitalize()} without passages")
        self.empty_rows.toggled.connect(self.ask)
        self.add_control(self.empty_rows)
        self.tests = QCheckBox("Tests")
        self.tests.setToolTip("Whether groups of participants differ; only where participants are counted")
        self.tests.toggled.connect(self._on_tests)
        self.tests_held = self.add_control(self.tests)
        self.hide_small = QCheckBox("Hide small counts")
        self.hide_small.setToolTip("Counts of fewer than k participants, and what would give them away; for printing")
        self.hide_small.toggled.connect(self.ask)
        self.add_control(self.hide_small).setVisible(self.by_choice)

    def offer(self) -> None:
        """Offer what divides the study, as far as it is known, and tests where its approach has them."""
        self.tests_held.setVisible(self.by_choice and tests_what_was_coded(study_card(self.bridge.study).approach))
        if self.by_choice and self.kept.last is not None:
            self._offer_divisions(self.kept.last)

    def question(self) -> Deed:
        """Count under these choices."""
        by = self.division.currentData() if self.by_choice else self.by
        count = cast("Count", self.counts.currentData())
        return partial(
            _answer,
            title=self.title,
            by=by,
            rows=self.rows,
            count=count,
            drawn=self.drawn.currentData(),
            empty=self.empty_rows.isChecked(),
            tested=self.tests.isChecked() and not self.tests_held.isHidden(),
            hide=self.hide_small.isChecked(),
        )

    def answered(self, _answer: Answer) -> None:
        """Offer what divides the study now that it is known, and load what tests before somebody asks for it."""
        self.offer()
        if not self.tests_held.isHidden() and not CrossPage._is_loading:
            CrossPage._is_loading = True
            work.run(self, lambda _progress: load(), done=lambda _none: None, refused=self.bridge.refused.emit)

    # Private slots

    def _on_tests(self) -> None:
        """Ask with tests, which stand in the table: where there is room for one alone, it is the table."""
        self._worked_in = "table"
        self.ask()

    # Internal

    def _offer_divisions(self, found: Corpus) -> None:
        chosen = self.division.currentData()
        named = [name for name in divisions(found) if name != "document"]
        if named != [self.division.itemData(place) for place in range(self.division.count())]:
            self.division.clear()
            for name in named:
                self.division.addItem(name.capitalize() if name == "group" else name, name)
            self.division.setCurrentIndex(max(self.division.findData(chosen), 0))


class CodesByDocument(CrossPage):
    """How often each code stands in each document."""

    key = "documents"
    title = "Codes by document"


class CodesByAttribute(CrossPage):
    """How many of each group, or of each level of what is recorded, a code is heard from."""

    key = "attributes"
    title = "Codes by attribute"
    by = "group"
    by_choice = True
    first_count = "participants"


class ThemesByGroup(CrossPage):
    """How many of each group a theme is heard from."""

    key = "groups"
    title = "Themes by group"
    rows = "themes"
    by = "group"
    by_choice = True
    first_count = "participants"


def _answer(
    reader: CorpusReader,
    *,
    title: str,
    by: str,
    rows: Rows,
    count: Count,
    drawn: str,
    empty: bool,
    tested: bool,
    hide: bool,
) -> Answer:
    table = _titled(crosstab(reader.read(), by, rows=rows, count=count), reader.study)
    cells = {(cell.row, cell.column): cell for row in (*table.cells, table.below) for cell in row}
    small, unhidden = _small(table, study_card(reader.study).k, hide=hide)
    more, notes = _tests(reader, table, small) if tested else (NO_TESTS, ())
    lines = [
        Line(
            row.key,
            row.name,
            (*(_number(table, cell, small) for cell in found), *more.cells(row.key)),
            tuple((cell.row, cell.column) for cell in found),
            row.depth,
            row.colour,
            " > ".join(row.path),
            row.heading,
        )
        for row, found in zip(table.rows, table.cells, strict=True)
        if empty or found[-1].passages
    ]
    under = tuple(_number(table, cell, small) for cell in table.below)
    keys = tuple((ALL, column.key) for column in table.columns)
    shown = {ALL, *(line.id for line in lines)}
    lines.append(Line(ALL, "Any of them", (*under, *more.cells(ALL)), keys, strong=True))
    heads = tuple(Heading(_head(table, place), _about(table, place)) for place in range(len(table.columns)))
    return Answer(
        table.said,
        "Theme" if rows == "themes" else "Code",
        (*heads, *more.headings),
        tuple(lines),
        _plot(table, lines, drawn, title, small),
        partial(_behind, table, cells),
        title if by in ("document", "group") else f"{rows.capitalize()} by {table.by}",
        " ".join((table.note, *([_HEADINGS] if any(line.strong for line in lines[:-1]) else []), *unhidden, *notes)),
        report=_report(table, more, shown, small),
        marks=small.said if small.marks(table) else "",
    )


def _titled(table: Crosstab, study: Study) -> Crosstab:
    """The table with themes called as they are printed."""
    titles = theme_titles(study) if table.rows_are == "themes" else {}
    return replace(table, rows=tuple(replace(row, name=titles.get(row.key, row.name)) for row in table.rows))


def _small(table: Crosstab, k: int, *, hide: bool) -> tuple[Small, tuple[str, ...]]:
    """What is done about small counts, and the sentence that says why they are not hidden."""
    try:
        return small_in(table, k, hide=hide), ()
    except QcodeError as error:
        return small_in(table, k), (str(error),)


def _report(table: Crosstab, tests: Tests, shown: set[str], small: Small) -> TableReport:
    """The table as commands print it, with the rows that are shown."""
    whole = crosstab_report(table, tests.found, small=small)
    keys = [*(row.key for row in table.rows), ALL]
    return replace(whole, rows=tuple(row for key, row in zip(keys, whole.rows, strict=True) if key in shown))


def _tests(reader: CorpusReader, table: Crosstab, small: Small) -> tuple[Tests, tuple[str, ...]]:
    """The tests of a table, or none and the sentence that says why."""
    try:
        found = columns_of(tests_of(reader.study, table))
    except QcodeError as error:
        return NO_TESTS, (str(error),)
    return found.without(key for key in found.rows or () if small.hides(key)), found.notes


def _head(table: Crosstab, place: int) -> str:
    column = table.columns[place]
    return f"{column.name} ({column.of:,})" if table.count == "participants" else column.name


def _about(table: Crosstab, place: int) -> str:
    column = table.columns[place]
    return f"{column.name}: {column.of:,} {table.count} in all"


def _number(table: Crosstab, cell: Cell, small: Small) -> Number:
    share = table.share(cell)
    if small.hides(cell.row, cell.column):
        return worded(small.told(cell, ""))
    if not cell.count or share is None or table.count == "passages":
        return number(cell.count)
    return number(cell.count, small.told(cell, f"{cell.count:,} ({rounded(100 * share, 0)} %)"))


def _plot(table: Crosstab, lines: list[Line], drawn: str, title: str, small: Small) -> Plot | None:
    shown = [line for line in lines if not line.strong]
    columns = table.columns[:-1]
    if not shown or not columns:
        return None
    heads = items((column.key, column.name, None) for column in columns)
    rows = items((line.id, line.name, line.colour) for line in shown)
    kept = {line.id for line in shown}
    found = [table.cells[place] for place, row in enumerate(table.rows) if row.key in kept]
    if drawn == "cells":
        counts = tuple(tuple(_count(cell, small) for cell in cells[:-1]) for cells in found)
        return Heat(title, rows, heads, counts, table.count)
    shares = tuple(tuple(_share(table, cell, small) for cell in cells[:-1]) for cells in found)
    unit = f"percent of the {table.count} in the column"
    if drawn == "bars" and len(columns) <= _MOST_BARS:
        return Bars(title, rows, heads, shares, unit)
    return Heat(title, rows, heads, shares, unit)


def _count(cell: Cell, small: Small) -> Number:
    if small.hides(cell.row, cell.column):
        return worded(small.told(cell, ""))
    return number(cell.count, small.told(cell, f"{cell.count:,}") if cell.count else None)


def _share(table: Crosstab, cell: Cell, small: Small) -> Number:
    share = table.share(cell)
    if small.hides(cell.row, cell.column):
        return worded(small.told(cell, ""))
    if share is None:
        return Number(None, "–")
    return Number(100 * share, small.told(cell, f"{rounded(100 * share, 0)} %") if cell.count else "")


def _behind(table: Crosstab, cells: dict[tuple[str, str], Cell], key: Key) -> Behind | None:
    cell = cells.get((key[0], key[1] if len(key) > 1 else ALL))
    if cell is None:
        return None
    names = {row.key: row.name for row in table.rows} | {ALL: f"Any of the {table.rows_are}"}
    where = next(column.name for column in table.columns if column.key == cell.column)
    title = names[cell.row] if cell.column == ALL else f"{names[cell.row]}, {where}"
    return behind_passages(title, cell.passages)
