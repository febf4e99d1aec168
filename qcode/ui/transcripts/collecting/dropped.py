"""Study files that are dragged over the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData


def study_files(data: QMimeData) -> list[Path]:
    """The study files that are dragged; none if anything else is among them."""
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()] if data.hasUrls() else []
    return files if all(file.suffix.lower() == ".qcode" for file in files) else []
