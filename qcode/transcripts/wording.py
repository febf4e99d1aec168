"""Counted nouns for the sentences that users read."""

from __future__ import annotations


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun: "1 line", "2 lines", "1,200 entries"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
