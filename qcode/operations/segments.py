"""Segments: a round may hand out texts that are cut already, to which coders only attach codes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.errors import QcodeError
from qcode.ids import DocumentId, RegionId, RevisionId, RoundId
from qcode.models import QuestionMark, Region, Revision, Round, Speaker
from qcode.models.positions import Positions
from qcode.models.recording import insert_rows
from qcode.models.regions import EXCLUDED, SEGMENT, PlacedRegion, placed_regions
from qcode.operations.extents import CutOutsideError, has_words
from qcode.operations.leading import refuse_unless_lead
from qcode.operations.lookup import GoneError, living
from qcode.operations.passages import CurrentText, NothingSelectedError, current_text
from qcode.operations.region_rows import anchors, refuse_coded, region_row, replace, take_away, text_of
from qcode.study import Study
from qcode.text.codable import without
from qcode.text.cutting import CUTS, Cut, Spoken, by_answer, by_line, by_sentences, by_turn
from qcode.text.ranges import Range

MOST_SENTENCES = 1_000


class NotSegmentedError(QcodeError):
    """A round hands out whole texts."""

    def __init__(self, round_name: str) -> None:
        super().__init__(
            f"In “{round_name}” any passage can be coded, so it has no segments. "
            "Let the round hand out segments first, or choose one that does."
        )


class SegmentsOverlapError(QcodeError):
    """Two segments would hold the same words."""

    def __init__(self) -> None:
        super().__init__("Segments can't overlap: every word belongs to one at most. Choose ranges that are apart.")


class SegmentsApartError(QcodeError):
    """There is text between segments that would be joined, or they belong to different documents or rounds."""

    def __init__(self) -> None:
        super().__init__("Choose two segments or more that follow each other, with nothing between, to join them.")


class UnknownCutError(QcodeError):
    """There is no such way to cut a text."""

    def __init__(self, by: str) -> None:
        super().__init__(f"Texts are not cut by “{by}”. Choose one of: {', '.join(CUTS)}.")


class SentenceCountError(QcodeError):
    """A segment would have no sentence, or more than a text."""

    def __init__(self) -> None:
        super().__init__(f"A segment has from 1 to {MOST_SENTENCES:,} sentences.")


class NothingToCutError(QcodeError):
    """A document gives no segment when it is cut so."""

    def __init__(self, document: str, by: Cut) -> None:
        why = "no question is attached in it that somebody answers" if by == "answer" else "all of it is excluded"
        super().__init__(f"“{document}” gives no segment: {why}. Leave it out, or cut it in another way.")


def cut_segments(
    study: Study, *, round_id: RoundId, documents: Sequence[DocumentId], by: Cut = "turn", sentences: int = 3
) -> int:
    """Cut documents into the segments that a round hands out, in the place of any they have; says how many.

    By "turn", "paragraph" (a line), so many "sentences" of one turn, or "answer" to a question of a guide. What is
    excluded is in none, nor are events. Refused for documents that somebody has begun to code in the round.
    """
    if by not in CUTS:
        raise UnknownCutError(by)
    if not 1 <= sentences <= MOST_SENTENCES:
        raise SentenceCountError
    chosen = list(dict.fromkeys(documents))
    if not chosen:
        raise NothingSelectedError
    one, many = "Cut {document} into segments in {round}", "Cut {count} documents into segments in {round}"
    args = {"document": chosen[0], "count": len(chosen), "round": round_id}
    with study.transact(one if len(chosen) == 1 else many, args=args) as session:
        refuse_unless_lead(session, study.coder)
        _refuse_whole_texts(session, round_id)
        texts = [current_text(session, study.shelf, document) for document in chosen]
        return sum(_cut(study, session, text, round_id, by, sentences) for text in texts)


def put_segments(
    study: Study, *, round_id: RoundId, document: DocumentId, ranges: Sequence[Range], revision: RevisionId
) -> list[RegionId]:
    """Let these ranges, and nothing else, be the segments of a document in a round; without ranges it has none.

    Ranges are code points of the document's current text, which must be of this revision, and do not overlap.
    Returns the segments in the order of the text.
    """
    args = {"document": document, "round": round_id}
    with study.transact("Set the segments of {document} in {round}", args=args) as session:
        refuse_unless_lead(session, study.coder)
        _refuse_whole_texts(session, round_id)
        text = text_of(session, study.shelf, document, revision)
        wanted = sorted((one.start, one.end) for one in anchors(text, ranges))
        if any(before[1] > after[0] for before, after in pairwise(wanted)):
            raise SegmentsOverlapError
        return _set(session, text, round_id, wanted)


def join_segments(study: Study, segments: Sequence[RegionId]) -> RegionId:
    """Let the first of segments that follow each other, with nothing but spaces between, reach over all of them."""
    chosen = list(dict.fromkeys(segments))
    if len(chosen) < 2:
        raise SegmentsApartError
    args = {"count": len(chosen), "document": _document_of(study, chosen[0])}
    with study.transact("Join {count} segments of {document}", args=args) as session:
        refuse_unless_lead(session, study.coder)
        rows = [_segment(session, segment) for segment in chosen]
        if len({(row.document_id, row.round_id) for row in rows}) > 1:
            raise SegmentsApartError
        text, placed = _placed(study, session, rows[0])
        places = sorted(placed[row.id].place for row in rows if row.id in placed)
        if len(places) < len(rows) or any(
            text.text[before[1] : after[0]].strip() for before, after in pairwise(places)
        ):
            raise SegmentsApartError
        _move(rows[0], text, places[0][0], places[-1][1])
        take_away(session, chosen[1:])
    return chosen[0]


def split_segment(study: Study, segment: RegionId, *, at: int) -> RegionId:
    """Cut a segment in two at a place in the current text; returns the second part."""
    args = {"document": _document_of(study, segment)}
    with study.transact("Split a segment of {document}", args=args) as session:
        refuse_unless_lead(session, study.coder)
        row = _segment(session, segment)
        text, placed = _placed(study, session, row)
        start, end = placed[row.id].place
        if not start < at < end or not (has_words(text.text[start:at]) and has_words(text.text[at:end])):
            raise CutOutsideError
        behind = region_row(text.anchor(at, end), {"kind": SEGMENT, "round_id": row.round_id})
        _move(row, text, start, at)
        insert_rows(session, Region, [behind])
        return RegionId(behind["id"])


# Cutting ----------------------------------------------------------------------------------------------------------


def _cut(study: Study, session: Session, text: CurrentText, round_id: str, by: Cut, sentences: int) -> int:
    found = placed_regions(session, text.document, round_id, text.text)
    left_out = [one.place for one in found if one.kind == EXCLUDED]
    whole = _ranges(study, session, text, by, sentences)
    pieces = [piece for place in whole for piece in without(place, left_out, text.text)]
    if not pieces:
        raise NothingToCutError(text.name, by)
    return len(_set(session, text, round_id, pieces))


def _ranges(study: Study, session: Session, text: CurrentText, by: Cut, sentences: int) -> Iterable[Range]:
    revision = session.get_one(Revision, text.revision)
    layout = study.shelf.layout(session, revision.layout_sha256)
    roles = _roles(session, text.document)
    turns = [Spoken(one.start, one.end, "event" if one.event else roles.get(one.speaker, "")) for one in layout.turns]
    if by == "turn":
        return by_turn(text.text, turns)
    if by == "paragraph":
        return by_line(text.text, turns)
    if by == "sentences":
        return by_sentences(text.text, turns, layout.units, sentences)
    return by_answer(text.text, turns, list(_asked(session, text.document)))


def _roles(session: Session, document: str) -> Mapping[str | None, str]:
    rows = session.execute(select(Speaker.id, Speaker.role).where(Speaker.document_id == document))
    return {row.id: row.role for row in rows}


def _asked(session: Session, document: str) -> Iterator[int]:
    """Where questions are asked in the current text of a document."""
    positions = Positions(session)
    for mark in session.scalars(select(QuestionMark).where(QuestionMark.alive, QuestionMark.document_id == document)):
        now = positions.place(document, mark.revision_id, mark.start, mark.end)
        if now.start < now.end:
            yield now.start


# Rows -------------------------------------------------------------------------------------------------------------


def _refuse_whole_texts(session: Session, round_id: str) -> None:
    row = living(session, Round, round_id)
    if not row.segmented:
        raise NotSegmentedError(row.name)


def _set(session: Session, text: CurrentText, round_id: str, wanted: Sequence[Range]) -> list[RegionId]:
    """Let these be the segments of a document, which nobody has begun to code."""
    refuse_coded(session, round_id, text.document, text.name)
    rows = session.scalars(
        select(Region.id).where(
            Region.alive, Region.kind == SEGMENT, Region.document_id == text.document, Region.round_id == round_id
        )
    ).all()
    known = [one for one in placed_regions(session, text.document, round_id, text.text) if one.kind == SEGMENT]
    take_away(session, set(rows) - {one.id for one in known})
    return replace(session, text, known, wanted, {"kind": SEGMENT, "round_id": round_id})


def _document_of(study: Study, segment: str) -> str:
    with study.read() as session:
        return _segment(session, segment).document_id


def _segment(session: Session, segment: str) -> Region:
    row = living(session, Region, segment)
    if row.kind != SEGMENT:
        raise GoneError("segment")
    return row


def _placed(study: Study, session: Session, row: Region) -> tuple[CurrentText, dict[str, PlacedRegion]]:
    """The text of a segment, which nobody has begun to code, and the segments of its document in its round."""
    text = current_text(session, study.shelf, row.document_id)
    refuse_coded(session, row.round_id or "", row.document_id, text.name)
    found = placed_regions(session, row.document_id, row.round_id, text.text)
    placed = {one.id: one for one in found if one.kind == SEGMENT}
    if row.id not in placed:
        raise GoneError("segment")
    return text, placed


def _move(row: Region, text: CurrentText, start: int, end: int) -> None:
    anchor = text.anchor(start, end)
    row.revision_id, row.start, row.end = anchor.revision, anchor.start, anchor.end
