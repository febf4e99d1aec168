"""Study files that are dragged over the window: copies of the study that is open are collected, another is opened."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData

if TYPE_CHECKING:
    from qcode.ui.window import MainWindow

_ONE = "Drop one study at a time to open it."


def study_files(data: QMimeData) -> list[Path]:
    """The study files that are dragged; none if anything else is among them."""
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()] if data.hasUrls() else []
    return files if all(file.suffix.lower() == ".qcode" for file in files) else []


def take_studies(window: MainWindow, paths: Sequence[Path]) -> None:
    """Do what dropped study files ask for; several beside an open study are looked at, also those of other studies."""
    from qcode.queries.collecting.collected import is_copy_of

    view = window.view
    if view is not None and (len(paths) > 1 or is_copy_of(view.bridge.study, paths[0])):
        view.collect(paths)
    elif len(paths) == 1:
        window.open_study(paths[0])
    else:
        window.tell_refusal(_ONE)
