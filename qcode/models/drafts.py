"""Memos while they are typed: in the study's file, so that a crash loses little, but no part of the study.

The table is never journalled, so drafts reach nobody else, and a step that keeps a draft erases it with the same
commit. A window writes only its own.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import JSON, Column, MetaData, String, Table, delete, insert, inspect, select, update
from sqlalchemy.orm import Session

_LOCAL: Final = MetaData()
_DRAFT: Final = Table(
    "draft",
    _LOCAL,
    Column("memo", String, primary_key=True),
    Column("window", String, primary_key=True),
    Column("coder", String, nullable=False),
    Column("title", String, nullable=False),
    Column("body", String, nullable=False),
    Column("before", String, nullable=False),
    Column("about", JSON, nullable=False),
    Column("at", String, nullable=False),
)


class DraftRow(NamedTuple):
    """What a coder types in a window; `at` is the ISO date and time, in UTC, at which it was secured last.

    `before` tells apart what the memo was when typing began, and is empty for a new one. `about` is JSON.
    """

    memo: str
    window: str
    coder: str
    title: str
    body: str
    before: str
    about: list[Any]
    at: str


def put(session: Session, row: DraftRow) -> None:
    """Secure a draft in place of what its window secured before."""
    _LOCAL.create_all(session.connection())
    erase(session, row.memo, row.window)
    session.execute(insert(_DRAFT), row._asdict())


def erase(session: Session, memo: str, window: str) -> None:
    """Forget a draft, if there is one."""
    if _is_there(session):
        session.execute(delete(_DRAFT).where(_DRAFT.c.memo == memo, _DRAFT.c.window == window))


def drafts_of(session: Session, coder: str) -> list[DraftRow]:
    """All drafts of a coder, the oldest first."""
    if not _is_there(session):
        return []
    wanted = select(_DRAFT).where(_DRAFT.c.coder == coder).order_by(_DRAFT.c.at, _DRAFT.c.memo)
    return [DraftRow(*row) for row in session.execute(wanted)]


def rewrite(session: Session, rewriting: Callable[[str], str]) -> int:
    """Rewrite what is being typed, and say how many drafts became another."""
    if not _is_there(session):
        return 0
    changed = 0
    for row in list(session.execute(select(_DRAFT))):
        new = {"title": rewriting(row.title), "body": rewriting(row.body)}
        if new != {"title": row.title, "body": row.body}:
            mine = _DRAFT.c.memo == row.memo, _DRAFT.c.window == row.window
            session.execute(update(_DRAFT).where(*mine).values(**new))
            changed += 1
    return changed


def now() -> str:
    """The time as drafts have it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _is_there(session: Session) -> bool:
    return inspect(session.connection()).has_table(_DRAFT.name)
