"""Codings: on one document, and the passages behind a code, a cell or a number."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from qcode.ids import CodeId, CoderId, CodingId, DocumentId, RoundId
from qcode.models import Code, Coder, Coding, Document, Revision
from qcode.queries.blindness import hidden_from
from qcode.queries.codebook import tree
from qcode.queries.documents import SpeakerRow, speakers_of
from qcode.study import Study
from qcode.text.overlaps import Overlaps


@dataclass(frozen=True, slots=True)
class CodingRow:
    """A code on a passage `[start, end)` of a document; `coder` holds initials and `colour` a palette slot."""

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
        texts = {document: _Reading(study, session, document) for document in {row.document for row in rows}}
        return [texts[row.document].passage(row, around) for row in rows]


def code_paths(study: Study) -> dict[CodeId, tuple[str, ...]]:
    """Each code's names from the root down."""
    with study.read() as session:
        return {CodeId(code.id): path for code, path in tree(session)}


class _Reading:
    """One document's text while passages are cut from it."""

    def __init__(self, study: Study, session: Session, document: str) -> None:
        row = session.get_one(Document, document)
        revision = session.get_one(Revision, row.revision_id)
        self.name, self.group = row.name, row.group_name
        self.text = study.shelf.text(session, revision.text_sha256)
        self._speakers = speakers_of(session, document)
        self._turns = Overlaps(study.shelf.boundaries(session, revision.layout_sha256).turns)

    def passage(self, coding: CodingRow, around: int) -> PassageRow:
        said = self.speakers(coding.start, coding.end)
        names = dict.fromkeys(who.pseudonym or who.label for who in said)
        groups = dict.fromkeys(who.group for who in said if who.group)
        return PassageRow(
            coding,
            self.name,
            self.text[max(0, coding.start - around) : coding.start],
            self.text[coding.start : coding.end],
            self.text[coding.end : coding.end + around],
            ", ".join(names),
            ", ".join(groups) or self.group,
        )

    def speakers(self, start: int, end: int) -> list[SpeakerRow]:
        return _known(self._speakers.get(turn.speaker or "") for turn in self._turns.touching(start, end))


def _known(speakers: Iterable[SpeakerRow | None]) -> list[SpeakerRow]:
    return [speaker for speaker in speakers if speaker is not None]


def _visible(session: Session, viewer: str | None, looking: Looking) -> list[CodingRow]:
    hidden = hidden_from(session, viewer)
    found = session.execute(
        _wanted(looking).order_by(Document.position, Document.id, Coding.start, Coding.end, Code.name)
    )
    rows = (_row(row, viewer) for row in found)
    return [row for row in rows if row.mine or (row.round, row.document) not in hidden]


def _wanted(looking: Looking) -> Select[Any]:
    wanted = (
        select(Coding.__table__, Code.name, Code.palette_slot, Coder.initials, Coder.name.label("coder_name"))
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


def _row(found: Any, viewer: str | None) -> CodingRow:
    return CodingRow(
        id=found.id,
        document=found.document_id,
        code=found.code_id,
        name=found.name,
        colour=found.palette_slot,
        start=found.start,
        end=found.end,
        coder_id=found.coder_id,
        coder=found.initials,
        coder_name=found.coder_name,
        mine=found.coder_id == viewer,
        comment=found.comment,
        unsure=found.certainty == "unsure",
        illustrative=found.illustrative,
        negative_case=found.negative_case,
        round=found.round_id,
        layer=found.layer,
    )
