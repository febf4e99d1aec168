"""The lanes of a case as they are shown: lettered, and shuffled without names as long as it is open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from qcode.ids import CoderId
from qcode.queries.disagreements import CaseRow, Lane

LETTERS = "ABCDEFGJ"
"""The letters of lanes, which are keys; other letters mean other things in this room."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A lane under its letter; `name` is empty while names are hidden."""

    letter: str
    lane: Lane
    name: str = ""

    @property
    def said(self) -> str:
        """The letter, and the name where it is shown."""
        return f"{self.letter}, {self.name}" if self.name else self.letter


def seats(case: CaseRow, *, named: bool) -> tuple[Seat, ...]:
    """The lanes of a case: by name where names are shown, else in an order that says nothing and never changes."""
    if named:
        lanes = sorted(case.lanes, key=lambda lane: (lane.name.casefold(), lane.coder))
    else:
        lanes = sorted(case.lanes, key=lambda lane: _shuffled(case.id, lane.coder))
    return tuple(
        Seat(LETTERS[place] if place < len(LETTERS) else str(place + 1), lane, lane.name if named else "")
        for place, lane in enumerate(lanes)
    )


def letter_of(known: Iterable[Seat], coder: CoderId | None) -> str:
    """The letter under which a coder's lane is shown; empty for nobody's."""
    return next((seat.letter for seat in known if seat.lane.coder == coder), "")


def _shuffled(case: str, coder: str) -> bytes:
    return sha256(f"{case} {coder}".encode()).digest()
