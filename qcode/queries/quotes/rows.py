"""Quotes with their words as the transcript has them today, how they were edited, and where they are used."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from sqlalchemy import ColumnElement, bindparam, select
from sqlalchemy.orm import Session

from qcode.ids import DocumentId, QuoteId, QuoteUseId, ThemeId
from qcode.models import Document, Quote, QuoteUse
from qcode.models.blindness import veiled_quotes
from qcode.models.positions import Positions
from qcode.models.quote_places import StoredQuote, Today, stored_quotes, today
from qcode.models.statements import ask
from qcode.queries.quotes.beside import Beside, OtherWords
from qcode.queries.quotes.utterances import Utterance, attribution_fields, utterance
from qcode.queries.transcripts.landmarks import Landmarks, landmarks_of
from qcode.queries.transcripts.sources import sources
from qcode.study import Study
from qcode.text.edits import Placed
from qcode.text.quotation import ELLIPSES, printed
from qcode.text.quote_edits import Edit

_NEVER_SPEECH: Final = frozenset({"field notes", "document", "memo"})


@dataclass(frozen=True, slots=True)
class QuoteUseRow:
    """Where a quote is used."""

    id: QuoteUseId
    paper: str
    section: str


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """A quote with its words as the transcript has them, and what an attribution can be made of.

    `fields` holds pseudonym, role, group, document and id of the participant who says most of it, and its pages;
    offsets are half-open code points. `stale` says that its words were edited since the quote was picked, or that
    `lost` of its edits have no place any more. `edits` are in code points of `text`. `language_shown` is "original",
    "translation" or "both"; `other` is what the other language says, if there is one. It is `whole` if it begins and
    ends with turns. Nothing of what is not `speech` was said by anybody: notes and documents.
    """

    id: QuoteId
    theme: ThemeId
    document: DocumentId
    document_name: str
    start: int
    end: int
    text: str
    utterances: tuple[Utterance, ...]
    stance: str
    attribution: str | None
    fields: Mapping[str, str]
    stale: bool
    status: str = "chosen"
    edits: tuple[Edit, ...] = ()
    lost: int = 0
    language_shown: str = "original"
    in_vivo: bool = False
    uses: tuple[QuoteUseRow, ...] = ()
    kind: str = "interview"
    mode: str = ""
    language: str = ""
    is_translation: bool = False
    other: OtherWords | None = None
    whole: bool = True

    @property
    def speech(self) -> bool:
        """Whether it was said, or written, by somebody who took part: not in notes, nor in a document."""
        return self.kind not in _NEVER_SPEECH and self.mode != "notes"

    @property
    def other_shown(self) -> OtherWords | None:
        """What is printed of the other language, beside its own words or in their place."""
        own = "translation" if self.is_translation else "original"
        return self.other if self.language_shown != own else None


def quote_rows(study: Study, *, theme: ThemeId | None = None, status: str | None = None) -> list[QuoteRow]:
    """All quotes, those of a theme, or those "shortlisted" or "chosen", theme by theme in the order of their outline.

    Colleagues' quotes from what is coded blind still are left out.
    """
    with study.read() as session:
        found = quotes_by_theme(study, session, status=status)
    themes = found if theme is None else [theme]
    return [row for one in themes for row in found.get(one, ())]


def quotes_by_theme(
    study: Study,
    session: Session,
    *,
    status: str | None = None,
    known: Mapping[str, QuoteRow] | None = None,
    naming: bool = False,
) -> dict[str, list[QuoteRow]]:
    """The quotes that may be seen by their themes, each theme's in order; those that are `known` are not read again.

    With `naming` only those that are marked as naming their theme.
    """
    wanted: list[ColumnElement[bool]] = [] if status is None else [Quote.status == status]
    if naming:
        wanted.append(Quote.in_vivo.is_(True))
    veiled = veiled_quotes(session, study.coder)
    if veiled is not None:
        wanted.append(~veiled)
    rows = list(stored_quotes(session, *wanted))
    known = known or {}
    reading = _Reading(study, session, {row.document_id for row in rows if row.id not in known})
    out: dict[str, list[QuoteRow]] = {}
    for row in rows:
        out.setdefault(row.theme_id, []).append(known[row.id] if row.id in known else reading.quote(row))
    return out


def passage_rows(study: Study, session: Session, places: Iterable[tuple[str, str, int, int]]) -> list[QuoteRow]:
    """Passages of today's texts as quotes that nobody picked, to be printed by the same rules.

    `places` are the id of each passage, its document and its half-open code points. Documents that are gone are left
    out.
    """
    wanted = list(places)
    reading = _Reading(study, session, {document for _id, document, _start, _end in wanted})
    return [reading.passage(*one) for one in wanted if reading.has(one[1])]


def titles(quote: QuoteRow) -> frozenset[str]:
    """The words that a theme may be named with in vivo, in each house style."""
    return frozenset(" ".join(printed(quote.text, quote.edits, ellipsis).split()) for ellipsis in ELLIPSES)


class _About(NamedTuple):
    """What kind of document it is, how talk became text there, and in which language."""

    kind: str
    mode: str
    language: str
    translates: str | None


class _Reading:
    """Makes rows of quotes from some documents, which are read once."""

    def __init__(self, study: Study, session: Session, documents: Collection[str]) -> None:
        self._sources = sources(study, session, documents)
        self._marked = landmarks_of(session, documents)
        self._about = {row.id: _About(*row[1:]) for row in ask(session, _ABOUT, documents=list(documents))}
        self._positions = Positions(session)
        self._beside = Beside(study, session, self._positions, documents)
        self._uses = _uses(session) if documents else {}

    def has(self, document: str) -> bool:
        """Whether a document is there."""
        return document in self._sources

    def passage(self, name: str, document: str, start: int, end: int) -> QuoteRow:
        """A passage of a document that is there, in its own language and as it stands."""
        source, about, placed = self._sources[document], self._about[document], Placed(start, end, altered=False)
        turns = source.turns_in(start, end)
        return QuoteRow(
            QuoteId(name),
            ThemeId(""),
            DocumentId(document),
            source.name,
            start,
            end,
            source.text[start:end],
            tuple(utterance(source, turn, placed) for turn in turns),
            "supports",
            None,
            attribution_fields(source, placed, self._marked.get(document, _NONE), turns),
            stale=False,
            status="",
            language_shown=_shown("picked", translates=about.translates is not None),
            kind=about.kind,
            mode=about.mode,
            language=about.language,
            is_translation=about.translates is not None,
        )

    def quote(self, row: StoredQuote) -> QuoteRow:
        """One quote as it stands today."""
        source, about = self._sources[row.document_id], self._about[row.document_id]
        now = today(self._positions, row, source.text)
        placed = Placed(now.start, now.end, now.altered)
        other = self._beside.of(row, source, now)
        turns = source.turns_in(now.start, now.end)
        shown = _shown(row.language_shown, translates=about.translates is not None)
        return QuoteRow(
            QuoteId(row.id),
            ThemeId(row.theme_id),
            DocumentId(row.document_id),
            source.name,
            now.start,
            now.end,
            source.text[now.start : now.end],
            tuple(utterance(source, turn, placed) for turn in turns),
            row.stance,
            row.attribution,
            attribution_fields(source, placed, self._marked.get(row.document_id, _NONE), turns),
            _is_stale(now, other, shown, translates=about.translates is not None),
            row.status,
            now.edits,
            now.lost,
            shown,
            row.in_vivo,
            tuple(self._uses.get(row.id, ())),
            about.kind,
            about.mode,
            about.language,
            about.translates is not None,
            other,
            all(now.start <= turn.start and turn.end <= now.end for turn in turns),
        )


_NONE: Final = Landmarks()
_ABOUT = select(Document.id, Document.kind, Document.mode, Document.language, Document.translation_of_id).where(
    Document.id.in_(bindparam("documents", expanding=True))
)


def _shown(stored: str, *, translates: bool) -> str:
    """The language that is printed: the one that the quote was picked in, unless another was chosen."""
    if stored != "picked":
        return stored
    return "translation" if translates else "original"


def _is_stale(now: Today, other: OtherWords | None, shown: str, *, translates: bool) -> bool:
    own = shown in ("both", "translation" if translates else "original")
    printed_beside = other is not None and (shown == "both" or not own)
    return now.altered or now.lost > 0 or (printed_beside and other is not None and other.altered)


def _uses(session: Session) -> dict[str, list[QuoteUseRow]]:
    out: dict[str, list[QuoteUseRow]] = {}
    wanted = select(QuoteUse).where(QuoteUse.alive).order_by(QuoteUse.paper, QuoteUse.section, QuoteUse.id)
    for row in session.scalars(wanted):
        out.setdefault(row.quote_id, []).append(QuoteUseRow(QuoteUseId(row.id), row.paper, row.section))
    return out
