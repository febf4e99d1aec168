"""What somebody typed to ask the codes, read as an expression.

Names of codes need no quotes, since the codes of the study are known: of two that fit, the longer is meant. The syntax
forgives: a quote or bracket that is never closed ends with the query, “and” and “or” without anything beside them are
passed over, and what stands side by side must all be there. What it cannot understand it refuses, saying where.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final, cast
from unicodedata import normalize

from qcode.analysis.code_query_names import ENDS, QUOTES, Names, any_of, plain_or_quoted, quoted, spelled
from qcode.analysis.code_query_parsing import Relating, Token, expression_of
from qcode.analysis.code_query_terms import (
    LONGEST_QUERY,
    Between,
    By,
    Codes,
    Exactly,
    ExcludesOnlyError,
    Expression,
    Named,
    NotADistanceError,
    NotComparableError,
    NothingAskedForError,
    QueryTooLongError,
    Recorded,
    Relation,
    Said,
    Unit,
    UnknownFieldError,
    UnknownNameError,
    UnknownValueError,
    Value,
    ValueMissingError,
    Vocabulary,
    Where,
    only_excludes,
)
from qcode.analysis.search_terms import NoWordsError
from qcode.analysis.search_terms import parse as parse_words
from qcode.text.typed import fold

MOST_APART: Final = 10_000
_SPACE: Final = re.compile(r"\s*")
_PHRASE: Final = re.compile(rf"[{QUOTES}](?P<inside>[^{QUOTES}]*)[{QUOTES}]?(?P<star>\*?)(?P<colon>\s*:)?")
_BARE: Final = re.compile(r"(?P<inside>[^\s()|&,*]+)(?P<star>\*?)")
_RELATION: Final = re.compile(
    r"(?P<name>near|before|after)(?::\s*(?P<how>[^\s()]*(?:\([^()]*\)?)?)|\s?(?P<many>\(\s*\d+\s*\)))?"
    rf"{ENDS}|(?P<still>within|overlapping|overlaps){ENDS}",
    re.IGNORECASE,
)
_HOW: Final = re.compile(r"(?P<unit>turn|word)?s?\s*\(?\s*(?P<count>\d{1,6})?\s*\)?", re.IGNORECASE)
_JOINED: Final = re.compile(rf"(and|or|not|&&?|\|\|?){ENDS}", re.IGNORECASE)
_SIGNS: Final = re.compile(r"[()|&,]|-(?=[^\s)|-])")
_SEVERAL: Final = re.compile(rf"[^\s()|&,*:{QUOTES}]+(?: (?!(?:and|or|not)\b)[^\s()|&,*:{QUOTES}]+)*", re.IGNORECASE)
_COLON: Final = re.compile(r"(?P<name>[^\s():]+)\s*:")
_COMPARED: Final = re.compile(r"(?P<sign><=|>=|≤|≥|<|>)\s*(?P<bound>[^\s(),|&]+)")
_RANGE: Final = re.compile(r"(?P<least>[^\s(),|&.]+(?:\.\d+)?)\.\.(?P<most>[^\s(),|&]+)")
_COMMA: Final = re.compile(r"\s*,\s*")
_UNQUOTED: Final = str.maketrans(dict.fromkeys(QUOTES, " "))
_OPERATORS: Final = {"and": "and", "&": "and", "&&": "and", "or": "or", "|": "or", "||": "or", "not": "not", "-": "not"}


class Reader:
    """Reads queries in the words of one study."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._codes = Names("code", vocabulary.codes)
        self._every = frozenset[str]().union(*(one.ids for one in vocabulary.codes))
        self._names = {
            "under": Names("code", vocabulary.branches),
            "theme": Names("theme", vocabulary.themes),
            "coder": Names("coder", vocabulary.coders),
            "code": self._codes,
        }
        self._fields = {fold(one.name): one for one in vocabulary.fields}
        self._asked = [*self._names, "text", *(one.name for one in vocabulary.fields)]
        self._field = any_of(self._asked, ends=r"\s*:")
        self._values = {key: any_of(one.values) for key, one in self._fields.items()}

    def read(self, query: str) -> Expression:
        """The expression that somebody typed. Raises a QueryError that says what is wrong and where."""
        query = normalize("NFC", query)
        if len(query) > LONGEST_QUERY:
            raise QueryTooLongError
        expression = expression_of(list(self._tokens(query)))
        if expression is None:
            raise NothingAskedForError
        if only_excludes(expression):
            raise ExcludesOnlyError
        return expression

    def _tokens(self, query: str) -> Iterator[Token]:
        at = _behind_space(query, 0)
        while at < len(query):
            token, at = self._token(query, at)
            yield token
            at = _behind_space(query, at)

    def _token(self, query: str, at: int) -> tuple[Token, int]:
        if found := self._field.match(query, at):
            return self._asked_of(query, at, found[1], found.end())
        if found := self._codes.pattern.match(query, at):
            return self._code(query, at, found[0]), found.end()
        sign = _sign(query, at)
        return self._unnamed(query, at) if sign is None else sign

    def _unnamed(self, query: str, at: int) -> tuple[Token, int]:
        """A name in quotes, one that begins so, or what is no name at all."""
        if found := _PHRASE.match(query, at):
            if found["colon"]:
                return self._asked_of(query, at, found["inside"], found.end())
            return self._code(query, at, found["inside"], beginning=bool(found["star"])), found.end()
        if found := _COLON.match(query, at):
            raise UnknownFieldError(found["name"], at, self._asked)
        if query[at] == "*":
            return Token(at, Codes(self._every, "*")), at + 1
        name, beginning, end = _taken(query, at) or (query[at], False, at + 1)
        if not beginning and (several := _SEVERAL.match(query, at)):
            name = self._codes.mistyped(several[0])
        return self._code(query, at, name, beginning=beginning), end

    def _code(self, query: str, at: int, name: str, *, beginning: bool = False) -> Token:
        if not name.strip():
            raise UnknownNameError("code", name, at, [one.names[0] for one in self._codes.things])
        thing = self._codes.one(name, query.find(name, at), beginning=beginning)
        said = f"{quoted(name)}*" if beginning else self._codes.said(thing)
        return Token(at, Codes(thing.ids, said))

    # Fields -------------------------------------------------------------------------------------------------------

    def _asked_of(self, query: str, at: int, name: str, end: int) -> tuple[Token, int]:
        key = fold(name)
        if key == "text":
            words, end = _words(query, at, end)
            return Token(at, words), end
        if key in self._names:
            term, end = self._named(key, query, at, end)
            return Token(at, term), end
        if key not in self._fields:
            raise UnknownFieldError(name, at, self._asked)
        field = self._fields[key]
        read = _each(query, end, lambda place: self._value(field, query, place))
        if read is None:
            raise ValueMissingError(name, at)
        values, end = read
        said = f"{plain_or_quoted(field.name)}:{','.join(words for _value, words in values)}"
        return Token(at, Where(field.name, tuple(value for value, _words in values), said)), end

    def _named(self, key: str, query: str, at: int, end: int) -> tuple[Codes | By, int]:
        names = self._names[key]

        def one(place: int) -> tuple[tuple[Named, str], int] | None:
            found = names.pattern.match(query, place)
            taken = (found[0], False, found.end()) if found else _taken(query, place)
            if taken is None:
                return None
            name, beginning, behind = taken
            thing = names.one(name, query.find(name, place), beginning=beginning)
            return (thing, f"{quoted(name)}*" if beginning else names.said(thing)), behind

        read = _each(query, end, one)
        if read is None:
            raise ValueMissingError(key, at)
        found, end = read
        ids = frozenset[str]().union(*(thing.ids for thing, _said in found))
        said = f"{key}:{','.join(said for _thing, said in found)}"
        return (By(ids, said) if key == "coder" else Codes(ids, said)), end

    def _value(self, field: Recorded, query: str, at: int) -> tuple[tuple[Value, str], int] | None:
        if found := self._values[fold(field.name)].match(query, at):
            return (Exactly(fold(spelled(field.values, found[0]))), quoted(found[0])), found.end()
        if found := _COMPARED.match(query, at):
            between = _compared(found["sign"], found["bound"])
            return (_comparable(between, field, found), found[0].replace(" ", "")), found.end()
        if found := _RANGE.match(query, at):
            return (_comparable(Between(found["least"], found["most"]), field, found), found[0]), found.end()
        taken = _taken(query, at)
        if taken is None:
            return None
        text, beginning, end = taken
        value = Exactly(fold(spelled(field.values, text)), beginning)
        if any(value.accepts(one) for one in field.values):
            return (value, f"{quoted(text)}{'*' if beginning else ''}"), end
        days = Between(text, text)  # a year or a month, of which there are days
        if beginning or not any(days.accepts(one) for one in field.values):
            raise UnknownValueError(field.name, text, query.find(text, at), field.values)
        return (days, f"{text}..{text}"), end


