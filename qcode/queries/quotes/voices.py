"""The balance of voices: who is quoted how often, and who is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.ids import QuoteId, ThemeId
from qcode.models import Document, Participant, Speaker
from qcode.queries.quotes.rows import QuoteRow
from qcode.queries.themes.outline import ThemeRow, themes
from qcode.study import Study


@dataclass(frozen=True, slots=True)
class VoiceRow:
    """Somebody who could be quoted: a participant, a speaker nobody named yet, or a document without speakers.

    Memos that became documents are the team's own words and no voices.

    `person` is false for such a document; `role` and `group` are empty where nothing is known.
    """

    id: str
    name: str
    role: str
    group: str
    person: bool
    quotes: int = 0
    dissenting: int = 0


@dataclass(frozen=True, slots=True)
class Balance:
    """Every voice, the most quoted first, with how many quotes there are, and how many by group.

    A quote counts once for each voice, and each group, that speaks in it; so the voices can add up to more. Quotes of
    voices that belong to no group are `ungrouped`.
    """

    voices: tuple[VoiceRow, ...]
    quotes: int
    dissenting: int
    groups: tuple[tuple[str, int], ...]
    ungrouped: int = 0

    @property
    def never(self) -> tuple[VoiceRow, ...]:
        """The voices that no quote lets speak."""
        return tuple(voice for voice in self.voices if not voice.quotes)


def everybody(study: Study) -> tuple[VoiceRow, ...]:
    """Everybody who could be quoted, whether or not they are: their quotes are not counted, nor read."""
    return tuple(_Voices(study).rows.values())


def balance_of_voices(study: Study, *, below: ThemeId | None = None, rows: Sequence[ThemeRow] | None = None) -> Balance:
    """Who is quoted in all themes, or in one and the themes below it; themes that were read already may be given."""
    return _balance(_quotes(study, below, rows), _Voices(study))


def quotes_of(study: Study, voice: str, *, below: ThemeId | None = None) -> list[QuoteId]:
    """The quotes in which a voice speaks, in the order of the themes."""
    known = _Voices(study)
    return [quote.id for quote in _quotes(study, below) if voice in known.of(quote)]


def _quotes(study: Study, below: ThemeId | None, rows: Sequence[ThemeRow] | None = None) -> list[QuoteRow]:
    rows = themes(study) if rows is None else rows
    return [quote for row in (rows if below is None else branch(rows, below)) for quote in row.quotes]


def branch(rows: Sequence[ThemeRow], theme: ThemeId) -> list[ThemeRow]:
    """A theme and those below it, out of themes that stand depth first."""
    place = next((number for number, row in enumerate(rows) if row.id == theme), None)
    if place is None:
        return []
    out = [rows[place]]
    for row in rows[place + 1 :]:
        if row.depth <= rows[place].depth:
            break
        out.append(row)
    return out


class _Voices:
    """Everybody who could be quoted, found from a document and a name as quotes print it."""

    def __init__(self, study: Study) -> None:
        self.rows: dict[str, VoiceRow] = {}
        self._ids: dict[tuple[str, str], str] = {}
        with study.read() as session:
            documents = list(session.scalars(select(Document).where(Document.alive).order_by(Document.position)))
            self._add_participants(session)
            self._add_speakers(session, {row.id: row for row in documents})
        self._add_silent(documents)

    def of(self, quote: QuoteRow) -> list[str]:
        """Who speaks in a quote, in order."""
        said = (self._ids.get((quote.document, part.speaker)) for part in quote.utterances if part.speaker)
        found = list(dict.fromkeys(voice for voice in said if voice is not None))
        return found or [self._alone(quote)]

    def _alone(self, quote: QuoteRow) -> str:
        """Whose words they are where no speaker is marked: the only participant's, or else the document's."""
        people = {voice for (document, _name), voice in self._ids.items() if document == quote.document}
        if len(people) == 1:
            return people.pop()
        group = quote.fields.get("group", "")
        self.rows.setdefault(quote.document, VoiceRow(quote.document, quote.document_name, "", group, person=False))
        return quote.document

    def _add_participants(self, session: Session) -> None:
        for row in session.scalars(select(Participant).where(Participant.alive)):
            self.rows[row.id] = VoiceRow(row.id, row.pseudonym, row.role, row.group_name, person=True)

    def _add_speakers(self, session: Session, documents: Mapping[str, Document]) -> None:
        asked = select(Speaker).where(Speaker.alive, Speaker.role == "participant")
        for row in session.scalars(asked.order_by(Speaker.label, Speaker.id)):
            if row.document_id not in documents:
                continue
            document = documents[row.document_id]
            who = self.rows.get(row.participant_id or "")
            voice = who.id if who else f"{_original(document, documents).id}/{row.label}"
            if who is None:
                name = f"{row.label} ({_original(document, documents).name})"
                self.rows.setdefault(voice, VoiceRow(voice, name, "", document.group_name, person=True))
            elif not who.group:
                self.rows[voice] = replace(who, group=document.group_name)
            self._ids[(row.document_id, who.name if who else row.label)] = voice

    def _add_silent(self, documents: Iterable[Document]) -> None:
        speaking = {document for document, _name in self._ids}
        for row in documents:
            if row.id not in speaking and row.translation_of_id is None and row.kind != "memo":
                self._ids[(row.id, "")] = row.id
                self.rows[row.id] = VoiceRow(row.id, row.name, "", row.group_name, person=False)


def _original(document: Document, documents: Mapping[str, Document]) -> Document:
    """What a translation was made from: the same people speak in both."""
    return documents.get(document.translation_of_id or "", document)


def _balance(quotes: Sequence[QuoteRow], known: _Voices) -> Balance:
    said, dissented, groups = Counter[str](), Counter[str](), Counter[str]()
    for quote in quotes:
        voices = known.of(quote)
        said.update(voices)
        groups.update({known.rows[voice].group for voice in voices})
        if quote.stance == "dissents":
            dissented.update(voices)
    counted = [replace(row, quotes=said[key], dissenting=dissented[key]) for key, row in known.rows.items()]
    ungrouped = groups.pop("", 0)
    every = {row.group: 0 for row in known.rows.values() if row.group} | groups
    return Balance(
        tuple(sorted(counted, key=lambda row: (-row.quotes, row.group, row.name))),
        len(quotes),
        sum(quote.stance == "dissents" for quote in quotes),
        tuple(sorted(every.items(), key=lambda item: (-item[1], item[0]))),
        ungrouped,
    )
