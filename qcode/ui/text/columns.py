"""How the width is shared between the speakers, the text and the stripes."""

from __future__ import annotations

from typing import NamedTuple

MEASURE = 66
_LEAST_MEASURE = 36
_LEAST_SPEAKERS = 64
_LEAST_STRIPES = 48
_STRIPES = 232


class Columns(NamedTuple):
    """Widths in pixels, from left to right; together they are the width that was shared."""

    speakers: int
    text: int
    stripes: int


def columns_for(width: int, letter: float, speakers: int, padding: int) -> Columns:
    """Text first, up to its measure; then speakers; then stripes; what is left stands a third left, the rest right.

    `letter` is the average width of one, `speakers` what their margin would like, `padding` what the text needs beside.
    """
    full = round(letter * MEASURE) + padding
    least = round(letter * _LEAST_MEASURE) + padding
    left = min(speakers, max(_LEAST_SPEAKERS, width - least - _LEAST_STRIPES))
    text = max(min(full, width - left - _LEAST_STRIPES), min(least, width))
    left = min(left, max(width - text, 0))
    spare = max(width - left - text - _STRIPES, 0)
    left += spare // 3
    return Columns(left, text, max(width - left - text, 0))
