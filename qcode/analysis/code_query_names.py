"""Names as they are typed in a query: with or without quotes, with the names above them or alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from typing import Final
from unicodedata import normalize

from qcode.analysis.code_query_terms import Named, SeveralMeantError, UnknownNameError
from qcode.text.typed import fold

QUOTES: Final = '"“”„«»‟＂'
ENDS: Final = r"(?=$|[\s()|&,])"
"""What a name in a query ends with."""
_APOSTROPHES: Final = "'’ʼ‘"
_MOST_WORDS: Final = 8
_STEPS: Final = re.compile(r"\s*[›>/]\s*")


class Names:
    """Things by the names they may be called, found where a query has one of them."""

    def __init__(self, kind: str, things: Iterable[Named]) -> None:
        self.kind = kind
        self.things = tuple(things)
        self._meant: dict[str, list[Named]] = {}
        for thing in self.things:
            for name in dict.fromkeys(map(_key, _spellings(thing))):
                self._meant.setdefault(name, []).append(thing)
        self.pattern = any_of(name for thing in self.things for name in _spellings(thing))

    def one(self, name: str, start: int, *, beginning: bool = False) -> Named:
        """What is called so, with `beginning` all whose names begin so; refuses what is unknown or not one."""
        if beginning:
            return self._all(name, start)
        found = self._meant.get(_key(name), [])
        whole = [thing for thing in found if thing.path and _key(thing.shown) == _key(name)]
        if len(found) > 1 and len(whole) != 1:
            raise SeveralMeantError(self.kind, name, start, [thing.shown for thing in found])
        if not found:
            raise UnknownNameError(self.kind, name, start, [thing.names[0] for thing in self.things])
        return whole[0] if whole else found[0]

    def mistyped(self, name: str) -> str:
        """As many of the first words as look most like one name, or else the first; none from where one is known."""
        known = (place + 1 for place, sign in enumerate(name) if sign == " " and self.pattern.match(name, place + 1))
        written = name[: next(known, len(name))].split()[:_MOST_WORDS]
        for many in range(len(written), 1, -1):
            first = " ".join(written[:many])
            if get_close_matches(_key(first), self._meant, n=1, cutoff=0.75):
                return first
        return written[0]

    def said(self, thing: Named) -> str:
        """How one asks for a thing so that no other is meant."""
        name = thing.names[0] if len(self._meant[_key(thing.names[0])]) == 1 else thing.shown
        return quoted(name)

    def _all(self, name: str, start: int) -> Named:
        found = [thing for thing in self.things if _key(thing.names[0]).startswith(_key(name))]
        if not found:
            raise UnknownNameError(self.kind, name, start, [thing.names[0] for thing in self.things])
        return Named("", (name,), frozenset[str]().union(*(thing.ids for thing in found)))


def quoted(name: str) -> str:
    """A name as it stands in a query: in quotes, unless it has some itself."""
    return name if any(sign in name for sign in QUOTES) else f'"{name}"'


def any_of(names: Iterable[str], *, ends: str = ENDS) -> re.Pattern[str]:
    """A pattern for these names, the longest first, however spaces, quotes and steps of a path are typed."""
    ordered = sorted({normalize("NFC", " ".join(name.split())) for name in names} - {""}, key=len, reverse=True)
    if not ordered:
        return re.compile(r"(?!)")
    return re.compile(f"({'|'.join(map(_loosely, ordered))}){ends}", re.IGNORECASE)


def _loosely(name: str) -> str:
    signs = {" ": r"\s+", **dict.fromkeys(QUOTES, f"[{QUOTES}]"), **dict.fromkeys(_APOSTROPHES, f"[{_APOSTROPHES}]")}
    parts = ("".join(signs.get(sign) or re.escape(sign) for sign in part) for part in _STEPS.split(name))
    return r"\s*[›>/]\s*".join(parts)


def _key(name: str) -> str:
    """The form in which names in a query are compared."""
    signs = str.maketrans(dict.fromkeys(QUOTES, '"') | dict.fromkeys(_APOSTROPHES, "'"))
    return fold(_STEPS.sub(" › ", name).translate(signs))


def spelled(values: Sequence[str], text: str) -> str:
    """The recorded value that is meant, however its quotes and apostrophes are typed."""
    return next((value for value in values if _key(value) == _key(text)), text)


def _spellings(thing: Named) -> Iterator[str]:
    yield from thing.names
    for start in range(len(thing.path) - 1):
        yield " › ".join(thing.path[start:])


def plain_or_quoted(name: str) -> str:
    """The name of a field as it stands in a query: in quotes unless it is one word, which is known by its colon."""
    return name if name.isalnum() else quoted(name)
