"""The outline of themes as lines: each theme, its concept, its codes, and its quotes in order."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from qcode.errors import QcodeError
from qcode.ids import CodeId, QuoteId, ThemeId
from qcode.queries.quotes.printed import House, attributed, printed_quote, spoken_by
from qcode.queries.quotes.rows import QuoteRow
from qcode.queries.quotes.voices import branch
from qcode.queries.themes.outline import ThemeRow, printed_titles
from qcode.study import Study
from qcode.text.quotation import ELLIPSES

type Kind = Literal["theme", "concept", "codes", "quote", "none", "draft"]

CONCEPT = "What holds this theme together? (F2)"
NO_CODES = "No codes gathered yet."
NO_QUOTES = "No quotes yet."


@dataclass(frozen=True, slots=True)
class Chip:
    """A code as a theme shows it."""

    code: CodeId
    name: str
    colour: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the outline. `text` is what it says; `hint` says instead what could stand there.

    `name` is the name of a theme as it is written, without the quotation marks of one that is a quote.
    """

    kind: Kind
    theme: ThemeId | None
    depth: int
    text: str
    number: str = ""
    hint: str = ""
    codes: tuple[Chip, ...] = ()
    quote: QuoteRow | None = None
    source: str = ""
    folded: bool = False
    quotes: int = 0
    memos: int = 0
    name: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What the line is known by when the outline is read again."""
        return self.kind, self.quote.id if self.quote else (self.theme or "")

    @property
    def dissents(self) -> bool:
        """Whether the line is a quote that speaks against its theme."""
        return self.quote is not None and self.quote.stance == "dissents"


def counts(line: Line) -> list[str]:
    """How many quotes a theme has, and how many memos are on it, if any are."""
    quotes = "1 quote" if line.quotes == 1 else f"{line.quotes} quotes"
    return [quotes, *(["1 memo" if line.memos == 1 else f"{line.memos} memos"] if line.memos else [])]


def outline_lines(
    rows: Sequence[ThemeRow],
    *,
    template: str,
    colours: Mapping[str, int],
    ellipsis: str = ELLIPSES[0],
    folded: Collection[str] = (),
    draft: tuple[ThemeId | None] | None = None,
    memos: Mapping[str, int] | None = None,
    printed: Mapping[QuoteId, str] | None = None,
) -> list[Line]:
    """All lines of the outline; a folded theme shows its name only, and `draft` names the parent of a theme to come.

    `printed` is what will stand under quotes, where that is known already; `ellipsis` stands for what is cut.
    """
    labels, titles = numbers(rows), printed_titles(rows)
    out: list[Line] = []
    hidden_below: int | None = None
    for row, number in zip(rows, labels, strict=True):
        if hidden_below is not None and row.depth > hidden_below:
            continue
        is_folded = row.id in folded
        hidden_below = row.depth if is_folded else None
        count = sum(len(below.quotes) for below in branch(rows, row.id))
        written = (memos or {}).get(row.id, 0)
        out.append(
            Line(
                "theme", row.id, row.depth, titles[row.id], number,
                folded=is_folded, quotes=count, memos=written, name=row.name,
            )
        )  # fmt: skip
        if not is_folded:
            told = {quote.id: source(quote, template, printed) for quote in row.quotes}
            out += _below(row, told, colours, ellipsis)
    return out if draft is None else _with_draft(out, draft[0])


def _below(row: ThemeRow, told: Mapping[QuoteId, str], colours: Mapping[str, int], ellipsis: str) -> Iterator[Line]:
    yield Line("concept", row.id, row.depth, row.concept, hint="" if row.concept else CONCEPT)
    chips = tuple(Chip(code, name, colours.get(code, 0)) for code, name in row.codes)
    yield Line("codes", row.id, row.depth, ", ".join(chip.name for chip in chips), hint=NO_CODES, codes=chips)
    for quote in row.quotes:
        yield Line("quote", row.id, row.depth, said(quote, ellipsis), quote=quote, source=told[quote.id])
    if not row.quotes:
        yield Line("none", row.id, row.depth, "", hint=NO_QUOTES)


def marks(quote: QuoteRow) -> list[str]:
    """What a person needs to know of a quote at a glance, in the words of the desk."""
    return [*(["Dissents"] if quote.stance == "dissents" else []), *(["Look again"] if quote.stale else [])]


def said(quote: QuoteRow, ellipsis: str = ELLIPSES[0]) -> str:
    """The words of a quote as they are printed, with a name before each turn where several people speak.

    One that is to be looked at again is not printed: it says what its transcript says today.
    """
    if not quote.stale and (quote.edits or quote.other_shown is not None):
        return _as_printed(quote, ellipsis) or quote.text
    parts = [part for part in quote.utterances if part.text.strip()]
    if len(parts) < 2:
        return quote.text
    named = ((spoken_by(part), part.text.strip()) for part in parts)
    return "\n".join(f"{who}: {words}" if who else words for who, words in named)


def _as_printed(quote: QuoteRow, ellipsis: str) -> str:
    """An edited quote, or one in another language: in both languages one below the other."""
    sides = printed_quote(quote, House(ellipsis, lambda _row: "", lambda _document, part: part.speaker)).sides
    several = any(len(side.lines) > 1 for side in sides)
    lines = ((line.speaker if several else "", line.words) for side in sides for line in side.lines)
    return "\n".join(f"{who}: {words}" if who else words for who, words in lines)


def printed_attributions(study: Study, rows: Sequence[ThemeRow]) -> dict[QuoteId, str]:
    """What will be printed under each quote, all counted at once; nothing while the template cannot be read."""
    from qcode.queries.attribution.anonymity import attributions

    quotes = [quote for row in rows for quote in row.quotes]
    try:
        found = attributions(study, quotes)
    except QcodeError:
        return {}
    return {quote.id: found.of(quote.id) for quote in quotes}


def source(quote: QuoteRow, template: str, printed: Mapping[QuoteId, str] | None = None) -> str:
    """Who is quoted, and from which document, where the attribution does not say so itself.

    While it is not known what k leaves of it, the study's template is filled in as it is.
    """
    try:
        who = printed[quote.id] if printed and quote.id in printed else attributed(quote, template)
    except QcodeError:
        who = quote.fields.get("pseudonym", "")
    return who if quote.document_name in who else " · ".join(part for part in (who, quote.document_name) if part)


def numbers(rows: Sequence[ThemeRow]) -> list[str]:
    """The number of each theme, as the report prints it: 1, 1.1, 1.2, 2."""
    counts: list[int] = []
    out = []
    for row in rows:
        del counts[row.depth + 1 :]
        counts += [0] * (row.depth + 1 - len(counts))
        counts[row.depth] += 1
        out.append(".".join(map(str, counts)))
    return out


def _with_draft(lines: list[Line], parent: ThemeId | None) -> list[Line]:
    place = next((number for number, line in enumerate(lines) if line.theme == parent), None)
    if parent is None or place is None:
        return [*lines, Line("draft", None, 0, "", hint="Name of the theme")]
    depth = lines[place].depth
    end = place + 1
    while end < len(lines) and (lines[end].depth > depth or lines[end].theme == parent):
        end += 1
    return [*lines[:end], Line("draft", parent, depth + 1, "", hint="Name of the sub-theme"), *lines[end:]]
