"""The figures of a round as the table shows them: numbers, short phrases, and the sentences behind both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qcode.agreement import Flag, Overall, explain, explain_status
from qcode.ids import CodeId
from qcode.queries.agreement.figures import CodeFigures, Drawn, StudyAgreement
from qcode.reports.printed_tables import figure, share

OVERALL = "overall"


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One line of the table: a code, or all codes together, which has no colour and no id of a code.

    Of all codes, `macro` says the plain mean of their alphas in a few words.
    """

    id: str
    path: tuple[str, ...]
    colour: int | None
    place: int
    alpha: float | None
    low: float | None
    high: float | None
    below_667: float | None
    below_800: float | None
    prevalence: float | None
    positive_agreement: float | None
    percent_agreement: float | None
    n: int
    documents: int
    notes: tuple[str, ...]
    means: tuple[str, ...] = ()
    macro: str = ""
    drawn: Drawn | None = None

    @property
    def code(self) -> CodeId | None:
        """The code, unless this is the line of all codes."""
        return None if self.id == OVERALL else CodeId(self.id)

    @property
    def name(self) -> str:
        """The code's own name."""
        return self.path[-1]

    @property
    def interval(self) -> str:
        """The 95 % interval in words, or a dash."""
        return "–" if self.low is None or self.high is None else f"{figure(self.low)} to {figure(self.high)}"


def figure_rows(found: StudyAgreement, colours: Mapping[str, int]) -> list[FigureRow]:
    """A line for each code, in the order of the codebook."""
    return [_row(row, number, colours.get(row.id)) for number, row in enumerate(found.codes)]


def overall_row(found: StudyAgreement) -> FigureRow:
    """The line of all codes together."""
    overall = found.overall
    return FigureRow(
        id=OVERALL,
        path=("All codes",),
        colour=None,
        place=len(found.codes),
        alpha=overall.alpha,
        low=overall.low,
        high=overall.high,
        below_667=overall.below_667,
        below_800=overall.below_800,
        prevalence=overall.prevalence,
        positive_agreement=overall.positive_agreement,
        percent_agreement=overall.percent_agreement,
        n=overall.n,
        documents=overall.documents,
        notes=reasons(overall.status, found.overall_notes),
        means=tuple(_means(overall)),
        macro=_macro(overall),
        drawn=found.overall_drawn,
    )


def _row(row: CodeFigures, place: int, colour: int | None) -> FigureRow:
    return FigureRow(
        id=row.id,
        path=row.code,
        colour=colour,
        place=place,
        alpha=row.alpha,
        low=row.low,
        high=row.high,
        below_667=row.below_667,
        below_800=row.below_800,
        prevalence=row.prevalence,
        positive_agreement=row.positive_agreement,
        percent_agreement=row.percent_agreement,
        n=row.n,
        documents=row.documents,
        notes=reasons(row.status, row.notes),
        drawn=row.drawn,
    )


def _means(overall: Overall) -> list[str]:
    out = []
    if overall.macro_alpha is not None:
        out.append(
            f"Over all codes, raw disagreements are added up (micro); the plain mean of the codes' alphas (macro) is "
            f"{figure(overall.macro_alpha)}."
        )
    if overall.undefined == 1:
        out.append("1 code has no alpha, and no mean contains it.")
    elif overall.undefined:
        out.append(f"{overall.undefined} codes have no alpha, and no mean contains them.")
    return out


def _macro(overall: Overall) -> str:
    if overall.macro_alpha is None:
        return ""
    left_out = f", {overall.undefined} undefined" if overall.undefined else ""
    return f"macro α {figure(overall.macro_alpha)}{left_out}"


def reasons(status: str, notes: Sequence[str]) -> tuple[str, ...]:
    """The notes, after the reason for a missing alpha where they do not give it."""
    if status == "no_variation":
        return (explain_status("no_variation"), *notes)
    return (explain_status("no_pairable_units"),) if status == "no_pairable_units" and not notes else tuple(notes)


def few_documents(row: FigureRow) -> bool:
    """Whether the interval is rough for no other reason than that the documents are few."""
    return explain(Flag("few_documents", count=row.documents)) in row.notes


def phrase(row: FigureRow) -> str:
    """The notes in a few words; that documents are few is said once for the whole table, not in every line."""
    usual = explain(Flag("few_documents", count=row.documents))
    known = {
        explain(Flag("insufficient_variation")): "too rare to judge",
        explain(Flag("too_few_documents", count=row.documents)): "too few documents for an interval",
        explain(Flag("no_disagreement", count=row.documents)): "no disagreement",
        explain_status("no_variation"): "no variation",
    }
    said = [known.get(note) or _shortened(note) for note in row.notes if note != usual]
    said = [row.macro, *said] if row.macro else said
    words = "; ".join(said)
    return words[:1].upper() + words[1:]


def _shortened(sentence: str) -> str:
    """The main clause of a sentence, to stand after another."""
    if sentence.startswith(explain_status("no_pairable_units").rstrip(".")):
        return "not judged by two coders"
    clause = sentence.partition(" (")[0].rstrip(".")
    return clause[:1].lower() + clause[1:]


def sentences(row: FigureRow, unit: str) -> list[str]:
    """Everything there is to say about a line, in whole sentences."""
    if row.alpha is None:
        return ["There is no α. " + " ".join(row.notes)]
    out = [_headline(row)]
    if row.drawn is not None:
        out.append(_drawn_again(row.drawn))
    if row.prevalence is not None:
        out.append(_use(row))
    units = f"{row.n:,} {'merged segment' if unit == 'merged' else unit}{'' if row.n == 1 else 's'}"
    where = "1 document" if row.documents == 1 else f"{row.documents} documents"
    out.append(f"Judged: {units} in {where}, each by at least two coders.")
    return [*out, *row.means, *row.notes]


def _headline(row: FigureRow) -> str:
    said = f"Krippendorff’s α {figure(row.alpha)}"
    if row.low is None or row.high is None:
        return f"{said}, without an interval."
    said += f", 95 % interval {row.interval}."
    if row.below_667 is None or row.below_800 is None:
        return said
    below, lower = _chance(row.below_667), _chance(row.below_800)
    return f"{said} The probability that it lies below 0.667 is {below}, below 0.800 {lower}."


def _drawn_again(drawn: Drawn) -> str:
    if drawn.low is None or drawn.high is None or drawn.below_667 is None or drawn.below_800 is None:
        return "Of documents drawn again there is no interval: that needs five documents."
    said = f"With documents drawn again, the 95 % interval is {figure(drawn.low)} to {figure(drawn.high)}; "
    said += f"{_chance(drawn.below_667)} of the draws lie below 0.667, {_chance(drawn.below_800)} below 0.800."
    if drawn.undefined:
        said += f" In {drawn.undefined:,} draws α was not defined; they count as below."
    return said


def _chance(value: float) -> str:
    if value < 0.01:
        return "less than 1\u00a0%"
    return "more than 99\u00a0%" if value > 0.99 else f"{100 * value:.0f}\u00a0%"


def _use(row: FigureRow) -> str:
    said = f"Applied in {share(row.prevalence)} of judgements"
    if row.percent_agreement is not None:
        said += f"; coders agree on {share(row.percent_agreement)} of pairs"
    if row.positive_agreement is not None:
        said += f", and the positive agreement, on applications alone, is {figure(row.positive_agreement)}"
    return f"{said}."
