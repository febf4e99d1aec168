"""Files of an earlier qcode: their changes as today's writes them, and a file that is brought up to date.

A migration is a pure function of one change. Ids, times, parents and the schema numbers of steps stay as they were, so
two copies that are upgraded apart are equal and come together as before. A copy that is only read, to be collected, is
migrated in memory: neither it nor a temporary file is written. A study that is opened is rewritten in its place, in
one commit, after it was kept beside as it was; whatever comes between, the old study stands.
"""

from __future__ import annotations

import contextlib
import filecmp
import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from qcode.errors import QcodeError
from qcode.models import erasure, storage
from qcode.models.arrivals import IncompleteHistory, refold
from qcode.models.base import Base
from qcode.models.journal import dump, kinds
from qcode.models.recording import journalled
from qcode.models.uniting import Holding, Key, Written, histories_of, holding

type Raw = tuple[Any, ...]
type Rows = tuple[tuple[str, ...], set[Raw]]
"""The names of columns, and the rows of a table as they are stored."""

_ADDED: Final[Mapping[int, Mapping[str, Mapping[str, Any]]]] = {
    3: {
        "round": {"segmented": False},
        "assignment": {"reason": "", "seen_others": False},
        "code": {"answer": ""},
        "code_set": {"exclusive": False},
        "quote": {
            "edited": [None, []],
            "language_shown": "picked",
            "beside": [None, None, None],
            "in_vivo": False,
        },
        "study": {"ellipsis": "…"},
    },
}
"""By the schema that added them: the fields of each kind of row, with what they are in rows from before."""


class CannotUpgradeError(QcodeError):
    """A study of an earlier qcode lies where it cannot be rewritten."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"“{path.name}” was made by an earlier qcode and has to be upgraded, but its folder cannot be written, or "
            "has no room. Copy the study to a folder where you may write, and open it there; nothing was changed."
        )


def migrated(held: Holding, schema: int) -> Holding:
    """What a journal of an earlier schema holds, as this one writes it."""
    added: dict[str, dict[str, Any]] = {}
    for number in range(schema + 1, storage.SCHEMA + 1):
        for kind, fields in _ADDED.get(number, {}).items():
            added.setdefault(kind, {}).update(fields)
    if not added:
        return held
    return Holding(held.steps, {key: _filled(written, added) for key, written in held.changes.items()})


def _filled(written: Written, added: Mapping[str, Mapping[str, Any]]) -> Written:
    """A change that made its row, with the fields that came later; any other as it is, also one that is broken."""
    if written.parents or written.kind not in added:
        return written
    try:
        fields = json.loads(written.fields)
    except ValueError:
        return written
    if not isinstance(fields, dict) or fields.keys() >= added[written.kind].keys():
        return written
    return written._replace(fields=dump(fields | {k: v for k, v in added[written.kind].items() if k not in fields}))


def schema_of(connection: Connection) -> int:
    """The schema in which a file is written."""
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


# A file in its place ----------------------------------------------------------------------------------------------


def upgrade(path: Path, *, keep: bool = True) -> Path | None:
    """Bring a study of an earlier schema up to this one; says where it is kept as it was, None if it was not needed.

    Refuses, with the file left as it was, what is no study, damaged, newer, in use, or cannot be written.
    """
    if storage.examine(path, oldest=storage.OLDEST) == storage.SCHEMA:
        return None
    store = storage.Storage(path)
    try:
        with _told(path), _alone(store.writer) as connection:
            if schema_of(connection) == storage.SCHEMA:
                return None
            kept, is_new = _kept(store.reader, path) if keep else (None, False)
            try:
                _rewrite(connection)
            except BaseException:
                _remove(kept if is_new else None)
                raise
        erasure.write_anew(store)
        return kept
    finally:
        store.close()


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        with storage.told(path):
            yield
    except (storage.StudyNotWrittenError, storage.StudyGoneError, OSError, sqlite3.OperationalError) as error:
        raise CannotUpgradeError(path) from error
    except (IncompleteHistory, KeyError, TypeError, ValueError, DatabaseError, sqlite3.DatabaseError) as error:
        raise storage.DamagedStudyError(path) from error


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """A connection that may drop tables which others refer to, while nobody else writes; all of it or nothing."""
    with engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        raw.execute("PRAGMA foreign_keys = OFF")
        with connection.begin(), journalled(connection):
            yield connection


def _rewrite(connection: Connection) -> None:
    """Fold all rows anew out of the migrated journal, into today's tables. Raises IncompleteHistory."""
    held = migrated(before := holding(connection), schema_of(connection))
    rows = {name: _rows(connection, name) for name in _tables(connection) & kinds().keys()}
    for name in rows:
        connection.exec_driver_sql(f'DROP TABLE "{name}"')
    Base.metadata.create_all(connection)
    _write_changes(connection, {key: new for key, new in held.changes.items() if new != before.changes[key]})
    refold(connection, histories_of(held, {row for _step, row in held.changes}).values())
    _refuse_differing(connection, rows)
    _forget_index(connection)
    connection.exec_driver_sql(f"PRAGMA user_version = {storage.SCHEMA}")


def _tables(connection: Connection) -> set[str]:
    return set(connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars())


def _rows(connection: Connection, table: str, columns: tuple[str, ...] = ()) -> Rows:
    wanted = ", ".join(f'"{name}"' for name in columns) or "*"
    found = connection.exec_driver_sql(f'SELECT {wanted} FROM "{table}"')  # noqa: S608  # our own names
    return tuple(found.keys()), {tuple(row) for row in found}


def _write_changes(connection: Connection, changes: Mapping[Key, Written]) -> None:
    if changes:
        rewriting = text("UPDATE change SET fields = :fields WHERE step_id = :step AND row_id = :row")
        given = [{"step": step, "row": row, "fields": new.fields} for (step, row), new in changes.items()]
        connection.execute(rewriting, given)


def _refuse_differing(connection: Connection, before: Mapping[str, Rows]) -> None:
    """The replayed rows say what they said before, and each refers to what is there; otherwise the file was damaged."""
    for name, (columns, rows) in before.items():
        if _rows(connection, name, columns)[1] != rows:
            raise IncompleteHistory
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise IncompleteHistory


def _forget_index(connection: Connection) -> None:
    """The index of the search is no part of the study, and is made anew when somebody searches."""
    from qcode.models.search_index import make_anew

    with Session(connection, join_transaction_mode="create_savepoint") as session, session.begin():
        make_anew(session)


# The file as it was -----------------------------------------------------------------------------------------------


def _kept(reader: Engine, path: Path) -> tuple[Path, bool]:
    """Keep the file beside itself as it is, whole and on the disk, and say where, and whether it was not there before.

    It is read through a connection of its own: one that is about to write cannot be copied, and a file that is opened
    and closed past SQLite would lose its locks.
    """
    part = path.with_name(f".{path.stem} (before upgrade).part")
    _remove(part)
    try:
        with reader.connect() as reading, closing(sqlite3.connect(part)) as target:
            source: Any = reading.connection.driver_connection
            source.backup(target)
        _write_through(part)
        for number in count(1):
            kept = path.with_name(f"{path.stem} (before upgrade{'' if number == 1 else f' {number}'}){path.suffix}")
            if not kept.exists():
                part.rename(kept)
                return kept, True
            if kept.is_file() and filecmp.cmp(part, kept, shallow=False):
                return kept, False
    finally:
        _remove(part)
    raise AssertionError  # the numbers do not end


def _write_through(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _remove(path: Path | None) -> None:
    with contextlib.suppress(OSError):
        if path is not None:
            path.unlink(missing_ok=True)
