"""Boundaries and domains as reports and the command line print them; figures by pair and by document."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from qcode.agreement import CodeAgreement, Overall, Status, measure
from qcode.agreement.boundaries import of_coders
from qcode.agreement.coefficients import expected_disagreement
from qcode.queries.agreement.boundaries import boundaries_by_line
from qcode.queries.agreement.details import influences
from qcode.queries.agreement.domains import DomainFigures, domain_figures
from qcode.queries.agreement.figures import StudyAgreement
from qcode.reports import boundary_values as values
from qcode.study import Study


def boundary_section(study: Study, found: StudyAgreement) -> values.BoundarySection:
    """The boundaries of all lines, and the exclusive sets of codes."""
    lines = boundaries_by_line(found)
    return values.BoundarySection(
        tuple(line.whole for line in lines),
        tuple(pair for line in lines for pair in line.pairs),
        tuple(_domain(figures) for figures in domain_figures(study, found)),
    )


def _domain(figures: DomainFigures) -> values.DomainSection:
    rows = tuple(
        values.DomainFigure(
            row.name if row.code else "",
            row.alpha,
            row.binary,
            row.coding,
            row.low,
            row.high,
            row.coverage,
            row.pooled,
        )
        for row in figures.rows
    )
    pairs = tuple((*pair.names, pair.coding, pair.coverage) for pair in figures.pairs)
    overlaps = tuple(
        values.OverlapFigure(each.coder, each.document, each.codes, each.places, each.turns)
        for each in figures.overlaps
    )
    return values.DomainSection(
        figures.name,
        figures.codes,
        rows,
        pairs,
        figures.documents,
        figures.missing,
        figures.refusal,
        overlaps,
    )


# By pair and by document ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PairFigures:
    """Two coders by name: all lines together, and each of them, in the order of the table."""

    names: tuple[str, str]
    overall: Overall
    codes: tuple[CodeAgreement, ...]


@dataclass(frozen=True, slots=True)
class InDocument:
    """A line in one document; without an alpha, `status` says why."""

    code: tuple[str, ...]
    alpha: float | None
    status: Status
    n: int


@dataclass(frozen=True, slots=True)
class OneDocument:
    """A document that two coders share: alpha over all lines in it alone, that of all others, and each line."""

    name: str
    alpha: float | None
    without: float | None
    codes: tuple[InDocument, ...]


def by_pair(found: StudyAgreement) -> list[PairFigures]:
    """Every figure for every two coders, each pair on what both handed in."""
    measured, codes = found.measured, [row.id for row in found.codes]
    rows = []
    for two in combinations(sorted(measured.layout.coders, key=found.names.__getitem__), 2):
        shared = [of_coders(each, two) for each in measured.documents if set(two) <= each.coders]
        if shared:
            table = measure(shared, codes, unit=found.unit).table()
            rows.append(PairFigures((found.names[two[0]], found.names[two[1]]), table.overall, table.codes))
    return rows


def by_document(found: StudyAgreement) -> list[OneDocument]:
    """Alpha in each document, and without it."""
    counts = found.measured.counts()
    expected = expected_disagreement(counts.ones, counts.zeros)
    whole = {each.id: each for each in influences(found, None)}
    rows = []
    for place, document in enumerate(found.measured.documents):
        if counts.shared[:, place].any():
            lines = tuple(
                _in_document(
                    row.code, counts.mixed[number, place], expected[number, place], counts.units[number, place]
                )
                for number, row in enumerate(found.codes)
            )
            of_all = whole[document.document]
            rows.append(OneDocument(of_all.name, of_all.alone, of_all.without, lines))
    return rows


def _in_document(code: tuple[str, ...], mixed: np.float64, expected: np.float64, units: np.float64) -> InDocument:
    if expected > 0:
        return InDocument(code, float(1 - mixed / expected), "ok", int(units))
    return InDocument(code, None, "no_variation" if units else "no_pairable_units", int(units))
