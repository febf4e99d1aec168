"""What every case of a round hangs on: its coders, the codes as they are merged today, who handed in what."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.ids import DocumentId, RoundId
from qcode.models import Assignment, Coder, Document, Revision, Round
from qcode.models.merging import merged_codes
from qcode.models.troubles import texts_apart
from qcode.queries.blindness import hidden_from
from qcode.queries.codebook.tree import tree
from qcode.queries.team import assigned


@dataclass(frozen=True, slots=True)
class CodeFacts:
    """A code as cases show it: its name, the code above it, and its place in the codebook."""

    name: str
    above: str | None
    rank: int


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """A document with its current text: its place among the documents, and who handed it in.

    `known` are those of whom this copy knows that they were given it: a file for one coder knows of nobody else.
    """

    id: DocumentId
    name: str
    position: int
    revision: str
    text_sha256: str
    coders: frozenset[str]
    known: frozenset[str]


@dataclass(frozen=True, slots=True)
class Frame:
    """All that, as of one moment; documents of which colleagues' codings may not be seen are `withheld` by name.

    `unsettled` documents have two texts of which nobody has chosen one; `waiting` are (document, coder) names of work
    that is not handed in.
    """

    round: RoundId
    coders: Mapping[str, tuple[str, str]]
    codes: Mapping[str, CodeFacts]
    merged: Mapping[str, str]
    documents: Mapping[str, DocumentFacts]
    waiting: tuple[tuple[str, str], ...]
    withheld: Mapping[str, str]
    unsettled: Mapping[str, str]

    def shown(self, code: str) -> str:
        """The code that a code stands for today."""
        return self.merged.get(code, code)

    def sorted(self, documents: Collection[str]) -> list[str]:
        """Documents in their order."""
        return sorted(documents, key=lambda key: self.documents[key].position)

    def title(self, document: str) -> str:
        """The name of a document."""
        facts = self.documents.get(document)
        return self.unsettled.get(document, "…") if facts is None else facts.name

    def rank(self, code: str) -> int:
        """Where a code stands in the codebook; one that was deleted comes last."""
        facts = self.codes.get(code)
        return len(self.codes) if facts is None else facts.rank

    def name(self, code: str) -> str:
        """The name of a code."""
        facts = self.codes.get(code)
        return "deleted code" if facts is None else facts.name

    def siblings(self, codes: Collection[str]) -> bool:
        """Whether several codes stand below one."""
        above = {self.codes[code].above for code in codes if code in self.codes}
        return len(codes) > 1 and len(above) == 1 and None not in above

    def reads_like(self, other: Frame) -> bool:
        """Whether the same codings count under the same codes as in another frame."""
        return (self.round, self.merged, self.codes.keys()) == (other.round, other.merged, other.codes.keys())

    def shows_like(self, other: Frame) -> bool:
        """Whether cases look the same as in another frame."""
        return self.reads_like(other) and (self.codes, self.coders) == (other.codes, other.coders)


def frame_of(session: Session, round_id: RoundId, viewer: str | None, before: Frame | None = None) -> Frame:
    """The frame of a round as a coder may see it; given one from `before`, what concerns all rounds is as in that."""
    hidden = {document for where, document in hidden_from(session, viewer) if where == round_id}
    states = assigned(session, round_id)
    done: dict[str, set[str]] = {}
    for (document, coder), state in states.items():
        if state == "handed in":
            done.setdefault(document, set()).add(coder)
    facts = _documents(session, round_id, done)
    names = {row.id: (row.name, row.initials) for row in session.scalars(select(Coder))}
    apart = texts_apart(session) & facts.keys()
    twice = {key for key, one in facts.items() if len(one.coders) > 1}
    return Frame(
        round_id,
        names,
        before.codes if before is not None else _codes(session),
        before.merged if before is not None else merged_codes(session),
        {key: one for key, one in facts.items() if key not in hidden | apart},
        _waiting(session, round_id, states, facts, names),
        {key: facts[key].name for key in facts if key in hidden & twice},
        {key: facts[key].name for key in facts if key in apart},
    )


def _documents(session: Session, round_id: str, done: Mapping[str, Collection[str]]) -> dict[str, DocumentFacts]:
    known: dict[str, set[str]] = {}
    noted = select(Assignment.document_id, Assignment.coder_id).where(Assignment.round_id == round_id)
    for document, coder in session.execute(noted):
        known.setdefault(document, set()).add(coder)
    wanted = select(Document.id, Document.name, Document.revision_id, Revision.text_sha256)
    wanted = wanted.join(Revision, Revision.id == Document.revision_id).where(Document.alive)
    rows = session.execute(wanted.order_by(Document.position, Document.id))
    return {
        key: DocumentFacts(
            DocumentId(key), name, place, revision, text, frozenset(done.get(key, ())), frozenset(known.get(key, ()))
        )
        for place, (key, name, revision, text) in enumerate(rows)
    }


def _codes(session: Session) -> dict[str, CodeFacts]:
    merged = merged_codes(session)
    return {
        code.id: CodeFacts(code.name, merged.get(code.parent_id or "", code.parent_id), rank)
        for rank, (code, _path) in enumerate(tree(session))
    }


def _waiting(
    session: Session,
    round_id: str,
    states: Mapping[tuple[str, str], str],
    documents: Mapping[str, DocumentFacts],
    names: Mapping[str, tuple[str, str]],
) -> tuple[tuple[str, str], ...]:
    """Whose work on which document is not handed in, also where everybody codes everything without being listed."""
    given = dict(states)
    if session.get_one(Round, round_id).everyone:
        everybody = session.scalars(select(Coder.id).where(Coder.alive)).all()
        given = {(document, coder): "open" for document in documents for coder in everybody} | given
    found = [key for key, state in given.items() if state != "handed in" and key[0] in documents]
    ordered = sorted(found, key=lambda key: (documents[key[0]].position, names[key[1]][0]))
    return tuple((documents[document].name, names[coder][0]) for document, coder in ordered)
