"""The lanes of a case as they are shown: lettered, and shuffled without names as long as it is open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from qcode.ids import CoderId
from qcode.queries.disagreements.cases import CaseRow, Lane
from qcode.queries.disagreements.lane_order import LETTERS, letter, shuffled

__all__ = ["LETTERS", "Seat", "letter_of", "seats"]


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
    by_name = sorted(case.lanes, key=lambda lane: (lane.name.casefold(), lane.coder))
    lanes = by_name if named else shuffled(case)
    return tuple(Seat(letter(place), lane, lane.name if named else "") for place, lane in enumerate(lanes))


def letter_of(known: Iterable[Seat], coder: CoderId | None) -> str:
    """The letter under which a coder's lane is shown; empty for nobody's."""
    return next((seat.letter for seat in known if seat.lane.coder == coder), "")
