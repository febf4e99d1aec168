"""Where a text has something that a rule may start from, so that slower rules read only there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from qcode.deidentification.tokens import Token

_REACH: Final = 90
"""Code points on each side of a hint; an identifier with a shape of its own is shorter."""

_LONGEST_WORD: Final = 400

_SIGN: Final = re.compile(r"[@#_]|://|\.(?=\w)|\b[ur]/")
_PO_BOX: Final = re.compile(r"\bP\.? ?O\.? ", re.IGNORECASE)

_WORDS: Final[dict[str, str]] = {
    "month": "january february march april may june july august september october november december jan feb mar apr "
    "jun jul aug sep sept oct nov dec",
    "holiday": "christmas valentine valentine's valentines thanksgiving halloween easter labor labour memorial "
    "mother's father's boxing independence veterans new fourth 4th mother father",
    "age": "ninety nineties hundred centenarian centenarians",
    "dot": "dot underscore dash hyphen",
    "birthday": "birthday",
    "handle": "handle username screen gamertag user",
    "street": "street st avenue ave road rd lane ln drive dr court ct place pl boulevard blvd terrace way row crescent "
    "close square highway hwy parkway pkwy circle alley gardens mews trail turnpike pike walk loop heights "
    "box",
    "room": "apartment apt flat unit suite lot trailer building house",
    "corner": "corner",
    "path": "users home",
    "route": "route highway hwy interstate county state exit mile room ward cell pod block bed locker precinct "
    "district channel troop local engine bus gate zone",
    "of what": "case claim badge member membership account policy permit license licence passport inmate record chart "
    "reference docket file student employee patient booking alien tracking serial insurance visa ticket "
    "voucher medicaid medicare mrn nhs ssn social national green registration plate plates tag reg id "
    "personnel payroll order invoice confirmation number no ending ends ended starts starting",
    "job": "only first mayor sheriff superintendent police fire governor congressman congresswoman bishop imam rabbi "
    "headteacher head headmaster headmistress coroner alderman postmaster chief director",
}
_ORDINALS: Final = """
fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth
eighteenth nineteenth twentieth thirtieth first second third
"""
_ORDINAL_WORDS: Final = frozenset(_ORDINALS.split())
_NUMBERS: Final = """
double eight eighteen eighty eleven fifteen fifty five forty four fourteen hundred nine nineteen ninety nought oh one
seven seventeen seventy six sixteen sixty ten thirteen thirty thousand three triple twelve twenty two zero
"""
_NUMBER_WORDS: Final = frozenset(_NUMBERS.split())
_KINDS: Final = {word: kind for kind, words in _WORDS.items() for word in words.split()}


class _Facts(NamedTuple):
    """What a word hints at by itself."""

    kinds: tuple[str, ...]
    number: bool
    letter: bool


@lru_cache(maxsize=1 << 14)
def _facts(small: str) -> _Facts:
    parts = small.split("-")
    kinds = {_KINDS[part] for part in (small, *parts) if part in _KINDS}
    if small in _ORDINAL_WORDS or parts[-1] in _ORDINAL_WORDS:
        kinds.add("ordinal")
    if any(map(str.isdigit, small)):
        kinds |= {"digit", "ordinal"}
    number = all(part in _NUMBER_WORDS for part in parts)
    return _Facts(tuple(kinds), number, len(small) == 1 and small.isalpha())


def is_number_word(small: str) -> bool:
    """Whether a word in small letters, or each part of one with hyphens, is said for a number."""
    return _facts(small).number


class Hints:
    """The hints of a text by kind, as stretches to read: whole words within one line, merged where they touch."""

    def __init__(self, text: str, words: Sequence[Token]) -> None:
        self._text = text
        self._places: dict[str, list[int]] = {}
        self._stretches: dict[str, list[tuple[int, int]]] = {}
        self._collect(words)
        self._places["sign"] = [found.start() for found in _SIGN.finditer(text)]
        self._places.setdefault("street", []).extend(found.start() for found in _PO_BOX.finditer(text))

    def _collect(self, words: Iterable[Token]) -> None:
        places = self._places
        number = letter = False
        for word in words:
            facts = _facts(word.small)
            for kind in facts.kinds:
                places.setdefault(kind, []).append(word.start)
            if facts.number and (number or "-" in word.small):
                places.setdefault("number", []).append(word.start)
            if facts.letter and (letter or number):
                places.setdefault("spelled", []).append(word.start)
            number, letter = facts.number, facts.letter

    def stretches(self, kind: str) -> list[tuple[int, int]]:
        """Where to look for what one kind of hint announces, in order and apart."""
        if kind not in self._stretches:
            self._stretches[kind] = list(self._around(sorted(self._places.get(kind, ()))))
        return self._stretches[kind]

    def _around(self, places: Iterable[int]) -> Iterable[tuple[int, int]]:
        first = last = -1
        for place in places:
            start, end = self._reach(place)
            if start <= last:
                last = max(last, end)
                continue
            if last >= 0:
                yield first, last
            first, last = start, end
        if last >= 0:
            yield first, last

    def _reach(self, place: int) -> tuple[int, int]:
        """A stretch around a place, as far as its line goes; words at its edges are whole unless very long."""
        text, low, high = self._text, max(0, place - _REACH), place + _REACH
        start = text.rfind("\n", low, place) + 1
        if not start and low:
            furthest = max(0, low - _LONGEST_WORD)
            start = max(furthest, text.rfind(" ", furthest, low) + 1, text.rfind("\n", furthest, low) + 1)
        end = text.find("\n", place, high)
        if end < 0:
            furthest = high + _LONGEST_WORD
            line_end = text.find("\n", high, furthest)
            cut = text.find(" ", high, furthest if line_end < 0 else line_end)
            end = cut if cut >= 0 else min(len(text), furthest) if line_end < 0 else line_end
        return start, end
