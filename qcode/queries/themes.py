"""Themes with their codes and quotes, in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.ids import CodeId, DocumentId, QuoteId, ThemeId
from qcode.models import Code, Document, Quote, Theme, ThemeCode
from qcode.models.blindness import veil_of, veiled_quotes
from qcode.models.merging import merged_codes
from qcode.models.positions import Positions
from qcode.models.texts import TurnSpan
from qcode.queries.documents import SpeakerRow
from qcode.queries.landmarks import Landmarks, landmarks_of
from qcode.queries.sources import Source, sources
from qcode.study import Study
from qcode.text.edits import Placed


@dataclass(frozen=True, slots=True)
class Utterance:
    """What one speaker says within a quote."""

    speaker: str
    role: str
    text: str


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """A quote with its words as the transcript has them, and what an attribution can be made of.

    `fields` holds pseudonym, role, group, document and id of the participant who says most of it, and its pages;
    offsets are half-open code points. `stale` says that its words were edited since the quote was picked.
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


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """A theme, depth first in sibling order, with the codes it gathers and its quotes."""

    id: ThemeId
    parent: ThemeId | None
    depth: int
    name: str
    concept: str
    codes: tuple[tuple[CodeId, str], ...]
    quotes: tuple[QuoteRow, ...]


def themes(study: Study) -> list[ThemeRow]:
    """All themes, each followed by those below it; colleagues' quotes from what is coded blind still are left out."""
    with study.read() as session:
        rows = list(session.scalars(select(Theme).where(Theme.alive).order_by(Theme.position, Theme.id)))
        codes, quotes = _codes(session), _quotes(study, session)
        known = {row.id for row in rows}
        below: dict[str | None, list[Theme]] = {}
        for row in rows:
            below.setdefault(row.parent_id if row.parent_id in known else None, []).append(row)
        return [_row(row, depth, codes, quotes) for row, depth in _outline(below, rows)]


def keeps_quotes_back(study: Study) -> bool:
    """Whether quotes that colleagues pick from some documents are left out until one's own codings are handed in."""
    with study.read() as session:
        return bool(veil_of(session, study.coder).pairs)


def _outline(below: Mapping[str | None, list[Theme]], rows: list[Theme]) -> list[tuple[Theme, int]]:
    out: list[tuple[Theme, int]] = []

    def walk(parent: str | None, depth: int) -> None:
        for row in below.get(parent, ()):
            out.append((row, depth))
            walk(row.id, depth + 1)

    walk(None, 0)
    reached = {row.id for row, _depth in out}
    return out + [(row, 0) for row in rows if row.id not in reached]


def _row(
    row: Theme, depth: int, codes: Mapping[str, list[tuple[CodeId, str]]], quotes: Mapping[str, list[QuoteRow]]
) -> ThemeRow:
    return ThemeRow(
        ThemeId(row.id),
        ThemeId(row.parent_id) if row.parent_id else None,
        depth,
        row.name,
        row.concept,
        tuple(codes.get(row.id, ())),
        tuple(quotes.get(row.id, ())),
    )


def _codes(session: Session) -> dict[str, list[tuple[CodeId, str]]]:
    """The codes that each theme gathers; one that was merged is gathered as the code it stands for."""
    merged = merged_codes(session)
    names = {row.id: row.name for row in session.execute(select(Code.id, Code.name).where(Code.alive))}
    out: dict[str, dict[str, None]] = {}
    for theme, code in session.execute(select(ThemeCode.theme_id, ThemeCode.code_id).where(ThemeCode.alive)):
        out.setdefault(theme, {})[merged.get(code, code)] = None
    return {
        theme: sorted(((CodeId(code), names[code]) for code in codes if code in names), key=lambda code: code[::-1])
        for theme, codes in out.items()
    }


def _quotes(study: Study, session: Session) -> dict[str, list[QuoteRow]]:
    wanted = select(Quote).join(Document, Document.id == Quote.document_id).where(Quote.alive, Document.alive)
    veiled = veiled_quotes(session, study.coder)
    if veiled is not None:
        wanted = wanted.where(~veiled)
    rows = list(session.scalars(wanted.order_by(Quote.position, Quote.id)))
    found = sources(study, session, {quote.document_id for quote in rows})
    marked = landmarks_of(session, {quote.document_id for quote in rows})
    positions = Positions(session)
    out: dict[str, list[QuoteRow]] = {}
    for quote in rows:
        placed = positions.place(quote.document_id, quote.revision_id, quote.start, quote.end)
        out.setdefault(quote.theme_id, []).append(
            _quote(quote, placed, found[quote.document_id], marked.get(quote.document_id, Landmarks()))
        )
    return out


def _quote(quote: Quote, placed: Placed, source: Source, marked: Landmarks) -> QuoteRow:
    return QuoteRow(
        QuoteId(quote.id),
        ThemeId(quote.theme_id),
        DocumentId(quote.document_id),
        source.name,
        placed.start,
        placed.end,
        source.text[placed.start : placed.end],
        tuple(utterance(source, turn, placed) for turn in source.turns_in(placed.start, placed.end)),
        quote.stance,
        quote.attribution,
        attribution_fields(source, placed, marked),
        placed.altered,
    )


def attribution_fields(source: Source, placed: Placed, marked: Landmarks) -> Mapping[str, str]:
    """What an attribution of a passage can be made of: who says most of it, where, and on which pages."""
    who = main_speaker(source, source.turns_in(placed.start, placed.end), placed)
    return _fields(source, who) | {"page": _page(marked.pages_of(placed.start, placed.end))}


def utterance(source: Source, turn: TurnSpan, placed: Placed) -> Utterance:
    """What of a passage is said in one turn, and by whom."""
    who = source.speaker(turn)
    words = source.text[max(turn.start, placed.start) : min(turn.end, placed.end)]
    return Utterance((who.pseudonym or who.label) if who else "", who.role if who else "participant", words)


def main_speaker(source: Source, turns: list[TurnSpan], placed: Placed) -> SpeakerRow | None:
    """Who says most of a passage, those who ask left aside unless nobody answers."""
    share: dict[str, int] = {}
    for turn in turns:
        said = min(turn.end, placed.end) - max(turn.start, placed.start)
        share[turn.speaker or ""] = share.get(turn.speaker or "", 0) + said
    asked = {key for key in share if key in source.speakers and source.speakers[key].role == "interviewer"}
    answers = {key: said for key, said in share.items() if key not in asked} or share
    return source.speakers.get(max(answers, key=lambda key: answers[key])) if answers else None


def _fields(source: Source, who: SpeakerRow | None) -> dict[str, str]:
    return {
        "pseudonym": (who.pseudonym or who.label) if who else source.name,
        "role": who.participant_role if who else "",
        "group": (who.group if who else "") or source.group,
        "document": source.name,
        "id": source.name,
    }


def _page(pages: tuple[int, int] | None) -> str:
    """The pages of a quote as a paper cites them; nothing where the file had none."""
    if pages is None:
        return ""
    first, last = pages
    return f"p. {first}" if first == last else f"pp. {first}–{last}"
