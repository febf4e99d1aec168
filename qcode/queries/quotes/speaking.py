"""Who is printed in passages: who says most of each, whose names stand before lines, and what documents are named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qcode.queries.quotes.beside import OtherWords
from qcode.queries.quotes.rows import QuoteRow
from qcode.queries.quotes.utterances import main_speaker
from qcode.text.edits import Placed

if TYPE_CHECKING:
    from qcode.queries.attribution.anonymity import Quotable
    from qcode.queries.attribution.crowd import Crowd
    from qcode.queries.transcripts.sources import Source


@dataclass(frozen=True, slots=True)
class Spoken:
    """A quote with who says most of it, if that is somebody who took part, and whose names stand before its lines.

    `documents` are those that it is printed from, by id, with their names: in two languages there are two.
    """

    quote: Quotable
    who: str | None
    names: tuple[str, ...] = ()
    documents: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_cited(self) -> bool:
        """Whether its document is named in place of a person: it is no speech, and nobody wrote other words for it."""
        return not self.quote.speech and self.quote.attribution is None

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody who is told by what stands under it or beside it."""
        return tuple(dict.fromkeys([*([self.who] if self.who else []), *self.names]))


def spoken(quote: Quotable, found: Mapping[str, Source], crowd: Crowd) -> Spoken:
    """Who speaks in a quote, also in the other language if that is printed."""
    source = found.get(quote.document)
    if source is None:
        return Spoken(quote, None)
    placed = Placed(quote.start, quote.end, altered=False)
    turns = source.turns_in(quote.start, quote.end)
    main = main_speaker(source, turns, placed)
    who = crowd.alone.get(quote.document) if main is None else crowd.by_speaker.get(main.id)
    other = quote.other_shown if isinstance(quote, QuoteRow) else None
    if other is None and len(turns) < 2:  # as nearly always
        return Spoken(quote, who, (), {quote.document: quote.fields.get("document", "")})
    said = [turn for turn in turns if source.text[max(turn.start, quote.start) : min(turn.end, quote.end)].strip()]
    documents = {quote.document: quote.fields.get("document", "")}
    names = [crowd.by_speaker.get(turn.speaker or "") for turn in said]
    if other is not None:
        documents[other.document] = other.document_name
    elif len(said) < 2:
        names = []
    named = _known([*names, *_beside(quote, crowd)])
    return Spoken(quote, who, () if _is_alone(quote, other, {who, *named}) else named, documents)


def _is_alone(quote: Quotable, other: OtherWords | None, people: set[str | None]) -> bool:
    """Whether one person alone speaks in both languages: then no name stands before the lines of either."""
    if other is None or not isinstance(quote, QuoteRow):
        return False
    return len(people) == 1 and len(quote.utterances) == len(other.utterances) == 1


def _beside(quote: Quotable, crowd: Crowd) -> Iterator[str | None]:
    """Who speaks in the other language, which may be given in whole turns."""
    if isinstance(quote, QuoteRow) and quote.other_shown is not None:
        other = quote.other_shown
        yield from (crowd.by_name.get((other.document, part.speaker)) for part in other.utterances)


def _known(names: list[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in names if one is not None))
