"""What a coded text is made of when it is shown: turns and codings, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

type Role = Literal["interviewer", "participant", "other", "event"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's turn at talk: a range of the text, who speaks, in which role, and when in the recording."""

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
