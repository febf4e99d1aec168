"""In which order the coders of a case stand while nobody is to know who they are."""

from __future__ import annotations

from hashlib import sha256
from typing import Final

from qcode.queries.disagreements.rows import CaseRow, Lane

LETTERS: Final = "ABCDEFGJ"
"""The letters of lanes: others mean other things where a case is decided by keys."""


def shuffled(case: CaseRow) -> tuple[Lane, ...]:
    """The lanes of a case in an order that says nothing, and that is the same wherever the case is shown."""
    return tuple(sorted(case.lanes, key=lambda lane: sha256(f"{case.id} {lane.coder}".encode()).digest()))


def letter(place: int) -> str:
    """The letter of a lane by its place, or a number where letters end."""
    return LETTERS[place] if place < len(LETTERS) else str(place + 1)
