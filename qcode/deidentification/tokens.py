"""The words of a talk as the rules see them."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_TOKEN: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")

_CONTRACTED: Final = """
it's he's she's that's what's there's here's who's how's where's when's why's let's everybody's everyone's somebody's
someone's nobody's nothing's something's
"""
CONTRACTIONS: Final = frozenset(_CONTRACTED.split())
"""Words with an s after an apostrophe that possess nothing."""


class Token(NamedTuple):
    """A word with the apostrophes and hyphens inside it: the code points [start, end), as written and in small letters.

    The ending of a possessive belongs to no token.
    """

    start: int
    end: int
    text: str
    small: str


def tokens(text: str) -> list[Token]:
    """The words of a text in order."""
    found, known = [], dict[str, tuple[str, str]]()
    for match in _TOKEN.finditer(text):
        written = match[0]
        kept = known.get(written)
        if kept is None:
            known[written] = kept = _kept(written)
        start = match.start()
        found.append(Token(start, start + len(kept[0]), *kept))
    return found


def _kept(written: str) -> tuple[str, str]:
    """A word without the ending of a possessive, as written and in small letters."""
    small = written.lower().replace("’", "'")
    if small.endswith("'s") and small not in CONTRACTIONS:
        written, small = written[:-2], small[:-2]
    return written, small
