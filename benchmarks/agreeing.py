"""Agreement: every code, all coders, with intervals; beside Krippendorff's alpha from a matrix of characters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from krippendorff import alpha

from benchmarks import peers
from benchmarks.bench import Bench
from benchmarks.figures import Figure, Peer, timed
from benchmarks.measuring import Timing, take, timing
from qcode.agreement import Unit
from qcode.queries.agreement import CodeFigures, StudyAgreement, study_agreement
from qcode.queries.codings import CodingRow, Looking, codings
from qcode.queries.documents import documents
from qcode.study import Study

_UNITS: Final[tuple[Unit, ...]] = ("sentence", "character")


def agree(bench: Bench) -> Iterator[Figure]:
    """The table as the Agree room shows it."""
    with bench.study(bench.cache.coded(bench.team)) as study:
        spent = {unit: timing(lambda: study_agreement(study, unit=unit), bench.runs(5)) for unit in _UNITS}  # noqa: B023
        found = study_agreement(study, unit="character")
        matrix = _with_matrices(study, found, codes=1 if bench.quick else 2)
    what = f"A: agreement on {len(found.codes)} codes of {len(found.coders)} coders"
    other = Peer("krippendorff.alpha, extrapolated", matrix.wall * len(found.codes))
    yield timed("agreement sentences A", f"{what}, sentences", spent["sentence"], peers=bench.compared(peers.AGREEMENT))
    yield timed(
        "agreement characters A",
        f"{what}, characters",
        spent["character"],
        peers=(*bench.compared(peers.AGREEMENT), other),
        note=f"with intervals, which the others have not; the same alpha to 1e-9 on {matrix.runs} codes",
    )


def _with_matrices(study: Study, found: StudyAgreement, codes: int) -> Timing:
    """The alpha of a few codes from matrices of every character, which must be the same."""
    lengths = {row.id: row.length for row in documents(study) if row.name in found.documents}
    begins = dict(zip(lengths, np.cumsum([0, *lengths.values()]), strict=False))
    taken = []
    for code in found.codes[:codes]:
        rows = [row for row in codings(study, Looking(codes=[code.id])) if row.document in lengths]
        matrix = _matrix(rows, begins, sum(lengths.values()), found.coders)
        spent, value = take(lambda: alpha(reliability_data=matrix, level_of_measurement="nominal"))  # noqa: B023
        _compare(code, float(value))
        taken.append(spent)
    return Timing.of(taken)


def _matrix(rows: Sequence[CodingRow], begins: dict[str, int], length: int, coders: Sequence[str]) -> np.ndarray:
    matrix = np.zeros((len(coders), length))
    for row in rows:
        begin = begins[row.document]
        matrix[coders.index(row.coder_name), begin + row.start : begin + row.end] = 1
    return matrix


def _compare(code: CodeFigures, value: float) -> None:
    if code.alpha is None or abs(code.alpha - value) > 1e-9:
        raise AssertionError(f"alpha of {' › '.join(code.code)} is {code.alpha} here and {value} there")
