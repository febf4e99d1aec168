"""Long work on values in another thread: it tells how far it is, can be cancelled, and answers in the window's."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from itertools import count
from threading import Event
from types import TracebackType
from typing import Any, Final, Self

from PySide6.QtCore import QCoreApplication, QObject, Signal
from shiboken6 import isValid

from qcode.errors import QcodeError


class WorkCancelledError(QcodeError):
    """Work was called off."""

    def __init__(self) -> None:
        super().__init__("The work was cancelled; nothing was changed.")


class Progress:
    """How a deed in another thread tells how far it is, and learns that it is no longer wanted."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._stop = Event()

    @property
    def cancelled(self) -> bool:
        """Whether nobody waits for the result any more."""
        return self._stop.is_set()

    def report(self, fraction: float, text: str = "") -> None:
        """Say how much is done, from 0 to 1, and what is being done; ends the deed if it was cancelled."""
        if self.cancelled:
            raise WorkCancelledError
        _post().progressed.emit(self._number, fraction, text)

    def stop(self) -> None:
        """Ask the deed to end."""
        self._stop.set()


class Task(QObject):
    """Work under way, for the window that waits for it."""

    progressed = Signal(float, str)
    finished = Signal()

    def __init__(self, owner: QObject, progress: Progress) -> None:
        super().__init__(owner)
        self._progress = progress

    def cancel(self) -> None:
        """Call the work off: neither `done` nor `refused` will be called."""
        self._progress.stop()

    @property
    def cancelled(self) -> bool:
        """Whether it was called off."""
        return self._progress.cancelled


def run[T](
    owner: QObject,
    deed: Callable[[Progress], T],
    *,
    done: Callable[[T], None],
    refused: Callable[[str], None],
) -> Task:
    """Do a deed in another thread, then call `done` with its result, or `refused` with the sentence of its refusal.

    Both are called in the window's thread, and neither if the owner is gone or the task was cancelled. A mistake of
    the programmer is raised in the window's thread as if it had happened there. The deed must not touch widgets.
    """
    number = next(_numbers)
    progress = Progress(number)
    task = Task(owner, progress)
    _waiting[number] = _Waiting(task, done, refused)
    # A function of its own: Qt holds a method without the object it belongs to, which another thread may let go of.
    task.destroyed.connect(lambda: progress.stop())  # noqa: PLW0108
    post = _post()
    future = _threads.submit(lambda: post.arrived.emit(number, _outcome(deed, progress)))
    _under_way.add(future)
    future.add_done_callback(_under_way.discard)
    return task


def is_busy() -> bool:
    """Whether any work is under way, or its result has not arrived yet."""
    return any(isValid(waiting.task) for waiting in _waiting.values())


def wait_for_all(milliseconds: int = 10_000) -> bool:
    """Call off all work and wait for it to end, so that the program can."""
    for waiting in tuple(_waiting.values()):
        waiting.task_cancel()
    return not wait(tuple(_under_way), timeout=milliseconds / 1_000).not_done


class _Outcome:
    """Holds what came out of a deed: its result, or what it raised, to be raised again elsewhere."""

    def __init__(self) -> None:
        self.result: Any = None
        self.error: BaseException | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> bool:
        self.error = error
        return True


class _Waiting:
    """A task and what to call when it ends."""

    def __init__(self, task: Task, done: Callable[[Any], None], refused: Callable[[str], None]) -> None:
        self.task, self.done, self.refused = task, done, refused

    def task_cancel(self) -> None:
        if isValid(self.task):
            self.task.cancel()

    def end(self, outcome: _Outcome) -> None:
        if not isValid(self.task):
            return
        cancelled = self.task.cancelled
        self.task.finished.emit()
        self.task.deleteLater()
        if cancelled or isinstance(outcome.error, WorkCancelledError):
            return
        if isinstance(outcome.error, QcodeError):
            self.refused(str(outcome.error))
        elif outcome.error is not None:
            raise outcome.error
        else:
            self.done(outcome.result)


class _Post(QObject):
    """Carries news from other threads into the window's; lives there as long as the application."""

    progressed = Signal(int, float, str)
    arrived = Signal(int, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.progressed.connect(self._on_progressed)
        self.arrived.connect(self._on_arrived)

    # Private slots

    def _on_progressed(self, number: int, fraction: float, text: str) -> None:
        waiting = _waiting.get(number)
        if waiting is not None and isValid(waiting.task) and not waiting.task.cancelled:
            waiting.task.progressed.emit(fraction, text)

    def _on_arrived(self, number: int, outcome: _Outcome) -> None:
        waiting = _waiting.pop(number, None)
        if waiting is not None:
            waiting.end(outcome)


def _outcome(deed: Callable[[Progress], Any], progress: Progress) -> _Outcome:
    with _Outcome() as outcome:
        outcome.result = deed(progress)
    return outcome


def _post() -> _Post:
    app = QCoreApplication.instance()
    if app is None:
        raise RuntimeError
    if not _posts or not isValid(_posts[0]):
        _posts[:] = [_Post(app)]
    return _posts[0]


# Python's own threads: one of Qt's is a stranger to Python, which greets it and forgets it again for every deed.
_threads: Final = ThreadPoolExecutor(max_workers=max(2, os.cpu_count() or 1), thread_name_prefix="work")
_under_way: set[Future[None]] = set()
_numbers = count()
_waiting: dict[int, _Waiting] = {}
_posts: list[_Post] = []
