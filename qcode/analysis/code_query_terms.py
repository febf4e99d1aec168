"""What can be asked of codes: the terms of a query, the words of a study that it may use, and what is refused.

An expression says of every character of the texts whether it is meant; what is found are the stretches of such
characters. What it asks for and how it is written is told in `code_query_reading`, how it is found in `code_query`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final, Literal

from qcode.analysis.search_terms import Expression as Words
from qcode.errors import QcodeError
from qcode.text.typed import fold, meant

type Unit = Literal["turn", "word"]
type Relation = Literal["near", "before", "after", "within", "overlapping"]

LONGEST_QUERY: Final = 1_000
_LISTED: Final = 8
_DATE: Final = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


# Terms ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Codes:
    """The stretches of any of these codes; `said` is how one asks for them."""

    ids: frozenset[str]
    said: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class By:
    """Only what one of these coders marked: it narrows the codes that it stands beside."""

    ids: frozenset[str]
    said: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class Said:
    """Stretches in which these words are said; alone, the words themselves."""

    words: Words
    said: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class Between:
    """Numbers or dates from `least` to `most`; with `strict` without the bounds. Dates are ISO texts."""

    least: str = ""
    most: str = ""
    strict: bool = False

    def accepts(self, text: str) -> bool:
        """Whether something that is recorded lies between; what is neither number nor date does not."""
        number = _number(text)
        if number is not None and (not _DATE.fullmatch(text) or self._of_numbers):
            return self._of_numbers and self._holds(number, _number(self.least), _number(self.most))
        if not _DATE.fullmatch(text) or not all(_DATE.fullmatch(one) for one in (self.least, self.most) if one):
            return False
        if self.strict:
            # After a year or a month is after all its days.
            return (not self.least or text[: len(self.least)] > self.least) and (not self.most or text < self.most)
        return (not self.least or text >= self.least) and (not self.most or text[: len(self.most)] <= self.most)

    @property
    def _of_numbers(self) -> bool:
        return all(_number(one) is not None for one in (self.least, self.most) if one)

    def _holds(self, value: float, least: float | None, most: float | None) -> bool:
        if self.strict:
            return (least is None or value > least) and (most is None or value < most)
        return (least is None or value >= least) and (most is None or value <= most)


@dataclass(frozen=True, slots=True)
class Exactly:
    """What says just this, or with `beginning` begins so; folded."""

    text: str
    beginning: bool = False

    def accepts(self, text: str) -> bool:
        """Whether something that is recorded says so."""
        return fold(text).startswith(self.text) if self.beginning else fold(text) == self.text


type Value = Exactly | Between


@dataclass(frozen=True, slots=True)
class Where:
    """What stands where one of these values is recorded `about` it: of the document, or of whoever speaks."""

    about: str
    values: tuple[Value, ...]
    said: str = field(compare=False)

    def accepts(self, recorded: Iterable[str]) -> bool:
        """Whether one of the things that are recorded is meant."""
        return any(value.accepts(text) for text in recorded for value in self.values)


@dataclass(frozen=True, slots=True)
class All:
    """What all parts mean."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """What at least one part means."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Everything else."""

    part: Expression


@dataclass(frozen=True, slots=True)
class Beside:
    """The stretches of `left` that stand to one of `right` as `relation` says, at most `distance` units away.

    With `negated` those that stand so to none.
    """

    left: Expression
    right: Expression
    relation: Relation
    unit: Unit = "turn"
    distance: int = 1
    negated: bool = False


type Expression = Codes | By | Said | Where | All | AnyOf | Not | Beside


def in_words(expression: Expression) -> str:
    """The query as it was understood, written out in full; it is read as the same expression again."""
    match expression:
        case All(parts):
            return " and ".join(_among(part) for part in parts)
        case AnyOf(parts):
            return " or ".join(_among(part) for part in parts)
        case Not(part):
            return f"not {_within(part)}"
        case Beside(left, right, relation, unit, distance, negated):
            how = relation if relation in ("within", "overlapping") else f"{relation}:{unit}({distance})"
            return f"{_within(left)} {'not ' if negated else ''}{how} {_within(right)}"
        case Codes(_, said) | By(_, said) | Said(_, said) | Where(_, _, said):
            return said


def _among(part: Expression) -> str:
    return in_words(part) if isinstance(part, Not | Beside) else _within(part)


def _within(part: Expression) -> str:
    return f"({in_words(part)})" if isinstance(part, All | AnyOf | Not | Beside) else in_words(part)


def only_excludes(expression: Expression) -> bool:
    """Whether a query says only what is not meant, so that nearly all there is would be found."""
    match expression:
        case Not(part):
            return not only_excludes(part)
        case All(parts):
            return all(only_excludes(part) for part in parts)
        case AnyOf(parts):
            return any(only_excludes(part) for part in parts)
        case _:
            return False


def _number(text: str) -> float | None:
    found = meant(text, "number") if text else None
    return None if found is None or found.refused or not found.content else float(found.content)


# The words of a study ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Named:
    """A code, coder or theme by the names it may be called, the first being its own, and the ids that it stands for."""

    id: str
    names: tuple[str, ...]
    ids: frozenset[str]
    path: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """Its name with those above it."""
        return " › ".join(self.path) or self.names[0]


