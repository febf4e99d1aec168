"""Times that files give as numbers, of which not every number is a time."""

from __future__ import annotations

import math
from typing import Final

LONGEST_MS: Final = 1_000 * 60 * 60 * 1_000
"""A thousand hours: no recording is longer, and a number beyond it is a mistake."""


def as_milliseconds(value: object, unit_ms: float = 1_000) -> int | None:
    """The milliseconds of a number of seconds, or of other units; None for what is no time of a recording.

    Numbers written as text are taken; NaN, infinity, negative numbers and absurdly large ones are not.
    """
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        exact = float(value) * unit_ms
    except (ValueError, OverflowError):
        return None
    return round(exact) if math.isfinite(exact) and 0 <= exact <= LONGEST_MS else None
