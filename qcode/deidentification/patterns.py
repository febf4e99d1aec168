"""Identifiers that have a shape of their own: dates, ages, telephones, addresses, numbers of cases and people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from qcode.deidentification.hints import Hints
from qcode.deidentification.spoken import (
    BELOW_HUNDRED,
    CLEAR_MONTH,
    DAY,
    DIGIT,
    MONTH,
    NUMBER_WORD,
    ORDINAL_WORD,
    SPOKEN_YEAR,
    UNITS,
    WEEKDAY,
    YEAR,
)
from qcode.deidentification.values import Category

_ANY_DIGITS: Final = (0, 99)


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch [start, end) that one rule points at."""

    start: int
    end: int
    category: Category
    rule: str


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A rule: what it finds, its name for people, the hints near which it is looked for, and how many digits it has."""

    category: Category
    rule: str
    near: str
    shape: re.Pattern[str]
    digits: tuple[int, int]


def _any_case(category: Category, rule: str, near: str, shape: str, digits: tuple[int, int] = _ANY_DIGITS) -> _Pattern:
    return _Pattern(category, rule, near, re.compile(shape, re.IGNORECASE), digits)


def _as_written(
    category: Category, rule: str, near: str, shape: str, digits: tuple[int, int] = _ANY_DIGITS
) -> _Pattern:
    return _Pattern(category, rule, near, re.compile(shape), digits)


# Repetitions are bounded where each place of a long run may begin one: a hostile file must not stop the program.
_BEFORE_YEAR: Final = r"(?:,? (?:of |in )?)"
_HOLIDAY: Final = (
    r"(?:Christmas(?: Eve| Day)?|New Year['’]?s?(?: Eve| Day)?|Valentine['’]?s Day|Thanksgiving|Halloween"
    r"|Easter(?: Sunday)?"
    r"|Labou?r Day|Memorial Day|Mother['’]?s Day|Father['’]?s Day|Boxing Day|Independence Day|Veterans Day)"
)
_DATES: Final = (
    _any_case(
        "date",
        "date",
        "month",
        rf"\b(?:the week of )?(?:(?:an? )?{WEEKDAY},? )?(?:the )?{DAY}(?: day)?(?: of)? {MONTH}\b"
        rf"(?:{_BEFORE_YEAR}{YEAR})?\b",
    ),
    _any_case(
        "date",
        "date",
        "month",
        rf"\b(?:the week of )?(?:(?:an? )?{WEEKDAY},? )?(?:(?:the )?{MONTH}) (?:the )?{DAY}(?![\d:])\b"
        rf"(?:{_BEFORE_YEAR}{YEAR}\b)?",
    ),
    _any_case("date", "month and year", "month", rf"\b{MONTH}{_BEFORE_YEAR}{YEAR}\b"),
    _any_case(
        "date",
        "month",
        "month",
        rf"\b{CLEAR_MONTH}\b|(?<=\bin )(?:may|march)\b(?! (?:be|have))|(?<=\b(?:last|next|this|late) )(?:may"
        rf"|march)\b|\b(?:since|until|till|early|around|by|during) (?P<kept>may|march)\b(?! (?:be|have))",
    ),
    _any_case(
        "date",
        "holiday and year",
        "holiday",
        rf"\b{_HOLIDAY}{_BEFORE_YEAR}{YEAR}\b|\b(?:the )?(?:Fourth|4th) of July(?: weekend)?\b",
    ),
    _as_written(
        "date",
        "numeric date",
        "digit",
        r"(?<![\d/.-])(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2}))(?![\d/-])",
    ),
    _as_written(
        "date", "numeric date", "digit", r"(?<![\d/.-])(?:0?[1-9]|1[0-2])/(?:[12]\d|3[01]|0?[1-9])(?![\d/])(?<!24/7)"
    ),
    _any_case(
        "date",
        "day of the month",
        "ordinal",
        rf"\b(?:the week of )?the (?!(?:first|second|third|1st|2nd|3rd)\b(?! of (?:the|this|that|each|every"
        rf"|last|next) month))"
        rf"(?:{ORDINAL_WORD}|\d{{1,2}}(?:st|nd|rd|th))\b(?: of (?:the|this|that|each|every|last|next) month)?"
        r"(?! (?:floor|grade|day|time|year|one|person|people|century|street|avenue|month|week|birthday"
        r"|anniversary|of|thing|step|chapter"
        r"|amendment|round|row|place|in|generation|kid|child|baby|job|house|letter|call|visit))",
    ),
    _any_case("date", "spoken year", "number", rf"\b{SPOKEN_YEAR}\b(?! (?:{UNITS}))"),
)

_AGE_CUE: Final = (
    r"(?:turn(?:ed|s|ing)?|aged?|was|is|be|i['’]m|they['’]re|am|nearly|almost|lived to"
    r"(?: be)?|live to(?: be)?"
    r"|at|reached|past|over|about)"
)
_AGES: Final = (
    _any_case("age", "age of 90 or over", "digit", r"\b(?:9\d|1[0-2]\d)[ -]?(?:years?[ -]olds?|year[ -]old|y/?o)\b"),
    _any_case(
        "age",
        "age of 90 or over",
        "digit",
        rf"(?<![\d$£€.,:/#-])\b(?:9\d|1[01]\d)\b(?! ?%)(?![\d.,:/-]\d)(?![ -](?:{UNITS}))(?!(?:st|nd|rd|th|s"
        rf"|am|pm)\b)",
    ),
    _any_case(
        "age",
        "age of 90 or over",
        "age",
        rf"\bninety(?:[ -]{DIGIT}|-?(?:something|odd))?\b(?: and a (?:half|quarter)|[ -]years?[ -]old)?"
        rf"(?![ -](?:{UNITS}))",
    ),
    _any_case(
        "age",
        "age of 90 or over",
        "age",
        rf"\b(?:an? |one )hundred and (?:{BELOW_HUNDRED})\b(?:[ -]years?[ -]old)?(?![ -](?:{UNITS}))",
    ),
    _any_case(
        "age",
        "age of 90 or over",
        "age",
        rf"(?:\b{_AGE_CUE}|['’]s) (?P<kept>(?:an? |one )hundred(?:[ -]years?[ -]old)?)\b(?! (?:and|{UNITS}|\w+s\b))",
    ),
    _any_case(
        "age",
        "age of 90 or over",
        "age",
        r"\b(?:her|his|their|my|your) (?:early |mid |late )?nineties\b|\bcentenarians?\b",
    ),
    _any_case(
        "age",
        "age of 90 or over",
        "birthday",
        rf"\b(?:9\dth|9\d(?:st|nd|rd)|1[01]\d(?:st|nd|rd|th)|ninet(?:ieth|y[ -]{ORDINAL_WORD})|(?:one )?hundredth"
        rf"|(?:one )?hundred and {ORDINAL_WORD}) birthday\b",
    ),
)

_ENDING: Final = r"(?:com|org|net|edu|gov|co|uk|us|ca|ie|de|fr|mx|io|info|mil|app|me|tv|au|nz|eu)"
_SAID_ENDING: Final = r"(?:com|org|net|edu|gov|co|uk|us|ca|io|info|mil|ac)"
_JOINT: Final = r"(?:dot|point|underscore|dash|hyphen|period)"
_SPELLED: Final = rf"(?:\b[a-z0-9]\b|\b{NUMBER_WORD}\b|\d+)"
_WEB: Final = (
    _any_case("email", "e-mail address", "sign", r"[\w.+'-]{0,64}\w@\w[\w-]{0,62}(?:\.[\w-]{1,63}){1,8}"),
    _any_case(
        "email",
        "spoken e-mail address",
        "dot",
        rf"(?<!['’])(?!(?:is|was|it|its|at|to|me)\b)(?:{_SPELLED} ){{0,24}}\b\w+(?: {_JOINT} \w+| {_SPELLED}){{0,24}}"
        rf" at \w+(?: (?:dot|dash) \w+){{0,8}}? ?(?:dot"
        rf"|\.) ?{_SAID_ENDING}\b"
        rf"(?: dot {_SAID_ENDING}\b)?",
    ),
    _any_case("web", "web address", "sign", r"(?:\bhttps?://|\bwww\.)[^\s<>\"”)\]]*[\w/]"),
    _any_case(
        "web",
        "web address",
        "sign",
        rf"(?<![@\w.])(?:[\w-]{{1,63}}\.){{1,8}}{_ENDING}\b(?:/[^\s<>\"”)\]]*[\w/])?",
    ),
    _any_case(
        "web",
        "spoken web address",
        "dot",
        rf"(?<!['’])\b(?:www dot |w w w dot )?\w+(?: (?:dot|dash|hyphen) \w+){{0,8}}? dot {_SAID_ENDING}\b"
        rf"(?: dot {_SAID_ENDING}\b)?"
        r"(?: (?:forward )?slash \w+)*",
    ),
    _any_case(
        "web",
        "user in a path",
        "path",
        r"[/\\](?:users|home)[/\\](?P<kept>[^\s/\\](?:[^\n/\\]{0,60}[^\s/\\])?)(?=[/\\])",
    ),
    _any_case("id", "number of a device", "digit", r"(?<![\w:])(?:[\da-f]{2}[:-]){5}[\da-f]{2}(?![\w:])"),
    _any_case("web", "handle", "sign", r"(?<![\w.])@\w(?:[\w.]*\w)?"),
    _any_case(
        "web",
        "handle",
        "handle",
        r"\b(?:handle|username|user name|screen name|gamertag)(?: is|['’]s| was|,)? (?P<kept>@?\w[\w.-]{2,}"
        r"(?: underscore \w+)*)",
    ),
    _any_case("web", "handle", "dot", r"\bat (?P<kept>\w+(?: (?:underscore|dash|hyphen) \w+)+)(?! dot)"),
    _as_written("web", "handle", "sign", r"(?<![\w/])[ur]/\w{3,}|(?<![\w.@/-])[A-Za-z]\w*_\w+"),
    _as_written("web", "network address", "digit", r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])"),
)

_PHONES: Final = (
    _as_written(
        "phone",
        "telephone number",
        "digit",
        r"(?<![\w.-])(?:\+\d{1,3}[ .-]?)?(?:\(\d{2,5}\)[ .-]?)?\d{2,5}(?:[ .-]\d{2,5}){1,4}(?:,? (?:ext\.?"
        r"|extension|x) ?\d{1,6})?(?![\w-])",
        (7, 21),
    ),
    _as_written("phone", "telephone number", "digit", r"(?<![\w.-])1[ .-]\d{3}[ .-]\d{3}[ .-]\d{4}(?![\w-])"),
    _as_written("phone", "telephone number", "digit", r"(?<![\w.-])\+?\d{10,14}(?![\w-])"),
    _any_case(
        "phone",
        "spoken number",
        "number",
        rf"\b(?:{DIGIT}|double|triple)(?:[ ,.-]{{1,3}}(?:{NUMBER_WORD}|extension|area code|and then|o)\b){{6,}}",
    ),
)

_STREET: Final = (
    r"(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Court|Ct|Place|Pl|Boulevard|Blvd|Terrace|Way|Row"
    r"|Crescent|Close"
    r"|Square|Highway|Hwy|Parkway|Pkwy|Circle|Alley|Gardens|Mews|Trail|Turnpike|Pike|Walk|Loop|Heights)"
)
_HOUSE: Final = rf"(?:\d{{1,5}}[A-Za-z]?(?:[-/]\d{{1,4}})?|{NUMBER_WORD}(?:[ -](?:and )?{NUMBER_WORD})*)"
_NO_STREET: Final = (
    r"(?:that|of|the|in|a|an|to|for|and|i|my|me|was|is|it|on|at|or|we|you|he|she|they|had|have|with|who|from"
    r"|more|other|by|this"
    r"|big|small|long|only|all|our|their|his|her|made|make|so|then|but|ways?|right|next|same)"
)
_SUITE: Final = (
    r"(?:Apartment|Apt\.?|Flat|Unit|Suite|Lot|Trailer|Room|Building|Bldg\.?|Floor|#) ?"
    r"(?:number )?(?:#?\d+[A-Za-z]?|[A-Z]\d*)\b"
)
_ADDRESSES: Final = (
    _any_case(
        "address",
        "street address",
        "street",
        rf"\b(?!one\b ){_HOUSE} (?!(?:{UNITS})\b)(?:(?:north|south|east|west|[nsew]\.?) )?(?:"
        rf"(?!{_NO_STREET}\b)[\w'’.-]+ ){{1,3}}?{_STREET}\b\.?(?!['’])(?:,? {_SUITE})?",
    ),
    _any_case("address", "street address", "street", r"\b(?:P\.? ?O\.?|post office) box (?:number )?[\w-]+"),
    _any_case(
        "address",
        "flat or room",
        "room",
        r"\b(?:apartment|apt\.?|flat|unit|suite|lot|trailer|building) (?:number )?(?:#?\d+[a-z]?|(?-i:[A-Z])\d*)\b",
    ),
    _any_case(
        "address",
        "flat or room",
        "room",
        rf"\b(?:apartment|flat|unit|trailer|house) (?:number )?(?!one\b){BELOW_HUNDRED}(?: [a-z]\b)?(?! {UNITS})",
    ),
    _any_case(
        "address",
        "street corner",
        "corner",
        r"\bcorner of (?:the )?(?P<kept>[\w'’]+(?: (?:street|avenue|road))? and [\w'’]+(?: (?:street|avenue"
        r"|road))?)\b",
    ),
    _any_case(
        "address",
        "numbered road",
        "route",
        r"\b(?:route|highway|hwy|interstate|county road|state road|exit|mile marker) (?:number )?(?:\d+\w?"
        r"|[A-Z]?\d+)\b",
    ),
    _any_case(
        "address", "numbered street", "street", rf"\b(?:\d{{1,3}}(?:st|nd|rd|th)|{ORDINAL_WORD}) (?:street|avenue)\b"
    ),
    _as_written("postcode", "postcode", "digit", r"(?<![\w-])\d{5}(?:-\d{4})?(?![\w-])"),
    _any_case("postcode", "postcode", "digit", r"(?<![\w-])[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}(?![\w-])"),
    _as_written("postcode", "postcode", "digit", r"(?<![\w-])[A-Z]\d[A-Z] ?\d[A-Z]\d(?![\w-])"),
    _any_case(
        "address",
        "numbered place",
        "route",
        r"\b(?:room|ward|cell|pod|block|bed|locker|precinct|district|channel|troop|local|engine|bus|gate"
        r"|zone) (?:number )?"
        r"(?:\d+[a-z]?|(?-i:[A-Z]\d*))\b",
    ),
)

_CODE: Final = (
    r"#?(?:(?-i:[A-Z]{1,5})[ -])?[A-Za-z]{0,5}\d[\dA-Za-z]*(?:[ ./-](?:[A-Za-z]{0,2}\d[\dA-Za-z]*|(?-i:[A-Z]{1,4})\b))*"
)
_OF_WHAT: Final = (
    r"(?:case|claim|badge|member(?:ship)?|account|policy|permit|licen[cs]e|passport|inmate|record|chart"
    r"|reference|docket|file"
    r"|student|employee|patient|booking|alien|tracking|serial|insurance|visa|policy|ticket|voucher|medicaid"
    r"|medicare|MRN|NHS"
    r"|SSN|social(?: security)?|national insurance|green card|registration|plate|tag|ID|personnel|payroll"
    r"|order|invoice|confirmation)"
)
_SAID_CODE: Final = rf"(?:[a-z]\b[ ,-]+){{0,4}}(?:{NUMBER_WORD})(?:[ ,.-]{{1,3}}(?:{NUMBER_WORD}|[a-z]\b))+"
_IDS: Final = (
    _any_case(
        "id",
        "number of a case or person",
        "of what",
        rf"\b{_OF_WHAT}(?: (?:number|no\.?|code|id|#))?(?: is| was|['’]s|:|,)? (?P<kept>(?:number |no\. ?)?{_CODE})",
        (2, 30),
    ),
    _any_case(
        "id",
        "number of a case or person",
        "of what",
        rf"\b{_OF_WHAT}(?: (?:number|no\.?|code|id))?(?: is| was|['’]s|:|,)? (?P<kept>(?:number )?{_SAID_CODE})",
    ),
    _any_case(
        "id",
        "number of a case or person",
        "of what",
        rf"\b(?:number|no\.|(?:ending|ends|ended|starts|starting) (?:in|with)) (?:{_CODE}|{_SAID_CODE})",
    ),
    _as_written(
        "id",
        "code",
        "digit",
        r"(?<![\w-])(?:[A-Z]{1,4}[ -])?(?=[A-Z\d-]*\d)(?=[A-Z\d-]*[A-Z])[A-Z\d]+(?:-[A-Z\d]+)*(?: \d[\dA-Z]*"
        r"| [A-Z]{2,4}(?![\w'’]))*(?![\w-])",
        (1, 30),
    ),
    _as_written("id", "code", "digit", r"(?<![\w-])[A-HJ-Z]{1,5} \d{2,}(?:[ -]\d{2,})*(?![\w-])"),
    _as_written("id", "code", "digit", r"(?<![\w-])\d{3}[- ]\d{2}[- ]\d{4}(?![\w-])"),
    _as_written("id", "code", "digit", r"(?<!\w)#\d+\b"),
    _any_case(
        "plate",
        "number plate",
        "of what",
        r"\b(?:plates?|tag|registration|reg)(?: number)?(?: is| was|['’]s|,|:)? (?P<kept>(?-i:[A-Z\d]{1,4})"
        r"(?:[ -]?(?-i:[A-Z\d]{2,5})){0,2})\b",
    ),
    _any_case(
        "id",
        "spelled out",
        "spelled",
        rf"(?<![\w'’])(?![ia][ ,.…-]+(?:[ia]\b|$))(?:[a-z]|{DIGIT}|\d)(?:[ ,.-]{{1,2}}(?:[a-z](?!['’])"
        rf"|{NUMBER_WORD}|\d)\b){{3,}}",
    ),
)

_JOBS: Final = (
    _any_case(
        "job",
        "the only one",
        "job",
        r"\b(?:I(?: am|['’]m| was)|(?:s?he|who)(?: is|['’]s| was)"
        r"|we(?: are|['’]re| were)|as) (?:the|their|our) (?P<kept>only "
        r"(?:[\w-]+ ){1,5}?(?:in|on|at|left|around)\b(?: (?:the |this |that |our )?\w+)?)",
    ),
    _any_case(
        "job",
        "the first one",
        "job",
        r"\bfirst (?:ever )?(?:(?:black|white|latin[ao]|asian|deaf|blind|female|woman|gay|native|hispanic"
        r"|muslim|openly) )+[\w -]{3,30}?(?: in| of| to|[,.])",
    ),
    _any_case(
        "job",
        "an office that few hold",
        "job",
        r"\b(?:deputy |lieutenant |vice |assistant |fire |police |tribal )?(?:mayor|sheriff|superintendent"
        r"|police chief|fire chief|governor|congress(?:man|woman)"
        r"|bishop|imam|rabbi|head ?teacher|headmaster|headmistress|fire captain|coroner|alderman|postmaster"
        r"|chief of (?:the )?\w+|director of \w+)\b",
    ),
)

PATTERNS: Final = (*_DATES, *_AGES, *_WEB, *_PHONES, *_ADDRESSES, *_IDS, *_JOBS)


def patterned(text: str, near: Hints) -> Iterator[Mark]:
    """Every stretch of a text that has the shape of an identifier, looked for near what hints at it; they overlap."""
    for pattern in PATTERNS:
        least, most = pattern.digits
        for first, last in near.stretches(pattern.near):
            for found in pattern.shape.finditer(text, first, last):
                start, end = found.span("kept" if found.re.groups and found["kept"] is not None else 0)
                if pattern.digits == _ANY_DIGITS or least <= sum(map(str.isdigit, text[start:end])) <= most:
                    yield Mark(start, end, pattern.category, pattern.rule)
