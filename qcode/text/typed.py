"""Typed values as people write them: numbers, dates and levels, with “unknown” as a value of its own."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal
from unicodedata import category, normalize

Kind = Literal["category", "number", "date", "text"]
DateOrder = Literal["day first", "month first"]
KINDS: tuple[Kind, ...] = ("category", "number", "date", "text")
LONGEST_VALUE = 1_000
UNKNOWN = "unknown"

_UNKNOWN = frozenset({UNKNOWN, "not known", "don't know", "don’t know", "n/k", "?"})
_NOTHING = frozenset({"", "-", "–", "—", ".", "n/a", "na", "none recorded"})
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
_DAY_MONTH = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?\.?\s+)?([a-z]{3,9})\.?,?\s+(\d{4})")
_MONTH_DAY = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?(?:e[+-]?\d{1,3})?", re.IGNORECASE)
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?")
_COMMA = re.compile(r"[+-]?\d{1,3}(?:[. ]\d{3})*,\d+|[+-]?\d+,\d+")
_CANNOT_MEAN_THOUSANDS = re.compile(r"[+-]?(?:\d+,(?:\d{1,2}|\d{4,})|\d{1,3}(?:[. ]\d{3})+,\d+)")


@dataclass(frozen=True, slots=True)
class Habits:
    """How a column is written: whether a comma stands before decimals, and which comes first in 3/4/2024."""

    decimal_comma: bool = False
    dates: DateOrder | None = None


@dataclass(frozen=True, slots=True)
class Meant:
    """What somebody wrote means: nothing, unknown, or `content` as it is stored.

    A number is stored as its shortest decimal text, a date as ISO text to the day, month or year that is known, and a
    category as the name of its level. `refused` is the sentence that says why nothing of this can be meant, and
    `new_level` that it would be a level the attribute does not have yet.
    """

    content: str = ""
    unknown: bool = False
    refused: str = ""
    new_level: bool = False
    either_order: bool = False

    @property
    def nothing(self) -> bool:
        """Whether it says that nothing is recorded."""
        return not (self.content or self.unknown or self.refused)


def meant(written: str, kind: Kind, levels: Mapping[str, str] | None = None, habits: Habits | None = None) -> Meant:
    """What a cell says, for an attribute of a kind; `levels` are the names of a category by their folded names."""
    tidy = normalize("NFC", " ".join(written.split()))
    folded, known = tidy.casefold(), levels or {}
    if kind == "category" and folded in known:
        return Meant(known[folded])
    if folded in _NOTHING | _UNKNOWN:
        return Meant(unknown=folded in _UNKNOWN)
    if refused := _unfit(tidy):
        return Meant(refused=refused)
    if kind == "number":
        return _number(tidy, habits or Habits())
    if kind == "date":
        return _date(folded, tidy, (habits or Habits()).dates)
    return Meant(tidy, new_level=kind == "category")


def fold(name: str) -> str:
    """The form in which names of levels and columns are compared."""
    return normalize("NFC", " ".join(name.split())).casefold()


def habits_of(written: Iterable[str], dates: DateOrder | None = None) -> Habits:
    """How a column is written, as far as its cells show; `dates` is what a person said about its dates."""
    comma, orders = False, set[DateOrder]()
    for text in written:
        tidy = text.strip()
        comma = comma or _CANNOT_MEAN_THOUSANDS.fullmatch(tidy) is not None
        if found := _SLASHED.fullmatch(tidy):
            first, second = int(found[1]), int(found[2])
            if first > 12 >= second:
                orders.add("day first")
            elif second > 12 >= first:
                orders.add("month first")
    return Habits(comma, dates or (orders.pop() if len(orders) == 1 else None))


def guessed_kind(written: Iterable[str]) -> Kind:
    """The kind that the cells of a column look like; text where nothing is written."""
    cells = [text for text in map(str.strip, written) if fold(text) not in _NOTHING | _UNKNOWN]
    if not cells:
        return "text"
    habits = habits_of(cells)
    if not any(meant(text, "number", habits=habits).refused for text in cells):
        return "number"
    if not any(not found.either_order and found.refused for found in (meant(text, "date") for text in cells)):
        return "date"
    different = len({fold(text) for text in cells})
    short = all(len(text) <= 60 for text in cells)
    return "category" if short and (different <= 6 or different <= min(20, len(cells) // 2)) else "text"


def shown_number(value: float) -> str:
    """A number as it is stored: the shortest decimal text without a needless point."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)


