"""Which files went out to whom: local notes of this copy that are never journalled, so that a lead knows what is out.

A note names a coder and a file, and nothing of what is in it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final, NamedTuple

from sqlalchemy import Column, MetaData, String, Table, insert, inspect, select, update
from sqlalchemy.orm import Session

from qcode.models.copies import OtherCopy, refuse_other_study
from qcode.models.handing_out import owner

_LOCAL: Final = MetaData()
_HAND_OUT: Final = Table(
    "hand_out",
    _LOCAL,
    Column("id", String, primary_key=True),
    Column("coder", String, nullable=False),
    Column("file", String, nullable=False),
    Column("at", String, nullable=False),
    Column("collected_at", String, nullable=True),
)


class HandOutNote(NamedTuple):
    """One file that was handed out: to whom, its name, when, and when it was collected last (ISO, in UTC)."""

    id: str
    coder: str
    file: str
    at: str
    collected_at: str | None


def note_hand_out(session: Session, hand_out: str, *, coder: str, file: str) -> None:
    """Note that a file went out."""
    _LOCAL.create_all(session.connection())
    row = {"id": hand_out, "coder": coder, "file": file, "at": _now(), "collected_at": None}
    session.execute(insert(_HAND_OUT), row)


def note_collected(session: Session, hand_out: str) -> None:
    """Note that the file of a hand-out came back; nothing where it is not known here."""
    if inspect(session.connection()).has_table(_HAND_OUT.name):
        session.execute(update(_HAND_OUT).where(_HAND_OUT.c.id == hand_out).values(collected_at=_now()))


def hand_out_notes(session: Session) -> list[HandOutNote]:
    """What went out, the latest first."""
    if not inspect(session.connection()).has_table(_HAND_OUT.name):
        return []
    rows = session.execute(select(*(_HAND_OUT.c[name] for name in HandOutNote._fields)))
    return sorted((HandOutNote(*row) for row in rows), key=lambda note: (note.at, note.id), reverse=True)


def expected(session: Session, copy: OtherCopy, *, handed_in: bool | None) -> str | None:
    """Whose new work alone a file may bring; None for anybody's. With None the file itself tells what it is.

    Into a study that was itself handed out, such as by a later hand-out of the lead's, everything may come.
    """
    refuse_other_study(session, copy)
    if handed_in is None:
        return copy.owner if owner(session.connection()) is None else None
    return copy.owner_of() if handed_in else None


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
