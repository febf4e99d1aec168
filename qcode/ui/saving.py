"""Asking where a file is to be saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

type AskPath = Callable[[QWidget, str, Path, str], Path | None]


def ask_path(parent: QWidget, title: str, suggested: Path, kind: str) -> Path | None:
    """The path a person chooses, with the suggested one's ending if they typed none; None if they thought better of it.

    `kind` names the files and their ending as Qt wants it, such as "CSV files (*.csv)".
    """
    chosen, _kind = QFileDialog.getSaveFileName(parent, title, str(suggested), kind)
    return with_ending(Path(chosen), suggested.suffix) if chosen else None


def with_ending(path: Path, ending: str) -> Path:
    """The path, with this ending if it has none."""
    return path if path.suffix else path.with_name(path.name + ending)
