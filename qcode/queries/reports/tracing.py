"""Where every chosen quote stands and who said it, as the study has it: the way back to the transcripts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from qcode.queries.quotes.printed import House, house_of, printed_quote, spoken_by
from qcode.queries.quotes.rows import QuoteRow
from qcode.queries.themes.outline import themes
from qcode.reports.table_values import TableReport, TableValue
from qcode.study import Study

NOTE: Final = (
    "For the team only: this table says who is behind each attribution. Whoever lays it beside a report knows who "
    "was quoted there."
)
_HEADINGS: Final = ("theme", "quote", "attribution", "speaker", "document", "start", "end")


def traced_quotes(study: Study) -> TableReport | None:
    """The chosen quotes with the names of people and documents as they stand in the study; None if there are none.

    Raises:
        QcodeError: if the study's template for attributions cannot be read.
    """
    rows = themes(study)
    quotes = [quote for row in rows for quote in row.quotes]
    if not quotes:
        return None
    named, house = {row.id: row.name for row in rows}, house_of(study, quotes)
    lines = tuple(tuple(_line(named[quote.theme], quote, house)) for quote in quotes)
    return TableReport("Quotes and their places", NOTE, _HEADINGS, lines)


def _line(theme: str, quote: QuoteRow, house: House) -> Iterator[TableValue]:
    found = printed_quote(quote, house)
    names = dict.fromkeys(spoken_by(part) for part in quote.utterances) if quote.speech else {}
    yield from (theme, found.words or found.note, found.attribution, "; ".join(filter(None, names)))
    yield from (quote.document_name, quote.start, quote.end)
