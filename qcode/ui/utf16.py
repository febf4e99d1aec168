"""The border between Python's code points and Qt's UTF-16 units; nothing else in the program knows the difference."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Final

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
# Qt reads these as the end of a paragraph or of a frame, and takes CR LF for one; a lone surrogate is no character.
_REWRITTEN: Final = {
    "\r": " ",
    "\u2028": "\n",
    "\u2029": "\n",
    "\ufdd0": "\ufffd",
    "\ufdd1": "\ufffd",
    "\x00": "\ufffd",
}
_SURROGATE = re.compile("[\ud800-\udfff]")


class QtPositions:
    """Maps positions in one text between code points and Qt's units; free of cost where every character is one unit."""

    __slots__ = ("_astral", "_astral_in_qt")

    def __init__(self, text: str) -> None:
        self._astral = [] if text.isascii() else [found.start() for found in _ASTRAL.finditer(text)]
        self._astral_in_qt = [position + before for before, position in enumerate(self._astral)]

    def to_qt(self, position: int) -> int:
        """The unit at which the character at a position begins."""
        return position + bisect_left(self._astral, position) if self._astral else position

    def from_qt(self, unit: int, *, after: bool = False) -> int:
        """The position of the character that holds a unit; with `after`, inside a character counts as past it."""
        if not self._astral:
            return unit
        before = bisect_left(self._astral_in_qt, unit)
        inside = before > 0 and self._astral_in_qt[before - 1] + 1 == unit
        return unit - before + (1 if inside and after else 0)


def displayable(text: str) -> str:
    """The text with what Qt would rewrite or drop exchanged, one unit for one unit, so positions stay true."""
    for character, shown in _REWRITTEN.items():
        if character in text:
            text = text.replace(character, shown)
    try:
        text.encode("utf-16")
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text
