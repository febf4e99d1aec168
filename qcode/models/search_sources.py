"""What a search looks into: each kind of source says what is in the study now, and how it reads."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from qcode.models.codebook import Code, CodeVersion
from qcode.models.documents import Document, Revision
from qcode.models.memos import Memo
from qcode.models.statements import ask
from qcode.models.texts import Boundaries, Shelf, TurnSpan

DEFINITION_FIELDS: Final = ("brief", "full", "when_to_use", "when_not_to_use", "typical_example", "near_miss")


class Piece(NamedTuple):
    """What is searched as one: `[start, end)` of a source's text in code points, such as a turn.

    `number` counts turns as the layout has them, or the parts of another source; -1 lies in no turn. `speaker` is the
    id of a speaker row.
    """

    start: int
    end: int
    number: int
    speaker: str | None = None
    event: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """The text of a source and its pieces."""

    text: str
    pieces: tuple[Piece, ...]


type Owners = Mapping[str, str]
"""The id of each row that has a text, with the key of what it says now: another key, another content."""


@dataclass(frozen=True, slots=True)
class Provider:
    """One kind of source: `owners` lists what there is; the others read some of it, with its pieces or without."""

    kind: str
    owners: Callable[[Session], Owners]
    contents: Callable[[Session, Shelf, Collection[str]], Iterator[tuple[str, Content]]]
    texts: Callable[[Session, Shelf, Collection[str]], Mapping[str, str]]


_STANDING: Final = (
    select(Document.id, Revision.text_sha256, Revision.layout_sha256)
    .join(Revision, Revision.id == Document.revision_id)
    .where(Document.alive)
)
_TEXTS: Final = (
    select(Document.id, Revision.text_sha256)
    .join(Revision, Revision.id == Document.revision_id)
    .where(Document.id.in_(bindparam("documents", expanding=True)))
)


def _transcripts(session: Session) -> Owners:
    return {document: f"{text}:{layout}" for document, text, layout in ask(session, _STANDING).all()}


def _transcript_contents(session: Session, shelf: Shelf, ids: Collection[str]) -> Iterator[tuple[str, Content]]:
    wanted = select(Document.id, Revision.text_sha256, Revision.layout_sha256)
    wanted = wanted.join(Revision, Revision.id == Document.revision_id).where(Document.id.in_(list(ids)))
    for document, text, layout in session.execute(wanted).all():
        body = shelf.text(session, text)
        yield document, Content(body, tuple(turns_and_gaps(body, shelf.layout(session, layout))))


def _transcript_texts(session: Session, shelf: Shelf, ids: Collection[str]) -> Mapping[str, str]:
    found = ask(session, _TEXTS, documents=list(ids)).all()
    bodies = shelf.texts(session, [digest for _document, digest in found])
    return {document: bodies[digest] for document, digest in found}


def turns_and_gaps(text: str, boundaries: Boundaries) -> Iterator[Piece]:
    """The turns of a text, and what stands between them and is more than white space."""
    at = 0
    for number, turn in enumerate(boundaries.turns):
        yield from _gap(text, at, turn.start)
        if turn.start < turn.end:
            yield _turn(number, turn)
        at = max(at, turn.end)
    yield from _gap(text, at, len(text))


def _turn(number: int, turn: TurnSpan) -> Piece:
    return Piece(turn.start, turn.end, number, turn.speaker, turn.event)


def _gap(text: str, start: int, end: int) -> Iterator[Piece]:
    if start < end and not text[start:end].isspace():
        yield Piece(start, end, -1)


def _memos(session: Session) -> Owners:
    return {memo: f"{memo}:{head}" for memo, head in session.execute(select(Memo.id, Memo.head).where(Memo.alive))}


def _memo_contents(session: Session, _shelf: Shelf, ids: Collection[str]) -> Iterator[tuple[str, Content]]:
    for memo, title, text in session.execute(select(Memo.id, Memo.title, Memo.text).where(Memo.id.in_(list(ids)))):
        yield memo, _content_of([title, text])


def _definitions(session: Session) -> Owners:
    standing = Code.alive, Code.status != "merged", Code.version_id.is_not(None)
    rows = session.execute(select(Code.id, Code.version_id).where(*standing))
    return {code: f"{code}:{version}" for code, version in rows}


def _definition_contents(session: Session, _shelf: Shelf, ids: Collection[str]) -> Iterator[tuple[str, Content]]:
    columns = [getattr(CodeVersion, field) for field in DEFINITION_FIELDS]
    wanted = select(Code.id, *columns).join(CodeVersion, CodeVersion.id == Code.version_id)
    for code, *fields in session.execute(wanted.where(Code.id.in_(list(ids)))):
        yield code, _content_of(fields)


def _memo_texts(session: Session, shelf: Shelf, ids: Collection[str]) -> Mapping[str, str]:
    return {memo: content.text for memo, content in _memo_contents(session, shelf, ids)}


def _definition_texts(session: Session, shelf: Shelf, ids: Collection[str]) -> Mapping[str, str]:
    return {code: content.text for code, content in _definition_contents(session, shelf, ids)}


def _content_of(parts: list[str]) -> Content:
    """The parts one below the other; each is a piece, numbered as it stands in the list."""
    pieces: list[Piece] = []
    at = 0
    for number, part in enumerate(parts):
        if part and not part.isspace():
            pieces.append(Piece(at, at + len(part), number))
        at += len(part) + 1
    return Content("\n".join(parts), tuple(pieces))


PROVIDERS: Final = {
    provider.kind: provider
    for provider in (
        Provider("transcript", _transcripts, _transcript_contents, _transcript_texts),
        Provider("memo", _memos, _memo_contents, _memo_texts),
        Provider("definition", _definitions, _definition_contents, _definition_texts),
    )
}
