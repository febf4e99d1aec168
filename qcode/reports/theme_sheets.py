"""A themes report, quotes and a codebook as the sheets of a workbook; the first is what a CSV file holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from qcode.reports.table_values import Printed
from qcode.reports.tables import AGREEMENT_COLUMNS, QUOTE_COLUMNS, agreement_lines, negative_rows, quote_rows
from qcode.reports.values import outline
from qcode.reports.workbooks import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qcode.reports.table_values import TableReport, TableValue
    from qcode.reports.values import CodebookRow, ParticipantRow, ThemeSection, ThemesReport

THEME_COLUMNS: Final = (
    "number", "theme", "above", "title in vivo", "central concept", "codes", "quotes", "dissenting",
    "negative cases",
)  # fmt: skip
CODEBOOK_COLUMNS: Final = (
    "code", "path", "kind", "status", "brief", "full", "when_to_use", "when_not_to_use", "typical_example", "near_miss",
)  # fmt: skip


def themes_sheets(report: ThemesReport) -> Iterator[Sheet]:
    """The quotes first, since they are what is worked with, then the themes and what else the report holds."""
    counted = tuple(report.facts.counted.splitlines())
    if report.with_quotes:
        yield quotes_sheet(report.sections)
        if any(theme.negative for _depth, _place, theme in outline(report.sections)):
            yield Sheet("Negative cases", QUOTE_COLUMNS[:-1], (row[:-1] for row in negative_rows(report.sections)))
    if report.with_overview:
        yield Sheet("Themes", THEME_COLUMNS, _theme_rows(report.sections), counted)
    if report.participants:
        rows = [
            (Printed(row.label, depth=row.indented, strong=not row.value), row.value) for row in report.participants
        ]
        yield Sheet("Participants", ("characteristic", "participants"), rows)
    if report.agreement:
        yield Sheet("Agreement", AGREEMENT_COLUMNS, agreement_lines(report.agreement))
    if report.codebook:
        yield codebook_sheet(report.codebook)


def quotes_sheet(sections: tuple[ThemeSection, ...], note: str = "") -> Sheet:
    """One row a quote, theme by theme."""
    return Sheet("Quotes", QUOTE_COLUMNS, quote_rows(sections), (note,) if note else ())


def codebook_sheet(rows: tuple[CodebookRow, ...]) -> Sheet:
    """One row a code with the six fields of its definition."""
    return Sheet("Codebook", CODEBOOK_COLUMNS, [_code(row) for row in rows])


def table_sheet(table: TableReport) -> Sheet:
    """A neutral table with its title and notes below it."""
    return Sheet(table.sheet or table.title, table.headings, table.rows, table.notes)


def _theme_rows(sections: tuple[ThemeSection, ...]) -> Iterator[tuple[TableValue, ...]]:
    for depth, place, theme in outline(sections):
        above = place.removesuffix(theme.name).removesuffix(" > ")
        yield (
            theme.number,
            Printed(theme.name, depth=depth, strong=not depth),
            above,
            "yes" if theme.in_vivo else "",
            theme.concept,
            "; ".join(theme.codes),
            len(theme.quotes),
            len(theme.dissenting),
            len(theme.negative),
        )


def _characteristic(row: ParticipantRow) -> tuple[TableValue, ...]:
    return Printed(row.label, depth=row.indented, strong=not row.value), row.value


def _code(row: CodebookRow) -> tuple[TableValue, ...]:
    fields = (row.brief, row.full, row.when_to_use, row.when_not_to_use, row.typical_example, row.near_miss)
    return (row.path[-1], " > ".join(row.path), row.kind, row.status, *fields)
