"""The tables of a themes report: themes, participants, agreement and the codebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qcode.reports.blocks import Cell, Paragraph, Run, Table, plain
from qcode.reports.values import outline, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qcode.reports.values import (
        AgreementRow,
        AgreementSection,
        CodebookRow,
        ParticipantRow,
        QuoteRow,
        ThemeSection,
    )

LONGEST_EXAMPLE = 260
UNDEFINED = {
    "no_variation": "not defined: no variation, so nothing to be reliable about",
    "no_pairable_units": "not defined: no document was coded by two coders",
}
_FIELDS = (
    ("when_to_use", "Use when"),
    ("when_not_to_use", "Do not use when"),
    ("typical_example", "Typical example"),
    ("near_miss", "Near miss"),
)


def themes_table(sections: tuple[ThemeSection, ...]) -> Table:
    """One row a theme or sub-theme: its concept, codes, how many quotes support and dissent, and one of them."""
    rows = tuple(_theme_row(depth, theme) for depth, _, theme in outline(sections))
    return Table(
        ("Theme", "Central concept", "Codes", "Quotes", "Example"),
        (1850, 2100, 1560, 1140, 2422),
        rows,
        "Themes and sub-themes, each with its central concept, its codes, the number of its quotes and one quote.",
    )


def _theme_row(depth: int, theme: ThemeSection) -> tuple[Cell, ...]:
    style = "Table Indented" if depth else "Table Text"
    name = Paragraph(style, (Run(theme.title, "" if depth else "Strong"),))
    dissenting = len(theme.dissenting)
    counts = [plain("Table Text", str(len(theme.quotes)))]
    if dissenting:
        counts.append(plain("Table Text", f"{dissenting} dissenting"))
    if theme.negative:
        cases = "negative case" if len(theme.negative) == 1 else "negative cases"
        counts.append(plain("Table Text", f"{len(theme.negative)} {cases}"))
    example = _example_of(theme)
    return (
        (name,),
        (plain("Table Text", theme.concept or "–"),),
        tuple(plain("Table Text", code) for code in theme.codes) or (plain("Table Text", "–"),),
        tuple(counts),
        _example(example) if example else (plain("Table Text", "–"),),
    )


def shortens(sections: tuple[ThemeSection, ...]) -> bool:
    """Whether the table of themes prints any of its examples shortened."""
    examples = (_example_of(theme) for _depth, _place, theme in outline(sections))
    return any(len(_on_one_line(quote)) > LONGEST_EXAMPLE for quote in examples if quote is not None)


def _example_of(theme: ThemeSection) -> QuoteRow | None:
    return next((quote for quote in (*theme.supporting, *theme.dissenting) if quote.text or quote.lines), None)


def _on_one_line(quote: QuoteRow) -> str:
    return " ".join((quote.text or " ".join(words_of(line) for _, line in quote.lines)).split())


def _example(quote: QuoteRow) -> Cell:
    text = shortened(_on_one_line(quote))
    said = Paragraph("Table Text", (Run(f"“{text}”", language=quote.language),))
    source = ", ".join(part for part in (quote.attribution, "dissenting" * (quote.stance == "dissents")) if part)
    return (said, Paragraph("Table Text", (Run(source, "Emphasis"),))) if source else (said,)


def shortened(text: str, longest: int = LONGEST_EXAMPLE) -> str:
    """A quote on one line, cut after a whole word where it is long; the cut shows as an ellipsis in brackets."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    head = line[: longest + 1]
    return f"{head[: head.rfind(' ')] if ' ' in head else head[:longest]} […]"


def participants_table(rows: tuple[ParticipantRow, ...]) -> Table:
    """Characteristics with their levels below, as papers print them."""
    return Table(
        ("Characteristic", "Participants"),
        (5600, 2400),
        tuple(_participant_row(row) for row in rows),
        "Characteristics of the participants with counts.",
        frozenset({1}),
    )


def _participant_row(row: ParticipantRow) -> tuple[Cell, ...]:
    style, weight = ("Table Indented", "") if row.indented else ("Table Text", "Strong")
    return (Paragraph(style, (Run(row.label, weight),)),), (plain("Table Number", row.value),)


def agreement_table(section: AgreementSection) -> Table:
    """One row a code, and one for all codes; a dash stands where a figure is not defined, and the note says why."""
    rows = (*section.rows, section.overall) if section.overall else section.rows
    return Table(
        (
            "Code",
            "α",
            "95 % interval",
            "Prevalence",
            "Positive agreement",
            section.unit.capitalize() + "s",
            "Docs",
            "Notes",
        ),
        (1900, 620, 1240, 1000, 1010, 1040, 560, 1702),
        tuple(_agreement_row(row) for row in rows),
        "Krippendorff's alpha for each code, with its interval, prevalence and positive agreement.",
        frozenset({1, 2, 3, 4, 5, 6}),
    )


