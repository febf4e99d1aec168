"""Corrections: a typing error or a wrong speaker makes a new revision, and everybody's codings come along."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode import nlp
from qcode.errors import QcodeError
from qcode.ids import DocumentId, RevisionId
from qcode.models import Document, Revision, Speaker
from qcode.models.texts import Boundaries, TurnSpan, store_boundaries, store_text
from qcode.operations.lookup import living, tidy_name
from qcode.study import Place, Study
from qcode.text.canonical import normalise
from qcode.text.edits import Edit, edits_between

LONGEST_TURN = 200_000


class NoSuchTurnError(QcodeError):
    """The text has no turn of that number."""

    def __init__(self, document: str) -> None:
        super().__init__(f"“{document}” has no such turn any more. Look at its current text and choose again.")


class TurnEmptyError(QcodeError):
    """A turn would be left without words."""

    def __init__(self) -> None:
        super().__init__("A turn needs at least one word. If nothing was said, write what happened, as in [pause].")


class TurnTooLongError(QcodeError):
    """More was pasted into a turn than anyone says."""

    def __init__(self) -> None:
        super().__init__(
            f"A turn can have {LONGEST_TURN:,} characters at most. Import a longer text as a transcript of its own."
        )


@dataclass(frozen=True, slots=True)
class _Current:
    """A document's text as it stands before a correction."""

    document: Document
    revision: Revision
    text: str
    boundaries: Boundaries

    def turn(self, number: int) -> TurnSpan:
        if not 0 <= number < len(self.boundaries.turns):
            raise NoSuchTurnError(self.document.name)
        return self.boundaries.turns[number]


def correct_turn(study: Study, document: DocumentId, *, turn: int, text: str) -> RevisionId:
    """Write the words of one turn anew; `turn` counts from 0. The same words change nothing."""
    words = normalise(text)[0].strip()
    if not words:
        raise TurnEmptyError
    if len(words) > LONGEST_TURN:
        raise TurnTooLongError
    place = _place(study, document, turn)
    with study.transact("Correct {document}", args={"document": document}, place=place) as session:
        current = _current(study, session, document)
        old = current.turn(turn)
        edits = edits_between(current.text[old.start : old.end], words, at=old.start)
        if not edits:
            return RevisionId(current.revision.id)
        after = current.text[: old.start] + words + current.text[old.end :]
        boundaries = _corrected(current, turn, words)
        return _add_revision(session, current, after, boundaries, edits)


def correct_speaker(study: Study, document: DocumentId, *, turn: int, label: str) -> RevisionId:
    """Give a turn to the speaker with this label, who is added if nobody in the document has it."""
    tidy = tidy_name("speaker", label)
    place = _place(study, document, turn)
    with study.transact("Correct a speaker of {document}", args={"document": document}, place=place) as session:
        current = _current(study, session, document)
        speaker = _speaker(session, document, tidy)
        if current.turn(turn).speaker == speaker:
            return RevisionId(current.revision.id)
        turns = list(current.boundaries.turns)
        turns[turn] = turns[turn]._replace(speaker=speaker, event=False)
        return _add_revision(session, current, current.text, Boundaries(tuple(turns), current.boundaries.units), [])


def _place(study: Study, document: DocumentId, turn: int) -> Place:
    with study.read() as session:
        span = _current(study, session, document).turn(turn)
        return Place(document, span.start, span.end)


def _current(study: Study, session: Session, document: str) -> _Current:
    row = living(session, Document, document)
    revision = session.get_one(Revision, row.revision_id)
    text = study.shelf.text(session, revision.text_sha256)
    return _Current(row, revision, text, study.shelf.layout(session, revision.layout_sha256))


def _corrected(current: _Current, number: int, words: str) -> Boundaries:
    """Turns and sentences after a turn was written anew; sentences of other turns keep their units."""
    old = current.turn(number)
    shift = len(words) - (old.end - old.start)
    turns = list(current.boundaries.turns)
    turns[number] = old._replace(end=old.end + shift)
    turns[number + 1 :] = [
        turn._replace(start=turn.start + shift, end=turn.end + shift) for turn in turns[number + 1 :]
    ]
    units = current.boundaries.units
    ahead = [unit for unit in units if unit[1] <= old.start]
    behind = [(start + shift, end + shift) for start, end in units if start >= old.end]
    own = [(old.start + start, old.start + end) for start, end in nlp.sentences(words, current.document.language)]
    return Boundaries(tuple(turns), (*ahead, *own, *behind))


def _add_revision(
    session: Session, current: _Current, text: str, boundaries: Boundaries, edits: list[Edit]
) -> RevisionId:
    revision = Revision(
        document_id=current.document.id,
        number=current.revision.number + 1,
        text_sha256=store_text(session, text),
        layout_sha256=store_boundaries(session, boundaries),
        length=len(text),
        words=len(text.split()),
        parent_id=current.revision.id,
        edits=[list(edit) for edit in edits],
    )
    session.add(revision)
    current.document.revision_id = revision.id
    return RevisionId(revision.id)


def _speaker(session: Session, document: str, label: str) -> str:
    named = select(Speaker.id).where(Speaker.alive, Speaker.document_id == document, Speaker.label == label)
    found = session.scalar(named)
    if found is None:
        row = Speaker(document_id=document, label=label)
        session.add(row)
        found = row.id
    return found
