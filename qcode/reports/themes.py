"""The themes report as blocks: what stands where, in words, whatever the file format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qcode.reports import printed_tables as tables
from qcode.reports.blocks import Block, Paragraph, Run, Table, plain, runs_leftward
from qcode.reports.captions import Captions
from qcode.reports.values import outline, words_of
from qcode.reports.word_styles import TEXT_WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qcode.reports.values import (
        AgreementSection,
        CodebookReport,
        CodebookRow,
        Lines,
        QuoteRow,
        QuotesReport,
        Said,
        StudyFacts,
        ThemeSection,
        ThemesReport,
    )

DEEPEST_HEADING = 4
NO_QUOTES = "No quotes have been picked for this yet."
_NO_QUOTES_HERE = "No quotes have been picked for this theme yet."
_KEPT_BACK = (
    "No quotes are printed for this theme. Those that colleagues picked from what you code blind are left out until "
    "you hand it in."
)
MONTHS = (  # strftime would follow the locale of the machine
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def themes_blocks(report: ThemesReport) -> Iterator[Block]:
    """Facts, tables, then every theme with its quotes, then agreement and the codebook where they are given."""
    captions = Captions()
    yield from _opening(report.facts)
    if report.participants:
        yield plain("heading 1", "Participants")
        yield captions.next("Characteristics of the participants")
        yield tables.participants_table(report.participants)
    if report.with_overview or report.with_quotes:
        yield from _themes(report, captions)
    if report.agreement:
        yield from _agreement(report.agreement, captions)
    if report.codebook:
        yield plain("Appendix Heading", "Appendix: codebook")
        yield from _codebook(report.codebook, captions)


def quotes_blocks(report: QuotesReport) -> Iterator[Block]:
    """The quotes of every theme under its name, without its codes and tables."""
    yield from _opening(report.facts)
    if report.note:
        yield plain("Normal", report.note)
    if not any(theme.quotes for _depth, _place, theme in outline(report.sections)):
        yield plain("Normal", NO_QUOTES)
        return
    for depth, _place, theme in outline(report.sections):
        if theme.quotes:
            yield _theme_heading(theme, depth + 1)
            yield from _quotes(theme)


def codebook_blocks(report: CodebookReport) -> Iterator[Block]:
    """The codebook as a paper of its own."""
    yield from _opening(report.facts)
    yield plain("heading 1", "Codebook")
    if report.rows:
        yield from _codebook(report.rows, Captions())
    else:
        yield plain("Normal", "There are no codes yet.")


def _codebook(rows: tuple[CodebookRow, ...], captions: Captions) -> Iterator[Block]:
    codes = "The code" if len(rows) == 1 else f"The {len(rows):,} codes and categories"
    yield captions.next(f"{codes} with {'its definition' if len(rows) == 1 else 'their definitions'}")
    yield tables.codebook_table(rows)


def _opening(facts: StudyFacts) -> Iterator[Block]:
    yield plain("Title", facts.title or "Untitled study")
    if facts.research_question:
        yield plain("Subtitle", facts.research_question)
    if told := " · ".join(_facts(facts)):
        yield plain("Study Facts", told)
    yield from (plain("Study Facts", line) for line in facts.counted.splitlines() if line.strip())


def _facts(facts: StudyFacts) -> Iterator[str]:
    if facts.documents:
        yield _counted(facts.documents, "document")
    if facts.participants:
        yield _counted(facts.participants, "participant")
    if facts.coders:
        yield f"coded by {_listed(facts.coders)}"
    if facts.date:
        yield f"{facts.date.day} {MONTHS[facts.date.month - 1]} {facts.date.year}"
    if facts.software_version:
        yield f"qcode {facts.software_version}"


def _themes(report: ThemesReport, captions: Captions) -> Iterator[Block]:
    yield plain("heading 1", "Themes")
    if not report.sections:
        yield plain("Normal", "There are no themes yet.")
        return
    if report.with_overview:
        yield captions.next("Themes with their central concepts, codes and quotes")
        yield tables.themes_table(report.sections)
        yield plain("Table Note", _themes_note(report))
    for section in report.sections if report.with_quotes else ():
        yield from _theme(section, 2, _KEPT_BACK if report.kept_back else _NO_QUOTES_HERE)


def _themes_note(report: ThemesReport) -> str:
    note = "Quotes: all quotes of the theme, with those that speak against it counted again as dissenting."
    if any(section.subthemes for section in report.sections):
        note += " Quotes of a sub-theme are counted in its own row only."
    if not tables.shortens(report.sections):
        return note
    shortened = "[…] marks where an example was shortened"
    return f"{note} {shortened}; it stands in full under its theme." if report.with_quotes else f"{note} {shortened}."


def _theme(section: ThemeSection, level: int, without: str) -> Iterator[Block]:
    yield _theme_heading(section, level)
    if section.concept:
        yield plain("Central Concept", section.concept)
    if section.codes:
        codes = Run(" · ".join(section.codes))
        yield Paragraph("Theme Codes", (Run("Codes: ", "Strong"), codes), keeps=bool(section.quotes))
    if not section.quotes and not section.subthemes:
        yield plain("Normal", without)
    yield from _quotes(section)
    yield from _negative(section)
    for below in section.subthemes:
        yield from _theme(below, level + 1, without)


def _theme_heading(section: ThemeSection, level: int) -> Paragraph:
    return plain(f"heading {min(level, DEEPEST_HEADING)}", section.title)


def _quotes(section: ThemeSection) -> Iterator[Block]:
    """The quotes that bear a theme out, then, under one label, those that speak against it."""
    yield from _one_by_one(section.supporting, "Quote")
    if section.dissenting:
        yield plain("Dissent Label", "Dissenting from this theme", keeps=True)
        yield from _one_by_one(section.dissenting, "Intense Quote")


def _negative(section: ThemeSection) -> Iterator[Block]:
    """Passages that coders marked as negative cases."""
    if section.negative:
        yield plain("Dissent Label", "Marked as negative cases of its codes", keeps=True)
        yield from _one_by_one(section.negative, "Intense Quote")


def _one_by_one(quotes: tuple[QuoteRow, ...], style: str) -> Iterator[Block]:
    """Quotes without an attribution between them would run into one, so every other one of those stands apart."""
    apart = open_end = False
    for quote in quotes:
        apart = open_end and not apart
        yield from _quote(quote, style, apart=apart)
        open_end = not (quote.attribution or quote.note)


def _quote(quote: QuoteRow, style: str, *, apart: bool) -> Iterator[Block]:
    followed = bool(quote.attribution or quote.note)
    if quote.beside:
        yield _sides(quote, style)
    elif quote.text or quote.lines:
        yield from _side(quote.lines or (("", quote.text),), quote.language, style, followed=followed, apart=apart)
    if quote.attribution:
        yield plain("Quote Attribution", quote.attribution, keeps=bool(quote.note))
    if quote.note:
        yield plain("Quote Note", f"Note: {quote.note}")


def _sides(quote: QuoteRow, style: str) -> Table:
    """The quote and the same in the other language, beside each other."""
    own = tuple(_side(quote.lines or (("", quote.text),), quote.language, style, followed=True, apart=False))
    other = tuple(_side(quote.beside, quote.beside_language, style, followed=True, apart=False))
    return Table((), (TEXT_WIDTH // 2, TEXT_WIDTH // 2), ((own, other),), "The quote in both languages.")


def _side(lines: Lines, language: str, style: str, *, followed: bool, apart: bool) -> Iterator[Paragraph]:
    """One paragraph, or one for each turn where there are several or a speaker is named."""
    if len(lines) == 1 and not lines[0][0]:
        yield Paragraph(style, _said(lines[0][1], language), followed, apart)
        return
    last = len(lines) - 1
    leftward = runs_leftward(" ".join(words_of(said) for _, said in lines))
    for place, (speaker, said) in enumerate(lines):
        label = Run(f"{speaker}:" if speaker else "", "Speaker")
        runs = (label, Run("\t"), *_said(said, language))
        yield Paragraph(f"{style} Turn", runs, followed or place < last, apart, leftward)


def _said(said: Said, language: str) -> tuple[Run, ...]:
    if isinstance(said, str):
        return (Run(said, language=language),)
    return tuple(Run(run.text, run.style, run.language or language, run.field) for run in said)


def _agreement(section: AgreementSection, captions: Captions) -> Iterator[Block]:
    yield plain("heading 1", "Agreement between coders")
    between = f" between {_listed(section.coders)}" if section.coders else ""
    when = f", {section.round}" if section.round else ""
    yield captions.next(f"Agreement{between} on each code, by {section.unit}{when}")
    yield tables.agreement_table(section)
    yield plain(
        "Table Note",
        "α is Krippendorff’s alpha for nominal data over the documents coded by at least two coders. The interval "
        "comes from leaving out one document at a time. Prevalence is the share of judgements in which the code was "
        "applied; positive agreement looks at applications only. A dash marks a figure that is not defined.",
    )


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _listed(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
