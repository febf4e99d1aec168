"""Themes, the codes they gather, and the quotes that carry them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from sqlalchemy.orm import Mapped, mapped_column

from qcode.models.base import Row, living, reference
from qcode.text.quote_edits import are_stored

STATUSES: Final = ("shortlisted", "chosen")
STANCES: Final = ("supports", "dissents")
LANGUAGES_SHOWN: Final = ("picked", "original", "translation", "both")
EDITED: Final = "edited"
"""The field of the journal with how a quote is printed otherwise than it was said."""


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
    """A passage picked to illustrate a theme, or to dissent from it: "shortlisted", or "chosen" to be printed.

    `edits` are how it is printed otherwise than it was said (`text/quote_edits.py`), in code points of a revision that
    they name together: they keep their places apart from the quote's own, so that one coder can grow a quote while
    another edits it. `language_shown` is "original", "translation", "both", or the one that was "picked"; what stands
    `beside` are the words of the other language, if not whole turns. One that is `in_vivo` gives its theme the name.
    """

    __tablename__ = "quote"
    together: ClassVar[dict[str, tuple[str, ...]]] = {
        "anchor": ("revision_id", "start", "end"),
        EDITED: ("edited_revision_id", "edits"),
        "beside": ("beside_revision_id", "beside_start", "beside_end"),
    }

    theme_id: Mapped[str] = mapped_column(reference("theme"))
    document_id: Mapped[str] = mapped_column(reference("document"))
    revision_id: Mapped[str] = mapped_column(reference("revision"))
    start: Mapped[int]
    end: Mapped[int]
    position: Mapped[str]
    stance: Mapped[str] = mapped_column(default="supports")
    status: Mapped[str] = mapped_column(default="chosen")
    attribution: Mapped[str | None] = mapped_column(default=None)
    edited_revision_id: Mapped[str | None] = mapped_column(reference("revision"), default=None)
    edits: Mapped[list[Any]] = mapped_column(default_factory=list)
    language_shown: Mapped[str] = mapped_column(default="picked")
    beside_revision_id: Mapped[str | None] = mapped_column(reference("revision"), default=None)
    beside_start: Mapped[int | None] = mapped_column(default=None)
    beside_end: Mapped[int | None] = mapped_column(default=None)
    in_vivo: Mapped[bool] = mapped_column(default=False)


class QuoteUse(Row, kw_only=True, repr=False, eq=False):
    """That a quote stands in a paper, and in which section of it."""

    __tablename__ = "quote_use"
    __table_args__ = (living("quote_use", "quote_id"),)

    quote_id: Mapped[str] = mapped_column(reference("quote"))
    paper: Mapped[str]
    section: Mapped[str] = mapped_column(default="")


def is_sound(kind: str, row: Mapping[str, Any], lengths: Mapping[str, int]) -> bool:
    """Whether a quote is one that qcode writes, given how long each revision is; any other kind is."""
    if kind != Quote.__tablename__:
        return True
    known = row["status"] in STATUSES and row["stance"] in STANCES and row["language_shown"] in LANGUAGES_SHOWN
    revision = row["edited_revision_id"]
    if revision is None:
        return known and not row["edits"]
    return known and are_stored(row["edits"], lengths.get(revision, -1))
