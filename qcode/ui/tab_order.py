"""In which order Tab goes through parts of a window that are built when they are first needed.

Left to itself, Qt puts what comes later behind everything that is there already.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def chain(parts: Sequence[QWidget]) -> None:
    """Let Tab go through these parts of one window in their order, each as it is in itself."""
    stops = [stop for part in parts for stop in stops_of(part)]
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)


def stops_of(part: QWidget) -> list[QWidget]:
    """Where Tab stops in a part, itself included, whether it is seen now or not."""
    inside = [part, *_behind(part)]
    return [one for one in inside if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.focusProxy() is None]


def _behind(part: QWidget) -> Iterator[QWidget]:
    widget = part.nextInFocusChain()
    while widget is not None and widget is not part:
        if part.isAncestorOf(widget):
            yield widget
        widget = widget.nextInFocusChain()
