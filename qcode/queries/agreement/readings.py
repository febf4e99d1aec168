"""Readings side by side: what each coder marked of the same passage, for teams that talk instead of measuring.

Nothing is counted here, and nothing is called right or wrong: where readings differ, there is something to talk about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from sqlalchemy.orm import Session

from qcode.errors import QcodeError
from qcode.ids import CodingId, DocumentId
from qcode.models.regions import asked_of, documents_with_regions
from qcode.queries.blindness import hidden_from
from qcode.queries.codings import CodingRow, Looking, codings
from qcode.queries.team import CoderRow, RoundRow, assigned, coders, rounds
from qcode.queries.transcripts.sources import Source, sources
from qcode.study import Study
from qcode.text.ranges import Range


class NothingToReadTogetherError(QcodeError):
    """The round that was named is not in the study, or there is none."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        which = f"There is no round “{name}”." if name else "The study has no round of coding yet."
        super().__init__(f"{which} The rounds are: {', '.join(known) or 'none yet'}.")


@dataclass(frozen=True, slots=True)
class Marked:
    """A code that somebody put on a passage, with their comment, and whether they were unsure."""

    code: str
    comment: str
    unsure: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """A passage that somebody marked, joined with whatever overlaps it.

    `marked` has an entry for each coder of the readings: their codes, nothing if they left it, None if it was not
    theirs to read. `differs` says that those whose it was put different codes on it.
    """

    id: CodingId
    document: DocumentId
    document_name: str
    start: int
    end: int
    text: str
    marked: tuple[tuple[Marked, ...] | None, ...]
    differs: bool
    codings: tuple[CodingId, ...]


@dataclass(frozen=True, slots=True)
class Readings:
    """The readings of a round by all who marked something in it.

    `withheld` names documents that are blind until one hands them in oneself.
    """

    round: RoundRow
    coders: tuple[CoderRow, ...]
    rows: tuple[Reading, ...]
    withheld: tuple[str, ...]


def readings(study: Study, round_name: str | None = None) -> Readings:
    """What each coder marked in a round, passage by passage; of documents that two coders or more have marked.

    Without a name it is the latest main round in which two did, or else the latest other one. Raises
    NothingToReadTogetherError.
    """
    known = rounds(study)
    wanted = (round_name or "").strip()
    named = [row for row in known if not wanted or row.name.casefold() == wanted.casefold()]
    if not named:
        raise NothingToReadTogetherError(wanted, [row.name for row in known])
    latest = sorted(named, key=lambda row: (row.purpose == "main", named.index(row)), reverse=True)
    found = (_of_round(study, row) for row in latest)
    return next((one for one in found if one.rows), None) or _of_round(study, latest[0])


def _of_round(study: Study, chosen: RoundRow) -> Readings:
    rows = sorted(codings(study, Looking(rounds=[chosen.id], by_search=False)), key=attrgetter("document", "start"))
    by_document = {document: list(own) for document, own in groupby(rows, key=attrgetter("document"))}
    shared = {document: own for document, own in by_document.items() if len({row.coder_id for row in own}) > 1}
    with study.read() as session:
        found = sources(study, session, shared)
        marking = {row.coder_id for own in shared.values() for row in own}
        people = tuple(row for row in coders(study) if row.id in marking)
        asked = _Asked(session, chosen, people)
        made = tuple(
            _reading(cluster, found[document], document, asked, people)
            for document in sorted(shared, key=lambda one: found[one].name.casefold())
            for cluster in _clusters(shared[document])
        )
        return Readings(chosen, people, made, _withheld(study, session, chosen))


def _withheld(study: Study, session: Session, chosen: RoundRow) -> tuple[str, ...]:
    hidden = [document for where, document in hidden_from(session, study.coder) if where == chosen.id]
    return tuple(sorted(one.name for one in sources(study, session, hidden).values())) if hidden else ()


def _clusters(rows: Iterable[CodingRow]) -> Iterator[list[CodingRow]]:
    """Codings in text order, together where they share a character with another of the same cluster."""
    held: list[CodingRow] = []
    for row in rows:
        if held and row.start >= max(one.end for one in held):
            yield held
            held = []
        held.append(row)
    if held:
        yield held


class _Asked:
    """Whose a passage was to read in a round."""

    def __init__(self, session: Session, chosen: RoundRow, people: Sequence[CoderRow]) -> None:
        self._session, self._round = session, chosen
        self._people: list[str] = [row.id for row in people]
        self._assigned = assigned(session, chosen.id).keys()
        self._regioned = documents_with_regions(session, chosen.id)
        self._parts: dict[str, dict[str, Sequence[Range]]] = {}

    def of(self, document: str, place: Range, text: str) -> set[str]:
        """The coders who were given the document, and of those with parts of it whoever has one that touches this."""
        given = {who for who in self._people if self._round.everyone or (document, who) in self._assigned}
        if document not in self._regioned:
            return given
        if document not in self._parts:
            parts, _excluded = asked_of(self._session, document, self._round.id, text, frozenset(given))
            self._parts[document] = dict(parts)
        own = self._parts[document]
        return {who for who in given if who not in own or any(a < place[1] and place[0] < b for a, b in own[who])}


def _reading(
    cluster: Sequence[CodingRow], source: Source, document: str, asked: _Asked, people: Sequence[CoderRow]
) -> Reading:
    start, end = min(row.start for row in cluster), max(row.end for row in cluster)
    theirs = asked.of(document, (start, end), source.text) | {row.coder_id for row in cluster}
    by_coder = {
        who.id: tuple(Marked(row.name, row.comment, row.unsure) for row in cluster if row.coder_id == who.id)
        for who in people
    }
    codes = {frozenset(mark.code for mark in own) for who, own in by_coder.items() if who in theirs}
    return Reading(
        cluster[0].id,
        DocumentId(document),
        source.name,
        start,
        end,
        source.text[start:end],
        tuple(by_coder[who.id] if who.id in theirs else None for who in people),
        len(codes) > 1,
        tuple(row.id for row in cluster),
    )
