"""Keyword in context: hits one below the other, sorted by the words beside them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

from qcode.text.words import words

type Order = Literal["place", "left", "hit", "right"]


class InContext(Protocol):
    """Anything that was found, with what stands before and after it."""

    @property
    def before(self) -> str:
        """What stands before, up to the hit."""

    @property
    def text(self) -> str:
        """The words that were found."""

    @property
    def after(self) -> str:
        """What stands after, from the hit on."""


@dataclass(frozen=True, slots=True)
class Line[H: InContext]:
    """One hit as a line: what is left and right of it stands on one line, cut at whole words."""

    hit: H
    left: str
    keyword: str
    right: str


def concordance[H: InContext](
    hits: Iterable[H], *, order: Order = "place", reach: int = 5, around: int = 60
) -> list[Line[H]]:
    """The hits as lines of a concordance; a context of `around` characters may have been cut inside a word.

    "place" leaves them as given; "left" sorts by the words before, the nearest first, "right" by the words after, and
    "hit" by the words found, then by those after. Case and accents make no difference; `reach` is how many words count.
    """
    lines = [_line(hit, around) for hit in hits]
    if order == "left":
        lines.sort(key=lambda line: (words(line.left)[: -reach - 1 : -1], words(line.keyword)))
    elif order == "right":
        lines.sort(key=lambda line: (words(line.right)[:reach], words(line.keyword)))
    elif order == "hit":
        lines.sort(key=lambda line: (words(line.keyword), words(line.right)[:reach]))
    return lines


def _line[H: InContext](hit: H, around: int) -> Line[H]:
    before, after = hit.before, hit.after
    left = " ".join((before if len(before) < around else _from_a_word(before)).split())
    right = " ".join((after if len(after) < around else _to_a_word(after)).split())
    return Line(
        hit,
        left + (" " if before[-1:].isspace() and left else ""),
        " ".join(hit.text.split()),
        (" " if after[:1].isspace() and right else "") + right,
    )


def _from_a_word(before: str) -> str:
    """Without the piece of a word that a context of so many characters begins with, unless that is all there is."""
    cut = next((place for place, character in enumerate(before) if character.isspace()), 0)
    return before[cut:]


def _to_a_word(after: str) -> str:
    cut = next((place for place in range(len(after), 0, -1) if after[place - 1].isspace()), 0)
    return after[:cut] if cut else after
