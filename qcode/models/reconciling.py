"""Decisions about what coders differ in, with the codings they rest on, and how each coder takes them.

Coders' codings are never touched by them: what is agreed in the end is derived from both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Final

from sqlalchemy.orm import Mapped, mapped_column

from qcode.ids import derived_id
from qcode.models.base import Row, living, reference
from qcode.models.journal import dump
from qcode.reconciliation import OUTCOMES, REASONS, STANCES

JUDGED: Final = "judged"
"""The field of the journal with what was judged and the verdict on it."""
SAID: Final = "said"
"""The field of the journal with how a coder takes which verdict."""
RULED: Final = ("reason", "note", "present")
"""The fields that are written with a verdict, and say why it is so."""


class Decision(Row, kw_only=True, repr=False, eq=False):
    """What was decided about one case, at `[start, end)` of a revision.

    `evidence` lists the codings as they were judged: [coding, coder, code, start, end]; `codes` are those in question.
    `verdict` is {"outcome": one of OUTCOMES, "coder": whose lane was accepted, "kept": [[code, start, end], ...]}, all
    in that revision. What was judged and the verdict on it make one field of the journal, so that two leads who decide
    the same case apart are one conflict, and never one's outcome with the other's extent. `reason` is one of REASONS
    or empty, `note` is typed, and `present` holds the coders who were there. `led_to` lists what came of it in the
    codebook, [kind, row]: the link is kept here, so that codes never hang on what some may not know of.
    """

    __tablename__ = "decision"
    __table_args__ = (living("decision", "round_id", "document_id"),)
    together: ClassVar[dict[str, tuple[str, ...]]] = {
        JUDGED: ("revision_id", "start", "end", "codes", "evidence", "verdict")
    }

    round_id: Mapped[str] = mapped_column(reference("round"))
    document_id: Mapped[str] = mapped_column(reference("document"))
    revision_id: Mapped[str] = mapped_column(reference("revision"))
    start: Mapped[int]
    end: Mapped[int]
    codes: Mapped[list[Any]]
    evidence: Mapped[list[Any]]
    verdict: Mapped[dict[str, Any]]
    reason: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    present: Mapped[list[Any]] = mapped_column(default_factory=list)
    led_to: Mapped[list[Any]] = mapped_column(default_factory=list)


class Assent(Row, kw_only=True, repr=False, eq=False):
    """How a coder takes a decision: persuaded, accepting it, or dissenting; there is one for each of both.

    It is about the verdict that it names (`verdict_print`), and counts for nothing while another one stands.
    """

    __tablename__ = "assent"
    __table_args__ = (living("assent", "decision_id"),)
    together: ClassVar[dict[str, tuple[str, ...]]] = {SAID: ("stance", "verdict")}

    decision_id: Mapped[str] = mapped_column(reference("decision"))
    coder_id: Mapped[str] = mapped_column(reference("coder"))
    stance: Mapped[str]
    verdict: Mapped[str]
    note: Mapped[str] = mapped_column(default="")


def decision_id(round_id: str, document: str, codings: Iterable[str]) -> str:
    """The id of a decision that rests on these codings: who decides the same case elsewhere makes the same row."""
    return derived_id("decision", round_id, document, *sorted(codings))


def assent_id(decision: str, coder: str) -> str:
    """The id of how a coder takes a decision."""
    return derived_id("assent", decision, coder)


def verdict_print(verdict: Mapping[str, Any]) -> str:
    """What tells a verdict from others: a stance names it, and is about that verdict alone."""
    return derived_id("verdict", dump([verdict["outcome"], verdict["coder"], verdict["kept"]]))


def is_sound(kind: str, row: Mapping[str, Any], lengths: Mapping[str, int]) -> bool:
    """Whether a decision or an assent is one that qcode writes, given how long each revision is; any other kind is."""
    if kind == Assent.__tablename__:
        return row["stance"] in STANCES and row["id"] == assent_id(row["decision_id"], row["coder_id"])
    if kind != Decision.__tablename__:
        return True
    length = lengths.get(row["revision_id"], -1)
    named = all(isinstance(one, str) for one in [*row["codes"], *row["present"]])
    named = named and all(_is_link(one) for one in row["led_to"])
    judged = bool(row["evidence"]) and all(_is_placed(one, 3, length) for one in row["evidence"])
    return named and judged and row["reason"] in ("", *REASONS) and _is_verdict(row["verdict"], length)


def _is_verdict(verdict: Any, length: int) -> bool:
    if not isinstance(verdict, dict) or verdict.keys() != {"outcome", "coder", "kept"}:
        return False
    whose, kept = verdict["coder"], verdict["kept"]
    placed = isinstance(kept, list) and all(_is_placed(one, 1, length) for one in kept)
    return placed and verdict["outcome"] in OUTCOMES and (whose is None or isinstance(whose, str))


def _is_link(one: Any) -> bool:
    return isinstance(one, list) and len(one) == 2 and all(isinstance(name, str) for name in one)


def _is_placed(one: Any, names: int, length: int) -> bool:
    """Whether it is a list of so many ids, and a range that lies in the text."""
    if not isinstance(one, list) or len(one) != names + 2 or not all(isinstance(name, str) for name in one[:names]):
        return False
    start, end = one[names:]
    return type(start) is int and type(end) is int and 0 <= start < end <= length
