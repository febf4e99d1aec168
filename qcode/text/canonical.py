"""Canonical text: made once at import, immutable within a revision, and what every offset counts in."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

Notes = tuple[tuple[str, int], ...]

_CRLF: Final = re.compile("\r\n")
_NEWLINES: Final = re.compile("[\r\x0b\x0c\x85\u2028\u2029]")
_SPACES: Final = re.compile("[\u00a0\u202f\u2007]")
# U+200C and U+200D stay: they join emoji and Persian letters.
_INVISIBLE: Final = re.compile("[\ufeff\u00ad\u200b\u2060\u202a-\u202e]")
_ASCII_NEWLINES: Final = ("\r", "\x0b", "\x0c")


def normalise(text: str) -> tuple[str, Notes]:
    """The canonical form of a text, and what was changed as (rule, count) pairs.

    In this order: every kind of line end becomes a newline; no-break, narrow no-break and figure spaces become spaces;
    byte-order marks, soft hyphens, zero-width spaces, word joiners and bidirectional embeddings go; Unicode NFC.
    Quotes, dashes and runs of spaces stay as they are. The result is a fixed point, and so is each part of it.
    """
    if text.isascii():
        return _ascii(text)
    text, crlf = _CRLF.subn("\n", text)
    text, newlines = _NEWLINES.subn("\n", text)
    text, spaces = _SPACES.subn(" ", text)
    text, invisible = _INVISIBLE.subn("", text)
    composed = 0
    if not unicodedata.is_normalized("NFC", text):
        text, composed = unicodedata.normalize("NFC", text), 1
    return text, _notes(crlf + newlines, spaces, invisible, composed)


def _ascii(text: str) -> tuple[str, Notes]:
    if not any(character in text for character in _ASCII_NEWLINES):
        return text, ()
    text, crlf = _CRLF.subn("\n", text)
    text, newlines = _NEWLINES.subn("\n", text)
    return text, _notes(crlf + newlines, 0, 0, 0)


def _notes(newlines: int, spaces: int, invisible: int, composed: int) -> Notes:
    counted = (
        ("line ends made newlines", newlines),
        ("no-break spaces made spaces", spaces),
        ("invisible characters removed", invisible),
        ("texts composed (NFC)", composed),
    )
    return tuple((rule, count) for rule, count in counted if count)
