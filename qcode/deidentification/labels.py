"""How names are written in labels and in names of files: "Alvarez, Ines (Guest)" and "InesAlvarez01"."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import count, pairwise
from typing import Final

_BEHIND: Final = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])\s*$")
_CODE: Final = re.compile(r"P[- ]?0*(\d{1,4})")
_RUNS: Final = re.compile(r"[^\W\d_]+|\d+|[\W_]+")
_SHORTEST_BEFORE_A_NUMBER: Final = 3


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


def words_apart(name: str) -> str:
    """The name of a file with its words apart: "InesAlvarez_01" is read as "Ines Alvarez 01".

    Words are parted at underscores, before a capital that follows a small letter, and between letters and digits; codes
    such as P03 or FG2 stay whole, and so do names that begin with Mc or Mac.
    """
    pieces: list[str] = []
    for run in _RUNS.findall(name.replace("_", " ")):
        before = pieces[-1] if pieces else ""
        letters = before if before[-1:].isalpha() else run if run.isalpha() and before[-1:].isdigit() else ""
        if letters and (before + run).isalnum() and len(letters) >= _SHORTEST_BEFORE_A_NUMBER:
            pieces.append(" ")
        pieces.append(run)
    return "".join(_at_capitals(piece) if piece.isalpha() else piece for piece in pieces)


def _at_capitals(word: str) -> str:
    parts = [0, *(at for at in range(1, len(word)) if word[at - 1].islower() and word[at].isupper()), len(word)]
    words = [word[start:end] for start, end in pairwise(parts)]
    return "".join(one if one in ("Mc", "Mac") else f"{one} " for one in words).rstrip()


def next_code(taken: Collection[str]) -> str:
    """The next study code, such as P07, that nobody has."""
    numbers = {int(found[1]) for code in taken if (found := _CODE.fullmatch(code.strip()))}
    return next(f"P{number:02d}" for number in count(1) if number not in numbers)
