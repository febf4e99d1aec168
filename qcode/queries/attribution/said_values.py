"""Whether words say something that is recorded about somebody."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from qcode.text.typed import fold

_LEAST: Final = 3


def says(words: str, value: str) -> bool:
    """Whether words say a value by itself, however it is cased; values of one or two characters are not looked for."""
    tidy = fold(value)
    return len(tidy) >= _LEAST and _found_by(tidy).search(fold(words)) is not None


@cache
def _found_by(value: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(value)}(?:s|es)?(?!\w)")
