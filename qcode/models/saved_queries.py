"""Queries over codes that the team keeps."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from qcode.models.base import Row


class SavedQuery(Row, kw_only=True, repr=False, eq=False):
    """A query by its name; `words` are what was typed, which is read anew each time it is asked."""

    __tablename__ = "saved_query"

    name: Mapped[str]
    words: Mapped[str]
    position: Mapped[str] = mapped_column(default="")
