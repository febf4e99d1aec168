"""Agreement of coders: per code, over all codes, and by pair."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, TypedDict

import numpy as np

from qcode.agreement.counts import sweep
from qcode.agreement.flags import code_flags, row_flags, used_codes
from qcode.agreement.marks import countable, gather, lay_out, united
from qcode.agreement.projection import in_units
from qcode.agreement.summary import summarise
from qcode.agreement.values import AgreementTable, CodeAgreement, Flag, Overall, PairAgreement
from qcode.errors import QcodeError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qcode.agreement.marks import Layout, Marks
    from qcode.agreement.summary import Summary
    from qcode.agreement.values import DocumentCodings, Status, Unit


class UnknownUnitError(QcodeError):
    """Agreement was asked for in a unit that does not exist."""

    def __init__(self, unit: str) -> None:
        super().__init__(f"There is no unit “{unit}”. Agreement is measured by sentence or by character.")


def agreement(documents: Sequence[DocumentCodings], codes: Sequence[str], *, unit: Unit) -> AgreementTable:
    """Krippendorff's alpha (nominal, marked or not) of every code in the order given, and of all together.

    Documents weigh by their length in units. Spans of codes that are not asked for are left aside.
    Raises UnknownUnitError; NobodyFinishedError; ValueError for a document or code that comes twice, a span that is
    empty or outside its text, and units out of order.
    """
    marks, layout = _arranged(documents, codes, unit)
    counted = countable(marks, layout)
    summary = summarise(sweep(counted, layout))
    used = used_codes(counted, layout)
    rows = tuple(
        CodeAgreement(code=code, **_figures(summary, row), flags=tuple(code_flags(summary, row, layout, used)))
        for row, code in enumerate(codes)
    )
    return AgreementTable(unit, layout.coders, rows, _overall(summary, layout, layout.coders))


def pairs(documents: Sequence[DocumentCodings], codes: Sequence[str], *, unit: Unit) -> tuple[PairAgreement, ...]:
    """The agreement over all codes of every two coders, each pair on the documents that both finished.

    Raises as `agreement` does.
    """
    marks, layout = _arranged(documents, codes, unit)
    return tuple(_pair(marks, layout, first, second) for first, second in combinations(range(len(layout.coders)), 2))


def _pair(marks: Marks, layout: Layout, first: int, second: int) -> PairAgreement:
    two = layout.only((first, second))
    names = (layout.coders[first], layout.coders[second])
    return PairAgreement(*names, _overall(summarise(sweep(countable(marks, two), two)), two, names))


def _arranged(documents: Sequence[DocumentCodings], codes: Sequence[str], unit: Unit) -> tuple[Marks, Layout]:
    if unit not in ("sentence", "character"):
        raise UnknownUnitError(unit)
    layout = lay_out(documents, codes)
    marks = united(gather(documents, layout), layout)
    return in_units(marks, layout, documents) if unit == "sentence" else (marks, layout)


class _Shared(TypedDict):
    alpha: float | None
    low: float | None
    high: float | None
    se_log: float | None
    below_667: float | None
    below_800: float | None
    prevalence: float | None
    positive_agreement: float | None
    percent_agreement: float | None
    n: int
    documents: int
    status: Status


def _figures(summary: Summary, row: int) -> _Shared:
    interval = summary.intervals
    return {
        "alpha": _or_none(summary.alpha[row]),
        "low": _or_none(interval.low[row]),
        "high": _or_none(interval.high[row]),
        "se_log": _or_none(interval.se_log[row]),
        "below_667": _or_none(interval.below_667[row]),
        "below_800": _or_none(interval.below_800[row]),
        "prevalence": _or_none(summary.prevalence[row]),
        "positive_agreement": _or_none(summary.positive_agreement[row]),
        "percent_agreement": _or_none(summary.percent_agreement[row]),
        "n": int(summary.units[row]),
        "documents": int(summary.documents[row]),
        "status": _status(summary, row),
    }


def _overall(summary: Summary, layout: Layout, coders: tuple[str, ...]) -> Overall:
    alphas = summary.alpha[:-1]
    defined = alphas[~np.isnan(alphas)]
    flags = row_flags(summary, -1, layout) if summary.documents[-1] else [Flag("no_shared_document", coders=coders)]
    return Overall(
        **_figures(summary, -1),
        flags=tuple(flags),
        macro_alpha=float(defined.mean()) if defined.size else None,
        undefined=int(alphas.size - defined.size),
    )


def _status(summary: Summary, row: int) -> Status:
    if not summary.documents[row]:
        return "no_pairable_units"
    return "ok" if summary.expected[row] > 0 else "no_variation"


def _or_none(value: np.float64) -> float | None:
    return None if np.isnan(value) else float(value)
