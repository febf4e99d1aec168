"""Counts of a survey that stand beside themes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from qcode.models.base import Row, living, reference


class Survey(Row, kw_only=True, repr=False, eq=False):
    """A survey by its name, with what was counted, as one value (`text/survey_counts.py`)."""

    __tablename__ = "survey"

    name: Mapped[str]
    position: Mapped[str]
    items: Mapped[list[Any]] = mapped_column(default_factory=list)


class SurveyTheme(Row, kw_only=True, repr=False, eq=False):
    """That an item of a survey stands beside a theme; its id is derived from all three, so that copies agree on it.

    The item is named by its words: a survey that is read again keeps what stands beside it.
    """

    __tablename__ = "survey_theme"
    __table_args__ = (living("survey_theme", "survey_id"),)

    survey_id: Mapped[str] = mapped_column(reference("survey"))
    theme_id: Mapped[str] = mapped_column(reference("theme"))
    item: Mapped[str]


def is_sound(kind: str, row: Mapping[str, Any], _lengths: Mapping[str, int]) -> bool:
    """Whether the counts of a survey are such as are read from a file; any other kind is sound."""
    from qcode.text.survey_counts import are_stored  # a study opens without it

    return kind != Survey.__tablename__ or are_stored(row["items"])
