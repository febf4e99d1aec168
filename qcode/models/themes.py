"""Themes, the codes they gather, and the quotes that carry them."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from qcode.models.base import Row, reference


class Theme(Row, kw_only=True, repr=False, eq=False):
    """A pattern of meaning with a central organising concept."""

    __tablename__ = "theme"

    name: Mapped[str]
    position: Mapped[str]
    parent_id: Mapped[str | None] = mapped_column(reference("theme"), default=None)
    concept: Mapped[str] = mapped_column(default="")


class ThemeCode(Row, kw_only=True, repr=False, eq=False):
    """That a theme gathers a code; its id is derived from both, so that copies agree on it."""

    __tablename__ = "theme_code"

    theme_id: Mapped[str] = mapped_column(reference("theme"))
    code_id: Mapped[str] = mapped_column(reference("code"))


class Quote(Row, kw_only=True, repr=False, eq=False):
    """A passage picked to illustrate a theme, or to dissent from it."""

    __tablename__ = "quote"
    together: ClassVar[dict[str, tuple[str, ...]]] = {"anchor": ("revision_id", "start", "end")}

    theme_id: Mapped[str] = mapped_column(reference("theme"))
    document_id: Mapped[str] = mapped_column(reference("document"))
    revision_id: Mapped[str] = mapped_column(reference("revision"))
    start: Mapped[int]
    end: Mapped[int]
    position: Mapped[str]
    stance: Mapped[str] = mapped_column(default="supports")
    status: Mapped[str] = mapped_column(default="chosen")
    attribution: Mapped[str | None] = mapped_column(default=None)
