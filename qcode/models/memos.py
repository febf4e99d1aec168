"""Memos: what a coder thinks while coding, and what each memo is about."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from qcode.models.base import Row, living, reference


class Memo(Row, kw_only=True, repr=False, eq=False):
    """A note in Markdown that belongs to its author."""

    __tablename__ = "memo"
    owned_by = ("author_id",)

    title: Mapped[str]
    text: Mapped[str]
    author_id: Mapped[str] = mapped_column(reference("coder"))
    position: Mapped[str]
    kind: Mapped[str] = mapped_column(default="analytic")


class MemoLink(Row, kw_only=True, repr=False, eq=False):
    """That a memo is about something; its id is derived from the memo and the thing, so that copies agree on it.

    `kind` says which column names the thing: "study" needs none, "document" the document alone, and "passage" the
    document with an anchor in it.
    """

    __tablename__ = "memo_link"
    __table_args__ = (living("memo_link", "memo_id"),)
    owned_by = ("author_id",)
    together: ClassVar[dict[str, tuple[str, ...]]] = {"anchor": ("revision_id", "start", "end")}

    memo_id: Mapped[str] = mapped_column(reference("memo"))
    author_id: Mapped[str] = mapped_column(reference("coder"))
    kind: Mapped[str]
    document_id: Mapped[str | None] = mapped_column(reference("document"), default=None)
    revision_id: Mapped[str | None] = mapped_column(reference("revision"), default=None)
    start: Mapped[int | None] = mapped_column(default=None)
    end: Mapped[int | None] = mapped_column(default=None)
    code_id: Mapped[str | None] = mapped_column(reference("code"), default=None)
    coding_id: Mapped[str | None] = mapped_column(reference("coding"), default=None)
    participant_id: Mapped[str | None] = mapped_column(reference("participant"), default=None)
    theme_id: Mapped[str | None] = mapped_column(reference("theme"), default=None)
