"""Agreement: every code and every pair, with intervals; beside Krippendorff's alpha from a matrix of characters."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from krippendorff import alpha

from benchmarks import peers
from benchmarks.agreed import followed
from benchmarks.bench import Bench
from benchmarks.figures import Figure, Peer, timed
from benchmarks.measuring import Timing, take, timing
from benchmarks.studies import Team, current_round
from qcode.agreement import DocumentCodings, Unit, measure
from qcode.agreement.renewal import renew
from qcode.operations import assignments
from qcode.queries.agreement.figures import study_agreement
from qcode.queries.team import coders
from qcode.queries.transcripts.documents import documents
from qcode.study import Study

CORPUS: Final = Team(documents=100, words=11_700, codes=30, codings=19_000)
"""100 transcripts of 60,000 characters, about 62 passages of each of three coders in each."""

_UNITS: Final[tuple[Unit, ...]] = ("sentence", "character")
_DRAWS: Final = 1_000
_TIMES: Final = 1_000
"""How many times as long as this matrices of characters should take."""


@dataclass(frozen=True, slots=True)
class _Data:
    """What coders handed in, as values."""

    documents: tuple[DocumentCodings, ...]
    codes: tuple[str, ...]

    @property
    def what(self) -> str:
        """How much it is."""
        spans = sum(len(spans) for each in self.documents for spans in each.spans.values())
        length = sum(each.length for each in self.documents) / len(self.documents)
        return f"{len(self.documents)} × {length:,.0f} characters, {len(self.codes)} codes, {spans:,} passages"


def agree(bench: Bench) -> Iterator[Figure]:
    """The table as the Agree room shows it, from values and from the study, and what an edit leaves to do."""
    with bench.study(bench.cache.coded(bench.team)) as study:
        for unit in _UNITS:
            spent = timing(lambda: study_agreement(study, unit=unit), bench.runs(5))  # noqa: B023
            what = f"A: agreement on {bench.team.codes} codes of {bench.team.coders} coders, {unit}s"
            yield timed(f"agreement {unit}s A", what, spent, peers=bench.compared(peers.AGREEMENT))
    corpus = replace(CORPUS, documents=20, codings=3_800) if bench.quick else CORPUS
    with bench.study(bench.cache.coded(corpus)) as study:
        found = {unit: study_agreement(study, unit=unit) for unit in _UNITS}
        data = _Data(found["character"].measured.documents, found["character"].measured.layout.codes)
        yield from _from_values(bench, data)
        for unit in _UNITS:
            spent = timing(lambda: _of_study(study, unit), bench.runs(9))  # noqa: B023
            yield timed(f"agreement study {unit}s", f"C: … read from the study, {unit}s", spent)
        yield from _after_an_edit(bench, study)


def _of_study(study: Study, unit: Unit) -> None:
    study_agreement(study, unit=unit).measured.pairs()


def _from_values(bench: Bench, data: _Data) -> Iterator[Figure]:
    """All codes and all pairs, with intervals; then with draws, and the memory of both."""
    for unit in _UNITS:
        spent = timing(lambda: _all(data, unit), bench.runs(15))  # noqa: B023
        drawn = timing(lambda: _all(data, unit, draws=_DRAWS), bench.runs(9))  # noqa: B023
        what = f"C: {data.what}; all codes and pairs with intervals, {unit}s"
        other, note = _matrices(bench, data) if unit == "character" else ((), "")
        target = min([0.1, *(peer.seconds / _TIMES for peer in other)])
        yield timed(f"agreement {unit}s", what, spent, peers=other, target=target, note=note)
        yield timed(f"agreement {unit}s drawn", f"C: … and {_DRAWS:,} draws of documents", drawn, target=0.3)
        most = _most_memory(lambda: _all(data, unit, draws=_DRAWS))  # noqa: B023
        yield Figure(
            name=f"memory agreement {unit}s", what=f"C: the most memory that this takes, {unit}s", value=most,
            unit="bytes", target=100e6,
        )  # fmt: skip


def _all(data: _Data, unit: Unit, *, draws: int = 0) -> None:
    measured = measure(data.documents, data.codes, unit=unit)
    measured.table()
    measured.pairs()
    if draws:
        measured.replicates(times=draws, seed=1)


def _most_memory(deed: Callable[[], object]) -> int:
    """The most bytes that a deed holds at once, arrays among them."""
    tracemalloc.start()
    try:
        deed()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def _after_an_edit(bench: Bench, study: Study) -> Iterator[Figure]:
    """What is left to do when somebody hands one more document in: of values, of the study, and until it is shown."""
    lead, last = study.coder, documents(study)[-1].id
    before = study_agreement(study)
    for person in sorted((row.id for row in coders(study)), key=lambda one: one == lead):  # the lead, who opens, last
        before = study_agreement(study)
        study.act_as(person)
        assignments.hand_in_round(study, round_id=current_round(study), documents=[last])
    after = study_agreement(study, since=before)
    if study_agreement(study) != after:
        raise AssertionError("figures that follow an edit are not those that are computed anew")
    renewed = timing(lambda: renew(before.measured, after.measured.documents).table(), bench.runs(15))
    yield timed("agreement edit values", "C: one document more is handed in: the table renewed, of values", renewed)
    spent = timing(lambda: study_agreement(study, since=before), bench.runs(15))
    yield timed("agreement edit", "C: … with what is read from the study", spent, target=0.05)
    shown = followed(study, bench.runs(9))
    yield timed("agreement edit shown", "C: … until the Agree room shows it, computed beside it", shown.until)
    yield timed(
        "agreement edit window", "C: … of which the window's own thread, the longest piece", shown.held, target=0.05
    )


# The same by matrices ---------------------------------------------------------------------------------------------


def _matrices(bench: Bench, data: _Data) -> tuple[tuple[Peer, ...], str]:
    """What the alphas of all codes would take from matrices of every character; those of a few must be the same."""
    found = measure(data.documents, data.codes, unit="character").table()
    taken = []
    for row in found.codes[:: len(found.codes) if bench.quick else 10]:
        matrix = _matrix(data.documents, row.code, found.coders)
        spent, value = take(lambda: alpha(reliability_data=matrix, level_of_measurement="nominal"))  # noqa: B023
        if row.alpha is None or abs(row.alpha - float(value)) > 1e-9:
            raise AssertionError(f"alpha of {row.code} is {row.alpha} here and {value} there")
        taken.append(spent)
    spent_on_one = Timing.of(taken)
    peer = Peer("krippendorff.alpha, all codes without pairs", spent_on_one.wall * len(found.codes))
    note = (
        f"the same alpha to 1e-9 on {spent_on_one.runs} of {len(found.codes)} codes; intervals and pairs are ours alone"
    )
    return (peer,), note


def _matrix(data: Sequence[DocumentCodings], code: str, coders_there: Sequence[str]) -> np.ndarray:
    """By coder and character: marked or not, NaN where the coder did not hand in."""
    rows = [np.zeros((len(coders_there), each.length)) for each in data]
    for row, each in zip(rows, data, strict=True):
        for place, coder in enumerate(coders_there):
            if coder not in each.coders or (coder, code) in each.unseen:
                row[place] = np.nan
            for start, end in each.spans.get((coder, code), ()):
                row[place, start:end] = 1
    return np.concatenate(rows, axis=1)
