"""What stands in the data of a case, read one by one: what is of another kind is refused in words, never guessed at."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite, isnan
from typing import Any, Final

from qcode.agreement.checking.answers import UnreadableCaseError

LARGEST: Final = 10**12
"""The largest whole number that a case may give; nobody has a longer text."""

MOST: Final = 1_000_000
"""The most ratings that counts may stand for."""

_KINDS: Final = {dict: "an object", list: "a list", str: "text", type(None): "null", bool: "true or false"}


def part(data: Any, name: str, where: str) -> Any:
    """What an object holds under a name."""
    if not isinstance(data, Mapping):
        raise UnreadableCaseError(f"{where} is {_called(data)}, not an object")
    if name not in data:
        raise UnreadableCaseError(f"{where} has no “{name}”")
    return data[name]


def rows(value: Any, where: str) -> list[Any]:
    """A list."""
    if not isinstance(value, list):
        raise UnreadableCaseError(f"{where} is {_called(value)}, not a list")
    return value


def entries(value: Any, where: str) -> dict[str, Any]:
    """An object with its names."""
    if not isinstance(value, dict):
        raise UnreadableCaseError(f"{where} is {_called(value)}, not an object")
    return value


def whole(value: Any, where: str) -> int:
    """A whole number, be it written as 3.0."""
    number_found = number(value, where)
    if not number_found.is_integer() or abs(number_found) > LARGEST:
        raise UnreadableCaseError(f"{where} is {value!r:.40}, not a whole number of a sensible size")
    return int(value)


def number(value: Any, where: str) -> float:
    """A number that is not too large."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise UnreadableCaseError(f"{where} is {_called(value)}, not a number")
    try:
        found = float(value)
    except OverflowError:
        raise UnreadableCaseError(f"{where} is too large a number") from None
    if not isfinite(found):
        raise UnreadableCaseError(f"{where} is not a finite number")
    return found


def value_of_unit(value: Any, where: str) -> Any:
    """A rater's value: text, a number, or None for one that is missing, as what is not a number (NaN) is too."""
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, float) and isnan(value):
        return None
    if isinstance(value, list):
        raise UnreadableCaseError(f'{where} is a list: add "value_type": "set" if values are sets of codes')
    number(value, where)
    return value


def _called(value: Any) -> str:
    """What a value is, without its words."""
    return _KINDS.get(type(value), "a number")
