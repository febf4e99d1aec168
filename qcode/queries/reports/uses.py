"""Where quotes are used, paper by paper, and which words stand in more than one paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qcode.errors import QcodeError
from qcode.queries.quotes.printed import House, printed_quote
from qcode.queries.quotes.rows import QuoteRow
from qcode.queries.reports.counted import facts_of
from qcode.queries.reports.theme_sections import house_for
from qcode.queries.themes.outline import ThemeRow, printed_titles, themes
from qcode.reports.table_values import TableReport, TablesReport, TableValue
from qcode.study import Study
from qcode.text.typed import fold


class NoUsesError(QcodeError):
    """Nobody noted yet where a quote is used."""

    def __init__(self) -> None:
        super().__init__(
            "Nobody noted yet where a quote is used: on the desk for quotes in Themes, U notes the paper and section."
        )


@dataclass(frozen=True, slots=True)
class SharedWords:
    """Quotes that share words, or one quote alone, and the papers that these words stand in."""

    quotes: tuple[QuoteRow, ...]
    papers: tuple[str, ...]


def words_in_several_papers(rows: Sequence[ThemeRow]) -> list[SharedWords]:
    """Words that are used in more than one paper: of one quote, or of several that overlap in their text.

    A quote that prints its other language stands there, too.
    """
    used = [quote for row in rows for quote in row.quotes if quote.uses]
    out = []
    for group in _overlapping(used):
        papers: dict[str, str] = {}
        for use in (use for quote in group for use in quote.uses):
            papers.setdefault(fold(use.paper), use.paper)
        if len(papers) > 1:
            out.append(SharedWords(tuple(group), tuple(papers.values())))
    return out


def _overlapping(quotes: Sequence[QuoteRow]) -> list[list[QuoteRow]]:
    """Quotes in groups of those that share words, directly or by another, in the order in which they come first."""
    stretches = sorted((document, start, end, place) for place, quote in enumerate(quotes)
                       for document, start, end in _places(quote))  # fmt: skip
    group_of = list(range(len(quotes)))

    def head(place: int) -> int:
        while group_of[place] != place:
            place = group_of[place]
        return place

    before, reach, held = "", 0, -1
    for document, start, end, place in stretches:
        if document == before and start < reach:
            one, other = sorted((head(held), head(place)))
            group_of[other] = one
        if document != before or end >= reach:
            reach, held = end, place
        before = document
    groups: dict[int, list[QuoteRow]] = {}
    for place, quote in enumerate(quotes):
        groups.setdefault(head(place), []).append(quote)
    return list(groups.values())


def _places(quote: QuoteRow) -> Iterator[tuple[str, int, int]]:
    yield quote.document, quote.start, quote.end
    other = quote.other_shown
    if other is not None:
        yield other.document, other.start, other.end


def uses_report(study: Study) -> TablesReport:
    """Every use of a quote by paper and section, then the words that stand in more than one paper.

    Raises:
        NoUsesError: nothing is noted.
        QcodeError: if the study's template for attributions cannot be read.
    """
    rows = themes(study, status=None)
    if not any(quote.uses for row in rows for quote in row.quotes):
        raise NoUsesError
    house = house_for(study, rows)
    tables = [_by_paper(rows, house)]
    shared = words_in_several_papers(rows)
    if shared:
        tables.append(_shared(shared, house))
    return TablesReport(facts_of(study), tuple(tables), "Where quotes are used")


def _by_paper(rows: Sequence[ThemeRow], house: House) -> TableReport:
    titles = printed_titles(rows)
    lines = [
        (
            fold(use.paper),
            fold(use.section),
            place,
            (use.paper, use.section or None, titles[row.id], *_printed(quote, house)),
        )
        for place, (row, quote) in enumerate((row, quote) for row in rows for quote in row.quotes)
        for use in quote.uses
    ]
    chosen = [quote for row in rows for quote in row.quotes if quote.status == "chosen"]
    unused = sum(not quote.uses for quote in chosen)
    notes = [_told(len(chosen), unused), _alone(rows)]
    headings = ("Paper", "Section", "Theme", "Quote", "Attribution")
    body = tuple(line for *_order, line in sorted(lines, key=lambda one: one[:3]))
    said = "\n".join(note for note in (*notes, house.said) if note)
    return TableReport("Quotes by paper", said, headings, body, (16, 14, 20, 60, 18), sheet="Quotes by paper")


def _told(chosen: int, unused: int) -> str:
    if not unused:
        return "Every chosen quote is used somewhere."
    return f"Of {chosen:,} chosen quotes {unused:,} {'is' if unused == 1 else 'are'} used nowhere yet."


def _alone(rows: Sequence[ThemeRow]) -> str:
    return "" if words_in_several_papers(rows) else "No words stand in more than one paper."


def _shared(shared: Sequence[SharedWords], house: House) -> TableReport:
    """A row a quote, those that share words below each other under one number."""
    lines: list[tuple[TableValue, ...]] = []
    for number, one in enumerate(shared, 1):
        for quote in one.quotes:
            where = "; ".join(", ".join(part for part in (use.paper, use.section) if part) for use in quote.uses)
            lines.append((number, *_printed(quote, house), where))
    note = "Quotes of one number share words in their transcript. Say so in the later paper, or choose others."
    headings = ("No.", "Quote", "Attribution", "Used in")
    return TableReport(
        "Words in more than one paper", note, headings, tuple(lines), (6, 60, 18, 36), sheet="In more than one paper"
    )


def _printed(quote: QuoteRow, house: House) -> tuple[str | None, str | None]:
    """The words as they are printed, or why they are not, and who is quoted."""
    found = printed_quote(quote, house)
    lines = [line for side in found.sides[:1] for line in side.lines]
    named = len(lines) > 1
    words = "\n".join(f"{line.speaker}: {line.words}" if named and line.speaker else line.words for line in lines)
    return words or found.note or None, found.attribution or None
