"""How far everybody is in a round: by document and coder, without what a blind round keeps back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.ids import CoderId, DocumentId, RoundId
from qcode.models import Assignment, Coder, Coding, Document, Region, Revision
from qcode.models.blindness import hidden_from
from qcode.models.merging import merged_codes
from qcode.models.positions import Positions
from qcode.models.regions import EXCLUDED, PART, SEGMENT
from qcode.queries.rounds.assignments import NOT_ASSIGNED
from qcode.queries.team import CoderRow, RoundRow, coders, rounds
from qcode.study import Study
from qcode.text.ranges import Range, union


@dataclass(frozen=True, slots=True)
class CellProgress:
    """One coder's work on one document: "not assigned", "open", "done" or "handed in".

    `codings` counts theirs, and `reached` is the share, from 0 to 1, of what they were given that lies ahead of the
    end of their last one; None where a blind round keeps that from whoever asks. Work that was opened again has a
    `reason`, and `seen_others` if colleagues' codings of it could be seen meanwhile. `regions` says in words which
    part of the document is theirs; empty for all of it.
    """

    state: str
    codings: int | None = 0
    reached: float | None = 0.0
    reason: str = ""
    seen_others: bool = False
    regions: str = ""


@dataclass(frozen=True, slots=True)
class DocumentProgress:
    """A document: to how many coders it was given, how many are done but have not handed in, how many have.

    `regions` says in words what of it is excluded, and into how many segments it was cut.
    """

    id: DocumentId
    name: str
    given: int
    done: int
    handed_in: int
    regions: str


@dataclass(frozen=True, slots=True)
class CoderProgress:
    """A coder: how many documents were given, are done but not handed in, and are handed in."""

    coder: CoderRow
    given: int
    done: int
    handed_in: int


@dataclass(frozen=True, slots=True)
class RoundProgress:
    """All documents by all coders in one round."""

    round: RoundRow
    documents: tuple[DocumentProgress, ...]
    coders: tuple[CoderProgress, ...]
    cells: Mapping[tuple[str, str], CellProgress]

    def cell(self, document: DocumentId, coder: CoderId) -> CellProgress:
        """How far a coder is with a document."""
        return self.cells[document, coder]


def round_progress(study: Study, round_id: RoundId) -> RoundProgress | None:
    """How far everybody is in a round; None if the round is no longer there."""
    chosen, people = next((row for row in rounds(study) if row.id == round_id), None), coders(study)
    if chosen is None:
        return None
    with study.read() as session:
        reading = _Reading.of(session, chosen, study.coder)
        pairs = [(document, str(coder.id)) for document in reading.names for coder in people]
        cells = {pair: reading.cell(*pair) for pair in pairs}
        told = {document: reading.told(document) for document in reading.names}
    states = {key: cell.state for key, cell in cells.items()}
    return RoundProgress(
        chosen,
        tuple(
            DocumentProgress(DocumentId(document), name, *_tally(states, 0, document), told[document])
            for document, name in reading.names.items()
        ),
        tuple(CoderProgress(coder, *_tally(states, 1, coder.id)) for coder in people),
        cells,
    )


def _tally(states: Mapping[tuple[str, str], str], side: int, key: str) -> tuple[int, int, int]:
    """How many were given, are done and are handed in, of one document (side 0) or one coder (side 1)."""
    counts = Counter(state for pair, state in states.items() if pair[side] == key and state != NOT_ASSIGNED)
    return counts.total(), counts["done"], counts["handed in"]


@dataclass(slots=True)
class _Reading:
    """What is known of a round, read in one go."""

    round: RoundRow
    viewer: str | None
    leads: bool
    names: dict[str, str]
    lengths: dict[str, int]
    hidden: set[str]
    assigned: dict[tuple[str, str], Assignment]
    coded: dict[tuple[str, str], set[tuple[str, int, int]]]
    parts: dict[tuple[str, str], list[Range]] = field(default_factory=dict)
    excluded: dict[str, list[Range]] = field(default_factory=dict)
    segments: dict[str, list[Range]] = field(default_factory=dict)

    @classmethod
    def of(cls, session: Session, chosen: RoundRow, viewer: str | None) -> _Reading:
        living = select(Document.id, Document.name, Revision.length).join(Revision, Revision.id == Document.revision_id)
        rows = session.execute(living.where(Document.alive).order_by(Document.position, Document.id)).all()
        own = session.get(Coder, viewer or "")
        given = select(Assignment).where(Assignment.alive, Assignment.round_id == chosen.id)
        positions = Positions(session)
        made = cls(
            chosen,
            viewer,
            own is not None and own.role == "lead",
            {row.id: row.name for row in rows},
            {row.id: row.length for row in rows},
            {document for round_id, document in hidden_from(session, viewer) if round_id == chosen.id},
            {(row.document_id, row.coder_id): row for row in session.scalars(given)},
            _coded(session, positions, chosen.id),
        )
        made.place(session, positions)
        return made

    def place(self, session: Session, positions: Positions) -> None:
        """Find the parts, the excluded ranges and the segments in today's texts."""
        wanted = select(Region).where(Region.alive, Region.document_id.in_(list(self.names)))
        for row in session.scalars(wanted.where((Region.round_id == self.round.id) | Region.round_id.is_(None))):
            start, end, _altered = positions.place(row.document_id, row.revision_id, row.start, row.end)
            if start >= end:
                continue
            if row.kind == PART and row.coder_id is not None:
                self.parts.setdefault((row.document_id, row.coder_id), []).append((start, end))
            elif row.kind in (EXCLUDED, SEGMENT):
                found = self.excluded if row.kind == EXCLUDED else self.segments
                found.setdefault(row.document_id, []).append((start, end))

    def cell(self, document: str, coder: str) -> CellProgress:
        """One coder's work on one document, as far as the viewer may know."""
        row, made = self.assigned.get((document, coder)), self.coded.get((document, coder), set())
        state = row.state if row is not None else "open" if self.round.everyone else NOT_ASSIGNED
        own = self.parts.get((document, coder), [])
        words = _parts_in_words(own, self.lengths[document]) if state != NOT_ASSIGNED else ""
        if document in self.hidden and coder != self.viewer:
            reason, seen = (row.reason, row.seen_others) if row is not None and self.leads else ("", False)
            return CellProgress(state, None, None, reason, seen, words)
        reached = _reached(made, own or [(0, self.lengths[document])])
        if row is None:
            return CellProgress(state, len(made), reached, regions=words)
        return CellProgress(state, len(made), reached, row.reason, row.seen_others, words)

    def told(self, document: str) -> str:
        """What of a document is excluded, and how it is cut, in words."""
        excluded = self.excluded.get(document, [])
        said = [f"{_share(excluded, self.lengths[document])} excluded"] if excluded else []
        if self.round.segmented:
            said.append(_counted(self.segments.get(document, []), "segment"))
        return ", ".join(said)


