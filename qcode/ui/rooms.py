"""The six rooms in the order of the work; a room is loaded and built when it is first entered."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from qcode.ui.bridge import StudyBridge
    from qcode.ui.room import Room


@dataclass(frozen=True, slots=True)
class RoomEntry:
    """A room before it is built: its key, its name on the rail, and the class that makes it."""

    key: str
    title: str
    module: str
    name: str

    def build(self, bridge: StudyBridge, parent: QWidget) -> Room:
        """Load the room and make it, where it will be: Qt dresses all of a widget anew that is put elsewhere."""
        made: Room = getattr(import_module(self.module), self.name)(bridge, parent)
        return made


ROOMS = (
    RoomEntry("transcripts", "Transcripts", "qcode.ui.transcripts", "TranscriptsRoom"),
    RoomEntry("code", "Code", "qcode.ui.code", "CodeRoom"),
    RoomEntry("agree", "Agree", "qcode.ui.agree", "AgreeRoom"),
    RoomEntry("reconcile", "Reconcile", "qcode.ui.reconcile", "ReconcileRoom"),
    RoomEntry("themes", "Themes", "qcode.ui.themes", "ThemesRoom"),
    RoomEntry("report", "Report", "qcode.ui.report", "ReportRoom"),
)
