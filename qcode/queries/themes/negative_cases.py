"""What speaks against each theme: codings that were marked as negative cases, and quotes that dissent."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from qcode.analysis.corpus import Corpus, Mark, Text, united
from qcode.ids import DocumentId, QuoteId, ThemeId
from qcode.queries.counting.corpus import corpus
from qcode.queries.themes.outline import ThemeRow, themes
from qcode.study import Study


@dataclass(frozen=True, slots=True)
class NegativeCase:
    """A stretch `[start, end)` that speaks against a theme: a `quote` that dissents, or codings of its codes.

    `codes` are the names of those on the codings; `marks` what is behind them.
    """

    theme: ThemeId
    document: DocumentId
    document_name: str
    start: int
    end: int
    text: str
    speaker: str
    codes: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    quote: QuoteId | None = None

    @property
    def key(self) -> tuple[str, str, int, int]:
        """What the case is known by."""
        return self.theme, self.document, self.start, self.end


def negative_cases(
    study: Study, *, counted: Corpus | None = None, rows: Sequence[ThemeRow] | None = None, below: bool = True
) -> list[NegativeCase]:
    """What speaks against each theme, theme by theme: its dissenting quotes, then codings marked as negative cases.

    A theme has those of the codes that it and the themes `below` it gather, or of its own codes alone; a coding that
    is within a dissenting quote of the theme is not listed again.
    """
    counted = corpus(study) if counted is None else counted
    rows = themes(study) if rows is None else rows
    known = {theme.id: theme for theme in counted.themes}
    out: list[NegativeCase] = []
    for row in rows:
        quoted = list(_quoted(row))
        out += quoted
        if row.id in known:
            codes = set(known[row.id].codes) if below else {code for code, _name in row.codes}
            found = _coded(counted, row.id, codes)
            out += [case for case in found if not any(_within(case, one) for one in quoted)]
    return out


def _quoted(row: ThemeRow) -> Iterator[NegativeCase]:
    for quote in row.quotes:
        if quote.stance == "dissents":
            who = ", ".join(dict.fromkeys(part.speaker for part in quote.utterances if part.speaker))
            where = quote.document, quote.document_name, quote.start, quote.end
            yield NegativeCase(row.id, *where, quote.text, who, quote=quote.id)


def _coded(counted: Corpus, theme: ThemeId, codes: Collection[str]) -> Iterator[NegativeCase]:
    for text in counted.texts:
        marks = [mark for mark in counted.marks[text.document] if mark.negative and mark.code in codes]
        for one in united(text.text, (mark._replace(code=theme) for mark in marks)):
            behind = tuple(mark for mark in marks if one.start <= mark.start and mark.end <= one.end)
            names = tuple(dict.fromkeys(counted.code[mark.code].name for mark in behind))
            where = DocumentId(text.document), text.name, one.start, one.end
            words = text.text[one.start : one.end]
            yield NegativeCase(theme, *where, words, _speakers(text, one), names, behind)


def _speakers(text: Text, mark: Mark) -> str:
    turns = (text.turns[number] for number in text.turns_in(mark.start, mark.end))
    return ", ".join(dict.fromkeys(turn.speaker for turn in turns if turn.speaker))


def _within(case: NegativeCase, other: NegativeCase) -> bool:
    return case.document == other.document and other.start <= case.start and case.end <= other.end
