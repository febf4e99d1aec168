"""Whole files, read and written all at once: a file is replaced entirely or left as it was."""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from qcode.errors import QcodeError

if TYPE_CHECKING:
    from collections.abc import Sequence


class FileMissingError(QcodeError):
    """There is nothing at the path to read."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"There is no file “{path}”. Check the name and the folder.")


class SourceIsFolderError(QcodeError):
    """A folder was given where a file is to be read."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"“{path}” is a folder. Choose a file inside it.")


class NotAnOrdinaryFileError(QcodeError):
    """The path names a device, a pipe or a socket."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"“{path}” is not an ordinary file. Choose a file on a disk.")


class ReadingNotPermittedError(QcodeError):
    """The person may not read the file."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"You do not have permission to read “{path}”. Ask its owner, or copy it to your own folder.")


class ReadingFailedError(QcodeError):
    """The disk or network refused while reading."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"“{path}” could not be read: {reason}. Check the disk or the network folder and try again.")


class FileTooLargeError(QcodeError):
    """The file is larger than anything of its kind can sensibly be."""

    def __init__(self, path: Path, limit: int) -> None:
        super().__init__(
            f"“{path.name}” is larger than {limit // 1_000_000} MB, the most that is read. Is it the right file?"
        )


class FolderMissingError(QcodeError):
    """The folder to write into does not exist."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"The folder “{path.parent}” does not exist. Create it, or save “{path.name}” somewhere else.")


class TargetIsFolderError(QcodeError):
    """A folder stands where the file is to be written."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"“{path}” is a folder, so no file can be saved under that name. Add a file name.")


class FileInTheWayError(QcodeError):
    """A file has the name that a folder needs."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"“{path}” is a file, so there can be no folder of that name. Choose another folder.")


class WritingNotPermittedError(QcodeError):
    """The person may not write the file or into its folder, or another program holds it."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"“{path}” could not be saved: you do not have permission to write there, or another program has it open. "
            "Close it there, or save under another name."
        )


class WritingFailedError(QcodeError):
    """The disk or network refused while writing; whatever stood at the path is unchanged."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"“{path}” could not be saved: {reason}. What was there before is unchanged.")


class UnknownExtensionError(QcodeError):
    """The end of the file name says nothing about how to read or write it."""

    def __init__(self, path: Path, known: Sequence[str]) -> None:
        super().__init__(f"“{path.name}” does not end in {' or '.join(known)}. The ending decides the format.")


def extension(path: Path, known: Sequence[str]) -> str:
    """The lower-case ending of a path, which must be one of the known ones.

    Raises:
        UnknownExtensionError: for any other ending.
    """
    ending = path.suffix.lower()
    if ending not in known:
        raise UnknownExtensionError(path, known)
    return ending


def read_file(path: Path, *, limit: int) -> bytes:
    """All bytes of an ordinary file of at most ``limit`` bytes.

    Raises:
        FileMissingError, SourceIsFolderError, NotAnOrdinaryFileError, ReadingNotPermittedError,
        FileTooLargeError, ReadingFailedError.
    """
    try:
        if path.is_dir():
            raise SourceIsFolderError(path)
        if path.exists() and not path.is_file():
            raise NotAnOrdinaryFileError(path)
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except FileNotFoundError:
        raise FileMissingError(path) from None
    except PermissionError:
        raise ReadingNotPermittedError(path) from None
    except (OSError, ValueError) as problem:
        raise ReadingFailedError(path, _reason(problem)) from None
    if len(data) > limit:
        raise FileTooLargeError(path, limit)
    return data


def write_file(path: Path, data: bytes) -> None:
    """Put the bytes at the path, in one piece or not at all; a link is followed to the file it names.

    Raises:
        FolderMissingError, TargetIsFolderError, NotAnOrdinaryFileError, WritingNotPermittedError,
        WritingFailedError: the old file stands.
    """
    try:
        target = Path(os.path.realpath(path))
        _refuse_unwritable(path, target)
        _replace(target, data)
    except PermissionError:
        raise WritingNotPermittedError(path) from None
    except (OSError, ValueError) as problem:
        raise WritingFailedError(path, _reason(problem)) from None


def make_folder(path: Path) -> None:
    """Make a folder, and those above it, unless it is there."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except FileExistsError as problem:
        raise FileInTheWayError(path) from problem
    except OSError as problem:
        raise WritingNotPermittedError(path) from problem


def _refuse_unwritable(path: Path, target: Path) -> None:
    if target.is_dir():
        raise TargetIsFolderError(path)
    if not target.parent.is_dir():
        raise FolderMissingError(path)
    if not target.exists():
        return
    if not target.is_file():
        raise NotAnOrdinaryFileError(path)
    if not os.access(target, os.W_OK):
        raise WritingNotPermittedError(path)


def _replace(target: Path, data: bytes) -> None:
    beside = target.with_name(f".{uuid4().hex[:12]}.part")
    try:
        _write_through(beside, data, _mode(target))
        beside.replace(target)
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def _write_through(path: Path, data: bytes, mode: int | None) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if mode is not None:
        path.chmod(mode)


def _mode(target: Path) -> int | None:
    return target.stat().st_mode & 0o777 if target.exists() else None


def _reason(problem: OSError | ValueError) -> str:
    if isinstance(problem, OSError) and problem.errno == errno.ENOSPC:
        return "the disk is full"
    if isinstance(problem, OSError) and problem.strerror:
        return problem.strerror[0].lower() + problem.strerror[1:]
    return "the name is not a valid file name"
