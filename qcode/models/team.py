"""The study itself, who codes, in which rounds, and what each was given."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from qcode.models.base import Row, reference


class StudyRecord(Row, kw_only=True, repr=False, eq=False):
    """What the study asks and how it works; there is one."""

    __tablename__ = "study"

    title: Mapped[str]
    question: Mapped[str] = mapped_column(default="")
    approach: Mapped[str] = mapped_column(default="codebook")
    attribution: Mapped[str] = mapped_column(default="{pseudonym}, {role}")
    k: Mapped[int] = mapped_column(default=5)
    weights: Mapped[bool] = mapped_column(default=False)


class Coder(Row, kw_only=True, repr=False, eq=False):
    """Somebody who reads or codes."""

    __tablename__ = "coder"

    name: Mapped[str]
    initials: Mapped[str]
    role: Mapped[str] = mapped_column(default="coder")
    palette_slot: Mapped[int] = mapped_column(default=0)


class Round(Row, kw_only=True, repr=False, eq=False):
    """A pass of coding; with `everyone`, each coder is assigned each document without being listed."""

    __tablename__ = "round"

    name: Mapped[str]
    position: Mapped[str]
    purpose: Mapped[str] = mapped_column(default="main")
    blind: Mapped[bool] = mapped_column(default=False)
    everyone: Mapped[bool] = mapped_column(default=False)


class Assignment(Row, kw_only=True, repr=False, eq=False):
    """One coder's work on one document in one round: open, or handed in.

    A hand-in records which codes its coder had seen, since a code made later was not passed over.
    """

    __tablename__ = "assignment"

    round_id: Mapped[str] = mapped_column(reference("round"))
    document_id: Mapped[str] = mapped_column(reference("document"))
    coder_id: Mapped[str] = mapped_column(reference("coder"))
    state: Mapped[str] = mapped_column(default="open")
    seen_codes: Mapped[list[Any]] = mapped_column(default_factory=list)
