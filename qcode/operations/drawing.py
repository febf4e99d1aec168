"""Documents drawn at random for coders, with a seed and groups that let anybody draw them again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import chain

from qcode.analysis.sampling import Portion, drawn, portions
from qcode.errors import QcodeError
from qcode.ids import CoderId, DocumentId, DrawId, RoundId, new_id
from qcode.models import Coder, Document, Draw, Round
from qcode.models.offering import offer, refuse_numbers
from qcode.operations.assignments import given
from qcode.operations.leading import refuse_unless_lead
from qcode.operations.lookup import living
from qcode.study import Study


class NobodyDrawnForError(QcodeError):
    """Documents would be drawn for nobody."""

    def __init__(self) -> None:
        super().__init__("Choose at least one coder who gets the documents that are drawn.")


@dataclass(frozen=True, slots=True)
class Drawn:
    """What was drawn: the documents in the order of collection, and how many of how many in each group."""

    id: DrawId
    documents: tuple[DocumentId, ...]
    by_group: tuple[Portion, ...]


def draw(
    study: Study,
    *,
    round_id: RoundId,
    coders: Sequence[CoderId],
    share: float,
    seed: int,
    by: str = "",
    documents: Collection[DocumentId] | None = None,
) -> Drawn:
    """Draw a share of documents for a round, group by group, and assign each of them to all of these coders; one step.

    Drawn from are all documents, or these, save those drawn for the round before: a second draw adds to the first.
    `by` is the key of a grouping, such as "document:group", or "participant:" with the id of an attribute. What was
    offered, in its groups, is kept with the seed. How many are drawn, and which, says `analysis.sampling`.
    """
    refuse_numbers(share, seed)
    everybody = list(dict.fromkeys(coders))
    if not everybody:
        raise NobodyDrawnForError
    key = DrawId(new_id())
    with study.transact("Draw documents for {round}", args={"round": round_id}) as session:
        refuse_unless_lead(session, study.coder)
        living(session, Round, round_id)
        for kind, ids in ((Coder, everybody), (Document, documents or ())):
            for one in ids:
                living(session, kind, one)
        offered = offer(session, round_id, by, documents)
        taken = drawn(offered.groups, share=share, seed=seed)
        found = list(chain.from_iterable(taken))
        for document in found:
            for coder in everybody:
                given(session, round_id, document, coder)
        row = Draw(id=key, round_id=round_id, share=float(share), seed=seed, by=by)
        row.offered, row.drawn, row.coders = [list(group) for group in offered.groups], found, list(everybody)
        session.add(row)
    in_order = tuple(DocumentId(document) for document in offered.in_order(found))
    return Drawn(key, in_order, portions(offered.names, offered.groups, taken))
