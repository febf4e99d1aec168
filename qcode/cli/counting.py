"""`qcode crosstab` and `qcode cooccurrence`: codes and themes counted, always with what is counted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from qcode.cli import showing
from qcode.cli.arguments import AsJson, StudyFile
from qcode.cli.refusals import refusing
from qcode.study import Study

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qcode.analysis.association import Association, Associations
    from qcode.analysis.cooccurrence import Cooccurrence
    from qcode.analysis.corpus import Cell
    from qcode.analysis.crosstab import Crosstab
    from qcode.queries.reports.counted import Small
    from qcode.reports.table_values import TableReport

Output = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="FILE", help="Write it too: .csv, .xlsx, .docx, .html or .md."),
]
_MOST_SHOWN = 25
_WIDEST = 5_000


@refusing
def crosstab(
    study: StudyFile,
    by: Annotated[str, typer.Option(metavar="document|group|ATTRIBUTE", help="What divides the columns.")] = "document",
    rows: Annotated[Literal["codes", "themes"], typer.Option(help="What stands in the rows.")] = "codes",
    count: Annotated[
        Literal["participants", "turns", "words", "passages"], typer.Option(help="What the numbers are.")
    ] = "participants",
    *,
    test: Annotated[
        bool, typer.Option("--test", help="Test each row, too: chi-square or Fisher, of participants only.")
    ] = False,
    hide_small: Annotated[
        bool,
        typer.Option("--hide-small", help="Show no count of fewer than k participants, nor what gives one away."),
    ] = False,
    as_json: AsJson = False,
    output: Output = None,
) -> None:
    """Count codes or themes by document, group or attribute: the consensus, or each stretch of the coders once."""
    from qcode.analysis.crosstab import crosstab as counted
    from qcode.queries.counting.corpus import corpus
    from qcode.queries.reports.counted import crosstab_report, facts_of, small_in, tests_of
    from qcode.queries.team import study_card
    from qcode.queries.themes.outline import theme_titles
    from qcode.reports.outputs import write_report

    with Study.open(study) as opened:
        table = counted(corpus(opened), by, rows=rows, count=count)
        tests = tests_of(opened, table) if test else None
        small = small_in(table, study_card(opened).k, hide=hide_small)
        titles = theme_titles(opened) if rows == "themes" else None
        report, facts = crosstab_report(table, tests, small=small, titles=titles), facts_of(opened)
    if output is not None:
        write_report(report, output, facts=facts)
    if as_json:
        showing.show_json(crosstab_json(table, tests, small))
        return
    show_table(report)
    if output is not None:
        showing.say(f"Written: {output}")


@refusing
def cooccurrence(
    study: StudyFile,
    by: Annotated[
        Literal["overlap", "turn", "document"], typer.Option(help="On the same words, in the same turn or document.")
    ] = "overlap",
    least: Annotated[int, typer.Option(min=1, metavar="N", help="Only pairs that stand together so often.")] = 1,
    *,
    as_json: AsJson = False,
    output: Output = None,
) -> None:
    """Show which codes stand together, the most frequent pairs first."""
    from qcode.analysis.cooccurrence import cooccurrence as counted
    from qcode.queries.counting.corpus import corpus
    from qcode.queries.reports.counted import cooccurrence_reports, facts_of
    from qcode.reports.outputs import write_report
    from qcode.reports.table_values import TablesReport

    with Study.open(study) as opened:
        found = counted(corpus(opened), by)
        reports, facts = cooccurrence_reports(found, least=least), facts_of(opened)
    if output is not None:
        write_report(TablesReport(facts, reports), output)
    if as_json:
        showing.show_json(cooccurrence_json(found, least))
        return
    show_table(reports[0], most=_MOST_SHOWN)
    if output is not None:
        showing.say(f"Written: {output}")


def crosstab_json(table: Crosstab, tests: Associations | None, small: Small) -> dict[str, Any]:
    """A table of counts as other programs read it; cells are in the order of the columns, shares from 0 to 1.

    Of cells that are hidden all is null.
    """
    tested = {one.key: one for one in tests.rows if not small.hides(one.key)} if tests is not None else {}
    return {
        "by": table.by,
        "rows_are": table.rows_are,
        "count": table.count,
        "columns": [{"key": one.key, "name": one.name, "of": one.of} for one in table.columns],
        "rows": [
            {
                "key": row.key,
                "path": list(row.path),
                "cells": _cells(table, cells, small),
                **({"test": _test_json(tested.get(row.key))} if tests is not None else {}),
            }
            for row, cells in zip(table.rows, table.cells, strict=True)
        ],
        "any_row": _cells(table, table.below, small),
        "notes": [table.note, *(tests.notes if tests is not None else ())],
        "counted": table.said,
    }


def _cells(table: Crosstab, cells: Iterable[Cell], small: Small) -> list[dict[str, Any]]:
    return [
        dict.fromkeys(("count", "share", "passages"))
        if small.hides(one.row, one.column)
        else {"count": one.count, "share": table.share(one), "passages": len(one.passages)}
        for one in cells
    ]


def _test_json(row: Association | None) -> dict[str, Any] | None:
    """The test of one row, null where there is none; what is infinite is null there as what is undefined."""
    if row is None or row.p is None or row.chi_square is None:
        return None
    effects = {"cramers_v": row.v, "odds_ratio": row.odds}
    return {
        "test": row.test,
        "p": row.p,
        "p_adjusted": row.adjusted,
        "chi_square": row.chi_square.statistic,
        "df": row.chi_square.df,
        "p_chi_square": row.chi_square.p,
        "p_fisher": row.fisher,
        "smallest_expected": row.chi_square.expected,
        **{
            name: None if one.value is None else [_finite(one.value), _finite(one.low), _finite(one.high)]
            for name, one in effects.items()
        },
    }


def _finite(value: float | None) -> float | None:
    return None if value is None or value == float("inf") else value


def cooccurrence_json(found: Cooccurrence, least: int) -> dict[str, Any]:
    """The pairs and the whole table as other programs read it; counts are in the order of the codes."""
    names = {one.id: list(one.path) for one in found.codes}
    return {
        "by": found.by,
        "codes": [{"path": list(one.path), "key": one.id} for one in found.codes],
        "pairs": [
            {"codes": [names[one.first], names[one.second]], "count": one.count, "jaccard": one.jaccard}
            for one in found.pairs(least=least)
        ],
        "counts": found.counts.tolist(),
        "note": found.note,
        "counted": found.said,
    }


def show_table(report: TableReport, *, most: int | None = None) -> None:
    """A report's table on the terminal, with its notes below; of a long one the first rows."""
    if report.rows:
        _show_rows(report, most)
    else:
        showing.say(f"{report.title}: there is nothing to show.")
    for note in report.notes:
        showing.say(note)


def _show_rows(report: TableReport, most: int | None) -> None:
    shown = Table(title=escape(report.title), box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), title_justify="left")
    for place, heading in enumerate(report.headings):
        side: Literal["left", "right"] = "right" if place in report.numbers else "left"
        shown.add_column(escape(heading), justify=side, no_wrap=True)
    for row in report.rows[:most]:
        cells = ["–" if cell is None else str(cell) for cell in row]
        depth = getattr(row[0], "depth", 0)
        shown.add_row(f"{'  ' * depth}{escape(cells[0])}", *map(escape, cells[1:]))
    # Where the terminal is narrower its lines break, but no figure is cut.
    Console(width=max(Console().width, Console(width=_WIDEST).measure(shown).maximum)).print(shown)
    if most is not None and len(report.rows) > most:
        showing.say(f"… and {len(report.rows) - most:,} more: write them with -o, or ask for --json.")
