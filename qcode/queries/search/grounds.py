"""What a search reads: the texts of a study in order, who speaks in them, and which of them a coder may see."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from qcode.models import Code, Document, Memo, Participant, Speaker
from qcode.models.search_index import Pieces
from qcode.models.search_sources import PROVIDERS
from qcode.models.statements import ask
from qcode.models.texts import Shelf
from qcode.queries.blindness import hidden_codes, hidden_memos
from qcode.queries.search.index import Source, present
from qcode.study import Study

type Kind = Literal["transcript", "memo", "definition"]


class Voice(NamedTuple):
    """Who speaks, as far as a search tells."""

    name: str
    role: str
    group: str


_NOBODY: Final = Voice("", "", "")


@dataclass(frozen=True, slots=True)
class Ground:
    """A text to be searched, by what it is called; `group` and `language` are a document's."""

    source: Source
    kind: Kind
    name: str
    group: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """A ground with its text, its pieces and whoever speaks in them."""

    ground: Ground
    text: str
    pieces: Pieces
    voices: Mapping[str, Voice]

    def voice(self, piece: int) -> Voice:
        """Who speaks in a piece: an event has no name, and what lies in no turn is nobody's."""
        if self.ground.kind != "transcript":
            return _NOBODY
        speaker, group = self.pieces.speaker[piece], self.ground.group
        known = self.voices.get(self.pieces.speakers[speaker - 1]) if speaker else None
        if self.pieces.events[piece]:
            return Voice("" if known is None else known.name, "event", group)
        if known is None:
            return Voice("", "participant" if self.pieces.numbers[piece] >= 0 else "other", group)
        return known if known.group or not group else known._replace(group=group)


def grounds(
    session: Session, viewer: str | None, kinds: Collection[Kind], documents: Collection[str] | None
) -> list[Ground]:
    """The texts of these kinds that a coder may see: transcripts in the order of collection, or the chosen ones."""
    found: list[Ground] = []
    hidden = hidden_memos(session, viewer) if "memo" in kinds else set[str]()
    hidden |= hidden_codes(session, viewer) if "definition" in kinds else set()
    for kind, named in _NAMED.items():
        if kind in kinds:
            sources = {source.owner: source for source in present(session, [kind])}
            found += [
                Ground(sources[owner], kind, *told)
                for owner, *told in named(session)
                if owner in sources and owner not in hidden
            ]
    return found if documents is None else [one for one in found if _is_chosen(one, documents)]


def _is_chosen(ground: Ground, documents: Collection[str]) -> bool:
    return ground.kind != "transcript" or ground.source.owner in documents


def opened(study: Study, session: Session, chosen: Sequence[Ground]) -> Iterator[Opened]:
    """These grounds with their texts and pieces, in order."""
    voices = _voices(session, [ground.source.owner for ground in chosen if ground.kind == "transcript"])
    texts: dict[Source, str] = {}
    for kind, provider in PROVIDERS.items():
        owners = {ground.source.owner: ground.source for ground in chosen if ground.kind == kind}
        found = provider.texts(session, study.shelf, owners.keys()) if owners else {}
        texts |= {owners[owner]: text for owner, text in found.items()}
    pieces = _pieces(study, session, chosen)
    for ground in chosen:
        yield Opened(ground, texts[ground.source], pieces[ground.source.key], voices)


def _pieces(study: Study, session: Session, chosen: Sequence[Ground]) -> dict[str, Pieces]:
    """The pieces as the index has them; where it has none, they are made from the texts and remembered."""
    found = study.pieces.pieces(session, [ground.source.key for ground in chosen])
    for kind, provider in PROVIDERS.items():
        keys = {one.source.owner: one.source.key for one in chosen if one.kind == kind and one.source.key not in found}
        for owner, content in provider.contents(session, Shelf(), keys.keys()) if keys else ():
            found[keys[owner]] = Pieces.of(content)
            study.pieces.put(keys[owner], found[keys[owner]])
    return found


def _voices(session: Session, documents: Sequence[str]) -> dict[str, Voice]:
    rows = ask(session, _SPEAKERS, documents=documents).all()
    return {speaker: Voice(name, role, group or "") for speaker, name, role, group in rows}


_SPEAKERS: Final = (
    select(Speaker.id, func.coalesce(Participant.pseudonym, Speaker.label), Speaker.role, Participant.group_name)
    .outerjoin(Participant, Participant.id == Speaker.participant_id)
    .where(Speaker.alive, Speaker.document_id.in_(bindparam("documents", expanding=True)))
)
_LISTED: Final = (
    select(Document.id, Document.name, Document.group_name, Document.language)
    .where(Document.alive)
    .order_by(Document.position, Document.id)
)


def _documents(session: Session) -> Iterator[tuple[str, ...]]:
    yield from ask(session, _LISTED).all()


def _memos(session: Session) -> Iterator[tuple[str, ...]]:
    yield from session.execute(select(Memo.id, Memo.title).where(Memo.alive).order_by(Memo.position, Memo.id))


def _codes(session: Session) -> Iterator[tuple[str, ...]]:
    yield from session.execute(select(Code.id, Code.name).where(Code.alive).order_by(Code.name, Code.id))


_NAMED: dict[Kind, Callable[[Session], Iterator[tuple[str, ...]]]] = {
    "transcript": _documents,
    "memo": _memos,
    "definition": _codes,
}
