"""What is dragged from one part of the Themes room to another."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QDropEvent

type Load = Literal["codes", "passage", "quote", "theme"]

_LOADS: tuple[Load, ...] = ("codes", "passage", "quote", "theme")
_PREFIX = "application/x-qcode-"


def pack(load: Load, parts: Iterable[str]) -> QMimeData:
    """A load with its ids, for this program only."""
    data = QMimeData()
    data.setData(_PREFIX + load, "\n".join(parts).encode())
    return data


def unpack(data: QMimeData) -> tuple[Load, list[str]] | None:
    """What was packed, or None for a load from elsewhere."""
    for load in _LOADS:
        if data.hasFormat(_PREFIX + load):
            return load, bytes(data.data(_PREFIX + load).data()).decode().split("\n")
    return None


def welcome(event: QDropEvent) -> None:
    """Let what is dragged over a view be dropped if it was packed here."""
    if unpack(event.mimeData()) is None:
        event.ignore()
    else:
        event.acceptProposedAction()
