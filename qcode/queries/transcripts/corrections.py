"""Corrections before they are made: the turn as it stands, and what new words would do to the codings in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from qcode.ids import CodingId, DocumentId, RevisionId, SpeakerId
from qcode.models import Document, Revision
from qcode.models.texts import Boundaries
from qcode.queries.blindness import hidden_from
from qcode.queries.codings import CodingRow, Looking, codings, codings_of
from qcode.queries.transcripts.documents import speakers_of
from qcode.study import Study
from qcode.text.canonical import Notes
from qcode.text.edits import OffsetMap
from qcode.text.wording import wording


@dataclass(frozen=True, slots=True)
class Voiced:
    """A speaker of the document: the label, the pseudonym if it is known who that is, and the numbers of the turns."""

    id: SpeakerId
    label: str
    pseudonym: str
    turns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TurnToCorrect:
    """A turn `[start, start + len(text))` of a revision, who speaks, who might, and the codings that touch it.

    `may_be_more` says that there may be colleagues' codings in it which the acting coder may not see yet.
    """

    document: DocumentId
    document_name: str
    revision: RevisionId
    number: int
    start: int
    text: str
    speaker: SpeakerId | None
    speakers: tuple[Voiced, ...]
    codings: tuple[CodingRow, ...]
    may_be_more: bool

    def voice(self, speaker: str | None) -> Voiced | None:
        """A speaker of the document by id."""
        return next((voice for voice in self.speakers if voice.id == speaker), None)


@dataclass(frozen=True, slots=True)
class CorrectionEffect:
    """What becomes of the codings that touch a turn, and of what was typed on its way into the text.

    Those that `stay` keep their words; in the `altered` words changed, so that they are listed for a second look; of
    the `emptied` no word is left.
    """

    words: str
    notes: Notes
    stay: tuple[CodingRow, ...]
    altered: tuple[CodingRow, ...]
    emptied: tuple[CodingRow, ...]
    may_be_more: bool

    @property
    def sentence(self) -> str:
        """The effect on the codings in words."""
        rows = (*self.stay, *self.altered, *self.emptied)
        shared = any(not row.mine for row in rows)
        parts = [
            _told(self.stay, shared, "stays as it is", "stay as they are"),
            _told(self.altered, shared, *(f"{verb} changed words inside and {_LISTED}" for verb in ("has", "have"))),
            _told(self.emptied, shared, "would lose all its text", "would lose all their text"),
        ]
        said = "; ".join(part for part in parts if part) or "No codings here"
        more = " Codings that you may not see yet come along too." if self.may_be_more else ""
        return f"{said}.{more}"


_LISTED = "will be listed for a second look"


def turn_to_correct(study: Study, document: DocumentId, *, turn: int) -> TurnToCorrect | None:
    """A turn of the current text, counted from 0, with what a correction of it needs; None if it is not there."""
    with study.read() as session:
        row = session.get(Document, document)
        if row is None or not row.alive:
            return None
        revision = session.get_one(Revision, row.revision_id)
        boundaries = study.shelf.layout(session, revision.layout_sha256)
        if not 0 <= turn < len(boundaries.turns):
            return None
        span = boundaries.turns[turn]
        voices = _voices(session, document, boundaries)
        text = study.shelf.text(session, revision.text_sha256)[span.start : span.end]
        hidden = any(hidden_in == document for _round, hidden_in in hidden_from(session, study.coder))
    rows = codings_of(study, document, Looking(layer=None))
    inside = tuple(row for row in rows if row.start < span.end and span.start < row.end)
    return TurnToCorrect(
        document,
        row.name,
        RevisionId(revision.id),
        turn,
        span.start,
        text,
        SpeakerId(span.speaker) if span.speaker else None,
        voices,
        inside,
        hidden,
    )


def correction_effect(turn: TurnToCorrect, typed: str) -> CorrectionEffect:
    """What would happen if this were written instead of the turn's words; reads nothing."""
    words, notes, edits = wording(turn.text, typed, at=turn.start)
    places = OffsetMap(edits)
    stay: list[CodingRow] = []
    altered: list[CodingRow] = []
    emptied: list[CodingRow] = []
    for row in turn.codings:
        now = places.place(row.start, row.end)
        (emptied if now.start == now.end else altered if now.altered else stay).append(row)
    return CorrectionEffect(words, notes, tuple(stay), tuple(altered), tuple(emptied), turn.may_be_more)


def second_looks(study: Study) -> list[CodingId]:
    """The acting coder's codings whose words were corrected since, in all documents."""
    coder = study.coder
    return [] if coder is None else [row.id for row in codings(study, Looking(coders=[coder], altered=True))]


def _voices(session: Session, document: str, boundaries: Boundaries) -> tuple[Voiced, ...]:
    spoken: dict[str, list[int]] = {}
    for number, turn in enumerate(boundaries.turns):
        spoken.setdefault(turn.speaker or "", []).append(number)
    speakers = speakers_of(session, document).values()
    return tuple(Voiced(row.id, row.label, row.pseudonym, tuple(spoken.get(row.id, ()))) for row in speakers)


def _told(rows: Sequence[CodingRow], shared: bool, one: str, many: str) -> str:
    if not rows:
        return ""
    what = f"{len(rows):,} {'coding' if len(rows) == 1 else 'codings'}"
    return f"{what}{_whose(rows) if shared else ''} {one if len(rows) == 1 else many}"


def _whose(rows: Sequence[CodingRow]) -> str:
    """Of whom codings are: one's own first."""
    counts = Counter("" if row.mine else row.coder_name for row in rows)
    if len(counts) == 1:
        name = next(iter(counts))
        return f" ({name})" if name else " (yours)"
    return f" ({', '.join(f'{counts[name]:,} {name or "yours"}' for name in sorted(counts))})"
