"""Which codes stand together: on the same words, in the same turn, or in the same document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, get_args

from qcode.analysis.corpus import Cell, CountedCode
from qcode.errors import QcodeError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from qcode.analysis.corpus import Corpus, Mark
    from qcode.analysis.grid import Numbers

type By = Literal["overlap", "turn", "document"]

WAYS: Final[tuple[By, ...]] = get_args(By.__value__)

_NOTES: Final[Mapping[By, str]] = {
    "overlap": "Numbers are stretches of text that are under both codes; Jaccard’s index sets the words under both "
    "against those under either.",
    "turn": "Numbers are turns that passages of both codes touch, where nobody speaks, paragraphs; interviewers’ turns "
    "are not counted. Jaccard’s index sets them against the turns of either.",
    "document": "Numbers are documents in which both codes stand; Jaccard’s index sets them against the documents of "
    "either.",
}


class TooFewCodesError(QcodeError):
    """Nothing can stand together."""

    def __init__(self) -> None:
        super().__init__("Fewer than two codes have passages, so none stand together yet. Code some more first.")


@dataclass(frozen=True, slots=True)
class Node:
    """A code of a network with how many passages it has."""

    code: CountedCode
    passages: int


@dataclass(frozen=True, slots=True)
class Edge:
    """Two codes that stand together, by their ids, in the order of the codebook."""

    first: str
    second: str
    count: int
    jaccard: float


@dataclass(frozen=True, slots=True)
class Network:
    """Codes and what stands together; a code without edges is in it as well."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


@dataclass(frozen=True, eq=False)
class Cooccurrence:
    """How often each two codes stand together: `counts` by the places of `codes`, which have passages.

    On the diagonal stands how many stretches, turns or documents each code has itself. `jaccard` goes from 0 to 1;
    `note` says what the numbers are, `said` what was counted.
    """

    by: By
    codes: tuple[CountedCode, ...]
    counts: NDArray[np.int64]
    jaccard: NDArray[np.float64]
    note: str
    said: str
    corpus: Corpus

    def cell(self, first: str, second: str) -> Cell:
        """How often two codes stand together, with the passages of both that do."""
        at = [one.id for one in self.codes]
        count = int(self.counts[at.index(first), at.index(second)])
        return Cell(first, second, count, tuple(_together(self.corpus, self.by, {first, second})))

    def pairs(self, *, least: int = 1) -> tuple[Edge, ...]:
        """The pairs that stand together at least so often, the most frequent first."""
        import numpy as np

        found = zip(*np.nonzero(np.triu(self.counts, 1) >= max(1, least)), strict=True)
        edges = [
            Edge(self.codes[one].id, self.codes[two].id, int(self.counts[one, two]), float(self.jaccard[one, two]))
            for one, two in found
        ]
        return tuple(sorted(edges, key=lambda edge: -edge.count))

    def network(self, *, least: int = 1) -> Network:
        """The same as a network with those edges."""
        passages = dict.fromkeys((one.id for one in self.codes), 0)
        for mark in self.corpus.all_marks():
            if mark.code in passages:
                passages[mark.code] += 1
        return Network(tuple(Node(one, passages[one.id]) for one in self.codes), self.pairs(least=least))


def cooccurrence(corpus: Corpus, by: By = "overlap", *, codes: Collection[str] | None = None) -> Cooccurrence:
    """How often codes stand together, of all codes that have passages or of those chosen.

    Raises TooFewCodesError.
    """
    import numpy as np

    used = {mark.code for mark in corpus.all_marks()} & (corpus.rank.keys() if codes is None else set(codes))
    chosen = tuple(one for one in corpus.codes if one.id in used)
    if len(chosen) < 2:
        raise TooFewCodesError
    place = np.full(len(corpus.codes), -1, np.int64)
    place[[corpus.rank[one.id] for one in chosen]] = np.arange(len(chosen))
    if by == "overlap":
        counts, both, of = _overlapping(corpus, used, place)
    else:
        counts = _in_units(*_units(corpus, by), place, len(chosen))
        both, of = counts, np.diag(counts)
    either = of[:, None] + of[None, :] - both
    jaccard = np.divide(both, either, out=np.zeros(both.shape), where=either > 0)
    return Cooccurrence(by, chosen, counts, jaccard, _NOTES[by], corpus.said, corpus)


