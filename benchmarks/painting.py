"""The real Code room in a window that nobody sees, and waiting until it is painted."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import override

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from benchmarks.measuring import Moment, Taken
from benchmarks.studies import SEED
from benchmarks.talk import interview
from qcode.errors import QcodeError
from qcode.ids import DocumentId
from qcode.operations.documents import Incoming, import_document
from qcode.queries.transcripts.documents import documents
from qcode.study import Study
from qcode.ui import theme
from qcode.ui.bridge import StudyBridge
from qcode.ui.code import CodeRoom
from qcode.ui.collecting import Collector
from qcode.ui.text.stripes import StripeMargin

_SIZE = 1280, 800
_PATIENCE = 20.0


class NotPaintedError(QcodeError):
    """Nothing was painted although something should have been."""

    def __init__(self) -> None:
        super().__init__(f"The transcript was not painted within {_PATIENCE:.0f} seconds.")


@dataclass(frozen=True, slots=True)
class Painted:
    """What a deed took until the text was painted with its highlights and stripes, and until all beside it was."""

    text: Taken
    room: Taken


class Paints(QObject):
    """Takes the time when frames of a window are painted in which the text and its stripes were."""

    def __init__(self, room: CodeRoom) -> None:
        super().__init__(room)
        self._window = room.window()
        self._parts = (room.view.viewport(), *room.view.findChildren(StripeMargin))
        self._painted: set[QObject] = set()
        self._started = self._done = Moment.now()
        for part in (self._window, *self._parts):
            part.installEventFilter(self)

    @override
    def eventFilter(self, seen: QObject, event: QEvent) -> bool:
        """Note what is painted, and the time when a frame is done that holds both text and stripes."""
        if event.type() == QEvent.Type.Paint and seen in self._parts:
            self._painted.add(seen)
        if event.type() == QEvent.Type.UpdateRequest and seen is self._window:
            self._window.event(event)
            self._look()
            return True
        return False

    def _look(self) -> None:
        """Note the time if all parts are painted for the first time; a window that grows is painted without asking."""
        if len(self._painted) == len(self._parts) and self._done is self._started:
            self._done = Moment.now()

    def of(self, deed: Callable[[], object]) -> Painted:
        """Do something that changes what is seen, with all painted before, and wait until all is painted again."""
        for _ in range(3):
            QApplication.processEvents()
        gc.collect()
        self._painted.clear()
        started = self._started = self._done = Moment.now()
        deed()
        deadline = time.monotonic() + _PATIENCE
        while self._done is started:
            if time.monotonic() > deadline:
                raise NotPaintedError
            QApplication.processEvents()
            self._look()
        for _ in range(2):
            QApplication.processEvents()
        return Painted(self._done.since(started), Moment.now().since(started))


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
    """The room with everyone's codings, the study's first document open and a short one beside it.

    Garbage is collected as in the application: what was loaded is left alone, and nothing is collected within a deed.
    """
    application = QApplication.instance() or QApplication([])
    theme.choose("light")
    short = import_document(study, Incoming("Short", interview(SEED, 60)))
    bridge = StudyBridge(study)
    room = CodeRoom(bridge)
    gc.freeze()
    Collector(room)
    room.resize(*_SIZE)
    room.show()
    shown = Shown(study, room, Paints(room), documents(study)[0].id, short)
    room.open_document(shown.long)
    room.show_whose("everyone")
    QApplication.processEvents()
    try:
        yield shown
    finally:
        bridge.close()
        room.close()
        room.deleteLater()
        application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.unfreeze()
