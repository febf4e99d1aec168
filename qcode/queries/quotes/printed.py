"""Quotes as they are printed: edited, in one language or two, attributed; or left out, with the reason instead.

What is printed holds nothing that its transcript does not say today: a quote whose transcript changed since somebody
looked at it is left out until it is confirmed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from qcode.ids import DocumentId
from qcode.queries.quotes.beside import OtherWords
from qcode.queries.quotes.rows import QuoteRow
from qcode.queries.quotes.utterances import Utterance
from qcode.queries.team import study_card
from qcode.reports import attribution
from qcode.study import Study
from qcode.text.quotation import Piece, lines
from qcode.text.quote_edits import Edit

CHANGED: Final = (
    "A quote is left out here: its transcript changed after it was chosen. Read it again in Themes, on the desk for "
    "quotes, and confirm it."
)
EDITS_LOST: Final = (
    "A quote is left out here: some of its edits have no place in the transcript any more. Read it again in Themes, on "
    "the desk for quotes, and confirm it."
)
OTHER_CHANGED: Final = (
    "A quote is left out here: its other language changed after it was chosen. Read it again in Themes, on the desk "
    "for quotes, and confirm it."
)
_ASKING: Final = frozenset({"interviewer", "moderator", "facilitator"})
_NOTES: Final = {"field notes": "Field notes", "memo": "Memo"}


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """What one person says in a quote, as it prints; without a name where nobody speaks."""

    speaker: str
    pieces: tuple[Piece, ...]

    @property
    def words(self) -> str:
        """The line as text."""
        return "".join(piece.words for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class PrintedSide:
    """A quote in one language, from `[start, end)` of the current text of a document.

    The pieces of its lines are in code points from `start`. `language` is a BCP 47 tag.
    """

    document: DocumentId
    name: str
    language: str
    start: int
    end: int
    lines: tuple[PrintedLine, ...]

    @property
    def words(self) -> str:
        """All lines as text, without the names."""
        return "\n".join(line.words for line in self.lines)

    @property
    def own_brackets(self) -> tuple[str, ...]:
        """What stands in brackets in the transcript itself, each once."""
        found = (piece.words for line in self.lines for piece in line.pieces if piece.kind == "own")
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class PrintedQuote:
    """A quote as it prints: in one language or, original first, in two.

    One that is `omitted` has no words: its note stands in its place. What is not `speech` prints as what notes or a
    document say, never as what somebody said.
    """

    quote: QuoteRow
    sides: tuple[PrintedSide, ...]
    attribution: str
    note: str = ""
    omitted: bool = False

    @property
    def words(self) -> str:
        """The words of the first language; nothing of a quote that is left out."""
        return self.sides[0].words if self.sides else ""

    @property
    def speech(self) -> bool:
        """Whether somebody said it."""
        return self.quote.speech


@dataclass(frozen=True, slots=True)
class House:
    """How quotes are printed: what stands for cut words, who is named for quotes and lines, what documents are called.

    A document is asked for with its name. `said` tells of all attributions together how few people share them.
    """

    ellipsis: str
    attributed: Callable[[QuoteRow], str]
    speaker: Callable[[str, Utterance], str]
    document: Callable[[str, str], str] = lambda _document, name: name
    said: str = ""


def house_of(
    study: Study,
    quotes: Sequence[QuoteRow] | None = None,
    *,
    k: int | None = None,
    template: str | None = None,
) -> House:
    """The study's house style.

    With `quotes`, which must be all that are printed, names say no more of anybody than k people share, the study's k
    or another one, and the same in all reports of the study.

    Raises:
        QcodeError: if the study's template for attributions cannot be read.
    """
    card = study_card(study)
    if quotes is None:
        return House(card.ellipsis, lambda row: attributed(row, card.attribution), lambda _document, part: part.speaker)
    from qcode.queries.attribution.anonymity import attributions

    chosen = [row for row in quotes if row.status == "chosen"]
    others = [row for row in quotes if row.status != "chosen"]
    found = attributions(study, chosen, also=others, k=k, template=template)
    return House(
        card.ellipsis,
        lambda row: found.of(row.id),
        lambda document, part: found.speaker(document, part.speaker),
        found.document,
        found.said,
    )


def attributed(quote: QuoteRow, template: str) -> str:
    """Who is quoted, in the study's template, or in the words that were written for this quote alone.

    Raises:
        QcodeError: if the template cannot be read.
    """
    return quote.attribution if quote.attribution is not None else attribution.render(template, quote.fields)


def cited(quote: QuoteRow, name: str) -> str:
    """What notes or a document are cited as: by what they are and by this name, with the page if there is one.

    A document without pages is cited by the heading that the passage stands below; a name that may not be printed is
    left out.
    """
    kind = _NOTES.get(quote.kind, "")
    if quote.mode == "notes" and not kind:
        kind = f"Notes of {'an' if quote.kind[0] in 'aeiou' else 'a'} {quote.kind}"
    place = quote.fields.get("page", "")
    if not place and quote.kind == "document" and quote.fields.get("section"):
        place = f"“{quote.fields['section']}”"
    return ", ".join(part for part in (kind, name, place) if part)


def printed_quote(quote: QuoteRow, house: House, *, edits: Sequence[Edit] | None = None) -> PrintedQuote:
    """A quote as it prints, with its own edits or others; what may not be printed is left out with the reason."""
    if quote.stale:
        return PrintedQuote(quote, (), "", _why_stale(quote), omitted=True)
    own = _own_side(quote, house, quote.edits if edits is None else edits)
    sides, notes = [own], list[str]()
    mine = "translation" if quote.is_translation else "original"
    if quote.language_shown != mine:
        sides, notes = _sides(quote, house, own)
    told = [bracket for side in sides for bracket in side.own_brackets]
    if told:
        notes.append(f"In the transcript: {', '.join(dict.fromkeys(told))}.")
    if quote.attribution is None and not quote.speech:
        return PrintedQuote(
            quote, tuple(sides), cited(quote, house.document(quote.document, quote.document_name)), " ".join(notes)
        )
    return PrintedQuote(quote, tuple(sides), house.attributed(quote), " ".join(notes))


def spoken_by(part: Utterance, speaker: str | None = None) -> str:
    """The name a line of talk is printed under; whoever asks is printed by what they do, never by a name."""
    if part.role != "interviewer":
        return part.speaker if speaker is None else speaker
    return part.speaker if part.speaker.casefold() in _ASKING else "Interviewer"


def _why_stale(quote: QuoteRow) -> str:
    if quote.lost:
        return EDITS_LOST
    return OTHER_CHANGED if quote.other is not None and quote.other.altered else CHANGED


def _sides(quote: QuoteRow, house: House, own: PrintedSide) -> tuple[list[PrintedSide], list[str]]:
    """The other language in place of a quote's own or beside it, and what is to be said of it."""
    other = quote.other
    if other is None:
        wanted = "original" if quote.is_translation else "translation"
        return [own], [f"No {wanted} of this passage is linked: it is printed as it was picked."]
    there = _side(quote, other, house)
    notes = [] if other.narrowed or quote.whole else [f"The {other.which} is given in whole turns."]
    if quote.language_shown == "both":
        return ([there, own] if other.which == "original" else [own, there]), notes
    return [there], notes


