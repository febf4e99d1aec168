"""Parts of documents for single coders, and ranges that nobody codes."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from qcode.ids import CoderId, DocumentId, RegionId, RevisionId, RoundId
from qcode.models import Coder, Document, Region, Round
from qcode.models.regions import EXCLUDED, PART, SEGMENT, placed_regions
from qcode.operations.assignments import given
from qcode.operations.leading import refuse_unless_lead
from qcode.operations.lookup import living
from qcode.operations.passages import NothingSelectedError
from qcode.operations.region_rows import anchors, refuse_coded, refuse_handed_in, replace, text_of
from qcode.study import Place, Study
from qcode.text.ranges import Range, union

_WHOLE = "Assign the whole of {document} to {coder} in {round}"
_PARTS = "Assign parts of {document} to {coder} in {round}"


def assign_parts(
    study: Study,
    *,
    round_id: RoundId,
    coder: CoderId,
    document: DocumentId,
    ranges: Sequence[Range],
    revision: RevisionId,
) -> list[RegionId]:
    """Give a coder these ranges of a document in a round, and nothing else of it; without ranges all of it again.

    Ranges are code points of the document's current text, which must be of this revision; those that overlap or touch
    are one. Who was not assigned the document is now. Refused when they have handed it in.
    """
    args = {"document": document, "coder": coder, "round": round_id}
    with study.transact(_PARTS if ranges else _WHOLE, args=args) as session:
        refuse_unless_lead(session, study.coder)
        living(session, Round, round_id)
        living(session, Coder, coder)
        text = text_of(session, study.shelf, document, revision)
        refuse_handed_in(session, round_id, document, text.name, coder)
        given(session, round_id, document, coder)
        session.flush()
        found = placed_regions(session, document, round_id, text.text)
        known = [one for one in found if one.kind == PART and one.coder == coder]
        wanted = union((one.start, one.end) for one in anchors(text, ranges))
        return replace(session, text, known, wanted, {"kind": PART, "round_id": round_id, "coder_id": coder})


def exclude(
    study: Study,
    *,
    document: DocumentId,
    ranges: Sequence[Range],
    revision: RevisionId,
    round_id: RoundId | None = None,
) -> list[RegionId]:
    """Keep ranges of a document from being coded, in one round or in every round; codings that stand there stay.

    Ranges are code points of the document's current text, which must be of this revision. Those that overlap or touch
    what is excluded there already are one with it. Returns everything that is excluded there from now on.
    """
    if not ranges:
        raise NothingSelectedError
    one, many = "Exclude a range of {document} from coding", "Exclude {count} ranges of {document} from coding"
    args = {"document": document, "count": len(ranges), "round": round_id}
    place = Place(document, *ranges[0])
    with study.transact(one if len(ranges) == 1 else many, args=args, place=place) as session:
        refuse_unless_lead(session, study.coder)
        if round_id is not None:
            living(session, Round, round_id)
        text = text_of(session, study.shelf, document, revision)
        found = placed_regions(session, document, round_id, text.text)
        known = [one for one in found if one.kind == EXCLUDED and one.round == round_id]
        new = [(one.start, one.end) for one in anchors(text, ranges)]
        wanted = union([*new, *(one.place for one in known)])
        return replace(session, text, known, wanted, {"kind": EXCLUDED, "round_id": round_id})


def drop(study: Study, regions: Sequence[RegionId]) -> None:
    """Take away parts, excluded ranges or segments; a coder whose last part goes is assigned the whole document.

    Refused for parts of what is handed in, and for segments of documents that somebody has begun to code.
    """
    chosen = list(dict.fromkeys(regions))
    if not chosen:
        raise NothingSelectedError
    with study.read() as reading:
        args = {"count": len(chosen), "document": living(reading, Region, chosen[0]).document_id}
    one, many = "Take away a range of {document}", "Take away {count} ranges of {document}"
    with study.transact(one if len(chosen) == 1 else many, args=args) as session:
        refuse_unless_lead(session, study.coder)
        rows = [living(session, Region, region) for region in chosen]
        for row in rows:
            _refuse_standing(session, row)
            row.alive = False


def _refuse_standing(session: Session, row: Region) -> None:
    """Refuse to take away a range on which somebody's work stands."""
    name = living(session, Document, row.document_id).name
    if row.kind == SEGMENT and row.round_id:
        refuse_coded(session, row.round_id, row.document_id, name)
    if row.kind == PART and row.round_id and row.coder_id:
        refuse_handed_in(session, row.round_id, row.document_id, name, row.coder_id)
