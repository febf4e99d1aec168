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
from itertools import accumulate
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

VERSION: Final = 2
"""Goes up whenever a text is folded into other words, or is of another shape, than before."""

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
    """Every character of a word is folded into one: a pattern of variants can be held against the text itself."""
    LATIN = 2
    """The same, and words are of letters and digits of Latin-1, with something between any two."""
    PLAIN = 3
    """The same, and no letter is beyond ASCII: in small letters the text is as good as folded."""


def shape(text: str) -> Shape:
    """How a text can be searched."""
    return Shape.PLAIN if text.isascii() else min(map(_SHAPES.__getitem__, set(text)))


class _Shapes(dict[str, Shape]):
    """The shape of a text of one character, filled as they are met."""

    def __missing__(self, character: str) -> Shape:
        self[character] = found = _shape(character, _FOLDING[ord(character)])
        return found


_SHAPES: Final = _Shapes()


def _shape(character: str, fold: str) -> Shape:
    if _UNEVEN in fold:
        return Shape.TRACED
    if fold == " " or character.isascii():
        return Shape.PLAIN
    return Shape.LATIN if character < "\u0100" and character.isalnum() else Shape.EVEN


def stands_alone(character: str) -> bool:
    """Whether this character is a word by itself."""
    if unicodedata.category(character) == "So":
        return True
    written = character.isalnum() or unicodedata.category(character) in _MARKS
    return written and _unspaced(ord(character)) is not None


def _unspaced(code: int) -> tuple[int, int] | None:
    return next((bounds for bounds in _UNSPACED if bounds[0] <= code <= bounds[1]), None)


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

# A pattern that knows every character there is takes long to compile: it knows those in the blocks, of 256 characters
# each, that were met in texts.
LATIN: Final = frozenset({0})


def blocks_of(text: str) -> frozenset[int]:
    """The blocks that a pattern for this text has to know: code points by 256."""
    return LATIN.union(map(_BLOCKS.__getitem__, set(text)))


class _Blocks(dict[str, int]):
    """Characters and the blocks to be known for them, filled as they are met."""

    def __missing__(self, character: str) -> int:
        self[character] = block = _block(character)
        return block


_BLOCKS: Final = _Blocks()


def _block(character: str) -> int:
    """Its own, or for all of a script without spaces the first."""
    code, unspaced = ord(character), _unspaced(ord(character))
    if unspaced is not None and character.isalnum():
        return unspaced[0] >> 8
    is_sign = not character.isalnum() and folded(character) != " "
    return code >> 8 if is_sign or _is_variant(character) else 0


def _is_variant(character: str) -> bool:
    return character.isalnum() and len(folded(character)) == 1 and folded(character) != character


@cache
def variants(blocks: frozenset[int]) -> Mapping[str, str]:
    """For each letter that other characters in these blocks are folded into, itself and those."""
    found: dict[str, str] = {}
    for character in filter(_is_variant, _characters(blocks)):
        base = folded(character)
        found[base] = found.get(base, base) + character
    return found


def unspaced_class(blocks: Collection[int]) -> str:
    """The inside of a character class: scripts that begin in these blocks and whose letters are words by themselves."""
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in _UNSPACED if first >> 8 in blocks)


def mark_class(blocks: Iterable[int]) -> str:
    """The inside of a character class: the marks in these blocks that are part of a word, though no letters."""
    return _ranges(character for character in _signs(blocks) if _FOLDING[ord(character)] == character)


def sign_class(blocks: Iterable[int]) -> str:
    """The inside of a character class: these marks, and the signs in these blocks that are words by themselves."""
    return _ranges(_signs(blocks))


def _signs(blocks: Iterable[int]) -> Iterator[str]:
    return (each for each in _characters(blocks) if not each.isalnum() and folded(each) not in ("", " "))


def _characters(blocks: Iterable[int]) -> Iterator[str]:
    return (chr(code) for block in sorted(blocks) for code in range(block << 8, (block + 1) << 8))


def _ranges(characters: Iterable[str]) -> str:
    out: list[str] = []
    for character in characters:
        if out and ord(out[-1][-1]) == ord(character) - 1:
            out[-1] = f"{out[-1][0]}-{character}"
        else:
            out.append(character)
    return "".join(out)
