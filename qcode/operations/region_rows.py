"""Rows of ranges: anchored in the current text, put in the place of others, refused where work stands on them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.errors import QcodeError
from qcode.ids import RegionId, new_id
from qcode.models import Assignment, Coder, Coding, Region
from qcode.models.recording import insert_rows, write_fields
from qcode.models.regions import PlacedRegion
from qcode.models.texts import Shelf
from qcode.operations.assignments import LockedAssignmentError, assignment_id
from qcode.operations.passages import Anchor, CurrentText, current_text
from qcode.text.ranges import Range

MOST_RANGES = 100_000


class TooManyRangesError(QcodeError):
    """More ranges of one document were given than it can have turns."""

    def __init__(self, document: str) -> None:
        super().__init__(f"“{document}” can have {MOST_RANGES:,} such ranges at most. Choose fewer, and longer ones.")


class OtherTextError(QcodeError):
    """Ranges were chosen in a text that is another one by now."""

    def __init__(self, document: str) -> None:
        super().__init__(
            f"“{document}” was corrected meanwhile. Look at its current text, and choose the ranges in it."
        )


class SegmentsInUseError(QcodeError):
    """Segments would change under codings."""

    def __init__(self, document: str) -> None:
        super().__init__(
            f"Somebody has begun to code “{document}” in this round, so its segments stay as they are. "
            "Cut it otherwise in a new round."
        )


def text_of(session: Session, shelf: Shelf, document: str, revision: str) -> CurrentText:
    """The current text of a document, which must be of this revision."""
    text = current_text(session, shelf, document)
    if text.revision != revision:
        raise OtherTextError(text.name)
    return text


def anchors(text: CurrentText, ranges: Sequence[Range]) -> list[Anchor]:
    """Ranges of a text without their outer spaces; refuses too many, and those that are empty or outside of it."""
    if len(ranges) > MOST_RANGES:
        raise TooManyRangesError(text.name)
    return [text.anchor(start, end) for start, end in ranges]


def replace(
    session: Session, text: CurrentText, known: Iterable[PlacedRegion], wanted: Iterable[Range], same: Mapping[str, Any]
) -> list[RegionId]:
    """Let these ranges stand instead of the regions that are known; those that stand there already stay.

    Returns the regions in the order of the ranges.
    """
    standing = {one.place: one.id for one in known}
    ranges = dict.fromkeys(wanted)
    take_away(session, [one.id for one in known if standing[one.place] != one.id or one.place not in ranges])
    rows = {place: region_row(text.anchor(*place), same) for place in ranges if place not in standing}
    insert_rows(session, Region, list(rows.values()))
    return [RegionId(standing.get(place) or rows[place]["id"]) for place in ranges]


def take_away(session: Session, regions: Collection[str]) -> None:
    """Mark regions as not alive."""
    if regions:
        write_fields(session, Region, {region: {"alive": False} for region in regions})


def region_row(anchor: Anchor, same: Mapping[str, Any]) -> dict[str, Any]:
    """A new row for an anchor; `same` has its kind, and its round and coder where it has them."""
    return {
        "id": new_id(),
        "document_id": anchor.document,
        "revision_id": anchor.revision,
        "start": anchor.start,
        "end": anchor.end,
        **same,
    }


def refuse_handed_in(session: Session, round_id: str, document: str, name: str, coder: str) -> None:
    """Refuse to change what is asked of a coder who has handed the document in."""
    row = session.get(Assignment, assignment_id(round_id, document, coder))
    if row is not None and row.alive and row.state == "handed in":
        raise LockedAssignmentError(name, session.get_one(Coder, coder).name)


def refuse_coded(session: Session, round_id: str, document: str, name: str) -> None:
    """Refuse to change the segments of a document in a round in which anybody has coded it."""
    coded = select(Coding.id).where(Coding.alive, Coding.round_id == round_id, Coding.document_id == document)
    if session.scalar(coded.limit(1)) is not None:
        raise SegmentsInUseError(name)
