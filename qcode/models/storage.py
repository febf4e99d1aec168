"""The file a study lives in: one SQLite database that is a single file whenever it is closed."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Dialect, Engine, QueuePool, create_engine, event
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.util import LRUCache

from qcode.errors import QcodeError
from qcode.models.base import Base
from qcode.models.recording import guard, journalled_tables

SCHEMA = 3
OLDEST = 2
"""The earliest schema that is still read: its files are upgraded."""

APPLICATION = 0x71636F64
_BUSY_SECONDS = 10
_MAGIC = b"SQLite format 3\x00"


class StudyMissingError(QcodeError):
    """There is no file at the place that was named."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"There is no study at “{path.name}”. Check the name, or create one with New study.")


class StudyIsFolderError(QcodeError):
    """A folder was named where a study file is needed."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"“{path.resolve().name}” is a folder. Name the study file itself, which ends in .qcode.")


class StudyExistsError(QcodeError):
    """A new study would overwrite a file."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"“{path.name}” exists already and was left as it is. Choose another name, or open it.")


class StudyPermissionError(QcodeError):
    """The operating system does not let this user read or write the file."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"You have no permission to use “{path.name}” there. Ask its owner, or choose another place.")


class FolderMissingError(QcodeError):
    """The folder for a new study does not exist."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"The folder for “{path.name}” does not exist. Create the folder first, or choose another.")


class NotAStudyError(QcodeError):
    """The file is something else."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"“{path.name}” is not a qcode study. To add it as a transcript, open a study and import it.")


class DamagedStudyError(QcodeError):
    """The file was cut short or overwritten."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"“{path.name}” is damaged or was only partly copied. Copy it again, or open a backup.")


class NewerStudyError(QcodeError):
    """The file was written by a later version of qcode."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"“{path.name}” was made by a newer qcode. Update qcode to open it; nothing was changed.")


class EarlierStudyError(QcodeError):
    """The file was written by a qcode from before the first release, whose tables were still changing."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"“{path.name}” was made by an unreleased, earlier qcode, which this one cannot read; nothing was changed. "
            "Export its codebook and codings with that version, or make the sample study again."
        )


class StudyBusyError(QcodeError):
    """Another program holds the write lock for too long."""

    def __init__(self) -> None:
        super().__init__("Another window or program is writing this study. Wait for it to finish, and try again.")


class StudyNotWrittenError(QcodeError):
    """The disk refused a write."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"The change could not be saved: {reason}. The study is as it was.")


class StudyGoneError(QcodeError):
    """The file can no longer be reached."""

    def __init__(self) -> None:
        super().__init__(
            "The study can no longer be reached: its file was moved, or its disk removed. "
            "Put it back, or open it where it is now; what you saw as saved is in the file."
        )


class Storage:
    """Two engines on one file: `reader` cannot write, `writer` takes the write lock when it begins."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.reader = _engine(path, begin="BEGIN", read_only=True)
        self.writer = _engine(path, begin="BEGIN IMMEDIATE", read_only=False)
        guard(self.writer, journalled_tables())

    def close(self) -> None:
        """Let go of the file, which is then complete by itself."""
        self.reader.dispose()
        self.writer.dispose()


def create(path: Path) -> Storage:
    """Make an empty study file at a path where there is none."""
    if path.is_dir():
        raise StudyIsFolderError(path)
    if path.exists():
        raise StudyExistsError(path)
    if not path.parent.is_dir():
        raise FolderMissingError(path)
    try:
        path.touch(exist_ok=False)
    except OSError as error:
        raise StudyPermissionError(path) from error
    storage = Storage(path)
    try:
        with told(path), storage.writer.begin() as connection:
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")
            connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")
            Base.metadata.create_all(connection)
    except BaseException:
        storage.close()
        path.unlink(missing_ok=True)
        raise
    return storage


def open_file(path: Path, *, oldest: int = SCHEMA) -> Storage:
    """Open an existing study; the file is looked at before SQLite touches it."""
    examine(path, oldest=oldest)
    storage = Storage(path)
    try:
        with storage.reader.begin() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM study").scalar_one()
    except (DatabaseError, OperationalError) as error:
        storage.close()
        raise (_refusal(str(error.orig), writing=False) or DamagedStudyError(path)) from error
    return storage