@dataclass(frozen=True, slots=True)
class Recorded:
    """A field that can be asked, by its name, and what is recorded in it."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All that a query can name. A code that is a heading stands for those below it; `branches` are codes with them."""

    codes: tuple[Named, ...] = ()
    branches: tuple[Named, ...] = ()
    themes: tuple[Named, ...] = ()
    coders: tuple[Named, ...] = ()
    fields: tuple[Recorded, ...] = ()


# Refusals ---------------------------------------------------------------------------------------------------------


class QueryError(QcodeError):
    """A query that cannot be read; `start` and `end` say where in it."""

    def __init__(self, sentence: str, start: int = 0, end: int = 0) -> None:
        super().__init__(sentence)
        self.start, self.end = start, end


class NothingAskedForError(QueryError):
    """The query names nothing."""

    def __init__(self) -> None:
        super().__init__("Type what to look for: a code, or several, as in: fear and not trust.")


class QueryTooLongError(QueryError):
    """A text was pasted where a query is typed."""

    def __init__(self) -> None:
        super().__init__(
            f"A query can have {LONGEST_QUERY:,} characters at most. Ask for less at once.", 0, LONGEST_QUERY
        )


class QueryTooDeepError(QueryError):
    """Brackets stand in brackets without end."""

    def __init__(self, start: int) -> None:
        super().__init__("The brackets in this query go too deep. Take some of them away.", start, start + 1)


class ExcludesOnlyError(QueryError):
    """The query says only what is not to be found."""

    def __init__(self) -> None:
        super().__init__("“not” takes away from what is found: say also what to look for, as in: fear and not trust.")


class UnknownNameError(QueryError):
    """Something is asked for that the study does not have."""

    def __init__(self, kind: str, name: str, start: int, known: Sequence[str]) -> None:
        said = f"At character {start + 1}: “{_short(name)}” is no {kind} of this study. {_instead(name, known)}"
        super().__init__(said, start, start + len(name))


class UnknownValueError(QueryError):
    """A field is asked for something that is recorded nowhere."""

    def __init__(self, field: str, value: str, start: int, known: Sequence[str]) -> None:
        said = f"At character {start + 1}: “{_short(value)}” is nowhere recorded as {field}. {_instead(value, known)}"
        super().__init__(said, start, start + len(value))


class SeveralMeantError(QueryError):
    """A name stands for more than one thing."""

    def __init__(self, kind: str, name: str, start: int, meant: Sequence[str]) -> None:
        listed = " and ".join(f"“{one}”" for one in meant[:_LISTED])
        said = f"At character {start + 1}: “{_short(name)}” is more than one {kind}: {listed}. Write which, in quotes."
        super().__init__(said, start, start + len(name))


class UnknownFieldError(QueryError):
    """A colon stands behind something that is not recorded."""

    def __init__(self, name: str, start: int, known: Sequence[str]) -> None:
        said = f"At character {start + 1}: nothing called “{_short(name)}” can be asked. {_instead(name, known)}"
        super().__init__(said, start, start + len(name))


class NotComparableError(QueryError):
    """More or less is asked of what holds neither numbers nor dates, or than what is neither."""

    def __init__(self, field: str, bound: str, start: int, known: Sequence[str]) -> None:
        listed = ", ".join(f"“{one}”" for one in known[:_LISTED])
        said = (
            f"At character {start + 1}: “{_short(bound)}” cannot be compared with what is recorded as {field}: only "
            f"numbers and dates are more or less. Recorded are: {listed}."
        )
        super().__init__(said, start, start + len(bound))


class ValueMissingError(QueryError):
    """Nothing stands behind the colon."""

    def __init__(self, name: str, start: int) -> None:
        said = f'At character {start + 1}: say what after “{_short(name)}:”, as in {_short(name)}:"…".'
        super().__init__(said, start, start + len(name))


class SideMissingError(QueryError):
    """A word that relates two things has nothing on one side."""

    def __init__(self, relation: str, start: int) -> None:
        said = f"At character {start + 1}: “{relation}” needs something on both sides, as in: fear {relation} trust."
        super().__init__(said, start, start + len(relation))


class NotADistanceError(QueryError):
    """What stands behind “near:” is no distance."""

    def __init__(self, written: str, start: int) -> None:
        said = (
            f"At character {start + 1}: “{_short(written)}” is no distance. Write a number of turns or words up to "
            "10,000, as in: near:turn(2) or near:word(20)."
        )
        super().__init__(said, start, start + len(written))


def _instead(name: str, known: Sequence[str]) -> str:
    by_fold = {fold(one): one for one in known}
    close = [by_fold[one] for one in get_close_matches(fold(name), by_fold, n=3, cutoff=0.6)]
    listed = close or list(known[:_LISTED])
    if not listed:
        return "There is none yet."
    named = ", ".join(f"“{one}”" for one in listed)
    if close:
        return f"Did you mean {named}?"
    return f"There {'is' if len(known) == 1 else 'are'} {named}{' and more' if len(known) > _LISTED else ''}."


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
