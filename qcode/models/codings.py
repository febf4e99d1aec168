"""Codings: a code that a coder put on a passage."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from qcode.models.base import Row, living, reference


class Coding(Row, kw_only=True, repr=False, eq=False):
    """A code on `[start, end)` code points of one revision of a document, by one coder in one round.

    Its origin is "hand", or "search" as long as nobody has confirmed what a search coded. Its weight, where the study
    uses weights, says from 0 to 100 how strongly the code holds.
    """

    __tablename__ = "coding"
    __table_args__ = (living("coding", "document_id", "start", "end", "coder_id"), living("coding", "code_id"))
    owned_by = ("coder_id", "round_id")
    together: ClassVar[dict[str, tuple[str, ...]]] = {"anchor": ("revision_id", "start", "end")}

    document_id: Mapped[str] = mapped_column(reference("document"))
    revision_id: Mapped[str] = mapped_column(reference("revision"))
    start: Mapped[int]
    end: Mapped[int]
    code_id: Mapped[str] = mapped_column(reference("code"))
    code_version_id: Mapped[str | None] = mapped_column(reference("code_version"))
    coder_id: Mapped[str] = mapped_column(reference("coder"))
    round_id: Mapped[str] = mapped_column(reference("round"))
    layer: Mapped[str] = mapped_column(default="coder")
    certainty: Mapped[str] = mapped_column(default="sure")
    comment: Mapped[str] = mapped_column(default="")
    illustrative: Mapped[bool] = mapped_column(default=False)
    negative_case: Mapped[bool] = mapped_column(default=False)
    origin: Mapped[str] = mapped_column(default="hand")
    weight: Mapped[int | None] = mapped_column(default=None)
