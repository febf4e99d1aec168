"""What was done to the study, by whom and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import ColumnElement, select, true, tuple_
from sqlalchemy.orm import Session

from qcode.ids import StepId
from qcode.models import Coder, Coding
from qcode.models.journal import Change, Step
from qcode.models.labels import describe
from qcode.queries.blindness import hidden_from
from qcode.study import Study


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step, the latest first; `at` is an ISO date and time in UTC.

    `undone` says that it does not hold now; `origin`, whether it did something, took a step back or did it again.
    """

    id: StepId
    label: str
    coder: str
    mine: bool
    at: str
    undid: bool
    undone: bool
    origin: Literal["done", "undone", "redone"]


@dataclass(frozen=True, slots=True)
class UndoLabels:
    """What undo and redo would do now; None where there is nothing."""

    undo: str | None
    redo: str | None


def history(study: Study, *, latest: int = 200) -> list[StepRow]:
    """The latest steps of everybody; what colleagues coded in a blind round is told when one may see it."""
    with study.read() as session:
        names = {row.id: row.name for row in session.scalars(select(Coder))}
        order = Step.lamport.desc(), Step.id.desc()
        steps = session.scalars(select(Step).where(_seen(session, study.coder)).order_by(*order).limit(latest))
        undoing = _undoing(session)
        taken_back = _taken_back(undoing)
        return [
            StepRow(
                StepId(step.id),
                describe(session, step.label, step.args),
                names.get(step.coder_id, ""),
                step.coder_id == study.coder,
                step.at,
                step.undoes is not None,
                step.id in taken_back,
                _origin(step.undoes, undoing),
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


def _seen(session: Session, viewer: str | None) -> ColumnElement[bool]:
    """Not those of colleagues' steps that coded documents of which the viewer may see only their own codings."""
    pairs = list(hidden_from(session, viewer))
    if not pairs:
        return true()
    coded = select(Change.step_id).join(Coding, Coding.id == Change.row_id)
    places = tuple_(Coding.round_id, Coding.document_id)
    return Step.id.not_in(coded.where(Coding.coder_id != (viewer or ""), places.in_(pairs)))


def _undoing(session: Session) -> dict[str, str]:
    """What each undoing step took back, the latest first."""
    wanted = select(Step.id, Step.undoes).where(Step.undoes.is_not(None))
    return {row.id: row.undoes for row in session.execute(wanted.order_by(Step.lamport.desc(), Step.id.desc()))}


def _taken_back(undoing: Mapping[str, str]) -> set[str]:
    """The steps that do not hold: an undo that was itself undone takes nothing back."""
    out: set[str] = set()
    for step, target in undoing.items():
        if step not in out:
            out.add(target)
    return out


def _origin(undoes: str | None, undoing: Mapping[str, str]) -> Literal["done", "undone", "redone"]:
    if undoes is None:
        return "done"
    again = undoes in undoing and _origin(undoing[undoes], undoing) != "redone"
    return "redone" if again else "undone"
