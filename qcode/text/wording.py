"""The words of one turn as somebody types them anew: made canonical, and held against those before."""

from __future__ import annotations

import re
from typing import NamedTuple

from qcode.text.canonical import Notes, normalise
from qcode.text.edits import Edit, edits_between

LONGEST_TURN = 200_000
_NO_CHARACTERS = re.compile("[\x00\ud800-\udfff\ufdd0\ufdd1\ufffc]")


class Wording(NamedTuple):
    """A turn's new words, what was changed to make them canonical, and the edits that lead to them."""

    words: str
    notes: Notes
    edits: list[Edit]


def wording(before: str, typed: str, *, at: int = 0) -> Wording:
    """What becomes of a turn that stands at `at` with the words `before` when `typed` is written instead."""
    clean, dropped = _NO_CHARACTERS.subn("", typed)
    canonical, notes = normalise(clean)
    words = canonical.strip()
    if dropped:
        notes = (*notes, ("signs that are no characters removed", dropped))
    return Wording(words, notes, edits_between(before, words, at=at))
