"""What agreement is computed from: who was asked of which text, what they marked, and in which units it is counted."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.agreement import DocumentCodings, Unit
from qcode.models import Assignment, Code, Coding, Document, Revision, Speaker
from qcode.models.merging import merged_codes
from qcode.models.positions import Positions
from qcode.models.regions import asked_of, documents_with_regions, placed_regions
from qcode.models.texts import Boundaries
from qcode.models.troubles import texts_apart
from qcode.queries.blindness import hidden_from
from qcode.queries.team import RoundRow, assigned
from qcode.study import Study
from qcode.text.ranges import Range, trim, union

type Spans = dict[tuple[str, str], list[Range]]
"""What was marked, by coder and code."""

_TOKEN: Final = re.compile(r"\w+(?:['’]\w+)*|[^\w\s]")
_LINE: Final = re.compile(r"[^\n]+")
_READ: Final = frozenset({"turn", "paragraph", "token"})


@dataclass(frozen=True, slots=True)
class Material:
    """The documents that somebody handed in, with their names by id, and what was left out.

    By the names of (document, coder): `unfinished` is not handed in, `handed_in` is, and of that `seen_others` went on
    in a blind round after colleagues' codings could be seen. `withheld` names documents that are blind, `apart` those
    of which two texts wait to be settled.
    """

    documents: list[DocumentCodings]
    names: dict[str, str]
    unfinished: tuple[tuple[str, str], ...]
    withheld: tuple[str, ...]
    apart: tuple[str, ...] = ()
    handed_in: tuple[tuple[str, str], ...] = ()
    seen_others: tuple[tuple[str, str], ...] = ()


def gather(
    study: Study,
    session: Session,
    chosen: RoundRow,
    people: Mapping[str, str],
    *,
    unit: Unit,
    without_interviewers: bool = False,
) -> Material:
    """What the coders named in `people`, by id, handed in in a round.

    Text that was not assigned to a coder is missing for them; what is excluded, or said by interviewers where these are
    left out, counts for nobody. A document whose text was corrected on two sides is left out until that is settled.
    """
    texts = _documents(session)
    titles = {document.id: document.name for document, _revision in texts}
    states = _states(session, chosen, titles, people)
    hidden = {where for round_id, where in hidden_from(session, study.coder) if round_id == chosen.id}
    two_texts = texts_apart(session)
    asking = _interviewers(session) if without_interviewers else frozenset()
    reading = _Reading(study, session, chosen, unit, asking)
    documents, names, withheld, apart = [], {}, [], []
    for document, revision in texts:
        done = frozenset(
            coder for (where, coder), state in states.items() if where == document.id and state == "handed in"
        )
        if document.id in hidden:
            withheld += [document.name] if len(done) > 1 else []
        elif document.id in two_texts:
            apart += [document.name] if len(done) > 1 else []
        elif done:
            names[document.id] = document.name
            documents.append(reading.codings(document.id, revision, done))
    named = {(where, coder): (titles[where], people[coder]) for where, coder in states}
    seen = {key for key in _went_on(session, chosen.id) if key[0] in names}
    return Material(
        documents,
        names,
        tuple(sorted(named[key] for key, state in states.items() if state != "handed in")),
        tuple(withheld),
        tuple(apart),
        tuple(sorted(named[key] for key, state in states.items() if state == "handed in")),
        tuple(sorted(named[key] for key, state in states.items() if state == "handed in" and key in seen)),
    )


def _states(
    session: Session, chosen: RoundRow, documents: Collection[str], people: Collection[str]
) -> dict[tuple[str, str], str]:
    """How far each is with each document that they were given, be it that everyone codes everything."""
    given = {(where, who): "open" for where in documents for who in people} if chosen.everyone else {}
    listed = assigned(session, chosen.id)
    return given | {key: state for key, state in listed.items() if key[0] in documents and key[1] in people}


def _went_on(session: Session, round_id: str) -> set[tuple[str, str]]:
    """By document and coder, who went on in a blind round after colleagues' codings could be seen."""
    columns = Assignment.document_id, Assignment.coder_id
    wanted = select(*columns).where(Assignment.alive, Assignment.seen_others, Assignment.round_id == round_id)
    return {(row.document_id, row.coder_id) for row in session.execute(wanted)}


