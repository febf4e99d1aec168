"""What the six rooms have in common."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from qcode.ids import DocumentId, QuestionId, ThemeId
from qcode.operations.memos import Target
from qcode.study import Place
from qcode.ui.bridge import StudyBridge
from qcode.ui.hits import Hits
from qcode.ui.kept_true import KeptTrue


class Room(KeptTrue):
    """One room of the window, which stays true also when another round is chosen."""

    requestRoom = Signal(str)
    requestPassages = Signal(str, object)
    requestPlace = Signal(object)
    requestTheme = Signal(str)
    requestQuestion = Signal(str)
    requestMemos = Signal(str, str, str)
    requestMemoOn = Signal(object, str)
    requestHandIn = Signal()
    requestAttribution = Signal()
    actionsChanged = Signal()

    key: ClassVar[str] = ""
    title: ClassVar[str] = ""
    chooses_round: ClassVar[bool] = False
    keys_beside: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Keys that belong to no action, such as letters, with what they do; F1 tells them too."""

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        bridge.roundChanged.connect(self.mark_stale)

    # Properties

    @property
    def document(self) -> DocumentId | None:
        """The document that lies open, where the room shows one."""
        return None

    # For rooms to write

    def room_actions(self) -> list[QAction]:
        """What can be done here, for the menu and the command palette; each has a text and, if any, a key."""
        return []

    def go_to(self, place: Place) -> None:
        """Show a place in the texts, where the room shows texts."""

    def show_theme(self, theme: ThemeId) -> None:
        """Show a theme, where the room shows themes."""

    def show_question(self, question: QuestionId) -> None:
        """Show all answers to a question of a guide, where the room shows answers."""

    def collect(self, paths: Iterable[Path] = ()) -> None:
        """Show what files would bring, where the room takes in work of colleagues."""

    def hand_out(self) -> None:
        """Offer to make files for coders, where the room does."""

    def show_proposals(self) -> None:
        """Show the codes that coders proposed, where the room decides about them."""

    def show_conflicts(self) -> None:
        """Show what waits to be settled, where the room does that."""

    def take_hits(self, hits: Hits) -> None:
        """Know where the hits of the search come from, where the room walks through them."""

    def walk_hits(self) -> None:
        """Walk through what was just found, where the room shows texts."""

    def things(self) -> Sequence[Target]:
        """What is at hand here, the nearest first: what a memo would be about."""
        return ()

    def build_all(self) -> None:
        """Build what waits to be needed, so that all that can be done here is known."""

    def update_theme(self) -> None:
        """Take the colours of the theme that was switched to."""
