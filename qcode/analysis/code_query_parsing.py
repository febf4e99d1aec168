"""The signs and terms of a query put together: “or” binds least, then “and”, then “not”, then what relates two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qcode.analysis.bracketed_parsing import BracketedParser
from qcode.analysis.code_query_terms import (
    All,
    AnyOf,
    Beside,
    Expression,
    Not,
    QueryTooDeepError,
    Relation,
    SideMissingError,
    Unit,
)


@dataclass(frozen=True, slots=True)
class Relating:
    """How two things stand to each other."""

    relation: Relation
    unit: Unit = "turn"
    distance: int = 1


@dataclass(frozen=True, slots=True)
class Token:
    """A term, what relates two, or one of the signs ( ) , and or not; and where it stands."""

    start: int
    thing: Expression | Relating | str


def expression_of(tokens: Sequence[Token]) -> Expression | None:
    """What the tokens say, from left to right; None where there is no term."""
    return _Parser(tokens).whole()


class _Parser(BracketedParser[Expression | Relating, Expression]):
    """Terms and what relates two of them, which binds most."""

    _ends = (")", ",")

    def __init__(self, tokens: Sequence[Token]) -> None:
        super().__init__([token.thing for token in tokens])
        self._starts = [token.start for token in tokens]

    def _every(self, parts: Sequence[tuple[Expression, bool]]) -> Expression | None:
        said = tuple(Not(part) if negated else part for part, negated in parts)
        return All(said) if len(said) > 1 else next(iter(said), None)

    def _any(self, parts: Sequence[Expression]) -> Expression:
        return AnyOf(tuple(parts))

    def _term(self) -> Expression | None:
        left = self._part()
        while True:
            negated = self._at_sign("not") and isinstance(self._thing(1), Relating)
            self._at += negated
            how = self._thing()
            if not isinstance(how, Relating):
                return left
            start = self._starts[self._at]
            self._at += 1
            right = self._part()
            if left is None or right is None:
                raise SideMissingError(how.relation, start)
            left = Beside(left, right, how.relation, how.unit, how.distance, negated)

    def _part(self) -> Expression | None:
        if self._at_sign("("):
            return self._bracketed()
        thing = self._thing()
        if thing is None or isinstance(thing, str | Relating):
            return None
        self._at += 1
        return thing

    def _too_deep(self) -> QueryTooDeepError:
        return QueryTooDeepError(self._starts[self._at])
