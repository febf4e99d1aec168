"""Words as a search compares them: without case and accents, and apart from each other.

Every character is folded by itself, so that a place in the folded text can be traced back. A letter becomes its base
letters; emoji, and characters of scripts that put no space between words, become words of one character; whatever is
no part of a word becomes a space.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from enum import IntEnum
from functools import cache
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

VERSION: Final = 1
"""Goes up whenever a text is folded into other words than before."""

# Marks of these combining classes are accents and points; others (viramas, nuktas, vowel signs) tell words apart.
_ACCENTS: Final = frozenset({1, *range(10, 37), *range(200, 241)})
_MARKS: Final = frozenset({"Mn", "Mc"})
_JOINER: Final = "\u200d"

# Thai, Lao, Myanmar, Khmer; kana; Han.
_UNSPACED: Final = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x3040, 0x30FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)
# Elsewhere no letter has another case or an accent, and there are neither marks nor emoji.
_SCANNED: Final = (range(0x80, 0x3400), range(0x4DC0, 0x4E00), range(0xA000, 0xAC00), range(0xF900, 0x20000))
_UNEVEN: Final = "\0"
_LETTERS: Final = re.compile(r"[^\W_]+")


class _Folding(dict[int, str]):
    """Code points and what they are folded into, filled as they are met; `_UNEVEN` marks what is not one for one."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold(chr(code))
        return folded


_FOLDING: Final = _Folding()


def folded(text: str) -> str:
    """The words of a text with spaces between them, as they are compared."""
    return text.translate(_FOLDING).replace(_UNEVEN, "")


def words(text: str) -> list[str]:
    """The words of a text as they are compared, in order."""
    return folded(text).split()


def accented(text: str) -> set[str]:
    """The words of a text, in small letters, that have other letters than those they are folded into."""
    if text.isascii():
        return set()
    strange = " ".join(word for word in set(text.casefold().split()) if not word.isascii())
    return {word for word in _LETTERS.findall(strange) if not word.isascii() and folded(word) != word}


class Shape(IntEnum):
    """How a text can be searched: the larger, the quicker."""

    TRACED = 0
    """Some character is folded into none or several: only the folded text can be searched, and traced back."""
    EVEN = 1
    """Every character is folded into one, so that a pattern of variants can be held against the text itself."""
    PLAIN = 2
    """No letter or mark is beyond ASCII: in small letters the text is as good as folded."""


def shape(text: str) -> Shape:
    """How a text can be searched."""
    return Shape.PLAIN if text.isascii() else min(map(_SHAPES.__getitem__, set(text)))


class _Shapes(dict[str, Shape]):
    """The shape of a text of one character, filled as they are met."""

    def __missing__(self, character: str) -> Shape:
        fold = _FOLDING[ord(character)]
        plain = fold == " " or character.isascii() or unicodedata.category(character) == "So"
        self[character] = found = Shape.PLAIN if plain else Shape.TRACED if _UNEVEN in fold else Shape.EVEN
        return found


_SHAPES: Final = _Shapes()


def stands_alone(character: str) -> bool:
    """Whether this character is a word by itself."""
    if unicodedata.category(character) == "So":
        return True
    code = ord(character)
    unspaced = any(first <= code <= last for first, last in _UNSPACED)
    return unspaced and (character.isalnum() or unicodedata.category(character) in _MARKS)


class Traced:
    """A folded text that knows where in the text each of its places is."""

    __slots__ = ("_starts", "text")

    def __init__(self, text: str) -> None:
        self.text = folded(text)
        lengths = (len(_FOLDING[ord(character)].replace(_UNEVEN, "")) for character in text)
        self._starts = list(accumulate(lengths, initial=0))

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The range of the text that was folded into [start, end); accents that follow belong to it."""
        last = bisect_left(self._starts, end)
        while last + 1 < len(self._starts) and self._starts[last + 1] == self._starts[last]:
            last += 1
        return bisect_right(self._starts, start) - 1, last


def whole(text: str, start: int, end: int) -> tuple[int, int]:
    """The range widened so that no emoji made of several characters is cut."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if before != _JOINER and after < _JOINER:
        return start, end
    while end < len(text) and (_is_emoji_part(text[end]) or _joins(text, end)):
        end += 2 if text[end] == _JOINER else 1
    while start > 1 and _joins(text, start - 1):
        start -= 2
        while start and _is_emoji_part(text[start]):
            start -= 1
    return start, min(end, len(text))


def _joins(text: str, place: int) -> bool:
    """Whether a joiner at this place makes one emoji of what stands on either side."""
    inside = 0 < place < len(text) - 1
    return inside and text[place] == _JOINER and unicodedata.category(text[place + 1]) == "So"


def _is_emoji_part(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f" or "\U0001f3fb" <= character <= "\U0001f3ff"


def _fold(character: str) -> str:
    if stands_alone(character):
        return f" {character} "
    if character.isalnum():
        return _base_letters(character)
    if unicodedata.category(character) not in _MARKS or _selects(character):
        return " "
    return _UNEVEN if unicodedata.combining(character) in _ACCENTS else character


def _base_letters(character: str) -> str:
    apart = unicodedata.normalize("NFD", character.casefold())
    bare = "".join(letter for letter in apart if unicodedata.combining(letter) not in _ACCENTS)
    letters = unicodedata.normalize("NFC", bare)
    return letters if len(letters) == 1 else _UNEVEN + letters


def _selects(character: str) -> bool:
    """Whether it chooses a variant of the character before it."""
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


# For patterns that are held against a text as it stands -----------------------------------------------------------


@cache
def variants(letter: str) -> str:
    """Every character that is folded into this one."""
    return _variants().get(letter, letter)


@cache
def _variants() -> dict[str, str]:
    found: dict[str, str] = {letter: letter + letter.upper() for letter in "abcdefghijklmnopqrstuvwxyz"}
    for character in map(chr, chain(*_SCANNED)):
        if character.casefold() != character or (unicodedata.decomposition(character) and character.isalnum()):
            base = _FOLDING[ord(character)]
            if len(base) == 1 and base not in (character, " "):
                found[base] = found.get(base, base) + character
    return found


@cache
def alone_class() -> str:
    """The inside of a character class: what is a word by itself."""
    return _ranges(_of_category("So")) + "".join(f"{chr(first)}-{chr(last)}" for first, last in _UNSPACED)


@cache
def mark_class() -> str:
    """The inside of a character class: marks that are part of a word, though no letters."""
    return _ranges(mark for mark in _of_category(*_MARKS) if _FOLDING[ord(mark)] == mark)


def _of_category(*wanted: str) -> Iterator[str]:
    return (character for character in map(chr, chain(*_SCANNED)) if unicodedata.category(character) in wanted)


def _ranges(characters: Iterable[str]) -> str:
    out: list[str] = []
    for character in characters:
        if out and ord(out[-1][-1]) == ord(character) - 1:
            out[-1] = f"{out[-1][0]}-{character}"
        else:
            out.append(character)
    return "".join(out)
