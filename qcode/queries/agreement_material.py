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
from qcode.queries.agreement_kept import Kept, what_holds
from qcode.queries.blindness import hidden_from
from qcode.queries.team import RoundRow, assigned
from qcode.study import Study
from qcode.text.ranges import Range, trim, union

type Spans = dict[tuple[str, str], list[Range]]
"""What was marked, by coder and code."""

_TOKEN: Final = re.compile(r"\w+(?:['’]\w+)*|[^\w\s]")
_LINE: Final = re.compile(r"[^\n]+")
_READ: Final = frozenset({"turn", "paragraph", "token"})
_FEW: Final = 50
"""Of fewer documents than this their own codings are read, and otherwise all of the round."""


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
    kept: Kept
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
    since: Kept | None = None,
) -> Material:
    """What the coders named in `people`, by id, handed in in a round.

    Text that was not assigned to a coder is missing for them; what is excluded, or said by interviewers where these are
    left out, counts for nobody. A document whose text was corrected on two sides is left out until that is settled.
    What no step touched `since` something was kept is not read again: those values are the very same.
    """
    texts = _documents(session)
    titles = {document.id: document.name for document, _revision in texts}
    states = _states(session, chosen, titles, people)
    hidden = {where for round_id, where in hidden_from(session, study.coder) if round_id == chosen.id}
    about = chosen.id, chosen.segmented, unit, without_interviewers
    ground = what_holds(session, since, about)
    handed_in = _handed_in(states)
    found = _sorted_out(texts, handed_in, hidden, ground.two_texts)
    asking = _interviewers(session) if without_interviewers else frozenset()
    reading = _Reading(study, session, chosen, unit, asking)
    documents = reading.all_codings(found.counted, handed_in, ground.documents)
    withheld, apart, names = found.withheld, found.apart, {document.id: document.name for document, _ in found.counted}
    named = {(where, coder): (titles[where], people[coder]) for where, coder in states}
    seen = {key for key in _went_on(session, chosen.id) if key[0] in names}
    return Material(
        documents,
        names,
        tuple(sorted(named[key] for key, state in states.items() if state != "handed in")),
        tuple(withheld),
        replace(ground, documents={each.document: each for each in documents}),
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


@dataclass(frozen=True, slots=True)
class _Sorted:
    """The documents that count, and the names of those that are blind, or have two texts."""

    counted: list[tuple[Document, Revision]]
    withheld: list[str]
    apart: list[str]


def _sorted_out(
    texts: Sequence[tuple[Document, Revision]],
    handed_in: Mapping[str, Collection[str]],
    hidden: Collection[str],
    two_texts: Collection[str],
) -> _Sorted:
    found = _Sorted([], [], [])
    for document, revision in texts:
        done = handed_in.get(document.id, ())
        if document.id in hidden:
            found.withheld.extend([document.name] if len(done) > 1 else [])
        elif document.id in two_texts:
            found.apart.extend([document.name] if len(done) > 1 else [])
        elif done:
            found.counted.append((document, revision))
    return found


def _handed_in(states: Mapping[tuple[str, str], str]) -> dict[str, frozenset[str]]:
    """By document, who handed it in."""
    found: dict[str, set[str]] = {}
    for (document, coder), state in states.items():
        if state == "handed in":
            found.setdefault(document, set()).add(coder)
    return {document: frozenset(done) for document, done in found.items()}


class _Reading:
    """Reads what coders handed in."""

    def __init__(
        self, study: Study, session: Session, chosen: RoundRow, unit: Unit, interviewers: Collection[str]
    ) -> None:
        self._study, self._session, self._round, self._unit = study, session, chosen, unit
        self._interviewers = interviewers
        self._regioned = documents_with_regions(session, chosen.id)

    def all_codings(
        self,
        texts: Sequence[tuple[Document, Revision]],
        handed_in: Mapping[str, frozenset[str]],
        kept: Mapping[str, DocumentCodings],
    ) -> list[DocumentCodings]:
        """What these coders handed in of these documents, where it is not kept."""
        held = {key: codings for key, codings in kept.items() if codings.coders == handed_in.get(key)}
        missing = [document.id for document, _revision in texts if document.id not in held]
        among = missing if len(missing) < _FEW else None
        spans = _spans(self._session, self._round.id, among) if missing else {}
        unseen = _unseen(self._session, self._round.id, among) if missing else {}
        return [
            held.get(document.id) or self._codings(document.id, revision, handed_in[document.id], spans, unseen)
            for document, revision in texts
        ]

    def _codings(
        self,
        document: str,
        revision: Revision,
        done: frozenset[str],
        spans: Mapping[str, Spans],
        unseen: Mapping[str, Sequence[tuple[str, str]]],
    ) -> DocumentCodings:
        boundaries = self._study.shelf.layout(self._session, revision.layout_sha256)
        own = {key: value for key, value in spans.get(document, {}).items() if key[0] in done}
        missing = frozenset(key for key in unseen.get(document, ()) if key[0] in done)
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
        if self._unit == "token":
            return [match.span() for match in _TOKEN.finditer(text)]
        found = _LINE.finditer(text)
        return [place for place in (trim(text, *match.span()) for match in found) if place is not None]

    def _segments(self, document: str, revision: Revision) -> Sequence[Range]:
        regions = placed_regions(self._session, document, self._round.id, self._text(revision))
        return [region.place for region in regions if region.kind == "segment"]

    def _text(self, revision: Revision) -> str:
        return self._study.shelf.text(self._session, revision.text_sha256)


def _unseen(session: Session, round_id: str, among: Sequence[str] | None) -> dict[str, list[tuple[str, str]]]:
    """For each document the codes that a coder did not know when handing it in: missing there, not passed over.

    Who knew one of the codes that are one today, knew it. Of all documents, unless some are named.
    """
    codes, merged = set(session.scalars(select(Code.id).where(Code.alive))), merged_codes(session)
    columns = Assignment.document_id, Assignment.coder_id, Assignment.seen_codes
    wanted = select(*columns).where(Assignment.round_id == round_id)
    if among is not None:
        wanted = wanted.where(Assignment.document_id.in_(among))
    out: dict[str, list[tuple[str, str]]] = {}
    for document, coder, known in session.execute(wanted):
        out.setdefault(document, []).extend((coder, code) for code in codes - {merged.get(one, one) for one in known})
    return out


def _spans(session: Session, round_id: str, among: Sequence[str] | None) -> dict[str, Spans]:
    """What was marked in a round, by document, coder and code; codings of one coder that are alike are one."""
    columns = Coding.document_id, Coding.revision_id, Coding.start, Coding.end, Coding.coder_id, Coding.code_id
    counts = Coding.alive, Coding.layer == "coder", Coding.origin != "search"
    wanted = select(*columns).where(Coding.round_id == round_id, *counts)
    if among is not None:
        wanted = wanted.where(Coding.document_id.in_(among))
    place, merged = Positions(session).place, merged_codes(session)
    found: dict[tuple[str, str, str], dict[Range, None]] = {}
    for document, revision, start, end, coder, code in session.connection().execute(wanted).all():
        placed = place(document, revision, start, end)
        if placed.start < placed.end:
            found.setdefault((document, coder, merged.get(code, code)), {})[placed[:2]] = None
    out: dict[str, Spans] = {}
    for (document, coder, code), spans in found.items():
        out.setdefault(document, {})[coder, code] = list(spans)
    return out
