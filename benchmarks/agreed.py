"""The real Agree room in a window that nobody sees, and how it follows an edit."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from benchmarks.measuring import Moment, Taken, Timing
from benchmarks.studies import current_round
from qcode.errors import QcodeError
from qcode.operations import assignments
from qcode.queries.transcripts.documents import documents
from qcode.study import Study
from qcode.ui import theme
from qcode.ui.agree import AgreeRoom
from qcode.ui.bridge import StudyBridge
from qcode.ui.collecting import Collector

_PATIENCE = 20.0


class NotShownError(QcodeError):
    """No figures were shown although some should have been."""

    def __init__(self) -> None:
        super().__init__(f"The figures were not shown within {_PATIENCE:.0f} seconds.")


@dataclass(frozen=True, slots=True)
class Followed:
    """From the commit until the figures are shown, and the longest piece of that for which the window was held."""

    until: Timing
    held: Timing


def followed(study: Study, runs: int) -> Followed:
    """The acting coder's last document is opened again and handed in again: each is an edit that the room follows."""
    commits: list[Moment] = []
    stop = study.subscribe(lambda _change: commits.append(Moment.now()))
    coder, chosen, last = study.coder, current_round(study), [documents(study)[-1].id]
    if coder is None:
        raise NotShownError
    edits = (
        partial(assignments.reopen, study, round_id=chosen, coder=coder, documents=last, reason="Measured."),
        partial(assignments.hand_in_round, study, round_id=chosen, documents=last),
    )
    try:
        with _agree_room(study) as room:
            _until_shown(room)
            taken = [_followed(room, edit, commits) for _ in range(runs + 1) for edit in edits][2:]
    finally:
        stop()
    return Followed(Timing.of(until for until, _held in taken), Timing.of(held for _until, held in taken))


@contextmanager
def _agree_room(study: Study) -> Iterator[AgreeRoom]:
    application = QApplication.instance() or QApplication([])
    theme.choose("light")
    bridge = StudyBridge(study)
    room = AgreeRoom(bridge)
    gc.freeze()
    Collector(room)
    room.resize(1280, 800)
    room.show()
    try:
        yield room
    finally:
        room.close()
        room.deleteLater()
        application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.unfreeze()


def _followed(room: AgreeRoom, edit: Callable[[], object], commits: list[Moment]) -> tuple[Taken, Taken]:
    """From the commit on: until all is shown, and the longest piece."""
    gc.collect()
    edit()
    begun = commits[-1]
    pieces = [Moment.now().since(begun), *_until_shown(room)]
    return Moment.now().since(begun), max(pieces, key=lambda piece: piece.wall)


def _until_shown(room: AgreeRoom) -> list[Taken]:
    """Let the window do what it has to; what each piece of it took."""
    pieces: list[Taken] = []
    deadline = time.monotonic() + _PATIENCE
    while room.computing or room.details.computing or not pieces:
        if time.monotonic() > deadline:
            raise NotShownError
        begun = Moment.now()
        QApplication.processEvents()
        pieces.append(Moment.now().since(begun))
        time.sleep(0.0005)
    return pieces
