"""Copies of the study that a sync client or a file manager left beside it, with work that the study has not got.

Names are looked at first, then the beginning of a file, then which study it is, and only then its steps. Files are
read through connections that cannot write, and one in the middle of a commit is left to whoever writes it.
"""

from __future__ import annotations

import re
import sqlite3
import stat
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.errors import QcodeError
from qcode.models import Coder, StudyRecord, receipts, storage
from qcode.models.blindness import veil_of
from qcode.models.journal import Step
from qcode.study import Study

_MOST: Final = 12
_LARGEST: Final = 2_000_000_000
_PATIENCE: Final = 0.2

# What is added to a name, by the words of some languages: by Dropbox, Nextcloud, ownCloud, pCloud, Box, Seafile
# ("(… conflicted copy …)", "[conflicted]"), Syncthing and Resilio (".sync-conflict-…", ".Conflict"), Google Drive and
# browsers ("(1)"), iCloud (" 2"), OneDrive ("-" and the computer's name), and file managers ("- Copy", "(copy)").
_CONFLICT: Final = r"conflict|conflit|conflitt|konflikt|konflict|conflicto|conflito|конфликт|競合|冲突|衝突|충돌"
_COPY: Final = r"copy|kopie|kopia|kopi|copie|copia|cópia|копия|コピー|副本|복사본"
_AFTER: Final = re.compile(
    rf"""\s*[([][^)\]]*(?:{_CONFLICT})[^)\]]*[)\]]
    | [._\s-]*(?:sync-)?(?:{_CONFLICT}).*
    | \s*[([]\d{{1,3}}[)\]]
    | \s\d{{1,3}}
    | \s*[-–—]?\s*[([]?(?:\w+\s)?(?:{_COPY})(?:\s*[([]?\d{{1,3}}[)\]]?)?[)\]]?
    | -[^\s()\[\]]{{2,40}}""",
    re.VERBOSE,
)
_BEFORE: Final = re.compile(rf"(?:{_COPY})(?:\s\(\d{{1,3}}\))?\s(?:of|von|de|di|af|av|van)\s|(?:{_COPY})\s")
_STEPS: Final = "SELECT id, coder_id, at FROM step"
_HANDED_OUT: Final = "SELECT 1 FROM sqlite_master WHERE name = 'handed_out_to'"


@dataclass(frozen=True, slots=True)
class CopyBeside:
    """A file beside the study with `steps` that it has not got, the last of them at a time (ISO, in UTC), by whom.

    Of colleagues' steps nothing is told, save that there are some (`sealed`), to whoever may not see all of their work
    yet.
    """

    path: Path
    steps: int
    at: str
    who: tuple[str, ...]
    sealed: bool = False


@dataclass(frozen=True, slots=True)
class _Ours:
    """What the study knows: which it is, its steps and those that were taken out again, and its coders' names."""

    identity: frozenset[str]
    steps: frozenset[str]
    names: dict[str, str]
    viewer: str | None
    veiled: bool


def conflicted_copies(study: Study) -> list[CopyBeside]:
    """The copies of this very study beside it, the latest first, that are whole and hold steps which it lacks.

    At most twelve files are looked at, those that changed last; files that were handed out are none. It reads whole
    journals, so it belongs in a worker; nothing is ever written.
    """
    beside = list(_beside(study.path))
    if not beside:
        return []
    with study.read() as session:
        ours = _ours(session, study.coder)
    return [found for path in beside if (found := _found(path, ours)) is not None]


def is_conflict_name(name: str, study: str) -> bool:
    """Whether a file's name is one that is given to another version of a study's file, both without their endings."""
    name, study = (unicodedata.normalize("NFC", one).casefold() for one in (name, study))
    if name.startswith(study) and _AFTER.fullmatch(name.removeprefix(study)):
        return True
    return name.endswith(study) and _BEFORE.fullmatch(name.removesuffix(study)) is not None


def _beside(study: Path) -> Iterator[Path]:
    """The ordinary files beside the study that have such names, those that changed last, and no links."""
    found: list[tuple[int, Path]] = []
    try:
        for path in study.parent.iterdir():
            if path.suffix.casefold() == study.suffix.casefold() and is_conflict_name(path.stem, study.stem):
                seen = path.lstat()
                if stat.S_ISREG(seen.st_mode) and seen.st_size <= _LARGEST:
                    found.append((seen.st_mtime_ns, path))
    except OSError:
        return
    yield from (path for _at, path in sorted(found, reverse=True)[:_MOST])


def _ours(session: Session, viewer: str | None) -> _Ours:
    taken_out = set[str]()
    for receipt in receipts.receipts(session):
        if receipt.state != "held":
            taken_out |= receipts.parts_of(session, receipt.id)[0]
    return _Ours(
        frozenset(session.scalars(select(StudyRecord.id))),
        frozenset(session.scalars(select(Step.id))) | taken_out,
        {row.id: row.name for row in session.scalars(select(Coder))},
        viewer,
        bool(veil_of(session, viewer).pairs),
    )


def _found(path: Path, ours: _Ours) -> CopyBeside | None:
    """What a copy has; None if it is none, is not whole, is being written, or has nothing that is not here."""
    try:
        before = path.stat()
        storage.examine(path, oldest=storage.OLDEST)
        if any(path.with_name(path.name + end).exists() for end in ("-journal", "-wal")):
            return None
        missing = _missing(path, ours)
        after = path.stat()
    except (QcodeError, OSError, sqlite3.Error):
        return None
    if not missing or (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        return None
    return _told(path, ours, missing)


def _missing(path: Path, ours: _Ours) -> list[tuple[str, str]]:
    """The steps of a whole copy of the study that it lacks: by whom, and when."""
    address = f"file:{quote(str(path.absolute()))}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, timeout=_PATIENCE)) as connection:
        connection.execute("BEGIN")
        identity = {row for (row,) in connection.execute("SELECT id FROM study")}
        if not identity & ours.identity or connection.execute(_HANDED_OUT).fetchone():
            return []
        missing = [(str(who), str(at)) for step, who, at in connection.execute(_STEPS) if step not in ours.steps]
        if missing and connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            return []
        return missing


def _told(path: Path, ours: _Ours, missing: list[tuple[str, str]]) -> CopyBeside:
    told = [(who, at) for who, at in missing if not ours.veiled or who == ours.viewer]
    names = {ours.names.get(who, "somebody this study does not know") for who, _at in told}
    latest = max((at for _who, at in told), default="")
    return CopyBeside(path, len(told), latest, tuple(sorted(names)), sealed=len(told) < len(missing))
