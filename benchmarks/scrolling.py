"""Moving through a long text under highlights: how long each frame takes until it is painted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import cycle
from statistics import quantiles

from benchmarks.bench import Bench
from benchmarks.figures import Figure, Floor, timed
from benchmarks.measuring import Taken, Timing
from benchmarks.painting import Shown, code_room

_FRAME = Floor(0.016, "one frame")
_PITCHES = (-64, 40, -24, 72)


def scroll_long(bench: Bench) -> Iterator[Figure]:
    """Scrolling by a row and by a page, and making the window wider and narrower, in data B."""
    runs = bench.runs(60)
    with bench.study(bench.cache.coded(bench.long)) as study, code_room(study) as shown:
        bar = shown.room.view.verticalScrollBar()
        bar.setValue(bar.maximum() // 3)
        by_row = _frames(shown, lambda: bar.setValue(bar.value() + 1), runs)
        by_page = _frames(shown, lambda: bar.setValue(bar.value() + bar.pageStep()), runs)
        far = cycle((0.9, 0.1, 0.6, 0.3))
        jumps = _frames(shown, lambda: bar.setValue(round(bar.maximum() * next(far))), runs)
        widths = cycle(_PITCHES)
        resized = _frames(shown, lambda: shown.room.resize(shown.room.width() + next(widths), 800), runs)
    yield _figure("scroll row B", "B: scroll by a row, a frame", by_row)
    yield _figure("scroll page B", "B: scroll by a page, a frame", by_page)
    yield _figure("scroll far B", "B: scroll to another part of the text, a frame", jumps)
    yield _figure("resize B", "B: resize the window, a frame", resized)


def _frames(shown: Shown, deed: Callable[[], object], runs: int) -> Sequence[Taken]:
    shown.paints.of(deed)
    return [shown.paints.of(deed).text for _ in range(runs)]


def _figure(name: str, what: str, frames: Sequence[Taken]) -> Figure:
    slowest = quantiles([frame.wall for frame in frames], n=20)[-1]
    note = f"95 of 100 frames within {slowest * 1000:.0f} ms"
    return timed(name, what, Timing.of(frames), floor=_FRAME, target=0.016, note=note)
