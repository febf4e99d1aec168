"""The study's card, its coders and its rounds."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.ids import CoderId, RoundId
from qcode.models import Assignment, Coder, Round, StudyRecord
from qcode.study import Study
from qcode.text.quotation import ELLIPSES


@dataclass(frozen=True, slots=True)
class StudyCard:
    """What the study says of itself."""

    title: str
    question: str
    approach: str
    attribution: str
    k: int
    weights: bool
    ellipsis: str = ELLIPSES[0]


@dataclass(frozen=True, slots=True)
class CoderRow:
    """A coder of the study."""

    id: CoderId
    name: str
    initials: str
    role: str
    colour: int


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A round of coding, in order."""

    id: RoundId
    name: str
    purpose: str
    blind: bool
    everyone: bool
    segmented: bool = False


def study_card(study: Study) -> StudyCard:
    """The study's title, question, approach and rules for quotes."""
    with study.read() as session:
        card = session.scalars(select(StudyRecord).where(StudyRecord.alive)).one()
        return StudyCard(
            card.title, card.question, card.approach, card.attribution, card.k, card.weights, card.ellipsis
        )


def coders(study: Study) -> list[CoderRow]:
    """All coders by name."""
    with study.read() as session:
        rows = session.scalars(select(Coder).where(Coder.alive).order_by(Coder.name))
        return [CoderRow(CoderId(row.id), row.name, row.initials, row.role, row.palette_slot) for row in rows]


def rounds(study: Study) -> list[RoundRow]:
    """All rounds in order."""
    with study.read() as session:
        rows = session.scalars(select(Round).where(Round.alive).order_by(Round.position, Round.id))
        return [
            RoundRow(RoundId(row.id), row.name, row.purpose, row.blind, row.everyone, row.segmented) for row in rows
        ]


def round_to_code_in(study: Study) -> RoundRow | None:
    """The latest round in which the acting coder has something to code, or else the latest of all."""
    known = rounds(study)
    with study.read() as session:
        mine = Assignment.alive, Assignment.coder_id == study.coder, Assignment.state != "handed in"
        waiting = set(session.scalars(select(Assignment.round_id).where(*mine)))
    open_rounds = [row for row in known if row.everyone or row.id in waiting]
    latest = open_rounds or known
    return latest[-1] if latest else None


def assigned(session: Session, round_id: str) -> dict[tuple[str, str], str]:
    """The state of each listed assignment of a round, by document and coder."""
    rows = session.execute(
        select(Assignment.document_id, Assignment.coder_id, Assignment.state).where(
            Assignment.alive, Assignment.round_id == round_id
        )
    )
    return {(row.document_id, row.coder_id): row.state for row in rows}
