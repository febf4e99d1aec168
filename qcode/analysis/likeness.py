"""Which codes look alike: by their names, by what their definitions say, and by the passages they were put on.

Nothing is decided by it: what looks alike is shown together. Each of the three is a share from 0 to 1, the overlap of
two sets by Dice and Sørensen: twice what both have, by what each has. Sets are of stems for names and definitions,
without stop words, and of characters for passages. Names also count as alike letter by letter, so that a slip of the
pen does not keep two apart.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property
from itertools import combinations
from typing import Final, NamedTuple

from qcode.analysis.stop_words import stop_words
from qcode.analysis.word_forms import stems
from qcode.text.ranges import Range, overlap, union
from qcode.text.words import folded

_WORDS: Final = re.compile(r"\w+")
_NAME, _DEFINITION, _PASSAGES = 0.6, 0.5, 0.5
_SOMEWHAT: Final = 0.3
_LETTERS: Final = 0.8


@dataclass(frozen=True, slots=True)
class Described:
    """A code as it is compared: its definition in one text, and where in which documents it was put."""

    id: str
    name: str
    definition: str = ""
    places: Mapping[str, Collection[Range]] = field(default_factory=dict)


class Likeness(NamedTuple):
    """How much two codes have in common, each from 0 to 1."""

    name: float
    definition: float
    passages: float

    @property
    def alike(self) -> bool:
        """Whether two codes look alike: much in one respect, or something in their names and in another one."""
        much = self.name >= _NAME or self.definition >= _DEFINITION or self.passages >= _PASSAGES
        return much or (self.name >= _SOMEWHAT and max(self.definition, self.passages) >= _SOMEWHAT)

    @property
    def reasons(self) -> tuple[str, ...]:
        """In what two codes are alike, in words."""
        words = ("similar names", "similar definitions", "the same passages")
        return tuple(word for word, share in zip(words, self, strict=True) if share >= _SOMEWHAT)


class Likening:
    """Compares codes of one language; what is compared often is worked out once."""

    def __init__(self, codes: Iterable[Described], language: str) -> None:
        self._codes = {code.id: code for code in codes}
        self._language = language
        self._names = {key: self._words(code.name) for key, code in self._codes.items()}
        self._definitions = {key: self._words(code.definition) for key, code in self._codes.items()}
        self._places = {
            key: {document: union(ranges) for document, ranges in code.places.items()}
            for key, code in self._codes.items()
        }

    def likeness(self, one: str, other: str) -> Likeness:
        """How alike two codes are; in either order the same."""
        names = _dice(self._names[one], self._names[other])
        letters = _by_letters(self._codes[one].name, self._codes[other].name)
        return Likeness(
            max(names, letters),
            _dice(self._definitions[one], self._definitions[other]),
            _covered(self._places[one], self._places[other]),
        )

    def groups(self, among: Sequence[str]) -> list[tuple[str, ...]]:
        """Codes by groups: any two that are alike stand in one, and so do those that a third one is alike to."""
        leads_to = {code: code for code in among}
        for one, other in combinations(among, 2):
            if self.likeness(one, other).alike:
                first, second = _root(leads_to, one), _root(leads_to, other)
                leads_to[second] = first
        found: dict[str, list[str]] = {}
        for code in among:
            found.setdefault(_root(leads_to, code), []).append(code)
        return [tuple(group) for group in found.values()]

    def nearest(self, code: str, among: Iterable[str], *, most: int = 3) -> list[tuple[str, Likeness]]:
        """Those that a code looks like, the likest first."""
        compared = [(other, self.likeness(code, other)) for other in among if other != code]
        alike = [(other, found) for other, found in compared if found.alike]
        return sorted(alike, key=lambda pair: (-sum(pair[1]), [-share for share in pair[1]], pair[0]))[:most]

    def _words(self, text: str) -> frozenset[str]:
        words = [word.casefold() for word in _WORDS.findall(text)]
        telling = [word for word in words if word not in self._stop_words] or words
        return frozenset(folded(stem).strip() for stem in stems(telling, self._language))

    @cached_property
    def _stop_words(self) -> frozenset[str]:
        return stop_words(self._language)


def _dice(one: Collection[str], other: Collection[str]) -> float:
    whole = len(one) + len(other)
    return 2 * len(set(one) & set(other)) / whole if whole else 0.0


def _by_letters(one: str, other: str) -> float:
    """How alike two names are letter by letter, where that is much; the same whichever is first."""
    first, second = sorted((folded(one).strip(), folded(other).strip()))
    share = 1.0 if first == second else SequenceMatcher(None, first, second, autojunk=False).ratio()
    return share if share >= _LETTERS else 0.0


def _covered(one: Mapping[str, Sequence[Range]], other: Mapping[str, Sequence[Range]]) -> float:
    whole = sum(end - start for places in (one, other) for ranges in places.values() for start, end in ranges)
    both = sum(_shared(one[document], other[document]) for document in one.keys() & other.keys())
    return 2 * both / whole if whole else 0.0


def _shared(one: Sequence[Range], other: Sequence[Range]) -> int:
    """How many characters two lists of ranges share, each of which is in order and apart."""
    shared = here = there = 0
    while here < len(one) and there < len(other):
        shared += overlap(one[here], other[there])
        if one[here][1] <= other[there][1]:
            here += 1
        else:
            there += 1
    return shared


def _root(leads_to: Mapping[str, str], code: str) -> str:
    while leads_to[code] != code:
        code = leads_to[code]
    return code
