"""Statements that are made once: making one anew takes several times as long as SQLite needs to answer it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Result, Select
from sqlalchemy.orm import Session


def ask[*Columns](session: Session, statement: Select[*Columns], **values: Any) -> Result[*Columns]:
    """The rows of a ready-made statement of columns, as of everything that this session has changed until now."""
    session.flush()
    return session.connection().execute(statement, values)
