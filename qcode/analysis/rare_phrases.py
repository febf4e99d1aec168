"""Phrases by which somebody could be found or recognised: words that nobody else in the study uses, close together.

A word is rare if it has at least four letters, is no ordinary word of its language, and no form of it is used by
anybody else. A single one is a vivid detail more often than a trace; two within six words make a phrase that a search
engine finds and a neighbour recognises.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from itertools import pairwise
from typing import Any, Final, NamedTuple

LEAST_LETTERS: Final = 4
WITHIN: Final = 5
"""How many words farther on the second rare word of a phrase may stand."""

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_STEMMERS: Final = {"en": "english"}
LANGUAGES: Final = tuple(_STEMMERS)
"""The languages whose ordinary words are known, so that rare ones can be told."""


class Phrase(NamedTuple):
    """A rare phrase at [start, end) of a text."""

    start: int
    end: int
    words: str


def stems(words: Iterable[str], language: str) -> list[str]:
    """What the forms of a word have in common, for each of some words; one of LANGUAGES."""
    return list(_stemmer(language).stemWords([word.lower().replace("’", "'") for word in words]))


def words_used(text: str) -> set[str]:
    """The words of a text as they are written."""
    return set(_WORD.findall(text))


def used_by(talk: Iterable[tuple[str, str, str]]) -> Mapping[tuple[str, str], Collection[str]]:
    """Who uses which words, by language and stem, from (person, language, text)."""
    people: dict[tuple[str, str], set[str]] = {}
    for person, language, text in talk:
        for word in words_used(text.lower()):
            people.setdefault((language, word), set()).add(person)
    out: dict[tuple[str, str], set[str]] = {}
    for language in {language for language, _word in people}:
        words = [word for tag, word in people if tag == language]
        for word, stem in zip(words, stems(words, language), strict=True):
            out.setdefault((language, stem), set()).update(people[language, word])
    return out


def rare_words(
    text: str, language: str, *, ordinary: Collection[str], used: Mapping[tuple[str, str], Collection[str]]
) -> list[tuple[int, int, int]]:
    """The rare words of a text: which word it is, counted from 0, and where it stands. `ordinary` holds stems."""
    found = list(_WORD.finditer(text))
    known = zip(found, stems((word[0] for word in found), language), strict=True)
    return [
        (number, word.start(), word.end())
        for number, (word, stem) in enumerate(known)
        if len(word[0]) >= LEAST_LETTERS and stem not in ordinary and len(used.get((language, stem), ())) <= 1
    ]


def rare_phrases(
    text: str, language: str, *, ordinary: Collection[str], used: Mapping[tuple[str, str], Collection[str]]
) -> list[Phrase]:
    """The rare phrases of a text, each from its first rare word to its last."""
    out: list[Phrase] = []
    rare = rare_words(text, language, ordinary=ordinary, used=used)
    for (first, start, _end), (second, _start, end) in pairwise(rare):
        if second - first <= WITHIN:
            begin = out.pop().start if out and out[-1].end > start else start
            out.append(Phrase(begin, end, " ".join(text[begin:end].split())))
    return out


@cache
def _stemmer(language: str) -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer(_STEMMERS[language])
