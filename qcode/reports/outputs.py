"""One door to every format a report can be written in, chosen by the ending of the file name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from qcode.files import extension, write_file
from qcode.reports.markdown import markdown
from qcode.reports.table_pages import page_width, refuse_too_large, tables_blocks
from qcode.reports.table_values import TableReport, TablesReport, bare
from qcode.reports.tables import csv_bytes
from qcode.reports.theme_sheets import codebook_sheet, quotes_sheet, table_sheet, themes_sheets
from qcode.reports.themes import codebook_blocks, quotes_blocks, themes_blocks
from qcode.reports.values import CodebookReport, QuotesReport, StudyFacts, ThemesReport
from qcode.reports.web_page import web_page
from qcode.reports.word import document_of
from qcode.reports.word_styles import LANDSCAPE_WIDTH, TEXT_WIDTH
from qcode.reports.workbooks import workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from qcode.reports.blocks import Block
    from qcode.reports.workbooks import Sheet

EXTENSIONS: Final = (".docx", ".xlsx", ".html", ".md", ".csv")

type Report = ThemesReport | QuotesReport | CodebookReport | TableReport | TablesReport


def write_report(report: Report, path: Path, *, facts: StudyFacts | None = None) -> None:
    """Write a report as a Word document, a workbook, a web page, Markdown or CSV; `facts` go with a lone table.

    A CSV file holds the first table, of a themes report its quotes.

    Raises:
        UnknownExtensionError: for any other ending.
        TableTooLargeForWordError, TableTooLargeForSheetError: if a table does not fit the format.
        QcodeError: if the file cannot be written; an older file then stands.
    """
    ending = extension(path, EXTENSIONS)
    write_file(path, report_bytes(report, ending, facts=facts))


def report_bytes(report: Report, ending: str, *, facts: StudyFacts | None = None) -> bytes:
    """The bytes of a report in the format of an ending, one of ``EXTENSIONS``."""
    match report:
        case ThemesReport():
            return file_bytes(ending, report.facts, themes_blocks(report), lambda: themes_sheets(report))
        case QuotesReport():
            sheets = (quotes_sheet(report.sections, report.note),)
            return file_bytes(ending, report.facts, quotes_blocks(report), lambda: sheets)
        case CodebookReport():
            return file_bytes(ending, report.facts, codebook_blocks(report), lambda: (codebook_sheet(report.rows),))
        case TablesReport():
            return _tables(report, ending)
        case TableReport():
            return _tables(TablesReport(facts or StudyFacts(""), (report,)), ending)


def file_bytes(
    ending: str,
    facts: StudyFacts,
    blocks: Iterable[Block],
    sheets: Callable[[], Iterable[Sheet]],
    *,
    width: int = TEXT_WIDTH,
) -> bytes:
    """The bytes of a file that ends in one of ``EXTENSIONS``: pages from blocks, spreadsheets from sheets."""
    match ending:
        case ".docx":
            return document_of(facts, blocks, width=width)
        case ".html":
            return web_page(facts, blocks)
        case ".md":
            return markdown(blocks)
        case ".xlsx":
            return workbook(facts.title, sheets())
        case _:
            return _csv(next(iter(sheets()), None))


def _tables(report: TablesReport, ending: str) -> bytes:
    paged = ending == ".docx"
    if paged:
        for table in report.tables:
            refuse_too_large(table.title, len(table.rows), len(table.headings))
    width = page_width(report.tables) if paged else _UNBOUNDED
    blocks = tables_blocks(report, width=width)
    return file_bytes(ending, report.facts, blocks, lambda: map(table_sheet, report.tables), width=width)


def _csv(sheet: Sheet | None) -> bytes:
    if sheet is None:
        return csv_bytes((), ())
    return csv_bytes(sheet.headings, ([bare(cell) for cell in row] for row in sheet.rows), sheet.notes)


_UNBOUNDED: Final = 1_000 * LANDSCAPE_WIDTH
