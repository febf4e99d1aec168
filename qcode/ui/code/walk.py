"""From coding to coding through a document."""

from __future__ import annotations

from collections.abc import Iterable

from qcode.queries.codings import CodingRow
from qcode.text.ranges import Range


def next_coding(rows: Iterable[CodingRow], here: Range, current: str | None, step: int) -> CodingRow | None:
    """The next coding (1) or the one before (-1) in the order of the text, longer ones first where several begin.

    `current` is the coding one stands on, if any; without it the walk goes on from what is selected, or the caret,
    `here`. Past the last comes the first.
    """
    walk = sorted(rows, key=_place)
    if not walk:
        return None
    ids: list[str] = [row.id for row in walk]
    spans = [(row.start, row.end) for row in walk]
    at = ids.index(current) if current is not None and current in ids else spans.index(here) if here in spans else None
    if at is not None:
        return walk[(at + step) % len(walk)]
    if step > 0:
        return next((row for row in walk if row.start >= here[0]), walk[0])
    return next((row for row in reversed(walk) if row.start < here[0]), walk[-1])


def _place(row: CodingRow) -> tuple[int, int, str, str]:
    return row.start, -row.end, row.name, row.id
