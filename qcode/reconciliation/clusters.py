"""Marks of one code that share words: who put it there, and whether all who were asked did so alike."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, NamedTuple

from qcode.reconciliation.wording import Ruler
from qcode.text.ranges import Range, overlap, union

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from qcode.reconciliation.values import DocumentMarks, Kept, Mark


class Measured(NamedTuple):
    """A mark, and where its first word begins and its last one ends."""

    first: int
    last: int
    mark: Mark

    @property
    def words(self) -> Range:
        """From its first word to its last."""
        return self.first, self.last


def touch(one: Range, other: Range) -> bool:
    """Whether two ranges share at least half of the shorter one."""
    shared = overlap(one, other)
    return shared > 0 and 2 * shared >= min(one[1] - one[0], other[1] - other[0])


def shared(one: Sequence[Range], other: Sequence[Range]) -> list[Range]:
    """What two sets of ranges, each sorted and apart, have in common."""
    out, first, second = list[Range](), 0, 0
    while first < len(one) and second < len(other):
        start, end = max(one[first][0], other[second][0]), min(one[first][1], other[second][1])
        if start < end:
            out.append((start, end))
        if one[first][1] < other[second][1]:
            first += 1
        else:
            second += 1
    return out


def without(one: Sequence[Range], other: Sequence[Range]) -> list[Range]:
    """What of a set of ranges is not in another; both are sorted and apart."""
    if not one or not other:
        return list(one)
    edges = [place for taken in other for place in taken]
    gaps = list(pairwise([min(one[0][0], edges[0]), *edges, max(one[-1][1], edges[-1])]))[::2]
    return shared(one, gaps)


def length(ranges: Iterable[Range]) -> int:
    """How long ranges are that lie apart."""
    return sum(end - start for start, end in ranges)


def same_words(ruler: Ruler, one: Iterable[Range], other: Iterable[Range]) -> bool:
    """Whether two sets of ranges hold the same words, however they are cut."""
    first, second = (union(filter(None, (ruler.measured(*place) for place in each))) for each in (one, other))
    if not first or not second:
        return first == second
    return not ruler.count([*without(first, second), *without(second, first)])


@dataclass(eq=False)
class Cluster:
    """Marks of one code, each of which shares words with another; ranges begin and end with words.

    `asked` are the coders who knew the code and were given the text, with those who put it there; `given` has the
    words of those who were not given all of the document.
    """

    code: str
    marks: list[Measured]
    asked: frozenset[str]
    given: Mapping[str, Sequence[Range]]
    ruler: Ruler

    @cached_property
    def of_coder(self) -> dict[str, list[Range]]:
        """What each coder marked."""
        found: dict[str, list[Range]] = {}
        for one in self.marks:
            found.setdefault(one.mark.coder, []).append(one.words)
        return {coder: union(words) for coder, words in found.items()}

    @cached_property
    def words(self) -> list[Range]:
        """What anybody marked."""
        return union(one.words for one in self.marks)

    @property
    def first(self) -> int:
        """Where the first word begins."""
        return self.words[0][0]

    @property
    def last(self) -> int:
        """Where the last word ends."""
        return self.words[-1][1]

    @cached_property
    def missing(self) -> frozenset[str]:
        """Who was asked and did not put the code there."""
        return self.asked - self.of_coder.keys()

    @cached_property
    def differing(self) -> int:
        """By how many words two coders differ most, on what both were given."""
        pairs = combinations(sorted(self.of_coder), 2)
        apart = [self._apart(one, other) for one, other in pairs]
        if self.missing:
            apart += [max(1, self._apart(one, other)) for one in self.of_coder for other in self.missing]
        return max(apart, default=0)

    def _apart(self, one: str, other: str) -> int:
        first = self._within(self.of_coder.get(one, []), other)
        second = self._within(self.of_coder.get(other, []), one)
        if first == second:
            return 0
        return self.ruler.count([*without(first, second), *without(second, first)] if second else first)

    def _within(self, words: list[Range], coder: str) -> list[Range]:
        return shared(words, self.given[coder]) if coder in self.given else words

    @cached_property
    def _alike(self) -> list[Range]:
        """The words of passages that all who were asked marked."""
        found: dict[Range, set[str]] = {}
        for one in self.marks:
            found.setdefault(one.words, set()).add(one.mark.coder)
        return sorted(words for words, coders in found.items() if coders >= self.asked)

    @cached_property
    def agreed(self) -> tuple[Kept, ...]:
        """The passages that all who were asked marked alike: to the character, or else all text that is marked so."""
        return tuple(kept for words in self._alike for kept in self._passage(words))

    def _passage(self, words: Range) -> list[Kept]:
        marks = [one for one in self.marks if one.words == words]
        found: dict[Range, set[str]] = {}
        for one in marks:
            found.setdefault(one.mark.place, set()).add(one.mark.coder)
        exact = sorted(place for place, coders in found.items() if coders >= self.asked)
        return [(self.code, *place) for place in exact] or self._text(marks)

    @property
    def unanimous(self) -> bool:
        """Whether whoever was asked of a word marked it, or nobody did."""
        return len(self.asked) > 1 and not self.differing

    def settled(self) -> tuple[Kept, ...]:
        """What is kept where all agree: the passages that all marked alike; where they cut them otherwise, all text."""
        if self._alike and not self.ruler.count(without(self.words, union(self._alike))):
            return self.agreed
        return tuple(dict.fromkeys([*self.agreed, *self._text(self.marks)]))

    def _text(self, marks: Iterable[Measured]) -> list[Kept]:
        return [(self.code, *place) for place in union(one.mark.place for one in marks)]


class Reading:
    """A document's marks in words, and what gathers around each code."""

    def __init__(self, document: DocumentMarks) -> None:
        self._document, self.ruler = document, Ruler(document.text, document.excluded)
        own = [mark for mark in document.marks if mark.coder in document.coders]
        found = ((self.ruler.measured(mark.start, mark.end), mark) for mark in own)
        self.marks = sorted(Measured(*words, mark) for words, mark in found if words is not None)
        self._given = {
            coder: union(words for place in parts if (words := self.ruler.measured(*place)) is not None)
            for coder, parts in document.parts.items()
        }

    def clusters(self) -> Iterator[Cluster]:
        """Every code's marks, those together that share words, from the beginning of the document."""
        by_code: dict[str, list[Measured]] = {}
        for one in self.marks:
            by_code.setdefault(one.mark.code, []).append(one)
        for code, marks in sorted(by_code.items()):
            reach = 0
            together: list[Measured] = []
            for one in marks:
                if together and one.first >= reach:
                    yield self._cluster(code, together)
                    together = []
                together.append(one)
                reach = max(reach, one.last) if len(together) > 1 else one.last
            yield self._cluster(code, together)

    def _cluster(self, code: str, marks: list[Measured]) -> Cluster:
        have = {one.mark.coder for one in marks}
        words = union(one.words for one in marks)
        rest = (
            coder
            for coder in self._document.coders - have
            if (coder, code) not in self._document.unseen and self._is_given(coder, words)
        )
        return Cluster(code, marks, frozenset([*have, *rest]), self._given, self.ruler)

    def _is_given(self, coder: str, words: list[Range]) -> bool:
        """Whether a coder was given at least half of these words."""
        return coder not in self._given or 2 * length(shared(words, self._given[coder])) >= length(words)
