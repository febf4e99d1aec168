"""Random draws of documents for a round: what one would draw, and what was drawn and can be drawn again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import chain

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.analysis.sampling import Portion, drawn, portions
from qcode.ids import CoderId, DocumentId, DrawId, RoundId
from qcode.models import Coder, Document, Draw
from qcode.models.journal import Change, Step
from qcode.models.offering import NOTHING_RECORDED, group_names, groupings, offer, refuse_numbers
from qcode.study import Study

REGROUPED = "grouped otherwise by now"


@dataclass(frozen=True, slots=True)
class Grouping:
    """Something by which documents can be grouped: `key` is what a draw takes, `subject` whom it is recorded about."""

    key: str
    subject: str
    title: str


@dataclass(frozen=True, slots=True)
class DrawnDocument:
    """A document that is drawn, and the group it was drawn from."""

    id: DocumentId
    name: str
    group: str


@dataclass(frozen=True, slots=True)
class DrawPreview:
    """What a draw would take: the documents in the order of collection, and how many of how many in each group."""

    documents: tuple[DrawnDocument, ...]
    by_group: tuple[Portion, ...]

    @property
    def offered(self) -> int:
        """Out of how many it would draw."""
        return sum(portion.offered for portion in self.by_group)


@dataclass(frozen=True, slots=True)
class DrawRow:
    """A draw that was made for a round; groups have the names of today.

    `offered` holds the ids of the documents group by group, `drawn` those that were taken in the order of drawing.
    """

    id: DrawId
    share: float
    seed: int
    by: str
    title: str
    offered: tuple[tuple[DocumentId, ...], ...]
    drawn: tuple[DocumentId, ...]
    documents: tuple[DrawnDocument, ...]
    by_group: tuple[Portion, ...]
    coders: tuple[CoderId, ...]
    coder_names: tuple[str, ...]

    @property
    def repeats(self) -> bool:
        """Whether the same documents are drawn again from what the draw says of itself."""
        return recompute(self) == self.drawn


def groupings_for_draws(study: Study) -> list[Grouping]:
    """By what documents can be grouped: what has been recorded about them, or about those who speak in them."""
    with study.read() as session:
        found = groupings(session)
    return [Grouping(key, key.partition(":")[0], title) for key, title in found.items()]


def preview_draw(
    study: Study,
    *,
    round_id: RoundId,
    share: float,
    seed: int,
    by: str = "",
    documents: Collection[DocumentId] | None = None,
) -> DrawPreview:
    """What a draw with these choices would take; nothing is written. Refuses what the draw would refuse."""
    refuse_numbers(share, seed)
    with study.read() as session:
        offered = offer(session, round_id, by, documents)
        taken = drawn(offered.groups, share=share, seed=seed)
        of = {document: name for name, some in zip(offered.names, taken, strict=True) for document in some}
        found = _documents(session, offered.in_order(of), of)
    return DrawPreview(found, portions(offered.names, offered.groups, taken))


def draws(study: Study, round_id: RoundId) -> list[DrawRow]:
    """The draws that were made for a round, the first one first."""
    with study.read() as session:
        known = groupings(session)
        rows = session.scalars(select(Draw).where(Draw.alive, Draw.round_id == round_id)).all()
        made = _made(session, [row.id for row in rows])
        return [_row(session, row, known.get(row.by, "")) for row in sorted(rows, key=lambda row: made[row.id])]


def recompute(draw: DrawRow) -> tuple[DocumentId, ...]:
    """The documents that the seed draws from what was offered: computed from the draw alone, whatever changed since."""
    return tuple(chain.from_iterable(drawn(draw.offered, share=draw.share, seed=draw.seed)))


def _made(session: Session, rows: Collection[str]) -> dict[str, tuple[int, str]]:
    """When each row came to be, in the order of steps."""
    wanted = select(Change.row_id, Step.lamport, Step.id).join(Step, Step.id == Change.step_id)
    made: dict[str, tuple[int, str]] = {}
    for row, lamport, step in session.execute(wanted.where(Change.row_id.in_(list(rows)))):
        made[row] = min(made.get(row, (lamport, step)), (lamport, step))
    return made


def _row(session: Session, row: Draw, title: str) -> DrawRow:
    today = group_names(session, row.by) if title else {}
    names = [_group_name(row, group, today) for group in row.offered]
    of = {document: name for name, group in zip(names, row.offered, strict=True) for document in group}
    taken = [[document for document in row.drawn if document in group] for group in map(set, row.offered)]
    people = {coder.id: coder.name for coder in session.scalars(select(Coder).where(Coder.id.in_(row.coders)))}
    return DrawRow(
        DrawId(row.id),
        row.share,
        row.seed,
        row.by,
        title,
        tuple(tuple(map(DocumentId, group)) for group in row.offered),
        tuple(map(DocumentId, row.drawn)),
        _documents(session, row.drawn, of),
        portions(names, row.offered, taken),
        tuple(map(CoderId, row.coders)),
        tuple(people[coder] for coder in row.coders if coder in people),
    )


def _group_name(row: Draw, group: list[str], today: dict[str, str]) -> str:
    """What the documents of a group have in common today."""
    if not row.by:
        return ""
    names = {today.get(document, NOTHING_RECORDED) for document in group}
    return names.pop() if len(names) == 1 else REGROUPED


def _documents(session: Session, chosen: Collection[str], of: dict[str, str]) -> tuple[DrawnDocument, ...]:
    wanted = select(Document.id, Document.name).where(Document.id.in_(list(chosen)))
    rows = session.execute(wanted.order_by(Document.position, Document.id))
    return tuple(DrawnDocument(DocumentId(row.id), row.name, of[row.id]) for row in rows)
