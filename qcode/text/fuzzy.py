"""Finding a name from a few of its letters: subsequences, with a preference for the starts of words."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_NEVER = -(10**9)


def fold(text: str) -> str:
    """The text without case and accents, for comparing what was typed with what is written."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def score(query: str, name: str) -> int | None:
    """How well the letters of a query, in their order, are found in a name; None where they are not.

    The best placing of the letters counts: 10 for a letter at the start of a word, 11 for one right after the letter
    before it, 1 for any other. A name that begins with the query earns 20 more and the same
    name 40 more. Spaces in the query are skipped, case and accents do not matter.
    """
    wanted, found = fold(query).replace(" ", ""), fold(name)
    if not wanted:
        return 0
    best = _best_placing(wanted, found)
    if best is None:
        return None
    whole = fold(query).strip()
    return best + 20 * found.startswith(whole) + 40 * (found == whole)


def _best_placing(wanted: str, found: str) -> int | None:
    """The best score over all placings, letter by letter: `ending[p]` is the best with the last letter on place p."""
    ending = [_points(found, place) if letter == wanted[0] else _NEVER for place, letter in enumerate(found)]
    for letter in wanted[1:]:
        ending = _next_letter(letter, found, ending)
    best = max(ending, default=_NEVER)
    return best if best > 0 else None


def _next_letter(wanted: str, found: str, ending: list[int]) -> list[int]:
    following = [_NEVER] * len(found)
    best_before = _NEVER
    for place in range(1, len(found)):
        best_before = max(best_before, ending[place - 1])
        if found[place] == wanted:
            following[place] = max(best_before + _points(found, place), ending[place - 1] + 11)
    return following


def _points(found: str, place: int) -> int:
    return 10 if _starts_word(found, place) else 1


def _starts_word(text: str, place: int) -> bool:
    return place == 0 or not text[place - 1].isalnum()


def ranked(query: str, names: Sequence[str], among: Iterable[int] | None = None) -> list[int]:
    """The indices of the names that a query finds: best score first, then the shorter name, then as given."""
    places = range(len(names)) if among is None else among
    scored = [(score(query, names[index]), index) for index in places]
    hits = [(-points, len(names[index]), index) for points, index in scored if points is not None]
    return [index for _, _, index in sorted(hits)]
