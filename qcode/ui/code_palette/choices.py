"""What the palette offers for what was typed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from qcode.text.fuzzy import fold, ranked, score

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class CodeChoice:
    """A code that can be applied: its path in the codebook from the root, its palette slot, what helps to choose it.

    It is `applied` if the passage that is asked about has it already.
    """

    id: str
    path: tuple[str, ...]
    colour: int
    brief: str = ""
    near_miss: str = ""
    applied: bool = False

    @property
    def name(self) -> str:
        """The code's own name."""
        return self.path[-1]


@dataclass(frozen=True, slots=True)
class Pick:
    """What was chosen: a code by its id, or a code to be made by its name; and how it is to be applied."""

    code: str | None
    new_name: str
    in_vivo: bool
    comment: str
    unsure: bool
    stay: bool


class Kind(Enum):
    """What a row of the palette stands for."""

    CODE = auto()
    RECENT = auto()
    NEW = auto()
    IN_VIVO = auto()


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the palette: a code, or the name that a new one would get."""

    kind: Kind
    name: str
    code: CodeChoice | None = None


def rows_for(typed: str, choices: Sequence[CodeChoice], recent: Sequence[str], passage: str) -> list[Row]:
    """The lines for what was typed, best first.

    Names come before codes that are found only by the names above them. With nothing typed the recent codes lead, in
    the order given, and the others follow as in the codebook. Unless a code bears exactly that name, a new code can be
    made of what was typed, or of the passage's own words.
    """
    wanted = " ".join(typed.split())
    if not wanted:
        return _unasked(choices, recent) + _made("", passage)
    found = _found(wanted, choices)
    exact = any(fold(choice.name) == fold(wanted) for choice in choices)
    return [Row(Kind.CODE, choice.name, choice) for choice in found] + ([] if exact else _made(wanted, passage))


def _found(wanted: str, choices: Sequence[CodeChoice]) -> list[CodeChoice]:
    by_name = ranked(wanted, [choice.name for choice in choices])
    paths = [" ".join(choice.path) for choice in choices]
    others = [index for index in range(len(choices)) if score(wanted, choices[index].name) is None]
    return [choices[index] for index in (*by_name, *ranked(wanted, paths, among=others))]


def _unasked(choices: Sequence[CodeChoice], recent: Sequence[str]) -> list[Row]:
    by_id = {choice.id: choice for choice in choices}
    lately = [by_id[code] for code in dict.fromkeys(recent) if code in by_id]
    rest = [choice for choice in choices if choice not in lately]
    rows = [Row(Kind.RECENT, choice.name, choice) for choice in lately]
    return rows + [Row(Kind.CODE, choice.name, choice) for choice in rest]


def _made(wanted: str, passage: str) -> list[Row]:
    rows = [Row(Kind.NEW, wanted)] if wanted else []
    own_words = in_vivo_name(passage)
    return [*rows, Row(Kind.IN_VIVO, own_words)] if own_words else rows


def in_vivo_name(passage: str) -> str:
    """A code's name in the participant's own words: the passage on one line, cut after a word where it is long."""
    words = " ".join(passage.split())
    if len(words) <= LONGEST_NAME:
        return words
    cut = words[: LONGEST_NAME + 1].rpartition(" ")[0]
    return cut or words[:LONGEST_NAME]
