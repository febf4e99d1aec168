"""Codes, the immutable versions of their definitions, and sets of codes."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from qcode.models.base import Row, reference


class Code(Row, kw_only=True, repr=False, eq=False):
    """A code or a category of codes; what it means stands in the version it points to.

    `status` is "active", "retired", "merged", or, of a code that a coder made while blind, "proposed" and "declined",
    with what the lead had to say about it in `answer`. A merged code stands for the one that `merged_into_id` points
    to, and its codings stay as they were made. A code that was split off another one knows it by `split_from_id`.
    """

    __tablename__ = "code"

    name: Mapped[str]
    position: Mapped[str]
    palette_slot: Mapped[int]
    parent_id: Mapped[str | None] = mapped_column(reference("code"), default=None)
    kind: Mapped[str] = mapped_column(default="codable")
    status: Mapped[str] = mapped_column(default="active")
    merged_into_id: Mapped[str | None] = mapped_column(reference("code"), default=None)
    version_id: Mapped[str | None] = mapped_column(reference("code_version"), default=None)
    split_from_id: Mapped[str | None] = mapped_column(reference("code"), default=None)
    answer: Mapped[str] = mapped_column(default="")


class CodeVersion(Row, kw_only=True, repr=False, eq=False):
    """The six-field definition of a code as it stood from one moment on, with the reason and the author."""

    __tablename__ = "code_version"

    code_id: Mapped[str] = mapped_column(reference("code"))
    number: Mapped[int]
    author_id: Mapped[str] = mapped_column(reference("coder"))
    brief: Mapped[str] = mapped_column(default="")
    full: Mapped[str] = mapped_column(default="")
    when_to_use: Mapped[str] = mapped_column(default="")
    when_not_to_use: Mapped[str] = mapped_column(default="")
    typical_example: Mapped[str] = mapped_column(default="")
    near_miss: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")


class CodeSet(Row, kw_only=True, repr=False, eq=False):
    """A named choice of codes, across the tree, that people look at together.

    Where it is `exclusive`, its codes exclude each other: no passage has two of them.
    """

    __tablename__ = "code_set"

    name: Mapped[str]
    position: Mapped[str]
    exclusive: Mapped[bool] = mapped_column(default=False)


class CodeSetMember(Row, kw_only=True, repr=False, eq=False):
    """That a set holds a code; its id is derived from both, so that copies agree on it."""

    __tablename__ = "code_set_member"

    set_id: Mapped[str] = mapped_column(reference("code_set"))
    code_id: Mapped[str] = mapped_column(reference("code"))
