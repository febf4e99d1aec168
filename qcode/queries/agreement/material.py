"""What agreement is computed from: who was asked of which text, what they marked, and in which units it is counted."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final, NamedTuple

from sqlalchemy import ColumnElement, String, select, type_coerce
from sqlalchemy.orm import InstrumentedAttribute, Session

from qcode.agreement import DocumentCodings, Unit
from qcode.models import Assignment, Code, Coding, Document, Revision, Speaker
from qcode.models.merging import merged_codes
from qcode.models.positions import Positions
from qcode.models.regions import asked_of, documents_with_regions, placed_regions
from qcode.models.statements import ask
from qcode.models.texts import Boundaries
from qcode.queries.agreement.kept import Kept, what_holds
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
    texts = _texts(session)
    titles = {text.id: text.name for text in texts}
    states = _states(session, chosen, titles, people)
    hidden = {where for round_id, where in hidden_from(session, study.coder) if round_id == chosen.id}
    about = chosen.id, chosen.segmented, unit, without_interviewers
    ground = what_holds(session, since, about)
    handed_in = _handed_in(states)
    found = _sorted_out(texts, handed_in, hidden, ground.two_texts)
    asking = _interviewers(session) if without_interviewers else frozenset()
    reading = _Reading(study, session, chosen, unit, asking)
    documents = reading.all_codings(found.counted, handed_in, ground.documents)
    withheld, apart, names = found.withheld, found.apart, {text.id: text.name for text in found.counted}
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


class _Text(NamedTuple):
    """A document and its current text."""

    id: str
    name: str
    revision: str
    length: int
    text_sha256: str
    layout_sha256: str


_TEXTS = (
    select(Document.id, Document.name, Revision.id, Revision.length, Revision.text_sha256, Revision.layout_sha256)
    .join(Revision, Revision.id == Document.revision_id)
    .where(Document.alive)
    .order_by(Document.position, Document.id)
)


def _texts(session: Session) -> list[_Text]:
    return [_Text(*row) for row in ask(session, _TEXTS)]


def _interviewers(session: Session) -> frozenset[str]:
    return frozenset(session.scalars(select(Speaker.id).where(Speaker.alive, Speaker.role == "interviewer")))


@dataclass(frozen=True, slots=True)
class _Sorted:
    """The documents that count, and the names of those that are blind, or have two texts."""

    counted: list[_Text]
    withheld: list[str]
    apart: list[str]


def _sorted_out(
    texts: Sequence[_Text],
    handed_in: Mapping[str, Collection[str]],
    hidden: Collection[str],
    two_texts: Collection[str],
) -> _Sorted:
    found = _Sorted([], [], [])
    for text in texts:
        done = handed_in.get(text.id, ())
        if text.id in hidden:
            found.withheld.extend([text.name] if len(done) > 1 else [])
        elif text.id in two_texts:
            found.apart.extend([text.name] if len(done) > 1 else [])
        elif done:
            found.counted.append(text)
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
        self, texts: Sequence[_Text], handed_in: Mapping[str, frozenset[str]], kept: Mapping[str, DocumentCodings]
    ) -> list[DocumentCodings]:
        """What these coders handed in of these documents, where it is not kept."""
        held = {key: codings for key, codings in kept.items() if codings.coders == handed_in.get(key)}
        current = {text.id: text.revision for text in texts if text.id not in held}
        spans = _spans(self._session, self._round.id, current) if current else {}
        unseen = _unseen(self._session, self._round.id, current) if current else {}
        return [
            held.get(text.id)
            or self._codings(text, handed_in[text.id], spans.get(text.id, {}), unseen.get(text.id, ()))
            for text in texts
        ]

    def _codings(
        self, text: _Text, done: frozenset[str], spans: Spans, unseen: Sequence[tuple[str, str]]
    ) -> DocumentCodings:
        boundaries = self._study.shelf.layout(self._session, text.layout_sha256)
        own = {key: value for key, value in spans.items() if key[0] in done}
        missing = frozenset(key for key in unseen if key[0] in done)
        codings = DocumentCodings(text.id, text.length, self._units(text, boundaries), done, own, missing)
        said = [(turn.start, turn.end) for turn in boundaries.turns if turn.speaker in self._interviewers]
        if text.id in self._regioned:
            parts, excluded = asked_of(self._session, text.id, self._round.id, self._body(text), done)
            return replace(codings, parts=parts, excluded=list(union([*excluded, *said])))
        return replace(codings, excluded=said) if said else codings

    def _units(self, text: _Text, boundaries: Boundaries) -> Sequence[Range]:
        if self._unit == "segment":
            return self._segments(text)
        if self._unit not in _READ:
            return boundaries.units
        body = self._body(text)
        if self._unit == "turn" and boundaries.turns:
            return _trimmed(body, ((turn.start, turn.end) for turn in boundaries.turns))
        if self._unit == "token":
            return [match.span() for match in _TOKEN.finditer(body)]
        return _trimmed(body, (match.span() for match in _LINE.finditer(body)))

    def _segments(self, text: _Text) -> Sequence[Range]:
        regions = placed_regions(self._session, text.id, self._round.id, self._body(text))
        return [region.place for region in regions if region.kind == "segment"]

    def _body(self, text: _Text) -> str:
        return self._study.shelf.text(self._session, text.text_sha256)


def _trimmed(body: str, ranges: Iterable[Range]) -> list[Range]:
    """The ranges without the whitespace at their ends, and without those that hold nothing else."""
    return [place for place in (trim(body, *one) for one in ranges) if place is not None]


def _unseen(session: Session, round_id: str, among: Collection[str]) -> dict[str, list[tuple[str, str]]]:
    """For each document the codes that a coder did not know when handing it in: missing there, not passed over.

    Who knew one of the codes that are one today, knew it.
    """
    codes, merged = frozenset(session.scalars(select(Code.id).where(Code.alive))), merged_codes(session)

    @cache
    def missing(known: str) -> frozenset[str]:
        return codes - {merged.get(code, code) for code in json.loads(known)}

    columns = Assignment.document_id, Assignment.coder_id, type_coerce(Assignment.seen_codes, String)
    wanted = select(*columns).where(Assignment.round_id == round_id, *_few(Assignment.document_id, among))
    out: dict[str, list[tuple[str, str]]] = {}
    for document, coder, known in session.execute(wanted):
        out.setdefault(document, []).extend((coder, code) for code in missing(known))
    return out


def _spans(session: Session, round_id: str, current: Mapping[str, str]) -> dict[str, Spans]:
    """What was marked in a round, by document, coder and code; codings of one coder that are alike are one.

    Of the documents whose current revisions are given.
    """
    columns = Coding.document_id, Coding.revision_id, Coding.start, Coding.end, Coding.coder_id, Coding.code_id
    counts = Coding.alive, Coding.layer == "coder", Coding.origin != "search", *_few(Coding.document_id, current)
    place, merged = Positions(session).place, merged_codes(session)
    found: defaultdict[tuple[str, str, str], dict[Range, None]] = defaultdict(dict)
    for document, revision, start, end, coder, code in session.connection().execute(
        select(*columns).where(Coding.round_id == round_id, *counts)
    ):
        if revision == current.get(document):
            found[document, coder, merged.get(code, code)][start, end] = None
        elif document in current and (placed := place(document, revision, start, end)).start < placed.end:
            found[document, coder, merged.get(code, code)][placed[:2]] = None
    out: dict[str, Spans] = {}
    for (document, coder, code), spans in found.items():
        out.setdefault(document, {})[coder, code] = list(spans)
    return out


def _few(column: InstrumentedAttribute[str], among: Collection[str]) -> Sequence[ColumnElement[bool]]:
    """That a row is of these documents, if they are few: of many, all rows are read anyway."""
    return [column.in_(list(among))] if len(among) < _FEW else []
