"""What `qcode agreement` says beside its main table: boundaries, sets of codes, pairs of coders, and documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from qcode.agreement import Figures
from qcode.cli.showing import figures_json, say
from qcode.queries.agreement.figures import StudyAgreement
from qcode.queries.agreement.sections import by_document, by_pair
from qcode.reports.agreement_boundaries import (
    BOUNDARY_NOTE,
    DOMAIN_NOTE,
    SET_NOTE,
    boundary_cells,
    domain_cells,
    domain_remarks,
    set_cells,
    set_remarks,
)
from qcode.reports.boundary_values import BoundarySection, SetSection
from qcode.reports.printed_tables import figure


def breakdown_json(found: StudyAgreement) -> dict[str, Any]:
    """Every figure by pair of coders, and alpha by document, in it alone and without it."""
    return {
        "pairs": [
            {
                "coders": list(pair.names),
                **figures_json(pair.overall),
                "codes": [
                    {"code": list(row.code), **figures_json(figures)}
                    for row, figures in zip(found.codes, pair.codes, strict=True)
                ],
            }
            for pair in by_pair(found)
        ],
        "by_document": [
            {
                "document": document.name,
                "alpha": document.alpha,
                "alpha_without": document.without,
                "codes": [
                    {"code": list(row.code), "alpha": row.alpha, "n": row.n, "status": row.status}
                    for row in document.codes
                ],
            }
            for document in by_document(found)
        ],
    }


def show_means(overall: Figures, macro: float | None, undefined: int) -> None:
    """Alpha over all codes in both ways."""
    if macro is not None:
        left_out = f", without {undefined:,} not defined" if undefined else ""
        both = f"α {figure(overall.alpha)} (micro), mean of the codes' alphas {figure(macro)} (macro{left_out})"
        say(f"All codes: {both}.")


def show_boundaries(section: BoundarySection) -> None:
    """The table of boundaries, the exclusive sets, and what the figures are."""
    say("Boundaries of passages")
    rows = [(row.code[-1], *boundary_cells(row)) for row in section.codes]
    _show(("code", "uα", "95 %", "F1 exact", "F1 half", "overlap", "matched", "unmatched"), rows)
    say(BOUNDARY_NOTE)
    if section.domains:
        say("Sets of codes that exclude each other")
        lines = [line for domain in section.domains for line in domain_cells(domain, "  ")]
        _show(("set or code", "uα", "|uα", "cuα, (k)uα", "95 %", "coverage", "pooled"), lines)
        say(DOMAIN_NOTE)
        for said in domain_remarks(section.domains):
            say(said)


def show_sets(sections: Sequence[SetSection]) -> None:
    """The alphas of sets of codes, with their definitions."""
    for section in sections:
        say(f"Code sets as values, by {section.unit}")
        rows = [set_cells(row) for row in section.rows]
        _show(("measure", "all text", "95 %", "coded text", "95 %"), rows)
    for said in set_remarks(sections):
        say(said)
    if sections:
        say(SET_NOTE)
        for row in sections[0].rows:
            say(f"{row.name}: {row.definition}")
    else:
        say("There are no sets of codes with fewer than two codes.")


def _show(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), collapse_padding=True)
    for place, title in enumerate(titles):
        side: Literal["left", "right"] = "right" if place else "left"
        table.add_column(title, justify=side, no_wrap=True)
    for row in rows:
        table.add_row(*(escape(cell) for cell in row))
    Console().print(table)
