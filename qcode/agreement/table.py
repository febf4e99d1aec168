"""Agreement of coders: per code, over all codes, and by pair."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Final, TypedDict

import numpy as np

from qcode.agreement.bootstrap import replicates
from qcode.agreement.clusters import count_segments
from qcode.agreement.counts import sweep
from qcode.agreement.flags import code_flags, row_flags, used_codes
from qcode.agreement.marks import Marks, countable, gather, lay_out, united
from qcode.agreement.projection import in_units
from qcode.agreement.rated import stretches_of
from qcode.agreement.scope import by_document, in_scope, layout_by_document
from qcode.agreement.summary import summarise
from qcode.agreement.values import AgreementTable, CodeAgreement, Flag, Overall, PairAgreement
from qcode.errors import QcodeError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qcode.agreement.bootstrap import Replicates
    from qcode.agreement.counts import Counts
    from qcode.agreement.marks import Ints, Layout
    from qcode.agreement.ratings import Ratings
    from qcode.agreement.summary import Summary
    from qcode.agreement.values import DocumentCodings, Status, Unit


class UnknownUnitError(QcodeError):
    """Agreement was asked for in a unit that does not exist."""

    def __init__(self, unit: str) -> None:
        super().__init__(f"There is no unit “{unit}”. Agreement is measured by {', '.join(UNITS)}.")


_READS_UNITS: Final = ("sentence", "turn", "paragraph", "token", "segment")
UNITS: Final[tuple[Unit, ...]] = (*_READS_UNITS, "character", "merged", "document")


def agreement(documents: Sequence[DocumentCodings], codes: Sequence[str], *, unit: Unit) -> AgreementTable:
    """Krippendorff's alpha (nominal, marked or not) of every code in the order given, and of all together.

    Documents weigh by their length in units. Spans of codes that are not asked for are left aside.
    Raises UnknownUnitError; NobodyFinishedError; ValueError for a document or code that comes twice, a span that is
    empty or outside its text, and units out of order.
    """
    return measure(documents, codes, unit=unit).table()


def pairs(documents: Sequence[DocumentCodings], codes: Sequence[str], *, unit: Unit) -> tuple[PairAgreement, ...]:
    """The agreement over all codes of every two coders, each pair on the documents that both finished.

    Raises as `agreement` does.
    """
    return measure(documents, codes, unit=unit).pairs()


def measure(
    documents: Sequence[DocumentCodings], codes: Sequence[str], *, unit: Unit, coders: Sequence[str] = ()
) -> Measurement:
    """All codings in one unit, ready for every figure that is asked of them; raises as `agreement` does.

    The coders are those of the documents, unless they are named: then these, in their order, with all others left out.
    """
    if unit not in UNITS:
        raise UnknownUnitError(unit)
    if len({each.document for each in documents}) < len(documents):
        raise ValueError("every document may come only once")
    blocks, owners = in_scope(documents)
    layout = lay_out(blocks, codes, coders)
    marks = united(gather(blocks, layout), layout)
    if unit in _READS_UNITS:
        marks, layout = in_units(marks, layout, blocks, any_of_it=unit == "token")
    elif unit == "document":
        owners, marks, layout = np.arange(len(documents)), *_whole(marks, layout, owners, documents)
    return Measurement(
        unit, tuple(documents), owners, marks, layout, _sums(unit, marks, layout, owners, len(documents))
    )


def _sums(unit: Unit, marks: Marks, layout: Layout, owners: Ints, documents: int) -> Counts:
    """By code and document, of the marks that count."""
    found = (count_segments if unit == "merged" else sweep)(countable(marks, layout), layout)
    return found if len(owners) == documents else by_document(found, owners, documents)


def _whole(marks: Marks, layout: Layout, owners: Ints, documents: Sequence[DocumentCodings]) -> tuple[Marks, Layout]:
    """Each document as one unit, which a mark anywhere in it marks."""
    code, block = np.divmod(marks.cell, len(owners))
    start = np.zeros(len(code), dtype=np.int64)
    there = Marks(code * len(documents) + owners[block], marks.coder, start, start + 1)
    wide = layout_by_document(layout, owners, documents)
    wide = replace(wide, lengths=np.minimum(wide.lengths, 1))
    return united(there, wide), wide


@dataclass(frozen=True, slots=True)
class Measurement:
    """The marks of all coders in one unit, and who could have marked what: computed once, asked many things.

    `owners` says to which document a block of the layout belongs, and `sums` are what every figure is made of.
    """

    unit: Unit
    documents: tuple[DocumentCodings, ...]
    owners: Ints
    marks: Marks
    layout: Layout
    sums: Counts

    def table(self) -> AgreementTable:
        """Every code, and all of them together."""
        layout = self._by_document(self.layout)
        summary = summarise(self.sums)
        used = used_codes(countable(self.marks, self.layout), self.layout)
        rows = tuple(
            CodeAgreement(code=code, **_figures(summary, row), flags=tuple(code_flags(summary, row, layout, used)))
            for row, code in enumerate(layout.codes)
        )
        return AgreementTable(self.unit, layout.coders, rows, _overall(summary, layout, layout.coders))

    def pairs(self) -> tuple[PairAgreement, ...]:
        """All codes together for every two coders, each pair on what both were asked of and finished."""
        return tuple(self._pair(*two) for two in combinations(range(len(self.layout.coders)), 2))

    def counts(self) -> Counts:
        """The sums that every figure is made of, by code and document."""
        return self.sums

    def summary(self) -> Summary:
        """The sums and coefficients of all documents, with what they would be without each."""
        return summarise(self.sums)

    def replicates(self, *, times: int, seed: int) -> Replicates:
        """Alphas of documents drawn again with replacement."""
        return replicates(self.sums, times=times, seed=seed)

    def ratings(self, code: str) -> Ratings:
        """Whether each coder marked each unit with a code, as one table: what other coefficients are computed from.

        Stretches of units that everybody marked alike are one, with their number as its weight. Of merged segments
        there is none, as they are others for every code; raises ValueError for these, and for a code not asked for.
        """
        if self.unit == "merged" or code not in self.layout.codes:
            raise ValueError(f"there are no ratings of {code} by {self.unit}")
        return stretches_of(self.marks, self.layout, self.layout.codes.index(code))

    def _pair(self, first: int, second: int) -> PairAgreement:
        two = self.layout.only((first, second))
        names = (two.coders[first], two.coders[second])
        summary = summarise(_sums(self.unit, self.marks, two, self.owners, len(self.documents)))
        return PairAgreement(*names, _overall(summary, self._by_document(two), names))

    def _by_document(self, layout: Layout) -> Layout:
        whole = len(self.owners) == len(self.documents)
        return layout if whole else layout_by_document(layout, self.owners, self.documents)


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
