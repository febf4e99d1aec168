"""A folder of files that belong together, with what each of them is and a checksum of each: all of it, or nothing.

Files may lie in folders within it, such as one for what does not leave the team.
"""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from qcode.errors import QcodeError
from qcode.files import FileInTheWayError, FolderMissingError, WritingFailedError, WritingNotPermittedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

CONTENTS: Final = "CONTENTS.txt"
CHECKSUMS: Final = "SHA256SUMS"
_AT_ONCE: Final = 1 << 20


class FolderNotEmptyError(QcodeError):
    """The folder has other things in it, which nobody wants mixed up with these."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"The folder “{folder}” is not empty. Give one that is new or empty.")


@dataclass(frozen=True, slots=True)
class Part:
    """One file: its name within the folder, what it holds in a sentence, and what writes it to a path.

    A name such as ``plots/codes.svg`` stands for a file in a folder of its own within the folder.
    """

    name: str
    holds: str
    write: Callable[[Path], None]


def write_pack(folder: Path, opening: Sequence[str], parts: Iterable[Part]) -> tuple[str, ...]:
    """Write all parts into a new or empty folder, with a list of them and their checksums; answers with their names.

    The list begins with the paragraphs of the opening. The checksums are as ``sha256sum -c`` reads them.

    Raises:
        FolderNotEmptyError, FolderMissingError, FileInTheWayError, WritingNotPermittedError, WritingFailedError: the
            folder cannot be taken, or not be written; nothing is left behind then.
        QcodeError: a part cannot be made; nothing is left behind then.
    """
    folder = folder.absolute()
    _refuse_taken(folder)
    beside = folder.with_name(f".{folder.name}-{uuid4().hex[:8]}")
    try:
        return _written(beside, folder, opening, parts)
    except PermissionError as error:
        raise WritingNotPermittedError(folder) from error
    except OSError as error:
        raise WritingFailedError(folder, error.strerror or str(error)) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def renew_pack(folder: Path, opening: Sequence[str], parts: Iterable[Part]) -> tuple[str, ...]:
    """The same in place of a pack that was written before, if nothing else lies in its folder.

    Raises:
        QcodeError: as `write_pack` says; the older pack stands if the folder holds anything else.
    """
    if (folder / CHECKSUMS).is_file():
        lines = (folder / CHECKSUMS).read_text(encoding="utf-8", errors="replace").splitlines()
        listed = {line.partition("  ")[2] for line in lines} | {CHECKSUMS}
        there = [path for path in folder.rglob("*") if not path.is_dir()]
        if all(path.relative_to(folder).as_posix() in listed and path.is_file() for path in there):
            for path in there:
                path.unlink()
            _remove_empty(folder)
    return write_pack(folder, opening, parts)


def _remove_empty(folder: Path) -> None:
    """Remove the folders within a folder, the deepest first; one that holds anything stays."""
    within = sorted((path for path in folder.rglob("*") if path.is_dir()), key=lambda path: -len(path.parts))
    for path in within:
        if not any(path.iterdir()):
            path.rmdir()


def _refuse_taken(folder: Path) -> None:
    if not folder.parent.is_dir():
        raise FolderMissingError(folder)
    if folder.is_dir() and any(folder.iterdir()):
        raise FolderNotEmptyError(folder)
    if folder.exists() and not folder.is_dir():
        raise FileInTheWayError(folder)


def _written(beside: Path, folder: Path, opening: Sequence[str], parts: Iterable[Part]) -> tuple[str, ...]:
    beside.mkdir()
    told: list[Part] = []
    for part in parts:
        (beside / part.name).parent.mkdir(parents=True, exist_ok=True)
        part.write(beside / part.name)
        told.append(part)
    (beside / CONTENTS).write_text(_contents(opening, told), encoding="utf-8")
    names = (CONTENTS, *(part.name for part in told))
    sums = "".join(f"{_checksum(beside / name)}  {name}\n" for name in sorted(names))
    (beside / CHECKSUMS).write_text(sums, encoding="utf-8")
    if folder.exists():
        folder.rmdir()
    beside.rename(folder)
    return (*names, CHECKSUMS)


def _contents(opening: Sequence[str], parts: Sequence[Part]) -> str:
    widest = max((len(part.name) for part in parts), default=0)
    folders: dict[str, list[Part]] = {"": []}
    for part in parts:
        folders.setdefault(part.name.rpartition("/")[0], []).append(part)
    listed = "\n".join(
        "".join(f"{part.name:<{widest}}  {part.holds}\n" for part in within) for within in folders.values() if within
    )
    closing = f"{CHECKSUMS} holds a SHA-256 checksum of each file; “sha256sum -c {CHECKSUMS}” compares them.\n"
    return "".join(f"{paragraph}\n\n" for paragraph in opening) + listed + "\n" + closing


def _checksum(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_AT_ONCE):
            found.update(chunk)
    return found.hexdigest()