def _documents(session: Session) -> Sequence[tuple[Document, Revision]]:
    wanted = select(Document, Revision).join(Revision, Revision.id == Document.revision_id).where(Document.alive)
    return [(row[0], row[1]) for row in session.execute(wanted.order_by(Document.position, Document.id))]


def _interviewers(session: Session) -> frozenset[str]:
    return frozenset(session.scalars(select(Speaker.id).where(Speaker.alive, Speaker.role == "interviewer")))


class _Reading:
    """Reads one document after another."""

    def __init__(
        self, study: Study, session: Session, chosen: RoundRow, unit: Unit, interviewers: Collection[str]
    ) -> None:
        self._study, self._session, self._round, self._unit = study, session, chosen, unit
        self._interviewers = interviewers
        self._spans, self._unseen = _spans(session, chosen.id), _unseen(session, chosen.id)
        self._regioned = documents_with_regions(session, chosen.id)

    def codings(self, document: str, revision: Revision, done: frozenset[str]) -> DocumentCodings:
        """What these coders handed in of a document."""
        boundaries = self._study.shelf.layout(self._session, revision.layout_sha256)
        own = {key: value for key, value in self._spans.get(document, {}).items() if key[0] in done}
        missing = frozenset(key for key in self._unseen.get(document, ()) if key[0] in done)
        units = self._units(document, revision, boundaries)
        codings = DocumentCodings(document, revision.length, units, done, own, missing)
        said = [(turn.start, turn.end) for turn in boundaries.turns if turn.speaker in self._interviewers]
        if document in self._regioned:
            text = self._text(revision)
            parts, excluded = asked_of(self._session, document, self._round.id, text, done)
            return replace(codings, parts=parts, excluded=list(union([*excluded, *said])))
        return replace(codings, excluded=said) if said else codings

    def _units(self, document: str, revision: Revision, boundaries: Boundaries) -> Sequence[Range]:
        if self._unit == "segment":
            return self._segments(document, revision)
        if self._unit not in _READ:
            return boundaries.units
        text = self._text(revision)
        if self._unit == "turn" and boundaries.turns:
            places = [trim(text, turn.start, turn.end) for turn in boundaries.turns]
            return [place for place in places if place is not None]
        found = (_TOKEN if self._unit == "token" else _LINE).finditer(text)
        return [place for place in (trim(text, *match.span()) for match in found) if place is not None]

    def _segments(self, document: str, revision: Revision) -> Sequence[Range]:
        regions = placed_regions(self._session, document, self._round.id, self._text(revision))
        return [region.place for region in regions if region.kind == "segment"]

    def _text(self, revision: Revision) -> str:
        return self._study.shelf.text(self._session, revision.text_sha256)


def _unseen(session: Session, round_id: str) -> dict[str, list[tuple[str, str]]]:
    """For each document the codes that a coder did not know when handing it in: missing there, not passed over.

    Who knew one of the codes that are one today, knew it.
    """
    codes, merged = set(session.scalars(select(Code.id).where(Code.alive))), merged_codes(session)
    columns = Assignment.document_id, Assignment.coder_id, Assignment.seen_codes
    out: dict[str, list[tuple[str, str]]] = {}
    for document, coder, known in session.execute(select(*columns).where(Assignment.round_id == round_id)):
        out.setdefault(document, []).extend((coder, code) for code in codes - {merged.get(one, one) for one in known})
    return out


def _spans(session: Session, round_id: str) -> dict[str, Spans]:
    columns = Coding.document_id, Coding.coder_id, Coding.code_id, Coding.revision_id, Coding.start, Coding.end
    counts = Coding.alive, Coding.layer == "coder", Coding.origin != "search"
    wanted = select(*columns).where(Coding.round_id == round_id, *counts)
    positions, merged = Positions(session), merged_codes(session)
    found: dict[str, dict[tuple[str, str], dict[Range, None]]] = {}
    for document, coder, code, revision, start, end in session.connection().execute(wanted):
        placed = positions.place(document, revision, start, end)
        if placed.start < placed.end:
            # Codings of one coder that are alike are one.
            found.setdefault(document, {}).setdefault((coder, merged.get(code, code)), {})[placed[:2]] = None
    return {document: {key: list(spans) for key, spans in own.items()} for document, own in found.items()}
