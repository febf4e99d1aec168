"""Agreement on which codes a unit has, taken together: all codes of a unit as one value."""

from __future__ import annotations

from typing import Final

from qcode.agreement import Measurement, Unit
from qcode.agreement.valued import MEASURES, Measure, SetAlphas, set_alphas, valued_units
from qcode.queries.agreement.boundaries import or_none
from qcode.queries.agreement.figures import StudyAgreement, recounted
from qcode.reports.boundary_values import SetFigure, SetSection
from qcode.study import Study

WITHOUT_SETS: Final[tuple[Unit, ...]] = ("merged", "document")
"""Units that have no set of codes: they are others for every code, or hold whatever was used at all."""

SET_MEASURES: Final[dict[Measure, tuple[str, str]]] = {
    "mvalpha": (
        "mvα",
        "Multi-valued alpha: distance 1 − 2|A∩B| / (|A| + |B|); chance from the sizes of sets and each code’s use.",
    ),
    "jaccard": ("α, Jaccard", "Alpha with distance 1 − |A∩B| / |A∪B|."),
    "masi": (
        "α, MASI",
        "Alpha with distance 1 − J · M: J is |A∩B| / |A∪B|, M is 1 if equal, 2/3 if a subset, 1/3 if they share, or 0.",
    ),
    "dice": ("α, Dice", "Alpha with distance 1 − 2|A∩B| / (|A| + |B|)."),
    "exact_set": ("α, exact set", "Alpha with distance 0 for equal sets and 1 for all others."),
}


def set_figures(study: Study, found: StudyAgreement) -> list[SetSection]:
    """The alphas of sets of the lines that are compared: by sentence, and by the unit of the comparison.

    There is none of fewer than two lines, and none by units that have no set of codes.
    """
    if len(found.codes) < 2:
        return []
    units = dict.fromkeys(("sentence", found.unit))
    return [_figures(found, recounted(study, found, unit)) for unit in units if unit not in WITHOUT_SETS]


def _figures(found: StudyAgreement, measured: Measurement) -> SetSection:
    units = valued_units(measured)
    whole, coded = set_alphas(units), set_alphas(units.coded())
    names: dict[str, str] = {row.id: row.code[-1] for row in found.codes}
    return SetSection(
        measured.unit,
        tuple(_row(measured.unit, measure, whole, coded) for measure in MEASURES),
        whole.units,
        coded.units,
        whole.documents,
        tuple((found.names[document], names[code]) for document, code in whole.missing),
    )


def _row(unit: Unit, measure: Measure, whole: SetAlphas, coded: SetAlphas) -> SetFigure:
    one, other = whole.alphas[measure], coded.alphas[measure]
    figures = (one.alpha, one.low, one.high, other.alpha, other.low, other.high)
    return SetFigure(unit, measure, *SET_MEASURES[measure], *(or_none(value) for value in figures))