def _unfit(tidy: str) -> str:
    if len(tidy) > LONGEST_VALUE:
        return f"A value can have {LONGEST_VALUE:,} characters at most."
    if any(category(letter) in ("Cc", "Cs") for letter in tidy):
        return "It holds characters that can't be shown."
    return ""


def _number(tidy: str, habits: Habits) -> Meant:
    text = tidy.replace("−", "-").replace("\u00a0", " ").replace("\u202f", " ")
    if habits.decimal_comma and _COMMA.fullmatch(text):
        text = text.replace(".", "").replace(" ", "").replace(",", ".")
    elif _THOUSANDS.fullmatch(text):
        text = text.replace(",", "").replace(" ", "")
    elif _CANNOT_MEAN_THOUSANDS.fullmatch(text):
        text = text.replace(".", "").replace(" ", "").replace(",", ".")
    if not _PLAIN.fullmatch(text) or abs(float(text)) > 1e15:
        return Meant(refused=f"“{tidy[:40]}” is no number.")
    return Meant(shown_number(float(text)))


def _date(folded: str, tidy: str, order: DateOrder | None) -> Meant:
    if found := _SLASHED.fullmatch(folded):
        return _slashed(tidy, int(found[1]), int(found[2]), int(found[3]), order)
    year, month, day = _parts(folded)
    if year is None or not _is_date(year, month, day):
        return Meant(refused=f"“{tidy[:40]}” is no date. Write it like 2024-03-05, 2024-03 or 2024.")
    return _dated(year, month, day)


def _parts(folded: str) -> tuple[int | None, int | None, int | None]:
    if found := _ISO.fullmatch(folded):
        return int(found[1]), _whole(found[2]), _whole(found[3])
    if found := _DOTTED.fullmatch(folded):
        return int(found[3]), int(found[2]), int(found[1])
    if found := _DAY_MONTH.fullmatch(folded):
        return (int(found[3]), month, _whole(found[1])) if (month := _month(found[2])) else (None, None, None)
    if found := _MONTH_DAY.fullmatch(folded):
        return (int(found[3]), month, int(found[2])) if (month := _month(found[1])) else (None, None, None)
    return None, None, None


def _slashed(tidy: str, first: int, second: int, year: int, order: DateOrder | None) -> Meant:
    fitting = [
        (name, month, day)
        for name, month, day in (("day first", second, first), ("month first", first, second))
        if _is_date(year, month, day)
    ]
    if not fitting:
        return Meant(refused=f"“{tidy}” is no date. Write it like 2024-03-05.")
    if len(fitting) == 1 and order in (None, fitting[0][0]):
        return _dated(year, fitting[0][1], fitting[0][2])
    if first == second:
        return _dated(year, first, second)
    if order is None:
        readings = " or ".join(f"{day} {_FULL_MONTHS[month - 1].capitalize()}" for _name, month, day in fitting)
        said = f"“{tidy}” can be {readings}. Say which comes first, day or month, or write it like 2024-03-05."
        return Meant(refused=said, either_order=True)
    chosen = next(((month, day) for name, month, day in fitting if name == order), None)
    if chosen is None:
        return Meant(refused=f"“{tidy}” is no date with the {order.split()[0]} first.")
    return _dated(year, *chosen)


def _is_date(year: int, month: int | None, day: int | None) -> bool:
    if not 1000 <= year <= 2999 or (month is not None and not 1 <= month <= 12):
        return False
    return day is None or (month is not None and 1 <= day <= monthrange(year, month)[1])


def _dated(year: int, month: int | None, day: int | None) -> Meant:
    return Meant("-".join([f"{year:04d}", *(f"{part:02d}" for part in (month, day) if part is not None)]))


def _month(word: str) -> int | None:
    if word in _FULL_MONTHS:
        return _FULL_MONTHS.index(word) + 1
    short = word[:3] if word in ("sept", word[:3]) else word
    return _MONTHS.index(short) + 1 if short in _MONTHS else None


def _whole(digits: str | None) -> int | None:
    return None if digits is None else int(digits)
