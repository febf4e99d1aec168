"""Asking where a file is to be saved."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

PAGES = "Word documents (*.docx);;Web pages (*.html);;Markdown (*.md)"
REPORTS = f"{PAGES};;Workbooks (*.xlsx);;CSV files (*.csv)"

type AskPath = Callable[[QWidget, str, Path, str], Path | None]


def ask_path(parent: QWidget, title: str, suggested: Path, kind: str) -> Path | None:
    """The path a person chooses, with the ending of the chosen kind if they typed none; None if they thought better.

    `kind` names the files and their ending as Qt wants it, such as "CSV files (*.csv)", several with ;; between.
    """
    chosen, which = QFileDialog.getSaveFileName(parent, title, str(suggested), kind)
    return with_ending(Path(chosen), ending_of(which) or suggested.suffix) if chosen else None


def ending_of(kind: str) -> str:
    """The one ending that a kind of files has, such as .csv; nothing where there are several."""
    found = re.findall(r"\*(\.\w+)", kind)
    return found[0] if len(found) == 1 else ""


def with_ending(path: Path, ending: str) -> Path:
    """The path, with this ending if it has none."""
    return path if path.suffix else path.with_name(path.name + ending)