def _units(corpus: Corpus, by: By) -> tuple[Numbers, Numbers]:
    """By piece the turn, or by mark the document, and the code there."""
    import numpy as np

    if by == "turn":
        return corpus.grid.turn, corpus.grid.code
    number = {one.document: place for place, one in enumerate(corpus.texts)}
    marks = corpus.grid.marks
    where = np.array([number[mark.document] for mark in marks], np.int64)
    return where, np.array([corpus.rank[mark.code] for mark in marks], np.int64)


def _in_units(unit: Numbers, code: Numbers, place: Numbers, many: int) -> Numbers:
    """In how many units each two codes are."""
    import numpy as np

    kept = place[code] >= 0
    there = np.zeros((int(unit.max(initial=-1)) + 1, many))
    there[unit[kept], place[code[kept]]] = 1
    return np.rint(there.T @ there).astype(np.int64)


def _overlapping(corpus: Corpus, chosen: Collection[str], place: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """How many stretches each two codes share, how many words, and how many words each code has."""
    import numpy as np

    many = len(chosen)
    counts, both = np.zeros((many, many), np.int64), np.zeros((many, many), np.int64)
    for text in corpus.texts:
        own = [mark for mark in corpus.marks[text.document] if mark.code in chosen]
        codes = place[[corpus.rank[mark.code] for mark in own]] if own else np.zeros(0, np.int64)
        first = np.array([text.words_before(mark.start) for mark in own], np.int64)
        last = np.array([text.words_before(mark.end) for mark in own], np.int64)
        one, two = _pairs(own)
        shared = np.maximum(0, np.minimum(last[one], last[two]) - np.maximum(first[one], first[two]))
        np.add.at(counts, (codes[one], codes[two]), 1)
        np.add.at(both, (codes[one], codes[two]), shared)
        np.add.at(counts, (codes, codes), 1)
        np.add.at(both, (codes, codes), last - first)
    of = np.diag(both).copy()
    return _mirrored(counts), _mirrored(both), of


def _mirrored(half: Numbers) -> Numbers:
    """Both halves of a table of which each pair is in one; the diagonal stays."""
    import numpy as np

    full: Numbers = half + half.T - np.diag(np.diag(half))
    return full


def _pairs(marks: Sequence[Mark]) -> tuple[Numbers, Numbers]:
    """The pairs of marks of one document, in order, that share a character."""
    import numpy as np

    starts = np.array([mark.start for mark in marks], np.int64)
    ends = np.array([mark.end for mark in marks], np.int64)
    until = np.searchsorted(starts, ends)  # marks from the next one up to there begin before this one ends
    many = np.maximum(0, until - np.arange(len(marks)) - 1)
    one = np.repeat(np.arange(len(marks)), many)
    two = np.arange(int(many.sum())) - np.repeat(np.cumsum(many) - many, many) + one + 1
    return one, two


def _together(corpus: Corpus, by: By, pair: Collection[str]) -> Iterator[Mark]:
    """The passages of two codes that stand together, or of one with itself all that it has there."""
    if len(pair) == 1:
        yield from (mark for mark in corpus.all_marks() if mark.code in pair)
        return
    for text in corpus.texts:
        own = [mark for mark in corpus.marks[text.document] if mark.code in pair]
        if by == "document":
            yield from own if len({mark.code for mark in own}) == 2 else ()
        elif by == "overlap":
            one, two = _pairs(own)
            yield from (own[place] for place in sorted({*one.tolist(), *two.tolist()}))
        else:
            turns = {
                code: {
                    number
                    for mark in own
                    if mark.code == code
                    for number in text.turns_in(mark.start, mark.end)
                    if text.turns[number].counted
                }
                for code in pair
            }
            shared = set.intersection(*turns.values())
            yield from (mark for mark in own if not shared.isdisjoint(text.turns_in(mark.start, mark.end)))