def _coded(session: Session, positions: Positions, round_id: str) -> dict[tuple[str, str], set[tuple[str, int, int]]]:
    """What each coder put on each document: codes by place, each once, however often it was put there."""
    living, merged = select(Document.id).where(Document.alive), merged_codes(session)
    columns = Coding.document_id, Coding.coder_id, Coding.code_id, Coding.revision_id, Coding.start, Coding.end
    standing = Coding.alive, Coding.layer == "coder", Coding.round_id == round_id, Coding.document_id.in_(living)
    out: dict[tuple[str, str], set[tuple[str, int, int]]] = {}
    for document, coder, code, revision, start, end in session.connection().execute(select(*columns).where(*standing)):
        placed = positions.place(document, revision, start, end)
        out.setdefault((document, coder), set()).add((merged.get(code, code), placed.start, placed.end))
    return out


def _reached(made: Iterable[tuple[str, int, int]], given: Iterable[Range]) -> float:
    """The share of what was given that lies ahead of the end of the last coding."""
    last, ranges = max((end for _code, _start, end in made), default=0), union(given)
    whole = sum(end - start for start, end in ranges)
    return sum(max(0, min(end, last) - start) for start, end in ranges) / whole if whole else 0.0


def _parts_in_words(parts: list[Range], length: int) -> str:
    return f"{_counted(parts, 'part')}, {_share(parts, length)}" if parts else ""


def _share(ranges: Iterable[Range], length: int) -> str:
    """Ranges as a share of a text, in per cent; what is there at all is at least 1 %."""
    return f"{max(1, round(100 * sum(end - start for start, end in union(ranges)) / max(1, length)))} %"


def _counted(some: list[Range], noun: str) -> str:
    return f"{len(some)} {noun}{'' if len(some) == 1 else 's'}"
