"""A corpus laid out for queries: all texts behind each other on one axis, with codes, turns and words as arrays.

Whatever is made for one question is kept for the next; the corpus is a value and never changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from qcode.analysis.code_query_terms import Named, Recorded, Said, Unit, Vocabulary, Where
from qcode.analysis.corpus import Corpus, Person, Text, Turn, word_starts
from qcode.analysis.finding import Finder
from qcode.analysis.runs import NONE, Flags, Runs, runs_of, union
from qcode.text.ranges import Range, trim
from qcode.text.typed import fold
from qcode.text.words import blocks_of, shape

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FAR: Final = 10**9
"""More than any number of turns or words of a document, or that a query can ask for."""

type _Says = Callable[[Text, Turn | None], tuple[str, ...]]
"""What is recorded of whoever speaks in a turn of a text, or of a text without turns; nothing may be the empty text."""


class Ground:
    """The axis of a corpus: text number `n` begins at `_bases[n]`, and one place after each belongs to none."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._texts = corpus.texts
        self._lengths = np.array([text.length for text in self._texts], np.int64)
        self._bases: NDArray[np.int64] = np.cumsum(np.concatenate(([0], self._lengths + 1)))[:-1]
        self._areas: dict[Where, Runs] = {}
        self._asked: dict[tuple[frozenset[str] | None, frozenset[str] | None], Runs] = {}
        self._searched: dict[int, _Searched] = {}
        self._words: dict[int, NDArray[np.int64]] = {}
        self._fields = _fields(corpus)

    # Runs ---------------------------------------------------------------------------------------------------------

    @cached_property
    def everything(self) -> Runs:
        """All texts."""
        return runs_of(
            (int(base), int(base) + text.length) for base, text in zip(self._bases, self._texts, strict=True)
        )

    @cached_property
    def turns(self) -> Runs:
        """The turns; a text without any is one."""
        return np.array([(start, end) for start, end, _voice in self._turns if start < end], np.int64).reshape(-1, 2)

    def codes(self, ids: frozenset[str] | None, coders: frozenset[str] | None = None) -> Runs:
        """The stretches of any of these codes, or of any code at all; those of these coders where some are named."""
        key = ids, coders
        if key not in self._asked:
            chosen = self._marks if ids is None else {code: self._marks.get(code, ()) for code in ids}
            self._asked[key] = runs_of(
                (start, end)
                for marks in chosen.values()
                for start, end, by in marks
                if coders is None or not coders.isdisjoint(by)
            )
        return self._asked[key]

    @cached_property
    def _marks(self) -> Mapping[str, list[tuple[int, int, tuple[str, ...]]]]:
        out: dict[str, list[tuple[int, int, tuple[str, ...]]]] = {}
        for base, text in zip(self._bases.tolist(), self._texts, strict=True):
            for mark in self._corpus.marks[text.document]:
                out.setdefault(mark.code, []).append((base + mark.start, base + mark.end, mark.coders))
        return out

    # Fields -------------------------------------------------------------------------------------------------------

    def where(self, asked: Where) -> Runs:
        """The turns where one of these values is recorded; what lies between two that follow each other is with them.

        A text in all of whose turns it is recorded is meant as a whole.
        """
        if asked not in self._areas:
            says = self._fields[fold(asked.about)]
            holds = [asked.accepts(_recorded(says, text, turn)) for text, turn in self._voices]
            self._areas[asked] = self._area(np.array(holds, bool))
        return self._areas[asked]

    def _area(self, holds: Flags) -> Runs:
        starts, ends, voices = self._spoken.T
        if not len(starts):
            return NONE
        meant, text = holds[voices], self._text_of(starts)
        on = meant[1:] & meant[:-1] & (text[1:] == text[:-1])
        first, last = meant.copy(), meant.copy()
        first[1:] &= ~on
        last[:-1] &= ~on
        whole = np.logical_and.reduceat(meant, self._first_turns[:-1])[text]
        begins = np.where(whole, self._bases[text], starts)[first]
        finishes = np.where(whole, self._bases[text] + self._lengths[text], ends)[last]
        areas: Runs = np.column_stack((begins, finishes))
        return union(areas[begins < finishes])

    @cached_property
    def _spoken(self) -> NDArray[np.int64]:
        """Of each turn the start, the end and the number of whoever speaks."""
        return np.array(self._turns, np.int64).reshape(-1, 3)

    @cached_property
    def _voices(self) -> list[tuple[Text, Turn | None]]:
        """Whoever speaks in each text, with one of their turns; all that is recorded is the same for all of them."""
        return list(self._voiced[1])

    @property
    def _turns(self) -> list[tuple[int, int, int]]:
        return self._voiced[0]

    @cached_property
    def _first_turns(self) -> list[int]:
        counts = [max(1, len(text.turns)) for text in self._texts]
        return [0, *np.cumsum(counts).tolist()]

    @cached_property
    def _voiced(self) -> tuple[list[tuple[int, int, int]], list[tuple[Text, Turn | None]]]:
        """The turns of all texts with the number of whoever speaks, and those who speak."""
        turns: list[tuple[int, int, int]] = []
        voices: list[tuple[Text, Turn | None]] = []
        for base, text in zip(self._bases.tolist(), self._texts, strict=True):
            known: dict[tuple[str, str, str], int] = {}
            for turn in text.turns:
                who = turn.speaker, turn.role, turn.participant
                if who not in known:
                    known[who] = len(voices)
                    voices.append((text, turn))
                turns.append((base + turn.start, base + turn.end, known[who]))
            if not text.turns:
                turns.append((base, base + text.length, len(voices)))
                voices.append((text, None))
        return turns, voices

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """All that a query can name."""
        corpus = self._corpus
        return Vocabulary(
            codes=tuple(Named(one.id, (one.name,), corpus.meant(one.id), one.path) for one in corpus.codes),
            branches=tuple(Named(one.id, (one.name,), corpus.below(one.id), one.path) for one in corpus.codes),
            themes=tuple(Named(one.id, (one.name,), frozenset(one.codes), one.path) for one in corpus.themes),
            coders=tuple(
                Named(
                    one.id, tuple(dict.fromkeys(name for name in (one.name, one.initials) if name)), frozenset({one.id})
                )
                for one in corpus.coders
            ),
            fields=tuple(Recorded(name, self._values(fold(name))) for name in self._named_fields()),
        )

    def _values(self, field: str) -> tuple[str, ...]:
        says = self._fields[field]
        return tuple(dict.fromkeys(said for text, turn in self._voices for said in _recorded(says, text, turn)))

    def _named_fields(self) -> Iterable[str]:
        titles = {fold(one.name): one.name for one in self._corpus.attributes}
        return [field if field in _BUILT_IN else titles.get(field, field) for field in self._fields]

    # Words --------------------------------------------------------------------------------------------------------

    def said(self, asked: Said, among: Runs | None = None) -> Runs:
        """Where these words are said, each time; only in the texts of some runs where those are given."""
        finder = Finder(asked.words)
        texts = range(len(self._texts)) if among is None else np.unique(self._text_of(among[:, 0])).tolist()
        found = [self._said_in(number, finder) for number in texts]
        return np.concatenate([one for one in found if len(one)] or [NONE])

    def _said_in(self, number: int, finder: Finder) -> Runs:
        text, known = self._texts[number].text, self._search(number)
        found = finder.find(text, known.shape, known.blocks)
        if found and not _in_turns(found, known.turns):
            # What goes on in the next turn is not said by anybody, and may have hidden what is.
            found = [
                (start + first, start + last)
                for start, end in known.turns.tolist()
                for first, last in finder.find(text[start:end], known.shape, known.blocks)
            ]
        ranges: Runs = np.array(found, np.int64).reshape(-1, 2) + self._bases[number]
        return ranges

    def _search(self, number: int) -> _Searched:
        if number not in self._searched:
            text = self._texts[number]
            letters = _letters(text.text)
            turns = np.array([turn[:2] for turn in text.turns] or [(0, text.length)], np.int64)
            self._searched[number] = _Searched(shape(letters), blocks_of(letters), turns)
        return self._searched[number]

    # Places -------------------------------------------------------------------------------------------------------

    def trimmed(self, runs: Runs) -> Runs:
        """The runs without white space at their ends; none that are only white space."""
        starts, ends = self._edges
        doubtful = np.flatnonzero(~(_are_in(runs[:, 0], starts) & _are_in(runs[:, 1], ends)))
        out, empty = runs.copy(), np.zeros(len(runs), bool)
        for row, (document, start, end) in zip(doubtful.tolist(), self.placed(runs[doubtful]), strict=True):
            place = trim(self._corpus.text[document].text, start, end)
            empty[row] = place is None
            if place is not None:
                out[row] += place[0] - start, place[1] - end
        kept: Runs = out[~empty]
        return kept

    @cached_property
    def _edges(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Where marks begin and end that have no white space there: runs that do so too need no second look."""
        starts, ends = set[int](), set[int]()
        for base, text in zip(self._bases.tolist(), self._texts, strict=True):
            for mark in self._corpus.marks[text.document]:
                if mark.start < mark.end and not text.text[mark.start].isspace():
                    starts.add(base + mark.start)
                if mark.start < mark.end and not text.text[mark.end - 1].isspace():
                    ends.add(base + mark.end)
        return np.array(sorted(starts), np.int64), np.array(sorted(ends), np.int64)

    def codes_in(self, runs: Runs) -> list[tuple[str, ...]]:
        """For each run the codes that stand somewhere in it, in codebook order."""
        marks, ids = self._ranked, [code.id for code in self._corpus.codes]
        first = np.searchsorted(runs[:, 1], marks[:, 0], "right")
        many = np.maximum(np.searchsorted(runs[:, 0], marks[:, 1], "left") - first, 0)
        behind = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
        pairs = np.unique((np.repeat(first, many) + behind) * max(1, len(ids)) + np.repeat(marks[:, 2], many))
        named = [ids[code] for code in (pairs % max(1, len(ids))).tolist()]
        ends = np.searchsorted(pairs, (np.arange(len(runs)) + 1) * max(1, len(ids)), "left").tolist()
        return [tuple(named[start:end]) for start, end in zip([0, *ends], ends, strict=False)]

    @cached_property
    def _ranked(self) -> NDArray[np.int64]:
        """The start and the end of each mark, and the place of its code in the codebook."""
        rank = self._corpus.rank
        marks = [
            (start, end, rank[code])
            for code, marks in self._marks.items()
            if code in rank
            for start, end, _coders in marks
            if start < end
        ]
        return np.array(marks, np.int64).reshape(-1, 3)

    def placed(self, runs: Runs) -> Iterator[tuple[str, int, int]]:
        """Each run as a document's id and a range of its text."""
        numbers = self._text_of(runs[:, 0])
        bases = self._bases[numbers] if len(runs) else self._bases[:0]
        for number, base, (start, end) in zip(numbers.tolist(), bases.tolist(), runs.tolist(), strict=True):
            yield self._texts[number].document, start - base, end - base

    def numbers(self, runs: Runs, unit: Unit) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """For each run the numbers of its first and last turn; or how many words begin before it, and before its end.

        Those of different texts lie further apart than any question reaches.
        """
        texts = self._text_of(runs[:, 0])
        if unit == "turn":
            starts = self._turn_starts
            first = np.searchsorted(starts, runs[:, 0], "right") - 1
            last = np.searchsorted(starts, runs[:, 1] - 1, "right") - 1
        else:
            first, last = np.zeros(len(runs), np.int64), np.zeros(len(runs), np.int64)
            for number in np.unique(texts).tolist():
                own, words = texts == number, self._word_starts(number)
                first[own] = np.searchsorted(words, runs[own, 0])
                last[own] = np.searchsorted(words, runs[own, 1])
        return first + texts * _FAR, last + texts * _FAR

    @cached_property
    def _turn_starts(self) -> NDArray[np.int64]:
        """Where turns begin; what stands before the first of a text belongs to it."""
        starts = np.array([start for start, _end, _voice in self._turns], np.int64)
        if len(starts):
            starts[self._first_turns[:-1]] = self._bases
        return starts

    def _word_starts(self, number: int) -> NDArray[np.int64]:
        if number not in self._words:
            self._words[number] = word_starts(self._texts[number].text) + self._bases[number]
        return self._words[number]

    def _text_of(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        numbers: NDArray[np.int64] = np.searchsorted(self._bases, places, "right").astype(np.int64) - 1
        return numbers


class _Searched(NamedTuple):
    """How a text can be searched, the blocks of its characters, and its turns."""

    shape: int
    blocks: frozenset[int]
    turns: Runs


def _letters(text: str) -> str:
    """Each character of a text once, in any order."""
    if text.isascii():
        return ""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return "".join(map(chr, np.flatnonzero(np.bincount(points.astype(np.intp))).tolist()))


def _are_in(places: NDArray[np.int64], known: NDArray[np.int64]) -> Flags:
    """Which places are among those that are known, which are in order."""
    if not len(known):
        return np.zeros(len(places), bool)
    found: Flags = known[np.minimum(np.searchsorted(known, places), len(known) - 1)] == places
    return found


def _in_turns(found: list[Range], spans: Runs) -> bool:
    """Whether each of the ranges lies in one turn."""
    places = np.array(found)
    at = np.searchsorted(spans[:, 0], places[:, 0], "right") - 1
    return bool(((at >= 0) & (spans[np.maximum(at, 0), 1] >= places[:, 1])).all())


# Fields -----------------------------------------------------------------------------------------------------------


def _fields(corpus: Corpus) -> dict[str, list[_Says]]:
    """What can be asked by name, and how it is read for whoever speaks in a text."""

    def people(text: Text, turn: Turn | None) -> list[Person]:
        """Who speaks, or, in notes in which nobody does, whom they are about."""
        named = (turn.participant,) if turn is not None and turn.participant else text.about
        return [corpus.person[one] for one in named if one in corpus.person]

    def of_person(key: str) -> _Says:
        return lambda text, turn: tuple(person.attributes.get(key, "") for person in people(text, turn))

    def of_document(key: str) -> _Says:
        return lambda text, _turn: (text.attributes.get(key, ""),)

    def group(text: Text, turn: Turn | None) -> tuple[str, ...]:
        own = tuple(filter(None, (person.group for person in people(text, turn))))
        return own or (text.group,)

    out: dict[str, list[_Says]] = {name: list(says) for name, says in _BUILT_IN.items()}
    out["group"].append(group)
    out["role"].append(lambda text, turn: tuple(person.role for person in people(text, turn)))
    for one in corpus.attributes:
        if one.key not in _BUILT_IN:
            reads = of_person if one.subject == "participant" else of_document
            out.setdefault(fold(one.name), []).append(reads(one.key))
    return out


def _recorded(says: Iterable[_Says], text: Text, turn: Turn | None) -> Iterator[str]:
    return (said for one in says for said in one(text, turn) if said)


_BUILT_IN: Final[Mapping[str, tuple[_Says, ...]]] = {
    "document": (lambda text, _turn: (text.name,),),
    "kind": (lambda text, _turn: (text.kind,),),
    "language": (lambda text, _turn: (text.language,),),
    "group": (),
    "speaker": (lambda _text, turn: () if turn is None else (turn.speaker,),),
    "role": (lambda _text, turn: () if turn is None else (turn.role,),),
}
