"""Where the terms of a search stand in a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from itertools import chain
from typing import Final

from qcode.analysis.search_terms import Either, Every, Expression, Term
from qcode.text.ranges import Range
from qcode.text.words import (
    LATIN,
    Shape,
    Traced,
    blocks_of,
    mark_class,
    sign_class,
    stands_alone,
    unspaced_class,
    variants,
    whole,
)

_KEPT: Final = 256


class Finder:
    """Finds an expression in one turn after another."""

    def __init__(self, expression: Expression) -> None:
        self._expression = expression
        self._only = _plain_pattern(expression) if isinstance(expression, Term) else None

    def find(self, text: str, shape: int, blocks: frozenset[int] | None = None) -> list[Range]:
        """The ranges of a turn's text on which its terms stand, in order and apart; none if it does not match.

        `shape` is how the text can be searched (`text.words.shape`); who knows the blocks of its characters gives them.
        """
        if shape == Shape.PLAIN and self._only is not None:
            found = [match.span() for match in self._only.finditer(text.lower())]
        else:
            found = _apart(self._spans(self._expression, _read(text, shape, blocks)) or ())
        if not found or text.isascii():
            return found
        widened = [whole(text, start, end) for start, end in found]
        return found if widened == found else _apart(widened)

    def _spans(self, expression: Expression, text: _Text) -> list[Range] | None:
        """The ranges of the terms that are wanted, or None where the expression does not hold."""
        match expression:
            case Term():
                return _occurrences(expression, text) or None
            case Every(parts, without):
                found = [self._spans(part, text) for part in parts]
                unwanted = None not in found and any(self._spans(part, text) for part in without)
                return None if unwanted or None in found else list(chain(*filter(None, found)))
            case Either(parts):
                return list(chain(*filter(None, (self._spans(part, text) for part in parts)))) or None


@dataclass(frozen=True, slots=True)
class _Text:
    """A text made ready to be searched, and how patterns for it are made."""

    text: str
    pattern: Callable[[Term], re.Pattern[str]]
    traced: Traced | None = None


def _read(text: str, shape: int, blocks: frozenset[int] | None) -> _Text:
    if shape == Shape.PLAIN:
        return _Text(text.lower(), _plain_pattern)
    if shape == Shape.LATIN:
        return _Text(text, _latin_pattern)
    if shape == Shape.EVEN:
        return _Text(text, _MET.patterns_for(blocks_of(text) if blocks is None else blocks))
    traced = Traced(text)
    return _Text(traced.text, _folded_pattern, traced)


def _occurrences(term: Term, text: _Text) -> list[Range]:
    found = [match.span() for match in text.pattern(term).finditer(text.text)]
    return found if text.traced is None else [text.traced.back(*span) for span in found]


def _apart(ranges: Iterable[Range]) -> list[Range]:
    """Ranges that share characters made one; those that only touch stay two."""
    out: list[Range] = []
    for start, end in sorted(ranges):
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out


# Patterns ---------------------------------------------------------------------------------------------------------


@lru_cache(_KEPT)
def _folded_pattern(term: Term) -> re.Pattern[str]:
    """For a folded text, in which words are what stands between spaces."""
    places = ["(?:" + "|".join(sorted(place, key=len, reverse=True)) + ")" for place in term.places]
    return re.compile("(?<![^ ])" + " +".join(places) + ("[^ ]*" if term.prefix else "") + "(?![^ ])")


@lru_cache(_KEPT)
def _plain_pattern(term: Term) -> re.Pattern[str]:
    """For a plain text in small letters. It begins with letters as they are, which is quickest to search for."""
    last = len(term.places) - 1
    parts = [
        "(?:" + "|".join(_plain(word, goes_on=term.prefix and number == last) for word in place) + ")"
        for number, place in enumerate(term.places)
    ]
    return re.compile("[^a-z0-9]*".join(parts))


def _plain(word: str, *, goes_on: bool) -> str:
    return f"{word}(?<![a-z0-9]{word})" + ("[a-z0-9]*" if goes_on else "(?![a-z0-9])")


@lru_cache(_KEPT)
def _latin_pattern(term: Term) -> re.Pattern[str]:
    """For a text of Latin letters as it stands."""
    return _LATIN.pattern(term)


@lru_cache(_KEPT)
def _even_pattern(term: Term, blocks: frozenset[int]) -> re.Pattern[str]:
    """For an even text as it stands, of these blocks of characters."""
    return _even(blocks).pattern(term)


class _Met:
    """The blocks of characters that were met so far, for which each term has one pattern."""

    def __init__(self) -> None:
        self._blocks = LATIN

    def patterns_for(self, found: frozenset[int]) -> Callable[[Term], re.Pattern[str]]:
        """How patterns for an even text of these blocks are made; they fit every text that was met before."""
        if not found <= self._blocks:
            self._blocks |= found
        return partial(_even_pattern, blocks=self._blocks | found)


_MET: Final = _Met()


@dataclass(frozen=True, slots=True)
class _Classes:
    """Patterns in which a letter matches whatever is folded into it, by the characters in a word and between words."""

    inside: str
    between: str
    variants: Mapping[str, str]

    def pattern(self, term: Term) -> re.Pattern[str]:
        """Where words stand next to each other."""
        last = len(term.places) - 1
        parts = [
            (self._later if number else self._first)(place, goes_on=term.prefix and number == last)
            for number, place in enumerate(term.places)
        ]
        return re.compile(f"{self.between}*".join(parts))

    def _first(self, place: Iterable[str], *, goes_on: bool) -> str:
        """It begins with a class of characters, which is quick to search for; what stands before is looked at last."""
        heads = "".join(dict.fromkeys(chain(*(self.variants.get(word[0], word[0]) for word in place))))
        alternatives = (self._after_head(word) + self._ending(word, goes_on=goes_on) for word in place)
        return f"[{heads}](?:{'|'.join(alternatives)})"

    def _after_head(self, word: str) -> str:
        head, rest = self._letters(word[0]), self._letters(word[1:])
        return f"(?<={head}){rest}" + ("" if stands_alone(word[0]) else f"(?<!{self.inside}{head}{rest})")

    def _later(self, place: Iterable[str], *, goes_on: bool) -> str:
        """Nothing of a word stands before it: what does is between words, or the end of the word before."""
        alternatives = (self._letters(word) + self._ending(word, goes_on=goes_on) for word in place)
        return f"(?:{'|'.join(alternatives)})"

    def _ending(self, word: str, *, goes_on: bool) -> str:
        if stands_alone(word[0]):
            return ""
        return f"{self.inside}*" if goes_on else f"(?!{self.inside})"

    def _letters(self, word: str) -> str:
        return "".join(f"[{self.variants.get(letter, letter)}]" for letter in word)


_LATIN: Final = _Classes(r"[^\W_]", r"[\W_]", variants(LATIN))


@cache
def _even(blocks: frozenset[int]) -> _Classes:
    """With marks in words, and with words of one character."""
    unspaced, marks, signs = unspaced_class(blocks), mark_class(blocks), sign_class(blocks)
    letters = rf"(?![{unspaced}])[^\W_]" if unspaced else r"[^\W_]"
    inside = f"(?:{letters}|[{marks}])" if marks else f"(?:{letters})"
    return _Classes(inside, rf"(?:(?![{signs}])[\W_])", variants(blocks))
