"""Texts cut into segments beforehand: by turn, by line, by sentences, or by answer to a question."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import batched, pairwise
from typing import Literal, NamedTuple

from qcode.text.ranges import Range, trim

type Cut = Literal["turn", "paragraph", "sentences", "answer"]
"""Where one segment ends and the next begins."""

CUTS: tuple[Cut, ...] = ("turn", "paragraph", "sentences", "answer")
_ASKING = frozenset({"interviewer", "event"})


class Spoken(NamedTuple):
    """A turn with the role of whoever speaks; "event" where nobody does."""

    start: int
    end: int
    role: str


def by_turn(text: str, turns: Sequence[Spoken]) -> Iterator[Range]:
    """A segment for each turn at talk; in a text without turns, for each line."""
    if turns:
        yield from _visible(text, _talk(turns))
    else:
        yield from by_line(text, turns)


def by_line(text: str, turns: Sequence[Spoken]) -> Iterator[Range]:
    """A segment for each line of what is said: turns of several paragraphs have several lines."""
    for start, end in _talk(turns) if turns else [(0, len(text))]:
        at = start
        for line in text[start:end].split("\n"):
            yield from _visible(text, [(at, at + len(line))])
            at += len(line) + 1


def by_sentences(text: str, turns: Sequence[Spoken], units: Sequence[Range], count: int) -> Iterator[Range]:
    """A segment for so many sentences of one turn, fewer at its end; in a text without turns, of one line."""
    places = _talk(turns) if turns else list(by_line(text, turns))
    at = 0
    for start, end in places:
        own: list[Range] = []
        while at < len(units) and units[at][0] < end:
            if units[at][0] >= start:
                own.append(units[at])
            at += 1
        yield from _visible(text, ((some[0][0], some[-1][1]) for some in batched(own, count)))


def by_answer(text: str, turns: Sequence[Spoken], asked: Collection[int]) -> Iterator[Range]:
    """A segment for what is said from where a question is asked, at one of these places, until the next.

    The turn that asks is not in it, nor are the interviewer's words and events behind the last answer.
    """
    places = sorted({*asked, len(text)})
    for start, end in pairwise(places):
        said = [turn for turn in turns if turn.start < end and start < turn.end]
        while said and said[0].role in _ASKING:
            said.pop(0)
        while said and said[-1].role in _ASKING:
            said.pop()
        if said:
            yield from _visible(text, [(max(said[0].start, start), min(said[-1].end, end))])


def _talk(turns: Iterable[Spoken]) -> list[Range]:
    return [(turn.start, turn.end) for turn in turns if turn.role != "event"]


def _visible(text: str, ranges: Iterable[Range]) -> Iterator[Range]:
    return (found for place in ranges if (found := trim(text, *place)))
