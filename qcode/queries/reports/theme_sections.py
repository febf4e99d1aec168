"""Themes with their quotes as reports print them, and the quotes of a study as a report of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from qcode.analysis.corpus import Corpus
from qcode.errors import QcodeError
from qcode.ids import QuoteId, ThemeId
from qcode.queries.codebook.tree import codebook
from qcode.queries.codings import CodingRow, Looking, codings
from qcode.queries.quotes.printed import House, PrintedLine, PrintedSide, house_of, printed_quote
from qcode.queries.quotes.rows import QuoteRow, passage_rows
from qcode.queries.quotes.voices import branch
from qcode.queries.team import study_card
from qcode.queries.themes.negative_cases import negative_cases
from qcode.queries.themes.outline import ThemeRow, themes
from qcode.reports import values
from qcode.reports.blocks import Run
from qcode.study import Study
from qcode.text.overlaps import Overlaps
from qcode.text.quote_edits import OWN_BRACKETS
from qcode.text.typed import fold

REPORT_LANGUAGE: Final = "en-GB"
_OTHER_K: Final = "The study’s other reports are held to another k: do not lay them beside this one."


class NoSuchThemeError(QcodeError):
    """A theme was named that is not in the study."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        there = f"There are: {', '.join(f'“{one}”' for one in known)}." if known else "There are no themes yet."
        super().__init__(f"There is no theme named “{name[:60]}”. {there}")


class NoQuotesError(QcodeError):
    """There is nothing to print."""

    def __init__(self, names: Sequence[str], status: str) -> None:
        where = f" for {' and '.join(f'“{name}”' for name in names)}" if names else ""
        named = {"chosen": "chosen", "shortlisted": "shortlisted"}.get(status, "picked")
        super().__init__(
            f"No quotes are {named}{where} yet. Choose some in Themes, on the desk for quotes, or ask for others."
        )


type Passages = Mapping[ThemeId, Sequence[QuoteRow]]
"""Passages that nobody picked as quotes, by the themes they are printed under."""


def house_for(
    study: Study, rows: Sequence[ThemeRow], *, k: int | None = None, negative: Passages | None = None
) -> House:
    """How the quotes of these themes are printed, with nobody named further than k people share.

    Negative cases that are printed with them are held to the same.
    """
    quotes = [quote for row in rows for quote in row.quotes]
    quotes += [passage for passages in (negative or {}).values() for passage in passages]
    house = house_of(study, quotes, k=k)
    return house if quotes else replace(house, said="")


def theme_sections(
    study: Study, rows: Sequence[ThemeRow], house: House, negative: Passages | None = None
) -> tuple[values.ThemeSection, ...]:
    """Themes as reports print them, each with those below it, numbered 1, 1.1 and so on."""
    return _sections(rows, _Printer(study, rows, house, negative or {}))


def negative_passages(study: Study, rows: Sequence[ThemeRow], counted: Corpus) -> Passages:
    """What was marked as a negative case of the codes of each theme, of its own alone, and stands in no dissent."""
    found = negative_cases(study, counted=counted, rows=rows, below=False)
    cases = {str(number): case for number, case in enumerate(found) if case.quote is None}
    if not cases:
        return {}
    places = [(number, case.document, case.start, case.end) for number, case in cases.items()]
    with study.read() as session:
        passages = passage_rows(study, session, places)
    out: dict[ThemeId, list[QuoteRow]] = {}
    for row in passages:
        out.setdefault(cases[row.id].theme, []).append(
            replace(row, id=QuoteId(f"negative {row.id}"), stance="dissents")
        )
    return out


def quotes_report(
    study: Study,
    facts: values.StudyFacts,
    *,
    named: Sequence[str] = (),
    status: str = "chosen",
    k: int | None = None,
) -> values.QuotesReport:
    """The quotes of a study, or of the themes that are named with those below them.

    They are those "chosen", those "shortlisted", or "all". `k` is the study's unless another one is given.

    Raises:
        NoSuchThemeError, NoQuotesError.
        QcodeError: if the study's template for attributions cannot be read.
    """
    rows = _wanted(themes(study, status=None if status == "all" else status), named)
    if not any(row.quotes for row in rows):
        raise NoQuotesError(named, status)
    house = house_for(study, rows, k=k)
    said = {"chosen": "The chosen quotes", "shortlisted": "The quotes on the shortlist"}
    note = f"{said.get(status, 'All quotes, chosen or on the shortlist,')} of {_listed(rows, named)}. {house.said}"
    if k not in (None, study_card(study).k):
        note = f"{note} {_OTHER_K}"
    return values.QuotesReport(facts, theme_sections(study, rows, house), note.strip())


def _wanted(rows: Sequence[ThemeRow], named: Sequence[str]) -> list[ThemeRow]:
    """The themes that are named with those below them, which keep their depth among each other; all if none is."""
    if not named:
        return list(rows)
    found: dict[str, ThemeRow] = {}
    for name in named:
        same = [row for row in rows if fold(row.name) == fold(name)]
        if not same:
            raise NoSuchThemeError(name, [row.name for row in rows])
        for top in same:
            for row in branch(rows, top.id):
                found.setdefault(row.id, replace(row, depth=row.depth - top.depth))
    return list(found.values())


