"""What somebody typed into the search field, read as words, phrases and their combinations.

The syntax forgives: a quote or a bracket that is never closed ends with the text, an operator without anything beside
it is passed over, and signs that are no part of a word separate words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from qcode.analysis.bracketed_parsing import BracketedParser
from qcode.errors import QcodeError
from qcode.text.words import folded, words

LONGEST_QUERY: Final = 1_000


class NoWordsError(QcodeError):
    """There is nothing to look for."""

    def __init__(self) -> None:
        super().__init__("Type a word to look for, or several in quotes for a phrase.")


class OnlyNotError(QcodeError):
    """The query says only what is not to be found."""

    def __init__(self) -> None:
        super().__init__("NOT takes away from what is found: say also what to look for, as in: letter NOT afraid.")


class QueryTooLongError(QcodeError):
    """A text was pasted into the search field."""

    def __init__(self) -> None:
        super().__init__(f"A search can have {LONGEST_QUERY:,} characters at most. Look for a part of it.")


class TooDeepError(QcodeError):
    """Brackets stand in brackets without end."""

    def __init__(self) -> None:
        super().__init__("The brackets in this search go too deep. Take some of them away.")


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand next to each other; for each place the words that may stand there, folded.

    With `prefix` the last word may go on.
    """

    places: tuple[tuple[str, ...], ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Every:
    """All of these in one turn, and none of `without`."""

    parts: tuple[Expression, ...]
    without: tuple[Expression, ...] = ()


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of these."""

    parts: tuple[Expression, ...]


type Expression = Term | Every | Either


def parse(query: str) -> Expression:
    """What to look for: words, "phrases", prefix*, AND, OR, NOT or -word, and brackets.

    Words without an operator between them must all be there. Raises a refusal for a query that asks for nothing.
    """
    if len(query) > LONGEST_QUERY:
        raise QueryTooLongError
    expression = _Parser(list(_tokens(query))).whole()
    if expression is None:
        raise NoWordsError
    return expression


def positive_terms(expression: Expression) -> Iterator[Term]:
    """The terms that are to be found, those after NOT left out."""
    if isinstance(expression, Term):
        yield expression
    else:
        for part in expression.parts:
            yield from positive_terms(part)


def with_forms(expression: Expression, forms: Callable[[str], Iterable[str]]) -> Expression:
    """The same, where each word may also stand in its other forms; a prefix stays as it was typed."""
    match expression:
        case Term(places, prefix):
            kept = len(places) - 1 if prefix else len(places)
            widened = [_united(place, forms) for place in places[:kept]]
            return Term((*widened, *places[kept:]), prefix)
        case Every(parts, without):
            return Every(_each(parts, forms), _each(without, forms))
        case Either(parts):
            return Either(_each(parts, forms))


def _each(parts: Sequence[Expression], forms: Callable[[str], Iterable[str]]) -> tuple[Expression, ...]:
    return tuple(with_forms(part, forms) for part in parts)


def _united(place: tuple[str, ...], forms: Callable[[str], Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*place, *(form for word in place for form in sorted(forms(word)))]))


# Reading ----------------------------------------------------------------------------------------------------------

_OPENING: Final = '"“”„«»‟＂'
_TOKEN: Final = re.compile(
    rf"(?P<phrase>[{_OPENING}](?P<inside>[^{_OPENING}]*)[{_OPENING}]?(?P<more>\*?))"
    rf"|(?P<bracket>[()])|(?P<minus>-(?=[^\s)|-]))|(?P<bar>\|)|(?P<bare>[^\s()|{_OPENING}]+)"
)
_OPERATORS: Final = {"AND": "and", "&": "and", "&&": "and", "OR": "or", "NOT": "not"}

type _Token = Term | str


def _tokens(query: str) -> Iterator[_Token]:
    after_space = True
    for found in _TOKEN.finditer(query):
        after_space = found.start() == 0 or not query[found.start() - 1].isalnum()
        token = _token(found, after_space=after_space)
        if token is not None:
            yield token


def _token(found: re.Match[str], *, after_space: bool) -> _Token | None:
    text = found[0]
    if found["phrase"]:
        return _term(found["inside"], prefix=bool(found["more"]) or found["inside"].endswith("*"))
    if found["bracket"]:
        return text
    if found["minus"]:
        return "not" if after_space else None
    if found["bar"]:
        return "or"
    return _OPERATORS.get(text) or _term(text, prefix=text.endswith("*"))


def _term(text: str, *, prefix: bool) -> Term | None:
    found = words(text)
    starred = prefix and folded(text.rstrip("*")[-1:]) != " "
    return Term(tuple((word,) for word in found), starred) if found else None


class _Parser(BracketedParser[Term, Expression]):
    """Words, phrases and prefixes; what is not to be found needs something beside it that is."""

    def _every(self, parts: Sequence[tuple[Expression, bool]]) -> Expression | None:
        wanted = tuple(part for part, negated in parts if not negated)
        unwanted = tuple(part for part, negated in parts if negated)
        if unwanted and not wanted:
            raise OnlyNotError
        return Every(wanted, unwanted) if unwanted or len(wanted) > 1 else next(iter(wanted), None)

    def _any(self, parts: Sequence[Expression]) -> Expression:
        return Either(tuple(parts))

    def _term(self) -> Expression | None:
        if self._at_sign("("):
            return self._bracketed()
        thing = self._thing()
        if thing is None or isinstance(thing, str):
            return None
        self._at += 1
        return thing

    def _too_deep(self) -> TooDeepError:
        return TooDeepError()
