"""Copies of the study that a sync client left beside it: noticed while the study is open, and offered once."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer

from qcode.ui import work

if TYPE_CHECKING:
    from qcode.queries.collecting.copies_beside import CopyBeside
    from qcode.study import Study
    from qcode.ui.message_bar import MessageBar
    from qcode.ui.settings import Settings
    from qcode.ui.study_view import StudyView

_FIRST_LOOK_MS = 1_500
_REST_MS = 3_000

type Marks = frozenset[tuple[str, int, int]]


class FilesBeside(QObject):
    """Looks for such copies in a worker when a study is opened, and when study files come into its folder.

    One that was dismissed is not offered again as long as it stays as it is.
    """

    def __init__(self, view: StudyView, messages: MessageBar, settings: Settings) -> None:
        super().__init__(view)
        self._view, self._messages, self._settings = view, messages, settings
        self._study = view.bridge.study
        self._seen: Marks = frozenset()
        self._task: work.Task | None = None
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.timeout.connect(self._on_rested)
        self._watcher = QFileSystemWatcher([str(self._study.path.parent)], self)
        self._watcher.directoryChanged.connect(self._on_folder)
        view.bridge.closing.connect(self._stop)
        self._resting.start(_FIRST_LOOK_MS)

    # Private slots

    def _on_folder(self) -> None:
        """Every write of the study changes the folder too, so one waits until it rests."""
        if not self._resting.isActive():
            self._resting.start(_REST_MS)

    def _on_rested(self) -> None:
        marks = _marks(self._study.path)
        if not marks or marks == self._seen or self._task is not None:
            return
        self._seen, study = marks, self._study
        self._task = work.run(self, lambda _progress: _copies(study), done=self._on_found, refused=self._on_refused)

    def _on_found(self, copies: Sequence[CopyBeside]) -> None:
        self._task = None
        known = self._settings.dismissed()
        new = [one.path for one in copies if _digest(one.path) not in known]
        if new:
            self._messages.offer(_sentence(new), "Look…", lambda: self._view.collect(new), lambda: self._dismiss(new))

    def _on_refused(self, _sentence: str) -> None:
        """What cannot be looked through is no matter of the person's: it is looked at again when something changes."""
        self._task = None

    # Internal

    def _dismiss(self, paths: Sequence[Path]) -> None:
        self._settings.dismiss(digest for path in paths if (digest := _digest(path)))

    def _stop(self) -> None:
        self._resting.stop()
        if self._task is not None:
            self._task.cancel()


def _copies(study: Study) -> Sequence[CopyBeside]:
    from qcode.queries.collecting.copies_beside import conflicted_copies

    return conflicted_copies(study)


def _marks(study: Path) -> Marks:
    """The other study files in the folder, as far as one sees them from outside."""
    found = set[tuple[str, int, int]]()
    for path in study.parent.glob("*.qcode"):
        if path.name != study.name and (mark := _mark(path)) is not None:
            found.add((path.name, *mark))
    return frozenset(found)


def _mark(path: Path) -> tuple[int, int] | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_size, stat.st_mtime_ns


def _digest(path: Path) -> str:
    """What stands in the settings for a file as it is now; empty if it is gone."""
    mark = _mark(path)
    return sha256(f"{path.resolve()}|{mark[0]}|{mark[1]}".encode()).hexdigest()[:32] if mark else ""


def _sentence(paths: Sequence[Path]) -> str:
    if len(paths) == 1:
        return f"Beside the study lies “{paths[0].name}”, a copy of it with work that is not in here."
    return f"Beside the study lie {len(paths)} copies of it with work that is not in here."
