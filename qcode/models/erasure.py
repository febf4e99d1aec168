"""Getting rid of what a redaction took out: old texts at once, and what free pages may hold soon after.

Whether the file still has to be written anew is noted in the same commit as the redaction, so that it is finished at
the next opening if something comes between. The note is no part of the study and is never journalled.
"""

from __future__ import annotations

import sqlite3
from typing import Final

from sqlalchemy import Column, MetaData, String, Table, delete, insert, inspect, select
from sqlalchemy.orm import Session

from qcode.models.documents import Layout, Revision, Text
from qcode.models.recording import journalled
from qcode.models.storage import Storage

_LOCAL: Final = MetaData()
_UNFINISHED: Final = Table("unfinished_erasure", _LOCAL, Column("step", String, primary_key=True))


def note(session: Session, step: str) -> None:
    """Remember that what this step erased may still be in free pages."""
    _LOCAL.create_all(session.connection())
    session.execute(insert(_UNFINISHED), {"step": step})


def unfinished(session: Session) -> list[str]:
    """The steps after which the file was not written anew yet."""
    if not inspect(session.connection()).has_table(_UNFINISHED.name):
        return []
    return list(session.scalars(select(_UNFINISHED.c.step)))


def forget(session: Session, steps: list[str]) -> None:
    """The file was written anew after these steps."""
    session.execute(delete(_UNFINISHED).where(_UNFINISHED.c.step.in_(steps)))


def drop_texts(session: Session) -> int:
    """Remove the texts and layouts that no revision has any more, and say how many texts went."""
    session.flush()
    with journalled(session.connection()) as connection:
        connection.execute(delete(Layout).where(Layout.sha256.not_in(select(Revision.layout_sha256))))
        return connection.execute(delete(Text).where(Text.sha256.not_in(select(Revision.text_sha256)))).rowcount


def write_anew(store: Storage) -> bool:
    """Write the whole file without its free pages; False if another program holds it, or the disk has no room."""
    connection = store.writer.raw_connection()
    try:
        connection.cursor().execute("VACUUM")
    except sqlite3.OperationalError:
        return False
    finally:
        connection.close()
    return True
