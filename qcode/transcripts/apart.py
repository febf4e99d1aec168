"""Reading in a process of its own: a file that crashes, hangs or swallows memory costs a sentence and nothing else.

Limits: 30 seconds; 1 GB of memory, no files written and no core dump where the system knows such limits.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from qcode.errors import QcodeError
from qcode.transcripts.reading import read

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from multiprocessing.connection import Connection

    from qcode.transcripts.values import Reading

SECONDS: Final = 30.0
MEMORY: Final = 1024 * 1024 * 1024
_KEPT: Final = 2
_LOOK_AGAIN: Final = 0.05

type _Answer = Reading | QcodeError


class ReadingTooLongError(QcodeError):
    """A reader did not come to an end."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} could not be read within {SECONDS:.0f} seconds, so reading was stopped. "
            "Save it again as .docx or as plain text, or ask who sent it."
        )


class ReaderCrashedError(QcodeError):
    """A reader's process ended by itself."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} made its reader crash; nothing was kept of it. Save it again as .docx or plain text.")


class ReadingTooLargeError(QcodeError):
    """A reader wanted more memory than any transcript needs."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} unfolds to more than a transcript can hold. Split it, or save it as plain text.")


class ReadingCancelledError(QcodeError):
    """Nobody waits for the reading any more."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Reading {name} was cancelled; nothing was changed.")


def read_apart(
    path: Path,
    *,
    encoding: str | None = None,
    options: Mapping[str, str] | None = None,
    seconds: float = SECONDS,
    cancelled: Callable[[], bool] = lambda: False,
) -> Reading:
    """What `read` gives, made in another process under limits; may be called from several threads at once.

    `cancelled` is asked while waiting. Raises what `read` raises, and ReadingTooLongError, ReaderCrashedError,
    ReadingTooLargeError, ReadingCancelledError.
    """
    worker = _take()
    try:
        answer = worker.read(path, Asked(encoding, dict(options or {})), seconds, cancelled)
    except BaseException:
        worker.kill()
        raise
    _give_back(worker)
    if isinstance(answer, QcodeError):
        raise answer
    return answer


def make_ready() -> None:
    """Start a process that will read, so that the first file does not wait for it."""
    _give_back(_take())


def send_home() -> None:
    """End the processes that wait for something to read."""
    with _lock:
        waiting, _idle[:] = _idle[:], []
    for worker in waiting:
        worker.kill()


@dataclass(frozen=True, slots=True)
class Asked:
    """What a file is to be read with."""

    encoding: str | None = None
    options: Mapping[str, str] = field(default_factory=dict)


class _Worker:
    """A process that reads files one after the other."""

    def __init__(self, memory: int = MEMORY) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, memory), daemon=True, name="qcode reader")
        self._process.start()
        theirs.close()

    @property
    def is_alive(self) -> bool:
        return self._process.is_alive()

    def read(self, path: Path, asked: Asked, seconds: float, cancelled: Callable[[], bool]) -> _Answer:
        try:
            self._pipe.send((str(path.absolute()), asked))
            self._wait(path.name, time.monotonic() + seconds, cancelled)
            answer: _Answer = self._pipe.recv()
        except (EOFError, OSError):
            raise ReaderCrashedError(path.name) from None
        return answer

    def kill(self) -> None:
        self._pipe.close()
        self._process.kill()
        self._process.join()

    def _wait(self, name: str, until: float, cancelled: Callable[[], bool]) -> None:
        while not self._pipe.poll(_LOOK_AGAIN):
            if cancelled():
                raise ReadingCancelledError(name)
            if time.monotonic() > until:
                raise ReadingTooLongError(name)


def _take() -> _Worker:
    with _lock:
        while _idle:
            if (worker := _idle.pop()).is_alive:
                return worker
    return _Worker()


def _give_back(worker: _Worker) -> None:
    with _lock:
        if len(_idle) < _KEPT:
            _idle.append(worker)
            return
    worker.kill()


def _serve(pipe: Connection, memory: int) -> None:
    """What the other process does until nobody asks it any more."""
    _limit(memory)
    import lxml.etree  # noqa: F401 - loaded while nobody waits yet

    with contextlib.suppress(EOFError, KeyboardInterrupt):
        while True:
            path, asked = pipe.recv()
            _send(pipe, Path(path), asked)


def _send(pipe: Connection, path: Path, asked: Asked) -> None:
    """Answer; where even packing the answer takes too much memory, say so."""
    try:
        pipe.send(_answer(path, asked))
    except MemoryError:
        pipe.send(ReadingTooLargeError(path.name))


def _answer(path: Path, asked: Asked) -> _Answer:
    try:
        return read(path, encoding=asked.encoding, options=asked.options)
    except QcodeError as refusal:
        return refusal
    except (MemoryError, RecursionError):
        return ReadingTooLargeError(path.name)


def _limit(memory: int) -> None:
    """Hold this process to its limits; Windows knows none of these."""
    try:
        import resource
    except ImportError:
        return
    for kind, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0)):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))


_lock = threading.Lock()
_idle: list[_Worker] = []
