"""One door to every format a themes report can be written in, chosen by the ending of the file name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qcode.files import extension
from qcode.reports.tables import write_quotes_csv
from qcode.reports.word import write_themes_docx

if TYPE_CHECKING:
    from pathlib import Path

    from qcode.reports.values import ThemesReport

EXTENSIONS = (".docx", ".csv")


def write_report(report: ThemesReport, path: Path) -> None:
    """Write the whole report as a Word document, or its quotes as CSV.

    Raises:
        UnknownExtensionError: for any other ending.
        QcodeError: if the file cannot be written; an older file then stands.
    """
    if extension(path, EXTENSIONS) == ".docx":
        write_themes_docx(report, path)
    else:
        write_quotes_csv(report.sections, path)
