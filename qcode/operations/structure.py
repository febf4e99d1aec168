"""What a file says about its text beside the words: the questions that turns answer, headings, and pages."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.ids import new_id
from qcode.models import Landmarks, QuestionMark
from qcode.models.positions import Positions
from qcode.models.recording import insert_rows

if TYPE_CHECKING:
    from qcode.transcripts import Transcript, Turn

LONGEST_ASKED = 2_000


def keep_structure(session: Session, document: str, revision: str, transcript: Transcript) -> None:
    """Store where a transcript's questions are answered, and its headings and pages, for the revision of its text."""
    rows = [_mark(document, revision, turn) for turn in _answering(transcript)]
    insert_rows(session, QuestionMark, rows)
    _keep_landmarks(session, document, revision, transcript)


def follow_structure(session: Session, document: str, revision: str, transcript: Transcript) -> None:
    """Let the structure of a document be that of a transcript which took the place of its text, in a revision of it.

    The revision must be the current one already. Answers that the file still gives keep their question of a guide;
    those it gives no longer go, unless somebody attached a question to them. What was attached by hand stays, and
    so do headings and pages where the file has none.
    """
    session.flush()
    if transcript.headings or transcript.pages:
        for row in session.scalars(select(Landmarks).where(Landmarks.alive, Landmarks.document_id == document)):
            row.alive = False
    _keep_landmarks(session, document, revision, transcript)
    wanted = {(turn.start, _asked(turn)): turn for turn in _answering(transcript)}
    positions = Positions(session)
    starts = [turn.start for turn in transcript.turns]
    known = select(QuestionMark).where(QuestionMark.alive, QuestionMark.document_id == document)
    for mark in session.scalars(known.where(QuestionMark.asked != "")):
        now = positions.place(document, mark.revision_id, mark.start, mark.end)
        turn = bisect_right(starts, now.start) - 1
        still = now.start < now.end and turn >= 0 and wanted.pop((starts[turn], mark.asked), None) is not None
        if not still and mark.question_id is None:
            mark.alive = False
    insert_rows(session, QuestionMark, [_mark(document, revision, turn) for turn in wanted.values()])


def _mark(document: str, revision: str, turn: Turn) -> dict[str, Any]:
    return {
        "id": new_id(),
        "document_id": document,
        "revision_id": revision,
        "start": turn.start,
        "end": turn.end,
        "asked": _asked(turn),
        "origin": "file",
    }


def _keep_landmarks(session: Session, document: str, revision: str, transcript: Transcript) -> None:
    if transcript.headings or transcript.pages:
        session.add(
            Landmarks(
                document_id=document,
                revision_id=revision,
                headings=[[one.start, one.end, one.level] for one in transcript.headings],
                pages=[list(page) for page in transcript.pages],
            )
        )


def _answering(transcript: Transcript) -> Iterator[Turn]:
    """The turns at which an answer begins.

    In a table of answers that is every one; in talk, where several turns belong to one question, the first of them.
    """
    asked = [turn for turn in transcript.turns if turn.question and turn.question.strip() and turn.start < turn.end]
    each = len({(turn.speaker, turn.question) for turn in asked}) == len(asked)
    before = None
    for turn in asked:
        if each or turn.question != before:
            yield turn
        before = turn.question


def _asked(turn: Turn) -> str:
    words = " ".join((turn.question or "").split())
    return words if len(words) <= LONGEST_ASKED else f"{words[: LONGEST_ASKED - 1]}…"
