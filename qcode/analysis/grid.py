"""A corpus as columns of numbers, from which tables are counted in a few steps for each row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from qcode.analysis.corpus import Corpus, Mark, Text

    type Numbers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Grid:
    """What of each mark is said in each turn that is counted, one entry a piece, in text order.

    `mark`, `turn` and `code` are numbers in `marks`, of the turns that are counted, and in `Corpus.codes`; `who` is
    one in `people`, or -1 where nobody recorded speaks. `[first, last)` are the words of the piece, numbered through
    all texts. `silent` are the numbers of marks without a piece: in questions, for instance.

    Of each turn, `text_of` and `who_of` say in which text it is and who speaks, `words_of` how many words it has.
    """

    marks: tuple[Mark, ...]
    people: tuple[str, ...]
    mark: Numbers
    turn: Numbers
    code: Numbers
    who: Numbers
    first: Numbers
    last: Numbers
    silent: Numbers
    text_of: Numbers
    who_of: Numbers
    words_of: Numbers


def grid_of(corpus: Corpus) -> Grid:
    """The grid of a corpus."""
    import numpy as np

    heard = (turn.participant for text in corpus.texts for turn in text.turns if turn.counted and turn.participant)
    people = tuple(dict.fromkeys(heard))
    turns = _turns(corpus, {key: place for place, key in enumerate(people)})
    marks = tuple(mark for mark in corpus.all_marks() if mark.code in corpus.rank)
    mark, turn, first, last = (np.concatenate(one) for one in zip(_none(), *_pieces(corpus, marks), strict=True))
    rank = np.array([corpus.rank[one.code] for one in marks], np.int64)
    silent = np.setdiff1d(np.arange(len(marks)), mark)
    return Grid(marks, people, mark, turn, rank[mark], turns[1][turn], first, last, silent, *turns)


def _none() -> tuple[Numbers, ...]:
    import numpy as np

    return (np.zeros(0, np.int64),) * 4


def _turns(corpus: Corpus, person: Mapping[str, int]) -> tuple[Numbers, Numbers, Numbers]:
    """Of each turn that is counted the number of its text, who speaks, and how many words it has."""
    import numpy as np

    rows = [
        (place, person.get(turn.participant, -1), turn.words)
        for place, text in enumerate(corpus.texts)
        for turn in text.turns
        if turn.counted
    ]
    text, who, words = np.array(rows, np.int64).reshape(len(rows), 3).T
    return text, who, words


def _pieces(corpus: Corpus, marks: Sequence[Mark]) -> Iterator[tuple[Numbers, ...]]:
    """Document by document: the mark, the turn, the first word and that after the last of each piece."""
    import numpy as np

    at = turns = words = 0
    for text in corpus.texts:
        until = at
        while until < len(marks) and marks[until].document == text.document:
            until += 1
        if until > at:
            mark, turn, start, end = _overlaps(text, marks[at:until])
            begins = np.frombuffer(text.word_starts, np.int64) if len(text.word_starts) else np.zeros(0, np.int64)
            yield mark + at, turn + turns, np.searchsorted(begins, start) + words, np.searchsorted(begins, end) + words
        at, turns, words = until, turns + sum(turn.counted for turn in text.turns), words + text.words


def _overlaps(text: Text, marks: Sequence[Mark]) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Which marks share characters with which turns that are counted, both numbered from 0, and which characters."""
    import numpy as np

    turns = [(turn.start, turn.end) for turn in text.turns if turn.counted]
    starts, ends = np.array(turns, np.int64).reshape(len(turns), 2).T
    first, last = np.array([(mark.start, mark.end) for mark in marks], np.int64).T
    begin = np.searchsorted(ends, first, "right")
    many = np.maximum(0, np.searchsorted(starts, last) - begin)
    mark = np.repeat(np.arange(len(marks)), many)
    turn = np.arange(int(many.sum())) - np.repeat(np.cumsum(many) - many, many) + begin[mark]
    return mark, turn, np.maximum(first[mark], starts[turn]), np.minimum(last[mark], ends[turn])
