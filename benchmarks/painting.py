"""The real Code room in a window that nobody sees, and waiting until it is painted."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import override

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from benchmarks.studies import SEED
from benchmarks.talk import interview
from qcode.errors import QcodeError
from qcode.ids import DocumentId
from qcode.operations.documents import Incoming, import_document
from qcode.queries.documents import documents
from qcode.study import Study
from qcode.ui import theme
from qcode.ui.bridge import StudyBridge
from qcode.ui.code import CodeRoom

_SIZE = 1280, 800
_PATIENCE = 20.0


class NotPaintedError(QcodeError):
    """Nothing was painted although something should have been."""

    def __init__(self) -> None:
        super().__init__(f"The transcript was not painted within {_PATIENCE:.0f} seconds.")


class Paints(QObject):
    """Counts how often a transcript is painted."""

    def __init__(self, room: CodeRoom) -> None:
        super().__init__(room)
        self._count = self._seen = 0
        room.view.viewport().installEventFilter(self)

    @override
    def eventFilter(self, _seen: QObject, event: QEvent) -> bool:
        """Look at paints only."""
        self._count += event.type() == QEvent.Type.Paint
        return False

    def forget(self) -> None:
        """Let everything be painted that still waits for it; only later paints count."""
        QApplication.processEvents()
        self._seen = self._count

    def wait(self) -> None:
        """Go on until the transcript was painted."""
        deadline = time.monotonic() + _PATIENCE
        while self._count == self._seen:
            if time.monotonic() > deadline:
                raise NotPaintedError
            QApplication.processEvents()


@dataclass(frozen=True, slots=True)
class Shown:
    """The Code room on a study whose long document can be opened again after its short one."""

    study: Study
    room: CodeRoom
    paints: Paints
    long: DocumentId
    short: DocumentId


@contextmanager
def code_room(study: Study) -> Iterator[Shown]:
    """The room with everyone's codings, the study's first document open and a short one beside it."""
    application = QApplication.instance() or QApplication([])
    theme.choose("light")
    short = import_document(study, Incoming("Short", interview(SEED, 60)))
    bridge = StudyBridge(study)
    room = CodeRoom(bridge)
    room.resize(*_SIZE)
    room.show()
    shown = Shown(study, room, Paints(room), documents(study)[0].id, short)
    room.open_document(shown.long)
    room.show_whose("everyone")
    shown.paints.forget()
    try:
        yield shown
    finally:
        bridge.close()
        room.close()
        room.deleteLater()
        application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
