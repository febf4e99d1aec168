"""One door for every report to every format, chosen by the ending of the file name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qcode.files import extension, write_file
from qcode.reports.formats import EXTENSIONS, file_bytes
from qcode.reports.table_pages import need_width, refuse_too_large, tables_blocks
from qcode.reports.table_values import TableReport, TablesReport
from qcode.reports.theme_sheets import codebook_sheet, quotes_sheet, table_sheet, themes_sheets
from qcode.reports.themes import codebook_blocks, quotes_blocks, themes_blocks
from qcode.reports.values import CodebookReport, QuotesReport, StudyFacts, ThemesReport
from qcode.reports.word import text_width

if TYPE_CHECKING:
    from pathlib import Path

    from qcode.reports.house_template import Template

__all__ = ["EXTENSIONS", "Report", "file_bytes", "report_bytes", "write_report"]

type Report = ThemesReport | QuotesReport | CodebookReport | TableReport | TablesReport


def write_report(
    report: Report, path: Path, *, facts: StudyFacts | None = None, template: Template | None = None
) -> None:
    """Write a report as a Word document, a workbook, a web page, Markdown or CSV; `facts` go with a lone table.

    A CSV file holds the first table, of a themes report its quotes. Only Word documents have a use for a template.

    Raises:
        UnknownExtensionError: for any other ending.
        TableTooLargeForWordError, TableTooLargeForSheetError: if a table does not fit the format.
        QcodeError: if the file cannot be written; an older file then stands.
    """
    ending = extension(path, EXTENSIONS)
    write_file(path, report_bytes(report, ending, facts=facts, template=template))


def report_bytes(
    report: Report, ending: str, *, facts: StudyFacts | None = None, template: Template | None = None
) -> bytes:
    """The bytes of a report in the format of an ending, one of ``EXTENSIONS``."""
    match report:
        case ThemesReport():
            blocks, sheets = themes_blocks(report), themes_sheets(report)
        case QuotesReport():
            blocks, sheets = (
                quotes_blocks(report),
                iter((quotes_sheet(report.sections, report.note),)),
            )
        case CodebookReport():
            blocks, sheets = codebook_blocks(report), iter((codebook_sheet(report.rows),))
        case TablesReport():
            return _tables(report, ending, template)
        case TableReport():
            return _tables(TablesReport(facts or StudyFacts(""), (report,)), ending, template)
    return file_bytes(ending, report.facts, blocks, sheets, template=template)


def _tables(report: TablesReport, ending: str, template: Template | None) -> bytes:
    sheets = map(table_sheet, report.tables)
    if ending != ".docx":
        return file_bytes(ending, report.facts, tables_blocks(report), sheets)
    for table in report.tables:
        refuse_too_large(table.title, len(table.rows), len(table.headings))
    turned = need_width(report.tables) > text_width(template=template)
    blocks = tables_blocks(report, width=text_width(on_its_side=turned, template=template))
    return file_bytes(ending, report.facts, blocks, sheets, on_its_side=turned, template=template)
