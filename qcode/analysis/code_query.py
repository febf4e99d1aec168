"""Asking the codes: where in the texts the codes stand to each other, to speakers and to words as a query says.

All texts lie one behind the other on one axis, with a place between them that belongs to none, so that each step of a
query is a few operations on sorted arrays. What an expression means is told in `code_query_terms`; three things are
not sets of characters, and are meant together with what stands beside them: who coded (`coder:`) narrows the codes,
words that are said (`text:`) choose whole stretches, and so do relations (`near` and its like).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from qcode.analysis.code_query_reading import Reader
from qcode.analysis.code_query_terms import (
    All,
    AnyOf,
    Beside,
    By,
    Codes,
    Expression,
    Not,
    Said,
    Unit,
    Where,
    in_words,
)
from qcode.analysis.query_ground import Ground
from qcode.analysis.runs import Flags, Runs, both, holding, inside, meeting, minus, union

if TYPE_CHECKING:
    from qcode.analysis.corpus import Corpus, Mark

type _Coders = frozenset[str] | None


class Hit(NamedTuple):
    """A passage that a query found, with the ids of the codes that stand somewhere in it, in codebook order."""

    document: str
    start: int
    end: int
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query found, in text order; `understood` is the query written out in full, `said` what was counted."""

    understood: str
    hits: tuple[Hit, ...]
    said: str

    @property
    def documents(self) -> int:
        """In how many documents something was found."""
        return len({hit.document for hit in self.hits})


@dataclass(frozen=True, slots=True)
class Question:
    """A query that was understood."""

    expression: Expression

    @property
    def by_coder(self) -> bool:
        """Whether it asks who coded, so that each coder's codings have to be told apart."""
        return any(isinstance(one, By) for one in _terms(self.expression))

    @property
    def understood(self) -> str:
        """The query written out in full."""
        return in_words(self.expression)


