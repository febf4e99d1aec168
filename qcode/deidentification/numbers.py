"""Numbers that no other rule explains: long ones, and those said digit by digit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from qcode.deidentification.hints import Hints, is_number_word
from qcode.deidentification.patterns import Mark
from qcode.deidentification.spoken import UNITS
from qcode.deidentification.tokens import Token

_DIGITS: Final = re.compile(r"(?<![\w$£€])#?\d[\d.,-]{0,60}\d\d\w*|(?<![\w$£€.])\d{3,}", re.IGNORECASE)
_COUNTED: Final = re.compile(rf" ?(?:{UNITS}|%)", re.IGNORECASE)
_QUANTITY: Final = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+|\d+00")
_FEWEST_SAID: Final = 3
_COUNTS: Final = frozenset({"hundred", "thousand"})


def numbered(text: str, words: Sequence[Token], near: Hints) -> Iterator[Mark]:
    """Numbers of three digits or more that count nothing, and three number words or more in a row."""
    for first, last in near.stretches("digit"):
        for found in _DIGITS.finditer(text, first, last):
            bare = found[0].rstrip(".,-")
            if not _COUNTED.match(text, found.end()) and not _QUANTITY.fullmatch(bare):
                yield Mark(found.start(), found.start() + len(bare), "number", "digits")
    yield from _said(text, words)


def _said(text: str, words: Sequence[Token]) -> Iterator[Mark]:
    run: list[Token] = []
    for word in words:
        if not is_number_word(word.small):
            continue
        if run and not _goes_on(text, run[-1], word):
            yield from _run(text, run)
            run = []
        run.append(word)
    if run:
        yield from _run(text, run)


def _goes_on(text: str, before: Token, word: Token) -> bool:
    return word.start - before.end <= 3 and text[before.end : word.start].strip(" ,.-–…") == ""


def _run(text: str, run: list[Token]) -> Iterator[Mark]:
    said = [part for word in run for part in word.small.split("-")]
    if len(said) < _FEWEST_SAID or _COUNTS.intersection(said) or _COUNTED.match(text, run[-1].end):
        return
    yield Mark(run[0].start, run[-1].end, "number", "number words")