def _listed(rows: Sequence[ThemeRow], named: Sequence[str]) -> str:
    tops = [row.name for row in rows if not row.depth]
    return " and ".join(f"“{name}”" for name in tops) if named else "all themes"


class _Printer:
    """Makes the rows of a report from quotes, with the codes that lie on them."""

    def __init__(self, study: Study, rows: Sequence[ThemeRow], house: House, negative: Passages) -> None:
        self._house, self._negative = house, negative
        self._order = {row.id: number for number, row in enumerate(codebook(study))}
        quoted = {quote.document for row in rows for quote in row.quotes}
        quoted |= {passage.document for passages in negative.values() for passage in passages}
        self._codings = _by_document(codings(study, Looking(documents=quoted, layer=None)))

    def quote(self, quote: QuoteRow) -> values.QuoteRow:
        """One quote as it is printed: where several people speak in it each has a line; left out, its note alone."""
        found = printed_quote(quote, self._house)
        shown, beside = [*found.sides, None, None][:2]
        lines = lines_of(shown) if shown else ()
        return values.QuoteRow(
            " ".join(values.words_of(said) for _who, said in lines),
            found.attribution,
            shown.name if shown else self._house.document(quote.document, quote.document_name),
            shown.start if shown else quote.start,
            shown.end if shown else quote.end,
            "dissents" if quote.stance == "dissents" else "supports",
            self._codes(quote),
            lines[0][0] if lines else "",
            _as_lines(lines),
            found.note,
            foreign(shown.language) if shown else "",
            _beside(lines_of(beside)) if beside else (),
            foreign(beside.language) if beside else "",
            tuple(", ".join(part for part in (one.paper, one.section) if part) for one in quote.uses),
        )

    def negative(self, theme: ThemeId) -> tuple[values.QuoteRow, ...]:
        """The negative cases that are printed under a theme."""
        return tuple(self.quote(passage) for passage in self._negative.get(theme, ()))

    def _codes(self, quote: QuoteRow) -> tuple[str, ...]:
        on = self._codings[quote.document].touching(quote.start, quote.end) if quote.document in self._codings else []
        names = {coding.code: coding.name for coding in on}
        return tuple(names[code] for code in sorted(names, key=lambda code: self._order.get(code, 0)))


def lines_of(side: PrintedSide) -> values.Lines:
    """Who says what in a printed quote, line by line; brackets that stand in the transcript itself are set apart."""
    return tuple((line.speaker, _said(line)) for line in side.lines)


def set_apart(words: str) -> values.Said:
    """Words of a transcript with the brackets that stand in it set apart."""
    parts = re.split(f"({OWN_BRACKETS.pattern})", words)
    return words if len(parts) == 1 else tuple(Run(part, "Emphasis" * (place % 2)) for place, part in enumerate(parts))


def _said(line: PrintedLine) -> values.Said:
    if not any(piece.kind == "own" for piece in line.pieces):
        return line.words
    return tuple(Run(piece.words, "Emphasis" if piece.kind == "own" else "") for piece in line.pieces)


def _as_lines(lines: values.Lines) -> values.Lines:
    """Lines that must be printed as such: several, or one in which something is set apart, whose speaker goes below."""
    if len(lines) > 1:
        return lines
    return tuple(("", said) for _who, said in lines if not isinstance(said, str))


def _beside(lines: values.Lines) -> values.Lines:
    """The lines of the other language; who speaks alone in it needs no name there either."""
    return lines if len(lines) > 1 else tuple(("", said) for _who, said in lines)


def _by_document(rows: Iterable[CodingRow]) -> Mapping[str, Overlaps[CodingRow]]:
    found: dict[str, list[CodingRow]] = {}
    for row in rows:
        found.setdefault(row.document, []).append(row)
    return {document: Overlaps(of) for document, of in found.items()}


def foreign(language: str) -> str:
    """The language of a quote if it is not the report's own."""
    return "" if language.partition("-")[0] == REPORT_LANGUAGE.partition("-")[0] else language


def _sections(
    rows: Sequence[ThemeRow], printer: _Printer, depth: int = 0, above: str = ""
) -> tuple[values.ThemeSection, ...]:
    """The themes at one depth, each with those that follow it deeper down, numbered 1, 1.1 and so on."""
    starts = [place for place, row in enumerate(rows) if row.depth == depth]
    out = []
    for number, (start, end) in enumerate(pairwise([*starts, len(rows)]), 1):
        row, label = rows[start], f"{above}{number}"
        out.append(
            values.ThemeSection(
                label,
                row.name,
                row.concept,
                tuple(name for _code, name in row.codes),
                tuple(printer.quote(quote) for quote in row.quotes),
                _sections(rows[start + 1 : end], printer, depth + 1, f"{label}."),
                in_vivo=row.in_vivo is not None,
                negative=printer.negative(row.id),
            )
        )
    return tuple(out)
