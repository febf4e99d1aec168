"""Which words are said how often, and where: counted in what people say, without what is too common to tell."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from qcode.text.words import stands_alone

_APOSTROPHES: Final = "'’ʼ"


@dataclass(frozen=True, slots=True)
class Talk:
    """A stretch of talk in a document, by whoever belongs to a group."""

    document: str
    group: str
    text: str


@dataclass(frozen=True, slots=True)
class WordCount:
    """A word in small letters with how often it is said, in how many documents, and by document and group."""

    word: str
    count: int
    documents: Mapping[str, int]
    groups: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class WordList:
    """The words that count, the most frequent first, and of how many words in all they were chosen.

    `sizes` and `group_sizes` hold all words by document and group, stop words among them: what rates are made of.
    """

    words: tuple[WordCount, ...]
    total: int
    sizes: Mapping[str, int]
    group_sizes: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Tally:
    """How often something was found in a document or a group, and how often in a thousand of its words."""

    key: str
    count: int
    words: int

    @property
    def per_thousand(self) -> float | None:
        """The rate, or None where there are no words."""
        return 1000 * self.count / self.words if self.words else None


def spoken_words(text: str) -> list[str]:
    """The words of a text in small letters, with their accents; an apostrophe inside a word belongs to it."""
    return [word for found in text.translate(_SPELLING).split() if (word := found.strip("'"))]


def word_list(talk: Iterable[Talk], *, stop_words: Collection[str] = (), shortest: int = 1) -> WordList:
    """The words of some talk by how often they are said, those with fewer than `shortest` characters left out."""
    counted = _count(talk)
    skipped = frozenset(stop_words)
    by_document, by_group = _inverted(counted, 0), _inverted(counted, 1)
    rows = [
        WordCount(word, sum(documents.values()), documents, by_group[word])
        for word, documents in by_document.items()
        if len(word) >= shortest and word not in skipped
    ]
    rows.sort(key=lambda row: (-row.count, row.word))
    sizes, group_sizes = Counter[str](), Counter[str]()
    for (document, group), words in counted.items():
        sizes[document] += words.total()
        group_sizes[group] += words.total()
    return WordList(tuple(rows), sizes.total(), sizes, group_sizes)


def tally(found: Iterable[str], sizes: Mapping[str, int]) -> tuple[Tally, ...]:
    """How often each document, or each group, was found in, by key and in the order of `sizes`.

    Those in which nothing was found are told as well.
    """
    counts = Counter(found)
    keys = dict.fromkeys([*sizes, *counts])
    return tuple(Tally(key, counts[key], sizes.get(key, 0)) for key in keys)


def _count(talk: Iterable[Talk]) -> dict[tuple[str, str], Counter[str]]:
    """The words of each document and group."""
    counted: dict[tuple[str, str], Counter[str]] = {}
    for said in talk:
        counted.setdefault((said.document, said.group), Counter()).update(spoken_words(said.text))
    return counted


def _inverted(counted: Mapping[tuple[str, str], Counter[str]], part: int) -> dict[str, Counter[str]]:
    """For each word how often it is said, by the documents (0) or the groups (1)."""
    out: dict[str, Counter[str]] = {}
    for key, words in counted.items():
        for word, count in words.items():
            out.setdefault(word, Counter())[key[part]] += count
    return out


class _Spelling(dict[int, str]):
    """Code points as words are spelled: small letters, marks and apostrophes; all else is a space."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character in _APOSTROPHES:
            spelled = "'"
        elif character.isalnum() and stands_alone(character):
            spelled = f" {character} "
        elif character.isalnum() or unicodedata.category(character) in ("Mn", "Mc"):
            spelled = character.casefold() if character != "ß" else character
        else:
            spelled = "" if character in "\u200c\u200d" else " "
        self[code] = spelled
        return spelled


_SPELLING: Final = _Spelling()
