"""Attributions of quotes made from a template such as ``{pseudonym}, {group}``."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import count, pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from qcode.errors import QcodeError
from qcode.text.typed import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

FIELDS = ("pseudonym", "group", "role", "site", "document", "page", "id", "n")
"""What every study has; anything that is recorded about participants is a field too, by its name."""

NUMBER = "n"
SOMEBODY = "Participant"

_PIECE = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")


class UnknownAttributionFieldError(QcodeError):
    """A template names a field that quotes do not have."""

    def __init__(self, field: str, known: Iterable[str] = FIELDS) -> None:
        named = ", ".join(f"{{{name}}}" for name in dict.fromkeys([*FIELDS, *known]))
        super().__init__(f"The attribution has an unknown field “{{{field[:40]}}}”. Use one of: {named}.")


class AttributionBraceError(QcodeError):
    """A template has a brace without its partner."""

    def __init__(self, template: str) -> None:
        super().__init__(
            f"The attribution “{template[:60]}” has a brace without its partner. "
            "Write fields as {pseudonym}, and {{ or }} for a brace that is to be printed."
        )


def template_fields(template: str, attributes: Iterable[str] = ()) -> tuple[str, ...]:
    """The fields a template names, in order and as they are compared; use it to check a template before it is kept.

    `attributes` are the names of what else is recorded about participants, each of which is a field.

    Raises:
        UnknownAttributionFieldError, AttributionBraceError.
    """
    return _parsed(template, attributes)[1]


def template_words(template: str) -> str:
    """What a template prints whoever is quoted: its words without its fields.

    Raises:
        AttributionBraceError.
    """
    return " ".join(_split(template)[0])


def render(template: str, fields: Mapping[str, str]) -> str:
    """The attribution of one quote; `fields` are named as `template_fields` answers, those of attributes too.

    A field that is missing or blank is left out together with the words that join it to its neighbour, so
    ``({pseudonym}, {group})`` gives ``(Diego)`` where no group is known, and nothing where neither is. Of these words
    brackets stay, unless there is nothing between them: ``{role} ({site}), {n}`` gives ``Chief, 1``.

    Raises:
        UnknownAttributionFieldError, AttributionBraceError: for any template that could fail with other fields.
    """
    words, names = _parsed(template, fields)
    if not names:
        return words[0]
    values = [" ".join(str(fields.get(name, "")).split()) for name in names]
    present = [place for place, value in enumerate(values) if value]
    if not present:
        return ""
    joining = {0, *(_joining(words, before, place) for before, place in pairwise(present))}
    pieces: list[_Piece] = []
    for place, value in enumerate(values):
        pieces += [_Piece(words[place], dropped=place not in joining), _Piece(value, is_value=True)]
    return "".join(_with_brackets([*pieces, _Piece(words[-1])]))


def _joining(words: Sequence[str], before: int, place: int) -> int:
    """Which words join two fields: those that open a bracket which holds the second one, or else the last before it."""
    for one in range(before + 1, place):
        opens = max(map(words[one].rfind, _CLOSING.values()))
        closes = max(map("".join([words[one][opens + 1 :], *words[one + 1 : place + 1]]).rfind, _CLOSING))
        if opens >= 0 > closes:
            return one
    return place


class _Piece(NamedTuple):
    """A value, empty where it is missing, or the words before one; of words that are dropped brackets stay."""

    text: str
    is_value: bool = False
    dropped: bool = False


_CLOSING: Final = {")": "(", "]": "["}
_BRACKETS: Final = frozenset([*_CLOSING, *_CLOSING.values()])


def _with_brackets(pieces: Iterable[_Piece]) -> list[str]:
    """The pieces, without the brackets that held what is missing, and nothing else that is printed."""
    out: list[str] = []
    opened: list[tuple[str, int, int]] = []
    missing = 0
    for piece in pieces:
        if piece.is_value:
            missing += not piece.text
            out += [piece.text] * bool(piece.text)
            opened *= not piece.text
            continue
        for letter in piece.text:
            if letter in _CLOSING and opened and opened[-1][0] == _CLOSING[letter]:
                _bracket, start, before = opened.pop()
                if missing > before:
                    del out[start:]
                    continue
            elif letter in _BRACKETS:
                opened.append((letter, len(out), missing))
            if letter in _BRACKETS or not piece.dropped:
                out.append(letter)
    return out


class Numbers:
    """Numbers people of whom the same is printed, 1, 2, 3, in the order in which they are printed first."""

    def __init__(self, *, taken: Collection[str] = ()) -> None:
        self._taken = {fold(name) for name in taken}
        self._given: dict[str, dict[str, int]] = {}
        self._nameless: dict[str, int] = {}

    def of(self, person: str, kind: str) -> int:
        """The number of somebody among those who are printed as `kind`."""
        given = self._given.setdefault(kind, {})
        return given.setdefault(person, len(given) + 1)

    def somebody(self, person: str) -> str:
        """What is printed in place of a name that is kept back: “Participant 2”, unless somebody is called so."""
        return f"{SOMEBODY} {self.nameless(person)}"

    def nameless(self, person: str) -> int:
        """The number of somebody among those whose name is kept back."""
        if person not in self._nameless:
            first = max(self._nameless.values(), default=0) + 1
            self._nameless[person] = next(number for number in count(first) if self._is_free(number))
        return self._nameless[person]

    def _is_free(self, number: int) -> bool:
        return not {fold(f"{SOMEBODY} {number}"), f"p{number}", str(number)} & self._taken


def _parsed(template: str, attributes: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words before, between and after the fields (one more than fields), and the fields."""
    words, names = _split(template)
    known = {*FIELDS, *map(_folded, attributes)}
    for name in names:
        if _folded(name) not in known:
            raise UnknownAttributionFieldError(name, attributes)
    return words, tuple(map(_folded, names))


_folded = lru_cache(fold)  # the same few names are compared for every quote


@lru_cache
def _split(template: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    words, names, end = [""], list[str](), 0
    for piece in _PIECE.finditer(template):
        words[-1] += template[end : piece.start()]
        end = piece.end()
        if piece[0] in ("{{", "}}"):
            words[-1] += piece[0][0]
        elif piece[1] is None:
            raise AttributionBraceError(template)
        else:
            names.append(piece[1])
            words.append("")
    words[-1] += template[end:]
    return tuple(words), tuple(names)
