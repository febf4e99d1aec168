"""Typed text looked through for names that are known."""

from __future__ import annotations

from collections.abc import Sequence

from qcode.deidentification.forms import Forms


def screen(text: str, names: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Where any of the names stands in a text, as code points [start, end), in order and apart.

    Case, accents and the kind of apostrophe make no difference; the ending of a possessive or plural is left out. An
    ordinary word that is a name, such as Will, is one with its capital alone.
    """
    return tuple((found.start, found.end) for found in Forms((name, None) for name in names).find(text))
