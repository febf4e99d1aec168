"""Where coders of one document differ: cases, out of what they marked.

What gathers around one code is unanimous, or a boundary that was drawn differently, or some did not put the code there
who were asked. Where two coders so stand against each other with two codes on the same words, these are one case.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from qcode.reconciliation.clusters import Cluster, Measured, Reading, touch
from qcode.reconciliation.values import Case, CaseKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qcode.reconciliation.values import DocumentMarks, Mark
    from qcode.reconciliation.wording import Ruler
    from qcode.text.ranges import Range


class Compared(NamedTuple):
    """The cases of a document in order, with what is unanimous; and the marks that nobody else was asked about.

    `ruler` counts the document in words, as they were compared.
    """

    cases: tuple[Case, ...]
    alone: tuple[Mark, ...]
    ruler: Ruler


def compare(document: DocumentMarks) -> Compared:
    """Where the coders of a document agree and differ."""
    reading = Reading(document)
    clusters = list(reading.clusters())
    several = [one for one in clusters if len(one.asked) > 1]
    alone = [one.mark for each in clusters if len(each.asked) < 2 for one in each.marks]
    others = _Marks(reading.marks)
    cases = [_case(document.document, group, others) for group in _groups(several)]
    ordered = sorted(cases, key=lambda case: (case.start, case.end, case.codes, case.marks))
    return Compared(tuple(ordered), tuple(sorted(alone)), reading.ruler)


def cases_of(documents: Iterable[DocumentMarks]) -> list[Case]:
    """The cases of several documents, document by document."""
    return [case for document in documents for case in compare(document).cases]


def _case(document: str, group: Sequence[Cluster], others: _Marks) -> Case:
    marks = tuple(sorted(one.mark for cluster in group for one in cluster.marks))
    kind = _kind(group, others)
    return Case(
        document,
        kind,
        min(mark.start for mark in marks),
        max(mark.end for mark in marks),
        tuple(sorted({cluster.code for cluster in group})),
        tuple(sorted(frozenset().union(*(cluster.asked for cluster in group)))),
        marks,
        max(cluster.differing for cluster in group),
        group[0].settled() if kind == "unanimous" else group[0].agreed,
    )


def _kind(group: Sequence[Cluster], others: _Marks) -> CaseKind:
    if len(group) > 1:
        return "different code"
    (cluster,) = group
    if not cluster.missing:
        return "unanimous" if cluster.unanimous else "boundary"
    there = all(others.touch(coder, cluster.marks) for coder in cluster.missing)
    return "extra code" if there else "overlooked"


class _Marks:
    """All marks of a document by coder, to be asked who has anything at a place."""

    def __init__(self, marks: Iterable[Measured]) -> None:
        self._of: dict[str, list[Measured]] = {}
        for one in marks:
            self._of.setdefault(one.mark.coder, []).append(one)
        self._longest = {coder: max(one.last - one.first for one in own) for coder, own in self._of.items()}

    def touch(self, coder: str, marks: Iterable[Measured]) -> bool:
        """Whether a coder has any code at these marks: one that shares half of the shorter with one of them."""
        return any(touch(own.words, one.words) for one in marks for own in self._near(coder, one.words))

    def _near(self, coder: str, words: Range) -> Iterator[Measured]:
        own = self._of.get(coder, [])
        for number in range(bisect_left(own, (words[1],)) - 1, -1, -1):
            if own[number].first <= words[0] - self._longest[coder]:
                return
            yield own[number]


# Codes against each other ------------------------------------------------------------------------------------------


def _groups(clusters: Sequence[Cluster]) -> list[list[Cluster]]:
    """The clusters, those together in which coders stand against each other with different codes.

    Pairs that fit best come together first; a group grows as long as one of its clusters stands against all others
    of it, so that passages that overlap like tiles do not become one case from end to end.
    """
    group_of = {cluster: [cluster] for cluster in clusters}
    against = set(_opposed(sorted((one for one in clusters if one.missing), key=lambda one: (one.first, one.code))))
    for one, other in sorted(against, key=_fit):
        joined = [*group_of[one], *group_of[other]]
        if group_of[one] is not group_of[other] and any(_stands_against(each, joined, against) for each in joined):
            for each in joined:
                group_of[each] = joined
    return list({id(group): group for group in group_of.values()}.values())


type _Pair = tuple[Cluster, Cluster]


def _stands_against(one: Cluster, others: Iterable[Cluster], against: set[_Pair]) -> bool:
    return all(other is one or (one, other) in against or (other, one) in against for other in others)


def _fit(pair: _Pair) -> tuple[float, int, int, str, str]:
    """The closer two clusters are to covering the same words, the earlier they come."""
    one, other = pair
    inside = min(one.last, other.last) - max(one.first, other.first)
    whole = max(one.last, other.last) - min(one.first, other.first)
    return -inside / whole, one.first, other.first, one.code, other.code


def _opposed(clusters: Sequence[Cluster]) -> Iterator[_Pair]:
    """Pairs of clusters of different codes in which two coders stand against each other; these come by first words."""
    open_ones: list[Cluster] = []
    for cluster in clusters:
        open_ones = [one for one in open_ones if one.last > cluster.first]
        yield from ((one, cluster) for one in open_ones if one.code != cluster.code and _swapped(one, cluster))
        open_ones.append(cluster)


def _swapped(one: Cluster, other: Cluster) -> bool:
    """Whether a coder has one code and not the other, and a colleague the other way round, on the same words."""
    first, second = other.missing & one.of_coder.keys(), one.missing & other.of_coder.keys()
    if not first or not second:
        return False
    return any(
        touch(mine.words, yours.words)
        for mine in one.marks
        if mine.mark.coder in first
        for yours in other.marks
        if yours.mark.coder in second
    )
