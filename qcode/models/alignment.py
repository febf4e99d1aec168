"""Which turns of a translation say what which turns of its original say: the rows, and where they are today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from qcode.analysis.alignment import Piece
from qcode.models.base import Row, living, reference
from qcode.models.documents import Document, Revision, Speaker
from qcode.models.positions import Positions
from qcode.models.statements import ask
from qcode.models.texts import Shelf, TurnSpan
from qcode.text.aligned import Pair, held, settled
from qcode.text.ranges import Range


class TurnLink(Row, kw_only=True, repr=False, eq=False):
    """That a stretch of a translation says what a stretch of the original says, both in whole turns.

    Each is anchored in a revision of its text as codings are. A link is never changed but taken away for others, and
    its id is derived from both stretches, so that copies agree on it. Its origin is "computed" or "hand".
    """

    __tablename__ = "turn_link"
    __table_args__ = (living("turn_link", "document_id"),)
    together: ClassVar[dict[str, tuple[str, ...]]] = {
        "anchor": ("revision_id", "start", "end"),
        "original_anchor": ("original_revision_id", "original_start", "original_end"),
    }

    document_id: Mapped[str] = mapped_column(reference("document"))
    revision_id: Mapped[str] = mapped_column(reference("revision"))
    start: Mapped[int]
    end: Mapped[int]
    original_id: Mapped[str] = mapped_column(reference("document"))
    original_revision_id: Mapped[str] = mapped_column(reference("revision"))
    original_start: Mapped[int]
    original_end: Mapped[int]
    origin: Mapped[str] = mapped_column(default="computed")


@dataclass(frozen=True, slots=True)
class Side:
    """The current text of a document, for an alignment."""

    document: str
    name: str
    revision: str
    turns: Sequence[TurnSpan]

    def stretch(self, numbers: Range) -> Range:
        """The code points of some turns."""
        return self.turns[numbers[0]].start, self.turns[numbers[1] - 1].end


@dataclass(frozen=True, slots=True)
class Standing:
    """A link that stands: the row, the turns that it holds today, and whether a person made it."""

    row: str
    pair: Pair
    by_hand: bool


def side_of(session: Session, shelf: Shelf, document: str) -> Side:
    """The current text of a document, with its turns."""
    name, revision, layout = ask(session, _SIDE, document=document).one()
    return Side(document, name, revision, shelf.layout(session, layout).turns)


_SIDE = (
    select(Document.name, Revision.id, Revision.layout_sha256)
    .join(Revision, Revision.id == Document.revision_id)
    .where(Document.id == bindparam("document"))
)


def standing_links(session: Session, original: Side, translation: Side) -> list[Standing]:
    """The links between two texts whose turns are still there, in no order."""
    rows = ask(session, _LINKS, translation=translation.document, original=original.document).all()
    positions = Positions(session)
    there = [positions.place(translation.document, *row[2:5]) for row in rows]
    here = [positions.place(original.document, *row[5:8]) for row in rows]
    translated = _held(translation, ((placed.start, placed.end) for placed in there))
    originals = _held(original, ((placed.start, placed.end) for placed in here))
    return [
        Standing(row[0], Pair(ours, theirs), row[1] == "hand")
        for row, ours, theirs in zip(rows, originals, translated, strict=True)
        if ours is not None and theirs is not None
    ]


_LINKS = select(
    TurnLink.id,
    TurnLink.origin,
    TurnLink.revision_id,
    TurnLink.start,
    TurnLink.end,
    TurnLink.original_revision_id,
    TurnLink.original_start,
    TurnLink.original_end,
).where(
    TurnLink.alive,
    TurnLink.document_id == bindparam("translation"),
    TurnLink.original_id == bindparam("original"),
)


def links_between(session: Session, original: Side, translation: Side) -> list[Pair]:
    """The links between two texts in order; no turn is in two of them."""
    return settled(link.pair for link in standing_links(session, original, translation))


def _held(side: Side, places: Iterable[Range]) -> list[Range | None]:
    return held([(turn.start, turn.end) for turn in side.turns], list(places))


def pieces_of(session: Session, original: Side, translation: Side) -> tuple[list[Piece], list[Piece]]:
    """The turns of two texts as an alignment sees them, with one number for a voice that speaks in both."""
    voices = _voices(session, original.document, translation.document)
    return _pieces(original, voices), _pieces(translation, voices)


def _pieces(side: Side, voices: Mapping[str, int]) -> list[Piece]:
    return [
        Piece(turn.end - turn.start, _EVENT if turn.event else voices.get(turn.speaker or "", 0), turn.start_ms)
        for turn in side.turns
    ]


_EVENT = 1


def _voices(session: Session, original: str, translation: str) -> dict[str, int]:
    """A number for each speaker of two texts: the same for the same participant, label, or only one left in a role."""
    wanted = select(Speaker).where(Speaker.alive, Speaker.document_id.in_([original, translation]))
    rows = list(session.scalars(wanted.order_by(Speaker.label, Speaker.id)))
    first = [row for row in rows if row.document_id == original]
    left = [row for row in rows if row.document_id == translation]
    numbers = {row.id: number for number, row in enumerate(first, _EVENT + 1)}
    free = list(first)
    for row in list(left):
        same = next((one for one in free if _same(one, row)), None)
        if same is not None:
            numbers[row.id] = numbers[same.id]
            free.remove(same)
            left.remove(row)
    for role in {row.role for row in left}:
        mine, theirs = [row for row in left if row.role == role], [row for row in free if row.role == role]
        if len(mine) == len(theirs) == 1:
            numbers[mine[0].id] = numbers[theirs[0].id]
    return numbers


def _same(one: Speaker, other: Speaker) -> bool:
    """Whether both are one participant or, where that is not known of both, have one label."""
    if one.participant_id and other.participant_id:
        return one.participant_id == other.participant_id
    from qcode.text.typed import fold

    return fold(one.label) == fold(other.label)
