"""What to look at before a report leaves the house: each caution says what is the matter, and where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from qcode.ids import ThemeId
from qcode.queries.attribution.cautions import AboutPeople, attribution_cautions
from qcode.queries.codebook.examples import typed_words
from qcode.queries.quotes.rows import QuoteRow
from qcode.queries.quotes.voices import Balance, balance_of_voices, branch
from qcode.queries.reports.uses import words_in_several_papers
from qcode.queries.themes.outline import ThemeRow, keeps_quotes_back, themes
from qcode.queries.transcripts.deidentification import REVIEWED
from qcode.queries.transcripts.documents import documents
from qcode.study import Place, Study

type Kind = (
    AboutPeople
    | Literal[
        "typed words",
        "blind",
        "no themes",
        "theme without quotes",
        "text changed",
        "one voice",
        "two papers",
        "not reviewed",
    ]
)

OFTEN = 4
TIMES = 2.5


@dataclass(frozen=True, slots=True)
class Caution:
    """One thing to look at: a sentence, and where its cause is, if that is a theme or a place in a text."""

    kind: Kind
    sentence: str
    theme: ThemeId | None = None
    place: Place | None = None


def cautions(study: Study) -> list[Caution]:
    """Everything to look at, what concerns the evidence first."""
    rows = themes(study)
    return [
        *_of_blindness(study),
        *_of_themes(rows),
        *_of_quotes(rows),
        *_of_people(study, rows),
        *_of_typed_words(study),
        *_loudest(balance_of_voices(study)),
        *_of_papers(rows),
        *_of_documents(study, rows),
    ]


def _of_blindness(study: Study) -> Iterator[Caution]:
    if keeps_quotes_back(study):
        yield Caution(
            "blind",
            "Quotes that colleagues picked from documents coded blind are left out until you hand these documents in.",
        )


def _of_themes(rows: Sequence[ThemeRow]) -> Iterator[Caution]:
    if not rows:
        yield Caution("no themes", "There are no themes yet.")
    for row in rows:
        if not any(below.quotes for below in branch(rows, row.id)):
            yield Caution("theme without quotes", f"“{row.name}” has no quotes.", theme=row.id)


def _of_quotes(rows: Sequence[ThemeRow]) -> Iterator[Caution]:
    quotes = [quote for row in rows for quote in row.quotes]
    for quote in quotes:
        if quote.stale:
            sentence = f"The text of “{quote.document_name}” changed after a quote was picked."
            yield Caution("text changed", sentence, quote.theme, _place(quote))


def _of_people(study: Study, rows: Sequence[ThemeRow]) -> Iterator[Caution]:
    """What quotes and what stands under them may tell of those who said them."""
    for warned in attribution_cautions(study, rows):
        quote = warned.quote
        yield Caution(warned.kind, warned.sentence, quote.theme if quote else None, _place(quote) if quote else None)


def _of_typed_words(study: Study) -> Iterator[Caution]:
    """Words of documents that somebody typed, which no attribution and no redaction follows."""
    found = typed_words(study)
    if found.examples:
        stand = "example in the codebook is" if found.examples == 1 else "examples in the codebook are"
        yield Caution(
            "typed words",
            f"{found.examples} {stand} in words of documents. Reports leave out whose words they are; look whether the "
            "words tell it themselves.",
        )
    if found.memos:
        holds = "memo quotes" if found.memos == 1 else "memos quote"
        yield Caution(
            "typed words",
            f"{found.memos} {holds} documents word for word. Memos leave with the audit pack, as they are.",
        )


def _loudest(balance: Balance) -> Iterator[Caution]:
    """Who is quoted at least OFTEN times, and more than TIMES as often as everybody else on average."""
    for voice in balance.voices:
        others = [other.quotes for other in balance.voices if other.id != voice.id]
        mean = sum(others) / len(others) if others else 0.0
        if others and voice.quotes >= OFTEN and voice.quotes > TIMES * mean:
            sentence = f"{voice.name} is quoted {voice.quotes} times, everybody else {mean:.1f} times on average."
            yield Caution("one voice", sentence)


def _of_papers(rows: Sequence[ThemeRow]) -> Iterator[Caution]:
    """Words that readers meet in more than one paper."""
    for shared in words_in_several_papers(rows):
        first = shared.quotes[0]
        papers = " and ".join(f"“{paper}”" for paper in shared.papers)
        sentence = f"The same words of “{first.document_name}” are used in {papers}."
        yield Caution("two papers", sentence, first.theme, _place(first))


def _of_documents(study: Study, rows: Sequence[ThemeRow]) -> Iterator[Caution]:
    quoted = {quote.document for row in rows for quote in row.quotes}
    names = [row.name for row in documents(study) if row.id in quoted and row.deidentification not in REVIEWED]
    if names:
        them = "A quoted transcript has" if len(names) == 1 else f"{len(names)} quoted transcripts have"
        again = "it" if len(names) == 1 else "them"
        sentence = (
            f"{them} not been reviewed for names and other identifiers: {', '.join(names)}. "
            f"Read {again} once more before you print."
        )
        yield Caution("not reviewed", sentence)


def _place(quote: QuoteRow) -> Place:
    return Place(quote.document, quote.start, quote.end)
