"""The agreement report: a paragraph for the methods section, a table for the results, and the sums behind both."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from qcode.files import extension, write_file
from qcode.reports import printed_tables as tables
from qcode.reports.agreement_boundaries import (
    boundaries_as_json,
    boundary_blocks,
    boundary_sheets,
    set_blocks,
    set_sheets,
    sets_as_json,
)
from qcode.reports.agreement_plans import plan_as_json, plan_blocks, plan_sheets
from qcode.reports.blocks import Block, Table, plain
from qcode.reports.captions import Captions
from qcode.reports.formats import file_bytes
from qcode.reports.tables import write_agreement_csv
from qcode.reports.workbooks import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from qcode.reports.house_template import Template
    from qcode.reports.values import AgreementReport, AgreementRow

ENDINGS: Final = (".docx", ".xlsx", ".html", ".md", ".csv", ".json")
UNIT_RULES: Final = {
    "sentence": "A sentence counts as marked if at least half of it is, or if at least half of a marked passage lies "
    "in it. Sentence bounds were fixed by rule when the text came in, and are the same for all coders.",
    "turn": "A turn counts as marked if at least half of it is, or if at least half of a marked passage lies in it.",
    "paragraph": "A paragraph counts as marked if at least half of it is, or if at least half of a marked passage "
    "lies in it.",
    "token": "A token counts as marked if any of its characters is.",
    "character": "Every character is a unit.",
    "segment": "The units are the segments that were cut beforehand and handed out.",
    "merged": "The units are stretches of text that somebody marked, with overlapping passages merged, and the gaps "
    "between them; their number depends on the coders.",
    "document": "A document counts as marked if the code was used anywhere in it.",
}
_COEFFICIENT: Final = (
    "Agreement was measured with Krippendorff’s alpha for nominal data (Krippendorff 2011), in its binary form for "
    "each code: applied or not. A coder who finished a text and did not apply a code is taken to have judged that it "
    "does not hold there; text that a coder was not given, and codes that a coder did not know when handing in, are "
    "missing."
)
_TRIMMED: Final = (
    "White space at the ends of passages was left out of account; a coder’s own overlapping passages of one code count "
    "once."
)
_JACKKNIFE: Final = (
    "The 95 % intervals let documents vary: they come from leaving out one document at a time, on log(1 − α) with "
    "t(D − 1), and are given from five documents on. P(α < 0.667) and P(α < 0.800) follow from the same distribution. "
    "They speak of other documents, not of other coders."
)


def unit_words(unit: str) -> str:
    """What is counted, in the plural."""
    return "merged segments" if unit == "merged" else f"{unit}s"


def methods(report: AgreementReport) -> list[str]:
    """The sentences of a methods section, in order; joined they are its paragraph."""
    section = report.section
    said = [_COEFFICIENT, *report.scope]
    said += [f"Units: {unit_words(section.unit)}. {UNIT_RULES[section.unit]}", _TRIMMED, _JACKKNIFE]
    if report.draws:
        said.append(
            f"Further intervals come from drawing the documents again with replacement, {report.draws:,} times "
            f"(seed {report.seed}; percentiles 2.5 and 97.5)."
        )
    if report.plan is not None:
        said += report.plan.planned
    said.append(f"Computed with {report.software}.")
    return said


def agreement_blocks(report: AgreementReport) -> Iterator[Block]:
    """The report as paragraphs and tables."""
    section, caption = report.section, Captions()
    yield plain("Title", report.facts.title or "Untitled study")
    yield plain("Subtitle", f"Agreement between coders, {section.round}")
    yield plain("heading 1", "Method")
    yield plain("Normal", " ".join(methods(report)))
    yield plain("heading 1", "Results")
    yield caption.next(f"Agreement on each code, counted in {unit_words(section.unit)}")
    table, notes = tables.agreement_table_with_chances(section)
    yield table
    yield plain("Table Note", f"{_all_codes(report)}A dash marks a figure that is not defined; the note says why.")
    for note in notes:
        yield plain("Table Note", note)
    if report.intervals:
        yield caption.next("Intervals of documents drawn again")
        yield _intervals(report)
    if report.pairs:
        yield caption.next("Agreement of every two coders over all codes")
        yield _pairs(report)
    if report.boundaries is not None:
        yield from boundary_blocks(report.boundaries, caption)
    yield from set_blocks(report.sets, caption)
    if report.plan is not None:
        yield from plan_blocks(report.plan, caption)


def _all_codes(report: AgreementReport) -> str:
    if report.macro_alpha is None:
        return ""
    said = "“All codes” adds up the codes’ raw disagreements (micro); the plain mean of "
    said += f"the codes’ alphas (macro) is {tables.figure(report.macro_alpha)}"
    if report.undefined:
        said += f", without {report.undefined:,} that {'is' if report.undefined == 1 else 'are'} not defined"
    return f"{said}. "


def _intervals(report: AgreementReport) -> Table:
    rows = tuple(
        (
            (plain("Table Text", " > ".join(code)),),
            (plain("Table Number", f"{tables.figure(low)} to {tables.figure(high)}" if low is not None else "–"),),
            (plain("Table Number", f"{undefined:,}"),),
        )
        for code, low, high, undefined in report.intervals
    )
    return Table(
        ("Code", "95 % interval", "Draws not defined"),
        (4600, 2300, 2172),
        rows,
        "Intervals of alpha from documents drawn again.",
        frozenset({1, 2}),
    )


def _pairs(report: AgreementReport) -> Table:
    rows = tuple(
        (
            (plain("Table Text", f"{first} – {second}"),),
            (plain("Table Number", tables.figure(row.alpha)),),
            (plain("Table Number", tables.interval(row)),),
            (plain("Table Number", f"{row.documents:,}"),),
        )
        for first, second, row in report.pairs
    )
    return Table(
        ("Coders", "α", "95 % interval", "Docs"),
        (4600, 1300, 2172, 1000),
        rows,
        "Alpha over all codes for every two coders.",
        frozenset({1, 2, 3}),
    )


# Files ------------------------------------------------------------------------------------------------------------


def write_agreement(report: AgreementReport, path: Path, *, template: Template | None = None) -> None:
    """Write the report in the format of the path's ending, one of ``ENDINGS``.

    Raises:
        UnknownExtensionError: for any other ending.
        QcodeError: if the file cannot be written; an older file then stands.
    """
    ending = extension(path, ENDINGS)
    if ending == ".csv":
        write_agreement_csv(report.section, path, report.plan)
    elif ending != ".json":
        blocks, sheets = agreement_blocks(report), agreement_sheets(report)
        write_file(path, file_bytes(ending, report.facts, blocks, sheets, template=template))
    else:
        write_file(path, json.dumps(as_json(report), ensure_ascii=False, indent=2).encode("utf-8"))


def as_json(report: AgreementReport) -> dict[str, Any]:
    """The report for other programs; what is not defined is null."""
    section = asdict(report.section)
    return {
        "study": report.facts.title,
        "software": report.software,
        "method": methods(report),
        "unit": section["unit"],
        "round": section["round"],
        "coders": section["coders"],
        "documents": report.documents,
        "codes": section["rows"],
        "overall": section["overall"],
        "macro_alpha": report.macro_alpha,
        "undefined": report.undefined,
        "bootstrap": {
            "draws": report.draws,
            "seed": report.seed,
            "intervals": [
                {"code": code, "low": low, "high": high, "undefined": undefined}
                for code, low, high, undefined in report.intervals
            ],
        }
        if report.draws
        else None,
        "pairs": [{"coders": [first, second], **asdict(row)} for first, second, row in report.pairs],
        "boundaries": None if report.boundaries is None else boundaries_as_json(report.boundaries),
        "set_valued": sets_as_json(report.sets),
        "plan": plan_as_json(report.plan),
        "sums": [asdict(each) for each in report.sums],
    }


def agreement_sheets(report: AgreementReport) -> Iterator[Sheet]:
    """The method, the codes, the pairs of coders, and the sums of each code and document."""
    for name, rows in _sheets(report):
        heads, *below = rows
        yield Sheet(name, [str(head) for head in heads], below)


type _Rows = Iterable[tuple[str | float | int | None, ...]]

_FIGURES: Final = (
    "alpha", "low", "high", "below_667", "below_800", "prevalence", "positive_agreement", "percent_agreement", "n",
    "documents", "status",
)  # fmt: skip
_SUMS: Final = ("coders", "units", "ones", "zeros", "mixed")


def _sheets(report: AgreementReport) -> Iterator[tuple[str, _Rows]]:
    section = report.section
    rows = [*section.rows, *([section.overall] if section.overall else [])]
    yield "Method", [("Method",), *((sentence,) for sentence in methods(report))]
    yield "Codes", [("code", *_FIGURES, "notes"), *(_code_row(row) for row in rows)]
    if report.intervals:
        drawn = [(" > ".join(code), low, high, undefined) for code, low, high, undefined in report.intervals]
        yield "Drawn again", [("code", "low", "high", "draws not defined"), *drawn]
    if report.pairs:
        pairs = [(first, second, row.alpha, row.low, row.high, row.documents) for first, second, row in report.pairs]
        yield "Pairs", [("coder", "coder", "alpha", "low", "high", "documents"), *pairs]
    if report.boundaries is not None:
        yield from boundary_sheets(report.boundaries)
    yield from set_sheets(report.sets)
    yield from plan_sheets(report.plan)
    sums = [(" > ".join(each.code), each.document, *(getattr(each, name) for name in _SUMS)) for each in report.sums]
    yield "Sums", [("code", "document", *_SUMS), *sums]


def _code_row(row: AgreementRow) -> tuple[str | float | int | None, ...]:
    return (" > ".join(row.code), *(getattr(row, name) for name in _FIGURES), "; ".join(row.notes))