# Reading terms ----------------------------------------------------------------------------------------------------


def _each[T](query: str, at: int, read: Callable[[int], tuple[T, int] | None]) -> tuple[list[T], int] | None:
    """One thing, or several with commas between them; None where there is not even one."""
    one = read(_behind_space(query, at))
    if one is None:
        return None
    out, at = [one[0]], one[1]
    while (comma := _COMMA.match(query, at)) and (more := read(comma.end())) is not None:
        out.append(more[0])
        at = more[1]
    return out, at


def _taken(query: str, at: int) -> tuple[str, bool, int] | None:
    """What stands there in quotes or up to the next space, whether a star follows, and where it ends."""
    found = _PHRASE.match(query, at) or _BARE.match(query, at)
    if found is None or not (found["inside"] or "").strip():
        return None
    return found["inside"], bool(found["star"]), found.end("star")


def _words(query: str, at: int, end: int) -> tuple[Said, int]:
    taken = _taken(query, _behind_space(query, end))
    if taken is None:
        raise ValueMissingError("text", at)
    text, beginning, end = taken
    said = f'"{text.translate(_UNQUOTED).strip()}"{"*" if beginning else ""}'
    try:
        term = parse_words(said)
    except NoWordsError:
        raise ValueMissingError("text", at) from None
    return Said(term, f"text:{said}"), end


