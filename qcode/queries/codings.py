"""Codings: on one document, and the passages behind a code, a cell or a number."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from qcode.ids import CodeId, CoderId, CodingId, DocumentId, RoundId
from qcode.models import Code, Coder, Coding, Document
from qcode.queries.blindness import hidden_from
from qcode.queries.codebook import tree
from qcode.queries.sources import Source, sources
from qcode.study import Study


class CodingRow(NamedTuple):
    """A code on a passage `[start, end)` of a document; `coder` holds initials and `colour` a palette slot.

    A tuple in the order of the query's columns: thousands are made at once, a dataclass of this size takes ten times
    as long.
    """

    id: CodingId
    document: DocumentId
    code: CodeId
    name: str
    colour: int
    start: int
    end: int
    coder_id: CoderId
    coder: str
    coder_name: str
    mine: bool
    comment: str
    unsure: bool
    illustrative: bool
    negative_case: bool
    round: RoundId
    layer: str


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A coded passage as one reads it: its words, a little of what stands around them, and who says it."""

    coding: CodingRow
    document_name: str
    before: str
    text: str
    after: str
    speaker: str
    group: str


@dataclass(frozen=True, slots=True)
class Looking:
    """Which codings to show: None stands for all."""

    documents: Collection[str] | None = None
    codes: Collection[str] | None = None
    coders: Collection[str] | None = None
    rounds: Collection[str] | None = None
    layer: str | None = "coder"
    ids: Collection[str] | None = None


def codings_of(study: Study, document: DocumentId, looking: Looking | None = None) -> list[CodingRow]:
    """The codings of one document in text order, as far as the acting coder may see them."""
    return codings(study, replace(looking or Looking(), documents=[document]))


def codings(study: Study, looking: Looking) -> list[CodingRow]:
    """All codings that are asked for and may be seen, by document and place.

    While a round is blind, colleagues' codings of a document stay hidden from a coder who has not yet handed it in.
    """
    with study.read() as session:
        return _visible(session, study.coder, looking)


def passages(study: Study, looking: Looking, *, around: int = 60) -> list[PassageRow]:
    """The passages behind these codings, with up to `around` code points of context on either side."""
    with study.read() as session:
        rows = _visible(session, study.coder, looking)
        found = sources(study, session, {row.document for row in rows})
        return [_passage(row, found[row.document], around) for row in rows]


def code_paths(study: Study) -> dict[CodeId, tuple[str, ...]]:
    """Each code's names from the root down."""
    with study.read() as session:
        return {CodeId(code.id): path for code, path in tree(session)}


def _passage(coding: CodingRow, source: Source, around: int) -> PassageRow:
    said = [who for turn in source.turns_in(coding.start, coding.end) if (who := source.speaker(turn)) is not None]
    names = dict.fromkeys(who.pseudonym or who.label for who in said)
    groups = dict.fromkeys(who.group for who in said if who.group)
    return PassageRow(
        coding,
        source.name,
        source.text[max(0, coding.start - around) : coding.start],
        source.text[coding.start : coding.end],
        source.text[coding.end : coding.end + around],
        ", ".join(names),
        ", ".join(groups) or source.group,
    )


def _visible(session: Session, viewer: str | None, looking: Looking) -> list[CodingRow]:
    hidden = hidden_from(session, viewer)
    wanted = _wanted(viewer, looking).order_by(Document.position, Document.id, Coding.start, Coding.end, Code.name)
    rows = map(CodingRow._make, session.connection().execute(wanted))
    return [row for row in rows if row.mine or (row.round, row.document) not in hidden] if hidden else list(rows)


def _wanted(viewer: str | None, looking: Looking) -> Select[Any]:
    wanted = (
        select(*_columns(viewer))
        .join(Code, Code.id == Coding.code_id)
        .join(Coder, Coder.id == Coding.coder_id)
        .join(Document, Document.id == Coding.document_id)
        .where(Coding.alive, Code.alive, Document.alive)
    )
    for column, chosen in (
        (Coding.document_id, looking.documents),
        (Coding.code_id, looking.codes),
        (Coding.coder_id, looking.coders),
        (Coding.round_id, looking.rounds),
        (Coding.id, looking.ids),
    ):
        if chosen is not None:
            wanted = wanted.where(column.in_(list(chosen)))
    return wanted if looking.layer is None else wanted.where(Coding.layer == looking.layer)


def _columns(viewer: str | None) -> tuple[Any, ...]:
    """The columns of a `CodingRow` in its order."""
    return (
        Coding.id,
        Coding.document_id,
        Coding.code_id,
        Code.name,
        Code.palette_slot,
        Coding.start,
        Coding.end,
        Coding.coder_id,
        Coder.initials,
        Coder.name,
        Coding.coder_id == (viewer or ""),
        Coding.comment,
        Coding.certainty == "unsure",
        Coding.illustrative,
        Coding.negative_case,
        Coding.round_id,
        Coding.layer,
    )
