"""What a file says about its text beside the words: the questions that turns answer, headings, and pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from qcode.ids import new_id
from qcode.models import Landmarks, QuestionMark
from qcode.models.recording import insert_rows

if TYPE_CHECKING:
    from qcode.transcripts import Transcript, Turn

LONGEST_ASKED = 2_000


def keep_structure(session: Session, document: str, revision: str, transcript: Transcript) -> None:
    """Store where a transcript's questions are answered, and its headings and pages, for the revision of its text."""
    rows = [
        {
            "id": new_id(),
            "document_id": document,
            "revision_id": revision,
            "start": turn.start,
            "end": turn.end,
            "asked": _asked(turn),
            "origin": "file",
        }
        for turn in _answering(transcript)
    ]
    insert_rows(session, QuestionMark, rows)
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
