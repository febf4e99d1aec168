"""The panes of the window that F6 goes through, and where the focus was in each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QSplitter, QWidget
from shiboken6 import isValid


def panes_of(area: QWidget) -> list[QWidget]:
    """The visible parts that splitters divide an area into; the area itself if nothing divides it."""
    splitter = _outermost_splitter(area)
    if splitter is None:
        return [area]
    parts = [splitter.widget(number) for number in range(splitter.count())]
    return [pane for part in parts if part is not None and part.isVisible() for pane in panes_of(part)]


def first_in(pane: QWidget) -> QWidget | None:
    """Where to begin in a pane: where it says itself, else at its first text or list, else where Tab begins."""
    own = pane
    while (nearer := own.focusProxy()) is not None:
        own = nearer
    if _takes_focus(own):
        return own
    inside = list(_tab_order(pane))
    return next((widget for widget in inside if isinstance(widget, QAbstractScrollArea)), inside[0] if inside else None)


class FocusMemory:
    """Remembers which widget of each pane had the focus last."""

    def __init__(self) -> None:
        self._last: list[QWidget] = []
        self._passing = False

    def take(self, widget: QWidget | None) -> None:
        """Note that a widget has the focus now."""
        if widget is None or self._passing:
            return
        self._last = [widget, *(known for known in self._last if isValid(known) and known is not widget)][:50]

    @contextmanager
    def passing(self) -> Iterator[None]:
        """Note nothing meanwhile: the focus only passes through."""
        self._passing = True
        try:
            yield
        finally:
            self._passing = False

    def enter(self, pane: QWidget) -> bool:
        """Give the focus to the widget of a pane that had it last, or to its first; says whether one took it."""
        kept = [known for known in self._last if isValid(known) and (known is pane or pane.isAncestorOf(known))]
        chosen = next((known for known in kept if _takes_focus(known)), None) or first_in(pane)
        if chosen is not None:
            chosen.setFocus(Qt.FocusReason.TabFocusReason)
        return chosen is not None

    def step(self, panes: Sequence[QWidget], by: int) -> None:
        """Go to the next pane that takes the focus, or with -1 to the one before."""
        now = QApplication.focusWidget()
        places = [number for number, pane in enumerate(panes) if now and (pane is now or pane.isAncestorOf(now))]
        at = places[-1] if places else (-1 if by > 0 else 0)
        for _pane in panes:
            at = (at + by) % len(panes)
            if self.enter(panes[at]):
                return


def _outermost_splitter(area: QWidget) -> QSplitter | None:
    if isinstance(area, QSplitter):
        return area
    level = [area]
    while level:
        children = [child for parent in level for child in parent.children() if isinstance(child, QWidget)]
        shown = [child for child in children if child.isVisible() and not child.isWindow()]
        found = [child for child in shown if isinstance(child, QSplitter)]
        if found:
            return found[0]
        level = shown
    return None


def _tab_order(pane: QWidget) -> Iterator[QWidget]:
    widget = pane.nextInFocusChain()
    while widget is not None and widget is not pane:
        if pane.isAncestorOf(widget) and _takes_focus(widget):
            yield widget
        widget = widget.nextInFocusChain()


def _takes_focus(widget: QWidget) -> bool:
    policy = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(policy) and widget.isVisible() and widget.isEnabled()
