"""Reconciling: finding what coders differ in, listing and filtering it, and deciding a case until the next is there."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from benchmarks.bench import Bench, select
from benchmarks.figures import Figure, Floor, timed
from benchmarks.floors import write_rows
from benchmarks.measuring import Moment, Taken, Timing, take, timing
from benchmarks.panels import panel_of, process_until
from benchmarks.studies import current_round
from qcode.operations.reconciling import decide
from qcode.queries.disagreements.cases import CaseRow, Cases, disagreements
from qcode.study import Study
from qcode.ui.reconcile import ReconcileRoom

_SIZE = 1280, 740
_MARKS = """
SELECT coding.id, coding.document_id, coding.coder_id, coding.code_id, coding.start, coding.end FROM coding
JOIN assignment ON assignment.document_id = coding.document_id AND assignment.coder_id = coding.coder_id
WHERE coding.alive AND assignment.alive AND assignment.state = 'handed in'
ORDER BY coding.document_id, coding.start
"""
_DECIDED = {
    "decision": "SELECT * FROM decision",
    "change": "SELECT * FROM change WHERE kind = 'decision'",
    "step": "SELECT * FROM step WHERE id IN (SELECT step_id FROM change WHERE kind = 'decision')",
}


def reconcile(bench: Bench) -> Iterator[Figure]:
    """The queue of a whole round, and a session of decisions in it."""
    path = bench.cache.coded(bench.team)
    with bench.study(path) as study:
        round_id = current_round(study)
        floor = Floor(timing(lambda: select(path, _MARKS), bench.runs(9)).wall, "SQL, codings only")
        found = timing(lambda: Cases.of(study, round_id), bench.runs(5))
        cases = Cases.of(study, round_id)
        rows = cases.queue().rows
        listed = timing(lambda: cases.queue(state="open", order="pair"), bench.runs(15))
        one = rows[0].codes[:1]
        narrowed = timing(lambda: cases.queue(kinds=("boundary",), codes=one, order="document"), bench.runs(15))
        decided, wrote = _session(bench, study, cases)
    painted, written = _in_room(bench)
    what = f"A: {len(rows):,} open cases"
    yield timed("cases A", f"{what}, found anew", found, floor=floor)
    yield timed("list cases A", f"{what}, listed by pair of codes", listed, target=0.1, note="asked for: 5,000")
    yield timed("filter cases A", f"{what}, one kind and one code, by document", narrowed, target=0.1)
    yield timed(
        "decide A",
        f"{what}, one decided: written, the queue told anew",
        decided,
        floor=wrote,
        target=0.05,
    )
    yield timed("advance A", f"{what}, Enter in the room until the next case is painted", painted, target=0.05)
    yield timed("settle A", f"{what}, Enter in the room until all of it is written and shown", written)


def _session(bench: Bench, study: Study, cases: Cases) -> tuple[Timing, Floor]:
    """Deciding one case after another, each time until the next one is known."""
    known = [cases]
    open_cases = cases.queue(kinds=("boundary",)).rows[: bench.runs(15) + 1]
    taken = [take(lambda: _advance(study, known, row))[0] for row in open_cases][1:]  # noqa: B023
    left = known[-1].queue().open
    if left != cases.queue().open - len(open_cases):
        raise AssertionError(f"{len(open_cases)} cases were decided, and {left} are open")
    return Timing.of(taken), _floor(bench, study)


def _advance(study: Study, known: list[Cases], row: CaseRow) -> CaseRow | None:
    decide(study, row, outcome="union", reason="boundary rule")
    known.append(Cases.of(study, row.round, before=known[-1]))
    return next(iter(known[-1].queue().rows), None)


def _floor(bench: Bench, study: Study) -> Floor:
    """The same rows written by SQLite alone, each decision in a transaction of its own."""
    rows = {table: select(study.path, statement) for table, statement in _DECIDED.items()}
    path = bench.copy(bench.cache.coded(bench.team))
    singles = [
        {"step": [(f"{number:032x}", *rows["step"][0][1:])], "decision": [one], "change": [rows["change"][number]]}
        for number, one in enumerate(islice(rows["decision"], 1 + bench.runs(15)))
    ]
    return Floor(Timing.of([take(lambda: write_rows(path, one))[0] for one in singles][1:]).wall, "SQL")  # noqa: B023


def _in_room(bench: Bench) -> tuple[Timing, Timing]:
    """From the key that confirms a decision until the next case is painted, and until the decision is on the disk."""
    with bench.study(bench.cache.coded(bench.team)) as study, panel_of(study, ReconcileRoom) as room:
        room.resize(*_SIZE)
        process_until(lambda: not room.computing and room.case is not None)
        taken = [_confirmed(room) for _ in range(bench.runs(9) + 1)]
        decided = disagreements(study, round_id=current_round(study), state="decided").decided
    if decided != len(taken):
        raise AssertionError(f"{len(taken)} cases were confirmed, and {decided} are decided")
    return Timing.of(painted for painted, _written in taken[1:]), Timing.of(written for _painted, written in taken[1:])


def _confirmed(room: ReconcileRoom) -> tuple[Taken, Taken]:
    """The room paints the next case before it writes, which is told by `confirmed`."""
    before, painted = room.case, list[Moment]()
    room.deciding.choose("none")
    process_until(lambda: room.deciding.draft is not None)
    room.deciding.confirmed.connect(lambda: painted.append(Moment.now()))
    started = Moment.now()
    room.deciding.confirm()
    process_until(lambda: room.case is not before)
    return painted[0].since(started), Moment.now().since(started)