def _sign(query: str, at: int) -> tuple[Token, int] | None:
    """A bracket, “and”, “or”, “not”, or what relates two things."""
    if found := _RELATION.match(query, at):
        return Token(at, _how(found)), found.end()
    if found := _JOINED.match(query, at) or _SIGNS.match(query, at):
        sign = found[0].casefold()
        return Token(at, _OPERATORS.get(sign, sign)), found.end()
    return None


def _how(found: re.Match[str]) -> Relating:
    if found["still"]:
        return Relating("within" if found["still"].casefold() == "within" else "overlapping")
    relation = cast("Relation", found["name"].casefold())
    written = found["how"] or found["many"]
    if written is None:
        return Relating(relation)
    how = _HOW.fullmatch(written)
    distance = 1 if how is None or how["count"] is None else int(how["count"])
    if how is None or not written.strip() or distance > MOST_APART:
        raise NotADistanceError(written, found.start("how" if found["how"] else "name"))
    return Relating(relation, cast("Unit", (how["unit"] or "turn").casefold()), distance)


def _compared(sign: str, bound: str) -> Between:
    least = bound if sign.startswith((">", "≥")) else ""
    most = bound if sign.startswith(("<", "≤")) else ""
    return Between(least, most, sign in "<>")


def _comparable(between: Between, field: Recorded, found: re.Match[str]) -> Between:
    """The same, if anything that is recorded could lie on either side of each bound. Raises NotComparableError."""
    for bound in filter(None, (between.least, between.most)):
        sides = Between(bound, ""), Between("", bound)
        if field.values and not any(side.accepts(value) for value in field.values for side in sides):
            raise NotComparableError(field.name, bound, found.start() + found[0].index(bound), field.values)
    return between


def _behind_space(query: str, at: int) -> int:
    found = _SPACE.match(query, at)
    return at if found is None else found.end()
