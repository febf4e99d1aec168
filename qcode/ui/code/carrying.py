"""What is dragged between text and codebook: ids and places, never words. Both are read back as values, or not at all.

A load may come from another window or another program, so everything in it is doubted.
"""

from __future__ import annotations

import json

from PySide6.QtCore import QMimeData

from qcode.ids import CodeId, DocumentId
from qcode.operations.passages import Passage
from qcode.ui.code.codebook.model import MIME

SELECTION = "application/x-qcode-selection"
_LONGEST = 1_000_000


def codes_in(data: QMimeData) -> list[CodeId]:
    """The codes that are carried from the codebook, each once; none in any other load."""
    if not data.hasFormat(MIME):
        return []
    words = _bytes(data, MIME).decode(errors="replace")
    return [CodeId(code) for code in dict.fromkeys(words.split("\n")) if code]


def selection_data(passage: Passage, revision: str) -> QMimeData:
    """A load that says where a selected passage is, and in which revision; its words stay in the program."""
    data = QMimeData()
    data.setData(SELECTION, json.dumps([passage.document, revision, passage.start, passage.end]).encode())
    return data


def selection_in(data: QMimeData) -> tuple[Passage, str] | None:
    """The passage that is carried, which may lie anywhere, and its revision; None in loads that say no such thing."""
    if not data.hasFormat(SELECTION):
        return None
    try:
        said = json.loads(_bytes(data, SELECTION))
    except (ValueError, RecursionError):
        return None
    match said:
        case [str() as document, str() as revision, int() as start, int() as end] if bool not in {
            type(start),
            type(end),
        }:
            return Passage(DocumentId(document), start, end), revision
    return None


def _bytes(data: QMimeData, form: str) -> bytes:
    found = bytes(data.data(form).data())
    return found if len(found) <= _LONGEST else b""
