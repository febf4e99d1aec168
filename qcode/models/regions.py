"""Where parts, excluded ranges and segments of documents are today, and what a coder may code of a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, bindparam, or_, select
from sqlalchemy.orm import Session

from qcode.models.documents import Document
from qcode.models.positions import Positions
from qcode.models.statements import ask
from qcode.models.team import Region, Round
from qcode.text.codable import Codable, apart, gaps
from qcode.text.ranges import Range, trim, union

PART, EXCLUDED, SEGMENT = "part", "excluded", "segment"


@dataclass(frozen=True, slots=True)
class PlacedRegion:
    """A region where it is in the current text; one that lost all its words is empty."""

    id: str
    kind: str
    start: int
    end: int
    round: str | None
    coder: str | None
    altered: bool

    @property
    def place(self) -> Range:
        """Its range."""
        return self.start, self.end


def placed_regions(session: Session, document: str, round_id: str | None, text: str) -> list[PlacedRegion]:
    """The regions of a document's current text in one round, in order, with what is excluded in every round.

    Segments are told apart where a correction reached over an edge between two of them; those of which nothing is
    left are none. Without a round only what is excluded in every round is found.
    """
    place, found = Positions(session).place, list[PlacedRegion]()
    for key, kind, revision, start, end, where, coder in ask(session, _REGIONS, document=document, round_id=round_id):
        first, last, altered = place(document, revision, start, end)
        if altered:
            first, last = trim(text, first, last) or (first, first)
        found.append(PlacedRegion(key, kind, first, last, where, coder, altered))
    others = [one for one in found if one.kind != SEGMENT]
    segments = list(_apart([one for one in found if one.kind == SEGMENT], text))
    return sorted([*others, *segments], key=lambda one: (*one.place, one.kind, one.id))


def codable_of(regions: Sequence[PlacedRegion], text: str, coder: str | None, *, segmented: bool) -> Codable:
    """What a coder may code, given the regions of a document in a round, and whether that hands out segments."""
    own = [one.place for one in regions if one.kind == PART and one.coder == coder]
    left_out = tuple(one.place for one in regions if one.kind == EXCLUDED and one.start < one.end)
    cut = tuple(one.place for one in regions if one.kind == SEGMENT)
    parts = tuple(place for place in own if place[0] < place[1]) if own else None
    return Codable(text, parts, left_out, cut if segmented else None)


def codable_in(session: Session, document: str, round_id: str, coder: str | None, text: str) -> Codable:
    """What a coder may code of a document's current text in a round."""
    segmented = bool(ask(session, _SEGMENTED, round_id=round_id).scalar())
    if not segmented and ask(session, _ANY, document=document).first() is None:
        return Codable(text)
    return codable_of(placed_regions(session, document, round_id, text), text, coder, segmented=segmented)


def parts_of(document: str, round_id: str, coder: str) -> Select[Region]:
    """A statement for the parts of a document that a coder was given in a round."""
    where = Region.document_id == document, Region.round_id == round_id, Region.coder_id == coder
    return select(Region).where(Region.alive, Region.kind == PART, *where)


def documents_with_regions(session: Session, round_id: str) -> set[str]:
    """The documents of which a round does not ask everybody to code everything, at any passage: all, if segmented."""
    if ask(session, _SEGMENTED, round_id=round_id).scalar():
        return set(session.scalars(select(Document.id).where(Document.alive)))
    there = or_(Region.round_id == round_id, Region.round_id.is_(None))
    return set(session.scalars(select(Region.document_id).where(Region.alive, Region.kind != SEGMENT, there)))


def asked_of(
    session: Session, document: str, round_id: str, text: str, coders: Iterable[str]
) -> tuple[dict[str, tuple[Range, ...]], tuple[Range, ...]]:
    """The parts of those coders who were not given all of a document, and what of it nobody was asked to code.

    In a round that hands out segments that is also what stands in none.
    """
    found = placed_regions(session, document, round_id, text)
    segmented = bool(ask(session, _SEGMENTED, round_id=round_id).scalar())
    rules = {coder: codable_of(found, text, coder, segmented=segmented) for coder in coders}
    rule = codable_of(found, text, None, segmented=segmented)
    uncut = [] if rule.segments is None else list(gaps(union(rule.segments), 0, len(text)))
    parts = {coder: one.parts for coder, one in rules.items() if one.parts is not None}
    return parts, tuple(union([*rule.excluded, *uncut]))


def _apart(segments: Sequence[PlacedRegion], text: str) -> Iterator[PlacedRegion]:
    for index, (start, end) in apart([one.place for one in segments], text):
        one = segments[index]
        whole = (start, end) == one.place
        yield one if whole else PlacedRegion(one.id, one.kind, start, end, one.round, one.coder, altered=True)


_SEGMENTED = select(Round.segmented).where(Round.id == bindparam("round_id"))
_ANY = select(Region.id).where(Region.alive, Region.document_id == bindparam("document")).limit(1)
_REGIONS = select(
    Region.id,
    Region.kind,
    Region.revision_id,
    Region.start,
    Region.end,
    Region.round_id,
    Region.coder_id,
).where(
    Region.alive,
    Region.document_id == bindparam("document"),
    or_(Region.round_id == bindparam("round_id"), Region.round_id.is_(None)),
)
