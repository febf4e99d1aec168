"""How numbers are said and written in talk, as pieces of regular expressions."""

from __future__ import annotations

from typing import Final

DIGIT: Final = r"(?:zero|oh|nought|one|two|three|four|five|six|seven|eight|nine)"
_TEEN: Final = r"(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
_TENS: Final = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
NUMBER_WORD: Final = rf"(?:{_TEEN}|{_TENS}|{DIGIT}|hundred|double|triple)"
BELOW_HUNDRED: Final = rf"(?:{_TENS}(?:[ -]{DIGIT})?|{_TEEN}|{DIGIT})"

_ONES_ORDINAL: Final = r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)"
ORDINAL_WORD: Final = (
    rf"(?:(?:twenty|thirty)[ -]{_ONES_ORDINAL}|{_ONES_ORDINAL}|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth"
    r"|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth)"
)
SPOKEN_YEAR: Final = (
    rf"(?:nineteen[ -](?:hundred(?: and)?[ -]{BELOW_HUNDRED}|oh[ -]{DIGIT}|{_TEEN}|{_TENS}(?:[ -]{DIGIT})?)"
    rf"|twenty[ -](?:oh[ -]{DIGIT}|{_TEEN}|{_TENS}(?:[ -]{DIGIT})?)"
    rf"|two thousand(?:(?: and)?[ -]{BELOW_HUNDRED}))"
)

MONTH: Final = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
CLEAR_MONTH: Final = r"(?:January|February|April|June|July|August|September|October|November|December)"
WEEKDAY: Final = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
DAY: Final = rf"(?:(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?|{ORDINAL_WORD})"
YEAR: Final = rf"(?:(?:1[89]|20)\d\d|['’]\d\d|{SPOKEN_YEAR})"
"""With a capital or without: expressions that hold these ignore the case."""

UNITS: Final = (
    r"percent|per\b|minutes?|hours?|days?|weeks?|months?|years?(?![ -]old)|seconds?|miles?|pounds?|dollars?|euros?"
    r"|cents?|degrees|people|kids|patients|residents|times|feet|foot|meters?|metres?|kilos?|grams?|bucks|beds|students"
    r"|families|households|square|thousand|million|percentile|quid|pence|things|questions|pages|calls|points"
)
"""What is counted: a number before it is a quantity and nobody's age or address."""
