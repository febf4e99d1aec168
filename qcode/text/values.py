"""What a coded text is made of when it is shown: turns and codings, as values.

Whoever shows them asks for no more than `AnyTurn` and `AnyCoding`, so rows of a query that know more serve as well.
They are compared by value and used as keys: they must be frozen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

type Role = Literal["interviewer", "participant", "other", "event"]


class Turn(NamedTuple):
    """One speaker's turn at talk: a range of the text, who speaks, in which role, and when in the recording.

    A tuple, since a long text has tens of thousands: a dataclass takes four times as long to make.
    """

    start: int
    end: int
    speaker: str | None = None
    role: Role = "participant"
    start_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Coding:
    """A code that one coder gave to a range of the text; `colour` is a palette slot, `coder` initials."""

    id: str
    code: str
    name: str
    colour: int
    start: int
    end: int
    coder: str = ""
    mine: bool = True
    comment: str = ""
    unsure: bool = False


class AnyTurn(Protocol):
    """Anything with the attributes of a `Turn`."""

    @property
    def start(self) -> int:
        """The first position inside."""

    @property
    def end(self) -> int:
        """The first position after it."""

    @property
    def speaker(self) -> str | None:
        """Who speaks, as shown."""

    @property
    def role(self) -> str:
        """A `Role`."""

    @property
    def start_ms(self) -> int | None:
        """When it begins in the recording."""


class AnyCoding(Protocol):
    """Anything with the attributes of a `Coding`."""

    @property
    def id(self) -> str:
        """What the coding is known by."""

    @property
    def code(self) -> str:
        """The code's id."""

    @property
    def name(self) -> str:
        """The code's name."""

    @property
    def colour(self) -> int:
        """The code's palette slot."""

    @property
    def start(self) -> int:
        """The first position inside."""

    @property
    def end(self) -> int:
        """The first position after it."""

    @property
    def coder(self) -> str:
        """The coder's initials."""

    @property
    def mine(self) -> bool:
        """Whether the coder is at this window."""

    @property
    def comment(self) -> str:
        """What the coder noted."""

    @property
    def unsure(self) -> bool:
        """Whether the coder was in doubt."""
