"""What a search found, as a room sees it that walks through hits."""

from __future__ import annotations

from typing import Protocol


class Hits(Protocol):
    """Hits in transcripts, in the order in which they are listed."""

    @property
    def asked(self) -> str:
        """What was looked for."""

    @property
    def position(self) -> tuple[int | None, int]:
        """At which hit one is, from 0, if one went to any; and how many there are."""

    def step(self, by: int) -> None:
        """Show the next hit (1) or the one before (-1)."""
