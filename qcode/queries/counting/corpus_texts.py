"""The texts that are counted, with who speaks in them and what is recorded about those and the documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.analysis.corpus import Person, Recorded, Text, Turn, word_starts
from qcode.models import Document, Participant, Revision, Speaker
from qcode.models.statements import ask
from qcode.models.texts import TurnSpan
from qcode.queries.people.attributes import Sheet, read_sheet
from qcode.study import Study
from qcode.text.blocks import Subject


@dataclass(frozen=True, slots=True)
class Held:
    """A text, what it was made of, and the part of that which says where codings are in it (`anchor`).

    `unnamed` are its speakers whom no participant stands for.
    """

    ground: tuple[Any, ...]
    anchor: tuple[str, ...]
    original: str
    text: Text
    unnamed: tuple[Person, ...]


@dataclass(frozen=True)
class Sheets:
    """The texts of all documents in order, all participants, and what is recorded about both."""

    held: Mapping[str, Held]
    participants: tuple[Person, ...]
    attributes: tuple[Recorded, ...]

    def original(self, document: str) -> str:
        """The document that one is a translation of, or itself."""
        walked, current = {document}, document
        while (above := self.held[current].original) in self.held and above not in walked:
            walked.add(above)
            current = above
        return current

    def people_of(self, documents: Iterable[str]) -> tuple[Person, ...]:
        """All participants, and those who speak in these documents without being named."""
        unnamed, groups = dict[str, Person](), dict[str, str]()
        for held in (self.held[key] for key in documents):
            unnamed.update((one.id, one) for one in held.unnamed)
            for who in (*held.text.people, *held.text.about):
                groups.setdefault(who, held.text.group)
        known = (one if one.group else one._replace(group=groups.get(one.id, "")) for one in self.participants)
        return (*known, *unnamed.values())


class _Voice(NamedTuple):
    """Who speaks: a label of a document with its role, and the participant if one is known."""

    id: str
    label: str
    role: str
    participant: str
    pseudonym: str


class _Row(NamedTuple):
    """A document and its current revision."""

    id: str
    name: str
    kind: str
    language: str
    group: str
    original: str
    revision: str
    text_sha256: str
    layout_sha256: str


_ROWS = (
    select(Document.id, Document.name, Document.kind, Document.language, Document.group_name)
    .add_columns(Document.translation_of_id, Revision.id, Revision.text_sha256, Revision.layout_sha256)
    .join(Revision, Revision.id == Document.revision_id)
    .where(Document.alive)
    .order_by(Document.position, Document.id)
)
_VOICES = (
    select(Speaker.document_id, Speaker.id, Speaker.label, Speaker.role, Participant.id, Participant.pseudonym)
    .outerjoin(Participant, (Participant.id == Speaker.participant_id) & Participant.alive)
    .where(Speaker.alive)
    .order_by(Speaker.label, Speaker.id)
)


def read_texts(study: Study, session: Session, held: Mapping[str, Held]) -> Sheets:
    """The texts of all documents; those that were `held` and that nothing changed are the very same."""
    rows = [_Row._make("" if one is None else one for one in row) for row in ask(session, _ROWS)]
    names = {row.id: row.name for row in rows}
    voices = _voices(session)
    of_people, of_documents = read_sheet(session, "participant"), read_sheet(session, "document")
    typed = {row.id: _typed(row.cells) for row in of_documents.rows}
    grounds = {
        row.id: (row, place, tuple(voices.get(row.id, ())), names.get(row.original, ""), typed[row.id])
        for place, row in enumerate(rows)
    }
    new = [row for row in rows if row.id not in held or held[row.id].ground != grounds[row.id]]
    made = {row.id: one for row, one in zip(new, _made(study, session, new, grounds), strict=True)}
    return Sheets(
        {row.id: made[row.id] if row.id in made else held[row.id] for row in rows},
        tuple(_people(of_people)),
        (*_recorded("participant", of_people), *_recorded("document", of_documents)),
    )


def _voices(session: Session) -> dict[str, list[_Voice]]:
    found: dict[str, list[_Voice]] = {}
    for document, key, label, role, participant, pseudonym in ask(session, _VOICES):
        found.setdefault(document, []).append(_Voice(key, label, role, participant or "", pseudonym or ""))
    return found


def _typed(cells: Mapping[str, Any]) -> dict[str, str]:
    return {key: cell.text for key, cell in cells.items() if cell.text}


def _people(sheet: Sheet) -> Iterator[Person]:
    for row in sheet.rows:
        typed = _typed(row.cells)
        yield Person(row.id, row.name, row.group, typed.get("role", ""), typed)


def _recorded(subject: Subject, sheet: Sheet) -> Iterator[Recorded]:
    """What a sheet has columns of: the levels of a category in order, else what is said, in order."""
    for column in sheet.columns[1:]:
        said = [row.cells[column.key] for row in sheet.rows if column.key in row.cells and row.cells[column.key].text]
        ordered = sorted(said, key=lambda cell: (cell.state != "given", cell.order if cell.state == "given" else 0))
        levels = dict.fromkeys([*column.choices, *(cell.text for cell in ordered)])
        present = {cell.text for cell in said}
        kept = tuple(
            one for one in levels if one in present or (column.kind == "category" and one in column.choices[:-1])
        )
        yield Recorded(column.key, subject, column.title, column.kind, kept)


def _made(
    study: Study,
    session: Session,
    rows: Sequence[_Row],
    grounds: Mapping[str, tuple[Any, ...]],
) -> Iterator[Held]:
    texts = study.shelf.texts(session, {row.text_sha256 for row in rows}) if rows else {}
    layouts = study.shelf.layouts(session, {row.layout_sha256 for row in rows}) if rows else {}
    for row in rows:
        yield _held(row, grounds[row.id], texts[row.text_sha256], layouts[row.layout_sha256].turns)


def _held(row: _Row, ground: tuple[Any, ...], text: str, spans: Sequence[TurnSpan]) -> Held:
    _row, place, voices, original, typed = ground
    title = original or row.name
    persons = {
        voice.id: voice.participant or f"{row.original if original else row.id}/{voice.label}"
        for voice in voices
        if voice.participant or voice.role == "participant"
    }
    unnamed = tuple(
        Person(persons[voice.id], f"{voice.label} ({title})", row.group, "", {"group": row.group} if row.group else {})
        for voice in voices
        if voice.role == "participant" and not voice.participant
    )
    bare = Text(
        row.id, row.name, row.kind, row.language, place, row.group, text, (), typed, word_starts=word_starts(text)
    )
    turns = tuple(_turns(bare, row, spans, {voice.id: voice for voice in voices}, persons))
    about = () if any(turn.role for turn in turns) else _about(row, voices)
    made = replace(bare, turns=turns, about=about)
    speaking = {turn.participant for turn in turns}
    return Held(
        ground, (row.revision, row.text_sha256), row.original, made, tuple(one for one in unnamed if one.id in speaking)
    )


def _turns(
    text: Text, row: _Row, spans: Sequence[TurnSpan], voices: Mapping[str, _Voice], persons: Mapping[str, str]
) -> Iterator[Turn]:
    """The turns; where nobody speaks, paragraphs, which are about the only participant whom the document names."""
    whole = [span for span in spans if span.start < span.end]
    if any(span.speaker in voices for span in whole):
        for span in whole:
            voice = voices.get(span.speaker or "")
            role = "event" if span.event else voice.role if voice else "participant"
            name = (voice.pseudonym or voice.label) if voice else ""
            who = persons.get(voice.id, "") if voice else ""
            yield Turn(span.start, span.end, text.words_in(span.start, span.end), name, role, who)
        return
    about = _about(row, voices.values())
    only = about[0] if len(about) == 1 else ""
    places = [(span.start, span.end) for span in whole] or _paragraphs(text.text)
    for start, end in places:
        yield Turn(start, end, text.words_in(start, end), "", "", only)


def _about(row: _Row, voices: Iterable[_Voice]) -> tuple[str, ...]:
    """Whom a document names in which nobody speaks; a memo is the team's own words."""
    named = dict.fromkeys(voice.participant for voice in voices if voice.participant)
    return () if row.kind == "memo" else tuple(named)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, start + len(line)
        start += len(line) + 1
