"""The signs and terms of a query put together: “or” binds least, then “and”, then “not”, then what relates two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

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

_DEEPEST: Final = 30


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


class _Parser:
    """Where in the tokens one is."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    def whole(self) -> Expression | None:
        """Everything; a bracket that closes nothing is passed over."""
        parts: list[Expression] = []
        while self._at < len(self._tokens):
            part = self._either()
            parts += [part] if part is not None else []
            self._take(")") or self._take(",")
        return _combined(All, parts)

    def _either(self) -> Expression | None:
        parts = [self._every()]
        while self._take("or"):
            parts.append(self._every())
        return _combined(AnyOf, [part for part in parts if part is not None])

    def _every(self) -> Expression | None:
        parts: list[Expression] = []
        while self._at < len(self._tokens) and not self._at_sign("or", ")", ","):
            if self._take("and"):
                continue
            negated = False
            while self._take("not"):
                negated = not negated
            part = self._beside()
            if part is not None:
                parts.append(Not(part) if negated else part)
        return _combined(All, parts)

    def _beside(self) -> Expression | None:
        left = self._part()
        while True:
            negated = self._at_sign("not") and isinstance(self._thing(1), Relating)
            self._at += negated
            how = self._thing()
            if not isinstance(how, Relating):
                return left
            start = self._tokens[self._at].start
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

    def _bracketed(self) -> Expression | None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise QueryTooDeepError(self._tokens[self._at].start)
        self._at += 1
        inside = self._either()
        self._take(")")
        self._depth -= 1
        return inside

    def _thing(self, ahead: int = 0) -> Expression | Relating | str | None:
        at = self._at + ahead
        return self._tokens[at].thing if at < len(self._tokens) else None

    def _at_sign(self, *signs: str) -> bool:
        return self._thing() in signs if isinstance(self._thing(), str) else False

    def _take(self, sign: str) -> bool:
        taken = self._at_sign(sign)
        self._at += taken
        return taken


def _combined(kind: type[All | AnyOf], parts: Sequence[Expression]) -> Expression | None:
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else kind(tuple(parts))
