"""Keys that order siblings and leave room between any two of them."""

from __future__ import annotations

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_MIDDLE = "i"


def between(before: str | None, after: str | None) -> str:
    """A key that sorts after `before` and ahead of `after`; None stands for either end.

    Keys are fractions written in base 36 without a trailing zero, so that there is always room.

    Raises:
        ValueError: `before` does not sort ahead of `after`.
    """
    low, high = before or "", after
    if high is not None and low >= high:
        raise ValueError("keys out of order")
    return _middle(low, high)


def _middle(low: str, high: str | None) -> str:
    shared = 0
    if high is not None:
        while shared < len(high) and (low[shared] if shared < len(low) else "0") == high[shared]:
            shared += 1
        if shared:
            return high[:shared] + _middle(low[shared:], high[shared:])
    first = _DIGITS.index(low[0]) if low else 0
    last = _DIGITS.index(high[0]) if high else len(_DIGITS)
    if last - first > 1:
        return _DIGITS[(first + last) // 2]
    if high is not None and len(high) > 1:
        return high[0]
    return _DIGITS[first] + _middle(low[1:], None)


def sequence(count: int, after: str | None = None) -> list[str]:
    """Keys for `count` new siblings behind `after`, short and evenly spaced."""
    width = 1
    while len(_DIGITS) ** width < 2 * (count + 1):
        width += 1
    room = len(_DIGITS) ** width
    return [_place(after, (index + 1) * room // (count + 1), width) for index in range(count)]


def _place(after: str | None, number: int, width: int) -> str:
    digits = ""
    for _ in range(width):
        number, digit = divmod(number, len(_DIGITS))
        digits = _DIGITS[digit] + digits
    return _behind(after) + (digits.rstrip("0") or _MIDDLE)


def _behind(after: str | None) -> str:
    if after is None:
        return ""
    first = _DIGITS.index(after[0])
    return _DIGITS[first + 1] if first + 2 < len(_DIGITS) else "z" + _behind(after[1:] or None)
