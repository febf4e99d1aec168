"""How the width is shared between the speakers, the text and the stripes."""

from __future__ import annotations

from typing import NamedTuple

MEASURE = 66
_COMFORTABLE = 52
_LARGE = 100
_LEAST_MEASURE = 36
_LEAST_SPEAKERS = 64
_LEAST_STRIPES = 48
_NAMED_STRIPES = 150
_WIDE_STRIPES = 232


class Columns(NamedTuple):
    """Widths in pixels, from left to right; together they are the width that was shared."""

    speakers: int
    text: int
    stripes: int


def columns_for(
    width: int, letter: float, names: int, names_and_times: int, padding: int, measure: int | None = MEASURE
) -> Columns:
    """A comfortable text first, then names beside the stripes, then the full measure, then times beside the names.

    `measure` is how many letters a line holds at most, None for all that there is room for; one beyond the usual is
    wanted more than names beside the stripes. `letter` is the average width of one, `names` and `names_and_times` what
    the speakers' margin would like, `padding` what the text needs at its sides. Where there is less than all of that,
    the margins give way before the text; what is left over stands a third at the left and the rest at the right.
    """
    enough = _LARGE if measure is None or measure > MEASURE else _COMFORTABLE
    least, comfortable = (round(letter * count) + padding for count in (_LEAST_MEASURE, enough))
    full = width if measure is None else round(letter * measure) + padding
    left = names_and_times if width >= names_and_times + full + _NAMED_STRIPES else names
    left = max(min(left, width - least - _LEAST_STRIPES), min(_LEAST_SPEAKERS, width))
    text = min(full, max(width - left - _NAMED_STRIPES, min(comfortable, width - left - _LEAST_STRIPES)))
    text = max(text, min(least, width))
    left = min(left, width - text)
    left += max(width - left - text - _WIDE_STRIPES, 0) // 3
    return Columns(left, text, width - left - text)
