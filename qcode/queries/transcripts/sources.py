"""The documents that passages and quotes are cut from, all of them brought in a few statements."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from qcode.models import Document, Revision
from qcode.models.statements import ask
from qcode.models.texts import TurnSpan
from qcode.queries.transcripts.documents import SpeakerRow, speakers_of
from qcode.study import Study


@dataclass(frozen=True, slots=True)
class Source:
    """A document's current text with its turns; `speakers` holds those of other documents too, by id."""

    name: str
    group: str
    revision: str
    text: str
    turns: Sequence[TurnSpan]
    speakers: Mapping[str, SpeakerRow]

    def turns_in(self, start: int, end: int) -> list[TurnSpan]:
        """The turns that share a character with [start, end), in order: turns never overlap each other."""
        turns = self.turns
        first = bisect_left(turns, (start + 1,))  # a turn is a tuple that begins with its start
        if first and start < turns[first - 1].end:
            first -= 1
            if start < end <= turns[first].end:
                return [turns[first]]  # as nearly always
        last = bisect_left(turns, (end,), first)
        return [turn for turn in turns[first:last] if turn.start < turn.end]

    def speaker(self, turn: TurnSpan) -> SpeakerRow | None:
        """Who speaks in a turn, if anybody."""
        return self.speakers.get(turn.speaker or "")


def sources(study: Study, session: Session, documents: Collection[str]) -> dict[str, Source]:
    """The current texts of these documents by id."""
    found = ask(session, _SOURCES, documents=list(documents)).all()
    texts = study.shelf.texts(session, [text for *_document, text, _layout in found])
    layouts = study.shelf.layouts(session, [layout for *_document, layout in found])
    speakers = speakers_of(session, *documents)
    return {
        document: Source(name, group, revision, texts[text], layouts[layout].turns, speakers)
        for document, name, group, revision, text, layout in found
    }


_SOURCES = (
    select(Document.id, Document.name, Document.group_name, Revision.id, Revision.text_sha256, Revision.layout_sha256)
    .join(Revision, Revision.id == Document.revision_id)
    .where(Document.id.in_(bindparam("documents", expanding=True)))
)
