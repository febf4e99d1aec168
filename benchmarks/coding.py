"""Coding: one passage at a time until it is painted, and twenty thousand at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from benchmarks import peers
from benchmarks.bench import Bench
from benchmarks.figures import Figure, Floor, Peer, timed
from benchmarks.floors import all_codings, one_coding
from benchmarks.measuring import Timing, take
from benchmarks.opening import opened, sizes
from benchmarks.painting import Painted, Shown, code_room
from benchmarks.studies import current_round, placed_marks
from qcode.ids import CodeId, CodingId
from qcode.operations.coding import add_codings, apply_codes, remove_codings
from qcode.operations.passages import Passage
from qcode.queries.codebook.tree import codebook
from qcode.queries.transcripts.documents import documents
from qcode.study import Study

_FRAME = Floor(0.016, "one frame")


class _Hand:
    """Codes what is in sight of the long document, each time another passage."""

    def __init__(self, shown: Shown) -> None:
        self._shown = shown
        self._code = first_code(shown.study)
        sight = shown.room.view.paragraphs_in_sight()
        self._starts = count(sight[0].start, 3)
        self._end = sight[-1].start
        self.made: list[CodingId] = []

    def apply(self) -> Painted:
        """Put a code on a passage as the palette does, and wait for the paint."""
        room, start = self._shown.room, next(self._starts)
        room.view.select(start, self._end)
        before = set(self._mine())
        painted = self._shown.paints.of(lambda: room.applying.apply(self._code))
        self.made += set(self._mine()) - before
        return painted

    def remove(self) -> Painted:
        """Take the latest coding away."""
        coding = self.made.pop()
        return self._shown.paints.of(lambda: remove_codings(self._shown.study, [coding]))

    def undo(self) -> Painted:
        """Take the latest step back."""
        return self._shown.paints.of(self._shown.study.undo)

    def _mine(self) -> list[CodingId]:
        return [row.id for row in self._shown.room.desk.drawn]


def code_long(bench: Bench) -> Iterator[Figure]:
    """Applying, undoing and removing a code in a long document, from the deed to the paint."""
    with bench.study(bench.cache.coded(bench.long)) as study, code_room(study) as shown:
        hand, runs = _Hand(shown), bench.runs(21)
        hand.apply()
        applied = [hand.apply() for _ in range(runs)]
        removed = [hand.remove() for _ in range(runs)]
        undone = [hand.undo() for _ in range(runs)]
    yield from _repainted("apply B", "B: apply a code", applied, peers.APPLY)
    yield from _repainted("remove B", "B: remove a coding", removed, peers.REMOVE)
    yield from _repainted("undo B", "B: undo", undone)


def _repainted(name: str, what: str, runs: Sequence[Painted], others: tuple[Peer, ...] = ()) -> Iterator[Figure]:
    """From the deed, its commit included, until the text is painted; then the panels beside it."""
    text, room = Timing.of(run.text for run in runs), Timing.of(run.room for run in runs)
    yield timed(name, f"{what}, on disk and repainted", text, floor=_FRAME, peers=others, target=0.016)
    yield timed(f"{name} panels", "… and the panels beside it", room)


def code_study(bench: Bench) -> Iterator[Figure]:
    """One coding in a large study, from the deed to the disk and back."""
    with bench.study(bench.cache.coded(bench.team)) as study:
        chosen, document, code = current_round(study), documents(study)[-1].id, first_code(study)
        starts = count(10, 7)

        def commit() -> None:
            start = next(starts)
            apply_codes(study, passage=Passage(document, start, start + 90), codes=[code], round_id=chosen)

        commit()
        runs, floor = bench.runs(21), one_coding(bench, bench.team)
        committed = Timing.of([take(commit)[0] for _ in range(runs)])
        undone = Timing.of([take(study.undo)[0] for _ in range(runs)])
    yield timed("commit A", "A: one coding, on disk", committed, floor=floor)
    yield timed("undo A", "A: undo it, on disk", undone, floor=floor)


def code_at_once(bench: Bench) -> Iterator[Figure]:
    """Everybody's codings in one step, taken back, and done again."""
    size, steps = bench.team, []
    bare, coded = bench.cache.bare(size), bench.cache.coded(size)
    for _ in range(bench.runs(3)):
        with bench.study(bare) as study:
            marks, chosen = placed_marks(study, size), current_round(study)
            before = study.path.stat().st_size
            taken, _ids = take(lambda: add_codings(study, round_id=chosen, marks=marks))  # noqa: B023  # done at once
            steps.append((taken, study.path.stat().st_size - before, take(study.undo)[0], take(study.redo)[0]))
    codings = f"{size.codings:,} codings in one step"
    added = Timing.of(step[0] for step in steps)
    yield timed("add A", f"A: {codings}", added, floor=all_codings(bench, size))
    yield timed("undo all A", "A: undo that step", Timing.of(step[2] for step in steps))
    yield timed("redo all A", "A: do it again", Timing.of(step[3] for step in steps))
    yield Figure(
        name="size A", what="A: size of the file", value=coded.stat().st_size, unit="bytes",
        note=f"{steps[0][1] / size.codings:.0f} bytes for each coding, with its history",
    )  # fmt: skip


def grow(bench: Bench) -> Iterator[Figure]:
    """Opening and applying as the text grows."""
    for title, size in sizes(bench):
        with bench.study(bench.cache.coded(size)) as study, code_room(study) as shown:
            note = f"{size.codings:,} codings"
            painted, whole = opened(shown, bench.runs(5))
            yield timed(f"grow open {size.characters}", f"open {title}", painted, note=note)
            yield timed(f"grow open whole {size.characters}", "… and all codings known", whole)
            hand = _Hand(shown)
            hand.apply()
            applied = Timing.of([hand.apply().text for _ in range(bench.runs(9))])
            yield timed(f"grow apply {size.characters}", f"apply a code in {title}", applied, note=note)


def first_code(study: Study) -> CodeId:
    """A code that can be applied."""
    return next(row.id for row in codebook(study) if row.codable)
