"""Interview guides: their questions, version by version, where they are asked; and what structures a document."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from qcode.models.base import Row, living, reference


class Guide(Row, kw_only=True, repr=False, eq=False):
    """An interview guide; `version_id` points to the version that is asked now, `group_name` says whom it is for."""

    __tablename__ = "guide"

    name: Mapped[str]
    position: Mapped[str]
    version_id: Mapped[str] = mapped_column(reference("guide_version"))
    group_name: Mapped[str] = mapped_column(default="")


class GuideVersion(Row, kw_only=True, repr=False, eq=False):
    """One state of a guide: `questions` are its (id of the question, number, wording) in order; it never changes."""

    __tablename__ = "guide_version"

    guide_id: Mapped[str] = mapped_column(reference("guide"))
    number: Mapped[int]
    questions: Mapped[list[Any]]
    note: Mapped[str] = mapped_column(default="")
    parent_id: Mapped[str | None] = mapped_column(reference("guide_version"), default=None)


class Question(Row, kw_only=True, repr=False, eq=False):
    """A question that stays the same through versions, whatever its number and wording are in each."""

    __tablename__ = "question"

    guide_id: Mapped[str] = mapped_column(reference("guide"))


class QuestionMark(Row, kw_only=True, repr=False, eq=False):
    """That a turn, `[start, end)` code points of one revision, asks or answers a question; what follows answers it.

    `asked` is the question as a file had it. Without a question of a guide it is known by that alone; with neither,
    something else is asked there, which ends the answer before. Its origin is "file", "proposed" or "hand".
    """

    __tablename__ = "question_mark"
    __table_args__ = (living("question_mark", "document_id"), living("question_mark", "question_id"))
    together: ClassVar[dict[str, tuple[str, ...]]] = {
        "anchor": ("revision_id", "start", "end"),
        "meaning": ("question_id", "version_id"),
    }

    document_id: Mapped[str] = mapped_column(reference("document"))
    revision_id: Mapped[str] = mapped_column(reference("revision"))
    start: Mapped[int]
    end: Mapped[int]
    question_id: Mapped[str | None] = mapped_column(reference("question"), default=None)
    version_id: Mapped[str | None] = mapped_column(reference("guide_version"), default=None)
    asked: Mapped[str] = mapped_column(default="")
    origin: Mapped[str] = mapped_column(default="hand")


class Landmarks(Row, kw_only=True, repr=False, eq=False):
    """What a file said about the structure of its text, in code points of one revision; it holds no words.

    `headings` are (start, end, level from 1), `pages` (where it begins, its number), both in order of the text.
    """

    __tablename__ = "landmarks"
    __table_args__ = (living("landmarks", "document_id"),)

    document_id: Mapped[str] = mapped_column(reference("document"))
    revision_id: Mapped[str] = mapped_column(reference("revision"))
    headings: Mapped[list[Any]] = mapped_column(default_factory=list)
    pages: Mapped[list[Any]] = mapped_column(default_factory=list)
