"""The documents that passages and quotes are cut from, all of them brought in a few statements."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from qcode.models import Document, Revision
from qcode.models.statements import ask
from qcode.models.texts import TurnSpan
from qcode.queries.transcripts.documents import SpeakerRow, speakers_of
from qcode.study import Study

_START, _END = attrgetter("start"), attrgetter("end")


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
        first = bisect_right(self.turns, start, key=_END)
        if first < len(self.turns) and self.turns[first].start <= start < end <= self.turns[first].end:
            return [self.turns[first]]  # as nearly always
        last = bisect_left(self.turns, end, first, key=_START)
        return [turn for turn in self.turns[first:last] if turn.start < turn.end]

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