class Asking:
    """Asks one corpus after another question; what was made ready for one question stays for the next."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self._ground = Ground(corpus)
        self._reader = Reader(self._ground.vocabulary)

    def read(self, query: str) -> Question:
        """The question that somebody typed. Raises a QueryError that says what is wrong and where."""
        return Question(self._reader.read(query))

    def ask(self, question: Question) -> Answer:
        """The passages that a question finds: without white space at their ends, none that is only white space."""
        found = self._ground.trimmed(self._found(question.expression, None))
        return Answer(question.understood, tuple(self._hits(found)), self.corpus.said)

    def marks(self, hit: Hit) -> tuple[Mark, ...]:
        """The marks that stand somewhere in a passage that was found."""
        own = self.corpus.marks[hit.document]
        return tuple(mark for mark in own if mark.start < hit.end and hit.start < mark.end)

    def _hits(self, found: Runs) -> Iterator[Hit]:
        for (document, start, end), codes in zip(self._ground.placed(found), self._ground.codes_in(found), strict=True):
            yield Hit(document, start, end, codes)

    # Terms --------------------------------------------------------------------------------------------------------

    def _found(self, expression: Expression, coders: _Coders) -> Runs:
        match expression:
            case All(parts):
                return self._all(parts, coders)
            case AnyOf(parts):
                return union(*(self._found(part, coders) for part in parts))
            case Not(part):
                return minus(self._ground.everything, self._found(part, coders))
            case Beside():
                return self._beside(expression, coders)
            case _:
                return self._term(expression, coders)

    def _term(self, term: Codes | By | Said | Where, coders: _Coders) -> Runs:
        match term:
            case Codes(ids):
                return self._ground.codes(ids, coders)
            case By(ids):
                return self._ground.codes(None, ids)
            case Where():
                return self._ground.where(term)
            case Said():
                return union(self._ground.said(term))

    def _all(self, parts: Sequence[Expression], coders: _Coders) -> Runs:
        """What all parts mean: first the codes, as whoever is named coded them, then where those words are said."""
        by = [part for part in parts if _is_only(part, By)]
        said = [part for part in parts if _is_only(part, Said)]
        rest = [part for part in parts if part not in by and part not in said]

        def plain(named: _Coders) -> Runs:
            return self._sets(rest, named) if rest else self._alone(said, named, any_code=bool(by))

        found = self._chosen(by, lambda one: plain(one.ids), lambda: plain(coders)) if by else plain(coders)
        return self._saying(said, found) if rest or by else found

    def _sets(self, parts: Sequence[Expression], coders: _Coders) -> Runs:
        """What is in all of these, and in none of those that are not meant."""
        wanted = [self._found(part, coders) for part in parts if not isinstance(part, Not)]
        found = self._ground.everything if not wanted else wanted[0]
        for one in wanted[1:]:
            found = both(found, one)
        for part in parts:
            if isinstance(part, Not):
                found = minus(found, self._found(part.part, coders))
        return found

    def _alone(self, said: Sequence[Expression], coders: _Coders, *, any_code: bool) -> Runs:
        """Where no code is asked for: any, if it is asked who coded; otherwise turns in which the words are said."""
        if any_code or not said:
            return self._ground.codes(None, coders)
        return self._saying(said, self._ground.turns)

    def _saying(self, parts: Sequence[Expression], found: Runs) -> Runs:
        """The stretches in which all of it is said."""
        keeps = np.ones(len(found), bool)
        for part in parts:
            keeps &= self._says(part, found)
        return found[keeps]

    def _says(self, part: Expression, found: Runs) -> Flags:
        match part:
            case Not(inner):
                return ~self._says(inner, found)
            case All(parts):
                return np.array([self._says(one, found) for one in parts]).all(axis=0)
            case AnyOf(parts):
                return np.array([self._says(one, found) for one in parts]).any(axis=0)
            case Said():
                return holding(found, self._ground.said(part, among=found))
            case _:
                raise AssertionError(part)

    def _chosen(self, by: Sequence[Expression], marked: Callable[[By], Runs], anybody: Callable[[], Runs]) -> Runs:
        """What those coders marked who are asked for: several beside each other all of them."""
        found: Runs | None = None
        for part in by:
            if not isinstance(part, Not):
                own = self._marked(part, marked, anybody)
                found = own if found is None else both(found, own)
        found = anybody() if found is None else found
        for part in by:
            if isinstance(part, Not):
                found = minus(found, self._marked(part.part, marked, anybody))
        return found

    def _marked(self, part: Expression, marked: Callable[[By], Runs], anybody: Callable[[], Runs]) -> Runs:
        match part:
            case By():
                return marked(part)
            case AnyOf(parts):
                return union(*(self._marked(one, marked, anybody) for one in parts))
            case All(parts):
                return self._chosen(parts, marked, anybody)
            case Not(inner):
                return minus(anybody(), self._marked(inner, marked, anybody))
            case _:
                raise AssertionError(part)

    # Relations ----------------------------------------------------------------------------------------------------

    def _beside(self, asked: Beside, coders: _Coders) -> Runs:
        left = self._ground.trimmed(self._found(asked.left, coders))
        right = self._ground.trimmed(self._found(asked.right, coders))
        kept: Runs = left[self._stands(asked, left, right) != asked.negated]
        return kept

    def _stands(self, asked: Beside, left: Runs, right: Runs) -> Flags:
        if not len(right):
            return np.zeros(len(left), bool)
        match asked.relation:
            case "within":
                return inside(left, right)
            case "overlapping":
                return meeting(left, right)
            case "near":
                return self._near(left, right, asked.unit, asked.distance)
            case "before":
                return self._followed(left, right, asked.unit, asked.distance)
            case "after":
                return self._preceded(left, right, asked.unit, asked.distance)

    def _near(self, left: Runs, right: Runs, unit: Unit, most: int) -> Flags:
        first, last = self._ground.numbers(left, unit)
        others_first, others_last = self._ground.numbers(right, unit)
        at = np.searchsorted(others_last, first - most, "left")
        near: Flags = (at < len(right)) & (others_first[np.minimum(at, len(right) - 1)] <= last + most)
        return near

    def _followed(self, left: Runs, right: Runs, unit: Unit, most: int) -> Flags:
        _first, last = self._ground.numbers(left, unit)
        others_first, _others_last = self._ground.numbers(right, unit)
        at = np.searchsorted(right[:, 0], left[:, 1], "left")
        followed: Flags = (at < len(right)) & (others_first[np.minimum(at, len(right) - 1)] - last <= most)
        return followed

    def _preceded(self, left: Runs, right: Runs, unit: Unit, most: int) -> Flags:
        first, _last = self._ground.numbers(left, unit)
        _others_first, others_last = self._ground.numbers(right, unit)
        at = np.searchsorted(right[:, 1], left[:, 0], "right") - 1
        preceded: Flags = (at >= 0) & (first - others_last[np.maximum(at, 0)] <= most)
        return preceded


def _is_only(expression: Expression, kind: type[By | Said]) -> bool:
    """Whether an expression is made of nothing but such terms."""
    return all(isinstance(term, kind) for term in _terms(expression)) and not _relates(expression)


def _terms(expression: Expression) -> Iterator[Expression]:
    match expression:
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from _terms(part)
        case Not(part):
            yield from _terms(part)
        case Beside(left, right):
            yield from _terms(left)
            yield from _terms(right)
        case _:
            yield expression


def _relates(expression: Expression) -> bool:
    match expression:
        case All(parts) | AnyOf(parts):
            return any(_relates(part) for part in parts)
        case Not(part):
            return _relates(part)
        case _:
            return isinstance(expression, Beside)
