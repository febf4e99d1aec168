"""Where coders put codes: on sentences and parts of them, agreeing more on some codes than on others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random

_SENTENCE = re.compile(r"[^\s.!?…][^.!?…\n]*[.!?…]*”?")
_HEAD = 8


@dataclass(frozen=True, slots=True)
class Mark:
    """A code on `[start, end)` of a text; code and coder by their numbers."""

    start: int
    end: int
    code: int
    coder: int


def shared_marks(seed: int, text: str, count: int, *, codes: int, coders: int) -> list[Mark]:
    """What coders mark in one interview: each sees most of what is there, and draws the edges a little apart."""
    return _distinct(_seen(Random(seed), text, codes, coders), count)


def overlapping_marks(seed: int, text: str, count: int, *, codes: int, coders: int) -> list[Mark]:
    """Codings all over a long text: most on a sentence or two, some on pages, so that several lie over each other."""
    return _distinct(_scattered(Random(seed), text, codes, coders), count)


def _distinct(marks: Iterator[Mark], count: int) -> list[Mark]:
    """The first `count` different ones: nobody puts a code twice on the same words."""
    found: dict[Mark, None] = {}
    while len(found) < count:
        found[next(marks)] = None
    return list(found)


def _seen(random: Random, text: str, codes: int, coders: int) -> Iterator[Mark]:
    sentences = sentence_spans(text)
    shares = list(accumulate(1 / (number + _HEAD) for number in range(codes)))
    while True:
        code = random.choices(range(codes), cum_weights=shares)[0]
        first = random.randrange(len(sentences))
        last = min(first + random.choice((0, 0, 0, 1, 1, 2, 4)), len(sentences) - 1)
        for coder in range(coders):
            if random.random() < clarity(code, codes):
                yield Mark(*_edges(random, text, sentences, first, last), code, coder)


def clarity(code: int, codes: int) -> float:
    """How likely a coder is to see a passage of a code; neighbours in the codebook differ much."""
    return 0.45 + 0.5 * (code * 7 % codes) / codes


def _edges(random: Random, text: str, sentences: Sequence[tuple[int, int]], first: int, last: int) -> tuple[int, int]:
    """The sentences as one coder takes them: now and then one more, or without the first words."""
    start, end = sentences[first][0], sentences[min(last + (random.random() < 0.15), len(sentences) - 1)][1]
    later = text.find(" ", start + 10, end - 1) + 1
    return (later, end) if later and random.random() < 0.2 else (start, end)


def _scattered(random: Random, text: str, codes: int, coders: int) -> Iterator[Mark]:
    sentences = sentence_spans(text)
    while True:
        start = random.choice(sentences)[0]
        words = text[start : start + round(random.lognormvariate(5, 0.9)) + 2].rstrip()
        yield Mark(start, start + len(words), random.randrange(codes), random.randrange(coders))


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Where the sentences are, good enough to choose among them."""
    return [found.span() for found in _SENTENCE.finditer(text)]
