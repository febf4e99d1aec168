"""Corrections: a typing error or a wrong speaker makes a new revision, and everybody's codings come along."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode import nlp
from qcode.errors import QcodeError
from qcode.ids import DocumentId, RevisionId, SpeakerId
from qcode.models import Document, Revision, Speaker
from qcode.models.texts import Boundaries, TurnSpan, store_boundaries, store_text
from qcode.operations.lookup import GoneError, living, tidy_name
from qcode.operations.passages import NothingSelectedError
from qcode.study import Place, Study
from qcode.text.edits import Edit
from qcode.text.wording import LONGEST_TURN, wording


class NoSuchTurnError(QcodeError):
    """The text has no turn of that number."""

    def __init__(self, document: str) -> None:
        super().__init__(f"“{document}” has no such turn any more. Look at its current text and choose again.")


class TextChangedError(QcodeError):
    """The text is not the one that the correction was begun on."""

    def __init__(self, document: str) -> None:
        super().__init__(
            f"“{document}” was corrected meanwhile. Look at its current text, and correct the turn in that."
        )


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
class Voice:
    """Who speaks: by the label of a speaker, who is added if nobody in the document has it; nobody for None."""

    label: str | None


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


def correct_turn(
    study: Study,
    document: DocumentId,
    *,
    turn: int,
    text: str,
    voice: Voice | None = None,
    revision: RevisionId | None = None,
) -> RevisionId:
    """Write the words of one turn anew, and with a voice who says them; `turn` counts from 0.

    With a revision it is refused if the text is another one by now. What is the same as before changes nothing.
    """
    if len(text) > LONGEST_TURN:
        raise TurnTooLongError
    place = _place(study, document, [turn], revision)
    with study.transact("Correct a turn of {document}", args={"document": document}, place=place) as session:
        current = _current(study, session, document, revision)
        old = current.turn(turn)
        words, _notes, edits = wording(current.text[old.start : old.end], text, at=old.start)
        if not words:
            raise TurnEmptyError
        given = old if voice is None else _given(session, document, old, voice)
        if not edits and given == old:
            return RevisionId(current.revision.id)
        after = current.text[: old.start] + words + current.text[old.end :]
        boundaries = _corrected(current, turn, words) if edits else current.boundaries
        boundaries = boundaries if given == old else _spoken(boundaries, [turn], given)
        return _add_revision(session, current, after, boundaries, edits)


def correct_speaker(
    study: Study, document: DocumentId, *, turns: Collection[int], label: str | None, revision: RevisionId | None = None
) -> RevisionId:
    """Give turns to the speaker with this label, who is added if nobody in the document has it; None is nobody."""
    if not turns:
        raise NothingSelectedError
    place = _place(study, document, turns, revision)
    one = "Correct the speaker of a turn of {document}"
    many = "Correct the speaker of {count} turns of {document}"
    args = {"document": document, "count": len(set(turns))}
    with study.transact(one if len(set(turns)) == 1 else many, args=args, place=place) as session:
        current = _current(study, session, document, revision)
        wanted = _given(session, document, current.turn(min(turns)), Voice(label))
        boundaries = _spoken(current.boundaries, turns, wanted)
        if boundaries == current.boundaries:
            return RevisionId(current.revision.id)
        return _add_revision(session, current, current.text, boundaries, [])


def rename_speaker(study: Study, document: DocumentId, *, speaker: SpeakerId, label: str) -> SpeakerId:
    """Call a speaker otherwise in all turns; with the label of another, that one gets the turns and this one goes."""
    tidy = tidy_name("speaker", label)
    with study.read() as session:
        known = _labelled(session, document, tidy)
    args = {"document": document, "speaker": known or speaker}
    words = "Rename a speaker of {document} to {speaker}" if known in (None, speaker) else _ALL_TO
    with study.transact(words, args=args) as session:
        row = living(session, Speaker, speaker)
        if row.document_id != document:
            raise GoneError("speaker")
        other = _labelled(session, document, tidy)
        if other in (None, speaker):
            row.label = tidy
            return speaker
        current = _current(study, session, document, None)
        turns = tuple(turn._replace(speaker=_other(turn, row.id, other)) for turn in current.boundaries.turns)
        _add_revision(session, current, current.text, Boundaries(turns, current.boundaries.units), [])
        row.alive = False
        return SpeakerId(other or speaker)


_ALL_TO = "Give all turns of a speaker of {document} to {speaker}"


def _other(turn: TurnSpan, speaker: str, other: str | None) -> str | None:
    return other if turn.speaker == speaker else turn.speaker


def _given(session: Session, document: str, turn: TurnSpan, voice: Voice) -> TurnSpan:
    """A turn in another voice: somebody who speaks makes no event; an event without one stays an event."""
    if voice.label is None:
        return turn._replace(speaker=None)
    return turn._replace(speaker=_speaker(session, document, tidy_name("speaker", voice.label)), event=False)


def _spoken(boundaries: Boundaries, numbers: Collection[int], like: TurnSpan) -> Boundaries:
    """The turns with these numbers spoken as one is."""
    chosen = set(numbers)
    turns = tuple(
        turn._replace(speaker=like.speaker, event=turn.event and like.speaker is None) if number in chosen else turn
        for number, turn in enumerate(boundaries.turns)
    )
    return Boundaries(turns, boundaries.units)


def _place(study: Study, document: DocumentId, turns: Collection[int], revision: str | None) -> Place:
    with study.read() as session:
        current = _current(study, session, document, revision)
        spans = [current.turn(turn) for turn in turns]
        return Place(document, min(span.start for span in spans), max(span.end for span in spans))


def _current(study: Study, session: Session, document: str, wanted: str | None) -> _Current:
    """The text as it stands, which must be of the revision that is wanted if one is."""
    row = living(session, Document, document)
    if wanted is not None and row.revision_id != wanted:
        raise TextChangedError(row.name)
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
    found = _labelled(session, document, label)
    if found is None:
        row = Speaker(document_id=document, label=label)
        session.add(row)
        return row.id
    return found


def _labelled(session: Session, document: str, label: str) -> str | None:
    named = select(Speaker.id).where(Speaker.alive, Speaker.document_id == document, Speaker.label == label)
    return session.scalar(named.order_by(Speaker.id))
