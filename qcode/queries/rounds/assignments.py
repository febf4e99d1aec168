"""Who codes what in a round, and how far they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from qcode.ids import CoderId, DocumentId, RoundId
from qcode.models import Document
from qcode.queries.team import CoderRow, RoundRow, assigned, coders, rounds
from qcode.study import Study

NOT_ASSIGNED = "not assigned"


@dataclass(frozen=True, slots=True)
class AssignmentGrid:
    """The documents of a study by its coders, in one round.

    A state is "not assigned", "open" or "handed in"; where everyone codes everything nothing is "not assigned".
    """

    round: RoundRow
    documents: tuple[tuple[DocumentId, str], ...]
    coders: tuple[CoderRow, ...]
    states: Mapping[tuple[str, str], str]

    def state(self, document: DocumentId, coder: CoderId) -> str:
        """How far a coder is with a document."""
        return self.states.get((document, coder), "open" if self.round.everyone else NOT_ASSIGNED)


def assignment_grid(study: Study, round_id: RoundId) -> AssignmentGrid | None:
    """Who codes what in a round; None if the round is no longer there."""
    chosen = next((row for row in rounds(study) if row.id == round_id), None)
    if chosen is None:
        return None
    with study.read() as session:
        order = Document.position, Document.id
        rows = session.execute(select(Document.id, Document.name).where(Document.alive).order_by(*order))
        documents = tuple((DocumentId(row.id), row.name) for row in rows)
        states = assigned(session, round_id)
    return AssignmentGrid(chosen, documents, tuple(coders(study)), states)
