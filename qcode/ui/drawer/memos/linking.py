"""Asking what a memo is to be about, too, and what no longer."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from qcode.operations import memos as operations
from qcode.operations.memos import Target
from qcode.queries.memos import MemoRow
from qcode.ui.bridge import StudyBridge
from qcode.ui.drawer.chooser import Choice, Chooser
from qcode.ui.drawer.memos.targets import choices, link_name, target_of

_HINT = "Enter choose · Esc leave"


class MemoLinking(QObject):
    """Asks over the window, and writes what is chosen."""

    def __init__(self, bridge: StudyBridge, panel: QWidget) -> None:
        super().__init__(panel)
        self._bridge = bridge
        self._panel = panel
        self._chooser: Chooser | None = None

    # Methods

    def ask_link(self, row: MemoRow, near: list[Target]) -> None:
        """Ask what a memo is to be about, too: what lies near comes first."""
        listed = choices(self._bridge.study, near)
        self._open_chooser().ask(
            "Link the memo to", listed, lambda choice, _other: self._link(row, target_of(choice, near)), _HINT
        )

    def ask_unlink(self, row: MemoRow) -> None:
        """Ask what a memo is no longer to be about."""
        if not row.links:
            self._bridge.refused.emit("This memo is not linked to anything.")
            return
        listed = [Choice(link.id, link_name(link), link.kind) for link in row.links]
        self._open_chooser().ask(
            "Let the memo no longer be about", listed, lambda choice, _other: self._unlink(row, choice), _HINT
        )

    # Internal

    def _link(self, row: MemoRow, target: Target) -> None:
        self._bridge.attempt(lambda: operations.link_memo(self._bridge.study, row.id, about=[target]))

    def _unlink(self, row: MemoRow, choice: Choice) -> None:
        links = [link.id for link in row.links if link.id == choice.id]
        self._bridge.attempt(lambda: operations.unlink_memo(self._bridge.study, row.id, links=links))

    def _open_chooser(self) -> Chooser:
        if self._chooser is None:
            self._chooser = Chooser(self._panel.window())
        return self._chooser