def _agreement_row(row: AgreementRow) -> tuple[Cell, ...]:
    numbers = (figure(row.alpha), interval(row), *_used(row))
    notes = tuple(plain("Table Text", note) for note in remarks(row))
    return (_path(row), *((plain("Table Number", text),) for text in numbers), notes or (plain("Table Text", ""),))


def _path(row: AgreementRow) -> Cell:
    above = " > ".join(row.code[:-1]) + " > " * (len(row.code) > 1)
    return (Paragraph("Table Text", (Run(above), Run(row.code[-1], "Strong"))),)


def _used(row: AgreementRow) -> tuple[str, ...]:
    return share(row.prevalence), figure(row.positive_agreement), f"{row.n:,.0f}", f"{row.documents:,}"


def agreement_table_with_chances(section: AgreementSection) -> tuple[Table, tuple[str, ...]]:
    """The same with the probabilities that alpha lies below 0.667 and 0.800, and the notes that its numbers stand for.

    There is no room for notes beside so many figures: they are numbered as they come, each once.
    """
    rows = (*section.rows, section.overall) if section.overall else section.rows
    numbers: dict[str, int] = {}
    for row in rows:
        for note in remarks(row):
            numbers.setdefault(note, len(numbers) + 1)
    table = Table(
        (
            "Code",
            "α",
            "95 % interval",
            "P(α < 0.667)",
            "P(α < 0.800)",
            "Prevalence",
            "Positive agreement",
            "Units",
            "Docs",
            "Note",
        ),
        (1602, 580, 1240, 800, 800, 1060, 1060, 760, 560, 610),
        tuple(_row_with_chances(row, numbers) for row in rows),
        "Krippendorff's alpha for each code, with its interval, probabilities, prevalence and positive agreement.",
        frozenset(range(1, 9)),
    )
    return table, tuple(f"{number} {note[:1].upper()}{note[1:]}" for note, number in numbers.items())


def _row_with_chances(row: AgreementRow, numbers: Mapping[str, int]) -> tuple[Cell, ...]:
    figures = figure(row.alpha), interval(row), figure(row.below_667), figure(row.below_800), *_used(row)
    notes = ", ".join(str(numbers[note]) for note in remarks(row))
    return (_path(row), *((plain("Table Number", text),) for text in figures), (plain("Table Text", notes),))


def figure(value: float | None) -> str:
    """Two decimals with a true minus sign, or a dash."""
    if value is None:
        return "–"
    return f"{round(value, 2) + 0.0:.2f}".replace("-", "−")


def share(value: float | None) -> str:
    """A proportion as a percentage with one decimal, or a dash."""
    return "–" if value is None else f"{100 * value:.1f} %"


def interval(row: AgreementRow) -> str:
    """The two ends of the interval, or a dash."""
    return "–" if row.low is None or row.high is None else f"{figure(row.low)} to {figure(row.high)}"


def remarks(row: AgreementRow) -> tuple[str, ...]:
    """Why a figure is missing, in words, and then the notes that came with the row."""
    reasons = [UNDEFINED.get(row.status, f"not defined: {row.status}")] if row.alpha is None else []
    if row.alpha is not None and row.low is None and not row.notes:
        reasons.append("no interval: fewer than 5 shared documents" if row.documents < 5 else "no interval")
    return (*reasons, *row.notes)


def codebook_table(rows: tuple[CodebookRow, ...]) -> Table:
    """One row a code, indented below its parent, with the six fields of its definition."""
    return Table(
        ("Code", "Definition"),
        (2400, 6672),
        tuple((_code_name(row), tuple(_definition(row))) for row in rows),
        "The codebook: each code with its definition, when to use it and when not, an example and a near miss.",
    )


def _code_name(row: CodebookRow) -> Cell:
    style = "Table Indented" if len(row.path) > 1 else "Table Text"
    name = Paragraph(style, (Run(row.path[-1], "Strong"),))
    said = [name] if len(row.path) < 3 else [plain(style, " > ".join(row.path[:-1]) + " >"), name]
    marks = [word for word in ("category" * (row.kind == "category"), row.status * (row.status != "active")) if word]
    return (*said, Paragraph(style, (Run(", ".join(marks), "Emphasis"),))) if marks else tuple(said)


def _definition(row: CodebookRow) -> Iterator[Paragraph]:
    yield plain("Table Text", row.brief or row.full or "No definition.")
    if row.brief and row.full:
        yield plain("Table Text", row.full)
    for field, label in _FIELDS:
        text = getattr(row, field)
        if text:
            yield Paragraph("Table Text", (Run(f"{label}: ", "Definition Label"), Run(text)))
