"""What was done to the study, by whom and when."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from qcode.ids import StepId
from qcode.models import Coder
from qcode.models.journal import Step
from qcode.models.labels import describe
from qcode.study import Study


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step, the latest first; `at` is an ISO date and time in UTC."""

    id: StepId
    label: str
    coder: str
    mine: bool
    at: str
    undid: bool


@dataclass(frozen=True, slots=True)
class UndoLabels:
    """What undo and redo would do now; None where there is nothing."""

    undo: str | None
    redo: str | None


def history(study: Study, *, latest: int = 200) -> list[StepRow]:
    """The latest steps of everybody."""
    with study.read() as session:
        names = {row.id: row.name for row in session.scalars(select(Coder))}
        steps = session.scalars(select(Step).order_by(Step.lamport.desc(), Step.id.desc()).limit(latest))
        return [
            StepRow(
                StepId(step.id),
                describe(session, step.label, step.args),
                names.get(step.coder_id, ""),
                step.coder_id == study.coder,
                step.at,
                step.undoes is not None,
            )
            for step in steps
        ]


def undo_labels(study: Study) -> UndoLabels:
    """The labels for the menu."""
    if study.coder is None:
        return UndoLabels(None, None)
    undo, redo = study.next_undo(), study.next_redo()
    with study.read() as session:
        found = {step.id: step for step in session.scalars(select(Step).where(Step.id.in_([undo or "", redo or ""])))}
        labels = {key: describe(session, step.label, step.args) for key, step in found.items()}
    return UndoLabels(labels.get(undo or ""), labels.get(redo or ""))
