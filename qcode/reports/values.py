"""What a report says, as plain values: no database, no clock, no layout."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from qcode.reports.blocks import Run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from qcode.reports.boundary_values import BoundarySection, SetSection
    from qcode.reports.plan_values import PlanSection

Stance = Literal["supports", "dissents"]

type Said = str | tuple[Run, ...]
type Lines = tuple[tuple[str, Said], ...]


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """A passage as it is printed: its text, or its lines by speaker where it spans turns, and who is quoted.

    A line is words, or runs where some of them are set apart, such as brackets that stand in the transcript.
    ``start`` and ``end`` are half-open code points of the document's canonical text; ``language`` is a BCP 47 tag
    where the quote is not in the report's own language; ``note`` is printed below the quote. ``beside`` are the lines
    of the same passage in the other language, original or translation, which stand beside it. A quote without words is
    one that may not be printed; its note says why. ``uses`` are the papers, with their sections, that it stands in.
    """

    text: str
    attribution: str
    document: str
    start: int
    end: int
    stance: Stance = "supports"
    codes: tuple[str, ...] = ()
    speaker: str = ""
    lines: Lines = ()
    note: str = ""
    language: str = ""
    beside: Lines = ()
    beside_language: str = ""
    uses: tuple[str, ...] = ()

    @property
    def speakers(self) -> tuple[str, ...]:
        """Who speaks in the quote, each once, in order."""
        named = [speaker for speaker, _ in self.lines if speaker]
        spoken = named or [self.speaker]
        return tuple(dict.fromkeys(name for name in spoken if name))


def printed_title(name: str, *, in_vivo: bool) -> str:
    """The name of a theme as it is printed: words of a participant stand in quotation marks."""
    return f"“{name}”" if in_vivo and not name.startswith(("“", '"', "‘", "'", "«")) else name


@dataclass(frozen=True, slots=True)
class ThemeSection:
    """A theme with its central concept, codes and quotes; ``number`` is printed before its name, as in ``2.1``.

    ``in_vivo`` says that the name is a quote: it is printed in quotation marks. ``negative`` are passages of its codes
    that were marked as negative cases and that no dissenting quote holds.
    """

    number: str
    name: str
    concept: str = ""
    codes: tuple[str, ...] = ()
    quotes: tuple[QuoteRow, ...] = ()
    subthemes: tuple[ThemeSection, ...] = ()
    in_vivo: bool = False
    negative: tuple[QuoteRow, ...] = ()

    @property
    def title(self) -> str:
        """The name as it is printed, with its number: words of a participant stand in quotation marks."""
        return f"{self.number} {printed_title(self.name, in_vivo=self.in_vivo)}".strip()

    @property
    def supporting(self) -> tuple[QuoteRow, ...]:
        """The theme's own quotes that bear it out, in the writer's order."""
        return tuple(quote for quote in self.quotes if quote.stance == "supports")

    @property
    def dissenting(self) -> tuple[QuoteRow, ...]:
        """The theme's own quotes that speak against it, in the writer's order."""
        return tuple(quote for quote in self.quotes if quote.stance == "dissents")


@dataclass(frozen=True, slots=True)
class CodebookRow:
    """A code in the appendix: its names from the root down, and the six fields that define it."""

    path: tuple[str, ...]
    kind: Literal["codable", "category"] = "codable"
    status: str = "active"
    brief: str = ""
    full: str = ""
    when_to_use: str = ""
    when_not_to_use: str = ""
    typical_example: str = ""
    near_miss: str = ""


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """The agreement on one code; None where a figure is not defined, and then ``status`` says why."""

    code: tuple[str, ...]
    alpha: float | None
    low: float | None = None
    high: float | None = None
    prevalence: float | None = None
    positive_agreement: float | None = None
    n: float = 0
    documents: int = 0
    status: str = "ok"
    notes: tuple[str, ...] = ()
    percent_agreement: float | None = None
    below_667: float | None = None
    below_800: float | None = None


@dataclass(frozen=True, slots=True)
class AgreementSection:
    """Agreement between named coders in one round, over units of one kind, code by code and for all codes."""

    unit: str
    rows: tuple[AgreementRow, ...]
    overall: AgreementRow | None = None
    coders: tuple[str, ...] = ()
    round: str = ""


@dataclass(frozen=True, slots=True)
class AgreementSums:
    """The sums of one code in one document from which every figure can be computed again.

    `coders` judged each of `units`; `ones` and `zeros` are their judgements for and against the code, `mixed` is how
    often a one met a zero within a unit, as coincidences are counted.
    """

    code: tuple[str, ...]
    document: str
    coders: int
    units: float
    ones: float
    zeros: float
    mixed: float


@dataclass(frozen=True, slots=True)
class AgreementReport:
    """A round's agreement with all that is needed to judge it, and to compute it again.

    `scope` says in sentences which text counts and whose; `intervals` are of documents drawn again, by the name of the
    row, with how many draws were not defined; `pairs` are two coders with alpha over all codes; `plan` is what was
    planned, if anything was. `macro_alpha` is the plain mean of the codes' alphas, without the `undefined` ones.
    """

    facts: StudyFacts
    section: AgreementSection
    documents: tuple[str, ...]
    scope: tuple[str, ...]
    software: str
    draws: int = 0
    seed: int = 0
    intervals: tuple[tuple[tuple[str, ...], float | None, float | None, int], ...] = ()
    pairs: tuple[tuple[str, str, AgreementRow], ...] = ()
    sums: tuple[AgreementSums, ...] = ()
    plan: PlanSection | None = None
    macro_alpha: float | None = None
    undefined: int = 0
    boundaries: BoundarySection | None = None
    sets: tuple[SetSection, ...] = ()


@dataclass(frozen=True, slots=True)
class ParticipantRow:
    """A line of the participant table: a characteristic (no value), or below it a level with its count and share."""

    label: str
    value: str = ""
    indented: bool = False


@dataclass(frozen=True, slots=True)
class StudyFacts:
    """What the first page says about the study.

    ``counted`` says whose codings the report counts, a paragraph a line. ``date`` is the day the report is made for:
    without it none is printed or stored. ``language`` is the BCP 47 tag of the report's own text.
    """

    title: str
    research_question: str = ""
    documents: int = 0
    participants: int = 0
    coders: tuple[str, ...] = ()
    software_version: str = ""
    date: date | None = None
    counted: str = ""
    language: str = "en-GB"


@dataclass(frozen=True, slots=True)
class ThemesReport:
    """A whole themes-and-quotes report; the tables that are None or empty are left out.

    `with_overview` prints the table of themes, `with_quotes` every theme with its quotes; the sections hold both.
    `kept_back` says that quotes from what is coded blind still may be left out.
    """

    facts: StudyFacts
    sections: tuple[ThemeSection, ...]
    participants: tuple[ParticipantRow, ...] = ()
    agreement: AgreementSection | None = None
    codebook: tuple[CodebookRow, ...] = ()
    with_overview: bool = True
    with_quotes: bool = True
    kept_back: bool = False


@dataclass(frozen=True, slots=True)
class QuotesReport:
    """The quotes of a study or of some themes, theme by theme; ``note`` says which of them these are."""

    facts: StudyFacts
    sections: tuple[ThemeSection, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class CodebookReport:
    """The codebook on its own, as the appendix of a paper."""

    facts: StudyFacts
    rows: tuple[CodebookRow, ...]


def words_of(said: Said) -> str:
    """The bare words of a line."""
    return said if isinstance(said, str) else "".join(run.text for run in said)


def without_negative_cases(sections: tuple[ThemeSection, ...]) -> tuple[ThemeSection, ...]:
    """The same themes without what was marked against them and not chosen as a quote."""
    return tuple(
        replace(section, negative=(), subthemes=without_negative_cases(section.subthemes)) for section in sections
    )


def outline(sections: tuple[ThemeSection, ...], above: tuple[str, ...] = ()) -> Iterator[tuple[int, str, ThemeSection]]:
    """Every theme and sub-theme in reading order, with its depth (0 at the top) and its place in words."""
    for section in sections:
        names = (*above, section.name)
        yield len(above), " > ".join(names), section
        yield from outline(section.subthemes, names)
