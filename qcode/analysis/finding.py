"""Where the terms of a search stand in a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from typing import Final

from qcode.analysis.search_terms import Either, Every, Expression, Term
from qcode.text.ranges import Range
from qcode.text.words import Shape, Traced, alone_class, mark_class, stands_alone, variants, whole

_KEPT: Final = 256


class Finder:
    """Finds an expression in one turn after another."""

    def __init__(self, expression: Expression) -> None:
        self._expression = expression
        self._only = _plain_pattern(expression) if isinstance(expression, Term) else None

    def find(self, text: str, shape: int) -> list[Range]:
        """The ranges of a turn's text on which its terms stand, in order and apart; none if it does not match.

        `shape` is how the text can be searched (`text.words.shape`).
        """
        if shape == Shape.PLAIN and self._only is not None:
            found = [match.span() for match in self._only.finditer(text.lower())]
        else:
            found = _apart(self._spans(self._expression, _read(text, shape)) or ())
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


def _read(text: str, shape: int) -> _Text:
    if shape == Shape.PLAIN:
        return _Text(text.lower(), _plain_pattern)
    if shape == Shape.EVEN:
        return _Text(text, _pattern)
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
    return re.compile(f"(?:(?![{alone_class()}])[^a-z0-9])*".join(parts))


def _plain(word: str, *, goes_on: bool) -> str:
    if stands_alone(word[0]):
        return word
    return f"{word}(?<![a-z0-9]{word})" + ("[a-z0-9]*" if goes_on else "(?![a-z0-9])")


@lru_cache(_KEPT)
def _pattern(term: Term) -> re.Pattern[str]:
    """For an even text as it stands: a letter matches whatever is folded into it."""
    last = len(term.places) - 1
    parts = [
        (_later if number else _first)(place, goes_on=term.prefix and number == last)
        for number, place in enumerate(term.places)
    ]
    return re.compile(f"{_between()}*".join(parts))


def _first(place: Iterable[str], *, goes_on: bool) -> str:
    """It begins with a class of characters, which is quick to search for; what stands before is looked at last."""
    heads = "".join(dict.fromkeys(chain(*(variants(word[0]) for word in place))))
    alternatives = (_after_head(word) + _ending(word, goes_on=goes_on) for word in place)
    return f"[{heads}](?:{'|'.join(alternatives)})"


def _after_head(word: str) -> str:
    head, rest = _letters(word[0]), _letters(word[1:])
    return f"(?<={head}){rest}" + ("" if stands_alone(word[0]) else f"(?<!{_inside()}{head}{rest})")


def _later(place: Iterable[str], *, goes_on: bool) -> str:
    alternatives = (_opening(word) + _letters(word) + _ending(word, goes_on=goes_on) for word in place)
    return f"(?:{'|'.join(alternatives)})"


def _opening(word: str) -> str:
    return "" if stands_alone(word[0]) else f"(?<!{_inside()})"


def _letters(word: str) -> str:
    return "".join(f"[{variants(letter)}]" for letter in word)


def _ending(word: str, *, goes_on: bool) -> str:
    if stands_alone(word[0]):
        return ""
    return f"{_inside()}*" if goes_on else f"(?!{_inside()})"


@cache
def _inside() -> str:
    """A character of a word, other than words of one character."""
    return f"(?:(?![{alone_class()}])[^\\W_]|[{mark_class()}])"


@cache
def _between() -> str:
    """A character between words."""
    return f"(?:(?![{alone_class()}{mark_class()}])[\\W_])"
