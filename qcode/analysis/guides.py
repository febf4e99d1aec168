"""Questions of interview guides, on values: found in lines, followed from version to version, recognised in talk."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log, sqrt
from typing import Final, NamedTuple

from qcode.text.words import folded

_NUMBER: Final = r"\d{1,3}(?:\.\d{1,3})*[a-z]?"
_TITLED: Final = rf"(?:q|question|pregunta|frage|vraag|domanda)\.?\s*({_NUMBER})\s*(?:[.):\]]|[-–—](?=\s)|(?=\s)|$)"
_PLAIN: Final = rf"[(\[]?({_NUMBER})\s*(?:[.):\]]+(?=\s|$)|\t|[-–—](?=\s))"
_DEEP: Final = r"(\d{1,3}(?:\.\d{1,3})+[a-z]?)(?=\s)"
_NUMBERED: Final = re.compile(rf"\s*(?:{_TITLED}|{_PLAIN}|{_DEEP})\s*(.*)", re.IGNORECASE | re.DOTALL)
_STEM: Final = 5
_SAME: Final = 0.6
SIMILAR: Final = 0.2
"""How alike two wordings under one number must be to count as one question unless somebody says otherwise."""

_LIKELY: Final = 0.35
_BESIDE_BEST: Final = 0.75


class Wording(NamedTuple):
    """A question as one version of a guide has it."""

    number: str
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """The questions in some lines, and how many lines were none: headings, probes and the like between them."""

    questions: tuple[Wording, ...]
    left_out: int


def questions_in(lines: Iterable[str]) -> Found:
    """The numbered lines, such as `4. …`, `4) …` or `Q4: …`; where no line has a number, every line by its place."""
    tidy = [" ".join(line.split()) for line in lines]
    tidy = [line for line in tidy if line]
    found = [match for match in map(_NUMBERED.fullmatch, tidy) if match]
    if not found:
        return Found(tuple(Wording(str(place), line) for place, line in enumerate(tidy, start=1)), 0)
    questions = tuple(Wording((match[1] or match[2] or match[3]).lower(), match[4]) for match in found)
    return Found(questions, len(tidy) - len(found))


def written(questions: Iterable[Wording]) -> str:
    """Questions as lines that are read back as the same ones."""
    return "\n".join(f"{one.number}. {one.text}" for one in questions)


# From version to version ------------------------------------------------------------------------------------------


class Following(NamedTuple):
    """Which question of the version before, by its place there, one of the version after is; None for a new one.

    `doubtful` says that only the number tells so, or tells otherwise: somebody should look.
    """

    before: int | None
    doubtful: bool


def followed(before: Sequence[Wording], after: Sequence[Wording]) -> list[Following]:
    """For each question after, which one before it is.

    The same words are the same question wherever they stand; then the same number with words that are alike; then
    words that are very much alike under another number.
    """
    known = [_key(one.text) for one in before]
    words, new_words = [_stems(one.text) for one in before], [_stems(one.text) for one in after]
    left = set(range(len(before)))
    taken: dict[int, Following] = {}
    for place, one in enumerate(after):
        key = _key(one.text)
        same = [at for at in left if known[at] == key]
        if same:
            best = min(same, key=lambda at: (before[at].number != one.number, at))
            taken[place] = Following(best, doubtful=False)
            left.discard(best)
    numbers = {before[at].number: at for at in sorted(left, reverse=True)}
    doubtful: set[int] = set()
    for place, one in enumerate(after):
        at = numbers.get(one.number)
        if place in taken or at not in left:
            continue
        likeness = _shared(words[at], new_words[place])
        if likeness >= SIMILAR:
            taken[place] = Following(at, doubtful=likeness < _SAME)
            left.discard(at)
        else:
            doubtful.add(place)
    for place in range(len(after)):
        if place not in taken:
            likeness, at = max(((_shared(words[at], new_words[place]), -at) for at in left), default=(0.0, 0))
            found = -at if likeness >= _SAME else None
            taken[place] = Following(found, doubtful=found is None and place in doubtful)
            left.discard(-at if found is not None else -1)
    return [taken[place] for place in range(len(after))]


def alike(first: str, second: str) -> float:
    """How many words two questions share, from 0 to 1: the share of all words of both that are in both (Dice)."""
    return _shared(_stems(first), _stems(second))


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    shared = len(one & other)
    return 2 * shared / (len(one) + len(other)) if shared else 0.0


def _key(text: str) -> str:
    return " ".join(folded(text).split())


def _stems(text: str, stop_words: Collection[str] = ()) -> frozenset[str]:
    words = folded(text).split()
    telling = [word for word in words if word not in stop_words] or words
    return frozenset(word[:_STEM] for word in telling)


# In talk ----------------------------------------------------------------------------------------------------------


class Likely(NamedTuple):
    """That something said may be a question: both by their place in the lists, and how alike they are, up to 1."""

    question: int
    said: int
    likeness: float


@dataclass(slots=True)
class _Weights:
    """How telling each word is: the rarer among all that is compared, the more (inverse document frequency)."""

    of_word: Mapping[str, float]

    @classmethod
    def among(cls, texts: Sequence[frozenset[str]]) -> _Weights:
        counts = Counter(word for text in texts for word in text)
        return cls({word: log(1 + len(texts) / count) for word, count in counts.items()})

    def length(self, words: Iterable[str]) -> float:
        return sqrt(sum(self.of_word[word] ** 2 for word in words))


@dataclass(slots=True)
class _Index:
    """Where each word stands among the questions."""

    places: dict[str, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, questions: Sequence[frozenset[str]]) -> _Index:
        index = cls()
        for place, words in enumerate(questions):
            for word in words:
                index.places.setdefault(word, []).append(place)
        return index


def likely(questions: Sequence[str], said: Sequence[str], *, stop_words: Collection[str] = ()) -> list[Likely]:
    """Which of the things said are probably which question, in the order said; each is one question at most.

    Compared are the beginnings of words by the cosine of their weights (Salton, Wong and Yang 1975). What is much
    less like a question than the best that was said is left out, and the same words are always the same question.
    """
    asked = [_stems(text, stop_words) for text in questions]
    heard = [_stems(text, stop_words) for text in said]
    weights, index = _Weights.among([*asked, *heard]), _Index.of(asked)
    lengths = [weights.length(words) for words in asked]
    same = {_key(text): place for place, text in reversed(list(enumerate(questions))) if _key(text)}
    found = [
        Likely(same[_key(text)], place, 1.0) if _key(text) in same else _best(place, words, weights, index, lengths)
        for place, (text, words) in enumerate(zip(said, heard, strict=True))
    ]
    best: dict[int, float] = {}
    for one in found:
        if one is not None:
            best[one.question] = max(one.likeness, best.get(one.question, 0.0))
    return [one for one in found if one is not None and one.likeness >= _BESIDE_BEST * best[one.question]]


def _best(
    place: int, words: frozenset[str], weights: _Weights, index: _Index, lengths: Sequence[float]
) -> Likely | None:
    """The question that is most like something said, if any is like it."""
    products: dict[int, float] = {}
    for word in words:
        for question in index.places.get(word, ()):
            products[question] = products.get(question, 0.0) + weights.of_word[word] ** 2
    length = weights.length(words)
    scored = ((product / (length * lengths[question]), -question) for question, product in products.items())
    likeness, question = max(scored, default=(0.0, 0))
    return Likely(-question, place, likeness) if likeness >= _LIKELY else None
