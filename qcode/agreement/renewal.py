"""A measurement after some documents were coded on: theirs is measured anew, all other is taken over."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from qcode.agreement.counts import Counts
from qcode.agreement.marks import Marks, ordered
from qcode.agreement.scope import coders_asked
from qcode.agreement.table import Measurement, measure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qcode.agreement.marks import Ints, Layout
    from qcode.agreement.values import DocumentCodings

_NONE = -1


@dataclass(frozen=True, slots=True)
class _Part:
    """A measurement of which some documents are taken; `place` says where in the whole, by document, or _NONE."""

    measured: Measurement
    place: Ints


def renew(before: Measurement, documents: Sequence[DocumentCodings]) -> Measurement:
    """What `measure` says of these documents, to the last digit, in the codes and the unit of an earlier measurement.

    Only documents that are not the very values of that time are measured; where the coders are others, all are.
    Raises as `measure` does.
    """
    known = {id(each): place for place, each in enumerate(before.documents)}
    names = {each.document: number for number, each in enumerate(documents)}
    changed = [each for each in documents if id(each) not in known]
    if len(names) < len(documents):
        raise ValueError("every document may come only once")
    if not changed and len(documents) == len(known) and _in_order(documents, before):
        return before
    place = np.full(len(known), _NONE)
    for number, each in enumerate(documents):
        if id(each) in known:
            place[known[id(each)]] = number
    if not _same_coders(before, place, changed):
        return measure(documents, before.layout.codes, unit=before.unit)
    parts = [_Part(before, place)]
    if changed:
        fresh = measure(changed, before.layout.codes, unit=before.unit, coders=before.layout.coders)
        parts.append(_Part(fresh, np.array([names[each.document] for each in changed])))
    return _joined(before, documents, parts)


def _same_coders(before: Measurement, place: Ints, changed: Sequence[DocumentCodings]) -> bool:
    """Whether it is certain that those who are asked of the documents are those of the earlier measurement."""
    kept = before.layout.present[:, :, place[before.owners] != _NONE].any(axis=(1, 2))
    staying = {coder for coder, there in zip(before.layout.coders, kept, strict=True) if there}
    return staying.union(*(coders_asked(each) for each in changed)) == set(before.layout.coders)


def _in_order(documents: Sequence[DocumentCodings], before: Measurement) -> bool:
    return all(one is other for one, other in zip(documents, before.documents, strict=True))


def _joined(before: Measurement, documents: Sequence[DocumentCodings], parts: Sequence[_Part]) -> Measurement:
    """The documents of all parts, block for block in the order of the documents."""
    owners = np.concatenate([part.place[part.measured.owners] for part in parts])
    order = _sorted(owners)
    layout = _layout([part.measured.layout for part in parts], order)
    return replace(
        before,
        documents=tuple(documents),
        owners=owners[order],
        marks=_marks(parts, order, layout),
        layout=layout,
        sums=_sums([part.measured.sums for part in parts], _sorted(np.concatenate([part.place for part in parts]))),
    )


def _sorted(places: Ints) -> Ints:
    """In which order to take what belongs to places, without what belongs nowhere."""
    return np.argsort(places, kind="stable")[np.count_nonzero(places == _NONE) :]


def _sums(sums: Sequence[Counts], columns: Ints) -> Counts:
    def taken(name: str) -> Any:
        # In rows, as they are counted: sums over columns would otherwise differ in the last digit.
        return np.ascontiguousarray(np.concatenate([getattr(one, name) for one in sums], axis=1)[:, columns])

    return Counts(*(taken(field.name) for field in fields(Counts)))


def _layout(layouts: Sequence[Layout], order: Ints) -> Layout:
    names = [name for layout in layouts for name in layout.documents]
    return replace(
        layouts[0],
        documents=tuple(names[block] for block in order),
        lengths=np.concatenate([layout.lengths for layout in layouts])[order],
        present=np.ascontiguousarray(np.concatenate([layout.present for layout in layouts], axis=2)[:, :, order]),
    )


def _marks(parts: Sequence[_Part], order: Ints, layout: Layout) -> Marks:
    """The marks of the blocks that stay, in the order that they have when all are measured at once."""
    blocks = [len(part.measured.layout.documents) for part in parts]
    whole = np.full(sum(blocks), _NONE)
    whole[order] = np.arange(len(order))
    cells, kept = [], []
    for part, first in zip(parts, np.cumsum([0, *blocks]), strict=False):
        code, block = np.divmod(part.measured.marks.cell, len(part.measured.layout.documents))
        place = whole[first + block]
        cells.append((code * len(order) + place)[place != _NONE])
        kept.append(part.measured.marks.where(place != _NONE))
    coder, start, end = (np.concatenate([getattr(marks, name) for marks in kept]) for name in ("coder", "start", "end"))
    return ordered(Marks(np.concatenate(cells), coder, start, end), layout)
