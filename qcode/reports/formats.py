"""The formats of reports: the same blocks become pages, the same sheets become spreadsheets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from qcode.reports.markdown import markdown
from qcode.reports.table_values import bare
from qcode.reports.tables import csv_bytes
from qcode.reports.web_page import web_page
from qcode.reports.word import document_of
from qcode.reports.workbooks import workbook

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qcode.reports.blocks import Block
    from qcode.reports.house_template import Template
    from qcode.reports.values import StudyFacts
    from qcode.reports.workbooks import Sheet

PAGES: Final = (".docx", ".html", ".md")
SHEETS: Final = (".xlsx", ".csv")
EXTENSIONS: Final = (".docx", ".xlsx", ".html", ".md", ".csv")


def file_bytes(
    ending: str,
    facts: StudyFacts,
    blocks: Iterable[Block],
    sheets: Iterable[Sheet],
    *,
    on_its_side: bool = False,
    template: Template | None = None,
) -> bytes:
    """The bytes of a file that ends in one of ``EXTENSIONS``: pages from blocks, spreadsheets from sheets."""
    match ending:
        case ".docx":
            return document_of(facts, blocks, on_its_side=on_its_side, template=template)
        case ".html":
            return web_page(facts, blocks)
        case ".md":
            return markdown(blocks)
        case ".xlsx":
            return workbook(facts.title, sheets)
        case _:
            return _csv(next(iter(sheets), None))


def _csv(sheet: Sheet | None) -> bytes:
    if sheet is None:
        return csv_bytes((), ())
    return csv_bytes(sheet.headings, ([bare(cell) for cell in row] for row in sheet.rows), sheet.notes)
