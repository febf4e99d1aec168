"""Half-open ranges [start, end) of code points: trimmed, united and compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

type Range = tuple[int, int]


def trim(text: str, start: int, end: int) -> Range | None:
    """The range without whitespace at its two ends, or None where nothing else is in it.

    Raises ValueError for a range that does not lie inside the text.
    """
    if not 0 <= start <= end <= len(text):
        raise ValueError(f"[{start}, {end}) does not lie inside a text of {len(text)} characters")
    part = text[start:end]
    left = len(part) - len(part.lstrip())
    right = len(part.rstrip())
    return (start + left, start + right) if left < right else None


def union(ranges: Iterable[Range]) -> list[Range]:
    """The same characters as the ranges cover, as sorted ranges that neither overlap nor touch; empty ones vanish."""
    united: list[Range] = []
    for start, end in sorted(ranges):
        if start >= end:
            continue
        if united and start <= united[-1][1]:
            united[-1] = (united[-1][0], max(united[-1][1], end))
        else:
            united.append((start, end))
    return united


def overlap(first: Range, second: Range) -> int:
    """How many characters two ranges share."""
    return max(0, min(first[1], second[1]) - max(first[0], second[0]))
