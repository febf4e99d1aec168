"""What was done to the study, by whom and when."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import ColumnElement, Select, exists, select, tuple_, union_all
from sqlalchemy.orm import Session

from qcode.ids import DocumentId, StepId
from qcode.models import Coder, Coding, Document, Revision, Speaker
from qcode.models.journal import Change, Step, kinds
from qcode.models.labels import Names, describe
from qcode.models.positions import Positions
from qcode.queries.blindness import seen_steps
from qcode.study import Place, Study

type Thing = Literal["codings", "codes", "documents", "memos", "themes", "team"]

_KINDS: Mapping[Thing, tuple[str, ...]] = {
    "codings": ("coding",),
    "codes": ("code", "code_version", "code_set", "code_set_member"),
    "documents": (
        "document",
        "revision",
        "speaker",
        "participant",
        "turn_link",
        "guide",
        "guide_version",
        "question_mark",
    ),
    "memos": ("memo", "memo_link"),
    "themes": (
        "theme",
        "theme_code",
        "quote",
        "quote_use",
        "framework_summary",
        "summary_passage",
        "map_place",
        "saved_query",
        "survey",
        "survey_theme",
    ),
    "team": (
        "coder",
        "round",
        "assignment",
        "agreement_plan",
        "decision",
        "assent",
        "study",
        "attribution_policy",
        "attribution_exception",
    ),
}


@dataclass(frozen=True, slots=True)
class HistoryLooking:
    """Which steps to show: one's own only, those that touched a kind of thing, those in a document."""

    mine: bool = False
    thing: Thing | None = None
    document: DocumentId | None = None


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step, the latest first; `at` is an ISO date and time in UTC, `place` where in the texts it happened.

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
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class UndoLabels:
    """What undo and redo would do now; None where there is nothing."""

    undo: str | None
    redo: str | None


def history(
    study: Study, *, latest: int = 200, looking: HistoryLooking | None = None, before: StepId | None = None
) -> list[StepRow]:
    """The latest steps of everybody, or those before a step, which costs no more however many there are.

    What colleagues coded, noted and quoted in a blind round is told when one may see it.
    """
    with study.read() as session:
        names = {row.id: row.name for row in session.scalars(select(Coder))}
        wanted = select(Step).where(*seen_steps(session, study.coder), *_wanted(study, looking or HistoryLooking()))
        if before is not None:
            last = session.get_one(Step, before)
            wanted = wanted.where(tuple_(Step.lamport, Step.id) < (last.lamport, last.id))
        steps = session.scalars(wanted.order_by(Step.lamport.desc(), Step.id.desc()).limit(latest)).all()
        taken = _taken_back(session, steps)
        targets = {by: target for target, by in taken.items()}
        known: Names = {}
        return [
            StepRow(
                StepId(step.id),
                describe(session, step.label, step.args, known),
                names.get(step.coder_id, ""),
                step.coder_id == study.coder,
                step.at,
                step.undoes is not None,
                not _holds(step.id, taken),
                _origin(step.undoes, targets),
                Place(*step.args["place"]) if "place" in step.args else None,
            )
            for step in steps
        ]


def why_not(study: Study, rows: Iterable[StepRow]) -> dict[StepId, str]:
    """Why each of these own steps cannot be taken back now, in a sentence; empty for those that can."""
    refused = study.why_not_undo([row.id for row in rows if row.mine])
    return {step: str(reason or "") for step, reason in refused.items()}


def documents_with_history(study: Study) -> list[tuple[DocumentId, str]]:
    """The documents of the study by id and name, in the order of collection."""
    with study.read() as session:
        order = Document.position, Document.id
        rows = session.execute(select(Document.id, Document.name).where(Document.alive).order_by(*order))
        return [(DocumentId(row.id), row.name) for row in rows]


def place_of(study: Study, row: StepRow) -> Place | None:
    """Where in today's texts a step happened: where the codings are that it touched, else where it was written."""
    with study.read() as session:
        document = row.place.document if row.place else None
        touched = select(Coding).join(Change, Change.row_id == Coding.id)
        touched = touched.join(Document, Document.id == Coding.document_id)
        touched = touched.where(Change.step_id == row.id, Coding.alive, Document.alive)
        touched = touched.order_by(Coding.document_id != (document or ""), Coding.start).limit(1)
        coding = session.scalar(touched)
        if coding is None:
            return row.place
        now = Positions(session).place(coding.document_id, coding.revision_id, coding.start, coding.end)
        return Place(DocumentId(coding.document_id), now.start, now.end)


def undo_labels(study: Study) -> UndoLabels:
    """The labels for the menu."""
    if study.coder is None:
        return UndoLabels(None, None)
    undo, redo = study.next_undo(), study.next_redo()
    with study.read() as session:
        found = {step.id: step for step in session.scalars(select(Step).where(Step.id.in_([undo or "", redo or ""])))}
        labels = {key: describe(session, step.label, step.args) for key, step in found.items()}
    return UndoLabels(labels.get(undo or ""), labels.get(redo or ""))


def _wanted(study: Study, looking: HistoryLooking) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if looking.mine:
        conditions.append(Step.coder_id == (study.coder or ""))
    if looking.thing is not None:
        conditions.append(_touched(looking.thing))
    if looking.document is not None:
        conditions.append(Step.id.in_(_steps_in(looking.document)))
    return conditions


def _touched(thing: Thing) -> ColumnElement[bool]:
    """The steps that touched a kind of thing: most touch codings, and the others are found by their few rows."""
    if thing == "codings":
        return exists(select(Change.row_id).where(Change.step_id == Step.id, Change.kind == "coding"))
    rows = union_all(*(select(kinds()[kind].id) for kind in _KINDS[thing]))
    return Step.id.in_(select(Change.step_id).where(Change.row_id.in_(rows)))


def _steps_in(document: str) -> Select[str]:
    """The steps that touched a document, its text, its speakers or the codings in it."""
    inside = union_all(
        select(Coding.id).where(Coding.document_id == document),
        select(Revision.id).where(Revision.document_id == document),
        select(Speaker.id).where(Speaker.document_id == document),
        select(Document.id).where(Document.id == document),
    )
    return select(Change.step_id).where(Change.row_id.in_(inside))


def _taken_back(session: Session, steps: Sequence[Step]) -> dict[str, str]:
    """What took back what, as far as these steps are concerned: each step that was taken back, and by which."""
    taken: dict[str, str] = {}
    earlier = {step.undoes for step in steps if step.undoes is not None}
    while earlier:
        found = session.execute(select(Step.id, Step.undoes).where(Step.id.in_(earlier))).all()
        taken |= {row.undoes: row.id for row in found if row.undoes is not None}
        earlier = {row.undoes for row in found if row.undoes is not None}
    later: Collection[str] = {step.id for step in steps}
    while later:
        found = session.execute(select(Step.id, Step.undoes).where(Step.undoes.in_(later))).all()
        taken |= {row.undoes: row.id for row in found if row.undoes is not None}
        later = {row.id for row in found}
    return taken


def _holds(step: str, taken: Mapping[str, str]) -> bool:
    """A step that was taken back holds if what took it back was taken back itself."""
    return step not in taken or not _holds(taken[step], taken)


def _origin(undoes: str | None, targets: Mapping[str, str]) -> Literal["done", "undone", "redone"]:
    """What a step did, from which step each undoing step took back."""
    if undoes is None:
        return "done"
    again = undoes in targets and _origin(targets[undoes], targets) != "redone"
    return "redone" if again else "undone"
