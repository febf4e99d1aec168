"""How values become coarser: ages become bands, dates become years, and ids give away the parts they are made of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from math import floor
from typing import Final

from qcode.errors import QcodeError
from qcode.text.typed import shown_number

WIDTHS: Final = (10, 20)
"""The widths of the bands that numbers go through where nobody chose others."""

_STRUCTURED: Final = re.compile(r"[^\W_]{1,12}(?:[-_./ ][^\W_]{1,12})*[-_./ ]?\d+[a-z]?", re.IGNORECASE)
_PART: Final = re.compile(r"[^\W\d_]+|\d+[a-z]?(?![^\W\d_])|\d+", re.IGNORECASE)
_SEPARATOR: Final = re.compile(r"[-_./ ]")


def id_parts(name: str) -> tuple[str, ...]:
    """The parts of a structured id that ends in a number, CD, 07 and 02 of CD-07-02; none for any other name.

    Where nothing stands between the parts, letters and digits are told apart: P07 is P and 07.
    """
    tidy = name.strip()
    if not _STRUCTURED.fullmatch(tidy):
        return ()
    parts = _SEPARATOR.split(tidy) if _SEPARATOR.search(tidy) else _PART.findall(tidy)
    return tuple(parts) if len(parts) > 1 else ()


def abbreviates(part: str, kind: str) -> bool:
    """Whether a part of an id stands for the kind of document, as INT for an interview: it tells nothing of anybody.

    Its letters are some of the kind's own, in their order, from its first one.
    """
    letters = iter(kind.casefold())
    return part[:1].casefold() == kind[:1].casefold() and all(letter in letters for letter in part.casefold())


def is_code(name: str) -> bool:
    """Whether a pseudonym is a code, such as P07, and no name that somebody could have."""
    return any(letter.isdigit() for letter in name)


def banded(values: Iterable[str], width: float) -> Mapping[str, str]:
    """What numbers become in bands of a width: 34 becomes 30–39; where there are fractions, “30 to under 40”."""
    numbers = {value: float(value) for value in values}
    whole = all(number == int(number) for number in numbers.values()) and width == int(width)
    return {value: _band(floor(number / width) * width, width, whole=whole) for value, number in numbers.items()}


def _band(low: float, width: float, *, whole: bool) -> str:
    if whole:
        first, last = int(low), int(low + width - 1)
        return str(first) if first == last else f"{first} to {last}" if first < 0 else f"{first}–{last}"
    return f"{shown_number(low)} to under {shown_number(low + width)}"


def dated(values: Iterable[str]) -> tuple[Mapping[str, str], ...]:
    """What ISO dates become step by step: the month, the year, ten years. A date of a year has no month."""
    found = list(values)
    months = {value: value[:7] for value in found if len(value) >= 7}
    years = {value: value[:4] for value in found}
    return months, years, {value: f"{value[:3]}0–{value[:3]}9" for value in found}


def renamed(pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """A step that leads from words to coarser words."""
    return {value: coarser for value, coarser in pairs if value and coarser}


class LadderWordsError(QcodeError):
    """How values become coarser was written so that nobody can tell what is meant."""

    def __init__(self, part: str, *, numbers: bool) -> None:
        how = "10, 20" if numbers else "deputy, medic = responder; clerk = office"
        super().__init__(
            f"“{part[:60]}” says no step. Write {'the widths of bands' if numbers else 'what becomes what'}, such as "
            f"{how}{'' if numbers else ', and “|” before a further step'}."
        )


type Steps = Sequence[Mapping[str, str] | float]


def written(steps: Steps) -> str:
    """A ladder as it is written in one line: widths, or what becomes what, with a bar between steps."""
    widths = [shown_number(step) for step in steps if isinstance(step, int | float)]
    return (
        ", ".join(widths) if widths else " | ".join(_written_step(step) for step in steps if isinstance(step, Mapping))
    )


def _written_step(step: Mapping[str, str]) -> str:
    together: dict[str, list[str]] = {}
    for value, coarser in step.items():
        together.setdefault(coarser, []).append(value)
    return "; ".join(f"{', '.join(values)} = {coarser}" for coarser, values in together.items())


def read_ladder(words: str, *, numbers: bool) -> list[Mapping[str, str]] | list[float]:
    """The steps of a ladder that is written in one line.

    Raises:
        LadderWordsError: for what is no step.
    """
    if numbers:
        return [_width(part) for part in words.replace(";", ",").split(",") if part.strip()]
    return [_step(part) for part in words.split("|") if part.strip()]


def _width(part: str) -> float:
    try:
        return float(part)
    except ValueError:
        raise LadderWordsError(part.strip(), numbers=True) from None


def _step(words: str) -> Mapping[str, str]:
    out: dict[str, str] = {}
    for part in words.split(";"):
        values, equals, coarser = part.partition("=")
        found = [value.strip() for value in values.split(",") if value.strip()]
        if not (equals and found and coarser.strip()):
            raise LadderWordsError(part.strip(), numbers=False)
        out |= dict.fromkeys(found, coarser.strip())
    return out