def _own_side(quote: QuoteRow, house: House, edits: Sequence[Edit]) -> PrintedSide:
    found = _lines(quote.document, quote.text, quote.utterances, edits, house, speech=quote.speech)
    return PrintedSide(
        quote.document,
        house.document(quote.document, quote.document_name),
        quote.language,
        quote.start,
        quote.end,
        found,
    )


def _side(quote: QuoteRow, other: OtherWords, house: House) -> PrintedSide:
    """The other language; where one alone speaks in it and in the quote, nobody needs a name."""
    alone = len(quote.utterances) == len(other.utterances) == 1
    named = replace(house, speaker=lambda _document, _part: "") if alone else house
    found = _lines(other.document, other.text, other.utterances, (), named, speech=quote.speech)
    name = house.document(other.document, other.document_name)
    return PrintedSide(other.document, name, other.language, other.start, other.end, found)


def _lines(
    document: DocumentId, text: str, parts: Sequence[Utterance], edits: Sequence[Edit], house: House, *, speech: bool
) -> tuple[PrintedLine, ...]:
    """A passage turn by turn, with who speaks where it is speech."""
    named = {"": ""}
    turns = [(part.start, part.end, f"{part.role} {part.speaker}" if speech else "") for part in parts]
    for part, (_start, _end, who) in zip(parts, turns, strict=True):
        if who:
            named[who] = spoken_by(part, house.speaker(document, part) if part.speaker else "")
    found = lines(text, edits, turns or [(0, len(text), "")], house.ellipsis)
    return tuple(PrintedLine(named[who], pieces) for who, pieces in found)
