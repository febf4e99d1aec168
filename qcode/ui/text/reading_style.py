"""How wide a text is set, and which numbers stand beside it: chosen once, for every text that is coded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, get_args

type Width = Literal["narrow", "medium", "wide", "full"]
type Numbers = Literal["none", "turns", "paragraphs"]

WIDTHS: tuple[Width, ...] = get_args(Width.__value__)
NUMBERS: tuple[Numbers, ...] = get_args(Numbers.__value__)
LETTERS: dict[Width, int | None] = {"narrow": 54, "medium": 66, "wide": 92, "full": None}

WIDTH_NAMES: dict[Width, str] = {
    "narrow": "Narrow: up to about 60 characters in a line",
    "medium": "Medium: up to 75 characters in a line",
    "wide": "Wide: up to about 100 characters in a line",
    "full": "Full: as wide as there is room",
}
NUMBER_NAMES: dict[Numbers, str] = {
    "none": "N&o numbers beside the text",
    "turns": "Numbers of &turns",
    "paragraphs": "Numbers of &paragraphs",
}
NUMBER_TIPS: dict[Numbers, str] = {
    "none": "",
    "turns": "Every turn at talk is counted as it was imported. A number stays the same at any width and size of type.",
    "paragraphs": (
        "Every line of the imported text is counted, however often it is wrapped here. "
        "A number stays the same at any width and size of type."
    ),
}


@dataclass(frozen=True, slots=True)
class ReadingStyle:
    """A reading width and the numbers in the margin."""

    width: Width = "medium"
    numbers: Numbers = "none"

    @property
    def letters(self) -> int | None:
        """How many letters of average width fit in a line; None for as many as there is room for."""
        return LETTERS[self.width]

    def next_width(self) -> ReadingStyle:
        """The next width; past the last comes the first."""
        return replace(self, width=WIDTHS[(WIDTHS.index(self.width) + 1) % len(WIDTHS)])

    def next_numbers(self) -> ReadingStyle:
        """The next kind of numbers; past the last come none."""
        return replace(self, numbers=NUMBERS[(NUMBERS.index(self.numbers) + 1) % len(NUMBERS)])


class _Shown:
    """What holds in this process."""

    style = ReadingStyle()


def current() -> ReadingStyle:
    """The style that was chosen."""
    return _Shown.style


def choose(style: ReadingStyle) -> None:
    """Let a style hold for every text that is shown from now on."""
    _Shown.style = style


def readable(width: object, numbers: object) -> ReadingStyle:
    """A style from what was stored; whatever is no choice counts as not chosen."""
    first = ReadingStyle()
    known_width = next((name for name in WIDTHS if name == width), first.width)
    known_numbers = next((name for name in NUMBERS if name == numbers), first.numbers)
    return ReadingStyle(known_width, known_numbers)
