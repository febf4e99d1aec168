"""Aligning the turns of an original with those of its translation by how long they are, who speaks, and when.

W. A. Gale and K. W. Church, "A Program for Aligning Sentences in Bilingual Corpora", Computational Linguistics 19
(1993), pp. 75-102: a stretch of one language becomes a stretch of the other whose length differs by chance alone, and
dynamic programming finds the alignment that is most probable. Theirs are the variance of a code point and the chances
of one turn becoming one, two, or none. Turns are longer than sentences and a translator's style goes through all of a
long one, so that a part of the spread grows with the length; and turns tell more than sentences do: a voice that
speaks on both sides, and the time in a recording, where both texts have it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from math import erfc, log, sqrt
from typing import TYPE_CHECKING, Final, NamedTuple

from qcode.text.aligned import Pair

if TYPE_CHECKING:
    from numpy import float64, int8, int64
    from numpy.typing import NDArray

_VARIANCE: Final = 6.8
_STYLE: Final = 0.12
_CHANCES: Final = {
    (1, 1): 0.89,
    (1, 0): 0.0099,
    (2, 1): 0.0445,
    (1, 2): 0.0445,
    (2, 2): 0.011,
    (3, 1): 0.004,
    (1, 3): 0.004,
    (4, 1): 0.002,
    (1, 4): 0.002,
}
_BEADS: Final = tuple(_CHANCES)
_ONE_NONE: Final = _BEADS.index((1, 0))
_SKIP: Final = len(_BEADS)
_MOST: Final = 4
_OTHER_VOICE, _UNKNOWN_VOICE, _CHANGE = 4.0, 1.0, 3.0
_MS_APART, _MOST_APART = 3_000.0, 6.0
_STEPS, _FARTHEST = 32, 64.0
_WHOLE_TABLE: Final = 1_000_000
_BAND: Final = 250


class Piece(NamedTuple):
    """A turn as the alignment sees it: its code points, who speaks (0 is unknown), and when in the recording."""

    length: int
    voice: int = 0
    start_ms: int | None = None


def align(original: Sequence[Piece], translation: Sequence[Piece], kept: Sequence[Pair] = ()) -> list[Pair]:
    """The links between two texts; those `kept` stay as they are, and only what lies between them is aligned.

    A text of one turn says all that the other says. The work grows with the product of both numbers of turns, where
    that is above a million with their sum by a band around what is equally far in both.
    """
    if not kept and 1 in (len(original), len(translation)) and original and translation:
        return [Pair((0, len(original)), (0, len(translation)))]
    edge = Pair((len(original), len(original)), (len(translation), len(translation)))
    found: list[Pair] = []
    for before, after in pairwise([Pair((0, 0), (0, 0)), *kept, edge]):
        at, there = before.original[1], before.translation[1]
        between = _aligned(original[at : after.original[0]], translation[there : after.translation[0]])
        found += [Pair((i + at, j + at), (k + there, m + there)) for (i, j), (k, m) in between]
        found += [after] if after.linked else []
    return found


def _aligned(original: Sequence[Piece], translation: Sequence[Piece]) -> list[Pair]:
    if not original or not translation:
        return []
    table = _Table(original, translation)
    table.fill()
    return table.read()


class _Side:
    """One text in columns: for each way to join turns (one a row), by the number of turns up to there.

    How long the joined ones are together, how often the voice changes between them, and who begins, who ends, and
    when. Looking back goes into nothing before the first turn, which costs more than anything.
    """

    def __init__(self, pieces: Sequence[Piece], joined: Sequence[int]) -> None:
        import numpy as np

        def padded(values: Sequence[float]) -> NDArray[float64]:
            return np.concatenate([np.zeros(_MOST), np.asarray(values, dtype=np.float64)])

        voices = padded([0, *(piece.voice for piece in pieces)]).astype(np.int64)
        when = padded([np.nan, *(np.nan if piece.start_ms is None else piece.start_ms for piece in pieces)])
        ends = padded([0, *np.cumsum([piece.length for piece in pieces])])
        changes = np.cumsum(np.concatenate([[0.0], voices[1:] != voices[:-1]]))
        places = np.arange(_MOST, _MOST + len(pieces) + 1)
        back = np.array(joined).reshape(-1, 1)
        begin = places - np.maximum(back - 1, 0)
        self.count = len(pieces)
        self.ends, self.each = ends[_MOST:], np.diff(ends)[_MOST - 1 :]
        self.total = float(ends[-1])
        self.length: NDArray[float64] = ends[places] - ends[places - back]
        self.changes: NDArray[float64] = _CHANGE * (changes[places] - changes[begin])
        self.first: NDArray[int64] = voices[begin]
        self.last: NDArray[int64] = voices[places]
        self.when: NDArray[float64] = when[begin]


class _Table:
    """What the best alignment of the first turns of both texts costs, in a band, and how it was come by."""

    def __init__(self, original: Sequence[Piece], translation: Sequence[Piece]) -> None:
        import numpy as np

        self._down = _Side(original, [joined for joined, _there in _BEADS])
        self._across = _Side(translation, [there for _joined, there in _BEADS])
        self._ratio = (self._across.total or 1.0) / (self._down.total or 1.0)
        self._costs = np.array(_costs_of_distance())
        self._chances = np.array([[-log(chance)] for chance in _CHANCES.values()])
        self._timed = bool(np.isfinite(self._down.when).any() and np.isfinite(self._across.when).any())
        self._first, self._last = self._meetings()
        self._low, self._width = self._band()
        self._came_by: NDArray[int8] = np.full((self._down.count + 1, self._width), _SKIP, dtype=np.int8)
        self._skip_down = self._skipping(self._down, self._ratio)
        self._skip_across = np.cumsum(self._skipping(self._across, 1.0))

    def fill(self) -> None:
        """Work out all costs, turn by turn of the original."""
        import numpy as np

        count = _MOST + self._across.count + 1
        begin = np.full(count, np.inf)
        begin[_MOST:] = self._skip_across
        rows = [*(np.full(count, np.inf) for _ in range(_MOST - 1)), begin]
        for turn in range(1, self._down.count + 1):
            rows = [*rows[1:], self._row(turn, rows)]

    def read(self) -> list[Pair]:
        """The links of the best alignment."""
        links: list[Pair] = []
        down, across = self._down.count, self._across.count
        while down or across:
            by = int(self._came_by[down, across - self._low[down]]) if down else _SKIP
            joined, there = (0, 1) if by == _SKIP else _BEADS[by]
            if joined and there:
                links.append(Pair((down - joined, down), (across - there, across)))
            down, across = down - joined, across - there
        return links[::-1]

    def _band(self) -> tuple[list[int], int]:
        """For each turn of the original the first of the translation to look at, and how many from there."""
        import numpy as np

        down, across = self._down, self._across
        if down.count * across.count <= _WHOLE_TABLE:
            return [0] * (down.count + 1), across.count + 1
        half = max(_BAND, max(down.count, across.count) // 20)
        width = min(2 * half, across.count) + 1
        middle = np.searchsorted(across.ends, down.ends * self._ratio)
        low = np.clip(middle - half, 0, across.count + 1 - width)
        low[0], low[-1] = 0, across.count + 1 - width
        return [int(one) for one in low], width

    def _meetings(self) -> tuple[NDArray[float64], NDArray[float64]]:
        """What it costs, for each voice of the original, that whoever begins or ends in the translation answers it."""
        import numpy as np

        down, across = self._down, self._across
        count = 1 + max(int(side.last.max()) for side in (down, across))
        costs = np.full((count, count), _OTHER_VOICE)
        np.fill_diagonal(costs, 0.0)
        costs[0, :] = costs[:, 0] = _UNKNOWN_VOICE
        return costs[:, across.first] / 2, costs[:, across.last] / 2

    def _row(self, turn: int, rows: Sequence[NDArray[float64]]) -> NDArray[float64]:
        import numpy as np

        low = self._low[turn]
        here = slice(low, low + self._width)
        ways = self._match(turn, here)
        for number, (joined, there) in enumerate(_BEADS):
            begin = _MOST + low - there
            ways[number] += rows[-joined][begin : begin + self._width]
        by = ways.argmin(axis=0)
        best = ways[by, np.arange(self._width)]
        skipped = self._skip_across[here]
        now = np.minimum.accumulate(best - skipped) + skipped
        self._came_by[turn] = np.where(now < best - 1e-9, _SKIP, by)
        row = np.full(len(rows[-1]), np.inf)
        row[_MOST + low : _MOST + low + self._width] = now
        return row

    def _match(self, turn: int, here: slice) -> NDArray[float64]:
        """What each way costs to let turns up to here say the same as turns of the translation."""
        down, across = self._down, self._across
        cost = self._unlike(down.length[:, turn, None] * self._ratio, across.length[:, here])
        firsts = self._first[down.first[:, turn], range(len(_BEADS)), here]
        cost += firsts + self._last[down.last[turn]][here]
        cost += self._chances + down.changes[:, turn, None] + across.changes[:, here]
        if self._timed:
            cost += self._apart(down.when[:, turn, None], across.when[:, here])
        cost[_ONE_NONE] = self._skip_down[turn]
        return cost

    def _apart(self, when: NDArray[float64], others: NDArray[float64]) -> NDArray[float64]:
        import numpy as np

        return np.minimum(np.nan_to_num(np.abs(others - when) / _MS_APART, nan=0.0), _MOST_APART)

    def _unlike(self, length: NDArray[float64] | float, others: NDArray[float64]) -> NDArray[float64]:
        """What a difference in length costs: minus the logarithm of how probable one as large is."""
        import numpy as np

        middle = (others + length) / 2 + 1e-9
        distance = (others - length) ** 2 / (middle * (_VARIANCE + _STYLE * _STYLE * middle))
        return self._costs[(np.minimum(distance, _FARTHEST) * _STEPS).astype(np.int64)]

    def _skipping(self, side: _Side, ratio: float) -> NDArray[float64]:
        """What it costs to leave each turn of a text without a counterpart; nothing for the place before the first."""
        costs = self._unlike(0.0, side.each * ratio) - log(_CHANCES[1, 0])
        costs[0] = 0.0
        return costs


@cache
def _costs_of_distance() -> list[float]:
    """By squared distance from the middle of a normal distribution: -log of how much of it is as far out."""
    places = (step / _STEPS for step in range(int(_FARTHEST * _STEPS) + 1))
    return [-log(erfc(sqrt(place / 2))) for place in places]
