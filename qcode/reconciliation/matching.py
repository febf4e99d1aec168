"""Which case a decision is about today, and what became of the marks that it rests on.

Cases come and go with a late hand-in, a correction, or codes that were merged; decisions stay. One belongs to the case
that has most of its marks or, if none is there any more, to the one about its codes that overlaps most.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from qcode.reconciliation.clusters import touch
from qcode.text.ranges import overlap

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from qcode.reconciliation.values import Case, Mark, WhatChanged
    from qcode.reconciliation.wording import Ruler
    from qcode.text.ranges import Range

type Words = tuple[str, str, Range]
"""Whose mark, of which code, on which words."""


class Judged(NamedTuple):
    """A decision with the marks it rests on and the range it is about, in the current text; later ones sort behind."""

    id: str
    at: str
    start: int
    end: int
    codes: tuple[str, ...]
    marks: tuple[Mark, ...]


class Became(NamedTuple):
    """What became of a mark of a decision's evidence, or what came in: whose, and of which code."""

    what: WhatChanged
    coder: str
    code: str


def matched(cases: Sequence[Case], decisions: Iterable[Judged]) -> dict[str, int]:
    """The number of the case that each decision belongs to; those that belong to none are not in it."""
    owner = {mark.coding: number for number, case in enumerate(cases) for mark in case.marks}
    about: dict[str, list[tuple[int, Case]]] = {}
    for number, case in enumerate(cases):
        for code in case.codes:
            about.setdefault(code, []).append((number, case))
    found = ((one.id, _by_marks(one, owner), one) for one in decisions)
    places = ((key, number if number is not None else _by_place(one, about)) for key, number, one in found)
    return {key: number for key, number in places if number is not None}


def _by_marks(decision: Judged, owner: Mapping[str, int]) -> int | None:
    votes = Counter(owner[mark.coding] for mark in decision.marks if mark.coding in owner)
    return min(votes, key=lambda number: (-votes[number], number)) if votes else None


def _by_place(decision: Judged, about: Mapping[str, Sequence[tuple[int, Case]]]) -> int | None:
    place = decision.start, decision.end
    there = [
        (-overlap(place, (case.start, case.end)), number)
        for code in decision.codes
        for number, case in about.get(code, ())
        if touch(place, (case.start, case.end))
    ]
    return min(there)[1] if there else None


def is_as_judged(decision: Judged, now: Iterable[Mark]) -> bool:
    """Whether the marks of a case are, place by place, those that were judged, as nearly always: nothing changed."""
    return {mark[1:] for mark in decision.marks} == {mark[1:] for mark in now}


def changes(decision: Judged, now: Iterable[Mark], standing: Container[Words], ruler: Ruler) -> list[Became]:
    """What differs between the marks that were judged and those of the case `now`.

    A mark that stands as it was, though in another case by now, is no change: `standing` are those of the document.
    """
    before = {words_of(mark, ruler): mark for mark in decision.marks}
    after = {words_of(mark, ruler): mark for mark in now}
    gone = [mark for words, mark in before.items() if words not in after and words not in standing]
    new = [mark for words, mark in after.items() if words not in before]
    return list(dict.fromkeys(sorted(_told(gone, new), key=lambda one: (one.coder, one.code, one.what))))


def _told(gone: Sequence[Mark], new: Sequence[Mark]) -> Iterator[Became]:
    left = list(new)
    for mark in gone:
        other = _heir(mark, left)
        if other is None:
            yield Became("removed", mark.coder, mark.code)
        else:
            left.remove(other)
            yield Became("moved" if other.code == mark.code else "recoded", other.coder, other.code)
    yield from (Became("added", mark.coder, mark.code) for mark in left)


def _heir(mark: Mark, new: Iterable[Mark]) -> Mark | None:
    """The mark that another one became: the same coding, else the same coder's of the code, else on the same words."""
    own = [one for one in new if one.coder == mark.coder]
    same = [one for one in own if one.coding == mark.coding] or [one for one in own if one.code == mark.code]
    return next(iter(same or [one for one in own if touch(one.place, mark.place)]), None)


def words_of(mark: Mark, ruler: Ruler) -> Words:
    """What a mark says, in words."""
    return mark.coder, mark.code, ruler.measured(mark.start, mark.end) or mark.place
