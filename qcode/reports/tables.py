"""Tables as CSV files that a spreadsheet opens with accents, line breaks and no formulas."""

from __future__ import annotations

import codecs
import csv
import io
from typing import TYPE_CHECKING

from qcode.files import extension, write_file
from qcode.reports.values import outline, words_of
from qcode.text.cells import guarded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from qcode.reports.plan_values import PlannedFigure, PlanSection
    from qcode.reports.values import AgreementRow, AgreementSection, Lines, QuoteRow, ThemeSection

QUOTE_COLUMNS = (
    "theme", "quote", "attribution", "document", "speaker", "start", "end", "stance", "codes", "other_language", "note",
    "used_in",
)  # fmt: skip
AGREEMENT_COLUMNS = (
    "code", "alpha", "low", "high", "below_667", "below_800", "prevalence", "positive_agreement", "percent_agreement",
    "n", "documents", "status", "notes", "unit", "round",
)  # fmt: skip
PLANNED_COLUMNS = ("planned_threshold", "below_threshold", "reaches_threshold", "of_the_threshold")

type _Value = str | float | int | None


def write_quotes_csv(sections: tuple[ThemeSection, ...], path: Path) -> None:
    """Write one row a quote, theme by theme; a quote that spans turns has one line a speaker in its cell.

    ``theme`` is the theme's place in words (``Theme > Sub-theme``); start and end are half-open code points.

    Raises:
        UnknownExtensionError: unless the path ends in .csv.
        QcodeError: if the file cannot be written; an older file then stands.
    """
    extension(path, (".csv",))
    write_file(path, csv_bytes(QUOTE_COLUMNS, quote_rows(sections)))


def quote_rows(sections: tuple[ThemeSection, ...]) -> Iterator[tuple[_Value, ...]]:
    """One row a quote in the order of the themes, with a cell for each of ``QUOTE_COLUMNS``."""
    for _depth, place, theme in outline(sections):
        yield from (tuple(_quote_row(place, quote)) for quote in theme.quotes)


def negative_rows(sections: tuple[ThemeSection, ...]) -> Iterator[tuple[_Value, ...]]:
    """One row a negative case, with the same cells."""
    for _depth, place, theme in outline(sections):
        yield from (tuple(_quote_row(place, passage)) for passage in theme.negative)


def write_agreement_csv(section: AgreementSection, path: Path, plan: PlanSection | None = None) -> None:
    """Write one row a code, then one named “All codes” if there is an overall row; undefined figures are empty.

    With a plan, each planned code has the threshold with it, and a line of its own if it is not in the table.

    Raises:
        UnknownExtensionError: unless the path ends in .csv.
        QcodeError: if the file cannot be written; an older file then stands.
    """
    extension(path, (".csv",))
    rows, lines = _agreement_rows(section), agreement_lines(section)
    if plan is None:
        write_file(path, csv_bytes(AGREEMENT_COLUMNS, lines))
    else:
        write_file(path, csv_bytes((*AGREEMENT_COLUMNS, *PLANNED_COLUMNS), _with_plan(rows, lines, plan)))


def agreement_lines(section: AgreementSection) -> Iterator[tuple[_Value, ...]]:
    """One line a code and one for all codes, with a cell for each of ``AGREEMENT_COLUMNS``."""
    return (tuple(_agreement_row(row, section)) for row in _agreement_rows(section))


def _agreement_rows(section: AgreementSection) -> tuple[AgreementRow, ...]:
    return (*section.rows, section.overall) if section.overall else section.rows


def _with_plan(
    rows: Sequence[AgreementRow], lines: Iterable[Iterable[_Value]], plan: PlanSection
) -> Iterator[Iterable[_Value]]:
    planned = {row.code: row for row in plan.figures}
    for row, line in zip(rows, lines, strict=True):
        figure = planned.pop(row.code, None)
        yield (*line, *(_planned(figure, plan) if figure is not None else ("",) * len(PLANNED_COLUMNS)))
    for figure in planned.values():
        first = (" > ".join(figure.code), figure.alpha, figure.low, figure.high)
        yield (*first, *("",) * (len(AGREEMENT_COLUMNS) - len(first)), *_planned(figure, plan))


def _planned(figure: PlannedFigure, plan: PlanSection) -> tuple[_Value, ...]:
    holds = {True: "yes", False: "no", None: ""}[figure.holds]
    return plan.threshold, figure.below, holds, figure.note


def _quote_row(place: str, quote: QuoteRow) -> Iterator[_Value]:
    text = _said(quote.lines) or quote.text
    yield from (place, text, quote.attribution)
    yield from (quote.document, "; ".join(quote.speakers), quote.start, quote.end)
    yield from (quote.stance, "; ".join(quote.codes), _said(quote.beside), quote.note, "; ".join(quote.uses))


def _said(lines: Lines) -> str:
    """Lines of talk as one text, a line a turn."""
    return "\n".join(f"{speaker}: {words_of(line)}" if speaker else words_of(line) for speaker, line in lines)


def _agreement_row(row: AgreementRow, section: AgreementSection) -> Iterator[_Value]:
    yield " > ".join(row.code)
    yield from (row.alpha, row.low, row.high, row.below_667, row.below_800)
    yield from (row.prevalence, row.positive_agreement, row.percent_agreement, row.n, row.documents)
    yield from (row.status, "; ".join(row.notes), section.unit, section.round)


def csv_bytes(columns: Iterable[str], rows: Iterable[Iterable[_Value]], notes: Sequence[str] = ()) -> bytes:
    """The bytes of a CSV file: a row of headings, then rows whose texts run nothing in a spreadsheet.

    Notes stand below the table, after an empty line.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([_cell(heading) for heading in columns])
    writer.writerows([_cell(value) for value in row] for row in rows)
    if notes:
        writer.writerow(())
        writer.writerows([_cell(note)] for note in notes)
    return codecs.BOM_UTF8 + out.getvalue().encode("utf-8", "replace")


def _cell(value: _Value) -> str | float | int:
    """Text guarded against formulas; a number as it is, since a minus sign before digits runs nothing."""
    if value is None:
        return ""
    return guarded(value) if isinstance(value, str) else value