def examine(path: Path, *, oldest: int = SCHEMA) -> int:
    """Look at the beginning of a file, which is not opened as a study for that, and say its schema.

    Refuses what is no study, cut short, or of a schema that is newer than this one or earlier than the oldest.
    """
    header = _header(path)
    if len(header) < 100 and _MAGIC.startswith(header[:16]):
        raise DamagedStudyError(path)
    if not header.startswith(_MAGIC):
        raise NotAStudyError(path)
    page_size, pages = struct.unpack(">H", header[16:18])[0], struct.unpack(">I", header[28:32])[0]
    version, application = struct.unpack(">I", header[60:64])[0], struct.unpack(">I", header[68:72])[0]
    if application != APPLICATION:
        raise NotAStudyError(path)
    if version > SCHEMA:
        raise NewerStudyError(path)
    if version < oldest:
        raise EarlierStudyError(path)
    # With a journal beside it the file is in the middle of a commit: SQLite finishes or takes it back.
    in_commit = Path(f"{path}-journal").exists()
    if not in_commit and path.stat().st_size < pages * (65536 if page_size == 1 else page_size):
        raise DamagedStudyError(path)
    return int(version)


def _header(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise StudyIsFolderError(path)
        if path.exists() and not path.is_file():
            raise NotAStudyError(path)
        with path.open("rb") as file:
            return file.read(100)
    except FileNotFoundError as error:
        raise StudyMissingError(path) from error
    except PermissionError as error:
        raise StudyPermissionError(path) from error
    except (OSError, ValueError) as error:
        raise StudyMissingError(path) from error


@cache
def _dialect() -> Dialect:
    """One dialect for all files, so that a statement compiled for one is compiled for every other."""
    with create_engine("sqlite://").connect() as connection:
        return connection.dialect


_COMPILED: LRUCache[Any, Any] = LRUCache(1000)


def _engine(path: Path, *, begin: str, read_only: bool) -> Engine:
    # The name is no part of an address: it may hold "?", "#" or "%".
    address = URL.create("sqlite", database=str(path))
    connect: Any = partial(sqlite3.connect, path.absolute(), timeout=_BUSY_SECONDS, check_same_thread=False)
    pool = QueuePool(connect, dialect=_dialect())
    engine = Engine(pool, _dialect(), address, execution_options={"compiled_cache": _COMPILED})

    def connected(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None
        connection.create_function("casefold", 1, _casefold, deterministic=True)
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        if read_only:
            connection.execute("PRAGMA query_only = ON")

    def begun(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", begun)
    return engine


@contextmanager
def writing(engine: Engine, patience: float) -> Iterator[Connection]:
    """A connection that writes as soon as no other does, within so many seconds; what is written stays together."""
    with engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        raw.execute(f"PRAGMA busy_timeout = {round(patience * 1000)}")
        try:
            with connection.begin():
                yield connection
        finally:
            raw.execute(f"PRAGMA busy_timeout = {_BUSY_SECONDS * 1000}")


# Pages stay in memory until the commit, so that a long import does not lock readers out while it runs.
_PRAGMAS = (
    "journal_mode = DELETE",
    "synchronous = EXTRA",
    "foreign_keys = ON",
    "cache_spill = OFF",
    "secure_delete = ON",
    "temp_store = MEMORY",
)


def _casefold(text: str | None) -> str | None:
    """What SQLite's own lower() does for ASCII only."""
    return None if text is None else text.casefold()


@contextmanager
def told(path: Path, *, writing: bool = True) -> Iterator[None]:
    """Turn what the disk, a lock or a damaged file refuses into a sentence."""
    try:
        yield
    except OperationalError as error:
        if refusal := _refusal(str(error.orig), writing=writing):
            raise refusal from error
        raise
    except DatabaseError as error:
        if "malformed" in str(error.orig) or "not a database" in str(error.orig):
            raise DamagedStudyError(path) from error
        raise


def _refusal(said: str, *, writing: bool) -> QcodeError | None:
    if "locked" in said:
        return StudyBusyError()
    if writing and "readonly" in said:
        return StudyNotWrittenError("the file or its folder can only be read, so copy the study to where you may write")
    if writing and "full" in said:
        return StudyNotWrittenError("the disk is full, so make room and try again")
    if any(word in said for word in ("I/O", "unable to open")):
        return StudyGoneError()
    return None
