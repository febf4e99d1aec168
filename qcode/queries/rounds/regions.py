"""What a round asks to be coded of a document: parts, excluded ranges and segments, where they are today."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from qcode.ids import CoderId, DocumentId, RegionId, RoundId
from qcode.models import Document, Revision
from qcode.models.regions import EXCLUDED, PART, SEGMENT, PlacedRegion, codable_in, placed_regions
from qcode.queries.transcripts.documents import DocumentText, document_text
from qcode.study import Study
from qcode.text.codable import Codable
from qcode.text.ranges import Range, union


@dataclass(frozen=True, slots=True)
class RegionRow:
    """A part, an excluded range or a segment in the current text; `altered` says whether its words were corrected.

    One that lost all its words is empty. What is excluded in every round has no round.
    """

    id: RegionId
    kind: str
    start: int
    end: int
    coder: CoderId | None
    round: RoundId | None
    altered: bool


@dataclass(frozen=True, slots=True)
class RoundRegions:
    """What one coder is asked to code of a document in a round: `parts` are theirs alone, none if all of it is.

    `segments` are those of the document, whoever codes them.
    """

    parts: tuple[RegionRow, ...]
    excluded: tuple[RegionRow, ...]
    segments: tuple[RegionRow, ...]


@dataclass(frozen=True, slots=True)
class ProposedExclusion:
    """Ranges that one might exclude, and why in words."""

    title: str
    ranges: tuple[Range, ...]


def regions_of(study: Study, document: DocumentId, round_id: RoundId, coder: CoderId | None = None) -> RoundRegions:
    """What a coder, or else whoever acts, is asked to code of a document in a round."""
    who = coder or study.coder
    with study.read() as session:
        row = session.get_one(Document, document)
        text = study.shelf.text(session, session.get_one(Revision, row.revision_id).text_sha256)
        found = placed_regions(session, document, round_id, text)
        parts = tuple(_row(one) for one in found if one.kind == PART and one.coder == who)
        excluded, segments = (tuple(_row(one) for one in found if one.kind == kind) for kind in (EXCLUDED, SEGMENT))
        return RoundRegions(parts, excluded, segments)


def codable(study: Study, document: DocumentId, round_id: RoundId, coder: CoderId | None = None) -> Codable:
    """What of a document's current text a coder, or else whoever acts, may code in a round."""
    with study.read() as session:
        revision = session.get_one(Revision, session.get_one(Document, document).revision_id)
        text = study.shelf.text(session, revision.text_sha256)
        return codable_in(session, document, round_id, coder or study.coder, text)


def proposed_exclusions(study: Study, document: DocumentId) -> tuple[ProposedExclusion, ...]:
    """What is often excluded: what stands before the first question, and what interviewers say.

    The first question is where one of a guide is attached first, or else the last turn of an interviewer before
    somebody answers. What a document has not got is not proposed.
    """
    from qcode.queries.transcripts.question_marks import Marks  # a study opens without them

    text = document_text(study, document)
    with study.read() as session:
        marks = Marks(session, document).rows
    first = _first(text, [mark.start for mark in marks])
    before = [(turn.start, turn.end) for turn in text.turns if turn.end <= first]
    asked = [(turn.start, turn.end) for turn in text.turns if turn.role == "interviewer"]
    said = [
        ProposedExclusion("Before the first question", tuple(_joined(text.text, before))),
        ProposedExclusion("Turns of interviewers", tuple(_joined(text.text, asked))),
    ]
    return tuple(one for one in said if one.ranges)


def _first(text: DocumentText, marks: Sequence[int]) -> int:
    """Where the first question begins."""
    if marks:
        return min(marks)
    answered = next((place for place, turn in enumerate(text.turns) if turn.role == "participant"), None)
    if answered is None:
        return 0
    asked = [turn for turn in text.turns[:answered] if turn.role == "interviewer"]
    return asked[-1].start if asked else text.turns[answered].start


def _joined(text: str, ranges: Sequence[Range]) -> Iterator[Range]:
    """Ranges that have words, as one where nothing but spaces is between them."""
    bridged = [(past[1], start[0]) for past, start in pairwise(ranges)]
    spaces = [place for place in bridged if not text[slice(*place)].strip()]
    return (place for place in union([*ranges, *spaces]) if text[slice(*place)].strip())


def _row(one: PlacedRegion) -> RegionRow:
    coder, round_id = CoderId(one.coder) if one.coder else None, RoundId(one.round) if one.round else None
    return RegionRow(RegionId(one.id), one.kind, one.start, one.end, coder, round_id, one.altered)
