"""A corpus as columns of numbers, from which tables are counted in a few steps for each row."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from qcode.analysis.corpus import Corpus, Mark, Text, Turn

    type Numbers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Grid:
    """What of each mark is said in each turn that is counted, one entry a piece, in text order.

    `mark`, `turn` and `code` are numbers in `marks`, `turns` and `Corpus.codes`; `who` one in `people`, or -1 where
    nobody recorded speaks. `[first, last)` are the words of the piece, numbered through all texts. `silent` are the
    numbers of marks without a piece: in questions, for instance.
    """

    marks: tuple[Mark, ...]
    turns: tuple[tuple[Text, Turn], ...]
    people: tuple[str, ...]
    mark: Numbers
    turn: Numbers
    code: Numbers
    who: Numbers
    first: Numbers
    last: Numbers
    silent: Numbers


def grid_of(corpus: Corpus) -> Grid:
    """The grid of a corpus."""
    import numpy as np

    marks = tuple(mark for mark in corpus.all_marks() if mark.code in corpus.rank)
    turns = [(text, number, turn) for text in corpus.texts for number, turn in enumerate(text.turns) if turn.counted]
    at = {(text.document, number): place for place, (text, number, _turn) in enumerate(turns)}
    people = tuple(dict.fromkeys(turn.participant for _text, _number, turn in turns if turn.participant))
    person = {key: place for place, key in enumerate(people)} | {"": -1}
    of_mark = {id(mark): place for place, mark in enumerate(marks)}
    words = dict(zip(corpus.text, accumulate((one.words for one in corpus.texts), initial=0), strict=False))
    rows = [
        (
            of_mark[id(piece.mark)],
            at[piece.text.document, piece.number],
            corpus.rank[piece.mark.code],
            person[piece.turn.participant],
            words[piece.text.document] + piece.text.words_before(piece.start),
            words[piece.text.document] + piece.text.words_before(piece.end),
        )
        for piece in corpus.pieces
        if piece.mark.code in corpus.rank
    ]
    mark, turn, code, who, first, last = np.array(rows, np.int64).reshape(len(rows), 6).T
    silent = np.setdiff1d(np.arange(len(marks)), mark)
    spoken = tuple((text, one) for text, _number, one in turns)
    return Grid(marks, spoken, people, mark, turn, code, who, first, last, silent)
