"""What a speaker's label says about a name: directories write "Alvarez, Ines (Guest)" for Ines Alvarez."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import count
from typing import Final

_BEHIND: Final = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])\s*$")
_CODE: Final = re.compile(r"P[- ]?0*(\d{1,4})")


def other_forms(label: str) -> tuple[str, ...]:
    """The ways in which a name in a label is written elsewhere, without what stands behind it in brackets."""
    bare = label.strip()
    while (shorter := _BEHIND.sub("", bare)) != bare and shorter:
        bare = shorter
    forms = [bare]
    family, comma, given = (part.strip() for part in bare.partition(","))
    if comma and family and given and "," not in given:
        forms.append(f"{given} {family}")
    return tuple(form for form in dict.fromkeys(forms) if form and form != label)


def next_code(taken: Collection[str]) -> str:
    """The next study code, such as P07, that nobody has."""
    numbers = {int(found[1]) for code in taken if (found := _CODE.fullmatch(code.strip()))}
    return next(f"P{number:02d}" for number in count(1) if number not in numbers)
