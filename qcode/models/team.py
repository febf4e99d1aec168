"""The study itself, who codes, in which rounds, and what each was given."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from qcode.models.base import Row, living, reference


class StudyRecord(Row, kw_only=True, repr=False, eq=False):
    """What the study asks and how it works; there is one."""

    __tablename__ = "study"

    title: Mapped[str]
    question: Mapped[str] = mapped_column(default="")
    approach: Mapped[str] = mapped_column(default="codebook")
    attribution: Mapped[str] = mapped_column(default="{pseudonym}, {role}")
    k: Mapped[int] = mapped_column(default=5)
    weights: Mapped[bool] = mapped_column(default=False)
    ellipsis: Mapped[str] = mapped_column(default="…")


class Coder(Row, kw_only=True, repr=False, eq=False):
    """Somebody who reads or codes."""

    __tablename__ = "coder"

    name: Mapped[str]
    initials: Mapped[str]
    role: Mapped[str] = mapped_column(default="coder")
    palette_slot: Mapped[int] = mapped_column(default=0)


class Round(Row, kw_only=True, repr=False, eq=False):
    """A pass of coding; with `everyone`, each coder is assigned each document without being listed.

    Where it is `segmented`, coders put codes on segments that were cut beforehand, and on nothing else.
    """

    __tablename__ = "round"

    name: Mapped[str]
    position: Mapped[str]
    purpose: Mapped[str] = mapped_column(default="main")
    blind: Mapped[bool] = mapped_column(default=False)
    everyone: Mapped[bool] = mapped_column(default=False)
    segmented: Mapped[bool] = mapped_column(default=False)


class Assignment(Row, kw_only=True, repr=False, eq=False):
    """One coder's work on one document in one round: open, done or handed in.

    What is done is said to be so and can be changed; what is handed in is locked, until the lead opens it again for a
    `reason`. A hand-in records which codes its coder had seen, since a code made later was not passed over. Whoever
    goes on in a blind round after colleagues' codings could be seen has `seen_others`.
    """

    __tablename__ = "assignment"

    round_id: Mapped[str] = mapped_column(reference("round"))
    document_id: Mapped[str] = mapped_column(reference("document"))
    coder_id: Mapped[str] = mapped_column(reference("coder"))
    state: Mapped[str] = mapped_column(default="open")
    seen_codes: Mapped[list[Any]] = mapped_column(default_factory=list)
    reason: Mapped[str] = mapped_column(default="")
    seen_others: Mapped[bool] = mapped_column(default=False)


class Region(Row, kw_only=True, repr=False, eq=False):
    """A range of a document that a round treats in its own way: a "part", "excluded", or a "segment".

    A coder with parts of a document was assigned these and nothing else of it. What is excluded is nobody's to code;
    without a round, in no round. Segments are what a segmented round hands out to be coded.
    """

    __tablename__ = "region"
    __table_args__ = (living("region", "document_id", "start"),)
    together: ClassVar[dict[str, tuple[str, ...]]] = {"anchor": ("revision_id", "start", "end")}

    kind: Mapped[str]
    document_id: Mapped[str] = mapped_column(reference("document"))
    revision_id: Mapped[str] = mapped_column(reference("revision"))
    start: Mapped[int]
    end: Mapped[int]
    round_id: Mapped[str | None] = mapped_column(reference("round"), default=None)
    coder_id: Mapped[str | None] = mapped_column(reference("coder"), default=None)


class Draw(Row, kw_only=True, repr=False, eq=False):
    """Which documents were drawn at random for a round, out of which, and how, so that anybody can draw them again.

    `share` is of the documents offered, and `by` the key of what made the groups that were drawn from in proportion.
    `offered` holds a list of ids of documents for each group, `drawn` ids in the order of drawing, group by group, and
    `coders` those who were assigned what was drawn. None of it holds words.
    """

    __tablename__ = "draw"

    round_id: Mapped[str] = mapped_column(reference("round"))
    share: Mapped[float]
    seed: Mapped[int]
    by: Mapped[str] = mapped_column(default="")
    offered: Mapped[list[Any]] = mapped_column(default_factory=list)
    drawn: Mapped[list[Any]] = mapped_column(default_factory=list)
    coders: Mapped[list[Any]] = mapped_column(default_factory=list)
