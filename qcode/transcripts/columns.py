"""What each column of a table is used as: guessed from its header and from what stands in it, or as somebody chose."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, get_args

from qcode.errors import QcodeError
from qcode.transcripts.grids import is_value
from qcode.transcripts.roles import folded
from qcode.transcripts.table_words import ID_HEADERS, PRIVATE_HEADERS
from qcode.transcripts.values import Column, ColumnUse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qcode.transcripts.grids import Table

OPTION: Final = "column:"
"""With a column's name behind it, the option that says what the column is used as."""

_SAMPLE: Final = 120
_LETTERS: Final = re.compile(r"[^a-z0-9]+")
_CODE: Final = re.compile(r"(?=\S{0,23}\d)(?=\S{0,23}[A-Za-z])\S{2,24}")
_EMAIL: Final = re.compile(r"[^\s@]{1,64}@[^\s@]{1,120}\.[^\s@]{2,20}")
_PIECES: Final = re.compile(r"[;|,]\s?")
_QUESTION: Final = re.compile(
    r"\?\s*\W{0,3}$|\b(?:please|describe|explain|comments?|specify|tell us|anything else|why|in your own words"
    r"|por que|describa|comentarios?|explique|warum|beschreiben)\b"
)
_ENOUGH_TO_REPEAT: Final = 6
_TALK_WORDS: Final = 4
_SHORT_TALK_WORDS: Final = 2
_REPEATING: Final = 0.5
_VALUES: Final = 0.9


class ColumnUseError(QcodeError):
    """A column is to be used as something that columns are not."""

    def __init__(self, use: str) -> None:
        super().__init__(f"A column cannot be used as “{use}”. It can be used as: {', '.join(get_args(ColumnUse))}.")


def asked_uses(table: Table, options: Mapping[str, str]) -> dict[int, ColumnUse]:
    """What somebody chose for columns, by their places; names that the table does not have are left aside.

    Raises ColumnUseError.
    """
    asked: dict[int, ColumnUse] = {}
    for place, name in enumerate(table.names):
        if (use := options.get(OPTION + (name or unnamed(place)))) is not None:
            known = next((known for known in get_args(ColumnUse) if known == use), None)
            if known is None:
                raise ColumnUseError(use)
            asked[place] = known
    return asked


def described(table: Table, uses: Mapping[int, ColumnUse]) -> tuple[Column, ...]:
    """The columns for the preview; those without a header are called by their letters."""
    made = []
    for place, name in enumerate(table.names):
        texts = table.column(place)
        if name or texts:
            sample = next(iter(texts), "")[:_SAMPLE]
            made.append(Column(name or unnamed(place), uses.get(place, "ignore"), sample, len(texts)))
    return tuple(made)


def unnamed(place: int) -> str:
    """What a column without a header is called, as in spreadsheets: Column A for 0, Column AA for 26."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return f"Column {name}"


def survey_uses(table: Table, asked: Mapping[int, ColumnUse], no_answer: frozenset[str]) -> dict[int, ColumnUse]:
    """What the columns of a survey are used as; the first that can be is the respondents' ID, unless one was chosen."""
    uses: dict[int, ColumnUse] = {}
    for place, name in enumerate(table.names):
        texts = [text for text in table.column(place) if folded(text) not in no_answer]
        uses[place] = asked[place] if place in asked else _survey_use(name, texts)
    if "open" not in {*asked.values(), *uses.values()} and (wordy := _wordiest(table, asked, uses)) is not None:
        uses[wordy] = "open"
    if "id" not in asked.values() and (id_place := _id_place(table, asked, uses)) is not None:
        uses[id_place] = "id"
    return uses


def is_private(name: str, texts: Sequence[str]) -> bool:
    """Whether a column seems to hold names or contact data."""
    mails = sum(_EMAIL.fullmatch(text) is not None for text in texts)
    return bare(name) in PRIVATE_HEADERS or (mails > 0 and mails >= _REPEATING * len(texts))


def bare(name: str) -> str:
    """A header with nothing but its letters and digits."""
    return _LETTERS.sub("", folded(name))


def _survey_use(name: str, texts: Sequence[str]) -> ColumnUse:
    if not name or not texts or is_private(name, texts):
        return "ignore"
    return "open" if _is_open(name, texts) else "attribute"


def _is_open(name: str, texts: Sequence[str]) -> bool:
    """Whether people wrote the answers: several words, and seldom the same ones."""
    if sum(map(is_value, texts)) >= _VALUES * len(texts) or _repeats(texts):
        return False
    words = sum(len(text.split()) for text in texts) / len(texts)
    asks = _QUESTION.search(folded(name)) is not None
    return words >= (_SHORT_TALK_WORDS if asks else _TALK_WORDS)


def _repeats(texts: Sequence[str]) -> bool:
    """Whether answers, or the pieces of answers to choose several from, come again and again."""
    if len(texts) < _ENOUGH_TO_REPEAT:
        return False
    if len(set(texts)) <= _REPEATING * len(texts):
        return True
    pieces = [piece for text in texts for piece in _PIECES.split(text)]
    return len(pieces) > len(texts) and len(set(pieces)) <= _REPEATING * len(pieces) / 2


def _wordiest(table: Table, asked: Mapping[int, ColumnUse], uses: Mapping[int, ColumnUse]) -> int | None:
    """The column with the longest answers in words, where none seemed to hold talk."""
    words: dict[int, float] = {}
    for place, use in uses.items():
        texts = [text for text in table.column(place) if not is_value(text)]
        if use == "attribute" and place not in asked and texts:
            words[place] = sum(len(text.split()) for text in texts) / len(texts)
    best = max(words, key=lambda place: words[place], default=None)
    return best if best is not None and words[best] >= _SHORT_TALK_WORDS else None


def _id_place(table: Table, asked: Mapping[int, ColumnUse], uses: Mapping[int, ColumnUse]) -> int | None:
    free = [place for place in uses if place not in asked and not is_private(table.names[place], table.column(place))]
    named = [place for place in free if bare(table.names[place]) in ID_HEADERS and _tells_apart(table, place)]
    shaped = [place for place in free if table.names[place] and _like_codes(table, place)]
    return next(iter([*named, *shaped]), None)


def _tells_apart(table: Table, place: int) -> bool:
    texts = table.column(place)
    return bool(texts) and len(set(texts)) >= _REPEATING * len(texts) and max(map(len, texts)) <= 60


def _like_codes(table: Table, place: int) -> bool:
    texts = table.column(place)
    different = len(texts) == len(table.rows) > 1 and len(set(texts)) == len(texts)
    return different and all(_CODE.fullmatch(text) and not is_value(text) for text in texts)
