"""The framework matrix, what its cells say and rest on, and where things lie on the map of themes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from sqlalchemy.orm import Mapped, mapped_column

from qcode.models.base import Row, living, reference

FARTHEST: Final = 100_000
"""No thing lies farther from the middle of the map, in its own units."""


class FrameworkSummary(Row, kw_only=True, repr=False, eq=False):
    """What one participant, or one document, says to a theme, in the words of the team.

    Its id is derived from both, so that copies agree on the cell; exactly one of the two subjects is named.
    """

    __tablename__ = "framework_summary"

    theme_id: Mapped[str] = mapped_column(reference("theme"))
    participant_id: Mapped[str | None] = mapped_column(reference("participant"), default=None)
    document_id: Mapped[str | None] = mapped_column(reference("document"), default=None)
    words: Mapped[str] = mapped_column(default="")


class SummaryPassage(Row, kw_only=True, repr=False, eq=False):
    """A passage that a summary rests on."""

    __tablename__ = "summary_passage"
    __table_args__ = (living("summary_passage", "summary_id"),)
    together: ClassVar[dict[str, tuple[str, ...]]] = {"anchor": ("revision_id", "start", "end")}

    summary_id: Mapped[str] = mapped_column(reference("framework_summary"))
    document_id: Mapped[str] = mapped_column(reference("document"))
    revision_id: Mapped[str] = mapped_column(reference("revision"))
    start: Mapped[int]
    end: Mapped[int]


class MapPlace(Row, kw_only=True, repr=False, eq=False):
    """Where a theme or a code lies on the map; the id is derived from it. Whoever moved it last is right."""

    __tablename__ = "map_place"
    together: ClassVar[dict[str, tuple[str, ...]]] = {"place": ("x", "y")}

    theme_id: Mapped[str | None] = mapped_column(reference("theme"), default=None)
    code_id: Mapped[str | None] = mapped_column(reference("code"), default=None)
    x: Mapped[int]
    y: Mapped[int]


def is_sound(kind: str, row: Mapping[str, Any], _lengths: Mapping[str, int]) -> bool:
    """Whether a cell has one subject, and a place on the map one thing that lies within it; any other kind is sound."""
    if kind == FrameworkSummary.__tablename__:
        return (row["participant_id"] is None) != (row["document_id"] is None)
    if kind == MapPlace.__tablename__:
        one = (row["theme_id"] is None) != (row["code_id"] is None)
        return one and max(abs(row["x"]), abs(row["y"])) <= FARTHEST
    return True
